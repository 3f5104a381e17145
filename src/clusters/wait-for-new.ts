/** Waiting for a cluster that this step has made. */
import { messageOf, OperationFailed, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { notFoundGrace } from '../waiting/conditions.ts'
import { jobSuccessful } from '../waiting/job.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import type { RestoredCluster } from '../zilliz/changes.ts'
import { isNotFound } from '../zilliz/errors.ts'
import { running } from './running.ts'

/** Waits for the job and for RUNNING with an address; either may come first (U10). */
export async function waitForNew(
  step: Step,
  { clusterId, jobId }: RestoredCluster,
  pollInterval: number,
): Promise<string> {
  const grace = notFoundGrace.created
  const job = jobId === undefined ? [] : [jobSuccessful(jobId, { grace, isReadBack: true })]
  const cluster = running(step, clusterId, grace)
  try {
    await waitForAll(step, [...job, cluster.condition], { pollInterval, failFast: true, isNew: true })
    return cluster.address()
  } catch (error) {
    // A refused read of the cluster itself has said all that there is.
    if (!(error instanceof OperationFailed || isNotFound(error, 'job'))) throw error
    step.inProgress.ended({ kind: 'cluster', clusterId })
    const { whatBecame } = await import('./failed-restore.ts')
    throw withMore(error, { stake: await whatBecame(step, clusterId, messageOf(error)) })
  }
}
