/** Ids that are none: names, lists, another case, the cluster of another backup. */
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import type { OperationName } from '../../src/contract.ts'
import { addBackup, expectNothingDeleted } from './deletions.ts'
import { deleteBackup, type Inputs } from './steps.ts'
import { changesSent, errorOf, runStory } from './story.ts'

describe('a backup-id that is', () => {
  test('the name of a backup is an error that tells the id, and never "skipped"', async () => {
    await using cloud = await startSimulator()
    const backupId = addBackup(cloud)
    for (const name of ['production_backup1', 'Production_Backup1']) {
      const story = await deleteBackup(cloud, { 'backup-id': name })
      expect(expectNothingDeleted(cloud, story, backupId)).toBe(
        `backup-id: "${name}" is the name of a backup; expected is its id, ${backupId} (AVAILABLE). Nothing was started.`,
      )
    }
  })

  test.each(['exact', 'ignore-case'] as const)(
    'in another case, compared as %s, is an error with the right spelling',
    async idMatch => {
      await using cloud = await startSimulator({ variants: { idMatch } })
      const backupId = addBackup(cloud)
      const story = await deleteBackup(cloud, { 'backup-id': backupId.toUpperCase() })
      expect(expectNothingDeleted(cloud, story, backupId)).toContain(
        `backup-id: there is no "${backupId.toUpperCase()}", but "${backupId}", which differs by case alone.`,
      )
    },
  )

  test.each<[list: string, wrong: string]>([
    ['backup1_aaa,backup2_bbb', '","'],
    ['backup1_aaa\nbackup2_bbb', 'U+000A'],
    ['["backup1_aaa"]', '"["'],
    ['backup1_aaa backup2_bbb', 'blank'],
    ['backup1_aaa\u200b', 'U+200B'],
  ])('no id, %j, is a problem before any request', async (list, wrong) => {
    await using cloud = await startSimulator()
    const story = await deleteBackup(cloud, { 'backup-id': list })
    expect(errorOf(story)).toContain(
      `backup-id: expected an id of letters, digits, _ and -, no ${wrong}; got`,
    )
    expect(story.requests).toEqual([])
  })
})

describe('a cluster-id that is', () => {
  test('the name of a cluster is an error that tells the id, and never "skipped"', async () => {
    await using cloud = await startSimulator()
    const backupId = addBackup(cloud)
    const unknown = { 'cluster-id': 'production', 'backup-id': 'backup9_000000000000000' }
    expect(expectNothingDeleted(cloud, await deleteBackup(cloud, unknown), backupId)).toMatch(
      new RegExp(
        `^No cluster "production"\\. Nothing was started\\. That is the name of a cluster, and cluster-id takes its id: ${cloud.clusterId}\\. \\(.*, code 96018, .*\\)$`,
      ),
    )
    const known = { 'cluster-id': 'production', 'backup-id': backupId }
    expect(expectNothingDeleted(cloud, await deleteBackup(cloud, known), backupId)).toContain(cloud.clusterId)
  })

  test.each(['exact', 'ignore-case'] as const)(
    'in another case, compared as %s, is one too',
    async idMatch => {
      await using cloud = await startSimulator({ variants: { idMatch } })
      const backupId = addBackup(cloud)
      const inputs = { 'cluster-id': cloud.clusterId.toUpperCase(), 'backup-id': backupId }
      expect(expectNothingDeleted(cloud, await deleteBackup(cloud, inputs), backupId)).toContain(
        `cluster-id: there is no "${cloud.clusterId.toUpperCase()}", but "${cloud.clusterId}"`,
      )
    },
  )
})

describe('where the service finds a backup by its id alone, one of another cluster is an error in', () => {
  const operations: [OperationName, Inputs][] = [
    ['delete-backup', {}],
    ['describe-backup', {}],
    ['export-backup', { 'integration-id': 'integ-0123456789' }],
    ['restore-cluster', { 'target-cluster': 'pr-42' }],
    ['restore-cluster', { 'target-cluster': 'production', 'if-exists': 'replace' }],
    ['restore-collections', { 'target-cluster': 'production', collections: '*' }],
    ['wait', {}],
  ]
  test.each(operations)('%s %o', async (operation, inputs) => {
    await using cloud = await startSimulator({ variants: { backupLookup: 'any-cluster' } })
    const other = cloud.world.cluster('staging').clusterId
    // The cluster of the backup is production; cluster-id is a slip.
    const backupId = addBackup(cloud)
    const given = { operation, 'cluster-id': other, 'backup-id': backupId, ...inputs }
    const story = await runStory(cloud, given)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain(
      `Backup ${backupId} (AVAILABLE) belongs to cluster ${cloud.clusterId}, not to cluster ${other}`,
    )
    expect(changesSent(story)).toEqual([])
  })
})
