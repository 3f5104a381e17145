import type { Step } from '../step.ts'
import type { Connection } from '../zilliz/connection.ts'
import { ApiError, NoResponseError } from '../zilliz/errors.ts'
import { Cancelled, TimedOut } from './poll.ts'

/** A start without an answer is looked for that long, inside `timeout`. */
const lookLimit = 30_000
const betweenLooks = 2_000
/** Less than that is no time for a look. */
const shortestLook = 1_000

/** Whether a start that threw this may have been carried out. */
export function mayHaveSucceeded(error: unknown): error is NoResponseError {
  return error instanceof NoResponseError && error.arrived && error.kind === 'fault'
}

/**
 * Looks for what a start without an answer may have made: for up to 30 s inside the timeout, but at least
 * once, until `look` finds something.
 *
 * @param lost what happened to the start
 * @returns what was found; 'nothing' after looking; an error when it could not be looked at all
 */
export async function findLost<T>(
  step: Step,
  lost: Error,
  look: (cloud: Connection) => Promise<T | undefined>,
): Promise<{ found: T } | 'nothing' | Error> {
  const { clock } = step
  const start = clock.elapsed()
  const end = Math.min(step.deadline, start + lookLimit)
  let result: 'nothing' | Error = new Error('It was not looked for.')
  let deadline = Math.max(end, start + lookLimit)
  const cancelled = (error: unknown): never => {
    if (!(error instanceof Cancelled)) throw error
    throw new Cancelled(`The step was cancelled. ${lost.message} It may have been carried out.`, true)
  }
  for (;;) {
    try {
      const found = await look({ ...step.cloud, deadline })
      if (found !== undefined) return { found }
      result = 'nothing'
    } catch (error) {
      if (!(error instanceof NoResponseError || error instanceof ApiError || error instanceof TimedOut))
        return cancelled(error)
      if (error instanceof ApiError) return error
      if (result !== 'nothing') result = error
    }
    deadline = end
    if (clock.elapsed() + betweenLooks + shortestLook > end) return result
    await clock.pause(betweenLooks).catch(cancelled)
  }
}
