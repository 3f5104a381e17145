/** Outputs that come from what a step reads besides, and those of very many collections. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { timestamp } from '../../src/duration.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

/** The value of an output that was published last. */
function lastOf({ reported }: { reported: readonly string[] }, name: string): string | undefined {
  return reported.findLast(line => line.startsWith(`${name}=`))?.slice(name.length + 1)
}

test('delete-backup: what is known of the backup', async () => {
  await using cloud = await startSimulator()
  const { clusterId, world } = cloud
  const { backupId, backupName, size, createdAt } = world.addBackup({ clusterId })
  for (const more of [{ 'dry-run': 'true' }, {}]) {
    const ids = { 'cluster-id': clusterId, 'backup-id': backupId }
    const result = await runIn(cloud, 'delete-backup', { ...ids, ...more })
    expect(lastOf(result, 'backupId')).toBe(backupId)
    expect(lastOf(result, 'backupName')).toBe(backupName)
    expect(lastOf(result, 'backupSize')).toBe(String(size))
    expect(lastOf(result, 'backupTime')).toBe(timestamp(Math.floor(createdAt / 1000) * 1000))
  }
})

describe('create-backup:', () => {
  const create = (cloud: Simulator, more: Inputs = {}) =>
    runIn(cloud, 'create-backup', { 'cluster-id': cloud.clusterId, ...more })

  test('the name of the backup comes from its description where the start does not tell it', async () => {
    await using cloud = await startSimulator()
    const edit = ({ data, ...envelope }: { data: object }) => ({
      ...envelope,
      data: { ...data, backupName: undefined },
    })
    cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'edit', edit } })
    const result = await create(cloud)
    expect(result.ended).toBe('succeeded')
    expect(lastOf(result, 'backupName')).toBe(cloud.world.backups[0]?.backupName)
  })

  const collections = 'sales.orders, sales.items'
  const expected = [
    { database: 'sales', collection: 'orders' },
    { database: 'sales', collection: 'items' },
  ]
  const ends: [ended: string, inputs: Inputs, add: (cloud: Simulator) => void][] = [
    ['succeeded', {}, () => {}],
    ['started', { wait: 'false' }, () => {}],
    ['planned', { 'dry-run': 'true' }, () => {}],
    ['skipped', { 'skip-if-newer-than': '6h' }, cloud => addOfCollections(cloud, {})],
    ['planned', { 'skip-if-newer-than': '6h', 'dry-run': 'true' }, cloud => addOfCollections(cloud, {})],
    ['skipped', { 'if-busy': 'join', wait: 'false' }, addRunning],
    ['planned', { 'if-busy': 'join', 'dry-run': 'true' }, addRunning],
  ]

  function addOfCollections({ world, clusterId }: Simulator, more: { status?: 'CREATING' }) {
    world.addBackup({ clusterId, backupType: 'COLLECTION', ...more })
  }

  function addRunning(cloud: Simulator) {
    addOfCollections(cloud, { status: 'CREATING' })
  }

  test.each(ends)('the collections that were asked for, where it ends as %s, with %o', async (...row) => {
    const [ended, inputs, add] = row
    await using cloud = await startSimulator()
    add(cloud)
    const result = await create(cloud, { collections, ...inputs })
    expect(result.ended).toBe(ended)
    expect(JSON.parse(lastOf(result, 'collections') ?? '')).toEqual(expected)
  })

  test('none of them for a whole cluster', async () => {
    await using cloud = await startSimulator()
    expect(lastOf(await create(cloud), 'collections')).toBeUndefined()
  })
})

test('restore-collections of more than a hundred without waiting: every job, every collection', async () => {
  await using cloud = await startSimulator()
  const { world, clusterId } = cloud
  const names = Array.from({ length: 251 }, (_, index) => `c${index}`)
  const collections = names.map(name => ({ name, description: '', status: 'LOADED' as const, rows: 1 }))
  const { backupId } = world.addBackup({ clusterId, databases: [{ name: 'sales', collections }] })
  const ids = { 'cluster-id': clusterId, 'backup-id': backupId, 'target-cluster': 'staging' }
  const result = await runIn(cloud, 'restore-collections', { ...ids, collections: '*', wait: 'false' })
  expect(result.ended).toBe('started')
  const started = JSON.parse(lastOf(result, 'collections') ?? '')
  expect(started.map(({ collection }: { collection: string }) => collection)).toEqual(names)
  expect(started.every(({ status }: { status: string }) => status === 'started')).toBe(true)
  const jobIds = world.jobs.map(({ jobId }) => jobId)
  expect(JSON.parse(lastOf(result, 'jobIds') ?? '')).toEqual(jobIds)
  expect(started.map(({ jobId }: { jobId: string }) => jobId)).toEqual(jobIds)
})
