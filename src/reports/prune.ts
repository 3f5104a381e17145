/** What the job summary says of a retention rule: which backups go, which stay, and why. */
import { grouped, newestFirst } from '../backups/newest.ts'
import type { State } from '../backups/prune-one.ts'
import { describeRule, type Result, type Rule } from '../backups/retention.ts'
import { backupsTable, formatSize } from '../backups/tables.ts'
import { formatDuration } from '../duration.ts'
import type { Cell } from '../report.ts'
import type { Step } from '../step.ts'
import type { Backup } from '../zilliz/decode.ts'
import { serviceTime } from '../zilliz/service-time.ts'

interface Pruned {
  result: Result
  /** Of the cluster. */
  name: string
  /** What became of each that the rule deletes. */
  states: ReadonlyMap<string, State>
}

export function showPlannedPruning(rule: Rule, step: Step, { result, name }: Pruned): void {
  const { report } = step
  const backups = result.toDelete.map(({ backup }) => backup)
  report.heading = `Dry run: ${countOf(backups, result)} of ${name} would be deleted${sizeOf(backups)}`
  report.sentence = `${describeRule(rule)} Nothing was deleted.`
  showTable(rule, step, { result, fate: () => 'would be deleted' })
}

/** Also of a run that ended early. */
export function showPruned(rule: Rule, step: Step, { result, name, states }: Pruned): void {
  const { report } = step
  const isDeleted = ({ backupId }: Backup) =>
    ['deleted', 'unreadable'].includes(states.get(backupId)?.kind ?? '')
  const deleted = result.toDelete.map(({ backup }) => backup).filter(isDeleted)
  const final = deleted.length === 0 ? '' : ' What is deleted cannot be restored any more.'
  report.heading =
    result.toDelete.length === 0
      ? `Nothing to delete: ${result.considered} manual backups of ${name} stay`
      : `${countOf(deleted, result)} of ${name} are deleted${sizeOf(deleted)}`
  report.sentence = `${describeRule(rule)}${final}`
  showTable(rule, step, { result, fate: ({ backupId }) => fates[states.get(backupId)?.kind ?? 'none'] })
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

function countOf(backups: readonly Backup[], { considered }: Result): string {
  return `${backups.length} of ${considered} manual backups`
}

function sizeOf(backups: readonly Backup[]): string {
  const bytes = backups.reduce((sum, { size = 0 }) => sum + size, 0)
  return bytes > 0 ? `, ${formatSize(bytes)}` : ''
}

function showTable(
  rule: Rule,
  step: Step,
  { result, fate }: { result: Result; fate: (backup: Backup) => Cell },
): void {
  const { candidates, toDelete } = result
  if (candidates.length === 0) return
  const doomed = new Set(toDelete.map(({ backup }) => backup.backupId))
  const oldestFirst = newestFirst(candidates).reverse()
  const ofEachType = grouped(candidates, ({ backupType }) => backupType)
  const newest = new Set(ofEachType.flatMap(ofType => newestFirst(ofType).slice(0, rule.keepLast)))
  const last = (backup: Backup) =>
    doomed.has(backup.backupId) ? fate(backup) : whyKept(rule, backup, { result, newest })
  step.report.tables.push(backupsTable(oldestFirst, serviceTime(step.cloud).now, last))
}

function whyKept(
  { keepLast, olderThan }: Rule,
  backup: Backup,
  { result, newest }: { result: Result; newest: ReadonlySet<Backup> },
): Cell {
  const reasons = [
    result.withoutTime.includes(backup) && 'its age is not known',
    newest.has(backup) &&
      (keepLast === 1 ? 'the newest of its type' : `among the newest ${keepLast} of its type`),
    result.tied.includes(backup) && 'as old as one that stays',
    olderThan !== undefined && `not older than ${formatDuration(olderThan)}`,
  ]
  const reason = reasons.find(Boolean)
  return reason ? [{ strong: 'stays' }, `: ${reason}`] : { strong: 'stays' }
}
