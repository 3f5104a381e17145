import { expect } from 'vitest'
import type { Simulator, Variants } from '../../simulator/index.ts'
import { create, describedBackup, describedJob, restore } from './api-calls.ts'
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
  async progressCourse(cloud) {
    for (const [course, expected] of [
      ['linear', ['0', '5', '50', '99']],
      ['stuck', ['0', '45', '90', '90']],
      ['jumping', ['0', '0', '99', '70']],
    ] as const) {
      cloud.variants.progressCourse = course
      const { job } = cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: 100 })
      const progress = async () => (await get(cloud, `/v2/jobs/${job?.jobId}`)).body.data.progress
      const shown = [await progress()]
      for (const seconds of [5, 45, 49]) {
        pass(cloud, seconds)
        shown.push(await progress())
      }
      expect(shown).toEqual(expected)
      pass(cloud, 1)
      expect(await progress()).toBe('100')
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
    for (const status of ['FAILED', 'CANCELED', 'CANCELLED', 'ERROR', 'TIMEOUT'] as const) {
      cloud.variants.finalFailure = status
      expect((await describedJob(cloud, true)).data).toMatchObject({
        status,
        reason: expect.stringMatching(/./),
      })
    }
  },
  async finalSuccess(cloud) {
    for (const status of ['SUCCESSFUL', 'SUCCEEDED'] as const) {
      cloud.variants.finalSuccess = status
      const { jobId } = (await create(cloud)).data
      pass(cloud, 6)
      const job = { status, progress: '100', reason: '' }
      expect((await get(cloud, `/v2/jobs/${jobId}`)).body.data).toMatchObject(job)
    }
  },
  async restoreClusterOmits(cloud) {
    const fields = async (clusterName: string) => Object.keys((await restore(cloud, { clusterName })).data)
    expect(await fields('one')).toEqual(['clusterId', 'username', 'password', 'jobId'])
    cloud.variants.restoreClusterOmits = 'jobId'
    expect(await fields('two')).toEqual(['clusterId', 'username', 'password'])
    cloud.variants.restoreClusterOmits = 'clusterId'
    expect(await fields('three')).toEqual(['username', 'password', 'jobId'])
    expect(cloud.world.jobs).toHaveLength(3)
  },
  async createBackupOmits(cloud) {
    cloud.variants.createBackupOmits = 'jobId'
    expect(Object.keys((await create(cloud)).data)).toEqual(['backupId', 'backupName'])
    expect(cloud.world.jobs).toHaveLength(1)
  },
  async timeFormat(cloud) {
    const time = cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 60 }).createdAt
    const { backupId } = cloud.world.backups[0] ?? {}
    const seconds = Math.floor(time / 1000)
    for (const [format, expected] of [
      ['text', new Date(seconds * 1000).toISOString().replace('.000', '')],
      ['seconds', seconds],
      ['milliseconds', seconds * 1000],
      ['seconds-text', `${seconds}`],
      ['milliseconds-text', `${seconds}000`],
      ['missing', undefined],
    ] as const) {
      cloud.variants.timeFormat = format
      const listed = (await get(cloud, '/v2/backups')).body.data.backups[0]
      const described = (await get(cloud, backupPath(cloud, `${backupId}`))).body.data
      expect([listed.createTime, described.createTime]).toEqual([expected, expected])
      expect([described.expireTime, 'createTime' in listed]).toEqual([null, format !== 'missing'])
    }
    const job = (await describedJob(cloud)).data
    expect(job).not.toHaveProperty('startTime')
  },
  async serverDate(cloud) {
    const date = async (path: string) => (await get(cloud, path)).headers.get('date')
    pass(cloud, 86_400)
    const now = new Date(cloud.world.now()).toUTCString()
    expect([await date('/v2/regions'), await date('/nowhere')]).toEqual([now, now])
    cloud.variants.serverDate = 'missing'
    expect(await date('/v2/regions')).toBeNull()
  },
  async clockSkewSeconds(cloud) {
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 60 })
    const read = async () => {
      const response = await get(cloud, backupPath(cloud, backupId))
      const times = [response.headers.get('date'), response.body.data.createTime]
      return times.map(time => Math.round((Date.parse(time ?? '') - cloud.world.now()) / 1000))
    }
    const listedSince = async (seconds: number) => {
      const start = new Date(cloud.world.now() + seconds * 1000).toISOString()
      return (await get(cloud, `/v2/backups?start=${start}`)).body.data.count
    }
    for (const skew of [0, 600, -600]) {
      cloud.variants.clockSkewSeconds = skew
      // Whole seconds are shown.
      const difference = (await read()).map((seconds, index) => seconds - skew + index * 60)
      expect(difference.every(seconds => Math.abs(seconds) <= 1)).toBe(true)
      expect([await listedSince(skew - 70), await listedSince(skew - 50)]).toEqual([1, 0])
    }
    expect(cloud.world.backup(backupId).createdAt).toBe(cloud.world.now() - 60_000)
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
