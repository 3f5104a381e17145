import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { backupPath, get, pass, post, restoreBody, stopClock } from './client.ts'

beforeEach(stopClock)
afterEach(() => {
  vi.useRealTimers()
})

test.each([
  [{ cuSize: 200, replica: 6 }, 96023],
  [{ cuSize: 2, autoscaling: { cu: { min: 1, max: 4 } } }, 96023],
  [{ replica: 2, autoscaling: { replica: { min: 1, max: 4 } } }, 96023],
  [{ cuSize: 4, replica: 2 }, 0],
  [{ autoscaling: { cu: { min: 1, max: 4 } } }, 0],
])('modifying a cluster with %j responds with code %i', async (body, code) => {
  await using cloud = await startSimulator()
  expect((await post(cloud, `/v2/clusters/${cloud.clusterId}/modify`, body)).body.code).toBe(code)
})

test('a status that is changed during a scheduled change is kept', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  await post(cloud, backupPath(cloud, backupId, '/restoreCluster'), restoreBody(cloud))
  cloud.world.cluster('copy').status = 'FROZEN'
  await post(cloud, `/v2/clusters/${cloud.clusterId}/suspend`)
  cloud.world.cluster('production').status = 'FROZEN'
  pass(cloud, 60)
  expect([cloud.world.cluster('copy').status, cloud.world.cluster('production').status]).toEqual([
    'FROZEN',
    'FROZEN',
  ])
})

test('an export requires an integration, an Enterprise cluster and a finished backup', async () => {
  await using cloud = await startSimulator()
  const standard = cloud.world.addCluster({ plan: 'Standard' }).clusterId
  const done = cloud.world.addBackup({ clusterId: cloud.clusterId }).backupId
  const small = cloud.world.addBackup({ clusterId: standard }).backupId
  const unfinished = cloud.world.startManualBackup(cloud.clusterId).backupId
  const body = { integrationId: 'integ-1', directory: 'x/' }
  const code = async (path: string, sent: object = body) => (await post(cloud, path, sent)).body.code
  expect(await code(backupPath(cloud, done, '/export'), { integrationId: 'other' })).toBe(96036)
  expect(await code(`/v2/clusters/${standard}/backups/${small}/export`)).toBe(96028)
  expect(await code(backupPath(cloud, unfinished, '/export'))).toBe(40003)
  expect(await code(backupPath(cloud, done, '/export'))).toBe(0)
})

test('the progress of a job that did not succeed stays below 100', async () => {
  await using cloud = await startSimulator()
  cloud.world.nextJob({ outcome: 'CANCELED' })
  const path = `/v2/clusters/${cloud.clusterId}/backups/create`
  const { jobId } = (await post(cloud, path, { backupType: 'CLUSTER' })).body.data
  pass(cloud, 6)
  expect((await get(cloud, `/v2/jobs/${jobId}`)).body.data).toMatchObject({
    status: 'CANCELED',
    progress: '99',
  })
})
