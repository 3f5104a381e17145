/** Deleting backups: said to be gone only after a read. */
import { OperationFailed, type Step } from '../step.ts'
import { waitUntil } from '../waiting/poll.ts'
import { retryingUntilDeadline } from '../zilliz/connection.ts'
import type { Backup } from '../zilliz/decode.ts'
import { ApiError, sanitize } from '../zilliz/errors.ts'
import { deleteBackup, describeBackup, listBackups } from '../zilliz/reads.ts'

/** A deletion that was taken shows at once (F39); a list that lags behind is given that long. */
const grace = 60_000
const longestPause = 5_000

/** States of a backup that is gone or going. */
export function isDeleted({ status }: Backup): boolean {
  return status === 'DELETED' || status === 'DELETING'
}

/**
 * Describes a backup that was there a moment ago.
 *
 * @returns the refusal, where it is not one of the key: whether the backup is gone no code says (U5), the list does
 */
export async function describeOrRefusal(
  step: Step,
  clusterId: string,
  backupId: string,
): Promise<Backup | ApiError> {
  try {
    return await describeBackup(step.cloud, clusterId, backupId)
  } catch (error) {
    if (error instanceof ApiError && !error.isAuthError) return error
    throw error
  }
}

/**
 * Deletes a backup and looks what became of it.
 *
 * @returns `deleted`: a read shows it; the others are for the list to confirm. `unreadable`: its description is
 *   refused, as that of a deleted one is; `shown`: it is described as before
 * @throws OperationFailed when the service refuses, with the state of the backup; after any other error it may be deleted
 */
export async function removeBackup(
  step: Step,
  clusterId: string,
  backupId: string,
): Promise<'deleted' | 'unreadable' | 'shown'> {
  try {
    await deleteBackup(step.cloud, clusterId, backupId)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    await afterRefusal(step, clusterId, backupId, error)
    return 'deleted'
  }
  const found = await describeOrRefusal(step, clusterId, backupId)
  if (found instanceof ApiError) return 'unreadable'
  return isDeleted(found) ? 'deleted' : 'shown'
}

/**
 * A repeat of a deletion whose answer was lost is refused too: what is there now decides (F93).
 *
 * @throws OperationFailed unless the backup is gone
 */
async function afterRefusal(
  step: Step,
  clusterId: string,
  backupId: string,
  refused: ApiError,
): Promise<void> {
  if (refused.isAuthError) throw new OperationFailed(refused.message, { cause: refused })
  const found = await stateNow(step, clusterId, backupId).catch((error: unknown) => {
    if (error instanceof ApiError) {
      const unknown = `The state of backup ${backupId} is not known. ${error.message}`
      throw new OperationFailed(`${refused.message}\n${unknown}`, { cause: error })
    }
    step.log(refused.message)
    throw error
  })
  if (found === undefined || isDeleted(found)) return
  throw new OperationFailed(`${refused.message} Backup ${backupId} is ${sanitize(found.status)}.`, {
    cause: refused,
  })
}

/** By its description or, where that is refused, by the list; undefined when neither has it. */
async function stateNow(step: Step, clusterId: string, backupId: string): Promise<Backup | undefined> {
  const found = await describeOrRefusal(step, clusterId, backupId)
  if (!(found instanceof ApiError)) return found
  const [listed] = await stillListed(step, clusterId, new Set([backupId]))
  return listed
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

/** Backups of which reads are to show whether they are gone. */
export interface Unconfirmed {
  /** The service took the deletion, so a list that still has one may only lag behind. */
  taken: ReadonlySet<string>
  /** Of these, the ones that were described as before right after. */
  shown?: ReadonlySet<string>
  /** Nothing was sent, since the description was refused. */
  unsent?: ReadonlySet<string>
}

/**
 * Which of the backups are still there: the list of the cluster has them or, of those that were described as
 * before, the description does. Waits for the list as long as one may lag behind.
 */
export async function waitUntilGone(
  step: Step,
  clusterId: string,
  { taken, shown = new Set(), unsent = new Set() }: Unconfirmed,
): Promise<Backup[]> {
  const ids = new Set([...taken, ...unsent])
  if (ids.size === 0) return []
  const { clock, deadline } = step
  const patient = { ...step, cloud: retryingUntilDeadline(step.cloud) }
  const start = clock.elapsed()
  let left: Backup[] = []
  const look = async () => {
    left = await stillListed(patient, clusterId, ids)
    const lags = () => left.some(({ backupId }) => taken.has(backupId))
    for (const backupId of lags() ? [] : shown) {
      const found = await describeOrRefusal(patient, clusterId, backupId)
      if (!(found instanceof ApiError) && !isDeleted(found)) left.push(found)
    }
    return !lags() || clock.elapsed() - start >= grace ? { done: left } : { progress: undefined }
  }
  const late = () =>
    left.length === 0
      ? 'The time is over: whether it is deleted could not be read.'
      : `The time is over: still there in cluster ${clusterId}: ${listOf(left)}.`
  return waitUntil<Backup[]>(look, { clock, deadline, maxPause: longestPause, timeoutMessage: late })
}

const mostNamed = 10

export function listOf(backups: readonly Backup[]): string {
  const named = backups
    .slice(0, mostNamed)
    .map(({ backupId, status }) => `${sanitize(backupId)} (${sanitize(status)})`)
  const more = backups.length > mostNamed ? ` and ${backups.length - mostNamed} more` : ''
  return `${named.join(', ')}${more}`
}
