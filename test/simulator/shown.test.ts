import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { backupPath, del, get, post } from './client.ts'

const listedBackups = async (cloud: Simulator, query = '') =>
  (await get(cloud, `/v2/backups${query}`)).body.data.backups

const listedClusters = async (cloud: Simulator, query = '') =>
  (await get(cloud, `/v2/clusters${query}`)).body.data.clusters

const describedCluster = async (cloud: Simulator, id: string) => (await get(cloud, `/v2/clusters/${id}`)).body

test.each([[1_700_000_000], [1_700_000_000_000], ['1700000000'], ['yesterday'], [null], [undefined]])(
  'the time of a backup or cluster can be shown as %j',
  async createTime => {
    await using cloud = await startSimulator()
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId, shown: { createTime } })
    const { clusterId } = cloud.world.addCluster({ clusterName: 'odd', shown: { createTime } })
    const entries = [
      (await listedBackups(cloud))[0],
      (await get(cloud, backupPath(cloud, backupId))).body.data,
      (await listedClusters(cloud))[0],
      (await describedCluster(cloud, clusterId)).data,
    ]
    expect(entries.map(entry => entry.createTime)).toEqual(Array(4).fill(createTime))
    expect(cloud.problems).toEqual([])
  },
)

test('a backup from the future is listed and described', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: -20 * 3600 })
  const [listed] = await listedBackups(cloud)
  const described = (await get(cloud, backupPath(cloud, backupId))).body.data
  for (const { createTime } of [listed, described]) {
    expect(Date.parse(createTime) - cloud.world.now()).toBeGreaterThan(19 * 3_600_000)
  }
})

test('a list can show other fields than the description, and goes by them when it filters', async () => {
  await using cloud = await startSimulator()
  const listed = { clusterName: 'shop-pr-1', projectId: cloud.projectId, createTime: undefined }
  const production = cloud.world.addProject().projectId
  const { clusterId } = cloud.world.addCluster({ clusterName: 'prod', projectId: production, listed })
  const [entry] = await listedClusters(cloud, `?projectId=${cloud.projectId}`)
  expect(entry).toMatchObject({ clusterId, clusterName: 'shop-pr-1', projectId: cloud.projectId })
  expect(entry).not.toHaveProperty('createTime')
  expect(await listedClusters(cloud, `?projectId=${production}`)).toEqual([])
  const { data } = await describedCluster(cloud, clusterId)
  expect(data).toMatchObject({ clusterName: 'prod', projectId: production, createTime: expect.any(String) })
})

test('a field that an entry does not show filters by what is true', async () => {
  await using cloud = await startSimulator()
  cloud.world.cluster('staging').listed = { projectId: undefined }
  const entries = await listedClusters(cloud, `?projectId=${cloud.projectId}`)
  expect(entries.map((entry: object) => 'projectId' in entry)).toEqual([false, true])
})

test('a list can leave out an entry for as long as a test wants', async () => {
  await using cloud = await startSimulator()
  const backup = cloud.world.addBackup({ clusterId: cloud.clusterId, listed: 'missing' })
  const cluster = cloud.world.cluster('staging')
  cluster.listed = 'missing'
  expect([(await listedBackups(cloud)).length, (await listedClusters(cloud)).length]).toEqual([0, 3])
  expect((await get(cloud, backupPath(cloud, backup.backupId))).body.code).toBe(0)
  backup.listed = {}
  cluster.listed = {}
  expect([(await listedBackups(cloud)).length, (await listedClusters(cloud)).length]).toEqual([1, 4])
})

test('a list can go on showing what was deleted', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud
  const { backupId } = cloud.world.addBackup({ clusterId, listed: { status: 'AVAILABLE' } })
  cloud.world.cluster('staging').listed = { status: 'RUNNING' }
  cloud.world.cluster('staging').status = 'DELETED'
  await del(cloud, backupPath(cloud, backupId))
  expect(await listedBackups(cloud)).toMatchObject([{ backupId, status: 'AVAILABLE' }])
  expect((await get(cloud, backupPath(cloud, backupId))).body.code).toBe(40020)
  expect((await listedClusters(cloud))[2]).toMatchObject({ clusterName: 'staging', status: 'RUNNING' })
})

test.each([
  [{ plan: 'Free' } as const, 96021],
  [{ plan: 'Serverless' } as const, 96022],
  [{ deploymentOption: 'Free' } as const, 96021],
  [{ deploymentOption: 'Serverless' } as const, 96022],
])('a cluster with %j shows its plan and cannot be backed up or restored into', async (draft, code) => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud.world.addCluster(draft)
  const plan = code === 96021 ? 'Free' : 'Serverless'
  const shown = { plan, deploymentOption: plan, cuType: '', cuSize: 0, status: 'RUNNING' }
  expect((await describedCluster(cloud, clusterId)).data).toMatchObject(shown)
  const send = async (path: string, body: object) => (await post(cloud, path, body)).body.code
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  expect(await send(`/v2/clusters/${clusterId}/backups/create`, { backupType: 'CLUSTER' })).toBe(code)
  expect(await send(backupPath(cloud, backupId, '/restoreCollection'), { destClusterId: clusterId })).toBe(
    code,
  )
})
