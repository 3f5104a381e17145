/** What the job summary says of a retention rule: which backups go, which stay, and why. */

import type { Reason, Result, Rule } from '../backups/keep.ts'
import { newestFirst } from '../backups/order.ts'
import type { State } from '../backups/prune-one.ts'
import { describeRule } from '../backups/retention.ts'
import { formatSize } from '../backups/size.ts'
import { backupsTable } from '../backups/tables.ts'
import { formatDuration } from '../duration.ts'
import type { Cell } from '../report.ts'
import type { Step } from '../step.ts'
import type { Backup } from '../zilliz/decode.ts'
import { serviceTime } from '../zilliz/service-time.ts'

interface Pruned {
  /** All backups of the cluster. */
  listed: readonly Backup[]
  result: Result
  /** Of the cluster. */
  name: string
  /** What became of each that the rule deletes. */
  states: ReadonlyMap<string, State>
}

export function showPlannedPruning(rule: Rule, step: Step, { listed, result, name }: Pruned): void {
  const { report } = step
  const backups = result.toDelete.map(({ backup }) => backup)
  report.heading = `Dry run: ${countOf(backups, result)} of ${name} would be deleted${sizeOf(backups)}`
  report.sentence = `${describeRule(rule)} Nothing was deleted.`
  showTable(rule, step, { listed, result, fate: () => 'would be deleted' })
}

/** Also of a run that ended early. */
export function showPruned(rule: Rule, step: Step, { listed, result, name, states }: Pruned): void {
  const { report } = step
  const isDeleted = ({ backupId }: Backup) =>
    ['deleted', 'unreadable'].includes(states.get(backupId)?.kind ?? '')
  const deleted = result.toDelete.map(({ backup }) => backup).filter(isDeleted)
  const final = deleted.length === 0 ? '' : ' What is deleted cannot be restored any more.'
  report.heading =
    result.toDelete.length === 0
      ? `Nothing to delete: ${result.candidates.length} manual backups of ${name} stay`
      : `${countOf(deleted, result)} of ${name} are deleted${sizeOf(deleted)}`
  report.sentence = `${describeRule(rule)}${final}`
  showTable(rule, step, {
    listed,
    result,
    fate: ({ backupId }) => fates[states.get(backupId)?.kind ?? 'none'],
  })
}

const fates: Readonly<Record<State['kind'] | 'none', Cell>> = {
  none: { strong: 'not reached: the step ended before' },
  'not-sent': { strong: 'not deleted' },
  sent: { strong: 'may be deleted' },
  shown: { strong: 'deletion accepted, not confirmed' },
  unreadable: 'deleted',
  deleted: 'deleted',
  skipped: { strong: 'skipped: it changed meanwhile' },
  failed: { strong: 'could not be deleted' },
}

function countOf(backups: readonly Backup[], { candidates }: Result): string {
  return `${backups.length} of ${candidates.length} manual backups`
}

/** What is freed, in decimal units. */
function sizeOf(backups: readonly Backup[]): string {
  const bytes = backups.reduce((sum, { size = 0 }) => sum + size, 0)
  return bytes > 0 ? `, ${formatSize(bytes)}` : ''
}

/** Every backup of the cluster, with its verdict and the rule that decided. */
function showTable(
  rule: Rule,
  step: Step,
  { listed, result, fate }: Pick<Pruned, 'listed' | 'result'> & { fate: (backup: Backup) => Cell },
): void {
  if (listed.length === 0) return
  const toDelete = new Set(result.toDelete.map(({ backup }) => backup.backupId))
  // What descriptions have shown goes before the list.
  const described = new Map(result.candidates.map(backup => [backup.backupId, backup]))
  const all = listed.map(backup => described.get(backup.backupId) ?? backup)
  const last = (backup: Backup): Cell =>
    toDelete.has(backup.backupId) ? fate(backup) : [{ strong: 'stays' }, `: ${whyKept(rule, backup, result)}`]
  const oldestFirst = newestFirst(all).reverse()
  step.report.tables.push(backupsTable(oldestFirst, serviceTime(step.cloud).now, last))
}

function whyKept(rule: Rule, backup: Backup, { reasons }: Result): string {
  const reason = reasons.get(backup.backupId)
  return reason === undefined ? whyNotCounted(rule, backup) : describeReason(rule, reason)
}

function describeReason({ keepLast, olderThan = 0 }: Rule, reason: Reason): string {
  switch (reason.by) {
    case 'protected':
      return 'protected'
    case 'last':
      return keepLast === 1 ? 'the newest of its type' : `among the newest ${keepLast} of its type`
    case 'day':
    case 'week':
    case 'month':
      return `newest of ${reason.by} ${reason.period}`
    case 'younger':
      return `younger than ${formatDuration(olderThan)}`
    case 'tied':
      return 'as old as one that stays'
    case 'no-time':
      return 'no readable time'
  }
}

/** The rule is about manual AVAILABLE backups, of one type where that is given. */
function whyNotCounted({ backupType: wanted }: Rule, backup: Backup): string {
  const { status, creationMethod, backupType } = backup
  if (status !== 'AVAILABLE') return status
  if (creationMethod === 'AUTO') return 'automatic'
  if (creationMethod !== 'MANUAL') return 'the service does not show who made it'
  if (wanted === undefined || backupType === wanted) return 'gone already, as its description shows'
  return backupType === undefined ? 'the service does not show its type' : `not of type ${wanted}`
}
