/** How often to look at something that is waited for. Knows no clock and no request. */

/** Milliseconds. More than half a second, so that the looks do not fall on whole seconds, as those of others do. */
const shortestPause = 540
/** Without progress the end is noticed that share of the time waited too late, at most. */
const share = 24
/** Milliseconds, where an end is expected: the shortest pause before it, and how long after it to look. */
const soon = 250
const after = 50
/** Milliseconds. A look that would come less than that before a usual one is left out. */
const closest = 100
/** Percent: of less progress the end cannot be told well enough to leave out all looks before it. */
const enough = 15
/** Under load each pause is longer by that, and after a look without load shorter again; as a factor it has a limit. */
const slower = 2
const faster = 1.2
const slowest = 4

export interface Look {
  /** Milliseconds from the first look to the end of this one. */
  waited: number
  /** Milliseconds of this look itself. */
  took?: number | undefined
  /** Percent, where the service shows it. */
  progress: number | undefined
  /** The service has asked for fewer requests. */
  isThrottled?: boolean | undefined
}

/**
 * Gives, look after look, the pause before the next one, in milliseconds.
 *
 * The usual looks come at times that no progress moves: their pauses grow with the time waited. Progress shows when the
 * end is to be expected, and further looks close in on that, so that no progress is worse than none. An end that was
 * expected and did not come, or progress that went back, doubles the shortest pause of this kind, so that progress which
 * is stuck, or jumps, costs a few looks and no more. Under load, when others look with the same key, all pauses grow, and
 * the next look is one at the expected end, late enough not to come before it.
 *
 * @param longest milliseconds of a pause between two usual looks, input `poll-interval`
 */
export function openPace(longest: number): (look: Look) => number {
  let first: Progress | undefined
  let last: number | undefined
  let expected: Expected | undefined
  let misses = 0
  let load = 1
  const usualLooks = openUsualLooks(longest)
  return ({ waited, took = 0, progress, isThrottled = false }) => {
    load = isThrottled ? Math.min(load * slower, slowest) : Math.max(load / faster, 1)
    const untilUsual = usualLooks({ waited, took, load })
    const percent = progress === undefined ? undefined : Math.floor(progress)
    if (percent === undefined || first === undefined || percent < (last ?? 0)) {
      if (last !== undefined) misses++
      first = percent === undefined ? undefined : { waited, percent }
      expected = undefined
    } else if (percent !== last) {
      expected = expect(first, { waited, percent })
    }
    last = percent
    if (expected === undefined) return untilUsual
    const rest = expected.end - waited
    if (rest <= 0) misses++
    const nearest = soon * 2 ** misses * load
    if (load === 1) {
      const closing = rest > 2 * nearest ? rest / 2 : Math.max(nearest, rest + after)
      return closing + closest > untilUsual ? untilUsual : closing
    }
    // One look at the end is what a service under load can bear best.
    const atEnd = Math.max(nearest, rest + expected.uncertainty + after)
    return expected.seen < enough ? Math.min(atEnd, Math.max(untilUsual, waited)) : atEnd
  }
}

/** Gives, look after look, the milliseconds until the next usual one, which further looks before it do not move. */
function openUsualLooks(longest: number): (look: { waited: number; took: number; load: number }) => number {
  /** Milliseconds from the first look. */
  let next = 0
  return ({ waited, took, load }) => {
    const begun = waited - took
    // One that a further look kept waiting delays none of those after it.
    const delay = begun > next && begun - next <= took + closest ? begun - next : 0
    const spacing = Math.min(Math.max(shortestPause, (waited - delay) / share) * load, longest)
    // A further look that takes longer than a pause is as good as a usual one.
    const isUsual = begun > next - closest || took > spacing
    // The next one comes no later for the time that this one took, but for one that took long.
    if (isUsual || load > 1) next = waited - delay + spacing - Math.min(took, spacing / 10)
    return Math.max(next - waited, closest)
  }
}

interface Expected {
  /** Milliseconds since the first look. */
  end: number
  /** The end may be later by that. */
  uncertainty: number
  /** Percent that it rests on. */
  seen: number
}

interface Progress {
  waited: number
  percent: number
}

function expect(first: Progress, { waited, percent }: Progress): Expected {
  const seen = percent - first.percent
  // Shown is what is whole of it: half a percent more is as likely as not.
  const left = (Math.max(0, 99.5 - percent) * (waited - first.waited)) / seen
  return { end: waited + left, uncertainty: left / seen, seen }
}
