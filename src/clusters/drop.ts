/** Dropping a cluster: described right before, and said to be gone only after a read. */
import { messageOf, OperationFailed, withMessage } from '../errors.ts'
import { type Step, whileWaiting } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import { waitUntil } from '../waiting/poll.ts'
import { dropCluster } from '../zilliz/changes.ts'
import { send } from '../zilliz/connection.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { sameButCase } from '../zilliz/reads.ts'
import { clusterState } from '../zilliz/states.ts'
import { isDeletingOrGone, isGone, type PollOptions, retryWhileBusy, stateAfter, untilState } from './busy.ts'
import { clustersNamed, describeIfThere, withStates } from './find.ts'
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
  /** It is this step's own, and "not found" for so long that one drop is to decide whether it is gone. */
  evenUnreadable?: boolean
  /** Hears that a drop is sent, and undefined when it was refused. */
  onSend?: (clusterId: string | undefined) => void
  /** Ids that are never dropped: the source of a restore, as the input and as the backup have it. */
  neverIds?: readonly string[]
  protectedClusters: readonly string[]
}

/** @throws OperationFailed when the description of a cluster forbids its drop */
export function refuseDrop(rule: DropRule, found: Cluster): void {
  const { clusterId, clusterName, projectId, status } = found
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
  if (rule.clusterName !== undefined && clusterName !== undefined && clusterName !== rule.clusterName) {
    throw refuse(
      `was chosen by the name ${quote(rule.clusterName)}, but is described as ${quote(clusterName)}`,
    )
  }
  if (rule.projectId !== undefined && projectId !== undefined && projectId !== rule.projectId) {
    throw refuse(
      `was chosen in project ${rule.projectId}, but is described in project ${sanitize(projectId)}`,
    )
  }
}

/** The description that was read right before a drop shows that it need not be sent. */
class Ended extends Error {
  readonly drop: Drop

  constructor(drop: Drop) {
    super(drop)
    this.drop = drop
  }
}

/**
 * Drops a cluster, waiting until it can be dropped and until a read shows it gone or going. It is described right
 * before the drop is sent, each time.
 *
 * @throws OperationFailed when its description forbids it; after a drop was sent, an error says that it may be dropped
 */
export async function drop(step: Step, rule: DropRule, { pollInterval }: PollOptions): Promise<Drop> {
  const { clusterId } = rule
  const sent = { drop: false }
  try {
    const outcome = await retryWhileBusy(step, { clusterId, pollInterval }, () => sendDrop(step, rule, sent))
    if (outcome !== 'dropped') return outcome
    const still = 'was dropped but still shows'
    await untilState(step, { clusterId, pollInterval, still }, isDeletingOrGone)
    return outcome
  } catch (error) {
    const isRefusal = error instanceof ApiError || (error instanceof OperationFailed && !sent.drop)
    if (!sent.drop || isRefusal) throw error
    throw withMessage(error, `${messageOf(error)} Cluster ${clusterId} may be dropped anyway.`)
  }
}

async function sendDrop(step: Step, rule: DropRule, sent: { drop: boolean }): Promise<Drop> {
  const { clusterId } = rule
  const describeFirst = async () => {
    const found = await describeIfThere(step, clusterId)
    // After a drop whose response was lost, one that is gone is gone by that drop.
    const goesBlind = found === undefined && rule.evenUnreadable === true && !sent.drop
    if (found === undefined && !goesBlind) throw new Ended(sent.drop ? 'dropped' : 'gone')
    if (found !== undefined) {
      if (clusterState(found.status) === 'deleted') throw new Ended(sent.drop ? 'dropped' : 'deleting')
      refuseDrop(rule, found)
    }
    sent.drop = true
    rule.onSend?.(clusterId)
  }
  try {
    await send(step.cloud, dropCluster(clusterId), describeFirst)
    return 'dropped'
  } catch (error) {
    if (error instanceof Ended) return error.drop
    // A repeat of a drop whose response was lost is refused too: what the cluster is now decides (F93).
    if (!(error instanceof ApiError) || error.isAuthError || !sent.drop) throw error
    const state = await stateAfter(error, step, clusterId)
    if (isDeletingOrGone(state)) return isGone(state) ? 'gone' : 'deleting'
    sent.drop = false
    rule.onSend?.(undefined)
    throw error
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
