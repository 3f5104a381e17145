/** The backup of the target that a restore of collections may take first. */
import { waitUntilAvailable } from '../backups/available.ts'
import { type BackupOptions, startBackup } from '../backups/create.ts'
import { showSafetyBackup } from '../reports/restore-collections.ts'
import type { Step } from '../step.ts'
import { listBackups } from '../zilliz/reads.ts'

export async function takeSafetyBackup(options: BackupOptions, step: Step): Promise<void> {
  const { clusterId } = options
  const { backup } = await startBackup(options, step, { listed: await listBackups(step.cloud, clusterId) })
  step.publish('safetyBackupId', backup.backupId)
  await waitUntilAvailable(options, step, { running: { ...backup, clusterId } })
  showSafetyBackup(step, backup.backupId)
}
