import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { type BackupOptions, startBackup, waitUntilAvailable } from '../../src/backups/create.ts'
import { OperationFailed, TimedOut } from '../../src/errors.ts'
import { createBackup } from '../../src/zilliz/changes.ts'
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
  const start = async () => startBackup(options, step, await listBackups(step.cloud, clusterId))
  return { step, options, reported, start, time }
}

/** The response of the list, for a fault that edits it. */
interface Listed {
  data: { backups: object[] }
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
  const { step, options, start } = prepare(cloud, {
    collections: { database: 'sales', collections: ['orders'] },
  })
  const started = await start()
  const { backupId } = cloud.world.backups[0] ?? {}
  expect(started).toEqual({ backupId, backupName: expect.any(String), jobId: expect.stringMatching(/^job-/) })
  expect(step.inProgress.items).toEqual([
    { kind: 'job', jobId: started.jobId },
    { kind: 'backup', clusterId: cloud.clusterId, backupId },
  ])
  await waitUntilAvailable(options, step, started)
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
  await expect(waitUntilAvailable(more, step, started)).rejects.toThrow(
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
    await startBackup(options, step, [])
    expect(starts(cloud)).toBe(2)
    expect(reported[0]).toContain('is being backed up already')
    await expect(startBackup({ ...options, ifBusy: 'fail' }, step, [])).rejects.toThrow('if-busy: wait')
  },
)

test('the same refusal while nothing runs is an error, with the state of the cluster', async () => {
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
  const { step, options } = prepare(cloud)
  cloud.world.startManualBackup(cloud.clusterId)
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'envelope', status, code } })
  await expect(startBackup(options, step, [])).rejects.toThrow(ApiError)
  expect(cloud.requests).toHaveLength(1)
})

describe('a refusal in doubt: the server failed or gave a word for a code', () => {
  const inDoubt = { kind: 'envelope', status: 500, code: 96038 } as const
  const faults: Fault[] = [inDoubt, { kind: 'envelope', status: 200, code: 'INTERNAL' }]
  const cases = faults.flatMap(fault => [0, 60].map(durationSeconds => ({ fault, durationSeconds })))

  test.each(cases)('although carried out is adopted, never sent again: %j', async one => {
    await using cloud = await startSimulator()
    cloud.world.addBackup({ clusterId: cloud.clusterId })
    const { step, options, start } = prepare(cloud)
    cloud.world.nextJob({ type: 'BACKUP', durationSeconds: one.durationSeconds })
    cloud.faults.inject({ operation: 'createBackup', applied: true, fault: one.fault })
    const started = await start()
    expect(cloud.world.backups).toHaveLength(2)
    const ours = cloud.world.backups.at(-1)
    // "Mine?" is checked before "busy?": one that is AVAILABLE already is mine too.
    expect(ours?.status).toBe(one.durationSeconds === 0 ? 'AVAILABLE' : 'CREATING')
    expect(started).toEqual({ backupId: ours?.backupId, backupName: ours?.backupName })
    await waitUntilAvailable(options, step, started)
    expect(starts(cloud)).toBe(1)
  })

  test.each([0, 60])(
    'although carried out in %d s is adopted while an automatic backup runs',
    async durationSeconds => {
      await using cloud = await startSimulator()
      const { start, time } = prepare(cloud)
      cloud.world.nextJob({ type: 'BACKUP', durationSeconds })
      cloud.faults.inject({ operation: 'createBackup', applied: true, fault: inDoubt })
      const { clusterId } = cloud
      const automatic = { clusterId, creationMethod: 'AUTO', backupType: 'CLUSTER', status: 'CREATING' }
      const edit = (response: Listed) => {
        response.data.backups.push({ ...automatic, backupId: 'auto' })
        return response
      }
      const fault: Fault = { kind: 'edit', edit }
      cloud.faults.inject({ operation: 'listBackups', skip: 1, times: Number.POSITIVE_INFINITY, fault })
      const { backupId } = await start()
      expect(cloud.world.backups.map(backup => backup.backupId)).toEqual([backupId])
      expect(starts(cloud)).toBe(1)
      expect(time()).toBe(0)
    },
  )

  test('with nothing new means busy while another backup runs', async () => {
    await using cloud = await startSimulator()
    const { step, options } = prepare(cloud)
    const other = cloud.world.startAutomaticBackup(cloud.clusterId, { durationSeconds: 60 })
    cloud.faults.inject({ operation: 'createBackup', fault: inDoubt })
    const { backupId } = await startBackup(options, step, [])
    expect(cloud.world.backups.map(backup => backup.backupId)).toEqual([other.backupId, backupId])
    expect(starts(cloud)).toBe(2)
  })

  test('with nothing new while nothing runs is an error', async () => {
    await using cloud = await startSimulator()
    cloud.faults.inject({ operation: 'createBackup', fault: inDoubt })
    await expect(prepare(cloud).start()).rejects.toThrow(/code 96038.* Cluster in01-\w+ is RUNNING\.$/)
    expect(starts(cloud)).toBe(1)
  })
})

test('a lost response: the one new manual backup of that type is adopted', async () => {
  await using cloud = await startSimulator()
  cloud.world.addBackup({ clusterId: cloud.clusterId })
  cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind: 'reset' } })
  const { step, options, start } = prepare(cloud)
  const started = await start()
  const ours = cloud.world.backups.at(-1)
  expect(started).toEqual({ backupId: ours?.backupId, backupName: ours?.backupName })
  expect(step.inProgress.items).toEqual([
    { kind: 'backup', clusterId: cloud.clusterId, backupId: started.backupId },
  ])
  await waitUntilAvailable(options, step, started)
  expect(ours?.status).toBe('AVAILABLE')
  expect(starts(cloud)).toBe(1)
})

test('a lost response: nothing new is an error that says so, and nothing is sent again', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'gateway', status: 504 } })
  const { start } = prepare(cloud)
  // Somebody else's: automatic, of another type, of another cluster.
  const edit = (response: Listed) => {
    const backup = { backupId: 'x', status: 'CREATING', clusterId: cloud.clusterId }
    response.data.backups.push(
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
    return response
  }
  cloud.faults.inject({ operation: 'listBackups', skip: 1, times: 99, fault: { kind: 'edit', edit } })
  const error = await start().catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).toContain('The backup may have started anyway. No new backup is listed.')
  expect(starts(cloud)).toBe(1)
})

test('a lost response: several new ones are named, and none is adopted', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'reset' } })
  const { start } = prepare(cloud)
  const edit = (response: Listed) => {
    const common = {
      status: 'CREATING',
      clusterId: cloud.clusterId,
      creationMethod: 'MANUAL',
      backupType: 'CLUSTER',
    }
    response.data.backups.push({ ...common, backupId: 'one' }, { ...common, backupId: 'two' })
    return response
  }
  cloud.faults.inject({ operation: 'listBackups', skip: 1, times: 99, fault: { kind: 'edit', edit } })
  await expect(start()).rejects.toThrow('These are new, and any may be it: one, two.')
})
