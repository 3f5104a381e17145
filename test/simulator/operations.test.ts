import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type OperationId, type Simulator, startSimulator } from '../../simulator/index.ts'
import { create } from './api-calls.ts'
import { backupPath, del, get, pass, post, restoreBody, stopClock } from './client.ts'

beforeEach(stopClock)
afterEach(() => {
  vi.useRealTimers()
})

const clusterPath = (cloud: Simulator, action = '') => `/v2/clusters/${cloud.clusterId}${action}`

const addBackup = (cloud: Simulator) => cloud.world.addBackup({ clusterId: cloud.clusterId })

/** A successful call of each operation. The type fails to compile when an operation has no test. */
const checks: { [Id in OperationId]: (cloud: Simulator) => Promise<void> } = {
  async listProjects(cloud) {
    const [project] = (await get(cloud, '/v2/projects')).body.data
    const { projectId } = cloud
    expect(project).toMatchObject({ projectId, regionIds: ['aws-us-west-2', 'aws-us-east-1'] })
  },
  async describeProject(cloud) {
    const { projectId } = cloud
    const { data } = (await get(cloud, `/v2/projects/${projectId}`)).body
    expect(data).toMatchObject({ projectId, instanceCount: 2, orgType: 'SAAS' })
  },
  async listCloudRegions(cloud) {
    const { data } = (await get(cloud, '/v2/regions?cloudId=gcp')).body
    const domain = 'api.cloud.zilliz.com'
    expect(data).toContainEqual({ cloudId: 'gcp', regionId: 'gcp-us-west1', domain })
  },
  async listClusters(cloud) {
    const { clusters } = (await get(cloud, `/v2/clusters?projectId=${cloud.projectId}`)).body.data
    expect(clusters).toMatchObject([{ clusterName: 'staging' }, { clusterName: 'production' }])
  },
  async describeCluster(cloud) {
    const { data } = (await get(cloud, clusterPath(cloud))).body
    const connectAddress = `https://${cloud.clusterId}.aws-us-west-2.vectordb.zillizcloud.com:19530`
    expect(data).toMatchObject({ status: 'RUNNING', connectAddress })
  },
  async createBackup(cloud) {
    expect((await create(cloud)).data).toEqual({
      backupId: expect.stringMatching(/^backup1_[a-z\d]{15}$/),
      backupName: 'production_backup1',
      jobId: expect.stringMatching(/^job-[a-z\d]{22}$/),
    })
  },
  async describeJob(cloud) {
    const { jobId } = (await create(cloud)).data
    pass(cloud, 6)
    const { data } = (await get(cloud, `/v2/jobs/${jobId}`)).body
    expect(data).toMatchObject({ type: 'BACKUP', status: 'SUCCESSFUL', progress: '100', reason: '' })
    expect(data.endTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  },
  async listBackups(cloud) {
    const { backupId } = addBackup(cloud)
    const [backup] = (await get(cloud, '/v2/backups')).body.data.backups
    expect(backup).toMatchObject({ backupId, status: 'AVAILABLE' })
    expect(backup).not.toHaveProperty('regionId')
  },
  async describeBackup(cloud) {
    const { backupId } = addBackup(cloud)
    const { data } = (await get(cloud, backupPath(cloud, backupId))).body
    expect(data).toMatchObject({ backupId, regionId: 'aws-us-west-2' })
    expect(data.dbCollections[1]).toEqual({
      dbName: 'sales',
      collections: [
        { collectionName: 'orders', description: '', status: 'LOADED' },
        { collectionName: 'items', description: '', status: 'UNLOADED' },
      ],
    })
  },
  async deleteBackup(cloud) {
    const { backupId, backupName } = addBackup(cloud)
    const { data } = (await del(cloud, backupPath(cloud, backupId))).body
    expect(data).toEqual({ backupId, backupName })
  },
  async exportBackup(cloud) {
    const { backupId } = addBackup(cloud)
    const body = { integrationId: 'integ-1' }
    const { data } = (await post(cloud, backupPath(cloud, backupId, '/export'), body)).body
    expect(data.jobId).toMatch(/^job-/)
  },
  async restoreCluster(cloud) {
    const { backupId } = addBackup(cloud)
    const path = backupPath(cloud, backupId, '/restoreCluster')
    const { clusterId, username, password } = (await post(cloud, path, restoreBody(cloud))).body.data
    expect([username, password]).toEqual(['db_admin', expect.stringMatching(/^(?=.*[^\w])[!-~]{16}$/)])
    const read = async () => (await get(cloud, `/v2/clusters/${clusterId}`)).body.data
    pass(cloud, 2)
    expect(await read()).toMatchObject({ status: 'RESTORE_BACKUP', createProgress: 50 })
    pass(cloud, 4)
    expect(await read()).toMatchObject({ clusterName: 'copy', status: 'RUNNING', createProgress: 100 })
  },
  async restoreCollection(cloud) {
    const { backupId } = addBackup(cloud)
    const { clusterId: destClusterId } = cloud.world.cluster('staging')
    const { data } = (
      await post(cloud, backupPath(cloud, backupId, '/restoreCollection'), {
        destClusterId,
        dbCollections: [{ dbName: 'sales', destDbName: 'shop', collections: [{ collectionName: 'orders' }] }],
      })
    ).body
    expect(data).toEqual({ jobId: expect.any(String) })
    pass(cloud, 6)
    expect(cloud.world.collections(destClusterId)).toContain('shop.orders LOADED')
  },
  async setBackupPolicy(cloud) {
    const policy = { enabled: true, frequency: '1,2', startTime: '23:00-01:00', retentionDays: 3 }
    const { data } = (await post(cloud, clusterPath(cloud, '/backups/policy'), policy)).body
    expect(data).toEqual({ clusterId: cloud.clusterId, status: 'ENABLED' })
  },
  async getBackupPolicy(cloud) {
    const path = clusterPath(cloud, '/backups/policy')
    await post(cloud, path, { enabled: true, retentionDays: 3 })
    expect((await get(cloud, path)).body.data).toMatchObject({ status: 'ENABLED', retentionDays: 3 })
  },
  async modifyCluster(cloud) {
    await post(cloud, clusterPath(cloud, '/modify'), { cuSize: 4 })
    await expectStatuses(cloud, 'MODIFYING', 'RUNNING')
    expect(cloud.world.cluster('production').cuSize).toBe(4)
  },
  async suspendCluster(cloud) {
    await post(cloud, clusterPath(cloud, '/suspend'))
    await expectStatuses(cloud, 'SUSPENDING', 'SUSPENDED')
  },
  async resumeCluster(cloud) {
    cloud.world.cluster('production').status = 'SUSPENDED'
    await post(cloud, clusterPath(cloud, '/resume'))
    await expectStatuses(cloud, 'RESUMING', 'RUNNING')
  },
  async dropCluster(cloud) {
    const { data } = (await del(cloud, clusterPath(cloud, '/drop'))).body
    expect(data.clusterId).toBe(cloud.clusterId)
    pass(cloud, 4)
    expect((await get(cloud, clusterPath(cloud))).body.code).toBe(96018)
  },
}

async function expectStatuses(cloud: Simulator, during: string, after: string): Promise<void> {
  const status = async () => (await get(cloud, clusterPath(cloud))).body.data.status
  expect(await status()).toBe(during)
  pass(cloud, 4)
  expect(await status()).toBe(after)
}

test.each(Object.keys(checks) as OperationId[])('operation %s', async operationId => {
  await using cloud = await startSimulator()
  await checks[operationId](cloud)
  expect(cloud.requests.some(request => request.operationId === operationId && request.applied)).toBe(true)
  expect(cloud.problems).toEqual([])
})
