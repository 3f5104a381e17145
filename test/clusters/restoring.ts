/** A step that restores into a new cluster, for the tests of it. */
import type { Simulator } from '../../simulator/index.ts'
import type { RestoreOptions } from '../../src/clusters/attempt.ts'
import { sendRestore } from '../../src/clusters/restore.ts'
import { stepIn } from '../harness/step.ts'

/** A restore about to be sent, and the step it is sent from. */
export function prepare(cloud: Simulator, more: Partial<RestoreOptions> = {}, timeout?: number) {
  const { step, reported, state, stop } = stepIn(cloud, timeout)
  const { clusterId, projectId } = cloud
  const { backupId } = cloud.world.addBackup({ clusterId })
  const options: RestoreOptions = {
    source: { clusterId, backupId },
    cluster: { clusterName: 'copy', projectId, cuSize: 1, collectionStatus: 'KEEP' },
    before: [],
    deleteAfterJob: true,
    sourceIds: [clusterId],
    protectedClusters: [],
    pollInterval: 15_000,
    ...more,
  }
  return { step, options, reported, state, stop, send: () => sendRestore(options, step) }
}

export const starts = (cloud: Simulator) =>
  cloud.requests.filter(({ operationId }) => operationId === 'restoreCluster').length
