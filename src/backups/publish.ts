import { timestamp } from '../duration.ts'
import type { Step } from '../step.ts'
import type { Backup } from '../zilliz/decode.ts'

/** What is known of the backup that a step uses or made. */
export function publishBackup(step: Step, { backupId, backupName, size, createTime }: Partial<Backup>): void {
  step.publish('backupId', backupId)
  step.publish('backupName', backupName)
  step.publishNumber('backupSize', size)
  if (createTime !== undefined) step.publish('backupTime', timestamp(createTime))
}
