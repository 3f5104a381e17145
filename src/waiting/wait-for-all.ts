/** Waiting for several goals at once, and telling what is seen. */
import { formatDuration } from '../duration.ts'
import { Failed, type Running, type Step } from '../step.ts'
import { isNotFound, Refused, type Resource } from '../zilliz/errors.ts'
import { newsFilter, waitUntil } from './poll.ts'

/** What one look at a goal showed; `line` without the progress. */
interface Sight {
  line: string
  state: 'going' | 'reached' | 'failed'
  progress?: number | undefined
  unreadable?: true
}

export interface Goal {
  what: string
  resource: Resource
  look: (step: Step) => Promise<Sight>
  /** It is known how it ended: nothing of it goes on without the step. */
  settle: (running: Running) => void
  /** Milliseconds for which "not found" means "not readable yet": it was made a moment ago (U8). */
  grace: number
}

/** "Not found" for what this step made itself is waited out that long. */
export const graceOfOwn = 60_000
/** For a job of an earlier step, in `wait`. */
export const graceOfOthers = 15_000

/**
 * Looks at all goals, round after round, until each is reached or failed.
 *
 * @param together the first that fails ends the wait for all
 * @throws Failed with a sentence for each goal that failed; TimedOut
 */
export async function reach(
  step: Step,
  goals: readonly Goal[],
  options: { pollInterval: number; together?: boolean },
): Promise<void> {
  const { clock, deadline } = step
  const start = clock.elapsed()
  const failures: string[] = []
  const states = new Map<Goal, string>()
  const news = newsFilter(clock)
  const open = new Set(goals)
  const lookAtAll = async () => {
    const progress: (number | undefined)[] = []
    for (const goal of open) {
      const sight = await lookOnce(step, goal, clock.elapsed() - start, options.together ?? false)
      const percent = sight.progress === undefined ? '' : `, ${Math.floor(sight.progress)} %`
      const line = `${capital(goal.what)}: ${sight.line}`
      states.set(goal, `${sight.line}${percent}`)
      // With many goals every change of a percentage would drown the log.
      if (news.isNew(goal.what, goals.length > 5 ? line : `${line}${percent}`)) {
        step.log(`${line}${percent} (${formatDuration(clock.elapsed() - start)})`)
      }
      if (sight.state === 'going') progress.push(sight.progress)
      else open.delete(goal)
      // What this step made goes on, readable or not.
      if (sight.state !== 'going' && !(sight.unreadable && goal.grace === graceOfOwn))
        goal.settle(step.running)
      if (sight.state === 'failed') failures.push(line)
    }
    return progress
  }
  const round = async () => {
    const progress = await lookAtAll()
    const over = options.together && failures.length > 0
    // Why a cluster went may show in its job a moment later.
    if (over) await lookAtAll()
    if (open.size > 0 && news.isQuiet()) {
      const [first] = open
      step.log(
        `Still waiting for ${first?.what}, ${open.size} in all (${formatDuration(clock.elapsed() - start)})`,
      )
    }
    if (open.size === 0 || over) return { done: undefined }
    return { progress: progress.includes(undefined) ? undefined : Math.min(...(progress as number[])) }
  }
  const late = () => {
    const still = [...open].map(goal => `${goal.what} is ${states.get(goal) ?? 'not read yet'}`)
    return `The time is over: ${still.join('; ')}.`
  }
  try {
    await waitUntil(round, { clock, deadline, longest: options.pollInterval, late })
  } catch (error) {
    if (error instanceof Error) error.message = [...failures, error.message].join('\n')
    throw error
  }
  if (failures.length > 0) throw new Failed(failures.join('\n'))
}

/** A refused look ends the waiting for its goal; for all, when they stand together or the key is refused. */
async function lookOnce(step: Step, goal: Goal, waited: number, together: boolean): Promise<Sight> {
  try {
    return await goal.look(step)
  } catch (error) {
    if (!(error instanceof Refused) || error.ofTheKey) throw error
    if (isNotFound(error, goal.resource) && waited < goal.grace) {
      return { line: 'not readable yet', state: 'going' }
    }
    if (together) throw error
    return { line: error.message, state: 'failed', unreadable: true }
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
