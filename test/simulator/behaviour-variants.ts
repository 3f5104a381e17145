import { expect } from 'vitest'
import type { Simulator, Variants } from '../../simulator/index.ts'
import { create, describedBackup, restore, restoreInto } from './api-calls.ts'
import { backupPath, del, get, pass, post } from './client.ts'

/** Every value of the variants that change what the service does. */
export const behaviourVariants = {
  async projectField(cloud) {
    const { projectId } = cloud
    const only = { projectId: undefined, targetProjectId: projectId }
    expect((await restore(cloud, only)).code).toBe(96005)
    cloud.variants.projectField = 'targetProjectId'
    expect((await restore(cloud)).code).toBe(96005)
    expect((await restore(cloud, { ...only, clusterName: 'a' })).code).toBe(0)
    cloud.variants.projectField = 'either'
    expect((await restore(cloud, { ...only, clusterName: 'b' })).code).toBe(0)
    expect((await restore(cloud, { clusterName: 'c' })).code).toBe(0)
    expect((await restore(cloud, { projectId: undefined })).code).toBe(96005)
  },
  async collectionFields(cloud) {
    const scratch = cloud.world.cluster('scratch').clusterId
    const entry = {
      collectionName: 'products',
      targetCollectionName: 'old',
      targetCollectionStatus: 'UNLOADED',
    }
    await restoreInto(cloud, scratch, [{ collections: [entry] }])
    cloud.variants.collectionFields = 'target'
    await restoreInto(cloud, scratch, [{ collections: [entry] }])
    cloud.variants.collectionFields = 'either'
    await restoreInto(cloud, scratch, [{ collections: [{ ...entry, destCollectionName: 'new' }] }])
    expect(cloud.world.collections('scratch')).toEqual([
      'default.products LOADED',
      'default.old UNLOADED',
      'default.new UNLOADED',
    ])
    const wrong = { collectionName: 'products', targetCollectionStatus: 'KEEP' }
    expect((await restoreInto(cloud, scratch, [{ collections: [wrong] }])).code).toBe(96037)
  },
  async restoreOrder(cloud) {
    const order = async (clusterName: string) => {
      const { jobId } = (await restore(cloud, { clusterName })).data
      const done = new Set<string>()
      for (let second = 0; second < 10; second++) {
        if (cloud.world.jobStatus(jobId) === 'SUCCESSFUL') done.add('job')
        if (cloud.world.cluster(clusterName).status === 'RUNNING') done.add('cluster')
        pass(cloud, 1)
      }
      return [...done]
    }
    expect(await order('one')).toEqual(['cluster', 'job'])
    cloud.variants.restoreOrder = 'job-first'
    expect(await order('two')).toEqual(['job', 'cluster'])
  },
  async restoreCollectionEntries(cloud) {
    const scratch = cloud.world.cluster('scratch').clusterId
    const two = [{ collections: [{ collectionName: 'products' }, { collectionName: 'medium_articles' }] }]
    expect((await restoreInto(cloud, scratch, two)).code).toBe(96039)
    cloud.variants.restoreCollectionEntries = 'several'
    expect((await restoreInto(cloud, scratch, two)).code).toBe(0)
    await restoreInto(cloud, scratch, [{ dbName: 'sales' }, { dbName: 'archive', destDbName: 'old' }])
    expect(cloud.world.collections('scratch')).toEqual([
      'default.products LOADED',
      'default.medium_articles LOADED',
      'sales.orders UNLOADED',
      'sales.items UNLOADED',
      'old.orders_2023 UNLOADED',
    ])
  },
  async clusterProjectFilter(cloud) {
    const count = async () => (await get(cloud, `/v2/clusters?projectId=${cloud.projectId}`)).body.data.count
    expect(await count()).toBe(2)
    cloud.variants.clusterProjectFilter = false
    expect(await count()).toBe(4)
  },
  async backupLeftByFailedJob(cloud) {
    for (const [remains, status, listed] of [
      ['none', undefined, 0],
      ['CREATING', 'CREATING', 1],
      ['FAILED', 'FAILED', 1],
    ] as const) {
      cloud.variants.backupLeftByFailedJob = remains
      cloud.world.nextJob({ outcome: 'FAILED' })
      const { backupId } = (await create(cloud)).data
      pass(cloud, 6)
      expect((await get(cloud, backupPath(cloud, backupId))).body.data?.status).toBe(status)
      expect((await get(cloud, '/v2/backups')).body.data.count).toBe(listed)
    }
  },
  async clusterLeftByFailedJob(cloud) {
    for (const [remains, status] of [
      ['ABNORMAL', 'ABNORMAL'],
      ['CREATING', 'CREATING'],
      ['gone', 'DELETED'],
    ] as const) {
      cloud.variants.clusterLeftByFailedJob = remains
      cloud.world.nextJob({ outcome: 'FAILED' })
      const { clusterId } = (await restore(cloud, { clusterName: `remains-${remains}` })).data
      pass(cloud, 60)
      expect(cloud.world.cluster(clusterId).status).toBe(status)
    }
  },
  async notReadableForSeconds(cloud) {
    cloud.variants.notReadableForSeconds = 5
    const { backupId, jobId } = (await create(cloud)).data
    const { clusterId } = (await restore(cloud)).data
    const codes = async () => [
      (await get(cloud, backupPath(cloud, backupId))).body.code,
      (await get(cloud, `/v2/jobs/${jobId}`)).body.code,
      (await get(cloud, `/v2/clusters/${clusterId}`)).body.code,
      (await get(cloud, '/v2/clusters')).body.data.count,
      (await get(cloud, '/v2/backups')).body.data.count,
    ]
    expect(await codes()).toEqual([40020, 96026, 96018, 4, 1])
    pass(cloud, 5)
    expect(await codes()).toEqual([0, 0, 0, 5, 2])
  },
  async manualBackupsAtOnce(cloud) {
    const { clusterId } = cloud.world.cluster('staging')
    cloud.world.startManualBackup(clusterId)
    expect((await create(cloud)).code).toBe(0)
    pass(cloud, 6)
    cloud.variants.manualBackupsAtOnce = 'organization'
    cloud.world.startAutomaticBackup(clusterId)
    expect((await create(cloud)).code).toBe(0)
    pass(cloud, 6)
    const { backupId } = cloud.world.startManualBackup(clusterId)
    expect(await create(cloud)).toMatchObject({ code: 96038, message: expect.stringContaining(backupId) })
  },
  async idMatch(cloud) {
    const { backupId } = await describedBackup(cloud)
    const cluster = cloud.clusterId.toUpperCase()
    const { job } = cloud.world.startAutomaticBackup(cloud.world.cluster('staging').clusterId)
    const jobId = job?.jobId ?? ''
    const paths = [
      `/v2/clusters/${cluster}`,
      `/v2/clusters/${cluster}/backups/${backupId.toUpperCase()}`,
      `/v2/backups?clusterId=${cluster}`,
      `/v2/jobs/${jobId.toUpperCase()}`,
    ]
    const read = async () => (await Promise.all(paths.map(path => get(cloud, path)))).map(({ body }) => body)
    const [missing, without, none, noJob] = await read()
    expect([missing.code, without.code, none.data.count, noJob.code]).toEqual([96018, 96018, 0, 96026])
    cloud.variants.idMatch = 'ignore-case'
    const ids = { clusterId: cloud.clusterId, backupId }
    expect((await read()).map(({ data }) => data)).toMatchObject([
      { clusterId: cloud.clusterId },
      ids,
      { backups: [ids] },
      { jobId },
    ])
    const into = await restoreInto(cloud, cloud.world.cluster('scratch').clusterId.toUpperCase())
    expect(into.code).toBe(0)
  },
  async backupLookup(cloud) {
    const { backupId } = await describedBackup(cloud)
    const paths = ['in01-000000000000000', cloud.world.cluster('staging').clusterId].map(
      clusterId => `/v2/clusters/${clusterId}/backups/${backupId}`,
    )
    const read = async () => (await Promise.all(paths.map(path => get(cloud, path)))).map(({ body }) => body)
    expect((await read()).map(({ code }) => code)).toEqual([96018, 40020])
    cloud.variants.backupLookup = 'any-cluster'
    const found = { code: 0, data: { clusterId: cloud.clusterId, backupId } }
    expect(await read()).toMatchObject([found, found])
    expect((await del(cloud, paths[0] ?? '')).body.code).toBe(0)
  },
  async busyCode(cloud) {
    cloud.variants.busyCode = 40003
    await create(cloud)
    expect((await create(cloud)).code).toBe(40003)
  },
  async nameTakenCode(cloud) {
    cloud.variants.nameTakenCode = 40013
    expect((await restore(cloud, { clusterName: 'staging' })).code).toBe(40013)
  },
  async nameRule(cloud) {
    expect((await restore(cloud, { clusterName: 'a_b c 中文' })).code).toBe(96010)
    cloud.variants.nameRule = 'wide'
    expect((await restore(cloud, { clusterName: 'a_b c 中文' })).code).toBe(0)
    expect((await restore(cloud, { clusterName: 'a/b' })).code).toBe(96010)
    expect((await restore(cloud, { clusterName: 'a'.repeat(65) })).code).toBe(96010)
  },
  async deletedBackup(cloud) {
    cloud.variants.deletedBackup = 'DELETED'
    const path = backupPath(cloud, (await describedBackup(cloud)).backupId)
    await del(cloud, path)
    expect((await get(cloud, path)).body.data.status).toBe('DELETED')
    expect((await del(cloud, path)).body.code).toBe(40020)
  },
  async droppedCluster(cloud) {
    cloud.variants.droppedCluster = 'DELETED'
    const path = `/v2/clusters/${cloud.clusterId}`
    await del(cloud, `${path}/drop`)
    pass(cloud, 4)
    expect((await get(cloud, path)).body.data).toMatchObject({ status: 'DELETED', connectAddress: '' })
    expect((await get(cloud, '/v2/clusters')).body.data.count).toBe(4)
    expect((await del(cloud, `${path}/drop`)).body.code).toBe(96018)
  },
  async backupsOfDroppedCluster(cloud) {
    const path = backupPath(cloud, (await describedBackup(cloud)).backupId)
    await del(cloud, `/v2/clusters/${cloud.clusterId}/drop`)
    pass(cloud, 4)
    expect((await get(cloud, path)).body.code).toBe(0)
    cloud.variants.backupsOfDroppedCluster = 'refused'
    expect((await get(cloud, path)).body.code).toBe(96018)
  },
  async suspendedClusterBackup(cloud) {
    await post(cloud, `/v2/clusters/${cloud.clusterId}/suspend`)
    pass(cloud, 4)
    expect((await create(cloud)).code).toBe(40003)
    cloud.variants.suspendedClusterBackup = 'accept'
    expect((await create(cloud)).code).toBe(0)
  },
  async existingCollection(cloud) {
    const staging = cloud.world.cluster('staging').clusterId
    const entry = { collectionName: 'products', destCollectionName: 'smoke_test' }
    expect((await restoreInto(cloud, staging, [{ collections: [entry] }])).code).toBe(96039)
    cloud.variants.existingCollection = 'overwrite'
    expect((await restoreInto(cloud, staging, [{ collections: [entry] }])).code).toBe(0)
    expect(cloud.world.cluster('staging').databases[0]?.collections).toMatchObject([
      { name: 'smoke_test', rows: 120_000 },
    ])
  },
  async missingDatabase(cloud) {
    const scratch = cloud.world.cluster('scratch').clusterId
    const entry = [{ dbName: 'sales', collections: [{ collectionName: 'orders' }] }]
    cloud.variants.missingDatabase = 'refuse'
    expect((await restoreInto(cloud, scratch, entry)).code).toBe(96039)
    cloud.variants.missingDatabase = 'create'
    expect((await restoreInto(cloud, scratch, entry)).code).toBe(0)
  },
  async restoreCollectionBlocks(cloud) {
    cloud.variants.restoreCollectionBlocks = true
    const scratch = cloud.world.cluster('scratch').clusterId
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
    const path = backupPath(cloud, backupId, '/restoreCollection')
    await post(cloud, path, { destClusterId: scratch })
    expect(cloud.world.cluster('scratch').status).toBe('RESTORE_BACKUP')
    expect((await post(cloud, path, { destClusterId: scratch })).body.code).toBe(40003)
    pass(cloud, 6)
    expect(cloud.world.cluster('scratch').status).toBe('RUNNING')
  },
} satisfies { [Name in keyof Variants]?: (cloud: Simulator) => Promise<void> }
