/**
 * How the progress of a job goes. `linear`: evenly; `stuck`: evenly to 90 in the first tenth of the time, and no
 * further; `jumping`: up and down, another number in each tenth.
 */
export type ProgressCourse = 'linear' | 'stuck' | 'jumping'

const jumps = [0, 60, 20, 95, 10, 99, 40, 80, 5, 70]

/**
 * What is shown while a job runs.
 *
 * @param percent of its time that has gone by, below 100
 */
export function shownProgress(percent: number, course: ProgressCourse): number {
  switch (course) {
    case 'linear':
      return percent
    case 'stuck':
      return Math.min(90, percent * 9)
    case 'jumping':
      return jumps[Math.floor(percent / 10)] ?? 0
  }
}
