import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { restore } from './api-calls.ts'
import { del, get, pass, stopClock } from './client.ts'

beforeEach(stopClock)
afterEach(() => {
  vi.useRealTimers()
})

async function statuses(cloud: Simulator, clusterId: string, seconds: readonly number[]) {
  const shown: string[] = []
  let before = 0
  for (const second of seconds) {
    pass(cloud, second - before)
    before = second
    const { code, data } = (await get(cloud, `/v2/clusters/${clusterId}`)).body
    shown.push(data?.status ?? code)
  }
  return shown
}

test('a new cluster follows its script while its job goes on', async () => {
  await using cloud = await startSimulator()
  cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 20 })
  cloud.world.scriptStates('copy', [
    [2, 'RUNNING'],
    [4, 'RESTORE_BACKUP'],
    [25, 'RUNNING'],
  ])
  const { clusterId, jobId } = (await restore(cloud)).data
  expect(await statuses(cloud, clusterId, [0, 2, 4, 19])).toEqual([
    'CREATING',
    'RUNNING',
    'RESTORE_BACKUP',
    'RESTORE_BACKUP',
  ])
  pass(cloud, 1)
  expect(cloud.world.jobStatus(jobId)).toBe('SUCCESSFUL')
  expect(await statuses(cloud, clusterId, [4, 5])).toEqual(['RESTORE_BACKUP', 'RUNNING'])
  // For the next cluster of that name there is no script any more.
  await del(cloud, `/v2/clusters/${clusterId}/drop`)
  pass(cloud, 4)
  const next = (await restore(cloud)).data.clusterId
  expect(await statuses(cloud, next, [10])).toEqual(['RUNNING'])
})

test('a cluster goes away while its job succeeds, and a failed job leaves a scripted one alone', async () => {
  await using cloud = await startSimulator({ variants: { clusterLeftByFailedJob: 'gone' } })
  cloud.world.scriptStates('copy', [
    [0, 'RUNNING'],
    [2, 'DELETING'],
    [3, 'DELETED'],
  ])
  const { clusterId, jobId } = (await restore(cloud)).data
  expect(await statuses(cloud, clusterId, [1, 2, 3, 60])).toEqual(['RUNNING', 'DELETING', 96018, 96018])
  expect(cloud.world.jobStatus(jobId)).toBe('SUCCESSFUL')
  cloud.world.nextJob({ outcome: 'FAILED' })
  cloud.world.scriptStates('other', [[1, 'RUNNING']])
  const other = (await restore(cloud, { clusterName: 'other' })).data.clusterId
  expect(await statuses(cloud, other, [60])).toEqual(['RUNNING'])
})

test('a cluster that exists follows its script from now on, until a request changes its status', async () => {
  await using cloud = await startSimulator()
  cloud.world.scriptStates('staging', [
    [5, 'RESIZING'],
    [10, 'RUNNING'],
    [13, 'RESIZING'],
  ])
  const { clusterId } = cloud.world.cluster('staging')
  expect(await statuses(cloud, clusterId, [4, 5, 10])).toEqual(['RUNNING', 'RESIZING', 'RUNNING'])
  await del(cloud, `/v2/clusters/${clusterId}/drop`)
  expect(await statuses(cloud, clusterId, [3, 4])).toEqual(['DELETING', 96018])
})

test('a single job can be planned to end as SUCCEEDED', async () => {
  await using cloud = await startSimulator()
  cloud.world.nextJob({ outcome: 'SUCCEEDED' })
  const { clusterId, jobId } = (await restore(cloud)).data
  expect(await statuses(cloud, clusterId, [60])).toEqual(['RUNNING'])
  const job = (await get(cloud, `/v2/jobs/${jobId}`)).body.data
  expect(job).toMatchObject({ status: 'SUCCEEDED', progress: '100', reason: '' })
  expect(cloud.world.collections(clusterId)).toHaveLength(5)
})
