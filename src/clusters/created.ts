/** A cluster that this step has made. */
import { attemptAll } from '../errors.ts'
import type { RestoredCluster } from '../zilliz/changes.ts'
import type { Attempt } from './attempt.ts'

export const noPassword = 'The service gave no password for the new cluster. Reset it in the console.'

/**
 * The cluster is this step's. Its secret is masked, then its ids are logged and remembered, then outputs are written:
 * a full disk must not hide what was made and can be had only once.
 */
export function recordCreated(
  { step, cluster, deleteAfterJob }: Attempt,
  created: RestoredCluster,
  mayBeDropped = true,
): void {
  const { clusterId, username, password, jobId } = created
  if (password !== undefined) step.mask(password)
  step.inProgress.created(clusterId)
  if (jobId !== undefined) step.inProgress.started({ kind: 'job', jobId })
  step.inProgress.started({ kind: 'cluster', clusterId })
  const job = jobId === undefined ? '' : `: job ${jobId}`
  step.log(`Restore into the new cluster ${clusterId} has started${job}.`)
  const [failure] = attemptAll(
    () => deleteAfterJob && mayBeDropped && step.saveState('clusterId', clusterId),
    () => step.publish('password', password),
    () => step.publish('clusterId', clusterId),
    () => step.publish('clusterName', cluster.clusterName),
    () => step.publishBoolean('created', true),
    () => step.publish('username', username),
    () => step.publish('jobId', jobId),
    () => jobId !== undefined && step.publishList('jobIds', [jobId]),
  )
  if (failure !== undefined) throw failure
}
