/** Waiting for a cluster: RUNNING, with an address. */
import { Cancelled, messageOf, OperationFailed, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import { clusterRunning } from '../waiting/cluster.ts'
import { notFoundGrace } from '../waiting/conditions.ts'
import { jobSuccessful } from '../waiting/job.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import type { RestoredCluster } from '../zilliz/changes.ts'
import { isNotFound } from '../zilliz/errors.ts'
import { isDeletingOrGone, isGone, stateOf } from './busy.ts'

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

/**
 * What becomes of the cluster of a failed restore is not known (U10): it may stay and cost money.
 *
 * @param said already
 */
async function whatBecame(step: Step, clusterId: string, said: string): Promise<string> {
  try {
    const state = await stateOf(step, clusterId)
    if (isDeletingOrGone(state)) step.inProgress.created(undefined)
    if (isGone(state)) return `Cluster ${clusterId} is gone.`
    const isSaid = [' is', ':'].some(is => said.includes(`Cluster ${clusterId}${is} ${sanitize(state)}`))
    const sentence = isSaid ? '' : `Cluster ${clusterId} is ${sanitize(state)}.`
    return isDeletingOrGone(state) ? sentence : `${sentence} ${offerDrop(step, clusterId)}`.trim()
  } catch (error) {
    if (error instanceof Cancelled) throw error
    return `The state of cluster ${clusterId} is not known. ${offerDrop(step, clusterId)}`
  }
}

function offerDrop({ report, inProgress }: Step, clusterId: string): string {
  const inputs = [`target-cluster: ${clusterId}`]
  const content = { kind: 'step', operation: 'delete-cluster', inputs } as const
  // What goes on comes with that step anyway.
  if (inProgress.items.length === 0) report.folds.push({ title: 'A step that drops it', content })
  return `It may stay, keep the name and cost money: before this step runs again, drop it with operation: delete-cluster and ${inputs[0]}.`
}
