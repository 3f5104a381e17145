import type { ReplacementFault, WireFault } from '../faults.ts'
import type { Cluster } from '../records.ts'
import type { State } from '../state.ts'

/** How the data plane of one cluster behaves; omitted fields have their defaults. */
export interface EndpointPlan {
  /**
   * World seconds after RUNNING for which it still refuses; Infinity: for ever. Of a cluster that is RUNNING already:
   * from now on. Default: the variant `endpointDelaySeconds`. Before RUNNING it always refuses.
   */
  refusesForSeconds?: number
  /** How it refuses: by a closed port, or by any answer that a fault can give. Default: HTTP 503 of a gateway. */
  refusal?: 'port-closed' | ReplacementFault | WireFault
  /** Whether the API key of the simulator is a token of this cluster; default true. */
  acceptsApiKey?: boolean
  /** How a wrong token is answered; default code 1800 with HTTP 200. */
  rejection?: ReplacementFault
  /** The host of its address. `localhost` is a name, which a step can be kept from resolving. */
  host?: '127.0.0.1' | 'localhost'
}

/** The data plane of one cluster. */
export interface Endpoint {
  plan: EndpointPlan
  /** World milliseconds; undefined while the cluster is not up. */
  runningSince: number | undefined
  /** Undefined until its listener was opened for the first time. */
  port: number | undefined
}

const notUp = ['CREATING', 'SUSPENDING', 'SUSPENDED', 'RESUMING', 'DELETING', 'DELETED']

/** Made with the cluster's plan when it is first asked for. */
export function endpointOf(state: State, cluster: Cluster): Endpoint {
  const known = state.endpoints.get(cluster.clusterId)
  if (known !== undefined) return known
  const plan = state.endpointPlans.get(cluster.clusterName) ?? {}
  state.endpointPlans.delete(cluster.clusterName)
  // One that was added as RUNNING has been so since it was made.
  const runningSince = cluster.status === 'RUNNING' ? cluster.createdAt : undefined
  const endpoint: Endpoint = { plan, runningSince, port: undefined }
  state.endpoints.set(cluster.clusterId, endpoint)
  return endpoint
}

export function replan(
  state: State,
  cluster: Cluster,
  { plan, now }: { plan: EndpointPlan; now: number },
): void {
  const endpoint = endpointOf(state, cluster)
  endpoint.plan = plan
  if (endpoint.runningSince !== undefined) endpoint.runningSince = now
  state.onEndpointChange?.(cluster)
}

/** Notes since when each cluster is up; called whenever a status may have changed. */
export function noteEndpoints(state: State, time: number): void {
  if (!state.settings.dataPlane) return
  for (const cluster of state.clusters) {
    const endpoint = endpointOf(state, cluster)
    const before = endpoint.runningSince
    if (cluster.status === 'RUNNING') endpoint.runningSince ??= time
    else if (notUp.includes(cluster.status)) endpoint.runningSince = undefined
    if (endpoint.runningSince !== before) state.onEndpointChange?.(cluster)
  }
}

/** World milliseconds from which on it answers; Infinity while nobody can say. */
export function opensAt(state: State, { plan, runningSince }: Endpoint): number {
  if (runningSince === undefined) return Number.POSITIVE_INFINITY
  return runningSince + (plan.refusesForSeconds ?? state.variants.endpointDelaySeconds) * 1000
}

export function isPortClosed(state: State, cluster: Cluster, now: number): boolean {
  if (cluster.status === 'DELETED') return true
  const endpoint = endpointOf(state, cluster)
  return endpoint.plan.refusal === 'port-closed' && now < opensAt(state, endpoint)
}

/** What it answers to every request for now; undefined when it serves them. */
export function refusalOf(
  state: State,
  cluster: Cluster,
  now: number,
): ReplacementFault | WireFault | undefined {
  const endpoint = endpointOf(state, cluster)
  if (now >= opensAt(state, endpoint)) return undefined
  const refusal = endpoint.plan.refusal ?? { kind: 'gateway', status: 503 }
  // A connection that is still open does not notice that the port was closed.
  return refusal === 'port-closed' ? { kind: 'reset' } : refusal
}

/** What `connectAddress` shows, once the cluster has a listener. */
export function endpointAddress(state: State, { clusterId }: Cluster): string | undefined {
  const endpoint = state.endpoints.get(clusterId)
  if (endpoint?.port === undefined) return undefined
  return `http://${endpoint.plan.host ?? '127.0.0.1'}:${endpoint.port}`
}
