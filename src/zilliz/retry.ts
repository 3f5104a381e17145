import { formatDuration } from '../duration.ts'
import { NoResponseError } from './errors.ts'

/** What repeating needs of the step around it. */
export interface RetryPolicy {
  clock: { elapsed(): number; pause(milliseconds: number): Promise<void> }
  /** On the scale of `clock.elapsed()`. */
  deadline: number
  /** Milliseconds of nothing but load and faults that end a request; Infinity while the step waits. */
  maxDuration: number
  /** Told when the trouble changes, and at most once a minute otherwise. */
  log: (line: string) => void
}

const firstPause = 500
const longestPause = 15_000
/** Left before the deadline for one last try. */
const lastTry = 1_000

/** The pause before repeat number `repeat` (from 0): it doubles, with jitter, and keeps away as long as asked. */
export function retryPause(attempts: number, retryAfter: number | undefined, random: number): number {
  const grown = Math.min(longestPause, firstPause * 2 ** Math.min(attempts, 10))
  return Math.max(grown * (0.5 + random / 2), retryAfter ?? 0)
}

/**
 * Tries until an attempt settles otherwise than with a NoResponseError that `again` accepts.
 *
 * @param tried ends the sentence "Could not …"
 * @param timeoutError makes the error for a deadline that comes first; without trouble, it only cut one attempt short
 * @throws NoResponseError as a whole sentence when `longest` is over, and whatever else an attempt throws
 */
export async function retry<T>(
  tried: string,
  attempt: () => Promise<T>,
  shouldRetry: (error: NoResponseError) => boolean,
  policy: RetryPolicy,
  timeoutError: (message: string, trouble: NoResponseError | undefined) => Error,
): Promise<T> {
  const { clock, deadline, maxDuration, log } = policy
  const start = clock.elapsed()
  let loggedAt = Number.NEGATIVE_INFINITY
  let logged = ''
  for (let attempts = 0; ; attempts++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof NoResponseError)) throw error
      const now = clock.elapsed()
      const pause = retryPause(attempts, error.retryAfter, Math.random())
      const sentence = `Could not ${tried}: ${error.message}`
      if (!shouldRetry(error)) throw withMessage(error, `${sentence}.`)
      if (now - start + pause > maxDuration) {
        const tries =
          attempts === 0 ? 'tried once' : `tried ${attempts + 1} times in ${formatDuration(now - start)}`
        const asked =
          error.retryAfter === undefined ? '' : `, asked to stay away for ${formatDuration(error.retryAfter)}`
        throw withMessage(
          error,
          `${sentence} (${tries}${asked}). Look at the network and the status page of the service, then run the step again.`,
        )
      }
      // The id of a request is another one each time.
      const trouble = error.message.replace(/request id [^)]*/, '')
      if (trouble !== logged || now - loggedAt >= 60_000) {
        log(`${sentence}. Trying again.`)
        logged = trouble
        loggedAt = now
      }
      const room = deadline - now - lastTry
      if (room <= 0 || (error.retryAfter ?? 0) > room)
        throw timeoutError(sentence, attempts === 0 ? undefined : error)
      await clock.pause(Math.min(pause, room))
    }
  }
}

function withMessage(error: NoResponseError, message: string): NoResponseError {
  const { kind, arrived, retryAfter } = error
  return new NoResponseError(message, { kind, arrived, retryAfter, cause: error })
}
