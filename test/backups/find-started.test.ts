import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { type BackupOptions, startBackup } from '../../src/backups/create.ts'
import { OperationFailed } from '../../src/errors.ts'
import { listBackups } from '../../src/zilliz/reads.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const orders = { database: 'sales', collections: ['orders'] }

function prepare(cloud: Simulator, more: Partial<BackupOptions> = {}) {
  const { step, reported, time } = stepIn(cloud)
  const { clusterId } = cloud
  const options: BackupOptions = {
    clusterId,
    crossRegionCopies: [],
    ifBusy: 'wait',
    pollInterval: 15_000,
    ...more,
  }
  const start = async () =>
    startBackup(options, step, { listed: await listBackups(step.cloud, clusterId) }).catch(thrown => thrown)
  return { step, reported, time, start }
}

const add = (cloud: Simulator, more: object = {}) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 0, ...more })

const starts = (cloud: Simulator) =>
  cloud.requests.filter(({ operationId }) => operationId === 'createBackup').length

/** The POST is not carried out and its response is lost; something else happens meanwhile. */
function lose(cloud: Simulator, act: () => void = () => {}) {
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'meanwhile', act } })
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'gateway', status: 504 } })
}

const look =
  'The backup may have started anyway: look at the backups of the cluster in the console before running this step again.'

describe('a start that was carried out although its answer was lost is adopted, never sent again', () => {
  const faults: Fault[] = [
    { kind: 'reset' },
    { kind: 'gateway', status: 504 },
    { kind: 'envelope', status: 500, code: 96038 },
    { kind: 'envelope', status: 200, code: 'INTERNAL' },
  ]
  const cases = faults.flatMap(fault => [0, 60].map(durationSeconds => ({ fault, durationSeconds })))

  test.each(cases)('%j', async ({ fault, durationSeconds }) => {
    await using cloud = await startSimulator()
    add(cloud, { ageSeconds: 3_600 })
    cloud.world.nextJob({ type: 'BACKUP', durationSeconds })
    cloud.faults.inject({ operation: 'createBackup', applied: true, fault })
    const { start, step, reported } = prepare(cloud)
    const started = await start()
    const ours = cloud.world.backups.at(-1)
    expect(started).toEqual({
      kind: 'started',
      backup: { backupId: ours?.backupId, backupName: ours?.backupName, jobId: undefined },
    })
    expect(reported).toContain(
      `Backup ${ours?.backupId} was made since then and is used as this step's backup.`,
    )
    expect(step.inProgress.items).toEqual([
      { kind: 'backup', clusterId: cloud.clusterId, backupId: ours?.backupId },
    ])
    expect(starts(cloud)).toBe(1)
  })

  test('also while an automatic backup runs, and with collections that it lists', async () => {
    await using cloud = await startSimulator()
    cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind: 'reset' } })
    const { start, time } = prepare(cloud, { collections: orders })
    const { backup } = await start()
    expect(cloud.world.backups.map(({ backupId }) => backupId)).toEqual([backup.backupId])
    expect(time()).toBe(0)
  })
})

describe('a start that was not carried out adopts nothing, however much the list changed', () => {
  test.each<[string, object, Partial<BackupOptions>]>([
    ['older than the POST', { ageSeconds: 60 }, {}],
    [
      'dated by its description, not by the list',
      { ageSeconds: 86_400, listed: { createTime: undefined } },
      {},
    ],
    ['automatic', { creationMethod: 'AUTO' }, {}],
    ['of another type', { backupType: 'COLLECTION' }, {}],
    ['automatic by its description', { creationMethod: 'AUTO', listed: { creationMethod: 'MANUAL' } }, {}],
    ['of other collections', { backupType: 'COLLECTION' }, { collections: orders }],
  ])('one that is %s ("Requests")', async (_, more, options) => {
    await using cloud = await startSimulator()
    const { start, time } = prepare(cloud, options)
    lose(cloud, () => add(cloud, more))
    const error = await start()
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.message).toMatch(/^Could not start a backup of cluster .*HTTP 504/)
    expect(error.message).toContain(` The list of backups has no new one. ${look}`)
    expect(starts(cloud)).toBe(1)
    // It was looked for as long as a list may lag behind.
    expect(time()).toBeGreaterThanOrEqual(26_000)
  })

  test('one that is of another cluster by its description', async () => {
    await using cloud = await startSimulator()
    const edit = ({ data, ...envelope }: { data: object }) => ({
      ...envelope,
      data: { ...data, clusterId: 'in01-other' },
    })
    const fault = { kind: 'edit', edit } as const
    cloud.faults.inject({ operation: 'describeBackup', times: Number.POSITIVE_INFINITY, fault })
    const { start } = prepare(cloud)
    lose(cloud, () => add(cloud))
    const error = await start()
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.message).toContain(` The list of backups has no new one. ${look}`)
  })

  test.each([600, -600])("the service's own clock dates it, %d s off (R3)", async clockSkewSeconds => {
    await using cloud = await startSimulator({ variants: { clockSkewSeconds } })
    const { start } = prepare(cloud)
    lose(cloud, () => add(cloud, { ageSeconds: 10 }))
    expect((await start()).message).toContain('The list of backups has no new one.')
    const other = prepare(cloud)
    cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind: 'reset' } })
    expect(await other.start()).toMatchObject({ kind: 'started' })
  })

  test('one that a list left out before the POST is not taken for a new one', async () => {
    await using cloud = await startSimulator()
    const { backupId } = add(cloud, { ageSeconds: 3 * 86_400 })
    cloud.faults.inject({ operation: 'listBackups', fault: { kind: 'without-entry', id: backupId } })
    lose(cloud)
    expect((await prepare(cloud).start()).message).toContain('The list of backups has no new one.')
  })
})

describe('what cannot be told is named, and none is adopted', () => {
  test('several new ones', async () => {
    await using cloud = await startSimulator()
    const ids: string[] = []
    const { start } = prepare(cloud)
    lose(cloud, () => ids.push(add(cloud).backupId, add(cloud, { status: 'CREATING' }).backupId))
    const error = await start()
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.message).toContain("New since then, and not known to be this step's: ")
    expect(error.message).toContain(`${ids[0]} (AVAILABLE)`)
    expect(error.message).toContain(`${ids[1]} (CREATING)`)
    expect(error.message).toContain(look)
    expect(starts(cloud)).toBe(1)
  })

  test.each<[string, object, Partial<BackupOptions>]>([
    ['without a time', { shown: { createTime: undefined } }, {}],
    [
      'of collections that the service does not list',
      { backupType: 'COLLECTION', shown: { dbCollections: undefined, collections: undefined } },
      { collections: orders },
    ],
  ])('one %s', async (_, more, options) => {
    await using cloud = await startSimulator()
    const { start } = prepare(cloud, options)
    let id = ''
    lose(cloud, () => {
      id = add(cloud, more).backupId
    })
    expect((await start()).message).toContain(
      `New since then, and not known to be this step's: ${id} (AVAILABLE). ${look}`,
    )
    expect(starts(cloud)).toBe(1)
  })
})

test('nothing new while another one runs: most likely refused because of it, and never called busy ("Requests")', async () => {
  await using cloud = await startSimulator()
  const { start } = prepare(cloud)
  let other = ''
  lose(cloud, () => {
    other = cloud.world.startAutomaticBackup(cloud.clusterId, { durationSeconds: 600 }).backupId
  })
  const error = await start()
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).toContain(`Backup ${other} (`)
  expect(error.message).toContain(
    ' is running, and the list of backups has none that this step could have started. The service most likely refused this one because of it: run the job again when that backup has ended.',
  )
  expect(starts(cloud)).toBe(1)
})

test('a look that fails says why, and that it may have started', async () => {
  await using cloud = await startSimulator()
  const { start } = prepare(cloud)
  lose(cloud, () =>
    cloud.faults.inject({
      operation: 'listBackups',
      times: 9,
      fault: { kind: 'envelope', status: 200, code: 96016 },
    }),
  )
  const { message } = await start()
  expect(message).toMatch(
    /: the service or its gateway failed\. The check failed: This API key may not list the backups of cluster \S+\. The/,
  )
  expect(message).toContain(look)
  expect(message).toMatch(/\(.*, HTTP 50\d, [^;]*; .*, code 96016, [^;]*\)$/)
})

test('the job of an answer without backupId goes with the backup that was found', async () => {
  await using cloud = await startSimulator()
  const fault = { kind: 'without-ids', ids: ['backupId'] } as const
  cloud.faults.inject({ operation: 'createBackup', fault })
  const { start } = prepare(cloud)
  expect(await start()).toMatchObject({
    kind: 'started',
    backup: { backupId: cloud.world.backups[0]?.backupId, jobId: expect.stringMatching(/^job-/) },
  })
})
