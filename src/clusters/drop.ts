/** Dropping a cluster: described right before, and said to be gone only after a read. */
import { OperationFailed, withMore } from '../errors.ts'
import { type Step, whileWaiting } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import { waitUntil } from '../waiting/poll.ts'
import { dropCluster } from '../zilliz/changes.ts'
import { send } from '../zilliz/connection.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { describeClusterIfThere, sameButCase } from '../zilliz/reads.ts'
import { clusterState } from '../zilliz/states.ts'
import { isDeletingOrGone, isGone, type PollOptions, retryWhileBusy, stateAfter, untilState } from './busy.ts'
import { clustersNamed, withStates } from './named.ts'
import { isProtected } from './protected.ts'

/** `deleting`, `gone`: it was on its way out without this call; a cluster that is gone cannot be read any more. */
export type Drop = 'dropped' | 'deleting' | 'gone'

/** What must hold for a cluster to be dropped, by its description and not by a list read earlier. */
export interface DropRule {
  clusterId: string
  /** It was chosen by this name. */
  clusterName?: string | undefined
  /** It was chosen in this project. */
  projectId?: string | undefined
  /** Milliseconds since the epoch, by the service: it was chosen as one created since then. */
  createdSince?: number | undefined
  /** Nobody named this very cluster: a name or a project that its description does not show forbids its drop too. */
  isByPattern?: boolean
  /** Before each description that a drop follows: looks again at what else the drop depends on, where that is old. */
  lookAgain?: () => Promise<void>
  /** Whether that is still new when the description has come, which may take minutes; if not, both are read again. */
  isFresh?: () => boolean
  /** Throws where its description forbids the drop in some other way. */
  check?: (found: Cluster) => void
  /** Hears that a drop is sent, and undefined when it was refused. */
  onSend?: (clusterId: string | undefined) => void
  /** Ids that are never dropped: the source of a restore, as the input and as the backup have it. */
  neverIds?: readonly string[]
  protectedClusters: readonly string[]
}

/** @throws OperationFailed when the description of a cluster forbids its drop */
export function refuseDrop(rule: DropRule, found: Cluster): void {
  const { clusterId, clusterName, projectId, status, createTime } = found
  const refuse = (why: string) =>
    new OperationFailed(`Cluster ${clusterId} (${sanitize(status)}) ${why}: it is not dropped.`)
  if (rule.neverIds?.some(id => sameButCase(clusterId, id))) throw refuse('is the source cluster')
  if (isProtected(rule.protectedClusters, found)) {
    throw refuse(
      clusterName === undefined
        ? 'has no name that can be read, and protected-clusters has names'
        : 'is one of protected-clusters',
    )
  }
  if (rule.clusterName !== undefined && isOther(rule, rule.clusterName, clusterName)) {
    const shown = clusterName === undefined ? 'not shown' : quote(clusterName)
    throw refuse(`was chosen by the name ${quote(rule.clusterName)}, but its name is ${shown}`)
  }
  const { createdSince } = rule
  if (createdSince !== undefined && !(createTime !== undefined && createTime >= createdSince)) {
    throw refuse(
      'was chosen as one that this step made, but its description does not show that it is so young',
    )
  }
  if (rule.projectId !== undefined && isOther(rule, rule.projectId, projectId)) {
    const shown = projectId === undefined ? 'a project that is not shown' : `project ${sanitize(projectId)}`
    throw refuse(`was chosen in project ${rule.projectId}, but it is in ${shown}`)
  }
  rule.check?.(found)
}

function isOther({ isByPattern = false }: DropRule, chosen: string, shown: string | undefined): boolean {
  return shown === undefined ? isByPattern : shown !== chosen
}

/** The description that was read right before a drop shows that it need not be sent. */
class Ended extends Error {
  readonly drop: Drop

  constructor(drop: Drop) {
    super(drop)
    this.drop = drop
  }
}

/** How often a DELETE went out that may have been carried out. */
interface Sent {
  drops: number
}

/**
 * Drops a cluster, waiting until it can be dropped and until a read shows it gone or going. It is described right
 * before the drop is sent, each time.
 *
 * @throws OperationFailed when its description forbids it; after a drop that may have been carried out, an error says so
 */
export async function drop(step: Step, rule: DropRule, { pollInterval }: PollOptions): Promise<Drop> {
  const { clusterId } = rule
  const sent: Sent = { drops: 0 }
  try {
    const outcome = await retryWhileBusy(step, { clusterId, pollInterval }, () => sendDrop(step, rule, sent))
    if (outcome !== 'dropped') return outcome
    const still = 'was dropped but still shows'
    await untilState(step, { clusterId, pollInterval, still }, isDeletingOrGone)
    return outcome
  } catch (error) {
    if (sent.drops === 0) throw error
    throw withMore(error, { stake: `Cluster ${clusterId} may be dropped anyway.` })
  }
}

async function sendDrop(step: Step, rule: DropRule, sent: Sent): Promise<Drop> {
  try {
    await send(step.cloud, dropCluster(rule.clusterId), {
      before: () => describeFirst(step, rule, sent),
      afterNothing: () => {
        sent.drops--
        if (sent.drops === 0) rule.onSend?.(undefined)
      },
    })
    return 'dropped'
  } catch (error) {
    if (error instanceof Ended) return error.drop
    if (!(error instanceof ApiError)) throw error
    if (sent.drops === 1) {
      sent.drops = 0
      rule.onSend?.(undefined)
    }
    if (error.isAuthError) throw error
    // A repeat of a drop whose response was lost is refused too: what the cluster is now decides (F93).
    const state = await stateAfter(error, step, rule.clusterId)
    if (isDeletingOrGone(state)) return isGone(state) ? 'gone' : 'deleting'
    throw error
  }
}

async function describeFirst(step: Step, rule: DropRule, sent: Sent): Promise<void> {
  const found = await describeFresh(step, rule)
  // After a drop whose response was lost, one that is gone is gone by that drop.
  if (found === undefined) throw new Ended(sent.drops > 0 ? 'dropped' : 'gone')
  if (clusterState(found.status) === 'deleted') throw new Ended(sent.drops > 0 ? 'dropped' : 'deleting')
  refuseDrop(rule, found)
  sent.drops++
  rule.onSend?.(rule.clusterId)
}

async function describeFresh(step: Step, rule: DropRule): Promise<Cluster | undefined> {
  for (;;) {
    await rule.lookAgain?.()
    const found = await describeClusterIfThere(step.cloud, rule.clusterId).catch((error: unknown) => {
      // Not a refusal of the drop, after which it might be sent again.
      throw error instanceof ApiError ? withMore(error, {}) : error
    })
    if (rule.isFresh?.() ?? true) return found
  }
}

/**
 * Waits until no cluster of that name is in the project.
 *
 * @param mayHold ids of the clusters that are on their way out
 * @throws OperationFailed at once when another cluster has the name and is not on its way out
 */
export async function waitUntilNameIsFree(
  step: Step,
  { clusterName, projectId, pollInterval }: PollOptions & { clusterName: string; projectId: string },
  mayHold: readonly string[],
): Promise<void> {
  let holders: Cluster[] = []
  const poll = async () => {
    holders = await clustersNamed(whileWaiting(step), clusterName, projectId)
    const other = holders.find(
      ({ clusterId, status }) => !mayHold.includes(clusterId) && clusterState(status) !== 'deleted',
    )
    if (other !== undefined) {
      throw new OperationFailed(
        `The name ${quote(clusterName)} was taken meanwhile by another cluster: ${other.clusterId} (${sanitize(other.status)}). It is not waited for.`,
      )
    }
    return holders.length === 0 ? ({ done: true } as const) : { progress: undefined }
  }
  const stillOpen = () => `the name is still used by ${withStates(holders)}`
  await waitUntil<true>(step, poll, { maxPause: pollInterval, stillOpen })
}
