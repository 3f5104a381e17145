/** Whether a backup is the one that was asked for. */
import { OperationFailed } from '../errors.ts'
import { sanitize } from '../untrusted-text.ts'
import type { Backup, BackupRef } from '../zilliz/decode.ts'
import { otherCase, sameButCase } from '../zilliz/reads.ts'
import { describeStatesOf } from './format.ts'

/**
 * A backup as it was asked for: guards that go by `cluster-id` would believe a slip, where the service finds a backup
 * by its id alone.
 *
 * @throws OperationFailed when it is one of another cluster, or an id differs by case alone
 */
export function ofCluster({ clusterId, backupId }: BackupRef, backup: Backup): Backup {
  if (backup.backupId !== backupId) throw otherCase('backup-id', backupId, backup.backupId)
  if (backup.clusterId === undefined || backup.clusterId === clusterId) return backup
  if (sameButCase(backup.clusterId, clusterId)) throw otherCase('cluster-id', clusterId, backup.clusterId)
  throw new OperationFailed(
    `Backup ${describeStatesOf([backup])} belongs to cluster ${sanitize(backup.clusterId)}, not to cluster ${clusterId}, so nothing is done with it. Check cluster-id and backup-id.`,
  )
}
