/** When to look next and when to give up. Knows no HTTP; the clock is a parameter. */

export interface Clock {
  /** Milliseconds since the epoch; only for comparing with times the service tells. */
  now(): number
  /** Milliseconds that never run backwards; every wait is measured with it. */
  elapsed(): number
  /** Ends after that many milliseconds, or with Cancelled as soon as the step is told to stop. */
  pause(milliseconds: number): Promise<void>
}

/** The step's `timeout` is over. Never a success: a migration must not start behind an unfinished backup. */
export class TimedOut extends Error {
  override name = 'TimedOut'
}

/** SIGINT or SIGTERM reached the step. */
export class Cancelled extends Error {
  override name = 'Cancelled'
  /** A start was on its way and may have been carried out. */
  readonly inFlight: boolean
  constructor(message = 'The step was cancelled.', inFlight = false) {
    super(message)
    this.inFlight = inFlight
  }
}

/** Above this, setTimeout overflows and fires at once. */
const longestTimer = 2 ** 31 - 1

/** The clock of this process; `stop` is raised by the signal handlers. */
export function systemClock(stop: AbortSignal): Clock {
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    pause: milliseconds =>
      new Promise((resolve, reject) => {
        if (stop.aborted) {
          reject(new Cancelled())
          return
        }
        const cancel = () => {
          clearTimeout(timer)
          reject(new Cancelled())
        }
        const timer = setTimeout(
          () => {
            stop.removeEventListener('abort', cancel)
            resolve()
          },
          Math.min(milliseconds, longestTimer),
        )
        stop.addEventListener('abort', cancel, { once: true })
      }),
  }
}

const shortestPause = 500
/** Left before the deadline for one last look. */
const lastLook = 2_000

/**
 * How long to pause before the next look.
 *
 * The pause grows with the time already waited (a fifth of it, so that a job is noticed at most a fifth
 * too late), shrinks when the progress says that the end is near, and never exceeds `longest` or `left`.
 *
 * @param waited milliseconds since the first look
 * @param progress percent, where the service tells it
 * @param maxPause milliseconds, input `poll-interval`
 * @param left milliseconds until the deadline
 */
export function nextPause(
  waited: number,
  progress: number | undefined,
  maxPause: number,
  left: number,
): number {
  let pause = Math.max(shortestPause, waited / 5)
  if (progress !== undefined && progress > 0 && progress < 100) {
    const expected = (waited * (100 - progress)) / progress
    pause = Math.min(pause, Math.max(shortestPause, expected / 2))
  }
  pause = Math.min(pause, maxPause)
  return pause < left ? pause : left > 2 * lastLook ? left - lastLook : left
}

/** One look: `done` ends the waiting, otherwise the progress in percent helps to choose the next moment. */
export type Poll<T> = { done: T } | { progress?: number | undefined }

/**
 * Looks until `look` is done.
 *
 * @param deadline on the scale of `clock.elapsed()`
 * @throws TimedOut with `late()` as its sentence, Cancelled, and whatever `look` throws
 */
export async function waitUntil<T>(
  poll: () => Promise<Poll<T>>,
  options: { clock: Clock; deadline: number; maxPause: number; timeoutMessage: () => string },
): Promise<T> {
  const { clock, deadline, maxPause, timeoutMessage } = options
  const start = clock.elapsed()
  const left = () => deadline - clock.elapsed()
  for (;;) {
    const polled = await poll().catch(error => {
      if (!(error instanceof TimedOut)) throw error
      // What was waited for says more than the one request that the deadline cut short.
      throw new TimedOut(
        error.cause === undefined ? timeoutMessage() : `${timeoutMessage()} ${error.message}`,
        { cause: error },
      )
    })
    if ('done' in polled) return polled.done
    if (left() <= 0) throw new TimedOut(timeoutMessage())
    await clock.pause(nextPause(clock.elapsed() - start, polled.progress, maxPause, left()))
    if (left() <= 0) throw new TimedOut(timeoutMessage())
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
      const quiet = clock.elapsed() - loggedAt >= 60_000
      if (quiet) loggedAt = clock.elapsed()
      return quiet
    },
  }
}
