/** A retention rule, applied to what is known of backups: what is deleted, what stays, and why. Pure. */

import type { Backup, BackupType } from '../zilliz/decode.ts'
import { grouped, newestFirst } from './order.ts'
import { type Period, periodOf } from './periods.ts'
import { isProtectedBackup, type ProtectedBackups } from './protected.ts'

export interface Rule extends ProtectedBackups {
  clusterId: string
  /** Of each backup type, at least 1. */
  keepLast: number
  /** Of each backup type: for so many of the last periods that have a backup, the newest of each. Absent: none. */
  keepDaily?: number | undefined
  keepWeekly?: number | undefined
  keepMonthly?: number | undefined
  /** Milliseconds. Absent: whatever is not kept is deleted. */
  olderThan?: number | undefined
  /** Absent: both. */
  backupType?: BackupType | undefined
}

/** Why a backup stays: the first that holds. */
export type Reason =
  | { by: 'protected' }
  /** Among the newest N of its type. */
  | { by: 'last' }
  | { by: Period; period: string }
  /** Not older than the rule wants. */
  | { by: 'younger' }
  /** As old as one that a rule keeps, and nothing shows which of them is newer. */
  | { by: 'tied' }
  | { by: 'no-time' }

/** What a rule makes of the backups that it is about. */
export interface Result {
  /** Oldest first. */
  toDelete: Deletable[]
  /** What the keep rules hold on to, of each type that has something to delete, newest first. */
  kept: Backup[][]
  /** Why each of the others stays, by id. */
  reasons: ReadonlyMap<string, Reason>
  candidates: readonly Backup[]
}

export interface Deletable {
  backup: Backup
  /** Milliseconds since the epoch: a backup that turns out to be younger is not deleted. */
  cutoff: number
  /** One that turns out to have another time may be the newest of another day, week or month. */
  mustHaveItsTime: boolean
}

type Dated = Backup & { createTime: number }

function isDated(backup: Backup): backup is Dated {
  return backup.createTime !== undefined
}

/**
 * @param candidates the backups that the rule is about
 * @param now milliseconds since the epoch
 */
export function applyRule(rule: Rule, candidates: readonly Backup[], now: number): Result {
  const reasons = new Map<string, Reason>()
  const result: Result = { toDelete: [], kept: [], reasons, candidates }
  for (const { backupId } of candidates.filter(backup => !isDated(backup))) {
    reasons.set(backupId, isProtectedBackup(rule, backupId) ? { by: 'protected' } : { by: 'no-time' })
  }
  for (const ofType of grouped(candidates.filter(isDated), ({ backupType }) => backupType)) {
    applyToType(rule, newestFirst(ofType) as Dated[], { now, result, reasons })
  }
  result.toDelete.sort((one, other) => (one.backup.createTime ?? 0) - (other.backup.createTime ?? 0))
  return result
}

function applyToType(
  rule: Rule,
  sorted: readonly Dated[],
  { now, result, reasons }: { now: number; result: Result; reasons: Map<string, Reason> },
): void {
  const { keepLast, olderThan, keepDaily, keepWeekly, keepMonthly } = rule
  const oldEnough = olderThan === undefined ? Number.POSITIVE_INFINITY : now - olderThan
  const held = heldOf(rule, sorted)
  const heldTimes = new Set([...held.keys()].map(({ createTime }) => createTime))
  const oldestOfLast = sorted[keepLast - 1]?.createTime ?? Number.NEGATIVE_INFINITY
  const cutoff = Math.min(oldEnough, oldestOfLast - 1)
  const mustHaveItsTime = [keepDaily, keepWeekly, keepMonthly].some(number => number !== undefined)
  const before = result.toDelete.length
  for (const backup of sorted) {
    const { backupId, createTime } = backup
    const reason = isProtectedBackup(rule, backupId) ? ({ by: 'protected' } as const) : held.get(backup)
    if (reason !== undefined) reasons.set(backupId, reason)
    else if (createTime > oldEnough) reasons.set(backupId, { by: 'younger' })
    else if (heldTimes.has(createTime)) reasons.set(backupId, { by: 'tied' })
    else result.toDelete.push({ backup, cutoff, mustHaveItsTime })
  }
  if (result.toDelete.length > before) result.kept.push([...held.keys()])
}

/** What the keep rules hold on to, newest first, each with the first of them. Protected ones are counted too. */
function heldOf(
  { keepLast, keepDaily = 0, keepWeekly = 0, keepMonthly = 0 }: Rule,
  sorted: readonly Dated[],
): Map<Dated, Reason> {
  const found = new Map<Dated, Reason>(sorted.slice(0, keepLast).map(backup => [backup, { by: 'last' }]))
  const rules = [
    ['day', keepDaily],
    ['week', keepWeekly],
    ['month', keepMonthly],
  ] as const
  for (const [by, most] of rules) {
    const periods = new Set<string>()
    for (const backup of sorted) {
      const period = periodOf(by, backup.createTime)
      if (periods.has(period)) continue
      if (periods.size >= most) break
      periods.add(period)
      if (!found.has(backup)) found.set(backup, { by, period })
    }
  }
  return new Map([...found].sort(([one], [other]) => other.createTime - one.createTime))
}
