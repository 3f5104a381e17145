import { formatDuration } from '../duration.ts'
import { NoAnswer } from './errors.ts'

/** What repeating needs of the step around it. */
export interface Patience {
  clock: { elapsed(): number; pause(milliseconds: number): Promise<void> }
  /** On the scale of `clock.elapsed()`. */
  deadline: number
  /** Milliseconds of nothing but load and faults that end a request; Infinity while the step waits. */
  longest: number
  /** Told when the trouble changes, and at most once a minute otherwise. */
  log: (line: string) => void
}

const firstPause = 500
const longestPause = 15_000
/** Left before the deadline for one last try. */
const lastTry = 1_000

/** The pause before repeat number `repeat` (from 0): it doubles, with jitter, and keeps away as long as asked. */
export function repeatPause(repeat: number, retryAfter: number | undefined, random: number): number {
  const grown = Math.min(longestPause, firstPause * 2 ** Math.min(repeat, 10))
  return Math.max(grown * (0.5 + random / 2), retryAfter ?? 0)
}

/**
 * Tries until an attempt settles otherwise than with a NoAnswer that `again` accepts.
 *
 * @param tried ends the sentence "Could not …"
 * @param late makes the error for a deadline that comes first; without trouble, it only cut one attempt short
 * @throws NoAnswer as a whole sentence when `longest` is over, and whatever else an attempt throws
 */
export async function persist<T>(
  tried: string,
  attempt: () => Promise<T>,
  again: (error: NoAnswer) => boolean,
  patience: Patience,
  late: (message: string, trouble: NoAnswer | undefined) => Error,
): Promise<T> {
  const { clock, deadline, longest, log } = patience
  const start = clock.elapsed()
  let toldAt = Number.NEGATIVE_INFINITY
  let told = ''
  for (let repeat = 0; ; repeat++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      const now = clock.elapsed()
      const pause = repeatPause(repeat, error.retryAfter, Math.random())
      const sentence = `Could not ${tried}: ${error.message}`
      if (!again(error)) throw wholeSentence(error, `${sentence}.`)
      if (now - start + pause > longest) {
        const tries =
          repeat === 0 ? 'tried once' : `tried ${repeat + 1} times in ${formatDuration(now - start)}`
        const asked =
          error.retryAfter === undefined ? '' : `, asked to stay away for ${formatDuration(error.retryAfter)}`
        throw wholeSentence(
          error,
          `${sentence} (${tries}${asked}). Look at the network and the status page of the service, then run the step again.`,
        )
      }
      // The id of a request is another one each time.
      const trouble = error.message.replace(/request id [^)]*/, '')
      if (trouble !== told || now - toldAt >= 60_000) {
        log(`${sentence}. Trying again.`)
        told = trouble
        toldAt = now
      }
      const room = deadline - now - lastTry
      if (room <= 0 || (error.retryAfter ?? 0) > room) throw late(sentence, repeat === 0 ? undefined : error)
      await clock.pause(Math.min(pause, room))
    }
  }
}

function wholeSentence(error: NoAnswer, message: string): NoAnswer {
  const { kind, arrived, retryAfter } = error
  return new NoAnswer(message, { kind, arrived, retryAfter, cause: error })
}
