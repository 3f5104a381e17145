/** Deletes the manual backups of a cluster that a retention rule does not keep, oldest first. */
import { readBackupType } from '../backups/choice.ts'
import { clusterNameIn, describeStatesOf } from '../backups/format.ts'
import type { Reason, Result, Rule } from '../backups/keep.ts'
import { deleteAll } from '../backups/prune.ts'
import { describeResult, evaluate, unclearOf } from '../backups/retention.ts'
import { listBackupsOf } from '../backups/source.ts'
import { noticeUnknown, unknownOf } from '../clusters/protected.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { showPlannedPruning, showPruned } from '../reports/prune.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { deleteBackup } from '../zilliz/changes.ts'
import type { Backup } from '../zilliz/decode.ts'

export interface PruneBackups extends CommonInputs, Rule {
  dryRun: boolean
}

const mostKept = 1_000_000

export function read(reader: Reader, common: CommonInputs): PruneBackups {
  const keepLast = reader.wholeNumber('keep-last', { least: 1, most: mostKept })
  if (reader.optional('keep-last') === undefined) {
    reader.report('keep-last', `expected a whole number from 1 to ${mostKept}; it is empty`)
  }
  return {
    ...common,
    clusterId: reader.id('cluster-id'),
    // The placeholder is never used: without a number there is a problem.
    keepLast: keepLast ?? mostKept,
    keepDaily: reader.wholeNumber('keep-daily', { least: 1, most: mostKept }),
    keepWeekly: reader.wholeNumber('keep-weekly', { least: 1, most: mostKept }),
    keepMonthly: reader.wholeNumber('keep-monthly', { least: 1, most: mostKept }),
    protectedBackups: reader.ids('protected-backups'),
    olderThan: reader.optionalDuration('older-than'),
    backupType: readBackupType(reader),
    dryRun: reader.boolean('dry-run'),
  }
}

export async function run(request: PruneBackups, step: Step): Promise<Outcome> {
  const { clusterId, protectedBackups = [], dryRun } = request
  const { report } = step
  report.subject = `Pruning the backups of ${clusterId}`
  step.publishList('deletedBackupIds', [])
  const listed = await listBackupsOf(step, clusterId)
  const ids = listed.map(({ backupId }) => backupId)
  const unknown = unknownOf(protectedBackups, ids)
  noticeUnknown(step, `protected-backups: not among the backups of cluster ${clusterId}`, unknown)
  warnOfUnclear(step, unclearOf(request, listed))
  const result = await evaluate(request, step, listed)
  const { toDelete } = result
  warnOfKept(step, result)
  const sentence = describeResult(request, result)
  if (toDelete.length === 0) step.notice(`Nothing to delete. ${sentence}`)
  else step.log(sentence)
  const name = clusterNameIn(listed) ?? clusterId
  report.subject = `Pruning the backups of ${name}`
  const shown = { listed, result, name, states: new Map() }
  if (dryRun) {
    showPlannedPruning(request, step, shown)
    return planned(
      step,
      toDelete.map(({ backup: { backupId } }) => deleteBackup({ clusterId, backupId })),
    )
  }
  if (toDelete.length === 0) {
    showPruned(request, step, shown)
    return 'skipped'
  }
  try {
    const deleted = await deleteAll(request, step, { toDelete, states: shown.states })
    return deleted > 0 ? 'succeeded' : 'skipped'
  } finally {
    showPruned(request, step, shown)
  }
}

function warnOfUnclear(step: Step, unclear: readonly Backup[]): void {
  if (unclear.length === 0) return
  step.warning(
    `Kept, since the list of backups does not show their type or who made them: ${describeStatesOf(unclear)}.`,
  )
}

function warnOfKept(step: Step, { candidates, reasons }: Result): void {
  const keptBy = (by: Reason['by']) => candidates.filter(({ backupId }) => reasons.get(backupId)?.by === by)
  const withoutTime = keptBy('no-time')
  const tied = keptBy('tied')
  if (withoutTime.length > 0) {
    step.warning(`Kept, since the service shows no creation time for them: ${describeStatesOf(withoutTime)}.`)
  }
  if (tied.length > 0) {
    step.warning(`Kept, since a backup that is kept has the same creation time: ${describeStatesOf(tied)}.`)
  }
}
