import type { Simulator } from '../../simulator/index.ts'
import { ask, backupPath, pass, restoreBody } from './ask.ts'

export const restore = async (cloud: Simulator, changes: object = {}) => {
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  return (
    await ask(cloud, 'POST', backupPath(cloud, backupId, '/restoreCluster'), restoreBody(cloud, changes))
  ).body
}

export const restoreInto = async (cloud: Simulator, destClusterId: string, dbCollections?: object[]) => {
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const body = dbCollections === undefined ? { destClusterId } : { destClusterId, dbCollections }
  const reply = await ask(cloud, 'POST', backupPath(cloud, backupId, '/restoreCollection'), body)
  pass(cloud, 6)
  return reply.body
}

export const create = async (cloud: Simulator) =>
  (await ask(cloud, 'POST', `/v2/clusters/${cloud.clusterId}/backups/create`, { backupType: 'CLUSTER' })).body

/** A backup job half way, or failed at its end. */
export const jobOf = async (cloud: Simulator, fail = false) => {
  if (fail) cloud.world.nextJob({ outcome: 'FAILED' })
  const { jobId } = (await create(cloud)).data
  pass(cloud, fail ? 6 : 3)
  return (await ask(cloud, 'GET', `/v2/jobs/${jobId}`)).body
}

export const described = async (cloud: Simulator) => {
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  return (await ask(cloud, 'GET', backupPath(cloud, backupId))).body.data
}
