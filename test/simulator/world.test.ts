import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { ask, backupPath, finishedBackup, pass, restoreBody, stopClock } from './ask.ts'

beforeEach(stopClock)
afterEach(() => {
  vi.useRealTimers()
})

test('a backup and its job go from the first to the last state by the clock alone', async () => {
  await using cloud = await startSimulator({ jobSeconds: 100 })
  const { body } = await ask(cloud, 'POST', `/v2/clusters/${cloud.clusterId}/backups/create`, {
    backupType: 'CLUSTER',
  })
  const { jobId, backupId } = body.data
  const look = async () => {
    const job = (await ask(cloud, 'GET', `/v2/jobs/${jobId}`)).body.data
    const backup = (await ask(cloud, 'GET', backupPath(cloud, backupId))).body.data
    return [job.status, job.progress, 'endTime' in job, backup.status, backup.size > 0]
  }
  expect(await look()).toEqual(['PENDING', '0', false, 'CREATING', false])
  pass(cloud, 50)
  expect(await look()).toEqual(['IN_PROGRESS', '50', false, 'CREATING', false])
  pass(cloud, 49.9)
  expect(await look()).toEqual(['IN_PROGRESS', '99', false, 'CREATING', false])
  pass(cloud, 0.1)
  expect(await look()).toEqual(['SUCCESSFUL', '100', true, 'AVAILABLE', true])
})

test('the speed stretches the clock of the world', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const before = cloud.world.now()
  vi.setSystemTime(Date.now() + 1000)
  expect(cloud.world.now() - before).toBe(60_000)
})

test('a planned job goes as planned, and only the job it was planned for', async () => {
  await using cloud = await startSimulator()
  cloud.world.nextJob({ type: 'EXPORT', outcome: 'FAILED', reason: 'bucket not found' })
  cloud.world.nextJob({ durationSeconds: 30, statuses: ['PENDING', 'PAUSED', 'IN_PROGRESS'] })
  const path = `/v2/clusters/${cloud.clusterId}/backups/create`
  const { jobId, backupId } = (await ask(cloud, 'POST', path, { backupType: 'CLUSTER' })).body.data
  pass(cloud, 15)
  expect(cloud.world.jobStatus(jobId)).toBe('PAUSED')
  pass(cloud, 15)
  expect(cloud.world.jobStatus(jobId)).toBe('SUCCESSFUL')
  const exported = await ask(cloud, 'POST', backupPath(cloud, backupId, '/export'), {
    integrationId: 'integ-1',
  })
  pass(cloud, 6)
  const failed = await ask(cloud, 'GET', `/v2/jobs/${exported.body.data.jobId}`)
  expect(failed.body.data).toMatchObject({ status: 'FAILED', reason: 'bucket not found' })
})

test('a job may never end', async () => {
  await using cloud = await startSimulator()
  cloud.world.nextJob({ durationSeconds: Number.POSITIVE_INFINITY })
  const path = `/v2/clusters/${cloud.clusterId}/backups/create`
  const { jobId } = (await ask(cloud, 'POST', path, { backupType: 'CLUSTER' })).body.data
  pass(cloud, 1e9)
  expect((await ask(cloud, 'GET', `/v2/jobs/${jobId}`)).body.data).toMatchObject({
    status: 'PENDING',
    progress: '0',
  })
})

test('one manual backup at a time, none beside an automatic one, but an automatic one beside a manual one', async () => {
  await using cloud = await startSimulator()
  const path = `/v2/clusters/${cloud.clusterId}/backups/create`
  const create = async () => (await ask(cloud, 'POST', path, { backupType: 'CLUSTER' })).body
  expect((await create()).code).toBe(0)
  expect(await create()).toMatchObject({ code: 96038, message: expect.stringContaining('manual') })
  cloud.world.startAutomaticBackup(cloud.clusterId, { durationSeconds: 60 })
  pass(cloud, 6)
  expect(await create()).toMatchObject({ code: 96038, message: expect.stringContaining('automatic') })
  pass(cloud, 54)
  expect((await create()).code).toBe(0)
  const staging = cloud.world.cluster('staging').clusterId
  cloud.world.startManualBackup(staging)
  expect(
    (await ask(cloud, 'POST', `/v2/clusters/${staging}/backups/create`, { backupType: 'CLUSTER' })).body.code,
  ).toBe(96038)
})

test('a collection backup holds what was asked, of one database', async () => {
  await using cloud = await startSimulator()
  const create = async (dbCollections: object[]) =>
    (
      await ask(cloud, 'POST', `/v2/clusters/${cloud.clusterId}/backups/create`, {
        backupType: 'COLLECTION',
        dbCollections,
      })
    ).body
  expect(await create([{ dbName: 'sales', collectionNames: ['nothing'] }])).toMatchObject({ code: 96038 })
  expect(
    await create([
      { dbName: 'sales', collectionNames: ['orders'] },
      { dbName: 'default', collectionNames: ['products'] },
    ]),
  ).toMatchObject({ code: 96038, message: expect.stringContaining('one database') })
  const { data } = await create([{ collectionNames: ['products'] }])
  expect(data.backupName).toBe('products_backup1')
  expect(cloud.world.backup(data.backupId).databases).toMatchObject([
    { name: 'default', collections: [{ name: 'products' }] },
  ])
})

test('what is not Dedicated has no backups', async () => {
  await using cloud = await startSimulator()
  const free = cloud.world.addCluster({ deploymentOption: 'Free' }).clusterId
  const serverless = cloud.world.cluster('playground').clusterId
  const create = (id: string) =>
    ask(cloud, 'POST', `/v2/clusters/${id}/backups/create`, { backupType: 'CLUSTER' })
  expect((await create(free)).body.code).toBe(96021)
  expect((await create(serverless)).body.code).toBe(96022)
  expect((await create('in01-000000000000000')).body.code).toBe(96018)
})

test('copies in other regions get jobs of their own after the backup', async () => {
  await using cloud = await startSimulator()
  const create = async (regionId: string, clusterId = cloud.clusterId) =>
    (
      await ask(cloud, 'POST', `/v2/clusters/${clusterId}/backups/create`, {
        backupType: 'CLUSTER',
        crossRegionCopies: [{ regionId }],
      })
    ).body
  expect((await create('aws-nowhere')).code).toBe(96001)
  expect((await create('gcp-us-west1')).code).toBe(96038)
  expect((await create('aws-us-east-1', cloud.world.cluster('scratch').clusterId)).code).toBe(96038)
  const { backupId } = (await create('aws-us-east-1')).data
  expect(cloud.world.jobs).toHaveLength(1)
  pass(cloud, 6)
  expect(cloud.world.backup(backupId).copies).toMatchObject([
    { regionId: 'aws-us-east-1', job: { type: 'COPY' } },
  ])
})

test('a restored cluster comes up by and by and holds the backup', async () => {
  await using cloud = await startSimulator({ jobSeconds: 10, restoreLagSeconds: 5 })
  const backupId = await finishedBackup(cloud)
  pass(cloud, 4)
  cloud.world.nextPassword = 'line one\n"quoted" %0A ::'
  const body = restoreBody(cloud, { cuSize: 4, collectionStatus: 'RELEASE' })
  const { data } = (await ask(cloud, 'POST', backupPath(cloud, backupId, '/restoreCluster'), body)).body
  expect(data.password).toBe('line one\n"quoted" %0A ::')
  expect(cloud.world.nextPassword).toBeUndefined()
  const look = async () => {
    const cluster = (await ask(cloud, 'GET', `/v2/clusters/${data.clusterId}`)).body.data
    return [cluster.status, cluster.connectAddress !== '', cloud.world.jobStatus(data.jobId)]
  }
  expect(await look()).toEqual(['CREATING', false, 'PENDING'])
  pass(cloud, 5)
  expect(await look()).toEqual(['RESTORE_BACKUP', false, 'IN_PROGRESS'])
  pass(cloud, 5)
  expect(await look()).toEqual(['RESTORE_BACKUP', false, 'SUCCESSFUL'])
  pass(cloud, 5)
  expect(await look()).toEqual(['RUNNING', true, 'SUCCESSFUL'])
  expect(cloud.world.collections('copy')).toEqual([
    'default.medium_articles UNLOADED',
    'default.products UNLOADED',
    'sales.orders UNLOADED',
    'sales.items UNLOADED',
    'archive.orders_2023 UNLOADED',
  ])
})

test('a cluster restore is refused where the service would refuse it', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud
  const whole = cloud.world.addBackup({ clusterId }).backupId
  const partial = cloud.world.addBackup({ clusterId, backupType: 'COLLECTION' }).backupId
  const old = cloud.world.addBackup({ clusterId, ageSeconds: 31 * 86_400 }).backupId
  const making = cloud.world.startManualBackup(clusterId).backupId
  const elsewhere = cloud.world.addProject({ regionIds: ['gcp-us-west1'] }).projectId
  const restore = async (backupId: string, changes: object = {}) =>
    (await ask(cloud, 'POST', backupPath(cloud, backupId, '/restoreCluster'), restoreBody(cloud, changes)))
      .body.code
  expect(await restore(partial)).toBe(96040)
  expect(await restore(making)).toBe(96040)
  expect(await restore(old, { restoreVersionPolicy: 'ORIGINAL' })).toBe(96040)
  expect(await restore('backup9_000000000000000')).toBe(40020)
  expect(await restore(whole, { projectId: elsewhere })).toBe(96040)
  expect(await restore(whole, { projectId: 'Default Project' })).toBe(96005)
  expect(await restore(whole, { projectId: 'proj-0000000000000000000000' })).toBe(96027)
  expect(await restore(whole, { clusterName: 'a name' })).toBe(96010)
  expect(await restore(whole, { clusterName: 'staging' })).toBe(96017)
  expect(cloud.world.clusters.some(cluster => cluster.clusterName === 'copy')).toBe(false)
  expect(await restore(whole, { restoreVersionPolicy: 'ORIGINAL' })).toBe(0)
  expect(cloud.problems).toEqual([])
})

test('sizes follow the plan and the type', async () => {
  await using cloud = await startSimulator()
  const standard = cloud.world.addCluster({ plan: 'Standard' }).clusterId
  const tiered = cloud.world.addCluster({ cuType: 'Tiered-storage', cuSize: 8 }).clusterId
  const restore = async (clusterId: string, cuSize: number) => {
    const { backupId } = cloud.world.addBackup({ clusterId })
    const body = restoreBody(cloud, { cuSize, clusterName: `size-${cuSize}` })
    return (await ask(cloud, 'POST', `/v2/clusters/${clusterId}/backups/${backupId}/restoreCluster`, body))
      .body.code
  }
  expect([await restore(standard, 3), await restore(standard, 36), await restore(standard, 32)]).toEqual([
    96023, 96023, 0,
  ])
  expect([await restore(tiered, 4), await restore(tiered, 16)]).toEqual([96023, 0])
})

test('collections are restored under the asked name, without a list all of them unloaded', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const path = backupPath(cloud, backupId, '/restoreCollection')
  const destClusterId = cloud.world.cluster('scratch').clusterId
  const entry = { collectionName: 'orders', destCollectionName: 'copied', destCollectionStatus: 'UNLOADED' }
  await ask(cloud, 'POST', path, {
    destClusterId,
    dbCollections: [{ dbName: 'sales', collections: [entry] }],
  })
  expect(cloud.world.collections('scratch')).toEqual([])
  pass(cloud, 6)
  expect(cloud.world.collections('scratch')).toEqual(['sales.copied UNLOADED'])
  await ask(cloud, 'POST', path, { destClusterId })
  pass(cloud, 6)
  expect(cloud.world.collections('scratch')).toHaveLength(6)
  expect(cloud.world.collections('scratch').every(line => line.endsWith('UNLOADED'))).toBe(true)
  const missing = { destClusterId, dbCollections: [{ collections: [{ collectionName: 'nothing' }] }] }
  expect((await ask(cloud, 'POST', path, missing)).body.code).toBe(96039)
})

test('a cluster in change takes neither backups nor restores nor a drop', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const { clusterId } = cloud.world.addCluster({ status: 'RESIZING' })
  const replies = [
    await ask(cloud, 'POST', `/v2/clusters/${clusterId}/backups/create`, { backupType: 'CLUSTER' }),
    await ask(cloud, 'POST', backupPath(cloud, backupId, '/restoreCollection'), { destClusterId: clusterId }),
    await ask(cloud, 'DELETE', `/v2/clusters/${clusterId}/drop`),
  ]
  expect(replies.map(reply => reply.body.code)).toEqual([40003, 40003, 40003])
})

test('a dropped cluster takes its automatic backups with it, and its name is free once it is gone', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud
  const manual = cloud.world.addBackup({ clusterId }).backupId
  const auto = cloud.world.addBackup({ clusterId, creationMethod: 'AUTO' }).backupId
  const body = restoreBody(cloud, { clusterName: 'production' })
  await ask(cloud, 'DELETE', `/v2/clusters/${clusterId}/drop`)
  expect((await ask(cloud, 'GET', `/v2/clusters/${clusterId}`)).body.data.status).toBe('DELETING')
  expect((await ask(cloud, 'POST', backupPath(cloud, manual, '/restoreCluster'), body)).body.code).toBe(96017)
  pass(cloud, 4)
  expect((await ask(cloud, 'GET', `/v2/clusters/${clusterId}`)).body.code).toBe(96018)
  expect((await ask(cloud, 'GET', backupPath(cloud, auto))).body.code).toBe(40020)
  expect((await ask(cloud, 'POST', backupPath(cloud, manual, '/restoreCluster'), body)).body.code).toBe(0)
})

test('a backup is gone at once when it is deleted, and not deleted while it is made', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.startManualBackup(cloud.clusterId)
  const path = backupPath(cloud, backupId)
  expect((await ask(cloud, 'DELETE', path)).body.code).toBe(40003)
  pass(cloud, 6)
  expect((await ask(cloud, 'DELETE', path)).body.code).toBe(0)
  expect((await ask(cloud, 'GET', path)).body.code).toBe(40020)
  expect((await ask(cloud, 'DELETE', path)).body.code).toBe(40020)
  expect((await ask(cloud, 'GET', '/v2/backups')).body.data.backups).toEqual([])
})

test('an automatic backup expires', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.startAutomaticBackup(cloud.clusterId)
  pass(cloud, 7 * 86_400 - 1)
  expect((await ask(cloud, 'GET', backupPath(cloud, backupId))).body.data.status).toBe('AVAILABLE')
  pass(cloud, 1)
  expect(cloud.world.backup(backupId).status).toBe('DELETED')
})

test('switching the policy on starts a backup at once, which blocks manual ones', async () => {
  await using cloud = await startSimulator()
  const path = `/v2/clusters/${cloud.clusterId}/backups`
  expect((await ask(cloud, 'GET', `${path}/policy`)).body.data).toMatchObject({
    status: 'DISABLED',
    startTime: null,
  })
  const set = async (body: object) => (await ask(cloud, 'POST', `${path}/policy`, body)).body.code
  expect(await set({ enabled: true, frequency: '0,8' })).toBe(96032)
  expect(await set({ enabled: true, startTime: '02:00-05:00' })).toBe(96033)
  expect(await set({ enabled: true, crossRegionCopies: [{ regionId: 'mars' }] })).toBe(96001)
  expect(cloud.world.backups).toEqual([])
  expect(
    await set({ enabled: true, crossRegionPolicies: [{ regionId: 'aws-us-east-1', retentionDays: 2 }] }),
  ).toBe(0)
  expect(cloud.world.backups).toMatchObject([{ creationMethod: 'AUTO', status: 'CREATING' }])
  expect((await ask(cloud, 'GET', `${path}/policy`)).body.data.crossRegionCopies).toEqual([
    { regionId: 'aws-us-east-1', retentionDays: 2, region: 'us-east-1' },
  ])
  expect((await ask(cloud, 'POST', `${path}/create`, { backupType: 'CLUSTER' })).body.code).toBe(96038)
  expect(await set({ enabled: false })).toBe(0)
})

test('an unknown record is an error in a test', async () => {
  await using cloud = await startSimulator()
  expect(() => cloud.world.cluster('nobody')).toThrow('the simulated world has no nobody')
})
