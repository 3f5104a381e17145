/** The world's clock: real time, counted from `origin` and stretched by `speed`. */
export interface WorldClock {
  /** Real epoch, milliseconds. */
  readonly origin: number
  /** World seconds per real second; above 0. */
  readonly speed: number
}

/**
 * The moment in the world, epoch milliseconds.
 * A client under test computes the very same formula, so that both clocks agree: do not change it.
 */
export function worldNow(clock: WorldClock): number {
  return clock.origin + (Date.now() - clock.origin) * clock.speed
}

/** UTC time as all documented examples and recordings write it: `YYYY-MM-DDThh:mm:ssZ` (F19). */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
