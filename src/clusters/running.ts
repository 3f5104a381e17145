/** Waiting for a cluster: RUNNING, with an address. */
import type { Step } from '../step.ts'
import { clusterRunning } from '../waiting/cluster.ts'
import { notFoundGrace } from '../waiting/conditions.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'

/** For one that is there already. */
export async function waitForRunning(step: Step, clusterId: string, pollInterval: number): Promise<string> {
  const cluster = running(step, clusterId, notFoundGrace.none)
  await waitForAll(step, [cluster.condition], { pollInterval, failFast: true })
  return cluster.address()
}

export function running(step: Step, clusterId: string, grace: number) {
  let address = ''
  const condition = clusterRunning(clusterId, grace, ({ connectAddress }) => {
    step.publish('connectAddress', connectAddress)
    address = connectAddress ?? address
  })
  return { condition, address: () => address }
}
