/** What a step may send to the endpoints of clusters. */
import type { DataRequestRecord, RequestRecord, Simulator } from '../../simulator/index.ts'
import type { Before } from './deletions.ts'
import type { StepResult } from './step-result.ts'

/** At an endpoint reads are POSTs too. */
export function isChange(request: RequestRecord): boolean {
  const isOfEndpoint = 'clusterId' in request
  return isOfEndpoint ? request.operationId === 'alterAlias' : request.method !== 'GET'
}

/** Of both kinds, in the order in which they were sent. */
export function inOrder(
  requests: readonly RequestRecord[],
  dataRequests: readonly DataRequestRecord[],
): (RequestRecord | DataRequestRecord)[] {
  return [...requests, ...dataRequests].sort((one, other) => one.realTime - other.realTime)
}

/** A change has a connection of its own: one that was kept may be closed under it, and nobody knows what became of it. */
export function changesOnUsedConnections(requests: readonly RequestRecord[]): string[] {
  const isUsed = (change: RequestRecord) =>
    requests.some(other => other !== change && other.connection === change.connection)
  return requests
    .filter(request => isChange(request) && isUsed(request))
    .map(({ method, path }) => `${method} ${path} over a connection that another request has used`)
}

interface Sent {
  step: Pick<StepResult, 'outputs'>
  inputs: Readonly<Record<string, string>>
  before: Before
  cloud: Simulator
  requests: readonly RequestRecord[]
  dataRequests: readonly DataRequestRecord[]
}

/**
 * Whatever went where it must not go: the control plane gets the API key alone, and the one cluster that the step is
 * about gets its token alone. That is its own user's where this step has made it, else `data-token`, else the key.
 */
export function strayTokens({ step, inputs, before, cloud, requests, dataRequests }: Sent): string[] {
  const { clusterId, password } = step.outputs
  // An empty one stands for the environment.
  const apiKey = inputs['api-key']?.trim() || cloud.apiKey
  const given = inputs['data-token'] ?? apiKey
  const wasThere = before.clusters.some(cluster => cluster.clusterId === clusterId)
  // No header can hold another password.
  const isOwn = !wasThere && password !== undefined && /^[\x20-\x7e]+$/.test(password)
  const token = isOwn ? `db_admin:${password}` : given
  const toControlPlane = requests.filter(({ headers }) => headers.authorization !== `Bearer ${apiKey}`)
  const toOthers = dataRequests.filter(request => request.clusterId !== clusterId)
  const wrong = dataRequests.filter(({ headers }) => headers.authorization !== `Bearer ${token}`)
  return [
    ...toControlPlane.map(({ path }) => `not the key to ${path}`),
    ...toOthers.map(request => `${request.path} to ${request.clusterId}, not to ${clusterId}`),
    ...wrong.map(({ path }) => `another token than its own to ${path}`),
  ]
}
