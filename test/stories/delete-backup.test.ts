import { describe, expect, test } from 'vitest'
import { startSimulator, type Variants } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { addBackup, expectNothingDeleted, expectOneDeleted } from './deletions.ts'
import { deleteBackup } from './steps.ts'
import { applied, errorOf, sent } from './story.ts'

describe.each(nodes)('delete-backup on Node %s', node => {
  test('a backup is deleted, and a read confirms it', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [other, backupId] = [addBackup(cloud), addBackup(cloud)]
    const story = await deleteBackup(cloud, { 'backup-id': backupId }, { node })
    expectOneDeleted(cloud, story, backupId)
    expect(applied(story, 'deleteBackup')).toHaveLength(1)
    expect(story.step.outputs).toMatchObject({ backupId, backupName: 'production_backup2' })
    expect(cloud.world.backup(other).status).toBe('AVAILABLE')
    await expect(story.text).toMatchFileSnapshot('transcripts/delete-backup.txt')
  })

  test('what does not exist is skipped, after a list of all that the key can see', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    addBackup(cloud)
    const story = await deleteBackup(cloud, { 'backup-id': 'backup7_notthereatall00' }, { node })
    expect(story.step).toMatchObject({ outcome: 'success', exitCode: 0 })
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expect(story.step.outputs.backupId).toBeUndefined()
    expect(story.step.annotations).toEqual([
      {
        level: 'notice',
        message: `Nothing to delete: the list of all backups that the key can see has no backup backup7_notthereatall00 of cluster ${cloud.clusterId}.`,
      },
    ])
    expect(sent(story, 'listBackups')[0]?.query).not.toHaveProperty('clusterId')
    expect(sent(story, 'deleteBackup')).toEqual([])
    await expect(story.text).toMatchFileSnapshot('transcripts/delete-backup-skipped.txt')
  })
})

describe('where the service plays', () => {
  test.each<Partial<Variants>>([
    { deletedBackup: 'gone' },
    { deletedBackup: 'DELETED' },
    { errorHttpStatus: 200 },
    { errorHttpStatus: 400 },
    { backupNotFoundCode: 12345 },
    { backupNotFoundCode: 40020, errorHttpStatus: 400 },
    { backupNotFoundCode: 96018 },
    { backupNotFoundCode: 40021, errorHttpStatus: 400 },
    { successCode: '0' },
    { successCode: 200 },
    { backupIdShape: 'hyphen' },
    { listOrder: 'shuffled' },
  ])('%o a backup is deleted, and once more it is skipped', async variants => {
    await using cloud = await startSimulator({ speed: 20, variants })
    const backupId = addBackup(cloud)
    addBackup(cloud)
    expectOneDeleted(cloud, await deleteBackup(cloud, { 'backup-id': backupId }), backupId)
    const again = await deleteBackup(cloud, { 'backup-id': backupId })
    expect(again.step.outcome).toBe('success')
    expect(again.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expect(sent(again, 'deleteBackup')).toEqual([])
  })

  test('the backups of a dropped cluster as reachable, one is deleted', async () => {
    await using cloud = await startSimulator({
      speed: 20,
      variants: { backupsOfDroppedCluster: 'reachable' },
    })
    const backupId = addBackup(cloud)
    cloud.world.cluster(cloud.clusterId).status = 'DELETED'
    expectOneDeleted(cloud, await deleteBackup(cloud, { 'backup-id': backupId }), backupId)
  })

  test('the backups of a dropped cluster as refused, one that is listed is not "deleted"', async () => {
    await using cloud = await startSimulator({ speed: 20, variants: { backupsOfDroppedCluster: 'refused' } })
    const backupId = addBackup(cloud)
    cloud.world.cluster(cloud.clusterId).status = 'DELETED'
    const error = expectNothingDeleted(cloud, await deleteBackup(cloud, { 'backup-id': backupId }), backupId)
    expect(error).toMatch(/^Could not read backup .*: the service refused\. .*, code 96018, [^)]*\)$/)
    expect(error).toContain(` The list of all backups has it: ${backupId} (AVAILABLE). `)
  })

  test('a cluster that never existed: nor does its backup', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const story = await deleteBackup(cloud, {
      'backup-id': 'backup7_x',
      'cluster-id': 'in01-000000000000000',
    })
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expect(sent(story, 'listBackups')).toHaveLength(1)
  })
})

test('a backup that is DELETED already is skipped, with a notice', async () => {
  await using cloud = await startSimulator({ speed: 20, variants: { deletedBackup: 'DELETED' } })
  const backupId = addBackup(cloud, { status: 'DELETED' })
  const story = await deleteBackup(cloud, { 'backup-id': backupId })
  expect(story.step.outputs).toMatchObject({ status: 'skipped', backupId, deletedBackupIds: '[]' })
  expect(story.step.annotations).toEqual([
    {
      level: 'notice',
      message: `Nothing to delete: backup ${backupId} of cluster ${cloud.clusterId} is DELETED already.`,
    },
  ])
  expect(story.requests).toHaveLength(1)
})

test('a backup that is being made is refused by the service, and the error has its state', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  const { backupId } = cloud.world.startManualBackup(cloud.clusterId, {
    durationSeconds: Number.POSITIVE_INFINITY,
  })
  const story = await deleteBackup(cloud, { 'backup-id': backupId })
  const error = expectNothingDeleted(cloud, story, backupId)
  expect(error).toMatch(
    new RegExp(
      `the service refused\\. Nothing was started\\. Backup ${backupId} is CREATING\\. .*, code 40003, [^)]*\\)$`,
    ),
  )
  expect(sent(story, 'deleteBackup')).toHaveLength(1)
})

test.each(['latest', 'LATEST'])('backup-id: %s is refused before any request', async latest => {
  await using cloud = await startSimulator({ speed: 20 })
  const backupId = addBackup(cloud)
  const story = await deleteBackup(cloud, { 'backup-id': latest })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toBe(
    'backup-id: expected the id of a backup; delete-backup does not take "latest"\nNothing was started.',
  )
  expect(story.requests).toEqual([])
  expect(cloud.world.backup(backupId).status).toBe('AVAILABLE')
})

describe('a dry run only reads', () => {
  test.each([
    ['AVAILABLE', 1],
    ['CREATING', 1],
    ['DELETED', 0],
  ] as const)('for a backup that is %s: %d in the plan', async (status, planned) => {
    await using cloud = await startSimulator({ speed: 20, variants: { deletedBackup: 'DELETED' } })
    const backupId = addBackup(cloud, { status })
    const story = await deleteBackup(cloud, { 'backup-id': backupId, 'dry-run': 'true' })
    expect(story.step.outputs).toMatchObject({ status: 'planned', backupId, deletedBackupIds: '[]' })
    const path = `/v2/clusters/${cloud.clusterId}/backups/${backupId}`
    const plan = [{ method: 'DELETE', path }].slice(0, planned)
    expect(JSON.parse(story.step.outputs.plan ?? '')).toEqual(plan)
    expect(story.requests.map(({ method }) => method)).toEqual(['GET'])
  })

  test('for nothing plans nothing', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const story = await deleteBackup(cloud, { 'backup-id': 'backup7_x', 'dry-run': 'true' })
    expect(story.step.outputs).toMatchObject({ status: 'planned', plan: '[]', deletedBackupIds: '[]' })
    expect(story.step.annotations).toMatchObject([{ level: 'notice' }])
  })
})
