/** Lists that do not show what a backup is: those that are left alone for it are named. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const add = (
  { world, clusterId }: Simulator,
  hours: number,
  listed: Readonly<Record<string, unknown>> = {},
) => world.addBackup({ clusterId, ageSeconds: hours * 3_600, listed }).backupId

const untyped = { backupType: undefined }
const unmade = { creationMethod: undefined }

const warningsOf = (reported: readonly string[]) => reported.filter(line => / since the list /.test(line))

describe('list-backups', () => {
  const list = (cloud: Simulator, more: Inputs) => runIn(cloud, 'list-backups', more)

  test('with backup-type names those whose type is not listed', async () => {
    await using cloud = await startSimulator()
    const [shown, hidden] = [add(cloud, 1), add(cloud, 2, untyped)]
    for (const more of [{}, { 'cluster-id': cloud.clusterId }]) {
      const { ended, reported } = await list(cloud, { 'backup-type': 'CLUSTER', ...more })
      expect(ended).toBe('succeeded')
      expect(warningsOf(reported)).toEqual([
        `Left out, since the list of backups shows no type for them: ${hidden} (AVAILABLE).`,
      ])
      const backups = reported.find(line => line.startsWith('backups=')) ?? ''
      expect(backups).toContain(shown)
      expect(backups).not.toContain(hidden)
    }
  })

  test('without it lists them all, and warns of nothing', async () => {
    await using cloud = await startSimulator()
    const hidden = add(cloud, 2, untyped)
    const { reported } = await list(cloud, {})
    expect(warningsOf(reported)).toEqual([])
    expect(reported.find(line => line.startsWith('backups='))).toContain(hidden)
  })
})

describe('prune-backups', () => {
  const prune = (cloud: Simulator, more: Inputs = {}) =>
    runIn(cloud, 'prune-backups', { 'cluster-id': cloud.clusterId, 'keep-last': '1', ...more })

  test.each<[what: string, listed: Readonly<Record<string, unknown>>, more: Inputs]>([
    ['their type, where the rule is about one', untyped, { 'backup-type': 'CLUSTER' }],
    ['who made them', unmade, {}],
  ])('keeps those whose list does not show %s, and names them', async (_what, listed, more) => {
    await using cloud = await startSimulator()
    const [, old, hidden] = [add(cloud, 1), add(cloud, 2), add(cloud, 3, listed)]
    const { ended, reported } = await prune(cloud, more)
    expect(ended).toBe('succeeded')
    expect(warningsOf(reported)).toEqual([
      `Kept, since the list of backups does not show their type or who made them: ${hidden} (AVAILABLE).`,
    ])
    expect(reported).toContain(`deletedBackupIds=["${old}"]`)
    expect(cloud.world.backup(hidden).status).toBe('AVAILABLE')
  })

  test('warns of none that the rule is not about anyway', async () => {
    await using cloud = await startSimulator()
    add(cloud, 1)
    add(cloud, 3, { ...untyped, creationMethod: 'AUTO' })
    add(cloud, 4, { ...unmade, status: 'CREATING' })
    const { ended, reported } = await prune(cloud, { 'backup-type': 'CLUSTER' })
    expect([ended, warningsOf(reported)]).toEqual(['skipped', []])
  })
})
