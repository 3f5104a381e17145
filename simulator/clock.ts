/** The clock of the simulated world: from `start` on, real time since `origin`, multiplied by `speed`. */
export interface WorldClock {
  /** Milliseconds since the epoch, in real time. */
  readonly origin: number
  /** Milliseconds since the epoch, in world time at `origin`; default: the same. A fixed one makes dates repeatable. */
  readonly start?: number | undefined
  /** World seconds per real second; above 0. */
  readonly speed: number
}

/**
 * World time in milliseconds since the epoch.
 * The clock of a client under test uses the same formula; if only one of them changes, the two clocks disagree.
 */
export function worldNow(clock: WorldClock): number {
  return (clock.start ?? clock.origin) + (Date.now() - clock.origin) * clock.speed
}

/** UTC time in the format of all documented examples and recordings: `YYYY-MM-DDThh:mm:ssZ` (F19). */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
