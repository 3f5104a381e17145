import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { get } from './client.ts'

test('backups are filtered, newest first, ten per page', async () => {
  await using cloud = await startSimulator()
  const { clusterId, projectId } = cloud
  const staging = cloud.world.cluster('staging').clusterId
  for (let hours = 12; hours >= 1; hours--) cloud.world.addBackup({ clusterId, ageSeconds: hours * 3600 })
  cloud.world.addBackup({ clusterId: staging, creationMethod: 'AUTO' })
  cloud.world.addBackup({ clusterId: staging, backupType: 'COLLECTION' })
  cloud.world.addBackup({ clusterId: staging, status: 'FAILED' })
  const list = async (query: string) => (await get(cloud, `/v2/backups?${query}`)).body.data
  const first = await list(`clusterId=${clusterId}`)
  expect(first).toMatchObject({ count: 12, currentPage: 1, pageSize: 10 })
  const times = first.backups.map((backup: { createTime: string }) => backup.createTime)
  expect(times).toEqual([...times].sort().reverse())
  expect((await list(`clusterId=${clusterId}&currentPage=2`)).backups).toHaveLength(2)
  expect((await list(`clusterId=${clusterId}&currentPage=3`)).backups).toEqual([])
  expect((await list('creationMethod=AUTO')).count).toBe(1)
  expect((await list('backupType=COLLECTION')).count).toBe(1)
  expect((await list(`projectId=${projectId}`)).count).toBe(14)
  expect((await list('projectId=proj-0000000000000000000000')).count).toBe(0)
  const since = new Date(Date.now() - 5.5 * 3600 * 1000).toISOString()
  expect((await list(`clusterId=${clusterId}&start=${since}`)).count).toBe(5)
  expect((await list(`clusterId=${clusterId}&end=${since}`)).count).toBe(7)
  expect(cloud.problems).toEqual([])
})

test.each([
  ['start=yesterday', 96007],
  ['start=2026-01-02T00:00:00Z&end=2026-01-01T00:00:00Z', 96035],
])('listing backups with %s is rejected', async (query, code) => {
  await using cloud = await startSimulator()
  expect((await get(cloud, `/v2/backups?${query}`)).body.code).toBe(code)
})

test('clusters are filtered by region with either parameter name', async () => {
  await using cloud = await startSimulator()
  cloud.world.addCluster({ regionId: 'gcp-us-west1', clusterName: 'west' })
  for (const name of ['region', 'regionId']) {
    const { clusters } = (await get(cloud, `/v2/clusters?${name}=gcp-us-west1`)).body.data
    expect(clusters).toMatchObject([{ clusterName: 'west' }])
  }
})

test('in any order the pages together contain everything once', async () => {
  await using cloud = await startSimulator()
  for (let seconds = 0; seconds < 23; seconds++) {
    cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: seconds % 5 })
  }
  const order = fc.constantFrom('newest-first', 'oldest-first', 'shuffled')
  await fc.assert(
    fc.asyncProperty(order, fc.integer({ min: 4, max: 30 }), async (listOrder, pageSize) => {
      cloud.variants.listOrder = listOrder
      const ids: string[] = []
      for (let page = 1; ; page++) {
        const { body } = await get(cloud, `/v2/backups?pageSize=${pageSize}&currentPage=${page}`)
        ids.push(...body.data.backups.map((backup: { backupId: string }) => backup.backupId))
        if (body.data.backups.length < pageSize) break
      }
      expect(ids).toHaveLength(23)
      expect(new Set(ids).size).toBe(23)
    }),
    { numRuns: 15 },
  )
})
