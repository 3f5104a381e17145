/** One read of what a step waits for; what a refused or a slow one means is in unreadable.ts. */
import { ActionError, Cancelled, TimedOut } from '../errors.ts'
import type { Step } from '../step.ts'
import { ApiError } from '../zilliz/errors.ts'
import type { Condition } from './conditions.ts'
import type { ReadOptions, Seen } from './unreadable.ts'

/** The wait has ended anyway. */
export function ignoreTrouble(error: unknown): void {
  if (error instanceof Cancelled || !(error instanceof ActionError)) throw error
}

/** The same step, for a read that is not worth a wait. */
export function readingOnce(step: Step): Step {
  return { ...step, cloud: { ...step.cloud, triesOnce: true } }
}

/** Milliseconds. */
const longestRead = 60_000

/** @throws what ends the waiting for all */
export async function readOnce(condition: Condition, options: ReadOptions): Promise<Seen> {
  const { step, isAlone } = options
  // One that cannot be read must not keep the others from being read.
  const own = isAlone ? step : { ...step, cloud: { ...step.cloud, makeWayAfter: longestRead } }
  try {
    return { status: await condition.read(own), isUnreadable: false }
  } catch (error) {
    if (!(error instanceof TimedOut) && !(error instanceof ApiError)) throw error
    const { afterFault } = await import('./unreadable.ts')
    return afterFault(error, condition, options)
  }
}
