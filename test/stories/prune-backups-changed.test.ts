import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { refusing, respondAnd, withFields } from './arrange.ts'
import { aboutBackup, addBackupsOfAges, deletedAtService, deletedIds, expectDeleted } from './deletions.ts'
import { pruneBackups } from './steps.ts'
import { annotationsOf, applied, errorOf } from './story.ts'

describe('a backup that has changed since the list is kept, with a warning', () => {
  const changes: [change: Record<string, unknown>, words: string][] = [
    [{ creationMethod: 'AUTO' }, 'is AUTO CLUSTER AVAILABLE of cluster <its own> by now'],
    [{ creationMethod: undefined }, 'is UNKNOWN CLUSTER AVAILABLE of cluster <its own> by now'],
    [{ status: 'CREATING' }, 'is MANUAL CLUSTER CREATING of cluster <its own> by now'],
    [{ status: 'DELETED' }, 'is DELETED already'],
    [{ clusterId: 'in01-0' }, 'is MANUAL CLUSTER AVAILABLE of cluster in01-0 by now'],
    [{ createTime: '2999-01-01T00:00:00Z' }, 'has no creation time in its description'],
    [{ createTime: undefined }, 'has no creation time in its description'],
  ]
  test.each(changes)('%o', async (change, words) => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, middle, old] = addBackupsOfAges(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'describeBackup', ...aboutBackup(old), fault: withFields(change) })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expectDeleted(cloud, story, [middle])
    expect(annotationsOf(story, 'warning')).toBe(
      `Skipped:\nBackup ${old} ${words.replace('<its own>', cloud.clusterId)}.`,
    )
  })

  test.each([
    ['as young as a kept one', {}, 24],
    ['younger than older-than', { 'older-than': '60h' }, 50],
  ])('%s by its description', async (_, inputs, age) => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, , old] = addBackupsOfAges(cloud, [24, 48, 72])
    const createTime = new Date(cloud.world.now() - age * 3_600_000).toISOString()
    cloud.faults.inject({
      operation: 'describeBackup',
      ...aboutBackup(old),
      fault: withFields({ createTime }),
    })
    const story = await pruneBackups(cloud, inputs)
    expect(deletedAtService(cloud)).not.toContain(old)
    expect(annotationsOf(story, 'warning')).toContain('is too young for the rule')
  })

  test.each(['gone', 'DELETED'] as const)('deleted by somebody else, and then %s', async deletedBackup => {
    await using cloud = await startSimulator({ speed: 20, variants: { deletedBackup } })
    const [, middle, old] = addBackupsOfAges(cloud, [24, 48, 72])
    const remove = () => {
      cloud.world.backup(old ?? '').status = 'DELETED'
    }
    cloud.faults.inject({ operation: 'listBackups', fault: respondAnd(remove) })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(deletedIds(story)).toEqual([middle])
    expect(applied(story, 'deleteBackup')).toHaveLength(1)
    expect(annotationsOf(story, 'warning')).toMatch(/^Skipped:\nBackup \S+ is (gone|DELETED) already\.$/)
  })

  test('and where that is all, the step has nothing to do', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    addBackupsOfAges(cloud, [24, 48])
    cloud.faults.inject({ operation: 'describeBackup', fault: withFields({ creationMethod: 'AUTO' }) })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expectDeleted(cloud, story, [])
  })

  test('but one that only cannot be described, while the list has it, is an error', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const [, middle, old] = addBackupsOfAges(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'describeBackup', ...aboutBackup(old), fault: refusing(12345) })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain('1 of 2 backups could not be deleted. Deleted: 1.\n')
    expect(errorOf(story)).toMatch(
      /: the service refused\. The list of backups still has it, so it was not deleted\. Now it is AVAILABLE\. \("Not now", .*code 12345, .*\)\nThe message gives the reason\.$/,
    )
    expectDeleted(cloud, story, [middle])
  })
})
