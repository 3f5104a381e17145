/** The disk of the runner is full in the middle of a deletion: what was deleted is said all the same. */
import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { diskFullAt, hasFullDisk } from './arrange.ts'
import { addBackup, addBackupsOfAges, deletedAtService, oneByOne } from './deletions.ts'
import { deleteBackup, pruneBackups } from './steps.ts'
import { errorOf } from './story.ts'

test.runIf(hasFullDisk)('prune-backups: log and error say how many, and which', async () => {
  await using cloud = await startSimulator(oneByOne)
  addBackupsOfAges(cloud, [24, 48, 72, 96])
  using disk = diskFullAt(cloud, 'deleteBackup', { file: 'GITHUB_OUTPUT', skip: 1 })
  const story = await pruneBackups(cloud, {}, { env: disk.env })
  const deleted = deletedAtService(cloud)
  expect(deleted.length).toBeGreaterThanOrEqual(2)
  expect(story.step).toMatchObject({ exitCode: 1 })
  const error = errorOf(story)
  expect(error).toContain('ENOSPC')
  expect(error).not.toMatch(/defect|bug/i)
  expect(error).toContain(`${deleted.length} of 3 backups were deleted.`)
  for (const id of deleted) {
    expect(story.step.log.join('\n')).toContain(`Deleted backup ${id} `)
    expect(story.step.summary).toContain(id)
  }
})

test.runIf(hasFullDisk)('delete-backup: log and page say that it is deleted', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  const backupId = addBackup(cloud)
  using disk = diskFullAt(cloud, 'deleteBackup', { file: 'GITHUB_OUTPUT' })
  const story = await deleteBackup(cloud, { 'backup-id': backupId }, { env: disk.env })
  const restored = 'It cannot be restored any more.'
  expect(deletedAtService(cloud)).toEqual([backupId])
  expect(story.step).toMatchObject({ exitCode: 1 })
  expect(story.step.log.join('\n')).toContain(
    `Backup ${backupId} of cluster ${cloud.clusterId} is deleted. ${restored}`,
  )
  expect(story.step.summary).toContain(
    `<h2>❌ Backup ${backupId} of production is deleted, but the step failed</h2>`,
  )
  expect(story.step.summary).toContain(restored)
  expect(errorOf(story)).toContain('ENOSPC')
  expect(errorOf(story)).not.toMatch(/defect|bug|may be deleted/i)
})
