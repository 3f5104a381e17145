/** Waiting for several goals at once, and telling what is seen. */
import { formatDuration } from '../duration.ts'
import { type InProgress, OperationFailed, type Step } from '../step.ts'
import { ApiError, isNotFound, type Resource } from '../zilliz/errors.ts'
import { progressLog, waitUntil } from './poll.ts'

/** What one look at a goal showed; `line` without the progress. */
interface Status {
  line: string
  state: 'going' | 'reached' | 'failed'
  progress?: number | undefined
  unreadable?: true
}

export interface Condition {
  what: string
  resource: Resource
  read: (step: Step) => Promise<Status>
  /** It is known how it ended: nothing of it goes on without the step. */
  onDone: (running: InProgress) => void
  /** Milliseconds for which "not found" means "not readable yet": it was made a moment ago (U8). */
  notFoundGrace: number
}

/** "Not found" for what this step made itself is waited out that long. */
export const graceOfOwn = 60_000
/** For a job of an earlier step, in `wait`. */
export const graceOfOthers = 15_000

/**
 * Looks at all goals, round after round, until each is reached or failed.
 *
 * @param together the first that fails ends the wait for all
 * @throws OperationFailed with a sentence for each goal that failed; TimedOut
 */
export async function waitForAll(
  step: Step,
  conditions: readonly Condition[],
  options: { pollInterval: number; failFast?: boolean },
): Promise<void> {
  const { clock, deadline } = step
  const start = clock.elapsed()
  const failures: string[] = []
  const states = new Map<Condition, string>()
  const news = progressLog(clock)
  const open = new Set(conditions)
  const readAll = async () => {
    const progress: (number | undefined)[] = []
    for (const condition of open) {
      const status = await readOnce(step, condition, clock.elapsed() - start, options.failFast ?? false)
      const percent = status.progress === undefined ? '' : `, ${Math.floor(status.progress)} %`
      const line = `${capital(condition.what)}: ${status.line}`
      states.set(condition, `${status.line}${percent}`)
      // With many goals every change of a percentage would drown the log.
      if (news.isNew(condition.what, conditions.length > 5 ? line : `${line}${percent}`)) {
        step.log(`${line}${percent} (${formatDuration(clock.elapsed() - start)})`)
      }
      if (status.state === 'going') progress.push(status.progress)
      else open.delete(condition)
      // What this step made goes on, readable or not.
      if (status.state !== 'going' && !(status.unreadable && condition.notFoundGrace === graceOfOwn))
        condition.onDone(step.inProgress)
      if (status.state === 'failed') failures.push(line)
    }
    return progress
  }
  const round = async () => {
    const progress = await readAll()
    const over = options.failFast && failures.length > 0
    // Why a cluster went may show in its job a moment later.
    if (over) await readAll()
    if (open.size > 0 && news.isDue()) {
      const [first] = open
      step.log(
        `Still waiting for ${first?.what}, ${open.size} in all (${formatDuration(clock.elapsed() - start)})`,
      )
    }
    if (open.size === 0 || over) return { done: undefined }
    return { progress: progress.includes(undefined) ? undefined : Math.min(...(progress as number[])) }
  }
  const late = () => {
    const still = [...open].map(
      condition => `${condition.what} is ${states.get(condition) ?? 'not read yet'}`,
    )
    return `The time is over: ${still.join('; ')}.`
  }
  try {
    await waitUntil(round, { clock, deadline, maxPause: options.pollInterval, timeoutMessage: late })
  } catch (error) {
    if (error instanceof Error) error.message = [...failures, error.message].join('\n')
    throw error
  }
  if (failures.length > 0) throw new OperationFailed(failures.join('\n'))
}

/** A refused look ends the waiting for its goal; for all, when they stand together or the key is refused. */
async function readOnce(
  step: Step,
  condition: Condition,
  waited: number,
  failFast: boolean,
): Promise<Status> {
  try {
    return await condition.read(step)
  } catch (error) {
    if (!(error instanceof ApiError) || error.isAuthError) throw error
    if (isNotFound(error, condition.resource) && waited < condition.notFoundGrace) {
      return { line: 'not readable yet', state: 'going' }
    }
    if (failFast) throw error
    return { line: error.message, state: 'failed', unreadable: true }
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
