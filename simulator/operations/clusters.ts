import { ApiError } from '../api-error.ts'
import {
  changeStatus,
  checkCuSize,
  clusterDetails,
  clusterSummary,
  isVisible,
  requireCluster,
  requireDedicated,
  requireStatus,
} from '../clusters.ts'
import { paginate, sorted } from '../listing.ts'
import { type Handler, param } from './call.ts'

export const listClusters: Handler = (state, { query }) => {
  const region = query.region ?? query.regionId
  const projectId = state.variants.clusterProjectFilter ? query.projectId : undefined
  const found = state.clusters.filter(
    cluster =>
      isVisible(state, cluster) &&
      (region === undefined || cluster.regionId === region) &&
      (projectId === undefined || cluster.projectId === projectId),
  )
  const { page, paging } = paginate(
    state,
    sorted(state, found, cluster => cluster.clusterId),
    query,
  )
  return { ...paging, clusters: page.map(cluster => clusterSummary(state, cluster)) }
}

export const describeCluster: Handler = (state, call) =>
  clusterDetails(state, requireCluster(state, param(call, 'clusterId')), call.now)

/** Deletes the automatic backups and keeps the manual ones (F33). The name is free again once the cluster is DELETED. */
export const dropCluster: Handler = (state, call) => {
  const cluster = requireCluster(state, param(call, 'clusterId'))
  requireStatus(cluster, ['RUNNING', 'SUSPENDED', 'ABNORMAL'])
  for (const backup of state.backups) {
    if (backup.source.clusterId === cluster.clusterId && backup.creationMethod === 'AUTO')
      backup.status = 'DELETED'
  }
  changeStatus(state, cluster, { now: call.now, during: 'DELETING', after: 'DELETED' })
  return {
    clusterId: cluster.clusterId,
    prompt: 'The cluster is being dropped and stays in the recycle bin for 30 days.',
  }
}

export const suspendCluster: Handler = (state, call) => {
  const cluster = requireDedicated(state, param(call, 'clusterId'), ['RUNNING'])
  changeStatus(state, cluster, { now: call.now, during: 'SUSPENDING', after: 'SUSPENDED' })
  return { clusterId: cluster.clusterId, prompt: 'Submission successful. The cluster is being suspended.' }
}

export const resumeCluster: Handler = (state, call) => {
  const cluster = requireDedicated(state, param(call, 'clusterId'), ['SUSPENDED'])
  changeStatus(state, cluster, { now: call.now, during: 'RESUMING', after: 'RUNNING' })
  return { clusterId: cluster.clusterId, prompt: 'Submission successful. The cluster is being resumed.' }
}

interface ModifyClusterBody {
  cuSize?: number
  replica?: number
  autoscaling?: { cu?: object; replica?: object }
}

export const modifyCluster: Handler = (state, call) => {
  const body = call.body as ModifyClusterBody
  const cluster = requireDedicated(state, param(call, 'clusterId'), ['RUNNING'])
  const cuSize = body.cuSize ?? cluster.cuSize
  const replica = body.replica ?? cluster.replica
  const setTwice =
    (body.cuSize !== undefined && body.autoscaling?.cu !== undefined) ||
    (body.replica !== undefined && body.autoscaling?.replica !== undefined)
  if (setTwice || cuSize * replica > 1024)
    throw new ApiError(96023, 'No such combination of size, replicas and scaling')
  checkCuSize(cluster.plan, cluster.cuType, cuSize)
  Object.assign(cluster, { cuSize, replica, ...(body.autoscaling ? { autoscaling: body.autoscaling } : {}) })
  changeStatus(state, cluster, { now: call.now, during: 'MODIFYING', after: 'RUNNING' })
  return { clusterId: cluster.clusterId, prompt: 'Submission successful. The cluster is being modified.' }
}
