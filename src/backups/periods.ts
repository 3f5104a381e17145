/** Days, ISO weeks and months in UTC. Daylight saving has no say. */

export type Period = 'day' | 'week' | 'month'

const day = 86_400_000

/**
 * @param time milliseconds since the epoch
 * @returns `2026-10-26`, `2026-W44` or `2026-10`
 */
export function periodOf(period: Period, time: number): string {
  if (period === 'week') return isoWeek(time)
  const date = new Date(time).toISOString().replace(/T.*/, '')
  return period === 'day' ? date : date.replace(/-\d\d$/, '')
}

/** A week belongs to the year that its Thursday is in (ISO 8601). */
function isoWeek(time: number): string {
  const days = Math.floor(time / day)
  // 1970-01-01 was a Thursday.
  const monday = days - ((((days + 3) % 7) + 7) % 7)
  const thursday = new Date((monday + 3) * day)
  const year = thursday.getUTCFullYear()
  const week = Math.floor((monday + 3 - Date.UTC(year, 0, 1) / day) / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}
