/** Whether a backup is still there. */
import type { Step } from '../step.ts'
import type { Backup, BackupRef } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { describeBackup, listBackups } from '../zilliz/reads.ts'
import { backupState } from '../zilliz/states.ts'

/** Deleted, or about to be. */
export function isDeleted({ status }: Backup): boolean {
  return backupState(status) === 'deleted'
}

/**
 * Describes a backup that was there a moment ago.
 *
 * @returns the refusal, where it is not one of the key: no code says whether the backup is gone (U5), the list does
 */
export async function describeOrRefusal(step: Step, backup: BackupRef): Promise<Backup | ApiError> {
  try {
    return await describeBackup(step.cloud, backup)
  } catch (error) {
    if (error instanceof ApiError && !error.isAuthError) return error
    throw error
  }
}

/** Which of the backups the list of the cluster has, without those it shows as deleted. */
export async function stillListed(
  step: Step,
  clusterId: string,
  backupIds: ReadonlySet<string>,
): Promise<Backup[]> {
  if (backupIds.size === 0) return []
  const listed = await listBackups(step.cloud, clusterId)
  return listed.filter(backup => backupIds.has(backup.backupId) && !isDeleted(backup))
}

/** By its description or, where that is refused, by the list; undefined when neither has it. */
export async function readState(step: Step, backup: BackupRef): Promise<Backup | undefined> {
  const found = await describeOrRefusal(step, backup)
  if (!(found instanceof ApiError)) return found
  const [listed] = await stillListed(step, backup.clusterId, new Set([backup.backupId]))
  return listed
}
