import type { Simulator } from '../../simulator/index.ts'
import { backupPath, get, pass, post, restoreBody } from './client.ts'

export const restore = async (cloud: Simulator, changes: object = {}) => {
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  return (await post(cloud, backupPath(cloud, backupId, '/restoreCluster'), restoreBody(cloud, changes))).body
}

export const restoreInto = async (cloud: Simulator, destClusterId: string, dbCollections?: object[]) => {
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const body = dbCollections === undefined ? { destClusterId } : { destClusterId, dbCollections }
  const response = await post(cloud, backupPath(cloud, backupId, '/restoreCollection'), body)
  pass(cloud, 6)
  return response.body
}

export const create = async (cloud: Simulator) =>
  (await post(cloud, `/v2/clusters/${cloud.clusterId}/backups/create`, { backupType: 'CLUSTER' })).body

/** Describes a backup job at half of its duration, or after it failed. */
export const describedJob = async (cloud: Simulator, fail = false) => {
  if (fail) cloud.world.nextJob({ outcome: 'FAILED' })
  const { jobId } = (await create(cloud)).data
  pass(cloud, fail ? 6 : 3)
  return (await get(cloud, `/v2/jobs/${jobId}`)).body
}

export const describedBackup = async (cloud: Simulator) => {
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  return (await get(cloud, backupPath(cloud, backupId))).body.data
}
