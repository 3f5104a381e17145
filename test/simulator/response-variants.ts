import { expect } from 'vitest'
import type { Simulator, Variants } from '../../simulator/index.ts'
import { create, describedBackup, describedJob } from './api-calls.ts'
import { backupPath, get, pass, post } from './client.ts'

/** Every value of the variants that change the format of a response. */
export const responseVariants = {
  async backupCollections(cloud) {
    const lengths = async () => {
      const { dbCollections, collections } = await describedBackup(cloud)
      return [dbCollections?.length, collections?.length]
    }
    expect(await lengths()).toEqual([3, undefined])
    cloud.variants.backupCollections = 'flat'
    expect(await lengths()).toEqual([undefined, 5])
    cloud.variants.backupCollections = 'both'
    expect(await lengths()).toEqual([3, 5])
    cloud.variants.backupCollections = 'none'
    expect(await lengths()).toEqual([undefined, undefined])
  },
  async defaultDbName(cloud) {
    expect((await describedBackup(cloud)).dbCollections[0].dbName).toBe('default')
    cloud.variants.defaultDbName = ''
    expect((await describedBackup(cloud)).dbCollections[0].dbName).toBe('')
  },
  async jobEnvelope(cloud) {
    cloud.variants.jobEnvelope = false
    const body = await describedJob(cloud)
    expect(body).toMatchObject({ status: 'IN_PROGRESS' })
    expect(body).not.toHaveProperty('code')
  },
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
  async successCode(cloud) {
    for (const code of [0, '0', 200] as const) {
      cloud.variants.successCode = code
      expect((await get(cloud, '/v2/projects')).body.code).toBe(code)
    }
  },
  async progress(cloud) {
    for (const [progress, expected] of [
      ['text', '50'],
      ['number', 50],
      ['percent', '50%'],
      ['fraction', '50.73'],
      ['missing', undefined],
    ] as const) {
      cloud.variants.progress = progress
      expect((await describedJob(cloud)).data.progress).toBe(expected)
      pass(cloud, 6)
    }
  },
  async runningJobEndTime(cloud) {
    for (const [format, expected] of [
      ['missing', undefined],
      ['null', null],
      ['empty', ''],
    ] as const) {
      cloud.variants.runningJobEndTime = format
      expect((await describedJob(cloud)).data.endTime).toBe(expected)
      pass(cloud, 6)
    }
  },
  async finalFailure(cloud) {
    for (const status of ['FAILED', 'CANCELED', 'ERROR'] as const) {
      cloud.variants.finalFailure = status
      expect((await describedJob(cloud, true)).data).toMatchObject({
        status,
        reason: expect.stringMatching(/./),
      })
    }
  },
  async unknownJobState(cloud) {
    cloud.variants.unknownJobState = 'UNDOCUMENTED'
    expect((await describedJob(cloud)).data.status).toBe('UNDOCUMENTED')
  },
  async jobIdPrefix(cloud) {
    cloud.variants.jobIdPrefix = 'job_'
    expect((await create(cloud)).data.jobId).toMatch(/^job_[a-z\d]{22}$/)
  },
  async backupIdShape(cloud) {
    cloud.variants.backupIdShape = 'hyphen'
    expect((await create(cloud)).data.backupId).toMatch(/^backup-[a-z\d]{15}$/)
  },
  async backupNotFoundCode(cloud) {
    cloud.variants.backupNotFoundCode = 96036
    expect((await get(cloud, backupPath(cloud, 'backup1_none'))).body.code).toBe(96036)
  },
  async suspendedStatus(cloud) {
    cloud.variants.suspendedStatus = 'STOPPED'
    const path = `/v2/clusters/${cloud.clusterId}`
    await post(cloud, `${path}/suspend`)
    expect((await get(cloud, path)).body.data.status).toBe('STOPPING')
    pass(cloud, 4)
    expect((await get(cloud, path)).body.data.status).toBe('STOPPED')
  },
  async manualExpireTime(cloud) {
    expect((await describedBackup(cloud)).expireTime).toBeNull()
    cloud.variants.manualExpireTime = 'missing'
    expect(await describedBackup(cloud)).not.toHaveProperty('expireTime')
    cloud.variants.manualExpireTime = 'date'
    expect((await describedBackup(cloud)).expireTime).toMatch(/Z$/)
  },
  async countsAs(cloud) {
    const read = async () => [
      (await get(cloud, `/v2/clusters/${cloud.clusterId}`)).body.data.replica,
      (await get(cloud, '/v2/projects')).body.data[0].instanceCount,
    ]
    expect(await read()).toEqual([1, 2])
    cloud.variants.countsAs = 'text'
    expect(await read()).toEqual(['1', '2'])
  },
  async projectFields(cloud) {
    cloud.variants.projectFields = 'recorded'
    const { data } = (await get(cloud, `/v2/projects/${cloud.projectId}`)).body
    expect(Object.keys(data)).toEqual(['projectId', 'projectName', 'instanceCount', 'createTime', 'plan'])
  },
  async errorHttpStatus(cloud) {
    const read = async () => (await get(cloud, '/v2/clusters/in01-0')).status
    expect(await read()).toBe(200)
    cloud.variants.errorHttpStatus = 400
    expect(await read()).toBe(400)
  },
  async requestIdHeader(cloud) {
    const read = async () => {
      const { headers } = await get(cloud, '/v2/regions')
      return ['requestid', 'x-kong-request-id'].filter(name => headers.has(name))
    }
    expect(await read()).toEqual(['requestid'])
    cloud.variants.requestIdHeader = 'x-kong-request-id'
    expect(await read()).toEqual(['x-kong-request-id'])
    cloud.variants.requestIdHeader = 'none'
    expect(await read()).toEqual([])
  },
} satisfies { [Name in keyof Variants]?: (cloud: Simulator) => Promise<void> }
