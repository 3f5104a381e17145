/** How often to look at something that is waited for. Knows no clock and no request. */

/** Milliseconds. */
const shortestPause = 500
/** Without progress the end is noticed that share of the time waited too late, at most. */
const share = 24
/** Milliseconds, where an end is expected: the shortest pause before it, and how long after it to look. */
const soon = 250
const after = 50
/** Under load each pause is longer by that, and after a look without load shorter again; as a factor it has a limit. */
const slower = 2
const faster = 1.2
const slowest = 4

export interface Look {
  /** Milliseconds since the first look. */
  waited: number
  /** Percent, where the service shows it. */
  progress: number | undefined
  /** The service has asked for fewer requests. */
  isThrottled?: boolean | undefined
}

/**
 * Gives, look after look, the pause before the next one, in milliseconds.
 *
 * The pause grows with the time waited. Progress never makes it longer: it shows when the end is to be expected, and the
 * looks close in on that. An end that was expected and did not come, or progress that went back, doubles the shortest
 * pause of this kind, so that progress which is stuck, or jumps, costs a few looks and no more. Under load, when others look
 * with the same key, all pauses grow, and the next look is that at the expected end.
 */
export function openPace(): (look: Look) => number {
  let first: { waited: number; percent: number } | undefined
  let last: number | undefined
  let expectedEnd: number | undefined
  let misses = 0
  let load = 1
  return ({ waited, progress, isThrottled = false }) => {
    load = isThrottled ? Math.min(load * slower, slowest) : Math.max(load / faster, 1)
    const grown = Math.max(shortestPause, waited / share) * load
    const percent = progress === undefined ? undefined : Math.floor(progress)
    if (percent === undefined || first === undefined || percent < (last ?? 0)) {
      if (last !== undefined) misses++
      first = percent === undefined ? undefined : { waited, percent }
      expectedEnd = undefined
    } else if (percent !== last) {
      const perPercent = (waited - first.waited) / (percent - first.percent)
      // Shown is what is whole of it: half a percent more is as likely as not.
      expectedEnd = waited + Math.max(0, 99.5 - percent) * perPercent
    }
    last = percent
    if (expectedEnd === undefined) return grown
    const rest = expectedEnd - waited
    if (rest <= 0) misses++
    const nearest = soon * 2 ** misses * load
    // One look at the end is what a service under load can bear best.
    if (load > 1) return Math.max(nearest, rest + after)
    const closing = rest > 2 * nearest ? rest / 2 : Math.max(nearest, rest + after)
    return Math.min(grown, closing)
  }
}
