/** Clusters of a name, and clusters that a list has shown. */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { describeClusterIfThere, listClusters } from '../zilliz/reads.ts'
import { clusterState } from '../zilliz/states.ts'

/** In a sentence, each with its state. */
export function withStates(clusters: readonly Cluster[]): string {
  return clusters.map(({ clusterId, status }) => `${clusterId} (${sanitize(status)})`).join(', ')
}

/** Clusters of a name in a project, as the list shows them. A listed DELETED one is not there, and its name is free. */
export async function clustersNamed(step: Step, name: string, projectId: string): Promise<Cluster[]> {
  const listed = await listClusters(step.cloud, projectId)
  return listed.filter(({ clusterName, status }) => clusterName === name && status !== 'DELETED')
}

/**
 * The same, but as their descriptions show them. A list may lag or lie, also about times: one that cannot be described
 * has none.
 *
 * @param but ids of those that are left out
 */
export async function describeNamed(
  step: Step,
  { clusterName, projectId }: { clusterName: string; projectId: string },
  but: readonly string[] = [],
): Promise<Cluster[]> {
  const named = await clustersNamed(step, clusterName, projectId)
  const described: Cluster[] = []
  for (const listed of named.filter(({ clusterId }) => !but.includes(clusterId))) {
    const found = await describeClusterIfThere(step.cloud, listed.clusterId)
    described.push({ ...listed, createTime: undefined, ...found })
  }
  return described
}

/** Milliseconds: a new cluster may not be readable for that long (U8), and a list may show a dropped one. */
const settledAfter = 60_000
const betweenReads = 2_000

/**
 * Describes a cluster that a list has shown. One that is "not found" is gone, although it is still listed; but where the
 * list shows it CREATING, it may be so new that it cannot be read yet.
 *
 * @param untilUnlisted wait for the list to show that it is gone, too
 * @returns undefined when it is gone
 * @throws OperationFailed when it is still listed after a minute, and cannot be read
 */
export async function describeListed(
  step: Step,
  listed: Cluster,
  { untilUnlisted }: { untilUnlisted: boolean },
): Promise<Cluster | undefined> {
  const { clusterId, projectId } = listed
  const end = step.clock.elapsed() + settledAfter
  for (let shown: Cluster | undefined = listed; ; ) {
    const found = await describeClusterIfThere(step.cloud, clusterId)
    if (found !== undefined || shown === undefined) return found
    if (clusterState(shown.status) === 'deleted') return undefined
    if (!untilUnlisted && clusterState(shown.status) !== 'busy') return undefined
    if (step.clock.elapsed() >= end) {
      throw new OperationFailed(
        `Cluster ${clusterId} cannot be read, although the list of clusters has it as ${sanitize(shown.status)}. Look at it in the console and try again.`,
      )
    }
    await step.clock.pause(betweenReads)
    shown = (await listClusters(step.cloud, projectId)).find(one => one.clusterId === clusterId)
  }
}
