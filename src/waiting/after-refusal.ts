import { Cancelled, OperationFailed, partsOf, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { ApiError } from '../zilliz/errors.ts'

/**
 * Reads what decides whether a refusal is the end.
 *
 * @param what the resource whose state is read, such as `cluster in01-…`
 * @throws OperationFailed with the refusal where it cannot be read; Cancelled
 */
export async function readAfterRefusal<T>(
  refused: ApiError,
  what: string,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Cancelled) throw error
    throw stateUnknown(refused, what, error)
  }
}

/** Its cause is the refusal of the key, where there is one: that ends more than this one request. */
export function stateUnknown(refused: ApiError, what: string, why: unknown): OperationFailed {
  const { what: trouble, answer } = partsOf(why)
  const parts = partsOf(withMore(refused, { stake: `The state of ${what} is not known: ${trouble}`, answer }))
  const cause = why instanceof ApiError && why.isAuthError ? why : refused
  return new OperationFailed(parts, { cause })
}

/** Milliseconds. */
const firstPause = 2_000

/** Before the first read after "busy", so that a state or a list that lags behind is not asked in a tight loop. */
export function pauseBeforeRead({ clock }: Step, pollInterval: number): Promise<void> {
  return clock.pause(Math.min(pollInterval, firstPause))
}
