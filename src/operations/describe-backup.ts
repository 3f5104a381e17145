import { findBackup } from '../backups/find.ts'
import { backupLine, backupTable } from '../backups/format.ts'
import type { Outcome, Step } from '../step.ts'
import type { DescribeBackup } from './requests.ts'

/** Tells one backup, in whatever state it is, or the newest AVAILABLE one. */
export async function describeOneBackup(request: DescribeBackup, step: Step): Promise<Outcome> {
  const found = await findBackup(step, request.clusterId, request.backup, request.backupType)
  step.publishObject('backup', found.raw)
  const now = step.clock.now()
  step.log(backupLine(found, now))
  step.showTable(backupTable(found, now))
  return 'succeeded'
}
