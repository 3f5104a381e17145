import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { waitUntilAvailable } from '../../src/backups/available.ts'
import { type BackupOptions, startBackup } from '../../src/backups/create.ts'
import { OperationFailed, TimedOut } from '../../src/errors.ts'
import { createBackup } from '../../src/zilliz/changes.ts'
import type { Backup, BackupRef } from '../../src/zilliz/decode.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import { listBackups } from '../../src/zilliz/reads.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

function prepare(cloud: Simulator, more: Partial<BackupOptions> = {}, timeout?: number) {
  const { step, reported, time } = stepIn(cloud, timeout)
  const { clusterId } = cloud
  const options: BackupOptions = {
    clusterId,
    crossRegionCopies: [],
    ifBusy: 'wait',
    pollInterval: 15_000,
    ...more,
  }
  const start = async () => {
    const listed = await listBackups(step.cloud, clusterId)
    const result = await startBackup(options, step, { listed })
    if (result.kind !== 'started') throw new Error('another one was joined')
    return { ...result.backup, clusterId }
  }
  /** Up to its end. */
  const wait = (running: BackupRef & { jobId?: string | undefined }) =>
    waitUntilAvailable(options, step, { running })
  return { step, options, reported, start, wait, time }
}

const starts = (cloud: Simulator) =>
  cloud.requests.filter(({ operationId }) => operationId === 'createBackup').length

test.each<[Partial<BackupOptions>, unknown]>([
  [{}, { backupType: 'CLUSTER' }],
  [
    { collections: { database: 'sales', collections: ['orders', 'items'] } },
    { backupType: 'COLLECTION', dbCollections: [{ dbName: 'sales', collectionNames: ['orders', 'items'] }] },
  ],
  [
    { crossRegionCopies: ['aws-us-east-1', 'aws-us-west-2'] },
    {
      backupType: 'CLUSTER',
      crossRegionCopies: [{ regionId: 'aws-us-east-1' }, { regionId: 'aws-us-west-2' }],
    },
  ],
])('the body for %j', (more, body) => {
  const least: BackupOptions = {
    clusterId: 'in01-a',
    crossRegionCopies: [],
    ifBusy: 'wait',
    pollInterval: 1,
  }
  expect(createBackup({ ...least, ...more }).body).toEqual(body)
})

test('a backup is started and waited for until it is AVAILABLE with what was requested', async () => {
  await using cloud = await startSimulator()
  const { step, start, wait } = prepare(cloud, {
    collections: { database: 'sales', collections: ['orders'] },
  })
  const started = await start()
  const { backupId } = cloud.world.backups[0] ?? {}
  const { clusterId } = cloud
  expect(started).toEqual({
    clusterId,
    backupId,
    backupName: expect.any(String),
    jobId: expect.stringMatching(/^job-/),
  })
  expect(step.inProgress.items).toEqual([
    { kind: 'job', jobId: started.jobId },
    { kind: 'backup', clusterId: cloud.clusterId, backupId },
  ])
  await wait(started)
  expect(cloud.world.backup(started.backupId).status).toBe('AVAILABLE')
  expect(step.inProgress.items).toEqual([])
})

test('a backup that does not contain what was requested is no success', async () => {
  await using cloud = await startSimulator()
  const { step, options, start } = prepare(cloud, {
    collections: { database: 'sales', collections: ['orders'] },
  })
  const started = await start()
  const more = { ...options, collections: { database: 'sales', collections: ['orders', 'lost\none'] } }
  await expect(waitUntilAvailable(more, step, { running: started })).rejects.toThrow(
    'AVAILABLE, but it does not hold sales.lost one',
  )
})

test('one that is running already is waited for; then ours is started', async () => {
  await using cloud = await startSimulator()
  const other = cloud.world.startAutomaticBackup(cloud.clusterId, { durationSeconds: 60 })
  const { start, reported, time } = prepare(cloud)
  const { backupId } = await start()
  expect(backupId).not.toBe(other.backupId)
  expect(reported[0]).toBe(
    `Cluster ${cloud.clusterId} is being backed up already: ${other.backupId} (AUTO) is CREATING. Waiting for it to end, since only one can run at a time.`,
  )
  expect(time()).toBeGreaterThanOrEqual(60_000)
  expect(starts(cloud)).toBe(1)
})

test('or ends the step, where the workflow wants that, before anything is sent', async () => {
  await using cloud = await startSimulator()
  cloud.world.startManualBackup(cloud.clusterId)
  await expect(prepare(cloud, { ifBusy: 'fail' }).start()).rejects.toThrow(OperationFailed)
  expect(starts(cloud)).toBe(0)
})

test('one that does not end is reported when the step times out', async () => {
  await using cloud = await startSimulator()
  cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: Number.POSITIVE_INFINITY })
  await expect(prepare(cloud, {}, 60_000).start()).rejects.toThrow(
    new TimedOut(`Timed out after 1m: another backup of cluster ${cloud.clusterId} is still running.`),
  )
})

test.each([96038, 40003] as const)(
  'one that began in between is a refusal (%d) that means busy',
  async busyCode => {
    await using cloud = await startSimulator({ variants: { busyCode } })
    const { step, options, reported } = prepare(cloud)
    cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: 30 })
    await startBackup(options, step, { listed: [] })
    expect(starts(cloud)).toBe(2)
    expect(reported[0]).toContain('is being backed up already')
    await expect(startBackup({ ...options, ifBusy: 'fail' }, step, { listed: [] })).rejects.toThrow(
      'if-busy: wait',
    )
  },
)

test('the same refusal while nothing runs is an error, with the state of the cluster', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'envelope', status: 200, code: 96038 } })
  await expect(prepare(cloud).start()).rejects.toThrow(
    /: the service refused\. Cluster in01-\w+ is RUNNING\. .*, code 96038, request id \S+\)$/,
  )
  expect(starts(cloud)).toBe(1)
})

test.each([
  [200, 21119],
  [200, 96016],
  [200, 96018],
  [200, 96029],
  [401, 50000],
  [403, 50000],
  [404, 50000],
])('a refusal with HTTP %d and code %d never means busy', async (status, code) => {
  await using cloud = await startSimulator()
  const { step, options } = prepare(cloud)
  cloud.world.startManualBackup(cloud.clusterId)
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'envelope', status, code } })
  await expect(startBackup(options, step, { listed: [] })).rejects.toThrow(ApiError)
  expect(starts(cloud)).toBe(1)
})

test('a manual backup of another cluster that runs in the organization is busy too (F26)', async () => {
  await using cloud = await startSimulator({ variants: { manualBackupsAtOnce: 'organization' } })
  const { clusterId } = cloud.world.cluster('staging')
  const other = cloud.world.startManualBackup(clusterId, { durationSeconds: 60 })
  const { start, reported, time } = prepare(cloud)
  await start()
  expect(starts(cloud)).toBe(2)
  expect(time()).toBeGreaterThanOrEqual(60_000)
  expect(reported[0]).toContain(
    `Another cluster is being backed up: ${other.backupId} of cluster ${clusterId} (MANUAL) is CREATING.`,
  )
  cloud.world.startManualBackup(clusterId, { durationSeconds: 60 })
  await expect(prepare(cloud, { ifBusy: 'fail' }).start()).rejects.toThrow('if-busy: wait')
})

test('an automatic backup of another cluster is not in the way', async () => {
  await using cloud = await startSimulator()
  cloud.world.startAutomaticBackup(cloud.world.cluster('staging').clusterId)
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'envelope', status: 200, code: 96038 } })
  await expect(prepare(cloud).start()).rejects.toThrow(
    /: the service refused\. Cluster in01-\w+ is RUNNING\. .*, code 96038, request id \S+\)$/,
  )
})

test('a refusal that did not come from the service is never taken for busy', async () => {
  for (const fault of [
    { kind: 'redirect', status: 307 },
    { kind: 'gateway', status: 409 },
  ] as const) {
    await using cloud = await startSimulator()
    const { step, options } = prepare(cloud)
    cloud.faults.inject({ operation: 'createBackup', fault })
    cloud.world.startAutomaticBackup(cloud.clusterId)
    await expect(startBackup(options, step, { listed: [] })).rejects.toMatchObject({ status: fault.status })
    expect(starts(cloud)).toBe(1)
  }
})

test('one that is AVAILABLE at the look and was not before the POST was in the way ("Requests")', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'envelope', status: 200, code: 96038 } })
  const { step, options } = prepare(cloud)
  cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 5 })
  const { kind } = await startBackup(options, step, { listed: [] })
  expect(kind).toBe('started')
  expect(starts(cloud)).toBe(2)
})

test('a name in place of the id of the cluster is explained after "not found"', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud.world.cluster('staging')
  const { step, options } = prepare(cloud, { clusterId: 'staging' })
  await expect(startBackup(options, step, { listed: [] })).rejects.toThrow(
    `No cluster "staging". That is the name of a cluster, and cluster-id takes its id: ${clusterId}. (`,
  )
})

test('a running one may be joined instead: nothing is sent', async () => {
  await using cloud = await startSimulator()
  const other = cloud.world.startManualBackup(cloud.clusterId)
  const { step, options } = prepare(cloud, { ifBusy: 'join' })
  const listed = await listBackups(step.cloud, cloud.clusterId)
  const asked: string[] = []
  const findToJoin = async (running: readonly Backup[]) => {
    asked.push(...running.map(({ backupId }) => backupId))
    return running[0]
  }
  const joined = await startBackup(options, step, { listed, findToJoin })
  expect(joined).toMatchObject({ kind: 'joined', backup: { backupId: other.backupId } })
  expect(asked).toEqual([other.backupId])
  expect(starts(cloud)).toBe(0)
  expect(step.inProgress.items).toEqual([])
})

test('one that cannot be joined is waited for, then ours is started', async () => {
  await using cloud = await startSimulator()
  cloud.world.startAutomaticBackup(cloud.clusterId, { durationSeconds: 60 })
  const { start, time } = prepare(cloud, { ifBusy: 'join' })
  await start()
  expect(time()).toBeGreaterThanOrEqual(60_000)
})

test('without a jobId the backup alone is awaited', async () => {
  await using cloud = await startSimulator({ variants: { createBackupOmits: 'jobId' } })
  const { step, start, wait, reported } = prepare(cloud)
  const { jobId, backupId } = await start()
  expect(jobId).toBeUndefined()
  expect(step.inProgress.items).toEqual([{ kind: 'backup', clusterId: cloud.clusterId, backupId }])
  expect(reported).toEqual([`Backup ${backupId} of cluster ${cloud.clusterId} has started.`])
  await wait({ clusterId: cloud.clusterId, backupId })
  expect(cloud.world.backup(backupId).status).toBe('AVAILABLE')
})
