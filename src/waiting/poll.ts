/** When to read again and when to give up. Knows no HTTP; the clock is a parameter. */
import type { Clock } from '../clock.ts'
import { formatDuration } from '../duration.ts'
import { TimedOut } from '../errors.ts'
import type { Step } from '../step.ts'
import { timedOut } from '../zilliz/errors.ts'
import { openPace } from './pace.ts'

/** Left before the deadline for one last read. */
const lastRead = 2_000
/** Less than that is no time for a read: a timer may end a moment too early. */
const noTime = 50

/**
 * What the pace asks for, within its bounds.
 *
 * @param pause milliseconds, of the pace
 * @param maxPause milliseconds, input `poll-interval`
 * @param left milliseconds until the deadline
 * @param retryAfter milliseconds that the service asks to stay away, which may be more than `maxPause`
 */
export function boundedPause({
  pause,
  maxPause,
  left,
  retryAfter = 0,
}: {
  pause: number
  maxPause: number
  left: number
  retryAfter?: number | undefined
}): number {
  const wanted = Math.max(Math.min(pause, maxPause), retryAfter)
  if (wanted < left) return wanted
  return left > 2 * lastRead ? left - lastRead : left
}

/** One read: `done` ends the waiting, otherwise the progress in percent helps to choose when to read again. */
export type Poll<T> =
  | { done: T }
  | {
      progress?: number | undefined
      /** Milliseconds that the service asks to stay away. */
      retryAfter?: number | undefined
      /** The service has asked for fewer requests. */
      isThrottled?: boolean
    }

export interface WaitOptions {
  /** Milliseconds. */
  maxPause: number
  /** What is not done yet, for the sentence of a timeout. */
  stillOpen: () => string
  /** What a first look would show, as far as that is known without it. */
  known?: { progress: number; isThrottled: boolean } | undefined
}

/** What a wait needs of a step: its clock, its end on the scale of `clock.elapsed()`, and for sentences its `timeout`. */
export type WaitingStep = Pick<Step, 'clock' | 'deadline' | 'timeout'>

/**
 * Polls until it is done.
 *
 * @throws TimedOut, Cancelled, and whatever `poll` throws
 */
export async function waitUntil<T>(
  { clock, deadline, timeout }: WaitingStep,
  poll: () => Promise<Poll<T>>,
  { maxPause, stillOpen, known }: WaitOptions,
): Promise<T> {
  const start = clock.elapsed()
  const pace = openPace(maxPause)
  const timeoutMessage = () => `Timed out after ${formatDuration(timeout)}: ${stillOpen()}.`
  const left = () => deadline - clock.elapsed()
  if (known) await clock.pause(boundedPause({ pause: pace({ waited: 0, ...known }), maxPause, left: left() }))
  for (;;) {
    const lookedAt = clock.elapsed()
    const polled = await poll().catch(error => {
      if (!(error instanceof TimedOut)) throw error
      // What was waited for says more than the one request that the deadline cut short.
      if (error.cause === undefined) throw new TimedOut(timeoutMessage(), { cause: error })
      throw new TimedOut(
        { ...error.parts, what: `${timeoutMessage()} ${error.parts.what.replace(timedOut, '')}` },
        { cause: error },
      )
    })
    if ('done' in polled) return polled.done
    if (left() <= 0) throw new TimedOut(timeoutMessage())
    const now = clock.elapsed()
    const { progress, retryAfter, isThrottled } = polled
    const pause = pace({ waited: now - start, took: now - lookedAt, progress, isThrottled })
    await clock.pause(boundedPause({ pause, retryAfter, maxPause, left: left() }))
    if (left() <= noTime) throw new TimedOut(timeoutMessage())
  }
}

/**
 * Says which lines are worth printing: those that differ from the last one about the same thing and, when
 * nothing was printed for a minute, one more, so that a long wait is seen to live.
 */
export function progressLog(clock: Clock): {
  isNew(about: string, line: string): boolean
  isDue(): boolean
} {
  const last = new Map<string, string>()
  let loggedAt = clock.elapsed()
  return {
    isNew(about, line) {
      if (last.get(about) === line) return false
      last.set(about, line)
      loggedAt = clock.elapsed()
      return true
    },
    isDue() {
      const due = clock.elapsed() - loggedAt >= 60_000
      if (due) loggedAt = clock.elapsed()
      return due
    },
  }
}
