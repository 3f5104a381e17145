import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { operations } from '../../simulator/operations/all.ts'
import { backupPath, del, get, pass, post, restoreBody, stopClock } from './client.ts'

beforeEach(stopClock)
afterEach(() => {
  vi.useRealTimers()
})

test('every operation answers, and neither side breaks the contract', async () => {
  await using cloud = await startSimulator()
  const { clusterId, projectId } = cloud
  const path = `/v2/clusters/${clusterId}`

  const projects = await get(cloud, '/v2/projects')
  expect(projects.body.data[0]).toMatchObject({ projectId, regionIds: ['aws-us-west-2', 'aws-us-east-1'] })
  const project = await get(cloud, `/v2/projects/${projectId}`)
  expect(project.body.data).toMatchObject({ projectId, instanceCount: 2, orgType: 'SAAS' })
  const regions = await get(cloud, '/v2/regions?cloudId=gcp')
  expect(regions.body.data).toContainEqual({
    cloudId: 'gcp',
    regionId: 'gcp-us-west1',
    domain: 'api.cloud.zilliz.com',
  })
  const clusters = await get(cloud, `/v2/clusters?projectId=${projectId}`)
  expect(clusters.body.data.clusters.map((cluster: { clusterName: string }) => cluster.clusterName)).toEqual([
    'staging',
    'production',
  ])
  const cluster = await get(cloud, path)
  expect(cluster.body.data).toMatchObject({
    status: 'RUNNING',
    connectAddress: `https://${clusterId}.aws-us-west-2.vectordb.zillizcloud.com:19530`,
  })

  const created = await post(cloud, `${path}/backups/create`, { backupType: 'CLUSTER' })
  const { backupId, backupName, jobId } = created.body.data
  expect(backupId).toMatch(/^backup1_[a-z\d]{15}$/)
  expect(backupName).toBe('production_backup1')
  expect(jobId).toMatch(/^job-[a-z\d]{22}$/)
  pass(cloud, 6)
  const job = await get(cloud, `/v2/jobs/${jobId}`)
  expect(job.body.data).toMatchObject({ type: 'BACKUP', status: 'SUCCESSFUL', progress: '100', reason: '' })
  expect(job.body.data.endTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  const listed = await get(cloud, '/v2/backups')
  expect(listed.body.data.backups[0]).toMatchObject({ backupId, status: 'AVAILABLE' })
  expect(listed.body.data.backups[0]).not.toHaveProperty('regionId')
  const described = await get(cloud, backupPath(cloud, backupId))
  expect(described.body.data).toMatchObject({ backupId, regionId: 'aws-us-west-2' })
  expect(described.body.data.dbCollections[1]).toEqual({
    dbName: 'sales',
    collections: [
      { collectionName: 'orders', description: '', status: 'LOADED' },
      { collectionName: 'items', description: '', status: 'UNLOADED' },
    ],
  })

  const restored = await post(cloud, backupPath(cloud, backupId, '/restoreCluster'), restoreBody(cloud))
  expect(restored.body.data).toMatchObject({
    username: 'db_admin',
    password: expect.stringMatching(/^.{16}$/),
  })
  pass(cloud, 8)
  const copy = await get(cloud, `/v2/clusters/${restored.body.data.clusterId}`)
  expect(copy.body.data).toMatchObject({ clusterName: 'copy', status: 'RUNNING', createProgress: 100 })
  const staging = cloud.world.cluster('staging').clusterId
  const collections = await post(cloud, backupPath(cloud, backupId, '/restoreCollection'), {
    destClusterId: staging,
    dbCollections: [{ dbName: 'sales', destDbName: 'shop', collections: [{ collectionName: 'orders' }] }],
  })
  expect(collections.body.data).toEqual({ jobId: expect.any(String) })
  pass(cloud, 6)
  expect(cloud.world.collections(staging)).toContain('shop.orders LOADED')
  const exported = await post(cloud, backupPath(cloud, backupId, '/export'), {
    integrationId: 'integ-1',
  })
  expect(exported.body.data.jobId).toMatch(/^job-/)
  const deleted = await del(cloud, backupPath(cloud, backupId))
  expect(deleted.body.data).toEqual({ backupId, backupName })

  const policy = { enabled: true, frequency: '1,2', startTime: '23:00-01:00', retentionDays: 3 }
  expect((await post(cloud, `${path}/backups/policy`, policy)).body.data.status).toBe('ENABLED')
  expect((await get(cloud, `${path}/backups/policy`)).body.data).toMatchObject({ retentionDays: 3 })

  const dedicated = await post(cloud, '/v2/clusters/createDedicated', {
    clusterName: 'fresh',
    projectId,
    regionId: 'aws-us-east-1',
    cuType: 'Performance-optimized',
    cuSize: 1,
  })
  const fresh = `/v2/clusters/${dedicated.body.data.clusterId}`
  pass(cloud, 4)
  await fetch(cloud.baseUrl + fresh, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${cloud.apiKey}`, 'content-type': 'application/json', OrgId: 'org-1' },
    body: '{"clusterName":"renamed"}',
  })
  expect(cloud.world.cluster('renamed').status).toBe('RUNNING')
  for (const [change, status] of [
    ['modify', 'MODIFYING'],
    ['suspend', 'SUSPENDING'],
    ['resume', 'RESUMING'],
  ] as const) {
    await post(cloud, `${fresh}/${change}`, change === 'modify' ? { cuSize: 2 } : undefined)
    expect(cloud.world.cluster('renamed').status).toBe(status)
    pass(cloud, 4)
  }
  expect((await del(cloud, `${fresh}/drop`)).body.data.clusterId).toBe(dedicated.body.data.clusterId)
  pass(cloud, 4)
  expect((await get(cloud, fresh)).body.code).toBe(96018)

  const performed = cloud.requests.filter(request => request.applied).map(request => request.operationId)
  expect(new Set(performed)).toEqual(new Set(Object.keys(operations)))
  expect(cloud.problems).toEqual([])
})
