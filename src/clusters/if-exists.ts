/** Whether a cluster of the new one's name exists already. */
import type { Step } from '../step.ts'
import { listClusters, sameButCase } from '../zilliz/reads.ts'
import type { NameOptions, NameState } from './name-used.ts'
import { noticeUnknownEntries } from './protected.ts'

/**
 * Who has the name, after every check of `if-exists`.
 *
 * @throws OperationFailed when it may be neither reused nor replaced
 */
export async function nameState(step: Step, options: NameOptions): Promise<NameState> {
  const { clusterName, projectId, protectedClusters } = options
  const all = await listClusters(step.cloud, projectId)
  await noticeUnknownEntries(step, protectedClusters)
  if (options.isProjectGiven && !all.some(cluster => cluster.projectId === projectId)) {
    await (await import('./project.ts')).refuseProjectSlip(step, projectId)
  }
  const there = all.filter(
    cluster => cluster.status !== 'DELETED' && (cluster.projectId ?? projectId) === projectId,
  )
  const other = there.find(
    cluster => cluster.clusterName !== clusterName && sameButCase(cluster.clusterName, clusterName),
  )
  if (other !== undefined) throw (await import('./name-used.ts')).caseDiffers(clusterName, other)
  const named = there.filter(cluster => cluster.clusterName === clusterName)
  if (named.length === 0) return { kind: 'free' }
  const { usedName } = await import('./name-used.ts')
  return usedName(step, options, named)
}
