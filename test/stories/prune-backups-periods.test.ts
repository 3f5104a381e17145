/** Daily, weekly and monthly rules, and protected backups, as a reader of the page sees them. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { addBackup, deletedIds, expectDeleted, plannedIds } from './deletions.ts'
import { deleteBackup, pruneBackups } from './steps.ts'
import { annotationsOf, errorOf, type StoryResult, sent } from './story.ts'

/** A Wednesday. */
const start = Date.parse('2026-10-28T12:00:00Z')

const at = (cloud: Simulator, time: string, more: object = {}) =>
  addBackup(cloud, { ageSeconds: (cloud.world.now() - Date.parse(time)) / 1_000, ...more })

/** The row of the page's table that is about a backup, without tags. */
function rowOf({ step }: StoryResult, backupId: string): string {
  const rows = step.summary.split('<tr>').filter(row => row.includes(backupId) && row.includes('<td>'))
  return `${rows[0]}`.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

describe.each(nodes)('days, weeks and months on Node %s', node => {
  test('a dry run says of every backup why it stays or would be deleted', async () => {
    await using cloud = await startSimulator({ speed: 20, start })
    const rows: [backupId: string, verdict: string][] = [
      [at(cloud, '2026-10-28T02:00:00Z'), 'stays : the newest of its type'],
      [at(cloud, '2026-10-28T01:00:00Z'), 'stays : younger than 1d'],
      [at(cloud, '2026-10-26T22:00:00Z'), 'stays : newest of day 2026-10-26'],
      [at(cloud, '2026-10-26T02:00:00Z', { size: 3_000_000_000 }), 'would be deleted'],
      [at(cloud, '2026-10-25T02:00:00Z'), 'stays : newest of week 2026-W43'],
      [at(cloud, '2026-10-22T02:00:00Z', { size: 4_000_000_000 }), 'would be deleted'],
      [at(cloud, '2026-10-21T02:00:00Z'), 'stays : protected'],
      [at(cloud, '2026-09-30T02:00:00Z'), 'stays : newest of month 2026-09'],
      [at(cloud, '2026-08-31T02:00:00Z', { size: 500_000_000 }), 'would be deleted'],
      [at(cloud, '2026-10-20T02:00:00Z', { creationMethod: 'AUTO' }), 'stays : automatic'],
      [at(cloud, '2026-10-19T02:00:00Z', { status: 'CREATING' }), 'stays : CREATING'],
      [at(cloud, '2026-10-18T02:00:00Z', { shown: { createTime: '' } }), 'stays : no readable time'],
      [at(cloud, '2026-10-17T02:00:00Z', { backupType: 'COLLECTION' }), 'stays : the newest of its type'],
    ]
    const inputs = {
      ...{ 'keep-daily': '2', 'keep-weekly': '2', 'keep-monthly': '2', 'older-than': '1d' },
      'protected-backups': rows[6]?.[0].toUpperCase() ?? '',
      'dry-run': 'true',
    }
    const story = await pruneBackups(cloud, inputs, { node })
    for (const [backupId, verdict] of rows) expect(rowOf(story, backupId)).toContain(verdict)
    const doomed = rows.filter(([, verdict]) => verdict === 'would be deleted').map(([backupId]) => backupId)
    expect(plannedIds(story).sort()).toEqual([...doomed].sort())
    expect(story.step.summary).toContain('would be deleted, 7.5 GB')
    await expect(story.text).toMatchFileSnapshot('transcripts/prune-backups-periods.txt')
  })
})

describe('the newest of a day', () => {
  test('that is deleted and still listed gives its place to the next one', async () => {
    await using cloud = await startSimulator({ speed: 20, start })
    at(cloud, '2026-10-28T02:00:00Z')
    at(cloud, '2026-10-27T22:00:00Z', { status: 'DELETED', listed: { status: 'AVAILABLE' } })
    const next = at(cloud, '2026-10-27T12:00:00Z')
    const old = at(cloud, '2026-10-27T02:00:00Z')
    const story = await pruneBackups(cloud, { 'keep-daily': '2' })
    expect(deletedIds(story)).toEqual([old])
    expect(cloud.world.backup(next).status).toBe('AVAILABLE')
  })

  test('may be one that its description dates otherwise: what would be deleted is left', async () => {
    await using cloud = await startSimulator({ speed: 20, start })
    at(cloud, '2026-10-28T02:00:00Z')
    at(cloud, '2026-10-27T22:00:00Z')
    const listed = { createTime: '2026-10-27T03:00:00Z' }
    const moved = at(cloud, '2026-10-25T02:00:00Z', { listed })
    const story = await pruneBackups(cloud, { 'keep-daily': '3' })
    expect(deletedIds(story)).toEqual([])
    expect(annotationsOf(story, 'warning')).toContain(
      `Backup ${moved} was made at another time than the list shows`,
    )
  })
})

describe('protected backups', () => {
  test('stay whatever the rule, and what is not among the backups is named', async () => {
    await using cloud = await startSimulator({ speed: 20, start })
    at(cloud, '2026-10-28T02:00:00Z')
    const held = at(cloud, '2026-01-01T02:00:00Z')
    const old = at(cloud, '2026-02-01T02:00:00Z')
    const inputs = { 'protected-backups': `${held}\n# under legal hold\nbackup9_gone` }
    const story = await pruneBackups(cloud, inputs)
    expectDeleted(cloud, story, [old])
    expect(annotationsOf(story, 'notice')).toContain(
      `protected-backups: not among the backups of cluster ${cloud.clusterId}: backup9_gone.`,
    )
  })

  test('are not deleted by delete-backup either, whatever the case of the id', async () => {
    await using cloud = await startSimulator({ speed: 20, start })
    const held = at(cloud, '2026-01-01T02:00:00Z')
    const story = await deleteBackup(cloud, { 'backup-id': held, 'protected-backups': held.toUpperCase() })
    expect(errorOf(story)).toContain(`backup-id: "${held}" is one of protected-backups: it is not deleted`)
    expect(story.requests).toEqual([])
  })
})

test.each([
  ['keep-daily', '0', 'expected a whole number from 1 to 1000000; got "0"'],
  ['keep-weekly', 'all', 'expected a whole number from 1 to 1000000; got "all"'],
  ['keep-monthly', '-1', 'expected a whole number from 1 to 1000000; got "-1"'],
  ['keep-daily', '', 'it is empty, which must not be taken for none.'],
  ['protected-backups', '', 'it is empty, which must not be taken for none.'],
  ['protected-backups', 'backup1_a b', 'expected an id of letters, digits, _ and -, no blank'],
])('%s: %j is a problem, before any request', async (name, value, problem) => {
  await using cloud = await startSimulator()
  const story = await pruneBackups(cloud, { [name]: value })
  expect(errorOf(story)).toContain(`${name}: ${problem}`)
  expect(story.requests).toEqual([])
})

describe('backups of a cluster that was dropped (U15)', () => {
  test.each(['reachable', 'refused'] as const)('by its old id: %s', async backupsOfDroppedCluster => {
    await using cloud = await startSimulator({ speed: 20, start, variants: { backupsOfDroppedCluster } })
    const { clusterId } = cloud.world.addCluster({ clusterName: 'gone' })
    at(cloud, '2026-10-28T02:00:00Z', { clusterId })
    const old = at(cloud, '2026-10-27T02:00:00Z', { clusterId })
    cloud.world.cluster(clusterId).status = 'DELETED'
    const story = await pruneBackups(cloud, { 'cluster-id': clusterId })
    if (backupsOfDroppedCluster === 'reachable') expectDeleted(cloud, story, [old])
    else {
      expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
      expect(sent(story, 'deleteBackup')).toEqual([])
    }
  })
})
