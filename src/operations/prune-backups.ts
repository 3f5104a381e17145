import { listOf } from '../backups/delete.ts'
import { backupsTable } from '../backups/format.ts'
import { deleteAll } from '../backups/prune.ts'
import { describeResult, evaluate } from '../backups/retention.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { listBackups, paths } from '../zilliz/reads.ts'
import type { PruneBackups } from './requests.ts'

/** Deletes the manual backups of a cluster that a retention rule lets go, oldest first. */
export async function pruneBackups(request: PruneBackups, step: Step): Promise<Outcome> {
  const { clusterId, dryRun } = request
  step.publishList('deletedBackupIds', [])
  const verdict = await evaluate(request, step, await listBackups(step.cloud, clusterId))
  const { toDelete: doomed, withoutTime: undated, tied: alike } = verdict
  if (undated.length > 0) {
    step.warning(`Left alone, since the service tells no time of theirs: ${listOf(undated)}.`)
  }
  if (alike.length > 0) {
    step.warning(`Left alone, since one that is kept has the same time: ${listOf(alike)}.`)
  }
  const ruling = describeResult(request, verdict)
  if (doomed.length === 0) step.notice(`Nothing to delete. ${ruling}`)
  else step.note(ruling)
  if (dryRun) {
    const backups = doomed.map(({ backup }) => backup)
    if (backups.length > 0) step.showTable(backupsTable(backups, step.clock.now()))
    const deletions = backups.map(({ backupId }) => paths.backup(clusterId, backupId))
    return planned(
      step,
      deletions.map(path => ({ method: 'DELETE', path })),
    )
  }
  if (doomed.length === 0) return 'skipped'
  const deleted = await deleteAll(request, step, doomed)
  return deleted > 0 ? 'succeeded' : 'skipped'
}
