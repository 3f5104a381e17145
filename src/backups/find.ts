/** From what the inputs say of a backup to the backup. */
import type { Step } from '../step.ts'
import type { Backup, BackupRef } from '../zilliz/decode.ts'
import { isNotFound } from '../zilliz/errors.ts'
import { describeBackup } from '../zilliz/reads.ts'
import type { BackupRequest } from './choice.ts'
import { ofCluster } from './of-cluster.ts'
import { publishBackup } from './publish.ts'
import type { Use } from './unfit.ts'

/**
 * The backup that the inputs name: the one of that id, in whatever state, or the newest AVAILABLE one. Its id
 * and name are published.
 */
export async function findBackup(step: Step, request: BackupRequest): Promise<Backup> {
  const backup = await readBackup(step, request)
  publishBackup(step, backup)
  return backup
}

/** Nothing but reads, so it may go together with others; what it gives is for `checkedBackup`. */
export async function readBackup(step: Step, { clusterId, backup: choice }: BackupRequest): Promise<Backup> {
  if (choice.kind === 'id') return namedBackup(step, { clusterId, backupId: choice.backupId })
  const { latestBackup } = await import('./latest.ts')
  return latestBackup(step, clusterId, choice)
}

/** The same, for a restore or an export to read from: AVAILABLE, and of a type that serves. */
export async function chooseBackup(step: Step, request: BackupRequest, use: Use): Promise<Backup> {
  return checkedBackup(step, request, { backup: await readBackup(step, request), ...use })
}

/** The backup that was read, where it can be used. */
export async function checkedBackup(
  step: Step,
  { clusterId }: BackupRequest,
  { backup, type, use, mayBeUnused = false }: Use & { backup: Backup },
): Promise<Backup> {
  if (!mayBeUnused) publishBackup(step, backup)
  if (backup.status === 'AVAILABLE' && (type === undefined || backup.backupType === type)) return backup
  const { refuseUnfit } = await import('./unfit.ts')
  return refuseUnfit(step, { clusterId, backup }, { type, use })
}

async function namedBackup(step: Step, backup: BackupRef): Promise<Backup> {
  try {
    return await ofClusterOrListed(step, backup, await describeBackup(step.cloud, backup))
  } catch (error) {
    if (!isNotFound(error, 'backup') && !isNotFound(error, 'cluster')) throw error
    const { explainNotFound } = await import('./not-found.ts')
    throw await explainNotFound(step, backup, error)
  }
}

/** The backup as it was asked for; where its description does not show the cluster, the list of all backups may. */
export async function ofClusterOrListed(step: Step, backup: BackupRef, found: Backup): Promise<Backup> {
  const { clusterId } = ofCluster(backup, found)
  if (clusterId !== undefined) return found
  const { findAnywhere } = await import('./not-found.ts')
  return { ...found, clusterId: (await findAnywhere(step, backup))?.clusterId }
}
