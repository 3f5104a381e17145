/** Shows one backup, in whatever state it is, or the newest AVAILABLE one. */
import { type BackupRequest, readBackupChoice, readBackupType } from '../backups/choice.ts'
import { backupRows } from '../backups/description.ts'
import { findBackup } from '../backups/find.ts'
import { backupLine } from '../backups/tables.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import type { Outcome, Step } from '../step.ts'
import { serviceTime } from '../zilliz/service-time.ts'

export interface DescribeBackup extends CommonInputs, BackupRequest {}

export function read(reader: Reader, common: CommonInputs): DescribeBackup {
  const backup = readBackupChoice(reader, readBackupType(reader))
  if (backup.kind !== 'latest' && reader.optional('backup-type') !== undefined) {
    reader.report('backup-type', 'has an effect only with backup-id: latest')
  }
  return { ...common, clusterId: reader.id('cluster-id'), backup }
}

export async function run(request: DescribeBackup, step: Step): Promise<Outcome> {
  step.report.subject = `Reading a backup of ${request.clusterId}`
  const found = await findBackup(step, request)
  step.publishObject('backup', found.raw)
  const { now } = serviceTime(step.cloud)
  step.log(backupLine(found, now))
  const { report } = step
  report.heading = `Backup ${found.backupName ?? found.backupId} of ${found.clusterName ?? request.clusterId} is ${found.status}`
  report.rows.push(...backupRows(found, now))
  return 'succeeded'
}
