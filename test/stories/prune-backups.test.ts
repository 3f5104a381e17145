import { describe, expect, test } from 'vitest'
import { type Fault, startSimulator, type Variants } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { always, refusing } from './arrange.ts'
import {
  aboutBackup,
  addBackupOfAge,
  addBackupsOfAges,
  deletedAtService,
  deletedIds,
  expectDeleted,
  oneByOne,
  plannedIds,
} from './deletions.ts'
import { pruneBackups } from './steps.ts'
import { annotationsOf, errorOf, sent } from './story.ts'

describe.each(nodes)('prune-backups on Node %s', node => {
  test('the newest of each type stay, the others go, the oldest first', async () => {
    await using cloud = await startSimulator(oneByOne)
    const [, middle, old] = addBackupsOfAges(cloud, [24, 48, 72])
    const [, oldest] = addBackupsOfAges(cloud, [50, 100], { backupType: 'COLLECTION' })
    const automatic = addBackupOfAge(cloud, 1_000, { creationMethod: 'AUTO' })
    const another = addBackupsOfAges(cloud, [500, 600], {
      clusterId: cloud.world.cluster('staging').clusterId,
    })
    const story = await pruneBackups(cloud, {}, { node })
    expect(story.step.outcome).toBe('success')
    expect(story.step.outputs.status).toBe('succeeded')
    expect(deletedIds(story)).toEqual([oldest, old, middle])
    expectDeleted(cloud, story, [oldest, old, middle])
    for (const id of [automatic, ...another]) expect(cloud.world.backup(id).status).toBe('AVAILABLE')
    await expect(story.text).toMatchFileSnapshot('transcripts/prune-backups.txt')
  })

  test('a dry run shows its plan, the oldest first, and only reads', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, old, oldest] = addBackupsOfAges(cloud, [24, 49, 97, 200])
    const story = await pruneBackups(cloud, { 'older-than': '3d', 'dry-run': 'true' }, { node })
    expect(plannedIds(story)).toEqual([oldest, old])
    expect(story.step.outputs.deletedBackupIds).toBe('[]')
    // The one that the rule keeps is described, in a dry run too.
    expect(story.requests.map(({ operationId }) => operationId)).toEqual(['listBackups', 'describeBackup'])
    expect(deletedAtService(cloud)).toEqual([])
    expect(cloud.world.backup(young ?? '').status).toBe('AVAILABLE')
    await expect(story.text).toMatchFileSnapshot('transcripts/prune-backups-planned.txt')
  })
})

describe('the rule', () => {
  // Of two types, the older the higher the number: A and B stand for cluster and collections.
  const rules: [inputs: Record<string, string>, expected: string][] = [
    [{}, 'A6 B5 A4 B3'],
    [{ 'keep-last': '2' }, 'A6 B5'],
    [{ 'keep-last': '3' }, ''],
    [{ 'backup-type': 'CLUSTER' }, 'A6 A4'],
    [{ 'backup-type': 'collection' }, 'B5 B3'],
    [{ 'backup-type': 'CLUSTER', 'keep-last': '2' }, 'A6'],
    [{ 'older-than': '4d12h' }, 'A6 B5'],
    [{ 'older-than': '4d12h', 'keep-last': '2' }, 'A6 B5'],
    [{ 'older-than': '5d12h', 'backup-type': 'COLLECTION' }, ''],
    [{ 'older-than': '30d' }, ''],
  ]
  test.each(rules)('%o deletes: %s', async (inputs, expected) => {
    await using cloud = await startSimulator({ speed: 20, variants: { listOrder: 'shuffled' } })
    const names = new Map<string, string>()
    for (const name of ['B3', 'A6', 'A2', 'B1', 'A4', 'B5']) {
      const backupType = name.startsWith('A') ? 'CLUSTER' : 'COLLECTION'
      names.set(addBackupOfAge(cloud, Number(name.slice(1)) * 24, { backupType }), name)
    }
    const plan = await pruneBackups(cloud, { ...inputs, 'dry-run': 'true' })
    expect(
      plannedIds(plan)
        .map(id => names.get(id))
        .join(' '),
    ).toBe(expected)
    const story = await pruneBackups(cloud, inputs)
    expectDeleted(cloud, story, plannedIds(plan))
    expect(story.step.outputs.status).toBe(expected === '' ? 'skipped' : 'succeeded')
  })

  test('counts neither automatic backups nor those in the making nor those of other clusters', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, , old] = addBackupsOfAges(cloud, [24, 48, 72])
    addBackupOfAge(cloud, 1, { creationMethod: 'AUTO' })
    addBackupOfAge(cloud, 2, { creationMethod: 'AUTO' })
    cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: Number.POSITIVE_INFINITY })
    addBackupsOfAges(cloud, [3, 4, 900], { clusterId: cloud.world.cluster('staging').clusterId })
    expectDeleted(cloud, await pruneBackups(cloud, { 'keep-last': '2' }), [old])
  })

  test('is skipped with a notice when there is nothing to delete', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    addBackupsOfAges(cloud, [1, 2])
    const story = await pruneBackups(cloud, { 'keep-last': '2', 'older-than': '7d' })
    expect(story.step).toMatchObject({ outcome: 'success', exitCode: 0 })
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expect(story.step.annotations).toEqual([
      {
        level: 'notice',
        message: `Nothing to delete. Manual AVAILABLE backups of cluster ${cloud.clusterId}: 2. Rule: keep the newest 2 of each type; delete the rest when older than 7d. To delete: 0.`,
      },
    ])
    expect(story.requests).toHaveLength(1)
  })

  test('is skipped for a cluster without backups', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    const plan = await pruneBackups(cloud, { 'dry-run': 'true' })
    expect(plan.step.outputs).toMatchObject({ status: 'planned', plan: '[]', deletedBackupIds: '[]' })
  })

  test.each([{ 'keep-last': '' }, { 'keep-last': '0' }, { 'keep-last': '-1' }])(
    'without a number to keep, %o, is refused before any request',
    async inputs => {
      await using cloud = await startSimulator({ speed: 20 })
      addBackupsOfAges(cloud, [1, 2])
      const story = await pruneBackups(cloud, inputs)
      expect(errorOf(story)).toMatch(/^keep-last: expected a whole number from 1/)
      expect(story.requests).toEqual([])
    },
  )
})

describe('the time of a backup', () => {
  test.each(['newest-first', 'oldest-first', 'shuffled'] as const)(
    'is that of its description where the list, %s, gives that of the cluster',
    async listOrder => {
      await using cloud = await startSimulator({
        speed: 20,
        variants: { listCreateTime: 'cluster', listOrder },
      })
      const [nine, , twelve, five] = addBackupsOfAges(cloud, [9, 3, 12, 5])
      const plan = await pruneBackups(cloud, { 'dry-run': 'true' })
      expect(plannedIds(plan)).toEqual([twelve, nine, five])
      // Each for its time, and the kept one once more.
      expect(sent(plan, 'describeBackup')).toHaveLength(5)
      expectDeleted(cloud, await pruneBackups(cloud, { 'older-than': '6h' }), [twelve, nine])
    },
  )

  test('that is one with that of a kept backup, by both descriptions, keeps it', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const ids = addBackupsOfAges(cloud, [24, 48, 48, 72])
    const createdAt = cloud.world.now() - 48 * 3_600_000
    for (const id of ids.slice(1, 3)) Object.assign(cloud.world.backup(id), { createdAt })
    const story = await pruneBackups(cloud, { 'keep-last': '2' })
    expectDeleted(cloud, story, [ids[3]])
    expect(annotationsOf(story, 'warning')).toMatch(
      /^Kept, since a backup that is kept has the same creation time: backup/,
    )
  })

  test.each(['', 'yesterday', null, undefined, 0])(
    'that the list gives as %o keeps it, with a warning',
    async createTime => {
      await using cloud = await startSimulator({ speed: 20 })
      const [, middle, old] = addBackupsOfAges(cloud, [24, 48, 72])
      const edit = (response: { data: { backups: { backupId: string; createTime: unknown }[] } }) => {
        for (const backup of response.data.backups)
          if (backup.backupId === old) backup.createTime = createTime
        return response
      }
      cloud.faults.inject({ operation: 'listBackups', ...always, fault: { kind: 'edit', edit } })
      const story = await pruneBackups(cloud)
      expectDeleted(cloud, story, [middle])
      expect(annotationsOf(story, 'warning')).toBe(
        `Kept, since the service shows no creation time for them: ${old} (AVAILABLE).`,
      )
    },
  )

  test('that cannot be read, of a backup that the list has, ends it before anything is deleted', async () => {
    await using cloud = await startSimulator({ speed: 60, variants: { listCreateTime: 'cluster' } })
    const [first] = addBackupsOfAges(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'describeBackup', ...aboutBackup(first), fault: refusing(12345) })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toMatch(
      /^Could not read backup .*: the service refused\. Nothing was started\. The list of backups still has it\. The message gives the reason\. \("Not now", .*code 12345, .*\)$/,
    )
    expectDeleted(cloud, story, [])
  })

  test('of a backup that is deleted meanwhile is not missed, and it is not counted among the kept', async () => {
    await using cloud = await startSimulator({ speed: 20, variants: { listCreateTime: 'cluster' } })
    const [newest, , old] = addBackupsOfAges(cloud, [24, 48, 72])
    const when = ({ path }: { path: string }) => {
      if (path.endsWith(newest ?? '')) cloud.world.backup(newest ?? '').status = 'DELETED'
      return false
    }
    cloud.faults.inject({ operation: 'describeBackup', ...always, when, fault: { kind: 'stall' } })
    expect(plannedIds(await pruneBackups(cloud, { 'dry-run': 'true' }))).toEqual([old])
  })

  test.each([{ creationMethod: 'AUTO' }, { status: 'DELETED' }, { status: 'CREATING' }])(
    'has no effect where the description of a tied backup has %o',
    async change => {
      await using cloud = await startSimulator({ speed: 20, variants: { listCreateTime: 'cluster' } })
      const [newest, , old] = addBackupsOfAges(cloud, [24, 48, 72])
      const edit = (response: { data: object }) => ({ ...response, data: { ...response.data, ...change } })
      cloud.faults.inject({
        operation: 'describeBackup',
        ...aboutBackup(newest),
        fault: { kind: 'edit', edit },
      })
      expect(plannedIds(await pruneBackups(cloud, { 'dry-run': 'true' }))).toEqual([old])
    },
  )
})

describe('a list of several pages', () => {
  test.each<Partial<Variants>>([
    { listOrder: 'newest-first' },
    { listOrder: 'oldest-first', listCount: 'page' },
    { listOrder: 'shuffled', deletedBackup: 'DELETED' },
  ])('of 250 backups is read whole: %o', async variants => {
    await using cloud = await startSimulator({ speed: 15, variants })
    const ids = addBackupsOfAges(
      cloud,
      Array.from({ length: 250 }, (_, index) => 1 + ((index * 37) % 250)),
    )
    const kept = ids.filter((_, index) => (index * 37) % 250 < 3)
    const story = await pruneBackups(cloud, { 'keep-last': '3' })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(
      sent(story, 'listBackups')
        .slice(0, 3)
        .map(({ query }) => query.currentPage),
    ).toEqual(['1', '2', '3'])
    expectDeleted(
      cloud,
      story,
      ids.filter(id => !kept.includes(id)),
    )
    expect(sent(story, 'deleteBackup')).toHaveLength(247)
  })

  test.each<[string, Fault]>([
    ['is lost', { kind: 'reset' }],
    ['is cut', { kind: 'cut' }],
    ['is refused for a permission', refusing(96016)],
    ['is refused by a code of no meaning', refusing(12345)],
    ['is an unknown path', { kind: 'gateway', status: 404 }],
    ['holds nothing', { kind: 'data-null' }],
  ])('starts nothing when its third page %s', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 100 })
    addBackupsOfAges(
      cloud,
      Array.from({ length: 250 }, (_, index) => 1 + index),
    )
    const third = ({ query }: { query: Readonly<Record<string, string>> }) => query.currentPage === '3'
    cloud.faults.inject({ operation: 'listBackups', ...always, when: third, fault })
    const story = await pruneBackups(cloud)
    expect(story.step).toMatchObject({ outcome: 'failure', exitCode: 1 })
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toMatch(
      /^(Could|This API key may) not list the backups of cluster .* Nothing was started\./,
    )
    expect(sent(story, 'deleteBackup')).toEqual([])
    expectDeleted(cloud, story, [])
  })
})

test.each<Partial<Variants>>([{}, { listCreateTime: 'cluster' }])(
  'thirty deletions stay below the rate limit of 20 requests a second: %o',
  async variants => {
    await using cloud = await startSimulator({ speed: 4, requestsPerSecond: 20, variants })
    addBackupsOfAges(
      cloud,
      Array.from({ length: 31 }, (_, index) => 1 + index),
    )
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(deletedIds(story)).toHaveLength(30)
    expect(story.requests.filter(({ status }) => status === 429)).toEqual([])
  },
)
