/** The dry run of `restore-collections`. */
import { backupsRunning } from '../backups/busy.ts'
import type { BackupOptions } from '../backups/create.ts'
import { logThatItWouldWait } from '../backups/in-the-way.ts'
import { refuseByPlan, refuseSourceByPlan } from '../backups/plans.ts'
import type { Part } from '../collections/parts.ts'
import { showPlannedRestores } from '../reports/planned-restores.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { createBackup } from '../zilliz/changes.ts'
import type { Backup, Cluster } from '../zilliz/decode.ts'
import { listBackups } from '../zilliz/reads.ts'

interface Planned {
  target: Cluster
  backup: Backup
  parts: readonly Part[]
  /** Of the target, before anything is written into it. */
  safety: BackupOptions | undefined
}

/** @param sourceId of the cluster that the backup is of */
export async function plan(
  step: Step,
  sourceId: string,
  { target, backup, parts, safety }: Planned,
): Promise<Outcome> {
  refuseByPlan(target, 'restored into')
  await refuseSourceByPlan(step, sourceId, 'restored from')
  if (safety !== undefined) await checkBusy(safety, step)
  showPlannedRestores(step, { target, backup, parts, withSafetyBackup: safety !== undefined })
  const changes = parts.map(({ change }) => change)
  return planned(step, safety === undefined ? changes : [createBackup(safety), ...changes])
}

async function checkBusy(options: BackupOptions, step: Step): Promise<void> {
  const busy = backupsRunning(await listBackups(step.cloud, options.clusterId))
  if (busy.length > 0) logThatItWouldWait(options, step, busy)
}
