import { ApiError } from './api-error.ts'
import { timestamp } from './clock.ts'
import { endpointAddress } from './data-plane/endpoint.ts'
import type { Cluster, StateScript } from './records.ts'
import { isReadable, type State, sameId } from './state.ts'

/** Fields that `addCluster` accepts; the others have defaults. `plan` or `deploymentOption` makes a free or serverless one. */
export type ClusterDraft = Partial<Omit<Cluster, 'backupCount'>>

export function addCluster(state: State, now: number, draft: ClusterDraft): Cluster {
  const option = draft.deploymentOption ?? optionOf(draft.plan)
  const dedicated = option === 'Dedicated'
  const prefixes = { Dedicated: 'in01-', Free: 'in03-', Serverless: 'in05-' } as const
  const plans = { Dedicated: 'Enterprise', Free: 'Free', Serverless: 'Serverless' } as const
  const cluster: Cluster = {
    clusterId: state.ids.cluster(prefixes[option]),
    clusterName: `cluster-${state.clusters.length + 1}`,
    projectId: state.projects[0]?.projectId ?? '',
    description: '',
    regionId: 'aws-us-west-2',
    deploymentOption: option,
    cuType: dedicated ? 'Performance-optimized' : '',
    plan: plans[option],
    cuSize: dedicated ? 1 : 0,
    replica: 1,
    status: 'RUNNING',
    createdAt: now,
    readyAt: now,
    databases: [{ name: 'default', collections: [] }],
    backupCount: 0,
    ...draft,
  }
  state.clusters.push(cluster)
  const script = state.scripts.get(cluster.clusterName)
  state.scripts.delete(cluster.clusterName)
  if (script !== undefined) followScript(state, cluster, { now, script })
  return cluster
}

function optionOf(plan: Cluster['plan'] | undefined): Cluster['deploymentOption'] {
  return plan === 'Free' || plan === 'Serverless' ? plan : 'Dedicated'
}

/** Takes the cluster through these states, whatever else is going on, until a request changes its status. */
export function followScript(
  state: State,
  cluster: Cluster,
  { now, script }: { now: number; script: StateScript },
): void {
  cluster.script = script
  for (const [seconds, status] of script) {
    state.scheduler.at(now + seconds * 1000, () => {
      if (cluster.script === script) cluster.status = status
    })
  }
}

/** @throws {ApiError} 96018 when there is no such cluster, it was dropped, or it is not readable yet. */
export function requireCluster(state: State, clusterId: string): Cluster {
  const cluster = state.clusters.find(candidate => sameId(state, candidate.clusterId, clusterId))
  if (cluster === undefined || !isVisible(state, cluster)) throw clusterNotFound(clusterId)
  return cluster
}

/** @throws {ApiError} As `requireCluster`; 96021 and 96022 unless Dedicated; 40003 for a status not in `statuses`. */
export function requireDedicated(state: State, clusterId: string, statuses: readonly string[]): Cluster {
  const cluster = requireCluster(state, clusterId)
  if (cluster.deploymentOption === 'Free') throw new ApiError(96021, 'Not supported for free clusters')
  if (cluster.deploymentOption === 'Serverless')
    throw new ApiError(96022, 'Not supported for serverless clusters')
  requireStatus(cluster, statuses)
  return cluster
}

/** @throws {ApiError} 40003 when the cluster's status is not among `statuses`. */
export function requireStatus(cluster: Cluster, statuses: readonly string[]): void {
  if (cluster.status === 'DELETED') throw clusterNotFound(cluster.clusterId)
  if (statuses.includes(cluster.status)) return
  throw new ApiError(
    40003,
    `The operation is not allowed in the current state of the cluster. Cluster: ${cluster.clusterName}, state: ${cluster.status}`,
  )
}

export function clusterNotFound(clusterId: string): ApiError {
  return new ApiError(96018, `Cluster not found. clusterId: ${clusterId}`)
}

export function isVisible(state: State, cluster: Cluster): boolean {
  if (cluster.status === 'DELETED' && state.variants.droppedCluster === 'gone') return false
  return isReadable(state, cluster)
}

/** @throws {ApiError} 96010 for characters that are not allowed (variant `nameRule`), 96017 or 40013 for a name in use. */
export function checkClusterName(state: State, projectId: string, name: string): void {
  if (state.variants.nameRule === 'strict' && !/^[a-z\d-]+$/i.test(name)) {
    throw new ApiError(96010, `Invalid cluster name. Only letters, digits and hyphens are allowed: ${name}`)
  }
  if (state.variants.nameRule === 'wide' && !/^[a-z\d _\p{Script=Han}-]{1,64}$/iu.test(name)) {
    throw new ApiError(96010, `Invalid cluster name: ${name}`)
  }
  const taken = state.clusters.some(
    other => other.projectId === projectId && other.clusterName === name && other.status !== 'DELETED',
  )
  if (taken)
    throw new ApiError(
      state.variants.nameTakenCode,
      `The cluster name already exists in the project: ${name}`,
    )
}

/** @throws {ApiError} 96023 for a size that the plan or the CU type does not offer (F49). */
export function checkCuSize(plan: string, cuType: string, cuSize: number): void {
  const standard = cuSize <= 32 && (cuSize <= 2 || cuSize % 4 === 0)
  const allowed = (plan !== 'Standard' || standard) && (cuType !== 'Tiered-storage' || cuSize >= 8)
  if (!allowed)
    throw new ApiError(96023, `No such combination. CU type: ${cuType}, CU size: ${cuSize}, plan: ${plan}`)
}

/** Sets `during` now and `after` later; a status that was changed in between is kept. */
export function changeStatus(
  state: State,
  cluster: Cluster,
  { now, during, after }: { now: number; during: string; after: string },
): void {
  cluster.script = undefined
  cluster.status = during
  state.scheduler.at(now + state.settings.clusterSeconds * 1000, () => {
    if (cluster.status === during) cluster.status = after
  })
}

export function clusterSummary(state: State, cluster: Cluster) {
  const connected = !['CREATING', 'RESTORE_BACKUP', 'DELETED'].includes(cluster.status)
  return {
    clusterId: cluster.clusterId,
    clusterName: cluster.clusterName,
    description: cluster.description,
    regionId: cluster.regionId,
    plan: cluster.plan,
    cuType: cluster.cuType,
    cuSize: cluster.cuSize,
    status: shownStatus(state, cluster.status),
    connectAddress: connected ? connectAddress(state, cluster) : '',
    privateLinkAddress: '',
    createTime: timestamp(cluster.createdAt),
    projectId: cluster.projectId,
    deploymentOption: cluster.deploymentOption,
  }
}

function connectAddress(state: State, cluster: Cluster): string {
  const host = `${cluster.clusterId}.${cluster.regionId}.vectordb.zillizcloud.com`
  return endpointAddress(state, cluster) ?? `https://${host}:19530`
}

export function clusterDetails(state: State, cluster: Cluster, now: number) {
  const created = !['CREATING', 'RESTORE_BACKUP'].includes(cluster.status)
  const fraction = (now - cluster.createdAt) / Math.max(1, cluster.readyAt - cluster.createdAt)
  return {
    ...clusterSummary(state, cluster),
    replica: state.variants.countsAs === 'text' ? String(cluster.replica) : cluster.replica,
    storageSize: 0,
    snapshotNumber: cluster.backupCount,
    createProgress: created ? 100 : Math.min(99, Math.max(0, Math.floor(fraction * 100))),
    ...(cluster.autoscaling === undefined ? {} : { autoscaling: cluster.autoscaling }),
  }
}

function shownStatus(state: State, status: string): string {
  if (state.variants.suspendedStatus === 'SUSPENDED') return status
  const stopped: Record<string, string> = { SUSPENDING: 'STOPPING', SUSPENDED: 'STOPPED' }
  return stopped[status] ?? status
}
