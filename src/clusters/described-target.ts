/** The existing cluster that something is changed in. */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { describeCluster } from '../zilliz/reads.ts'
import { describeById, findNamed, type Target } from './find.ts'
import { isProtected } from './protected.ts'

/**
 * An existing cluster as its description shows it: a list may lag behind a rename.
 *
 * @param nothing ends the sentence of a refusal: what is not done, such as `nothing is restored into it`
 * @throws OperationFailed when it is protected, or described under another name or project than it was chosen by
 */
export async function describeTarget(
  step: Step,
  target: Target,
  { protectedClusters, nothing }: { protectedClusters: readonly string[]; nothing: string },
): Promise<Cluster> {
  const byId = await describeById(step, target)
  const chosen = byId ?? (await findNamed(step, target, protectedClusters))
  const found = byId ?? (await describeCluster(step.cloud, chosen.clusterId))
  if (isProtected(protectedClusters, found)) {
    throw new OperationFailed(`Cluster ${found.clusterId} is one of protected-clusters: ${nothing}.`)
  }
  const isByName = found.clusterId !== target.cluster
  if (isByName && found.clusterName !== undefined && found.clusterName !== target.cluster) {
    throw new OperationFailed(
      `Cluster ${found.clusterId} was chosen by the name ${quote(target.cluster)}, but its name is ${quote(found.clusterName)}: ${nothing}.`,
    )
  }
  const { projectId } = target
  if (projectId !== undefined && found.projectId !== undefined && found.projectId !== projectId) {
    throw new OperationFailed(
      `Cluster ${found.clusterId} was chosen in project ${projectId}, but it is in project ${sanitize(found.projectId)}: ${nothing}.`,
    )
  }
  return found
}
