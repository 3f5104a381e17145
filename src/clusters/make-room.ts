/** Frees the name of a new cluster. */
import type { Step } from '../step.ts'
import type { Cluster } from '../zilliz/decode.ts'
import type { PollOptions } from './busy.ts'
import { type Drop, drop, waitUntilNameIsFree } from './drop.ts'
import type { NameOptions, UsedName } from './name-used.ts'

/** Drops the cluster that has the name and waits until the name is free. */
async function replace(
  step: Step,
  { clusterId }: Cluster,
  { pollInterval, ...options }: NameOptions & PollOptions,
): Promise<Drop> {
  const { clusterName, projectId, sourceIds, protectedClusters } = options
  step.log(`Dropping cluster ${clusterId} to replace it.`)
  const { dropping: onSend } = step.inProgress
  const rule = { clusterId, clusterName, projectId, neverIds: sourceIds, protectedClusters, onSend }
  const outcome = await drop(step, rule, { pollInterval })
  if (outcome === 'dropped')
    step.note(
      `Cluster ${clusterId}, which had the name, is dropped. It stays in the recycle bin for 30 days.`,
    )
  await waitUntilNameIsFree(step, { clusterName, projectId, pollInterval }, [clusterId])
  return outcome
}

/**
 * Frees the name: drops the cluster that has it, or waits for those that are on their way out.
 *
 * @returns ids of the clusters that had it
 */
export async function makeRoom(
  step: Step,
  state: UsedName,
  options: NameOptions & { pollInterval: number },
): Promise<string[]> {
  switch (state.kind) {
    case 'leaving':
      step.log(`The name is used by ${state.clusterIds.join(', ')}, which is on its way out. Waiting for it.`)
      await waitUntilNameIsFree(step, options, state.clusterIds)
      return state.clusterIds
    case 'held':
      // One that was gone already does not hold the name any more: a refusal for it is final then.
      return (await replace(step, state.cluster, options)) === 'gone' ? [] : [state.cluster.clusterId]
  }
}
