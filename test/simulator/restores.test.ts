import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { backupPath, finishedBackup, get, pass, post, restoreBody, stopClock } from './client.ts'

beforeEach(stopClock)
afterEach(() => {
  vi.useRealTimers()
})

test('a restored cluster becomes RUNNING in steps and contains the backup', async () => {
  await using cloud = await startSimulator({ jobSeconds: 10, restoreLagSeconds: 3 })
  const backupId = await finishedBackup(cloud)
  pass(cloud, 4)
  cloud.world.nextPassword = 'line one\n"quoted" %0A ::'
  const body = restoreBody(cloud, { cuSize: 4, collectionStatus: 'RELEASE' })
  const { data } = (await post(cloud, backupPath(cloud, backupId, '/restoreCluster'), body)).body
  expect(data.password).toBe('line one\n"quoted" %0A ::')
  expect(cloud.world.nextPassword).toBeUndefined()
  const read = async () => {
    const cluster = (await get(cloud, `/v2/clusters/${data.clusterId}`)).body.data
    return [cluster.status, cluster.connectAddress !== '', cloud.world.jobStatus(data.jobId)]
  }
  expect(await read()).toEqual(['CREATING', false, 'PENDING'])
  pass(cloud, 5)
  expect(await read()).toEqual(['RESTORE_BACKUP', false, 'IN_PROGRESS'])
  pass(cloud, 2)
  expect(await read()).toEqual(['RUNNING', true, 'IN_PROGRESS'])
  pass(cloud, 3)
  expect(await read()).toEqual(['RUNNING', true, 'SUCCESSFUL'])
  expect(cloud.world.collections('copy')).toEqual([
    'default.medium_articles UNLOADED',
    'default.products UNLOADED',
    'sales.orders UNLOADED',
    'sales.items UNLOADED',
    'archive.orders_2023 UNLOADED',
  ])
})

test('a cluster restore is rejected where the service would reject it', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud
  const complete = cloud.world.addBackup({ clusterId }).backupId
  const partial = cloud.world.addBackup({ clusterId, backupType: 'COLLECTION' }).backupId
  const old = cloud.world.addBackup({ clusterId, ageSeconds: 31 * 86_400 }).backupId
  const unfinished = cloud.world.startManualBackup(clusterId).backupId
  const elsewhere = cloud.world.addProject({ regionIds: ['gcp-us-west1'] }).projectId
  const restore = async (backupId: string, changes: object = {}) =>
    (await post(cloud, backupPath(cloud, backupId, '/restoreCluster'), restoreBody(cloud, changes))).body.code
  expect(await restore(partial)).toBe(96040)
  expect(await restore(unfinished)).toBe(96040)
  expect(await restore(old, { restoreVersionPolicy: 'ORIGINAL' })).toBe(96040)
  expect(await restore('backup9_000000000000000')).toBe(40020)
  expect(await restore(complete, { projectId: elsewhere })).toBe(96040)
  expect(await restore(complete, { projectId: 'Default Project' })).toBe(96005)
  expect(await restore(complete, { projectId: 'proj-0000000000000000000000' })).toBe(96027)
  expect(await restore(complete, { clusterName: 'a name' })).toBe(96010)
  expect(await restore(complete, { clusterName: 'staging' })).toBe(96017)
  expect(cloud.world.clusters.some(cluster => cluster.clusterName === 'copy')).toBe(false)
  expect(await restore(complete, { restoreVersionPolicy: 'ORIGINAL' })).toBe(0)
  expect(cloud.problems).toEqual([])
})

test('the allowed sizes depend on the plan and the CU type', async () => {
  await using cloud = await startSimulator()
  const standard = cloud.world.addCluster({ plan: 'Standard' }).clusterId
  const tiered = cloud.world.addCluster({ cuType: 'Tiered-storage', cuSize: 8 }).clusterId
  const restore = async (clusterId: string, cuSize: number) => {
    const { backupId } = cloud.world.addBackup({ clusterId })
    const body = restoreBody(cloud, { cuSize, clusterName: `size-${cuSize}` })
    return (await post(cloud, `/v2/clusters/${clusterId}/backups/${backupId}/restoreCluster`, body)).body.code
  }
  expect([await restore(standard, 3), await restore(standard, 36), await restore(standard, 32)]).toEqual([
    96023, 96023, 0,
  ])
  expect([await restore(tiered, 4), await restore(tiered, 16)]).toEqual([96023, 0])
})

test('collections are restored under the requested name; without a list, all of them unloaded', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const path = backupPath(cloud, backupId, '/restoreCollection')
  const destClusterId = cloud.world.cluster('scratch').clusterId
  const entry = { collectionName: 'orders', destCollectionName: 'copied', destCollectionStatus: 'UNLOADED' }
  await post(cloud, path, {
    destClusterId,
    dbCollections: [{ dbName: 'sales', collections: [entry] }],
  })
  expect(cloud.world.collections('scratch')).toEqual([])
  pass(cloud, 6)
  expect(cloud.world.collections('scratch')).toEqual(['sales.copied UNLOADED'])
  await post(cloud, path, { destClusterId })
  pass(cloud, 6)
  expect(cloud.world.collections('scratch')).toHaveLength(6)
  expect(cloud.world.collections('scratch').every(line => line.endsWith('UNLOADED'))).toBe(true)
  const missing = { destClusterId, dbCollections: [{ collections: [{ collectionName: 'nothing' }] }] }
  expect((await post(cloud, path, missing)).body.code).toBe(96039)
})
