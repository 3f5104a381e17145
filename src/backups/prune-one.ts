/** Deleting one of many backups: described right before, and what is known of it afterwards. */
import { OperationFailed, type Parts, partsOf, textOf } from '../errors.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import type { Backup } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { deleteAndRead } from './delete.ts'
import { nameOf } from './format.ts'
import type { Deletable, Rule } from './keep.ts'
import { isDeleted } from './read.ts'
import { isCandidate } from './retention.ts'

/**
 * What is known of one backup that was to be deleted. `said` is what to say of it, also of one that the list
 * still has at the end although it seemed gone.
 */
export type State =
  /** Its description is refused, so nothing was sent. */
  | { kind: 'not-sent'; said: Parts }
  /** Its deletion was sent, and nothing shows yet what became of it. */
  | { kind: 'sent' }
  /** The service accepted its deletion, yet it is described as before. */
  | { kind: 'shown'; said: Parts }
  /** Its deletion was accepted and its description is refused, as that of a deleted one is. */
  | { kind: 'unreadable'; said: Parts }
  | { kind: 'deleted' }
  | { kind: 'skipped'; said: Parts }
  | { kind: 'failed'; said: Parts }

export type Kind = State['kind']

export interface Pruning {
  rule: Rule
  step: Step
  total: number
  states: Map<string, State>
}

/** The description of a backup, read right before its deletion, shows that it is not to be sent. */
class Kept extends Error {
  /** What is known of it then; undefined when another one has ended it all. */
  readonly state: State | undefined
  readonly parts: Parts

  constructor(state: State | undefined) {
    super()
    this.state = state
    this.parts = state !== undefined && 'said' in state ? state.said : { what: '' }
  }
}

/** Describes the backup once more, deletes it, and reads what became of it. */
export async function deleteOne(
  { rule, step, states }: Pruning,
  one: Deletable,
  isOver: () => boolean,
): Promise<void> {
  const { backup } = one
  const { backupId } = backup
  const ref = { clusterId: rule.clusterId, backupId }
  const set = (state: State) => {
    states.set(backupId, state)
    if (state.kind === 'skipped' || state.kind === 'failed') step.log(textOf(state.said))
  }
  const check = (found: Backup | ApiError) => {
    const state = stateToKeep(rule, found, one)
    if (state !== undefined || isOver()) throw new Kept(state)
  }
  const onSend = (mayBeDone: boolean) => {
    if (mayBeDone) set({ kind: 'sent' })
    else states.delete(backupId)
  }
  try {
    const outcome = await deleteAndRead(step, ref, { check, onSend })
    const said = { what: `Backup ${backupId}: the deletion was sent, but it is still there.` }
    set(outcome === 'deleted' ? { kind: outcome } : { kind: outcome, said })
    if (outcome !== 'shown') step.log(`Deleted backup ${nameOf(backup)}.`)
  } catch (error) {
    // A refusal leaves nothing open.
    const open = states.get(backupId)?.kind === 'sent' && !(error instanceof OperationFailed)
    if (!open) states.delete(backupId)
    if (error instanceof Kept && !open) {
      if (error.state !== undefined) set(error.state)
      return
    }
    if (!(error instanceof Kept) && !isOfOne(error)) throw error
    const parts = error instanceof Kept ? error.parts : partsOf(error)
    const stake = open ? [parts.stake, `Backup ${backupId} may be deleted anyway.`] : [parts.stake]
    set({ kind: 'failed', said: { ...parts, stake: stake.filter(Boolean).join(' ') } })
  }
}

/** Whether an error is about that backup alone, so that the others may fare better. */
function isOfOne(error: unknown): error is Error {
  const refused = error instanceof OperationFailed ? error.cause : error
  return refused instanceof ApiError && refused.group !== 'key'
}

function stateToKeep(rule: Rule, found: Backup | ApiError, one: Deletable): State | undefined {
  const { backupId, backupType } = one.backup
  if (found instanceof ApiError) {
    const stake = 'The list of backups still has it, so it was not deleted.'
    return { kind: 'not-sent', said: { ...found.parts, stake } }
  }
  const isOther =
    backupType !== undefined && found.backupType !== undefined && backupType !== found.backupType
  const why = isOther
    ? `is of type ${sanitize(found.backupType ?? '')}, not ${sanitize(backupType ?? '')}`
    : whyKept(rule, found, one)
  return why === undefined ? undefined : { kind: 'skipped', said: { what: `Backup ${backupId} ${why}.` } }
}

/** Why a backup is not to be deleted after all; undefined when it is. */
function whyKept(
  rule: Rule,
  found: Backup,
  { backup, cutoff, mustHaveItsTime }: Deletable,
): string | undefined {
  const { creationMethod = 'UNKNOWN', backupType = '', status, clusterId = '', createTime } = found
  if (isDeleted(found)) return `is ${sanitize(status)} already`
  if (!isCandidate(rule, found)) {
    return `is ${sanitize(`${creationMethod} ${backupType} ${status}`)} of cluster ${sanitize(clusterId)} by now`
  }
  if (createTime === undefined) return 'has no creation time in its description'
  if (createTime > cutoff) return 'is too young for the rule, as its description shows'
  const isOther = mustHaveItsTime && createTime !== backup.createTime
  return isOther ? 'was made at another time than the list shows, as its description does' : undefined
}
