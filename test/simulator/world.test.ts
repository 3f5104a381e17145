import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { backupPath, del, get, pass, post, restoreBody, stopClock } from './client.ts'

beforeEach(stopClock)
afterEach(() => {
  vi.useRealTimers()
})

test('the clock alone takes a backup and its job from the first to the last status', async () => {
  await using cloud = await startSimulator({ jobSeconds: 100 })
  const { body } = await post(cloud, `/v2/clusters/${cloud.clusterId}/backups/create`, {
    backupType: 'CLUSTER',
  })
  const { jobId, backupId } = body.data
  const read = async () => {
    const job = (await get(cloud, `/v2/jobs/${jobId}`)).body.data
    const backup = (await get(cloud, backupPath(cloud, backupId))).body.data
    return [job.status, job.progress, 'endTime' in job, backup.status, backup.size > 0]
  }
  expect(await read()).toEqual(['PENDING', '0', false, 'CREATING', false])
  pass(cloud, 50)
  expect(await read()).toEqual(['IN_PROGRESS', '50', false, 'CREATING', false])
  pass(cloud, 49.9)
  expect(await read()).toEqual(['IN_PROGRESS', '99', false, 'CREATING', false])
  pass(cloud, 0.1)
  expect(await read()).toEqual(['SUCCESSFUL', '100', true, 'AVAILABLE', true])
})

test('the speed multiplies world time', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const before = cloud.world.now()
  vi.setSystemTime(Date.now() + 1000)
  expect(cloud.world.now() - before).toBe(60_000)
})

test('a planned job runs as planned, and only a job of the planned type', async () => {
  await using cloud = await startSimulator()
  cloud.world.nextJob({ type: 'EXPORT', outcome: 'FAILED', reason: 'bucket not found' })
  cloud.world.nextJob({ durationSeconds: 30, statuses: ['PENDING', 'PAUSED', 'IN_PROGRESS'] })
  const path = `/v2/clusters/${cloud.clusterId}/backups/create`
  const { jobId, backupId } = (await post(cloud, path, { backupType: 'CLUSTER' })).body.data
  pass(cloud, 15)
  expect(cloud.world.jobStatus(jobId)).toBe('PAUSED')
  pass(cloud, 15)
  expect(cloud.world.jobStatus(jobId)).toBe('SUCCESSFUL')
  const exported = await post(cloud, backupPath(cloud, backupId, '/export'), {
    integrationId: 'integ-1',
  })
  pass(cloud, 6)
  const failed = await get(cloud, `/v2/jobs/${exported.body.data.jobId}`)
  expect(failed.body.data).toMatchObject({ status: 'FAILED', reason: 'bucket not found' })
})

test('a job can be planned never to end', async () => {
  await using cloud = await startSimulator()
  cloud.world.nextJob({ durationSeconds: Number.POSITIVE_INFINITY })
  const path = `/v2/clusters/${cloud.clusterId}/backups/create`
  const { jobId } = (await post(cloud, path, { backupType: 'CLUSTER' })).body.data
  pass(cloud, 1e9)
  expect((await get(cloud, `/v2/jobs/${jobId}`)).body.data).toMatchObject({
    status: 'PENDING',
    progress: '0',
  })
})

test('a running backup blocks manual backups of its cluster, not automatic ones', async () => {
  await using cloud = await startSimulator()
  const path = `/v2/clusters/${cloud.clusterId}/backups/create`
  const create = async () => (await post(cloud, path, { backupType: 'CLUSTER' })).body
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
    (await post(cloud, `/v2/clusters/${staging}/backups/create`, { backupType: 'CLUSTER' })).body.code,
  ).toBe(96038)
})

test('a collection backup contains the requested collections of one database', async () => {
  await using cloud = await startSimulator()
  const create = async (dbCollections: object[]) =>
    (
      await post(cloud, `/v2/clusters/${cloud.clusterId}/backups/create`, {
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

test('only Dedicated clusters can be backed up', async () => {
  await using cloud = await startSimulator()
  const free = cloud.world.addCluster({ deploymentOption: 'Free' }).clusterId
  const serverless = cloud.world.cluster('playground').clusterId
  const create = (id: string) => post(cloud, `/v2/clusters/${id}/backups/create`, { backupType: 'CLUSTER' })
  expect((await create(free)).body.code).toBe(96021)
  expect((await create(serverless)).body.code).toBe(96022)
  expect((await create('in01-000000000000000')).body.code).toBe(96018)
})

test('each copy in another region gets its own job after the backup', async () => {
  await using cloud = await startSimulator()
  const create = async (regionId: string, clusterId = cloud.clusterId) =>
    (
      await post(cloud, `/v2/clusters/${clusterId}/backups/create`, {
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

test('a cluster that is being modified rejects backups, restores and a drop', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const { clusterId } = cloud.world.addCluster({ status: 'RESIZING' })
  const responses = [
    await post(cloud, `/v2/clusters/${clusterId}/backups/create`, { backupType: 'CLUSTER' }),
    await post(cloud, backupPath(cloud, backupId, '/restoreCollection'), { destClusterId: clusterId }),
    await del(cloud, `/v2/clusters/${clusterId}/drop`),
  ]
  expect(responses.map(response => response.body.code)).toEqual([40003, 40003, 40003])
})

test('dropping a cluster deletes its automatic backups and then frees its name', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud
  const manual = cloud.world.addBackup({ clusterId }).backupId
  const auto = cloud.world.addBackup({ clusterId, creationMethod: 'AUTO' }).backupId
  const body = restoreBody(cloud, { clusterName: 'production' })
  await del(cloud, `/v2/clusters/${clusterId}/drop`)
  expect((await get(cloud, `/v2/clusters/${clusterId}`)).body.data.status).toBe('DELETING')
  expect((await post(cloud, backupPath(cloud, manual, '/restoreCluster'), body)).body.code).toBe(96017)
  pass(cloud, 4)
  expect((await get(cloud, `/v2/clusters/${clusterId}`)).body.code).toBe(96018)
  expect((await get(cloud, backupPath(cloud, auto))).body.code).toBe(40020)
  expect((await post(cloud, backupPath(cloud, manual, '/restoreCluster'), body)).body.code).toBe(0)
})

test('a backup is deleted immediately, but not while it is being created', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.startManualBackup(cloud.clusterId)
  const path = backupPath(cloud, backupId)
  expect((await del(cloud, path)).body.code).toBe(40003)
  pass(cloud, 6)
  expect((await del(cloud, path)).body.code).toBe(0)
  expect((await get(cloud, path)).body.code).toBe(40020)
  expect((await del(cloud, path)).body.code).toBe(40020)
  expect((await get(cloud, '/v2/backups')).body.data.backups).toEqual([])
})

test('an automatic backup expires', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.startAutomaticBackup(cloud.clusterId)
  pass(cloud, 7 * 86_400 - 1)
  expect((await get(cloud, backupPath(cloud, backupId))).body.data.status).toBe('AVAILABLE')
  pass(cloud, 1)
  expect(cloud.world.backup(backupId).status).toBe('DELETED')
})

test('enabling the policy starts a backup immediately, which blocks manual ones', async () => {
  await using cloud = await startSimulator()
  const path = `/v2/clusters/${cloud.clusterId}/backups`
  expect((await get(cloud, `${path}/policy`)).body.data).toMatchObject({
    status: 'DISABLED',
    startTime: null,
  })
  const set = async (body: object) => (await post(cloud, `${path}/policy`, body)).body.code
  expect(await set({ enabled: true, frequency: '0,8' })).toBe(96032)
  expect(await set({ enabled: true, startTime: '02:00-05:00' })).toBe(96033)
  expect(await set({ enabled: true, crossRegionCopies: [{ regionId: 'mars' }] })).toBe(96001)
  expect(cloud.world.backups).toEqual([])
  expect(
    await set({ enabled: true, crossRegionPolicies: [{ regionId: 'aws-us-east-1', retentionDays: 2 }] }),
  ).toBe(0)
  expect(cloud.world.backups).toMatchObject([{ creationMethod: 'AUTO', status: 'CREATING' }])
  expect((await get(cloud, `${path}/policy`)).body.data.crossRegionCopies).toEqual([
    { regionId: 'aws-us-east-1', retentionDays: 2, region: 'us-east-1' },
  ])
  expect((await post(cloud, `${path}/create`, { backupType: 'CLUSTER' })).body.code).toBe(96038)
  expect(await set({ enabled: false })).toBe(0)
})

test('an unknown record throws an error', async () => {
  await using cloud = await startSimulator()
  expect(() => cloud.world.cluster('unknown')).toThrow('the simulated world has no unknown')
})

test('earlier statuses are told where they are kept, and what a response held is in its record', async () => {
  await using cloud = await startSimulator({ jobSeconds: 100, keepStatuses: true })
  const { world, clusterId } = cloud
  const began = world.now()
  await post(cloud, `/v2/clusters/${clusterId}/backups/create`, { backupType: 'CLUSTER' })
  const backupId = world.backups[0]?.backupId ?? ''
  pass(cloud, 200)
  const at = (seconds: number) => world.statusAt(backupId, began + seconds * 1000)
  expect([at(-1), at(0), at(99), at(100), at(200)]).toEqual([
    undefined,
    'CREATING',
    'CREATING',
    'AVAILABLE',
    'AVAILABLE',
  ])
  expect(world.statusAt(clusterId, began)).toBe('RUNNING')
  expect(cloud.requests[0]?.data).toMatchObject({ backupId })
  await using other = await startSimulator()
  expect(() => other.world.statusAt(clusterId, 0)).toThrow('keepStatuses')
})
