/** Deleting many backups: each described once more before, and what became of all of them confirmed at the end. */
import { attemptAll, type Parts, textOf } from '../errors.ts'
import { endedEarly, sentencesOf, severalFailed } from '../several.ts'
import type { Step } from '../step.ts'
import { listInSentence, sanitize } from '../untrusted-text.ts'
import { forEachAtOnce } from '../waiting/at-once.ts'
import { type Unconfirmed, waitUntilGone } from './delete.ts'
import type { Deletable, Rule } from './keep.ts'
import { deleteOne, type Kind, type Pruning } from './prune-one.ts'

/** Each with up to two requests to one endpoint. */
const deletionsPerSecond = 5

/**
 * Deletes one after the other, whatever becomes of the others, but for a key that is refused.
 *
 * @param states receives what became of each
 * @returns how many it deleted
 * @throws OperationFailed with a sentence for each that could not be deleted
 */
export async function deleteAll(
  rule: Rule,
  step: Step,
  { toDelete, states }: { toDelete: readonly Deletable[]; states: Pruning['states'] },
): Promise<number> {
  const pruning: Pruning = { rule, step, total: toDelete.length, states }
  const publish = publisher(pruning)
  try {
    const pace = { clock: step.clock, perSecond: deletionsPerSecond }
    await forEachAtOnce(toDelete, { pace }, async (one, isOver) => {
      await deleteOne(pruning, one, isOver)
      publish('now and then')
    })
    await confirm(pruning)
  } catch (error) {
    // A full disk must not hide what was deleted.
    attemptAll(() => publish('all'))
    throw endedEarly(error, progressOf(pruning), saidOf(pruning, 'failed'))
  } finally {
    const skipped = saidOf(pruning, 'skipped')
    if (skipped.length > 0) step.warning(`Skipped:\n${sentencesOf(skipped).join('\n')}`)
  }
  publish('all')
  const deleted = idsOf(pruning, 'deleted', 'unreadable').length
  const failures = saidOf(pruning, 'failed')
  if (failures.length > 0) {
    const count = `${failures.length} of ${toDelete.length} backups could not be deleted. Deleted: ${deleted}.`
    throw severalFailed(count, failures)
  }
  step.log(`${deleted} of ${toDelete.length} backups are deleted. They cannot be restored any more.`)
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
    if (backup !== undefined && state !== undefined && 'said' in state) {
      const stake = [state.said.stake, `Now it is ${sanitize(backup.status)}.`].filter(Boolean).join(' ')
      const said = { ...state.said, stake }
      states.set(backupId, { kind: 'failed', said })
      step.log(textOf(said))
    } else if (state?.kind === 'not-sent') {
      const what = `Backup ${backupId} is gone already.`
      states.set(backupId, { kind: 'skipped', said: { what } })
      step.log(what)
    } else {
      states.set(backupId, { kind: 'deleted' })
    }
  }
}

function progressOf(pruning: Pruning): string {
  const deleted = idsOf(pruning, 'deleted', 'unreadable')
  const open = idsOf(pruning, 'sent', 'shown')
  const unconfirmed =
    idsOf(pruning, 'unreadable').length > 0 ? ' The list of backups has not confirmed it yet.' : ''
  const progress = `${deleted.length} of ${pruning.total} backups were deleted.${unconfirmed}`
  if (open.length === 0) return progress
  return `${progress}\nThese may be deleted anyway: ${listInSentence(open)}.`
}

function idsOf({ states }: Pruning, ...kinds: Kind[]): string[] {
  return [...states].flatMap(([backupId, { kind }]) => (kinds.includes(kind) ? [backupId] : []))
}

function saidOf({ states }: Pruning, kind: 'skipped' | 'failed'): Parts[] {
  return [...states.values()].flatMap(state => (state.kind === kind ? [state.said] : []))
}
