/** Deleting backups: said to be gone only after a read. */
import { withMore } from '../errors.ts'
import { type Step, whileWaiting } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import { stateUnknown } from '../waiting/after-refusal.ts'
import { waitUntil } from '../waiting/poll.ts'
import { deleteBackup } from '../zilliz/changes.ts'
import { send } from '../zilliz/connection.ts'
import type { Backup, BackupRef } from '../zilliz/decode.ts'
import { ApiError, NoResponseError } from '../zilliz/errors.ts'
import { describeStatesOf } from './format.ts'
import { describeOrRefusal, isDeleted, readState, stillListed } from './read.ts'

/**
 * What a deletion has shown. `deleted`: a read shows it; the others are for the list to confirm. `unreadable`: its
 * description is refused, as that of a deleted one is; `shown`: it is described as before.
 */
export type Deletion = 'deleted' | 'unreadable' | 'shown'

/** What a description that was read right before a repeated deletion shows: the first one was carried out. */
class Ended extends Error {
  readonly deletion: Deletion

  constructor(deletion: Deletion) {
    super(deletion)
    this.deletion = deletion
  }
}

interface Watch {
  check: (found: Backup | ApiError) => void
  onSend: (mayBeDone: boolean) => void
}

/**
 * Deletes a backup and reads what became of it. It is described right before the deletion is sent, each time.
 *
 * @param watch `check` throws where the description forbids the deletion; `onSend` hears whether one went out that may
 *   have been carried out
 * @throws what `check` throws; OperationFailed when the service refuses, with the state of the backup; after any other
 *   error it may be deleted
 */
export async function deleteAndRead(
  step: Step,
  backup: BackupRef,
  { check, onSend }: Watch,
): Promise<Deletion> {
  let sent = 0
  const describeFirst = async () => {
    const found = await (sent > 0 ? describeOrFault(step, backup) : describeOrRefusal(step, backup))
    if (sent > 0 && found instanceof Error) throw new Ended('unreadable')
    if (found instanceof NoResponseError) throw found
    if (sent > 0 && !(found instanceof ApiError) && isDeleted(found)) throw new Ended('deleted')
    check(found)
    onSend(++sent > 0)
  }
  // Throttled, or never arrived: it has deleted nothing.
  const afterNothing = () => onSend(--sent > 0)
  try {
    await send(step.cloud, deleteBackup(backup), { before: describeFirst, afterNothing })
  } catch (error) {
    if (error instanceof Ended) return error.deletion
    if (!(error instanceof ApiError) || sent === 0) throw error
    await afterRefusal(step, backup, error)
    return 'deleted'
  }
  const found = await describeOrFault(step, backup)
  if (found instanceof Error) return 'unreadable'
  return isDeleted(found) ? 'deleted' : 'shown'
}

/** After a deletion "not found" may come as a 5xx too: the list decides then. */
async function describeOrFault(step: Step, backup: BackupRef): Promise<Backup | ApiError | NoResponseError> {
  return describeOrRefusal(step, backup).catch((error: unknown) => {
    if (error instanceof NoResponseError) return error
    throw error
  })
}

/**
 * A repeat of a deletion whose response was lost is refused too: what is there now decides (F93).
 *
 * @throws OperationFailed unless the backup is gone
 */
async function afterRefusal(step: Step, backup: BackupRef, refused: ApiError): Promise<void> {
  if (refused.isAuthError) throw withMore(refused, {})
  const name = `backup ${backup.backupId}`
  const found = await readState(step, backup).catch((error: unknown) => {
    if (error instanceof ApiError) throw stateUnknown(refused, name, error)
    step.log(refused.message)
    throw error
  })
  if (found === undefined || isDeleted(found)) return
  const state = `Backup ${backup.backupId} is ${sanitize(found.status)}.`
  throw withMore(refused, { stake: state })
}

/**
 * Why reads are to show whether a backup is gone. `unreadable`, `shown`: see Deletion; a list that still has one may
 * only lag behind. `not-sent`: nothing was sent, since its description was refused.
 */
export type Unconfirmed = Exclude<Deletion, 'deleted'> | 'not-sent'

/** A deletion that was accepted shows at once (F39); a list that lags behind is given that long. */
const grace = 60_000
const maxPause = 5_000

/**
 * Which of the backups are still there: the list of the cluster has them or, of those that were described as
 * before, the description does. Waits for the list as long as one may lag behind.
 */
export async function waitUntilGone(
  step: Step,
  clusterId: string,
  backups: ReadonlyMap<string, Unconfirmed>,
): Promise<Backup[]> {
  if (backups.size === 0) return []
  const { clock } = step
  const start = clock.elapsed()
  const ids = new Set(backups.keys())
  const patient = whileWaiting(step)
  let left: Backup[] = []
  const poll = async () => {
    left = await stillListed(patient, clusterId, ids)
    if (!left.some(({ backupId }) => backups.get(backupId) !== 'not-sent')) {
      left.push(...(await stillDescribed(patient, clusterId, backups)))
    }
    const open = left.some(({ backupId }) => backups.get(backupId) !== 'not-sent')
    return !open || clock.elapsed() - start >= grace ? { done: left } : { progress: undefined }
  }
  const stillOpen = () =>
    left.length === 0
      ? 'whether it is deleted could not be read'
      : `still there in cluster ${clusterId}: ${describeStatesOf(left)}`
  return waitUntil<Backup[]>(step, poll, { maxPause, stillOpen })
}

async function stillDescribed(
  step: Step,
  clusterId: string,
  backups: ReadonlyMap<string, Unconfirmed>,
): Promise<Backup[]> {
  const left: Backup[] = []
  for (const [backupId, why] of backups) {
    if (why !== 'shown') continue
    const found = await describeOrRefusal(step, { clusterId, backupId })
    if (!(found instanceof ApiError) && !isDeleted(found)) left.push(found)
  }
  return left
}
