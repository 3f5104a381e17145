/** With `if-busy: join` the description of a backup decides, not the list. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const create = (cloud: Simulator, inputs: Inputs = {}) =>
  runIn(cloud, 'create-backup', { 'cluster-id': cloud.clusterId, 'if-busy': 'join', ...inputs })

function expectUsed({ ended, reported, changes }: Awaited<ReturnType<typeof create>>, backupId: string) {
  expect(ended).toBe('succeeded')
  expect(reported).toContain('created=false')
  expect(reported).toContain(`backupId=${backupId}`)
  expect(changes).toEqual([])
}

test('one that is listed as MANUAL and described as AUTO is not joined', async () => {
  await using cloud = await startSimulator()
  const { world, clusterId } = cloud
  const other = world.startAutomaticBackup(clusterId, { durationSeconds: 60 })
  other.listed = { creationMethod: 'MANUAL' }
  const { ended, reported } = await create(cloud)
  expect(ended).toBe('succeeded')
  expect(reported).toContain('created=true')
  expect(reported).not.toContain(`backupId=${other.backupId}`)
  expect(world.backups).toHaveLength(2)
})

test('one whose list entry does not show it, and that is described as MANUAL, is joined', async () => {
  await using cloud = await startSimulator({ variants: { listOmits: ['creationMethod'] } })
  const { backupId } = cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: 60 })
  expectUsed(await create(cloud), backupId)
})

test('one that only the list of all clusters shows, after a refusal, is joined', async () => {
  await using cloud = await startSimulator()
  const { world, clusterId } = cloud
  const other = world.startManualBackup(clusterId, { durationSeconds: 60 })
  other.listed = 'missing'
  const act = () => {
    other.listed = {}
  }
  cloud.faults.inject({ operation: 'listBackups', skip: 2, fault: { kind: 'meanwhile', act } })
  const { reported, changes } = await create(cloud)
  expect(reported).toContain('created=false')
  expect(reported).toContain(`backupId=${other.backupId}`)
  expect(changes).toEqual(['createBackup'])
  expect(world.backups).toHaveLength(1)
})

test('nor is one joined whose description does not show it', async () => {
  await using cloud = await startSimulator()
  const { world, clusterId } = cloud
  const other = world.startManualBackup(clusterId, { durationSeconds: 60 })
  other.shown = { creationMethod: undefined }
  expect((await create(cloud)).reported).toContain('created=true')
})

describe('one that is listed as CREATING and described as AVAILABLE', () => {
  test.each<Inputs>([{}, { 'skip-if-newer-than': '1h' }])('is used, with %o', async inputs => {
    await using cloud = await startSimulator()
    const listed = { status: 'CREATING' }
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 600, listed })
    const result = await create(cloud, inputs)
    expectUsed(result, backupId)
    expect(result.reported.join('\n')).toContain(`${backupId} of cluster ${cloud.clusterId} is AVAILABLE`)
  })

  test('is not used where it is older than skip-if-newer-than', async () => {
    await using cloud = await startSimulator()
    const { clusterId, world } = cloud
    const old = world.addBackup({ clusterId, ageSeconds: 7_200, listed: { status: 'CREATING' } })
    // Once it was waited for, the list has it right.
    const act = () => {
      old.listed = {}
    }
    cloud.faults.inject({ operation: 'listBackups', skip: 1, fault: { kind: 'meanwhile', act } })
    const { reported } = await create(cloud, { 'skip-if-newer-than': '1h' })
    expect(reported).toContain('created=true')
    expect(reported).not.toContain(`backupId=${old.backupId}`)
  })
})
