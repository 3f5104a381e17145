/** A name for an id, another case, and the outputs that every step has. */
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { addBackup } from './deletions.ts'
import { describeBackup, exportBackup, type Inputs, restoreCluster, restoreCollections } from './steps.ts'
import { changesSent, errorOf } from './story.ts'

const steps = {
  'describe-backup': describeBackup,
  'export-backup': exportBackup,
  'restore-cluster': restoreCluster,
  'restore-collections': restoreCollections,
} as const

describe.each(Object.entries(steps))('%s', (operation, run) => {
  const more: Inputs = operation === 'restore-collections' ? { collections: '*' } : {}

  test('with the name of a backup is an error that tells the id', async () => {
    await using cloud = await startSimulator()
    const backupId = addBackup(cloud)
    const story = await run(cloud, { ...more, 'backup-id': 'production_backup1' })
    const nothing = operation === 'describe-backup' ? '' : ' Nothing was started.'
    expect(errorOf(story)).toBe(
      `backup-id: "production_backup1" is the name of a backup; expected is its id, ${backupId} (AVAILABLE).${nothing}`,
    )
    expect(changesSent(story)).toEqual([])
  })

  test.each(['exact', 'ignore-case'] as const)(
    'with ids in another case, compared as %s, is an error with the right ones',
    async idMatch => {
      await using cloud = await startSimulator({ variants: { idMatch } })
      const backupId = addBackup(cloud)
      const capitals = backupId.toUpperCase()
      const byBackup = await run(cloud, { ...more, 'backup-id': capitals })
      expect(errorOf(byBackup)).toContain(`backup-id: there is no "${capitals}", but "${backupId}"`)
      const clusterId = cloud.clusterId.toUpperCase()
      const byCluster = await run(cloud, { ...more, 'backup-id': backupId, 'cluster-id': clusterId })
      expect(errorOf(byCluster)).toContain(`cluster-id: there is no "${clusterId}", but "${cloud.clusterId}"`)
      expect([...changesSent(byBackup), ...changesSent(byCluster)]).toEqual([])
    },
  )
})

test('the size, the time and the duration are values that a script can compute with', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  const backupId = addBackup(cloud, { ageSeconds: 7_200 })
  const { outputs, receipt } = (await describeBackup(cloud, { 'backup-id': backupId })).step
  expect(outputs.backupSize).toBe('18803136896')
  const age = cloud.world.now() - Date.parse(outputs.backupTime ?? '')
  expect(outputs.backupTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  expect(Math.abs(age - 7_200_000)).toBeLessThan(60_000)
  expect(outputs.duration).toMatch(/^\d+(?:\.\d)?$/)
  expect(receipt).toMatchObject({ backupSize: 18_803_136_896, duration: Number(outputs.duration) })
})

test('a step whose inputs are wrong has a duration too', async () => {
  await using cloud = await startSimulator()
  const { outputs } = (await describeBackup(cloud, { 'backup-id': '' })).step
  expect(outputs).toMatchObject({ status: 'failed', duration: expect.stringMatching(/^\d/) })
})
