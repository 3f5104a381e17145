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
const toleranceOfService = 2_000
const toleranceOfRunner = 300_000

export function serviceTime({ clock, session }: Clocks): ServiceTime {
  const { clockDifference } = session
  return clockDifference === undefined
    ? { now: clock.now(), tolerance: toleranceOfRunner }
    : { now: clock.now() + clockDifference, tolerance: toleranceOfService }
}

/** Milliseconds by which a time may lie ahead; one further in the future is no time. */
const mostAhead = 300_000

/** Without a time that cannot be: it would pass every rule about ages. */
export function withoutFutureTime<T extends { createTime?: number | undefined }>(to: Clocks, item: T): T {
  const { createTime } = item
  const isPossible = createTime === undefined || createTime <= serviceTime(to).now + mostAhead
  return isPossible ? item : { ...item, createTime: undefined }
}
