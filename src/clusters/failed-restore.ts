/** The cluster of a restore that has failed. */
import { Cancelled } from '../errors.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import { isDeletingOrGone, isGone, stateOf } from './busy.ts'

/**
 * What becomes of the cluster of a failed restore is not known (U10): it may stay and cost money.
 *
 * @param said already
 */
export async function whatBecame(step: Step, clusterId: string, said: string): Promise<string> {
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
