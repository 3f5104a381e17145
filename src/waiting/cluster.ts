import { whileWaiting } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { describeCluster } from '../zilliz/reads.ts'
import { clusterState } from '../zilliz/states.ts'
import type { Condition } from './conditions.ts'

/** @param onRead receives every cluster that was read */
export function clusterRunning(
  clusterId: string,
  grace: number,
  onRead: (found: Cluster) => void,
): Condition {
  return {
    what: `cluster ${clusterId}`,
    item: { kind: 'cluster', clusterId },
    notFoundGrace: grace,
    async read(step) {
      const found = await describeCluster(whileWaiting(step).cloud, clusterId)
      onRead(found)
      const { status, connectAddress } = found
      switch (clusterState(status)) {
        case 'running':
          return connectAddress === undefined
            ? { state: 'pending', line: 'RUNNING, without an address yet' }
            : { state: 'met', line: 'RUNNING' }
        case 'stopped':
        case 'deleted':
          return {
            state: 'failed',
            line: `${status} and will not become RUNNING by itself.`,
            isHopeless: true,
          }
        case 'busy':
        case 'unknown':
          return { state: 'pending', line: sanitize(status) }
      }
    },
  }
}
