/** Why a backup that was found does not serve. */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import type { Backup } from '../zilliz/decode.ts'

/** What a backup is wanted for. */
export interface Use {
  /** Absent: either serves. */
  type?: 'CLUSTER' | undefined
  use: 'restored' | 'exported' | 'compared with'
  /** It is not published here: a step that reuses a cluster restores nothing. */
  mayBeUnused?: boolean
}

/** @throws OperationFailed for one that is not AVAILABLE, or not of the type */
export function refuseUnfit(
  step: Step,
  { clusterId, backup }: { clusterId: string; backup: Backup },
  { type, use }: Use,
): never {
  const { backupId, status, backupType = 'unknown' } = backup
  const name = `Backup ${backupId} of cluster ${clusterId}`
  if (status === 'AVAILABLE') {
    throw new OperationFailed({
      what: `${name} is of type ${sanitize(backupType)}, and a new cluster needs one of type ${type}.`,
      next: 'Its collections can be restored into an existing cluster with operation: restore-collections.',
      help: 'no-backup-to-restore',
    })
  }
  // So that the step that waits for it is shown.
  if (status === 'CREATING') step.inProgress.started({ kind: 'backup', clusterId, backupId })
  throw new OperationFailed({
    what: `${name} is ${sanitize(status)}; only an AVAILABLE backup can be ${use}.`,
    next: status === 'CREATING' ? 'Wait for it with operation: wait.' : undefined,
    help: 'no-backup-to-restore',
  })
}
