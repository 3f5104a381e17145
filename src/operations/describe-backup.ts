/** Shows one backup, in whatever state it is, or the newest AVAILABLE one. */
import { type BackupRequest, findBackup, readBackupChoice, readBackupType } from '../backups/find.ts'
import { backupLine, backupTable } from '../backups/tables.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import type { Outcome, Step } from '../step.ts'

export interface DescribeBackup extends CommonInputs, BackupRequest {}

export function read(reader: Reader, common: CommonInputs): DescribeBackup {
  const backup = readBackupChoice(reader, readBackupType(reader))
  if (backup.kind !== 'latest' && reader.optional('backup-type') !== undefined) {
    reader.report('backup-type', 'has an effect only with backup-id: latest')
  }
  return { ...common, clusterId: reader.id('cluster-id'), backup }
}

export async function run(request: DescribeBackup, step: Step): Promise<Outcome> {
  const found = await findBackup(step, request)
  step.publishObject('backup', found.raw)
  const now = step.clock.now()
  step.log(backupLine(found, now))
  step.showTable(backupTable(found, now))
  return 'succeeded'
}
