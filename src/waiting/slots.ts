import type { Clock } from '../clock.ts'

/** The service takes 20 requests a second for each endpoint (F9); others use the key too. */
const usual = 18
/** Milliseconds. Requests do not all take the same time to arrive. */
const window = 1_050

/**
 * Gives what waits, before each request to one endpoint, until the service takes another. A few never wait.
 *
 * @param most in a second; fewer where other requests to the same endpoint follow at once
 */
export function openSlots(clock: Clock, most = usual): () => Promise<void> {
  const begins: number[] = []
  return async () => {
    const now = clock.elapsed()
    const begin = Math.max(now, (begins.at(-most) ?? Number.NEGATIVE_INFINITY) + window)
    begins.push(begin)
    if (begins.length > most) begins.shift()
    if (begin > now) await clock.pause(begin - now)
  }
}
