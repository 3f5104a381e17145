/** Deleting many backups: each looked at once more before, and what became of all of them confirmed at the end. */

import type { PruneBackups } from '../operations/requests.ts'
import { OperationFailed, type Step } from '../step.ts'
import { forEachLimited } from '../waiting/rate-limit.ts'
import type { Backup } from '../zilliz/decode.ts'
import { ApiError, sanitize } from '../zilliz/errors.ts'
import { describeOrRefusal, isDeleted, removeBackup, waitUntilGone } from './delete.ts'
import { nameOf } from './format.ts'
import { type Deletable, isCandidate } from './retention.ts'

/** What became of those that were to be deleted. */
interface Tally {
  /** Deleted, as far as a description tells. */
  deleted: Set<string>
  /** Their deletion was sent, and nothing tells yet what became of it. */
  inDoubt: Set<string>
  /** What is to be said of one that the list still has at the end, although it seemed gone. */
  toConfirm: Map<string, string>
  /** A sentence for each. */
  leftAlone: string[]
  failures: string[]
}

/** Each with up to two requests to one endpoint. */
const deletionsPerSecond = 5

/**
 * Deletes one after the other, whatever becomes of the others, but for a key that is refused.
 *
 * @returns how many it deleted
 * @throws OperationFailed with a sentence for each that could not be deleted
 */
export async function deleteAll(
  request: PruneBackups,
  step: Step,
  doomed: readonly Deletable[],
): Promise<number> {
  const deleted = new Set<string>()
  const tally: Tally = {
    deleted,
    inDoubt: new Set(),
    toConfirm: new Map(),
    leftAlone: [],
    failures: [],
  }
  const { leftAlone, failures } = tally
  const tell = teller(step, deleted)
  try {
    await forEachLimited(step.clock, deletionsPerSecond, doomed, async (one, isOver) => {
      await deleteOne(request, step, one, tally, isOver)
      tell('now and then')
    })
    await confirm(request.clusterId, step, tally)
  } catch (error) {
    if (error instanceof Error) error.message = [error.message, ...soFar(tally, doomed.length)].join('\n')
    throw error
  } finally {
    tell('all')
    if (leftAlone.length > 0) step.warning(`Left alone:\n${someOf(leftAlone).join('\n')}`)
  }
  if (failures.length > 0) {
    const count = `${failures.length} of ${doomed.length} backups could not be deleted; ${deleted.size} were.`
    throw new OperationFailed([count, ...someOf(failures)].join('\n'))
  }
  step.note(`${deleted.size} of ${doomed.length} backups are deleted. They cannot be restored any more.`)
  return deleted.size
}

const mostToldEach = 300

/** Tells what is deleted so far: the whole list each time, so of very many not after each of them. */
function teller(step: Step, deleted: ReadonlySet<string>): (when: 'now and then' | 'all') => void {
  let told = 0
  return when => {
    const { size } = deleted
    const grown = size > told && (size <= mostToldEach || size >= told * 1.05)
    if (when === 'now and then' && !grown) return
    told = size
    step.publishList('deletedBackupIds', [...deleted])
  }
}

/** Looks once more, deletes, and looks what became of it. */
async function deleteOne(
  request: PruneBackups,
  step: Step,
  { backup, cutoff: youngest }: Deletable,
  tally: Tally,
  isOver: () => boolean,
): Promise<void> {
  const { clusterId } = request
  const { backupId } = backup
  const { deleted, inDoubt, toConfirm, leftAlone } = tally
  try {
    const found = await describeOrRefusal(step, clusterId, backupId)
    if (found instanceof ApiError) {
      toConfirm.set(backupId, `${found.message} Yet the list has it, so it was not deleted.`)
      return
    }
    const why = leaveAlone(request, found, youngest)
    if (why !== undefined) keep(step, leftAlone, `Backup ${backupId} ${why}.`)
    if (why !== undefined || isOver()) return
    inDoubt.add(backupId)
    const outcome = await removeBackup(step, clusterId, backupId)
    if (outcome !== 'deleted') {
      toConfirm.set(backupId, `Backup ${backupId}: the service took the deletion, but it is still there.`)
    }
    if (outcome === 'shown') return
    inDoubt.delete(backupId)
    deleted.add(backupId)
    step.log(`Deleted backup ${nameOf(backup)}.`)
  } catch (error) {
    // A refusal leaves nothing open.
    if (error instanceof OperationFailed) inDoubt.delete(backupId)
    if (!isOfOne(error)) throw error
    const more = inDoubt.delete(backupId) ? ` Backup ${backupId} may be deleted all the same.` : ''
    keep(step, tally.failures, `${error.message}${more}`)
  }
}

/** Whether an error is about that backup alone, so that the others may fare better. */
function isOfOne(error: unknown): error is Error {
  const refused = error instanceof OperationFailed ? error.cause : error
  return refused instanceof ApiError && refused.group !== 'key'
}

/** Why a backup is not to be deleted after all; undefined when it is. */
function leaveAlone(request: PruneBackups, found: Backup, youngest: number): string | undefined {
  const { creationMethod = 'UNKNOWN', backupType = '', status, clusterId = '', createTime } = found
  if (isDeleted(found)) return `is ${sanitize(status)} already`
  if (!isCandidate(request, found)) {
    return `is ${sanitize(`${creationMethod} ${backupType} ${status}`)} of cluster ${sanitize(clusterId)} by now`
  }
  if (createTime === undefined) return 'has no time in its description'
  return createTime > youngest ? 'is younger, by its description, than the rule wants' : undefined
}

/** A description that is refused proves nothing: the list does. */
async function confirm(clusterId: string, step: Step, tally: Tally): Promise<void> {
  const { deleted, inDoubt, toConfirm, leftAlone, failures } = tally
  const ids = [...toConfirm.keys()]
  const wasSent = (backupId: string) => deleted.has(backupId) || inDoubt.has(backupId)
  const left = await waitUntilGone(step, clusterId, {
    taken: new Set(ids.filter(wasSent)),
    shown: inDoubt,
    unsent: new Set(ids.filter(backupId => !wasSent(backupId))),
  })
  for (const backup of left) {
    const { backupId } = backup
    deleted.delete(backupId)
    inDoubt.delete(backupId)
    keep(step, failures, `${toConfirm.get(backupId)} Now it is ${sanitize(backup.status)}.`)
    toConfirm.delete(backupId)
  }
  for (const backupId of toConfirm.keys()) {
    if (inDoubt.delete(backupId)) deleted.add(backupId)
    else if (!deleted.has(backupId)) keep(step, leftAlone, `Backup ${backupId} is gone already.`)
  }
}

/** What is to be said besides the error that ended it all. */
function soFar({ deleted, inDoubt, toConfirm, failures }: Tally, doomed: number): string[] {
  const doubt = someOf([...inDoubt]).join(', ')
  const open = [...deleted].some(backupId => toConfirm.has(backupId))
  const unconfirmed = open ? ' No list has confirmed it yet.' : ''
  return [
    `${deleted.size} of ${doomed} backups were deleted.${unconfirmed}`,
    ...(doubt === '' ? [] : [`These may be deleted all the same: ${doubt}.`]),
    ...someOf(failures),
  ]
}

/** The log tells each, what is said at the end only some. */
function keep(step: Step, sentences: string[], sentence: string): void {
  sentences.push(sentence)
  step.log(sentence)
}

const mostTold = 10

function someOf(lines: readonly string[]): string[] {
  const more = lines.length - mostTold
  return [...lines.slice(0, mostTold), ...(more > 0 ? [`And ${more} more, in the log.`] : [])]
}
