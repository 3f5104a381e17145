/** What a list says that is not so, and times that are none: whatever is in doubt stays. */
import { describe, expect, test } from 'vitest'
import { startSimulator, type Variants } from '../../simulator/index.ts'
import {
  addBackup,
  addBackupOfAge,
  addBackupsOfAges,
  deletedIds,
  expectDeleted,
  plannedIds,
} from './deletions.ts'
import { pruneBackups } from './steps.ts'
import { annotationsOf, errorOf, sent } from './story.ts'

describe('a newest backup that is deleted and still listed', () => {
  const ghost = { status: 'DELETED', listed: { status: 'AVAILABLE' } }

  test.each(['gone', 'DELETED'] as const)('is not the one that is kept: %s', async deletedBackup => {
    await using cloud = await startSimulator({ speed: 20, variants: { deletedBackup } })
    const [, old] = addBackupsOfAges(cloud, [24, 48])
    addBackupOfAge(cloud, 1, ghost)
    expect(plannedIds(await pruneBackups(cloud, { 'dry-run': 'true' }))).toEqual([old])
    expect(deletedIds(await pruneBackups(cloud))).toEqual([old])
    expect(cloud.world.backups.filter(({ status }) => status === 'AVAILABLE')).toHaveLength(1)
  })

  test('nor are several of them: the only one there is stays', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    addBackupOfAge(cloud, 48)
    for (const age of [1, 2, 3]) addBackupOfAge(cloud, age, ghost)
    const story = await pruneBackups(cloud, { 'keep-last': '2' })
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expect(sent(story, 'deleteBackup')).toEqual([])
  })

  test('nor is one that turns out to be CREATING again, automatic, or of another cluster', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    addBackupOfAge(cloud, 48)
    const changes = [{ status: 'CREATING' }, { creationMethod: 'AUTO' }, { clusterId: 'in01-0' }]
    const listed = { status: 'AVAILABLE', creationMethod: 'MANUAL', clusterId: cloud.clusterId }
    for (const shown of changes) addBackupOfAge(cloud, 1, { shown, listed })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expect(sent(story, 'deleteBackup')).toEqual([])
  })
})

describe('a list whose pages', () => {
  test.each<Partial<Variants>>([
    { pageSizeShown: 'asked' },
    { pageSizeShown: 'missing' },
    { pageSizeShown: 'served', listOrder: 'shuffled' },
  ])('are capped at 50 is read whole, since count is greater: %o', async variants => {
    await using cloud = await startSimulator({ speed: 60, variants: { ...variants, pageCap: 50 } })
    const ids = addBackupsOfAges(
      cloud,
      Array.from({ length: 120 }, (_, index) => index + 1),
    )
    const story = await pruneBackups(cloud, { 'keep-last': '2', 'older-than': '118h30m' })
    expectDeleted(cloud, story, ids.slice(-2))
  })

  test('have no end is an error, and deletes nothing', async () => {
    await using cloud = await startSimulator({ speed: 60, variants: { endlessLists: true } })
    addBackupsOfAges(cloud, [24, 48])
    const story = await pruneBackups(cloud)
    expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
    expect(errorOf(story)).toMatch(
      /^Could not list the backups of cluster \S+: the list is too long, or has no end\. It was given up after \d+ entries, \d+ MB\. Nothing was started\.$/,
    )
    expect(sent(story, 'deleteBackup')).toEqual([])
    expect(story.requests.length).toBeLessThanOrEqual(1_001)
  })
})

describe('times', () => {
  test.each<Variants['timeFormat']>(['text', 'seconds', 'milliseconds', 'seconds-text', 'milliseconds-text'])(
    'given as %s are times',
    async timeFormat => {
      await using cloud = await startSimulator({ speed: 20, variants: { timeFormat } })
      const [, young, old] = addBackupsOfAges(cloud, [1, 20, 200])
      expectDeleted(cloud, await pruneBackups(cloud, { 'older-than': '7d' }), [old])
      expect(cloud.world.backup(young ?? '').status).toBe('AVAILABLE')
    },
  )

  test.each<Partial<Variants>>([{ timeFormat: 'missing' }, { listOmits: ['createTime'] }])(
    'that are missing keep everything, with a warning: %o',
    async variants => {
      await using cloud = await startSimulator({ speed: 20, variants })
      addBackupsOfAges(cloud, [1, 20, 200])
      const story = await pruneBackups(cloud)
      expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
      expect(annotationsOf(story, 'warning')).toMatch(/^Kept, since the service shows no creation time/)
    },
  )

  test('in the future are none: such a backup stays, and stands for no other', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const ahead = addBackup(cloud, { ageSeconds: -3_600 })
    const [, old] = addBackupsOfAges(cloud, [24, 48])
    const story = await pruneBackups(cloud)
    expectDeleted(cloud, story, [old])
    expect(annotationsOf(story, 'warning')).toBe(
      `Kept, since the service shows no creation time for them: ${ahead} (AVAILABLE).`,
    )
  })

  test.each([
    [600, 5, true],
    [600, -5, false],
    [-600, 5, true],
    [-600, -5, false],
    [-86_400, 5, true],
  ])(
    'are of the clock of the service, %d s ahead: %d minutes older than the rule, deleted %s',
    async (clockSkewSeconds, minutes, isDeleted) => {
      await using cloud = await startSimulator({ variants: { clockSkewSeconds } })
      addBackupOfAge(cloud, 1)
      const old = addBackup(cloud, { ageSeconds: 24 * 3_600 + minutes * 60 })
      expectDeleted(cloud, await pruneBackups(cloud, { 'older-than': '1d' }), isDeleted ? [old] : [])
    },
  )
})
