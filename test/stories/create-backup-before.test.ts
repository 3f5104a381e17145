/** What is read before a backup starts: a recent one that can be used, another one that is running. */
import { describe, expect, test } from 'vitest'
import { type BackupDraft, type Simulator, startSimulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { atFirst, endAtList, endAtRead } from './arrange.ts'
import { createBackup } from './steps.ts'
import { applied, errorOf, sent } from './story.ts'

const never = Number.POSITIVE_INFINITY
const hour = 3_600
const day = 24 * hour

const addBackup = (cloud: Simulator, draft: Omit<BackupDraft, 'clusterId'>) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ...draft })

const sales = (...names: string[]) => [
  {
    name: 'sales',
    collections: names.map(name => ({ name, description: '', status: 'LOADED' as const, rows: 1 })),
  },
]

describe('skip-if-newer-than', () => {
  const within = { 'skip-if-newer-than': '6h' }

  test.each(nodes)('uses a fresh manual backup on Node %s', async node => {
    await using cloud = await startSimulator({ speed: 20 })
    const { backupId } = addBackup(cloud, { ageSeconds: 5 * hour })
    addBackup(cloud, { ageSeconds: 2 * day })
    const story = await createBackup(cloud, within, { node })
    expect(story.step).toMatchObject({
      exitCode: 0,
      outputs: { status: 'skipped', created: 'false', backupId },
    })
    expect(story.requests.map(({ method }) => method)).not.toContain('POST')
    await expect(story.text).toMatchFileSnapshot('transcripts/create-backup-skipped.txt')
  })

  test('uses a fresh automatic backup', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { backupId } = addBackup(cloud, { ageSeconds: hour, creationMethod: 'AUTO' })
    const story = await createBackup(cloud, within)
    expect(story.step.outputs).toMatchObject({ status: 'skipped', created: 'false', backupId })
    expect(cloud.world.backups).toHaveLength(1)
  })

  test.each<[string, Omit<BackupDraft, 'clusterId'>, string]>([
    ['too old', { ageSeconds: 7 * hour }, ''],
    ['of collections, where the cluster is requested', { backupType: 'COLLECTION' }, ''],
    ['of the cluster, where collections are requested', {}, 'sales.orders'],
    [
      'without all the requested collections',
      { backupType: 'COLLECTION', databases: sales('orders') },
      'sales.orders\nsales.items',
    ],
    [
      'of a collection of that name in another database',
      { backupType: 'COLLECTION', databases: sales('products') },
      'products',
    ],
  ])('makes a new one beside one %s', async (_, draft, collections) => {
    await using cloud = await startSimulator({ speed: 30 })
    addBackup(cloud, draft)
    const story = await createBackup(cloud, { ...within, collections })
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
    expect(story.step.outputs.backupId).toBe(cloud.world.backups[1]?.backupId)
  })

  test('does not use one that is still being made', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { backupId } = addBackup(cloud, { status: 'CREATING', ageSeconds: 60 })
    const story = await createBackup(cloud, { ...within, 'if-busy': 'fail' })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toContain(`${backupId} (MANUAL) is CREATING`)
  })

  test('uses one with more collections than requested', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const databases = sales('orders', 'items', 'returns')
    const { backupId } = addBackup(cloud, { backupType: 'COLLECTION', databases })
    const { step } = await createBackup(cloud, { ...within, collections: 'sales.items\nsales.orders' })
    expect(step.outputs).toMatchObject({ status: 'skipped', backupId })
  })

  test.each(['flat', 'none'] as const)('makes a new one where %s collections leave it open', async listed => {
    await using cloud = await startSimulator({ speed: 30, variants: { backupCollections: listed } })
    addBackup(cloud, { backupType: 'COLLECTION', databases: sales('orders') })
    const { step } = await createBackup(cloud, { ...within, collections: 'sales.orders' })
    expect(step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
  })

  test.each(['newest-first', 'oldest-first', 'shuffled'] as const)(
    'settles equal times by describing (listed %s)',
    async listOrder => {
      const variants = { listCreateTime: 'cluster', listOrder } as const
      await using cloud = await startSimulator({ speed: 30, variants })
      addBackup(cloud, { ageSeconds: 3 * hour })
      const { backupId } = addBackup(cloud, { ageSeconds: 2 * hour })
      addBackup(cloud, { ageSeconds: 9 * day })
      const story = await createBackup(cloud, within)
      expect(story.step.outputs).toMatchObject({ status: 'skipped', backupId })
      expect(sent(story, 'describeBackup')).toHaveLength(3)
    },
  )

  test('uses the time of the description where the list gives a later one', async () => {
    await using cloud = await startSimulator({ speed: 30, variants: { listCreateTime: 'cluster' } })
    const young = cloud.world.addCluster({ clusterName: 'young', createdAt: cloud.world.now() - 1_000 })
    cloud.world.addBackup({ clusterId: young.clusterId, ageSeconds: 2 * day })
    const { step } = await createBackup(cloud, { ...within, 'cluster-id': young.clusterId })
    expect(step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
  })

  test('passes over one that is deleted before it can be described', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { backupId } = addBackup(cloud, { ageSeconds: 2 * hour })
    const newest = addBackup(cloud, { ageSeconds: hour })
    atFirst(cloud, 'describeBackup', () => {
      newest.status = 'DELETED'
    })
    const { step } = await createBackup(cloud, within)
    expect(step.outputs).toMatchObject({ status: 'skipped', backupId })
  })

  test('in a dry run leaves an empty plan', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { backupId } = addBackup(cloud, { ageSeconds: hour })
    const { step } = await createBackup(cloud, { ...within, 'dry-run': 'true' })
    expect(step).toMatchObject({ exitCode: 0, outputs: { status: 'planned', plan: '[]', backupId } })
  })

  test('needs no free cluster: another backup may be running', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    addBackup(cloud, { ageSeconds: hour })
    cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: never })
    const { step } = await createBackup(cloud, { ...within, 'if-busy': 'fail' })
    expect(step.outputs.status).toBe('skipped')
  })
})

describe('the list of backups', () => {
  const within = { 'skip-if-newer-than': '6h' }

  test.each([
    ['newest-first', 'total'],
    ['oldest-first', 'total'],
    ['oldest-first', 'page'],
    ['shuffled', 'page'],
  ] as const)('is read to its end: 130 of them, %s, count of the %s', async (listOrder, listCount) => {
    await using cloud = await startSimulator({ speed: 30, variants: { listOrder, listCount } })
    for (let age = 130; age > 1; age--) addBackup(cloud, { ageSeconds: age * day })
    const { backupId } = addBackup(cloud, { ageSeconds: hour })
    const story = await createBackup(cloud, within)
    expect(story.step.outputs).toMatchObject({ status: 'skipped', backupId })
    const asked = sent(story, 'listBackups').map(({ query }) => [query.pageSize, query.currentPage])
    expect(asked).toEqual([
      ['100', '1'],
      ['100', '2'],
    ])
  })

  test('may end with a full page', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    for (let age = 100; age > 0; age--) addBackup(cloud, { ageSeconds: age * day })
    const story = await createBackup(cloud, within)
    expect(story.step.outputs.status).toBe('succeeded')
  })

  test('may hold backups of other clusters, which are none of ours', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { clusterId } = cloud.world.cluster('staging')
    const other = cloud.world.startManualBackup(clusterId, { durationSeconds: never })
    cloud.faults.inject({
      operation: 'listBackups',
      fault: {
        kind: 'edit',
        edit(response) {
          const { backupId, backupName, creationMethod, status } = other
          response.data.backups.push({ backupId, backupName, creationMethod, status, clusterId })
          return response
        },
      },
    })
    const { step } = await createBackup(cloud, { 'if-busy': 'fail' })
    expect(step.outputs.status).toBe('succeeded')
  })
})

describe('if-busy', () => {
  test.each(nodes)('wait: a manual backup that is running goes first, on Node %s', async node => {
    await using cloud = await startSimulator({ speed: 20 })
    atFirst(cloud, 'listBackups', () => {
      cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: 10 })
      cloud.world.nextJob({ durationSeconds: never })
    })
    endAtRead(cloud, 3)
    const story = await createBackup(cloud, {}, { node })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(sent(story, 'createBackup')).toHaveLength(1)
    expect(sent(story, 'createBackup')[0]?.time).toBeGreaterThan(cloud.world.jobs[0]?.endsAt ?? 0)
    expect(story.step.outputs.backupId).toBe(cloud.world.backups[1]?.backupId)
    await expect(story.text).toMatchFileSnapshot('transcripts/create-backup-busy.txt')
  })

  test('wait: so does an automatic one', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    atFirst(cloud, 'listBackups', () => {
      cloud.world.startAutomaticBackup(cloud.clusterId)
    })
    const story = await createBackup(cloud, { 'if-busy': 'WAIT' })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(sent(story, 'createBackup').map(({ applied }) => applied)).toEqual([true])
  })

  test.each(['startManualBackup', 'startAutomaticBackup'] as const)('fail: %s', async start => {
    await using cloud = await startSimulator({ speed: 30 })
    const other = cloud.world[start](cloud.clusterId, { durationSeconds: never })
    const story = await createBackup(cloud, { 'if-busy': 'fail' })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toContain(
      `is being backed up already: ${other.backupId} (${other.creationMethod})`,
    )
    expect(sent(story, 'createBackup')).toEqual([])
  })

  test.each([
    [96038, 200],
    [40003, 200],
    [96038, 400],
  ] as const)(
    'wait: a refusal that only comes with the POST (%d, HTTP %d)',
    async (busyCode, errorHttpStatus) => {
      const variants = { busyCode, errorHttpStatus }
      await using cloud = await startSimulator({ speed: 30, variants })
      atFirst(cloud, 'createBackup', () => {
        cloud.world.startAutomaticBackup(cloud.clusterId, { durationSeconds: never })
      })
      endAtList(cloud, 3)
      const story = await createBackup(cloud)
      expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
      expect(sent(story, 'createBackup').map(({ applied, code }) => [applied, code])).toEqual([
        [false, busyCode],
        [true, 0],
      ])
      expect(sent(story, 'createBackup')[1]?.time).toBeGreaterThan(cloud.world.jobs[0]?.endsAt ?? 0)
    },
  )

  test.each([96038, 40003] as const)('fail: the same refusal (%d)', async busyCode => {
    await using cloud = await startSimulator({ speed: 30, variants: { busyCode } })
    atFirst(cloud, 'createBackup', () => {
      cloud.world.startAutomaticBackup(cloud.clusterId, { durationSeconds: never })
    })
    const story = await createBackup(cloud, { 'if-busy': 'fail' })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toContain(`${cloud.world.backups[0]?.backupId} (AUTO) is CREATING`)
    expect(sent(story, 'createBackup')).toHaveLength(1)
  })

  test('wait: inside timeout', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: never })
    const story = await createBackup(cloud, { timeout: '15s' })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
    expect(story.step.outputs).not.toHaveProperty('backupId')
    expect(errorOf(story)).toBe(
      `Timed out after 15s: another backup of cluster ${cloud.clusterId} is still running. Nothing was started. Run this step again, with a longer timeout.`,
    )
    expect(sent(story, 'createBackup')).toEqual([])
  })

  test('a dry run does not wait, and fails where the step would', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: never })
    const planned = await createBackup(cloud, { 'dry-run': 'true' })
    expect(planned.step.outputs.status).toBe('planned')
    expect(planned.step.log.join('\n')).toContain('is being backed up already')
    const failed = await createBackup(cloud, { 'dry-run': 'true', 'if-busy': 'fail' })
    expect(failed.step.outputs.status).toBe('failed')
    expect(applied(failed, 'createBackup')).toEqual([])
  })
})
