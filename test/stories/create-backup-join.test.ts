import { describe, expect, test } from 'vitest'
import { type BackupDraft, type Simulator, startSimulator } from '../../simulator/index.ts'
import { atFirst, endAtList, endAtRead, onRequest } from './arrange.ts'
import { createBackup, type Inputs } from './steps.ts'
import { errorOf, type StoryResult, sent } from './story.ts'

const never = Number.POSITIVE_INFINITY
const join = { 'if-busy': 'join' }

/** A manual backup of `production` that is CREATING, and AVAILABLE or gone when its state was read so many times. */
function addRunning(
  cloud: Simulator,
  draft: Partial<BackupDraft> = {},
  ends = { status: 'AVAILABLE', read: 3 },
) {
  const backup = cloud.world.addBackup({
    clusterId: cloud.clusterId,
    status: 'CREATING',
    ageSeconds: 60,
    ...draft,
  })
  let reads = 0
  onRequest(cloud, '*', ({ operationId }) => {
    if (operationId === 'describeBackup' || operationId === 'listBackups') reads++
    if (reads === ends.read) Object.assign(backup, { status: ends.status })
  })
  return backup
}

function salesOf({ world, clusterId }: Simulator, collections: readonly string[]) {
  return world
    .cluster(clusterId)
    .databases.filter(({ name }) => name === 'sales')
    .map(database => ({
      ...database,
      collections: database.collections.filter(({ name }) => collections.includes(name)),
    }))
}

function expectJoined({ step, requests }: StoryResult, backupId: string) {
  expect(step.outputs).toMatchObject({ status: 'succeeded', created: 'false', backupId })
  expect(step.outputs).not.toHaveProperty('jobId')
  expect(requests.filter(({ method }) => method !== 'GET')).toEqual([])
}

function expectOwn(cloud: Simulator, story: StoryResult, other: string) {
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
  expect(story.step.outputs.backupId).toBe(cloud.world.backups.at(-1)?.backupId)
  expect(story.step.outputs.backupId).not.toBe(other)
  expect(sent(story, 'createBackup')).toHaveLength(1)
}

describe('join', () => {
  test('fails the step when the backup that was joined comes to nothing', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const { backupId } = addRunning(cloud, {}, { status: 'DELETED', read: 4 })
    const story = await createBackup(cloud, join)
    expect(story.step).toMatchObject({
      exitCode: 1,
      outputs: { status: 'failed', created: 'false', backupId },
    })
    expect(errorOf(story)).toContain(backupId)
    expect(sent(story, 'createBackup')).toEqual([])
  })

  test('takes a manual backup of the same type, and says when it began', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const { backupId } = addRunning(cloud)
    const story = await createBackup(cloud, join)
    expectJoined(story, backupId)
    expect(story.step.log.join('\n')).toMatch(
      new RegExp(`${backupId} .* is used instead\\. It began .* ago, so later writes may not be in it`),
    )
    const page = story.step.summary
    expect(page).toContain('<h2>✅ No new backup of production: another one serves</h2>')
    expect(page).toMatch(
      /<p>The backup began at <strong>.* UTC<\/strong> \(\d+[sm] ago\): later writes may not be in it\. It holds the whole cluster .*\. It was running already when this step began\.<\/p>/,
    )
    // The size of one that is running is not known.
    expect(page).not.toContain('0 B')
    expect(page).toContain(`<td>Backup\u00a0id</td><td><code>${backupId}</code></td>`)
  })

  test('with wait: false is skipped', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const { backupId } = addRunning(cloud, {}, { status: 'AVAILABLE', read: never })
    const story = await createBackup(cloud, { ...join, wait: 'false' })
    expect(story.step).toMatchObject({
      exitCode: 0,
      outputs: { status: 'skipped', created: 'false', backupId },
    })
    expect(sent(story, 'createBackup')).toEqual([])
  })

  test('plans nothing in a dry run', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const { backupId } = addRunning(cloud, {}, { status: 'AVAILABLE', read: never })
    const story = await createBackup(cloud, { ...join, 'dry-run': 'true' })
    expect(story.step.outputs).toMatchObject({ status: 'planned', plan: '[]', created: 'false', backupId })
  })

  test('takes one that is younger than skip-if-newer-than', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const { backupId } = addRunning(cloud, { ageSeconds: 1800 })
    expectJoined(await createBackup(cloud, { ...join, 'skip-if-newer-than': '1h' }), backupId)
  })

  test('takes one of collections that holds those that are asked', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const databases = salesOf(cloud, ['orders', 'items'])
    const { backupId } = addRunning(cloud, { backupType: 'COLLECTION', databases })
    expectJoined(await createBackup(cloud, { ...join, collections: 'sales.orders' }), backupId)
  })

  test('takes one that a refusal has shown', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    atFirst(cloud, 'createBackup', () => {
      cloud.world.startManualBackup(cloud.clusterId)
    })
    const story = await createBackup(cloud, join)
    const [backup] = cloud.world.backups
    expect(cloud.world.backups).toHaveLength(1)
    expect(story.step.outputs).toMatchObject({
      status: 'succeeded',
      created: 'false',
      backupId: backup?.backupId,
    })
    expect(sent(story, 'createBackup')).toHaveLength(1)
  })
})

describe('join waits for any other, and then starts its own:', () => {
  test('an automatic one', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { backupId } = cloud.world.startAutomaticBackup(cloud.clusterId)
    expectOwn(cloud, await createBackup(cloud, join), backupId)
  })

  test.each<[what: string, inputs: Inputs, draft: (cloud: Simulator) => Partial<BackupDraft>]>([
    ['one of the other type', {}, () => ({ backupType: 'COLLECTION' })],
    [
      'one of other collections',
      { collections: 'sales.orders' },
      cloud => ({
        backupType: 'COLLECTION',
        databases: salesOf(cloud, ['items']),
      }),
    ],
    [
      'one that is older than skip-if-newer-than',
      { 'skip-if-newer-than': '1h' },
      () => ({ ageSeconds: 7200 }),
    ],
    ['one of unknown age', { 'skip-if-newer-than': '1h' }, () => ({ shown: { createTime: undefined } })],
  ])('%s', async (_what, inputs, draft) => {
    await using cloud = await startSimulator({ speed: 30 })
    const { backupId } = addRunning(cloud, draft(cloud), { status: 'DELETED', read: 5 })
    expectOwn(cloud, await createBackup(cloud, { ...join, ...inputs }), backupId)
  })

  test('one whose collections are not shown', async () => {
    await using cloud = await startSimulator({ speed: 30, variants: { backupCollections: 'none' } })
    const draft = { backupType: 'COLLECTION', databases: salesOf(cloud, ['orders']) } as const
    const { backupId } = addRunning(cloud, draft, { status: 'DELETED', read: 5 })
    expectOwn(cloud, await createBackup(cloud, { ...join, collections: 'sales.orders' }), backupId)
  })
})

describe('a manual backup of another cluster is in the way', () => {
  const variants = { manualBackupsAtOnce: 'organization' } as const

  test('wait: it is waited for, and the POST sent again', async () => {
    await using cloud = await startSimulator({ speed: 30, variants })
    const other = cloud.world.startManualBackup(cloud.world.cluster('staging').clusterId, {
      durationSeconds: never,
    })
    endAtList(cloud, 6)
    const story = await createBackup(cloud)
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
    expect(sent(story, 'createBackup').map(({ applied }) => applied)).toEqual([false, true])
    expect(story.step.log.join('\n')).toContain(
      `Another cluster is being backed up: ${other.backupId} of cluster ${other.source.clusterId}`,
    )
  })

  test('fail: it is named', async () => {
    await using cloud = await startSimulator({ speed: 30, variants })
    const other = cloud.world.startManualBackup(cloud.world.cluster('staging').clusterId, {
      durationSeconds: never,
    })
    const story = await createBackup(cloud, { 'if-busy': 'fail' })
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain(`${other.backupId} of cluster ${other.source.clusterId}`)
    expect(sent(story, 'createBackup')).toHaveLength(1)
  })

  test('join: it is not joined', async () => {
    await using cloud = await startSimulator({ speed: 30, variants })
    const other = cloud.world.startManualBackup(cloud.world.cluster('staging').clusterId, {
      durationSeconds: never,
    })
    endAtList(cloud, 6)
    const story = await createBackup(cloud, join)
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
    expect(story.step.outputs.backupId).not.toBe(other.backupId)
  })
})

test('refused for a backup that has ended before the look: sent again', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const act = () => void cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 1 })
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'meanwhile', act } })
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'envelope', status: 200, code: 96038 } })
  const story = await createBackup(cloud)
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
  expect(sent(story, 'createBackup')).toHaveLength(2)
})

test('hundreds of old backups of collections are not described', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  for (let day = 1; day <= 300; day++) {
    const databases = salesOf(cloud, ['items'])
    const backupType = 'COLLECTION'
    cloud.world.addBackup({ clusterId: cloud.clusterId, backupType, databases, ageSeconds: day * 86_400 })
  }
  endAtRead(cloud, 2)
  const story = await createBackup(cloud, { collections: 'sales.orders', 'skip-if-newer-than': '12h' })
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
  const own = story.step.outputs.backupId ?? ''
  // The newest of them is enough to see that all are too old.
  const ofOthers = sent(story, 'describeBackup').filter(({ path }) => !path.endsWith(own))
  expect(ofOthers.length).toBeLessThanOrEqual(1)
})

test.each([
  ['CREATING', 'Backup <id> is left, CREATING. It may stay so.'],
  ['FAILED', 'Backup <id> is left, FAILED. Delete it with operation: delete-backup.'],
  ['none', 'No backup was left (looked up after the failure).'],
] as const)('a failed job that leaves %s says so', async (backupLeftByFailedJob, left) => {
  await using cloud = await startSimulator({ speed: 30, variants: { backupLeftByFailedJob } })
  cloud.world.nextJob({ outcome: 'FAILED', reason: 'disk full' })
  const story = await createBackup(cloud)
  expect(story.step.outputs.status).toBe('failed')
  const { jobId, backupId = '' } = story.step.outputs
  expect(errorOf(story)).toBe(
    `The service ended job ${jobId} as FAILED. Reason: "disk full". Your data is unchanged. ${left.replace('<id>', backupId)} Run the step again. If it fails again, open a ticket at Zilliz with job ${jobId}.`,
  )
  // Only what a look showed to be running is said to be.
  const isRunning = backupLeftByFailedJob === 'CREATING'
  expect(story.step.summary.includes('Still running')).toBe(isRunning)
})

test('a failed job whose backup is AVAILABLE is a failure, and not relied on', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  cloud.world.nextJob({ outcome: 'FAILED', reason: 'disk full' })
  atFirst(cloud, 'describeBackup', () => {
    for (const backup of cloud.world.backups) Object.assign(backup, { status: 'AVAILABLE' })
  })
  const story = await createBackup(cloud)
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toContain('is AVAILABLE although its job failed: do not rely on it')
})
