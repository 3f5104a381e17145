/** The time of the service, by which every age and every "since" goes. */
import type { Clock } from '../clock.ts'

/** What a connection knows of the two clocks. */
interface Clocks {
  clock: Pick<Clock, 'now'>
  session: { clockDifference?: number | undefined }
}

export interface ServiceTime {
  /** Milliseconds since the epoch, now. */
  now: number
  /** Milliseconds by which it may be wrong. */
  tolerance: number
}

/** The `Date` header and the times of the service are whole seconds. */
export const toleranceOfService = 2_000
export const toleranceOfRunner = 300_000

export function serviceTime({ clock, session }: Clocks): ServiceTime {
  const { clockDifference } = session
  return clockDifference === undefined
    ? { now: clock.now(), tolerance: toleranceOfRunner }
    : { now: clock.now() + clockDifference, tolerance: toleranceOfService }
}

/**
 * Learns the difference of the two clocks from a response.
 *
 * @param date its `Date` header
 * @param receivedAt when its headers came, on the scale of `clock.elapsed()`: its body may have taken long after that
 */
export function noteServiceTime(
  { clock, session }: Clocks & { clock: Pick<Clock, 'elapsed'> },
  date: string | undefined,
  receivedAt: number,
): void {
  const time = Date.parse(date ?? '')
  const sinceThen = Math.round(clock.elapsed() - receivedAt)
  if (!Number.isNaN(time)) session.clockDifference = time - (clock.now() - sinceThen)
}

/** Milliseconds by which a time may lie ahead; one further in the future is no time. */
const mostAhead = 300_000

/** Without a time that cannot be: it would pass every rule about ages. */
export function withoutFutureTime<T extends { createTime?: number | undefined }>(to: Clocks, item: T): T {
  const { createTime } = item
  const isPossible = createTime === undefined || createTime <= serviceTime(to).now + mostAhead
  return isPossible ? item : { ...item, createTime: undefined }
}
