/** Where a list does not show the type of a backup, its description decides. */
import { describe, expect, test } from 'vitest'
import { type BackupDraft, type Simulator, startSimulator } from '../../simulator/index.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const hour = 3_600
const untyped = { listed: { backupType: undefined } }

const add = ({ world, clusterId }: Simulator, hours: number, more: Partial<BackupDraft> = {}) =>
  world.addBackup({ clusterId, ageSeconds: hours * hour, ...more }).backupId

describe('latest, for a restore into a new cluster,', () => {
  const restore = (cloud: Simulator) =>
    runIn(cloud, 'restore-cluster', {
      'cluster-id': cloud.clusterId,
      'backup-id': 'latest',
      'target-cluster': 'pr-42',
      'dry-run': 'true',
    })

  test('is the newest, which is described as one of the cluster', async () => {
    await using cloud = await startSimulator()
    add(cloud, 240)
    const backupId = add(cloud, 1, untyped)
    expect((await restore(cloud)).reported).toContain(`backupId=${backupId}`)
  })

  test('is not one that is described as one of collections', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, 240)
    add(cloud, 1, { ...untyped, backupType: 'COLLECTION' })
    expect((await restore(cloud)).reported).toContain(`backupId=${backupId}`)
  })
})

describe('skip-if-newer-than', () => {
  const create = (cloud: Simulator) =>
    runIn(cloud, 'create-backup', { 'cluster-id': cloud.clusterId, 'skip-if-newer-than': '6h' })

  test('uses one that is described as one of the cluster', async () => {
    await using cloud = await startSimulator()
    add(cloud, 5)
    const backupId = add(cloud, 1, untyped)
    const { ended, reported } = await create(cloud)
    expect(ended).toBe('skipped')
    expect(reported).toContain(`backupId=${backupId}`)
  })

  test('does not use one that is described as one of collections', async () => {
    await using cloud = await startSimulator()
    add(cloud, 1, { ...untyped, backupType: 'COLLECTION' })
    expect((await create(cloud)).reported).toContain('created=true')
  })
})
