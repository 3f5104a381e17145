import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import { always, atFirst, endNow } from './arrange.ts'
import { createBackup } from './steps.ts'
import { applied, errorOf, sent } from './story.ts'

const never = Number.POSITIVE_INFINITY

/** Responses that say no, or say nothing, and do not tell whether the request was carried out. */
const inDoubt: Fault[] = [
  { kind: 'reset' },
  { kind: 'gateway', status: 502 },
  { kind: 'envelope', status: 500, code: 96038, message: 'it failed' },
  { kind: 'envelope', status: 504, code: 40003, message: 'it failed' },
  { kind: 'envelope', status: 500, code: 0 },
  { kind: 'envelope', status: 200, code: 'INTERNAL' },
  { kind: 'without-ids', ids: ['backupId'] },
]

/** However late the action reads the list, the backup is still CREATING then. */
function keepCreating(cloud: Simulator) {
  cloud.world.nextJob({ durationSeconds: never })
  atFirst(cloud, 'describeBackup', () => endNow(cloud, cloud.world.jobs[0]))
}

const orders = { dbName: 'sales', collectionNames: ['orders'] }

/** The POST was not carried out; meanwhile the cluster gets another backup. */
function loseMeanwhile(cloud: Simulator, act: () => void) {
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'meanwhile', act } })
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'gateway', status: 502 } })
}

test.each(inDoubt)('carried out, and the response in doubt by %o: adopted, no second one', async fault => {
  await using cloud = await startSimulator({ speed: 60 })
  keepCreating(cloud)
  cloud.faults.inject({ operation: 'createBackup', applied: true, fault })
  const story = await createBackup(cloud)
  const [backup] = cloud.world.backups
  expect(sent(story, 'createBackup')).toHaveLength(1)
  expect(story.step.outputs).toMatchObject({
    status: 'succeeded',
    created: 'true',
    backupId: backup?.backupId,
  })
  expect(story.step.log.join('\n')).toContain(
    `Backup ${backup?.backupId} was made since then and is used as this step's backup.`,
  )
  // Only the response that had one gives a job.
  expect(story.step.outputs.jobId).toBe(fault.kind === 'without-ids' ? cloud.world.jobs[0]?.jobId : undefined)
})

test.each(inDoubt.slice(0, -1))('not carried out, in doubt by %o: it may have started', async fault => {
  await using cloud = await startSimulator({ speed: 20 })
  cloud.world.addBackup({ clusterId: cloud.clusterId })
  cloud.faults.inject({ operation: 'createBackup', fault })
  const story = await createBackup(cloud)
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(story.step.outputs).not.toHaveProperty('backupId')
  expect(errorOf(story)).toMatch(
    /^Could not start a backup of cluster \S+: .*\. The list of backups has no new one\. The backup may have started anyway: look at the backups of the cluster in the console before running this step again\. \(.*\)$/,
  )
  expect(sent(story, 'createBackup')).toHaveLength(1)
})

describe('an older backup is never taken for the lost one', () => {
  test('that the list left out before the POST', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 101 * 86_400 })
    cloud.faults.inject({ operation: 'listBackups', fault: { kind: 'without-entry', id: backupId } })
    cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'gateway', status: 502 } })
    const story = await createBackup(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(story.step.outputs).not.toHaveProperty('backupId')
    expect(errorOf(story)).toContain('may have started anyway')
  })

  test('of ten minutes ago, by the clock of a service that is ten minutes ahead', async () => {
    await using cloud = await startSimulator({ speed: 60, variants: { clockSkewSeconds: 600 } })
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 540 })
    cloud.faults.inject({ operation: 'listBackups', fault: { kind: 'without-entry', id: backupId } })
    cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'gateway', status: 502 } })
    const story = await createBackup(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(story.step.outputs).not.toHaveProperty('backupId')
  })
})

test.each<Partial<Variants>>([
  { clockSkewSeconds: 600 },
  { clockSkewSeconds: -600 },
  { serverDate: 'missing' },
  { timeFormat: 'milliseconds' },
])('one made since the POST is adopted where the service plays %o', async variants => {
  await using cloud = await startSimulator({ speed: 30, variants })
  keepCreating(cloud)
  cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind: 'reset' } })
  const story = await createBackup(cloud)
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
  expect(sent(story, 'createBackup')).toHaveLength(1)
})

test('one whose time cannot be read is named and not adopted', async () => {
  await using cloud = await startSimulator({ speed: 60, variants: { timeFormat: 'missing' } })
  cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind: 'reset' } })
  const story = await createBackup(cloud)
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.outputs).not.toHaveProperty('created')
  expect(errorOf(story)).toContain(
    `New since then, and not known to be this step's: ${cloud.world.backups[0]?.backupId}`,
  )
})

test('of two that were made since, none is adopted and both are named', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  loseMeanwhile(cloud, () => {
    for (const ageSeconds of [0, 0]) cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds })
  })
  const story = await createBackup(cloud)
  expect(story.step.outputs.status).toBe('failed')
  for (const { backupId } of cloud.world.backups) expect(errorOf(story)).toContain(backupId)
})

describe('collections', () => {
  const asked = { collections: 'sales.orders' }

  test('a backup of exactly these is adopted', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    keepCreating(cloud)
    cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind: 'reset' } })
    const story = await createBackup(cloud, asked)
    expect(applied(story, 'createBackup').map(({ body }) => body)).toEqual([
      { backupType: 'COLLECTION', dbCollections: [orders] },
    ])
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
    expect(JSON.parse(story.step.outputs.collections ?? '')).toEqual([
      { database: 'sales', collection: 'orders' },
    ])
  })

  test.each(['sales.items', 'sales.items\nsales.orders'])('one of %o is not', async others => {
    await using cloud = await startSimulator({ speed: 60 })
    // A step beside this one, whose backup is made while the POST is on its way.
    const beside = () => addCollectionBackup(cloud, others)
    loseMeanwhile(cloud, beside)
    const story = await createBackup(cloud, asked)
    expect(story.step.outputs.status).toBe('failed')
    expect(story.step.outputs).not.toHaveProperty('backupId')
    expect(errorOf(story)).toContain('may have started anyway')
  })

  test('one whose contents are not listed is named and not adopted', async () => {
    await using cloud = await startSimulator({ speed: 60, variants: { backupCollections: 'none' } })
    cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind: 'reset' } })
    const story = await createBackup(cloud, asked)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain(`${cloud.world.backups[0]?.backupId}`)
  })
})

function addCollectionBackup({ world, clusterId }: Simulator, names: string) {
  const collections = names.split('\n').map(name => name.replace('sales.', ''))
  const sales = world.cluster(clusterId).databases.filter(({ name }) => name === 'sales')
  const databases = sales.map(database => ({
    ...database,
    collections: database.collections.filter(({ name }) => collections.includes(name)),
  }))
  world.addBackup({ clusterId, backupType: 'COLLECTION', ageSeconds: 0, databases })
}

test('an automatic backup that is CREATING meanwhile is the likely reason, and nothing is sent again', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  loseMeanwhile(cloud, () => cloud.world.startAutomaticBackup(cloud.clusterId, { durationSeconds: never }))
  const story = await createBackup(cloud)
  const [auto] = cloud.world.backups
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(story.step.outputs).not.toHaveProperty('backupId')
  expect(errorOf(story)).toMatch(
    new RegExp(
      `${auto?.backupId}.* is running, .* most likely refused this one because of it: run the job again`,
    ),
  )
  expect(sent(story, 'createBackup')).toHaveLength(1)
})

test('a list that lags behind is asked for half a minute', async () => {
  await using cloud = await startSimulator({ speed: 30, variants: { notReadableForSeconds: 15 } })
  keepCreating(cloud)
  cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind: 'reset' } })
  const story = await createBackup(cloud)
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
})

test('a list that cannot be read says so, and that it may have started', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind: 'reset' } })
  const fault = { kind: 'envelope', status: 403, code: 96027, message: 'out of scope' } as const
  cloud.faults.inject({ operation: 'listBackups', skip: 1, ...always, fault })
  const story = await createBackup(cloud)
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toMatch(/The check failed: .*code 96027/s)
  expect(errorOf(story)).toMatch(/may have started/)
  expect(sent(story, 'createBackup')).toHaveLength(1)
})
