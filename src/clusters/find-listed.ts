/** An existing cluster by its name, or by an id that cannot be described: as the list shows it. */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { listClusters, otherCase, sameButCase } from '../zilliz/reads.ts'
import { noticeUnknownEntries } from './protected.ts'

/**
 * Undefined when there is none. A listed DELETED cluster is not there.
 *
 * @param protectedClusters entries that a notice names when the list shows that there is no such cluster
 * @throws OperationFailed when several have the name, or one that differs by case alone
 */
export async function findListed(
  step: Step,
  { cluster: wanted, projectId }: { cluster: string; projectId?: string | undefined },
  protectedClusters: readonly string[],
): Promise<Cluster | undefined> {
  const all = await listClusters(step.cloud, projectId)
  await noticeUnknownEntries(step, protectedClusters, projectId === undefined ? all : undefined)
  if (projectId !== undefined && !all.some(cluster => cluster.projectId === projectId)) {
    await (await import('./project.ts')).refuseProjectSlip(step, projectId)
  }
  const listed = all.filter(cluster => cluster.status !== 'DELETED' && inProject(cluster, projectId))
  const byId = listed.find(cluster => cluster.clusterId === wanted)
  const named = byId ? [byId] : listed.filter(cluster => cluster.clusterName === wanted)
  if (named.length > 1) throw severalNamed(wanted, named)
  const other = listed.find(
    ({ clusterId, clusterName }) => sameButCase(clusterId, wanted) || sameButCase(clusterName, wanted),
  )
  if (named.length === 0 && other !== undefined) {
    const right = sameButCase(other.clusterId, wanted) ? other.clusterId : (other.clusterName ?? '')
    throw otherCase('target-cluster', wanted, right)
  }
  return named[0]
}

function severalNamed(wanted: string, named: readonly Cluster[]): OperationFailed {
  const each = named.map(({ clusterId, projectId, status }) => {
    const project = projectId === undefined ? '' : ` in project ${sanitize(projectId)}`
    return `${clusterId}${project}, ${sanitize(status)}`
  })
  return new OperationFailed(
    `target-cluster: several clusters have the name ${quote(wanted)}: ${each.join('; ')}. Give the id, or narrow it with target-project-id.`,
  )
}

function inProject(cluster: Cluster, projectId: string | undefined): boolean {
  return projectId === undefined || cluster.projectId === undefined || cluster.projectId === projectId
}
