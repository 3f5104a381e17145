/** Long waits on a virtual clock: how often a step looks, and how late it notices the end. */
import { type ProgressCourse, shownProgress } from '../simulator/progress-course.ts'
import { waitUntil } from '../src/waiting/poll.ts'
import { type Figure, figure, type Table } from './figures.ts'
import { lagLimit } from './lag-limit.ts'
import type { Bench } from './measurement.ts'

const jobs: readonly { name: string; seconds: number; mostLooks?: number }[] = [
  { name: '20 s', seconds: 20, mostLooks: 60 },
  { name: '10 min', seconds: 600 },
  { name: '1 h', seconds: 3_600, mostLooks: 350 },
  { name: '6 h', seconds: 21_600, mostLooks: 1_600 },
]
const courses = ['linear', 'stuck', 'jumping', 'none'] as const
/** Milliseconds of a request and its response. */
const lookMs = 50
const lengths = 21
/** The default of input `poll-interval`. */
const pollInterval = 15_000

export async function measureLooks({ nodes }: Bench): Promise<Table[]> {
  const looks: Figure[] = []
  const lags: Figure[] = []
  for (const { name, seconds, mostLooks } of jobs) {
    for (const course of courses) {
      const seen = await worstOf(seconds * 1_000, course)
      const about = { name: `job of ${name}, ${course === 'none' ? 'no' : course} progress` }
      const limit = mostLooks === undefined ? {} : { limit: mostLooks }
      looks.push(figure({ ...about, unit: 'looks', ...limit }, nodes, () => seen.looks))
      lags.push(
        figure({ ...about, unit: 's', limit: lagLimit(seconds, course) }, nodes, () => seen.lateMs / 1_000),
      )
    }
  }
  const notes = [
    `The waiting of src/ on a virtual clock, a look takes ${lookMs} ms: the same on every Node.`,
    `Of ${lengths} jobs, each a little shorter than the one before, the worst: whether one ends right after a look is chance.`,
    'Stuck: at 90 % from a tenth of the time on. Jumping: up and down. No: none is shown.',
  ]
  return [
    { title: 'Looks at a job', better: 'lower', figures: looks, notes },
    { title: 'Lag of the last look', better: 'lower', figures: lags, notes },
  ]
}

interface Watched {
  looks: number
  lateMs: number
}

/** Of jobs of that many milliseconds, and up to a twentieth shorter. */
async function worstOf(durationMs: number, course: ProgressCourse | 'none'): Promise<Watched> {
  const each: Watched[] = []
  for (let index = 0; index < lengths; index++) {
    each.push(await watch(durationMs * (1 - index / (20 * (lengths - 1))), course))
  }
  return {
    looks: Math.max(...each.map(({ looks }) => looks)),
    lateMs: Math.max(...each.map(({ lateMs }) => lateMs)),
  }
}

/** A job of that many milliseconds, which begins at the first look. */
async function watch(durationMs: number, course: ProgressCourse | 'none'): Promise<Watched> {
  let now = 0
  let looks = 0
  const clock = {
    now: () => now,
    elapsed: () => now,
    async pause(milliseconds: number) {
      now += milliseconds
    },
  }
  const look = async () => {
    looks++
    const percent = Math.floor((now / durationMs) * 100)
    const isDone = now >= durationMs
    now += lookMs
    if (isDone) return { done: undefined }
    return { progress: course === 'none' ? undefined : shownProgress(percent, course) }
  }
  const step = { clock, deadline: Number.POSITIVE_INFINITY, timeout: Number.POSITIVE_INFINITY }
  await waitUntil(step, look, { maxPause: pollInterval, stillOpen: () => '' })
  return { looks, lateMs: now - durationMs }
}
