/** Waiting for a cluster: RUNNING, with an address. */
import { messageOf, OperationFailed, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { clusterRunning } from '../waiting/cluster.ts'
import { notFoundGrace } from '../waiting/conditions.ts'
import { jobSuccessful } from '../waiting/job.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import type { RestoredCluster } from '../zilliz/changes.ts'
import { isNotFound } from '../zilliz/errors.ts'

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
    await waitForAll(step, [...job, cluster.condition], { pollInterval, failFast: true })
    return cluster.address()
  } catch (error) {
    // A refused read of the cluster itself has said all that there is.
    if (!(error instanceof OperationFailed || isNotFound(error, 'job'))) throw error
    step.inProgress.ended({ kind: 'cluster', clusterId })
    const { whatBecame } = await import('./failed-restore.ts')
    throw withMore(error, { stake: await whatBecame(step, clusterId, messageOf(error)) })
  }
}

/** The same for one that is there already. */
export async function waitForRunning(step: Step, clusterId: string, pollInterval: number): Promise<string> {
  const cluster = running(step, clusterId, notFoundGrace.none)
  await waitForAll(step, [cluster.condition], { pollInterval, failFast: true })
  return cluster.address()
}

function running(step: Step, clusterId: string, grace: number) {
  let address = ''
  const condition = clusterRunning(clusterId, grace, ({ connectAddress }) => {
    step.publish('connectAddress', connectAddress)
    address = connectAddress ?? address
  })
  return { condition, address: () => address }
}
