/** `if-exists: reuse` of a restore, where a cluster has the name: nothing is restored. */
import { waitForRunning } from '../clusters/wait-for-new.ts'
import { endpointRows } from '../report.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { quote } from '../untrusted-text.ts'
import type { Token } from '../verification/token.ts'
import type { Cluster } from '../zilliz/decode.ts'

/** What it takes of the request. */
interface Reuse {
  clusterName: string
  wait: boolean
  dryRun: boolean
  verify?: Token | undefined
  /** Milliseconds. */
  pollInterval: number
}

/** The cluster is used as it is. */
export async function reuse(request: Reuse, step: Step, existing: Cluster): Promise<Outcome> {
  const { clusterId } = existing
  const { clusterName, pollInterval } = request
  step.publish('clusterId', clusterId)
  step.publish('clusterName', existing.clusterName)
  step.publish('connectAddress', existing.connectAddress)
  step.publishBoolean('created', false)
  step.notice(
    `Existing cluster ${clusterId} already has the name ${quote(clusterName)} and is used: nothing is restored.`,
  )
  const isWaitedFor = request.wait && !request.dryRun
  const address = isWaitedFor ? await waitForRunning(step, clusterId, pollInterval) : existing.connectAddress
  showReused(step, { clusterId, clusterName, connectAddress: address })
  if (isWaitedFor && request.verify !== undefined && address !== undefined) {
    const { verifyRestored } = await import('./verify-restored.ts')
    const cluster = { clusterId, clusterName, connectAddress: address, token: request.verify, pollInterval }
    await verifyRestored(step, cluster, { expectations: [] })
  }
  if (request.dryRun) return planned(step, [])
  return isWaitedFor ? 'succeeded' : 'skipped'
}

function showReused(
  { report }: Step,
  {
    clusterId,
    clusterName,
    connectAddress,
  }: { clusterId: string; clusterName: string; connectAddress: string | undefined },
): void {
  report.heading = `Existing cluster ${clusterName} used, nothing restored`
  report.sentence =
    'Its data is what it was before. No password is known: use the one you have, or restore anew with if-exists: replace.'
  report.rows.push(...endpointRows(connectAddress), { name: 'Cluster id', value: { code: clusterId } })
}
