/** Deleting backups: said to be gone only after a read. */
import { Failed, type Step } from '../step.ts'
import { waitUntil } from '../waiting/poll.ts'
import { patiently } from '../zilliz/connection.ts'
import type { Backup } from '../zilliz/decode.ts'
import { plain, Refused } from '../zilliz/errors.ts'
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
export async function lookAt(step: Step, clusterId: string, backupId: string): Promise<Backup | Refused> {
  try {
    return await describeBackup(step.cloud, clusterId, backupId)
  } catch (error) {
    if (error instanceof Refused && !error.ofTheKey) return error
    throw error
  }
}

/**
 * Deletes a backup and looks what became of it.
 *
 * @returns `deleted`: a read shows it; the others are for the list to confirm. `unreadable`: its description is
 *   refused, as that of a deleted one is; `shown`: it is described as before
 * @throws Failed when the service refuses, with the state of the backup; after any other error it may be deleted
 */
export async function removeBackup(
  step: Step,
  clusterId: string,
  backupId: string,
): Promise<'deleted' | 'unreadable' | 'shown'> {
  try {
    await deleteBackup(step.cloud, clusterId, backupId)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    await afterRefusal(step, clusterId, backupId, error)
    return 'deleted'
  }
  const found = await lookAt(step, clusterId, backupId)
  if (found instanceof Refused) return 'unreadable'
  return isDeleted(found) ? 'deleted' : 'shown'
}

/**
 * A repeat of a deletion whose answer was lost is refused too: what is there now decides (F93).
 *
 * @throws Failed unless the backup is gone
 */
async function afterRefusal(
  step: Step,
  clusterId: string,
  backupId: string,
  refused: Refused,
): Promise<void> {
  if (refused.ofTheKey) throw new Failed(refused.message, { cause: refused })
  const found = await stateNow(step, clusterId, backupId).catch((error: unknown) => {
    if (error instanceof Refused) {
      const unknown = `The state of backup ${backupId} is not known. ${error.message}`
      throw new Failed(`${refused.message}\n${unknown}`, { cause: error })
    }
    step.log(refused.message)
    throw error
  })
  if (found === undefined || isDeleted(found)) return
  throw new Failed(`${refused.message} Backup ${backupId} is ${plain(found.status)}.`, { cause: refused })
}

/** By its description or, where that is refused, by the list; undefined when neither has it. */
async function stateNow(step: Step, clusterId: string, backupId: string): Promise<Backup | undefined> {
  const found = await lookAt(step, clusterId, backupId)
  if (!(found instanceof Refused)) return found
  const [listed] = await listedOf(step, clusterId, new Set([backupId]))
  return listed
}

/** Which of the backups the list of the cluster has, without those it shows as deleted. */
export async function listedOf(
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
export async function stillThere(
  step: Step,
  clusterId: string,
  { taken, shown = new Set(), unsent = new Set() }: Unconfirmed,
): Promise<Backup[]> {
  const ids = new Set([...taken, ...unsent])
  if (ids.size === 0) return []
  const { clock, deadline } = step
  const patient = { ...step, cloud: patiently(step.cloud) }
  const start = clock.elapsed()
  let left: Backup[] = []
  const look = async () => {
    left = await listedOf(patient, clusterId, ids)
    const lags = () => left.some(({ backupId }) => taken.has(backupId))
    for (const backupId of lags() ? [] : shown) {
      const found = await lookAt(patient, clusterId, backupId)
      if (!(found instanceof Refused) && !isDeleted(found)) left.push(found)
    }
    return !lags() || clock.elapsed() - start >= grace ? { done: left } : { progress: undefined }
  }
  const late = () =>
    left.length === 0
      ? 'The time is over: whether it is deleted could not be read.'
      : `The time is over: still there in cluster ${clusterId}: ${listOf(left)}.`
  return waitUntil<Backup[]>(look, { clock, deadline, longest: longestPause, late })
}

const mostNamed = 10

export function listOf(backups: readonly Backup[]): string {
  const named = backups
    .slice(0, mostNamed)
    .map(({ backupId, status }) => `${plain(backupId)} (${plain(status)})`)
  const more = backups.length > mostNamed ? ` and ${backups.length - mostNamed} more` : ''
  return `${named.join(', ')}${more}`
}
