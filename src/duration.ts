/** A duration of the contract: whole numbers with d, h, m, s, each at most once, in that order. */
const shape = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/

/** A hundred years: beyond it, arithmetic on dates ends. */
const longest = 36_525 * 86_400_000

/**
 * Reads a duration such as `90s`, `45m` or `1h30m`.
 *
 * @returns milliseconds, or undefined when the text is no positive duration up to a hundred years
 */
export function parseDuration(text: string): number | undefined {
  const parts = shape.exec(text)
  if (parts === null) return undefined
  const [days, hours, minutes, seconds] = parts.slice(1).map(part => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ]
  const milliseconds = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
  return milliseconds > 0 && milliseconds <= longest ? milliseconds : undefined
}

/** Writes milliseconds for people: `1h 30m`, `45s`; below a second `0s`. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.max(0, Math.round(milliseconds / 1000))
  const parts: string[] = []
  for (const [unit, seconds] of [
    ['d', 86_400],
    ['h', 3_600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    const count = Math.floor(rest / seconds)
    rest -= count * seconds
    if (count > 0) parts.push(`${count}${unit}`)
  }
  return parts.slice(0, 2).join(' ') || '0s'
}

/** Writes milliseconds since the epoch as `2026-01-31T02:00:00Z`. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}
