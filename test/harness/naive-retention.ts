/** The retention rule once more, written from its description alone: slow, and without anything of src/. */

export interface NaiveBackup {
  id: string
  type: string | undefined
  /** Milliseconds since the epoch; undefined: not readable. */
  time: number | undefined
}

export interface NaiveRule {
  keepLast: number
  keepDaily?: number | undefined
  keepWeekly?: number | undefined
  keepMonthly?: number | undefined
  /** Milliseconds. */
  olderThan?: number | undefined
  protectedIds?: readonly string[]
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, -14)
const monthOf = (time: number) => new Date(time).toISOString().slice(0, -17)

/** The date of its Monday, one day after the other. */
function weekOf(time: number): string {
  const date = new Date(time)
  while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1)
  return dayOf(date.getTime())
}

/** The ids that may be deleted. */
export function naiveDeletions(rule: NaiveRule, backups: readonly NaiveBackup[], now: number): string[] {
  const { keepLast, keepDaily, keepWeekly, keepMonthly, olderThan, protectedIds = [] } = rule
  const isProtected = (id: string) => protectedIds.some(one => one.toUpperCase() === id.toUpperCase())
  return backups
    .filter(({ id, type, time }) => {
      if (time === undefined || isProtected(id)) return false
      if (olderThan !== undefined && now - time < olderThan) return false
      const times = backups.filter(other => other.type === type).map(other => other.time ?? Number.NaN)
      const dated = times.filter(one => !Number.isNaN(one))
      // With others of its time it stays if any of them would.
      if (dated.filter(one => one > time).length < keepLast) return false
      const rules = [
        [keepDaily, dayOf],
        [keepWeekly, weekOf],
        [keepMonthly, monthOf],
      ] as const
      return !rules.some(([most = 0, periodOf]) => {
        const isNewest = dated.every(one => periodOf(one) !== periodOf(time) || one <= time)
        const later = new Set(dated.filter(one => one > time).map(periodOf))
        later.delete(periodOf(time))
        return isNewest && later.size < most
      })
    })
    .map(({ id }) => id)
}
