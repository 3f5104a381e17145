/** What a refused or a slow read of what is waited for means. */
import { OperationFailed, partsOf, TimedOut, textOf } from '../errors.ts'
import type { Step } from '../step.ts'
import { ApiError, isNotFound, timedOut } from '../zilliz/errors.ts'
import type { Condition, Status } from './conditions.ts'

export interface ReadOptions {
  step: Step
  /** Of the waiting, on the scale of `clock.elapsed()`. */
  start: number
  /** The first condition that fails ends the wait for all. */
  failFast: boolean
  /** Nothing else is waited for. */
  isAlone: boolean
}

/** What one read showed. */
export interface Seen {
  status: Status
  isUnreadable: boolean
}

/** Milliseconds: a read that ends this near to the deadline was ended by it. */
const nearTheEnd = 5_000

/**
 * A refused read ends the waiting for its condition; for all, when they fail fast or the key is refused.
 *
 * @throws what ends the waiting for all
 */
export async function afterFault(
  error: unknown,
  condition: Condition,
  { step, start, failFast }: ReadOptions,
): Promise<Seen> {
  if (error instanceof TimedOut && step.clock.elapsed() < step.deadline - nearTheEnd) {
    const trouble = error.parts.what.replace(timedOut, '').replace(/\.$/, '')
    return { status: { state: 'pending', line: `not readable (${trouble})` }, isUnreadable: true }
  }
  if (!(error instanceof ApiError) || error.isAuthError) throw error
  const waited = step.clock.elapsed() - start
  const isMissing = isNotFound(error, condition.item.kind)
  if (isMissing && waited < condition.notFoundGrace) {
    return { status: { state: 'pending', line: 'not readable yet' }, isUnreadable: true }
  }
  if (isMissing) step.inProgress.ended(condition.item)
  const failure = await explainRefusal(condition, error)
  if (failFast) throw failure
  const refusal = partsOf(failure)
  return { status: { state: 'failed', line: textOf(refusal), refusal }, isUnreadable: !isMissing }
}

async function explainRefusal({ item, onNotFound }: Condition, refused: ApiError): Promise<unknown> {
  const isMissing = isNotFound(refused, item.kind) || isNotFound(refused, 'cluster')
  if (onNotFound === undefined || !isMissing) return refused
  return onNotFound(refused).catch((error: unknown) => {
    if (error instanceof OperationFailed) return error
    throw error
  })
}
