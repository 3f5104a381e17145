import { isDeleted, listOf, removeBackup, waitUntilGone } from '../backups/delete.ts'
import { OperationFailed, type Outcome, planned, type Step } from '../step.ts'
import type { Backup } from '../zilliz/decode.ts'
import { ApiError, isNotFound, sanitize } from '../zilliz/errors.ts'
import { describeBackup, listBackups, paths } from '../zilliz/reads.ts'
import type { DeleteBackup } from './requests.ts'

/** Deletes one backup, and says so only when a read shows it gone. */
export async function deleteOneBackup(request: DeleteBackup, step: Step): Promise<Outcome> {
  const { clusterId, backupId, dryRun } = request
  step.publishList('deletedBackupIds', [])
  const found = await lookUp(step, clusterId, backupId)
  step.publish('backupId', found?.backupId)
  step.publish('backupName', found?.backupName)
  const there = found !== undefined && !isDeleted(found)
  if (!there) {
    const why =
      found === undefined
        ? `the list of all backups that the key can see has no backup ${backupId} of cluster ${clusterId}`
        : `backup ${backupId} of cluster ${clusterId} is ${found.status} already`
    step.notice(`Nothing to delete: ${why}.`)
  }
  const path = paths.backup(clusterId, backupId)
  if (dryRun) return planned(step, there ? [{ method: 'DELETE', path }] : [])
  if (!there) return 'skipped'
  step.log(`Deleting backup ${backupId} of cluster ${clusterId}, which is ${sanitize(found.status)}.`)
  await removeAndConfirm(step, clusterId, backupId)
  step.publishList('deletedBackupIds', [backupId])
  step.note(`Backup ${backupId} of cluster ${clusterId} is deleted. It cannot be restored any more.`)
  return 'succeeded'
}

/** @throws OperationFailed when it is refused, or when the list still has it; another error says that it may be deleted */
async function removeAndConfirm(step: Step, clusterId: string, backupId: string): Promise<void> {
  try {
    const outcome = await removeBackup(step, clusterId, backupId)
    if (outcome === 'deleted') return
    const taken = new Set([backupId])
    const left = await waitUntilGone(
      step,
      clusterId,
      outcome === 'shown' ? { taken, shown: taken } : { taken },
    )
    if (left.length === 0) return
    throw new OperationFailed(
      `The service took the deletion, but cluster ${clusterId} still has backup ${listOf(left)}. Look at it in the console.`,
    )
  } catch (error) {
    if (error instanceof Error && !(error instanceof OperationFailed)) {
      error.message += ` Backup ${backupId} of cluster ${clusterId} may be deleted all the same.`
    }
    throw error
  }
}

/**
 * The backup to be deleted; undefined when nothing the key can see has that id. No code says "not found" of a
 * backup (U5), so a refused description is no answer, but the list of all is.
 *
 * @throws OperationFailed when it is one of another cluster
 */
async function lookUp(step: Step, clusterId: string, backupId: string): Promise<Backup | undefined> {
  try {
    return ofCluster(clusterId, await describeBackup(step.cloud, clusterId, backupId))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (!isNotFound(error, 'backup') && !isNotFound(error, 'cluster')) throw error
    const listed = (await listBackups(step.cloud)).find(backup => backup.backupId === backupId)
    if (listed === undefined || isDeleted(ofCluster(clusterId, listed))) return listed
    throw new OperationFailed(`${error.message} Yet the list of backups has it: ${listOf([listed])}.`, {
      cause: error,
    })
  }
}

function ofCluster(clusterId: string, backup: Backup): Backup {
  if (backup.clusterId === undefined || backup.clusterId === clusterId) return backup
  throw new OperationFailed(
    `Backup ${listOf([backup])} is one of cluster ${sanitize(backup.clusterId)}, not of cluster ${clusterId}, so it is not deleted. Check cluster-id and backup-id.`,
  )
}
