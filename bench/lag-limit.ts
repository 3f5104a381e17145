import type { ProgressCourse } from '../simulator/progress-course.ts'

/** The most seconds by which a step may end after its job of that many seconds. Bad progress is no worse than none. */
export function lagLimit(seconds: number, course: ProgressCourse | 'none'): number {
  return course === 'linear' ? Math.max(0.35, seconds * 0.02) : Math.max(0.6, seconds * 0.05)
}
