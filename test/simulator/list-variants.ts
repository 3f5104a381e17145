import { expect } from 'vitest'
import type { Simulator, Variants } from '../../simulator/index.ts'
import { describedBackup } from './api-calls.ts'
import { backupPath, del, get, pass, post, restoreBody } from './client.ts'

/** Every value of the variants of lists. */
export const listVariants = {
  async clusterList(cloud) {
    const list = async () => (await get(cloud, '/v2/clusters')).body
    expect((await list()).data.clusters).toHaveLength(4)
    cloud.variants.clusterList = 'array'
    expect((await list()).data).toHaveLength(4)
    cloud.variants.clusterList = 'bare'
    expect(await list()).toHaveLength(4)
  },
  async listCount(cloud) {
    const count = async () => (await get(cloud, '/v2/clusters?pageSize=3')).body.data.count
    expect(await count()).toBe(4)
    cloud.variants.listCount = 'page'
    expect(await count()).toBe(3)
  },
  async listOrder(cloud) {
    const names = async () =>
      (await get(cloud, '/v2/clusters')).body.data.clusters
        .map((cluster: { clusterName: string }) => cluster.clusterName)
        .join(' ')
    expect(await names()).toBe('playground scratch staging production')
    cloud.variants.listOrder = 'oldest-first'
    expect(await names()).toBe('production staging scratch playground')
    cloud.variants.listOrder = 'shuffled'
    expect(['playground scratch staging production', 'production staging scratch playground']).not.toContain(
      await names(),
    )
  },
  async listCreateTime(cloud) {
    const backup = await describedBackup(cloud)
    const listed = async () => (await get(cloud, '/v2/backups')).body.data.backups[0].createTime
    expect(await listed()).toBe(backup.createTime)
    cloud.variants.listCreateTime = 'cluster'
    const cluster = await get(cloud, `/v2/clusters/${cloud.clusterId}`)
    expect(await listed()).toBe(cluster.body.data.createTime)
  },
  async listOmits(cloud) {
    await describedBackup(cloud)
    cloud.variants.listOmits = ['createTime', 'projectId']
    const [backup] = (await get(cloud, '/v2/backups')).body.data.backups
    const [cluster] = (await get(cloud, `/v2/clusters?projectId=${cloud.projectId}`)).body.data.clusters
    for (const entry of [backup, cluster]) {
      expect(entry).toHaveProperty('clusterId')
      expect(entry).not.toHaveProperty('createTime')
      expect(entry).not.toHaveProperty('projectId')
    }
    const described = await get(cloud, `/v2/clusters/${cloud.clusterId}`)
    expect(described.body.data).toMatchObject({ projectId: cloud.projectId, createTime: expect.any(String) })
  },
  async listLagSeconds(cloud) {
    const { clusterId } = cloud
    const { backupId } = cloud.world.addBackup({ clusterId })
    cloud.variants.listLagSeconds = 30
    const listed = async () => {
      const { clusters } = (await get(cloud, '/v2/clusters')).body.data
      const { backups } = (await get(cloud, '/v2/backups')).body.data
      const names = clusters.map((cluster: { clusterName: string }) => cluster.clusterName).join(' ')
      return [names, ...backups.map((backup: { status: string }) => backup.status)]
    }
    const before = ['playground scratch staging production', 'AVAILABLE']
    expect(await listed()).toEqual(before)
    await post(cloud, backupPath(cloud, backupId, '/restoreCluster'), restoreBody(cloud))
    await post(cloud, `/v2/clusters/${clusterId}/backups/create`, { backupType: 'CLUSTER' })
    await del(cloud, backupPath(cloud, backupId))
    cloud.world.cluster('staging').clusterName = 'renamed'
    expect((await get(cloud, `/v2/clusters/${cloud.world.cluster('renamed').clusterId}`)).body.code).toBe(0)
    expect((await get(cloud, backupPath(cloud, backupId))).body.code).toBe(40020)
    pass(cloud, 29)
    expect(await listed()).toEqual(before)
    pass(cloud, 1)
    // Of 30 seconds ago: the job ended 24 seconds ago.
    expect(await listed()).toEqual(['copy playground scratch renamed production', 'CREATING'])
    pass(cloud, 5)
    expect(await listed()).toEqual(['copy playground scratch renamed production', 'CREATING'])
    pass(cloud, 1)
    expect(await listed()).toEqual(['copy playground scratch renamed production', 'AVAILABLE'])
    cloud.world.cluster('renamed').clusterName = 'again'
    pass(cloud, 30)
    expect((await listed())[0]).toContain('again')
    cloud.world.cluster('again').clusterName = 'at once'
    cloud.variants.listLagSeconds = 0
    expect((await listed())[0]).toContain('at once')
  },
  async pageCap(cloud) {
    cloud.variants.pageCap = 3
    expect(await pages(cloud)).toEqual([
      [3, 4, 100],
      [1, 4, 100],
      [0, 4, 100],
    ])
  },
  async pageSizeShown(cloud) {
    cloud.variants.pageCap = 3
    cloud.variants.pageSizeShown = 'served'
    expect((await pages(cloud))[0]).toEqual([3, 4, 3])
    cloud.variants.pageSizeShown = 'missing'
    expect((await pages(cloud))[0]).toEqual([3, 4, undefined])
  },
  async endlessLists(cloud) {
    cloud.variants.endlessLists = true
    expect(await pages(cloud)).toEqual([
      [100, 200, 100],
      [100, 300, 100],
      [100, 400, 100],
    ])
    const { clusterId } = cloud.world.cluster('staging')
    const ids = new Set<string>()
    for (const page of [1, 2, 3]) {
      const query = `clusterId=${clusterId}&creationMethod=AUTO&pageSize=50&currentPage=${page}`
      for (const backup of (await get(cloud, `/v2/backups?${query}`)).body.data.backups) {
        expect(backup).toMatchObject({ clusterId, creationMethod: 'AUTO' })
        ids.add(backup.backupId)
      }
    }
    expect(ids.size).toBe(150)
    expect((await get(cloud, backupPath(cloud, [...ids][0] ?? ''))).body.code).toBe(40020)
    const { projectId } = cloud.world.cluster('scratch')
    const { clusters } = (await get(cloud, `/v2/clusters?projectId=${projectId}`)).body.data
    const others = clusters.filter((cluster: { projectId: string }) => cluster.projectId !== projectId)
    expect([clusters.length, others]).toEqual([10, []])
    cloud.variants.listCount = 'page'
    expect((await pages(cloud))[2]).toEqual([100, 100, 100])
  },
} satisfies { [Name in keyof Variants]?: (cloud: Simulator) => Promise<void> }

/** Of the first three pages of clusters: how many there are, `count` and `pageSize`. */
async function pages(cloud: Simulator) {
  const read = []
  for (const page of [1, 2, 3]) {
    const { data } = (await get(cloud, `/v2/clusters?pageSize=100&currentPage=${page}`)).body
    read.push([data.clusters.length, data.count, data.pageSize])
  }
  return read
}
