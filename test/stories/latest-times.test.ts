/** Which backup is the newest, where the list does not say it, or says what is not so. */
import { describe, expect, test } from 'vitest'
import { startSimulator, type Variants } from '../../simulator/index.ts'
import { addBackup, addBackupOfAge, addBackupsOfAges } from './deletions.ts'
import { describeBackup } from './steps.ts'
import { errorOf, sent } from './story.ts'

const latest = { 'backup-id': 'latest' }

describe('a newest backup', () => {
  test('without a time in the list is described to learn it', async () => {
    await using cloud = await startSimulator()
    addBackupOfAge(cloud, 30 * 24)
    const newest = addBackupOfAge(cloud, 1, { listed: { createTime: undefined } })
    const story = await describeBackup(cloud, { ...latest, 'max-age': '2h' })
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', backupId: newest })
  })

  test('of which nothing shows a time is of unknown age: max-age refuses it', async () => {
    await using cloud = await startSimulator({ variants: { timeFormat: 'missing' } })
    const backupId = addBackupOfAge(cloud, 1)
    const story = await describeBackup(cloud, { ...latest, 'max-age': '2h' })
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain(`is ${backupId}, of unknown age; max-age allows 2h.`)
    expect((await describeBackup(cloud, latest)).step.outputs).toMatchObject({ backupId })
  })

  test.each([20, 24 * 365 * 70])('%d hours in the future is of no known age', async hours => {
    await using cloud = await startSimulator()
    const ahead = addBackupOfAge(cloud, -hours)
    const story = await describeBackup(cloud, { ...latest, 'max-age': '1d' })
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain(`is ${ahead}, of unknown age`)
    const dated = addBackupOfAge(cloud, 2)
    const other = await describeBackup(cloud, { ...latest, 'max-age': '1d' })
    expect(other.step.outputs).toMatchObject({ status: 'succeeded', backupId: dated })
  })

  test('that is deleted and still listed leaves its place where its description says so', async () => {
    await using cloud = await startSimulator({ variants: { deletedBackup: 'DELETED' } })
    const next = addBackupOfAge(cloud, 2)
    addBackupOfAge(cloud, 1, { status: 'DELETED', listed: { status: 'AVAILABLE' } })
    const story = await describeBackup(cloud, latest)
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', backupId: next })
  })

  test('that is described as one of another cluster is an error', async () => {
    await using cloud = await startSimulator()
    addBackupOfAge(cloud, 2)
    const other = cloud.world.cluster('staging').clusterId
    const listed = { clusterId: cloud.clusterId }
    const backupId = addBackupOfAge(cloud, 1, { shown: { clusterId: other }, listed })
    const story = await describeBackup(cloud, latest)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain(`Backup ${backupId} (AVAILABLE) belongs to cluster ${other}`)
    expect(story.step.outputs).not.toHaveProperty('backupId')
  })
})

test.each<Variants['timeFormat']>(['seconds', 'milliseconds', 'seconds-text', 'milliseconds-text'])(
  'times given as %s are times',
  async timeFormat => {
    await using cloud = await startSimulator({ variants: { timeFormat } })
    const [backupId] = addBackupsOfAges(cloud, [26, 50])
    const fresh = await describeBackup(cloud, { ...latest, 'max-age': '27h' })
    expect(fresh.step.outputs).toMatchObject({ status: 'succeeded', backupId })
    const old = await describeBackup(cloud, { ...latest, 'max-age': '1d' })
    expect(errorOf(old)).toContain(`is ${backupId}, 1d 2h old; max-age allows 1d.`)
  },
)

test.each([
  [600, 55, 'succeeded'],
  [600, 65, 'failed'],
  [-600, 55, 'succeeded'],
  [-600, 65, 'failed'],
])('ages go by a clock of the service %d s ahead: %d minutes', async (clockSkewSeconds, minutes, status) => {
  await using cloud = await startSimulator({ variants: { clockSkewSeconds } })
  addBackup(cloud, { ageSeconds: minutes * 60 })
  const story = await describeBackup(cloud, { ...latest, 'max-age': '1h' })
  expect(story.step.outputs.status).toBe(status)
})

test.each(['asked', 'missing', 'served'] as const)(
  'the newest on the second page of 50 is found where the size shown is %s',
  async pageSizeShown => {
    const variants = { pageCap: 50, pageSizeShown, listOrder: 'oldest-first' } as const
    await using cloud = await startSimulator({ variants })
    const [newest] = addBackupsOfAges(
      cloud,
      Array.from({ length: 60 }, (_, index) => index + 1),
    )
    const story = await describeBackup(cloud, latest)
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', backupId: newest })
    expect(sent(story, 'listBackups')).toHaveLength(2)
  },
)
