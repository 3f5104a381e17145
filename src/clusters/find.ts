/** From `target-cluster` and `target-project-id` to an existing cluster. */
import { OperationFailed } from '../errors.ts'
import type { Reader } from '../inputs/reader.ts'
import type { Step } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { isNotFound } from '../zilliz/errors.ts'
import { describeCluster, listClusters } from '../zilliz/reads.ts'

/** An existing cluster, by id or exact name. */
export interface Target {
  cluster: string
  /** Absent: any. */
  projectId?: string | undefined
}

export function readTarget(reader: Reader): Target {
  const cluster = reader.optional('target-cluster')
  if (cluster === undefined) {
    reader.report('target-cluster', 'expected the id or the exact name of an existing cluster; it is empty')
  }
  return { cluster: cluster ?? '', projectId: reader.optionalId('target-project-id') }
}

/** `in01-` and the like; a name of that shape is found too, after the id (F11). */
const idShape = /^in\d\d-[0-9a-z]+$/

/**
 * The existing cluster an id or exact name stands for.
 *
 * @throws OperationFailed when there is none, or several of that name
 */
export async function findTarget(step: Step, target: Target): Promise<Cluster> {
  const found = await lookUpTarget(step, target)
  if (found !== undefined) return found
  const where = target.projectId === undefined ? '' : ` in project ${target.projectId}`
  throw new OperationFailed(
    `There is no cluster with the id or name ${quote(target.cluster)}${where} that this key can see. Check target-cluster${target.projectId === undefined ? '' : ' and target-project-id'}.`,
  )
}

/** The same, undefined when there is none. A listed DELETED cluster is not there. */
export async function lookUpTarget(step: Step, target: Target): Promise<Cluster | undefined> {
  const { cluster: wanted, projectId } = target
  if (idShape.test(wanted)) {
    const described = await describeIfThere(step, wanted)
    if (described !== undefined && inProject(described, projectId)) return described
  }
  const listed = (await listClusters(step.cloud, projectId)).filter(
    cluster => cluster.status !== 'DELETED' && inProject(cluster, projectId),
  )
  const byId = listed.find(cluster => cluster.clusterId === wanted)
  const named = byId ? [byId] : listed.filter(cluster => cluster.clusterName === wanted)
  if (named.length > 1) {
    const each = named.map(({ clusterId, projectId: of, status }) => {
      const project = of === undefined ? '' : ` in project ${sanitize(of)}`
      return `${clusterId}${project}, ${sanitize(status)}`
    })
    throw new OperationFailed(
      `target-cluster: several clusters have the name ${quote(wanted)}: ${each.join('; ')}. Give the id, or narrow it with target-project-id.`,
    )
  }
  return named[0]
}

/** Whether `protected-clusters` holds its id or its name. */
export function isProtected(
  { clusterId, clusterName }: Cluster,
  protectedClusters: readonly string[],
): boolean {
  return protectedClusters.includes(clusterId) || protectedClusters.includes(clusterName ?? '')
}

/** In a sentence, each with its state. */
export function withStates(clusters: readonly Cluster[]): string {
  return clusters.map(({ clusterId, status }) => `${clusterId} (${sanitize(status)})`).join(', ')
}

/** Clusters of a name in a project. A listed DELETED one is not there, and its name is free. */
export async function clustersNamed(step: Step, name: string, projectId: string): Promise<Cluster[]> {
  const listed = await listClusters(step.cloud, projectId)
  return listed.filter(({ clusterName, status }) => clusterName === name && status !== 'DELETED')
}

function inProject(cluster: Cluster, projectId: string | undefined): boolean {
  return projectId === undefined || cluster.projectId === undefined || cluster.projectId === projectId
}

/** Undefined when there is no such cluster. */
export async function describeIfThere(step: Step, clusterId: string): Promise<Cluster | undefined> {
  try {
    return await describeCluster(step.cloud, clusterId)
  } catch (error) {
    if (isNotFound(error, 'cluster')) return undefined
    throw error
  }
}
