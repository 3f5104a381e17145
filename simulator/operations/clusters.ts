import { ApiError } from '../api-error.ts'
import {
  changeStatus,
  checkCuSize,
  clusterDetails,
  requireCluster,
  requireDedicated,
  requireStatus,
} from '../clusters.ts'
import { type Handler, param } from './call.ts'

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
