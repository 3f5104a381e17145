/** Dropping many clusters, one after the other. */
import { attemptAll, type Parts } from '../errors.ts'
import { endedEarly, severalFailed } from '../several.ts'
import { firstLines, listInSentence, quote } from '../untrusted-text.ts'
import { serviceTime } from '../zilliz/service-time.ts'
import type { Candidate } from './candidates.ts'
import { dropOne, type Fate, ownerIn, type Sweep } from './prune-one.ts'
import { describeReason, reasonsToNotice, whyKept } from './prune-rule.ts'

/** Applies the rule to what the list and GitHub have shown. */
export function judgeAll(sweep: Sweep, candidates: readonly Candidate[]): void {
  const now = serviceTime(sweep.step.cloud)
  for (const candidate of candidates) {
    const { cluster } = candidate
    const reason = whyKept(sweep.rule, { cluster, owner: ownerIn(sweep, candidate) }, now)
    sweep.fates.set(cluster.clusterId, reason === undefined ? { kind: 'waiting' } : { kind: 'kept', reason })
  }
}

/** What a summary and an annotation say at most; the log, or the table on the page, has each. */
const mostNamed = 10

/** Says which are kept for a reason that a person should look at. */
export function noticeKept({ step, rule, fates }: Sweep, among: readonly Candidate[]): void {
  const each = among.flatMap(({ cluster: { clusterId, clusterName } }) => {
    const fate = fates.get(clusterId)
    if (fate?.kind !== 'kept' || !reasonsToNotice.includes(fate.reason)) return []
    return [`${quote(clusterName)} (${clusterId}): ${describeReason(fate.reason, rule)}`]
  })
  if (each.length === 0) return
  step.notice(['Kept:', ...firstLines(each, mostNamed)].join('\n'))
}

/** GitHub says of what a token may not see that it is not there. */
export function warnWhereNoneWasFound({ step, owners }: Sweep): void {
  if (owners.size === 0 || [...owners.values()].some(({ state }) => state !== 'not-found')) return
  step.warning(
    'No pull request of these clusters was found, so all of them are kept. Either they belong to another repository, or github-token may not see the pull requests of this one: the job needs "permissions: pull-requests: read".',
  )
}

/**
 * Drops one after the other, whatever becomes of the others, but for a key that is refused and a pull request that
 * GitHub does not answer for.
 *
 * @throws OperationFailed with a sentence for each that could not be dropped
 */
export async function dropAll(sweep: Sweep, toDrop: readonly Candidate[]): Promise<void> {
  const publish = () => sweep.step.publishList('deletedClusterIds', idsOf(sweep, 'dropped'))
  try {
    for (const candidate of toDrop) {
      await dropOne(sweep, candidate)
      publish()
    }
  } catch (error) {
    // A full disk must not hide what was dropped.
    attemptAll(publish)
    const count = `${idsOf(sweep, 'dropped').length} of ${toDrop.length} clusters are dropped${droppedIn(sweep)}.`
    throw endedEarly(error, count, failuresIn(sweep))
  }
  const failures = failuresIn(sweep)
  if (failures.length === 0) return
  const count = `${failures.length} of ${toDrop.length} clusters could not be dropped. Dropped: ${idsOf(sweep, 'dropped').length}${droppedIn(sweep)}.`
  throw severalFailed(count, failures)
}

function droppedIn(sweep: Sweep): string {
  const ids = idsOf(sweep, 'dropped')
  return ids.length === 0 ? '' : ` (${listInSentence(ids)})`
}

function idsOf({ fates }: Sweep, kind: Fate['kind']): string[] {
  return [...fates].flatMap(([clusterId, fate]) => (fate.kind === kind ? [clusterId] : []))
}

function failuresIn({ fates }: Sweep): Parts[] {
  return [...fates.values()].flatMap(fate => (fate.kind === 'failed' ? [fate.said] : []))
}
