import { formatDuration } from '../duration.ts'
import { type ActionError, Cancelled, OperationFailed, type Parts, partsOf, TimedOut } from '../errors.ts'
import type { Step } from '../step.ts'
import type { Connection } from '../zilliz/connection.ts'
import { ApiError, NoResponseError } from '../zilliz/errors.ts'

/** What a POST without a response may have made is looked for that long, inside `timeout`. */
export const searchLimit = 30_000
const betweenReads = 2_000
/** Less than that is no time for a read. */
const shortestRead = 1_000

/** What became of a POST whose response was lost. `unknown`: it could not be read. */
type LostResult<T> = { kind: 'found'; found: T } | { kind: 'none' } | { kind: 'unknown'; why: Parts }

/**
 * Looks for what a POST without a response may have made: for up to 30 s inside the timeout, but at least once,
 * until `search` finds something. "None" is believed only of the last read: one that failed says nothing, and an earlier
 * one was too early.
 *
 * @param lost what happened to the POST
 * @param limit milliseconds
 * @throws Cancelled, which then says that the POST may have been carried out
 */
export async function findLost<T>(
  step: Step,
  { lost, limit = searchLimit }: { lost: Error; limit?: number },
  search: (cloud: Connection) => Promise<T | undefined>,
): Promise<LostResult<T>> {
  const { clock } = step
  const start = clock.elapsed()
  const end = Math.min(step.deadline, start + limit)
  const cancelled = (error: unknown): never => {
    if (!(error instanceof Cancelled)) throw error
    const parts = { ...partsOf(lost), stake: 'It may have been carried out.' }
    throw new Cancelled(
      { ...parts, what: `The step was cancelled. ${parts.what}` },
      { inFlight: true, cause: error },
    )
  }
  let result: LostResult<T> = { kind: 'unknown', why: { what: 'It was not checked.' } }
  // The first search has its whole time, whatever is left of the step's own.
  let deadline = start + limit
  for (;;) {
    try {
      const found = await search({ ...step.cloud, deadline })
      if (found !== undefined) return { kind: 'found', found }
      result = { kind: 'none' }
    } catch (error) {
      const isKnown =
        error instanceof ApiError ||
        error instanceof NoResponseError ||
        error instanceof OperationFailed ||
        error instanceof TimedOut
      if (!isKnown) return cancelled(error)
      result = { kind: 'unknown', why: whyUnknown(step, error, limit) }
      if (error instanceof ApiError || error instanceof OperationFailed) return result
    }
    deadline = end
    if (clock.elapsed() + betweenReads + shortestRead > end) return result
    await clock.pause(betweenReads).catch(cancelled)
  }
}

/** The time of the search may be over while that of the step is not; where a fault is the reason, that says more. */
function whyUnknown({ clock, deadline }: Step, error: ActionError, limit: number): Parts {
  const isSearch = error instanceof TimedOut && error.cause === undefined && clock.elapsed() < deadline
  return isSearch ? { what: `It took longer than ${formatDuration(limit)}.` } : error.parts
}
