/** Dropping a cluster: said to be gone only after a read. */
import { type Step, whileWaiting } from '../step.ts'
import { waitUntil } from '../waiting/poll.ts'
import { dropCluster } from '../zilliz/changes.ts'
import { send } from '../zilliz/connection.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { isDeletingOrGone, isGone, type PollOptions, retryWhileBusy, stateAfter, untilState } from './busy.ts'
import { clustersNamed, withStates } from './find.ts'

/** `deleting`, `gone`: it was on its way out without this call; a cluster that is gone cannot be read any more. */
export type Drop = 'dropped' | 'deleting' | 'gone'

/** Drops a cluster, waiting until it can be dropped and until a read shows it gone or going. */
export async function drop(step: Step, clusterId: string, { pollInterval }: PollOptions): Promise<Drop> {
  const outcome = await retryWhileBusy(step, { clusterId, pollInterval }, () => sendDrop(step, clusterId))
  if (outcome !== 'dropped') return outcome
  const still = 'was dropped but still shows'
  await untilState(step, { clusterId, pollInterval, still }, isDeletingOrGone)
  return outcome
}

async function sendDrop(step: Step, clusterId: string): Promise<Drop> {
  try {
    await send(step.cloud, dropCluster(clusterId))
    return 'dropped'
  } catch (error) {
    // A repeat of a drop whose response was lost is refused too: what the cluster is now decides (F93).
    if (!(error instanceof ApiError) || error.isAuthError) throw error
    const state = await stateAfter(error, step, clusterId)
    if (!isDeletingOrGone(state)) throw error
    return isGone(state) ? 'gone' : 'deleting'
  }
}

/** Waits until no cluster of that name is in the project. */
export async function waitUntilNameIsFree(
  step: Step,
  { clusterName, projectId, pollInterval }: PollOptions & { clusterName: string; projectId: string },
): Promise<void> {
  let holders: Cluster[] = []
  const poll = async () => {
    holders = await clustersNamed(whileWaiting(step), clusterName, projectId)
    return holders.length === 0 ? ({ done: true } as const) : { progress: undefined }
  }
  const stillOpen = () => `the name is still used by ${withStates(holders)}`
  await waitUntil<true>(step, poll, { maxPause: pollInterval, stillOpen })
}
