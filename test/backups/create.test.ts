import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { type BackupOptions, backupBody, startBackup, waitUntilAvailable } from '../../src/backups/create.ts'
import { OperationFailed } from '../../src/step.ts'
import { TimedOut } from '../../src/waiting/poll.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import { listBackups } from '../../src/zilliz/reads.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

function prepare(cloud: Simulator, more: Partial<BackupOptions> = {}, timeout?: number) {
  const { step, told, time } = stepIn(cloud, timeout)
  const { clusterId } = cloud
  const order: BackupOptions = {
    clusterId,
    collections: undefined,
    crossRegionCopies: [],
    ifBusy: 'wait',
    pollInterval: 15_000,
    ...more,
  }
  const start = async () => startBackup(order, step, await listBackups(step.cloud, clusterId))
  return { step, order, told, start, time }
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
  const order = {
    clusterId: 'in01-a',
    collections: undefined,
    crossRegionCopies: [],
    ifBusy: 'wait',
    pollInterval: 1,
  } as const
  expect(backupBody({ ...order, ...more } as BackupOptions)).toEqual(body)
})

test('a backup is started and seen through to AVAILABLE, with what was asked', async () => {
  await using cloud = await startSimulator()
  const { step, order, start } = prepare(cloud, {
    collections: { database: 'sales', collections: ['orders'] },
  })
  const started = await start()
  const { backupId } = cloud.world.backups[0] ?? {}
  expect(started).toEqual({ backupId, backupName: expect.any(String), jobId: expect.stringMatching(/^job-/) })
  expect(step.inProgress).toEqual({
    jobIds: new Set([started.jobId]),
    backup: { clusterId: cloud.clusterId, backupId },
  })
  await waitUntilAvailable(order, step, started)
  expect(cloud.world.backup(started.backupId).status).toBe('AVAILABLE')
  expect(step.inProgress).toEqual({ jobIds: new Set(), backup: undefined })
})

test('a backup that does not hold what was asked is no success', async () => {
  await using cloud = await startSimulator()
  const { step, order, start } = prepare(cloud, {
    collections: { database: 'sales', collections: ['orders'] },
  })
  const started = await start()
  const more = { ...order, collections: { database: 'sales', collections: ['orders', 'lost\none'] } }
  await expect(waitUntilAvailable(more, step, started)).rejects.toThrow(
    'AVAILABLE, but it does not hold sales.lost one',
  )
})

test('one that is running already is waited for; then ours is started', async () => {
  await using cloud = await startSimulator()
  const other = cloud.world.startAutomaticBackup(cloud.clusterId, { durationSeconds: 60 })
  const { start, told, time } = prepare(cloud)
  const { backupId } = await start()
  expect(backupId).not.toBe(other.backupId)
  expect(told[0]).toBe(
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

test('one that does not end is told when the time is over', async () => {
  await using cloud = await startSimulator()
  cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: Number.POSITIVE_INFINITY })
  await expect(prepare(cloud, {}, 60_000).start()).rejects.toThrow(
    new TimedOut(`The time is over: another backup of cluster ${cloud.clusterId} is still running.`),
  )
})

test.each([96038, 40003] as const)(
  'one that began in between is a refusal (%d) that means busy',
  async busyCode => {
    await using cloud = await startSimulator({ variants: { busyCode } })
    const { step, order, told } = prepare(cloud)
    cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: 30 })
    await startBackup(order, step, [])
    expect(starts(cloud)).toBe(2)
    expect(told[0]).toContain('is being backed up already')
    await expect(startBackup({ ...order, ifBusy: 'fail' }, step, [])).rejects.toThrow('if-busy: wait')
  },
)

test('the same refusal while nothing runs is one, and tells the state of the cluster', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'envelope', status: 200, code: 96038 } })
  await expect(prepare(cloud).start()).rejects.toThrow(/code 96038.* Cluster in01-\w+ is RUNNING\.$/)
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
  const { step, order } = prepare(cloud)
  cloud.world.startManualBackup(cloud.clusterId)
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'envelope', status, code } })
  await expect(startBackup(order, step, [])).rejects.toThrow(ApiError)
  expect(cloud.requests).toHaveLength(1)
})

test('a lost answer: the one new manual backup of that kind is adopted', async () => {
  await using cloud = await startSimulator()
  cloud.world.addBackup({ clusterId: cloud.clusterId })
  cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind: 'reset' } })
  const { step, order, start } = prepare(cloud)
  const started = await start()
  const ours = cloud.world.backups.at(-1)
  expect(started).toEqual({ backupId: ours?.backupId, backupName: ours?.backupName })
  expect(step.inProgress.jobIds.size).toBe(0)
  await waitUntilAvailable(order, step, started)
  expect(ours?.status).toBe('AVAILABLE')
  expect(starts(cloud)).toBe(1)
})

test('a lost answer: nothing new is an error that says so, and nothing is sent again', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'gateway', status: 504 } })
  const { start } = prepare(cloud)
  // Somebody else's: automatic, of another kind, of another cluster.
  const appear = (answer: { data: { backups: object[] } }) => {
    const backup = { backupId: 'x', status: 'CREATING', clusterId: cloud.clusterId }
    answer.data.backups.push(
      { ...backup, backupId: 'auto', creationMethod: 'AUTO', backupType: 'CLUSTER' },
      { ...backup, backupId: 'partly', creationMethod: 'MANUAL', backupType: 'COLLECTION' },
      {
        ...backup,
        backupId: 'else',
        creationMethod: 'MANUAL',
        backupType: 'CLUSTER',
        clusterId: 'in01-else',
      },
    )
    return answer
  }
  cloud.faults.inject({ operation: 'listBackups', skip: 1, times: 99, fault: { kind: 'edit', edit: appear } })
  const error = await start().catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).toContain('The backup may have started all the same. No new backup is listed.')
  expect(starts(cloud)).toBe(1)
})

test('a lost answer: several new ones are named, and none is adopted', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'reset' } })
  const { start } = prepare(cloud)
  const appear = (answer: { data: { backups: object[] } }) => {
    const common = {
      status: 'CREATING',
      clusterId: cloud.clusterId,
      creationMethod: 'MANUAL',
      backupType: 'CLUSTER',
    }
    answer.data.backups.push({ ...common, backupId: 'one' }, { ...common, backupId: 'two' })
    return answer
  }
  cloud.faults.inject({ operation: 'listBackups', skip: 1, times: 99, fault: { kind: 'edit', edit: appear } })
  await expect(start()).rejects.toThrow('These are new, and any may be it: one, two.')
})
