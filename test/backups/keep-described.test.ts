/** The descriptions of the backups that a rule keeps, read before the first deletion. */
import { describe, expect, test } from 'vitest'
import { type BackupDraft, type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { OperationFailed } from '../../src/errors.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const add = ({ world, clusterId }: Simulator, hours: number, more: Partial<BackupDraft> = {}) =>
  world.addBackup({ clusterId, ageSeconds: hours * 3_600, ...more }).backupId

const prune = (cloud: Simulator, more: Inputs = {}) =>
  runIn(cloud, 'prune-backups', { 'cluster-id': cloud.clusterId, 'keep-last': '1', ...more })

const about =
  (backupId: string) =>
  ({ path }: { path: string }) =>
    path.endsWith(`/${backupId}`)

const published = (reported: readonly string[]) =>
  JSON.parse(reported.findLast(line => line.startsWith('deletedBackupIds='))?.slice(17) ?? 'null')

test.each<[what: string, fault: Fault]>([
  ['a code that means something else', { kind: 'envelope', status: 200, code: 96040 }],
  ['a page of a gateway', { kind: 'html', status: 404 }],
  ['a parameter', { kind: 'envelope', status: 400, code: 96001 }],
])('a kept one whose description is refused with %s ends it: nothing is deleted', async (_what, fault) => {
  await using cloud = await startSimulator()
  const [kept] = [add(cloud, 1), add(cloud, 2), add(cloud, 3)]
  cloud.faults.inject({ operation: 'describeBackup', times: 2, when: about(kept), fault })
  for (const more of [{}, { 'dry-run': 'true' }]) {
    const { ended, error, changes, reported } = await prune(cloud, more)
    expect(ended).toBeInstanceOf(ApiError)
    expect(error).toMatch(new RegExp(`^Could not read backup ${kept} `))
    expect(changes).toEqual([])
    expect(published(reported)).toEqual([])
  }
})

test('kept ones that are listed and gone do not count, and a warning names them', async () => {
  await using cloud = await startSimulator()
  const listed = { status: 'AVAILABLE' }
  const ghosts = [add(cloud, 1, { status: 'DELETED', listed }), add(cloud, 2, { status: 'DELETED', listed })]
  const [kept, old] = [add(cloud, 3), add(cloud, 4)]
  const { ended, reported } = await prune(cloud, { 'keep-last': '1' })
  expect(ended).toBe('succeeded')
  expect(published(reported)).toEqual([old])
  expect(cloud.world.backup(kept).status).toBe('AVAILABLE')
  const warned = reported.filter(line => line.startsWith('Not counted: '))
  const names = ghosts.map(id => `${id} (AVAILABLE)`).join(', ')
  expect(warned).toEqual([`Not counted: the list of backups still has them, but they are gone: ${names}.`])
})

describe('right before its deletion', () => {
  test('one that is described as of another type than listed is skipped', async () => {
    await using cloud = await startSimulator()
    add(cloud, 1)
    const [other, old] = [
      add(cloud, 2, { shown: { backupType: 'COLLECTION' }, listed: { backupType: 'CLUSTER' } }),
      add(cloud, 3),
    ]
    const { ended, reported } = await prune(cloud)
    expect(ended).toBe('succeeded')
    expect(published(reported)).toEqual([old])
    expect(cloud.world.backup(other).status).toBe('AVAILABLE')
    expect(reported).toContain(`Skipped:\nBackup ${other} is of type COLLECTION, not CLUSTER.`)
  })
})

describe('with more than a hundred to keep', () => {
  /** In lists all have the time of the cluster; what is kept beyond the first hundred is looked up in a list. */
  test('what descriptions have shown of their times stays', async () => {
    await using cloud = await startSimulator({ variants: { listCreateTime: 'cluster' } })
    const ids = Array.from({ length: 106 }, (_, index) => add(cloud, index + 1))
    const { ended, error, reported } = await prune(cloud, { 'keep-last': '104' })
    expect([ended, error]).toEqual(['succeeded', ''])
    expect(published(reported).toSorted()).toEqual(ids.slice(104).toSorted())
  })

  test('one beyond the first hundred that the list has no more does not count', async () => {
    await using cloud = await startSimulator()
    const ids = Array.from({ length: 105 }, (_, index) => add(cloud, index + 1))
    const act = () => {
      cloud.world.backup(ids[101] ?? '').status = 'DELETED'
    }
    cloud.faults.inject({ operation: 'describeBackup', fault: { kind: 'meanwhile', act } })
    const { ended, reported } = await prune(cloud, { 'keep-last': '103' })
    expect(ended).toBe('succeeded')
    expect(published(reported)).toEqual([ids[104]])
  })
})

test('a refused key ends it', async () => {
  await using cloud = await startSimulator()
  add(cloud, 1)
  add(cloud, 2)
  cloud.faults.inject({ operation: 'describeBackup', fault: { kind: 'envelope', status: 401, code: 21119 } })
  const { ended, changes } = await prune(cloud)
  expect(ended).toBeInstanceOf(ApiError)
  expect(ended).not.toBeInstanceOf(OperationFailed)
  expect(changes).toEqual([])
})
