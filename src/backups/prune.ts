/** Deleting many backups: each described once more before, and what became of all of them confirmed at the end. */
import { messageOf, OperationFailed, withMessage } from '../errors.ts'
import type { Step } from '../step.ts'
import { firstLines, listInSentence, sanitize } from '../untrusted-text.ts'
import { forEachLimited } from '../waiting/rate-limit.ts'
import type { Backup } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { deleteAndRead, type Unconfirmed, waitUntilGone } from './delete.ts'
import { nameOf } from './format.ts'
import { describeOrRefusal, isDeleted } from './read.ts'
import { type Deletable, isCandidate, type Rule } from './retention.ts'

/**
 * What is known of one backup that was to be deleted. `why` is the sentence to say of it, for one that the list
 * still has at the end although it seemed gone.
 */
type State =
  /** Its description is refused, so nothing was sent. */
  | { kind: 'not-sent'; why: string }
  /** Its deletion was sent, and nothing shows yet what became of it. */
  | { kind: 'sent' }
  /** The service accepted its deletion, yet it is described as before. */
  | { kind: 'shown'; why: string }
  /** Its deletion was accepted and its description is refused, as that of a deleted one is. */
  | { kind: 'unreadable'; why: string }
  | { kind: 'deleted' }
  | { kind: 'skipped'; why: string }
  | { kind: 'failed'; why: string }

type Kind = State['kind']

interface Pruning {
  rule: Rule
  step: Step
  total: number
  states: Map<string, State>
}

/** Each with up to two requests to one endpoint. */
const deletionsPerSecond = 5

/**
 * Deletes one after the other, whatever becomes of the others, but for a key that is refused.
 *
 * @returns how many it deleted
 * @throws OperationFailed with a sentence for each that could not be deleted
 */
export async function deleteAll(rule: Rule, step: Step, toDelete: readonly Deletable[]): Promise<number> {
  const pruning: Pruning = { rule, step, total: toDelete.length, states: new Map() }
  const publish = publisher(pruning)
  try {
    const limits = { clock: step.clock, perSecond: deletionsPerSecond }
    await forEachLimited(toDelete, limits, async (one, isOver) => {
      await deleteOne(pruning, one, isOver)
      publish('now and then')
    })
    await confirm(pruning)
  } catch (error) {
    throw withMessage(error, [messageOf(error), ...progressSummary(pruning)].join('\n'))
  } finally {
    publish('all')
    const skipped = sentencesOf(pruning, 'skipped')
    if (skipped.length > 0) step.warning(`Skipped:\n${firstOf(skipped).join('\n')}`)
  }
  const deleted = idsOf(pruning, 'deleted', 'unreadable').length
  const failures = sentencesOf(pruning, 'failed')
  if (failures.length > 0) {
    const count = `${failures.length} of ${toDelete.length} backups could not be deleted; ${deleted} were.`
    throw new OperationFailed([count, ...firstOf(failures)].join('\n'))
  }
  step.note(`${deleted} of ${toDelete.length} backups are deleted. They cannot be restored any more.`)
  return deleted
}

const mostPublishedEach = 300

/** Publishes what is deleted so far: the whole list each time, so of very many not after each of them. */
function publisher(pruning: Pruning): (when: 'now and then' | 'all') => void {
  let published = 0
  return when => {
    const ids = idsOf(pruning, 'deleted', 'unreadable')
    const size = ids.length
    const grown = size > published && (size <= mostPublishedEach || size >= published * 1.05)
    if (when === 'now and then' && !grown) return
    published = size
    pruning.step.publishList('deletedBackupIds', ids)
  }
}

/** Describes the backup once more, deletes it, and reads what became of it. */
async function deleteOne(
  { rule, step, states }: Pruning,
  { backup, cutoff }: Deletable,
  isOver: () => boolean,
): Promise<void> {
  const { backupId } = backup
  const ref = { clusterId: rule.clusterId, backupId }
  const set = (state: State) => {
    states.set(backupId, state)
    if (state.kind === 'skipped' || state.kind === 'failed') step.log(state.why)
  }
  try {
    const found = await describeOrRefusal(step, ref)
    if (found instanceof ApiError) {
      set({
        kind: 'not-sent',
        why: `${found.message} But the list of backups still has it, so it was not deleted.`,
      })
      return
    }
    const why = whyKept(rule, found, cutoff)
    if (why !== undefined) set({ kind: 'skipped', why: `Backup ${backupId} ${why}.` })
    if (why !== undefined || isOver()) return
    set({ kind: 'sent' })
    const outcome = await deleteAndRead(step, ref)
    const accepted = `Backup ${backupId}: the service accepted the deletion, but it is still there.`
    set(outcome === 'deleted' ? { kind: outcome } : { kind: outcome, why: accepted })
    if (outcome !== 'shown') step.log(`Deleted backup ${nameOf(backup)}.`)
  } catch (error) {
    // A refusal leaves nothing open.
    const open = states.get(backupId)?.kind === 'sent' && !(error instanceof OperationFailed)
    if (!open) states.delete(backupId)
    if (!isOfOne(error)) throw error
    const maybe = open ? ` Backup ${backupId} may be deleted anyway.` : ''
    set({ kind: 'failed', why: `${error.message}${maybe}` })
  }
}

/** Whether an error is about that backup alone, so that the others may fare better. */
function isOfOne(error: unknown): error is Error {
  const refused = error instanceof OperationFailed ? error.cause : error
  return refused instanceof ApiError && refused.group !== 'key'
}

/** Why a backup is not to be deleted after all; undefined when it is. */
function whyKept(rule: Rule, found: Backup, cutoff: number): string | undefined {
  const { creationMethod = 'UNKNOWN', backupType = '', status, clusterId = '', createTime } = found
  if (isDeleted(found)) return `is ${sanitize(status)} already`
  if (!isCandidate(rule, found)) {
    return `is ${sanitize(`${creationMethod} ${backupType} ${status}`)} of cluster ${sanitize(clusterId)} by now`
  }
  if (createTime === undefined) return 'has no creation time in its description'
  return createTime > cutoff ? 'is too young for the rule, as its description shows' : undefined
}

/** A description that is refused proves nothing: the list does. */
async function confirm({ rule, step, states }: Pruning): Promise<void> {
  const unconfirmed = new Map<string, Unconfirmed>()
  for (const [backupId, { kind }] of states) {
    if (kind === 'not-sent' || kind === 'shown' || kind === 'unreadable') unconfirmed.set(backupId, kind)
  }
  const left = await waitUntilGone(step, rule.clusterId, unconfirmed)
  const stillThere = new Map(left.map(backup => [backup.backupId, backup]))
  for (const backupId of unconfirmed.keys()) {
    const state = states.get(backupId)
    const backup = stillThere.get(backupId)
    if (backup !== undefined && state !== undefined && 'why' in state) {
      const why = `${state.why} Now it is ${sanitize(backup.status)}.`
      states.set(backupId, { kind: 'failed', why })
      step.log(why)
    } else if (state?.kind === 'not-sent') {
      const why = `Backup ${backupId} is gone already.`
      states.set(backupId, { kind: 'skipped', why })
      step.log(why)
    } else {
      states.set(backupId, { kind: 'deleted' })
    }
  }
}

/** What is to be said besides the error that ended it all. */
function progressSummary(pruning: Pruning): string[] {
  const deleted = idsOf(pruning, 'deleted', 'unreadable')
  const open = idsOf(pruning, 'sent', 'shown')
  const unconfirmed =
    idsOf(pruning, 'unreadable').length > 0 ? ' The list of backups has not confirmed it yet.' : ''
  return [
    `${deleted.length} of ${pruning.total} backups were deleted.${unconfirmed}`,
    ...(open.length === 0 ? [] : [`These may be deleted anyway: ${listInSentence(open, mostAtTheEnd)}.`]),
    ...firstOf(sentencesOf(pruning, 'failed')),
  ]
}

function idsOf({ states }: Pruning, ...kinds: Kind[]): string[] {
  return [...states].flatMap(([backupId, { kind }]) => (kinds.includes(kind) ? [backupId] : []))
}

function sentencesOf({ states }: Pruning, kind: 'skipped' | 'failed'): string[] {
  return [...states.values()].flatMap(state => (state.kind === kind ? [state.why] : []))
}

/** The log has each; what is said at the end has only some. */
const mostAtTheEnd = 10

function firstOf(sentences: readonly string[]): string[] {
  return firstLines(sentences, mostAtTheEnd, count => `And ${count} more, in the log.`)
}
