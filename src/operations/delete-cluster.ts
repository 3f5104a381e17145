import { drop, isDeletingOrGone } from '../clusters/drop.ts'
import { lookUpTarget } from '../clusters/find.ts'
import { OperationFailed, type Outcome, planned, type Step } from '../step.ts'
import { quote, sanitize } from '../zilliz/errors.ts'
import { paths } from '../zilliz/reads.ts'
import type { DeleteCluster } from './requests.ts'

/** Drops a cluster, and says so only when a read shows it gone or going. */
export async function deleteCluster(request: DeleteCluster, step: Step): Promise<Outcome> {
  const { target, protectedClusters } = request
  const found = await lookUpTarget(step, target)
  if (found === undefined || found.status === 'DELETED') {
    const where = target.projectId === undefined ? '' : ` in project ${target.projectId}`
    step.notice(`Nothing to drop: there is no cluster with the id or name ${quote(target.cluster)}${where}.`)
    return request.dryRun ? planned(step, []) : 'skipped'
  }
  const { clusterId, clusterName, status } = found
  step.publish('clusterId', clusterId)
  step.publish('clusterName', clusterName)
  if (protectedClusters.includes(clusterId) || protectedClusters.includes(clusterName ?? '')) {
    throw new OperationFailed(
      `Cluster ${clusterId} (${sanitize(status)}) is one of protected-clusters: it is not dropped.`,
    )
  }
  if (isDeletingOrGone(status)) {
    step.notice(`Nothing to drop: cluster ${clusterId} is ${sanitize(status)} already.`)
    return request.dryRun ? planned(step, []) : 'skipped'
  }
  if (request.dryRun) return planned(step, [{ method: 'DELETE', path: paths.dropCluster(clusterId) }])
  step.log(`Dropping cluster ${clusterId}, which is ${sanitize(status)}.`)
  await drop(step, clusterId, request)
  step.note(
    `Cluster ${clusterId} is dropped. It stays in the recycle bin for 30 days, where the console can restore it; a free cluster does not.`,
  )
  return 'succeeded'
}
