import type { Clock } from '../clock.ts'

/** The service takes 20 requests a second for each endpoint (F9); others use the key too. */
const most = 18
/** Milliseconds. Requests do not all take the same time to arrive. */
const window = 1_050

/** Gives what waits, before each request to one endpoint, until the service takes another. For one caller at a time. */
export function openSlots(clock: Clock): () => Promise<void> {
  const begun: number[] = []
  return async () => {
    const first = begun.at(-most)
    const early = first === undefined ? 0 : first + window - clock.elapsed()
    if (early > 0) await clock.pause(early)
    begun.push(clock.elapsed())
    if (begun.length > most) begun.shift()
  }
}
