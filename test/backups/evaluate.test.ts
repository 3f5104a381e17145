import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import type { Rule } from '../../src/backups/keep.ts'
import { evaluate } from '../../src/backups/retention.ts'
import { listBackups } from '../../src/zilliz/reads.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const HOUR = 3_600

const add = (cloud: Simulator, hours: number, more: object = {}) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: hours * HOUR, ...more }).backupId

/** What a rule deletes, and which backups were described for it. */
async function judge(cloud: Simulator, more: Partial<Rule> = {}) {
  const { step } = stepIn(cloud)
  const { clusterId } = cloud
  const listed = await listBackups(step.cloud, clusterId)
  const before = cloud.requests.length
  const result = await evaluate({ clusterId, keepLast: 1, ...more }, step, listed)
  const since = cloud.requests.slice(before)
  const described = since
    .filter(({ operationId }) => operationId === 'describeBackup')
    .map(({ path }) => path.split('/').at(-1))
  const lists = since.filter(({ operationId }) => operationId === 'listBackups').length
  return { deleted: result.toDelete.map(({ backup }) => backup.backupId), described, lists, result }
}

describe('before the first deletion the kept ones are described ("Requests")', () => {
  test('those of each type that has something to delete, and no others', async () => {
    await using cloud = await startSimulator()
    const collection = { backupType: 'COLLECTION' }
    const [kept, old, only] = [add(cloud, 1), add(cloud, 2), add(cloud, 3, collection)]
    const { deleted, described, lists } = await judge(cloud)
    expect(deleted).toEqual([old])
    expect(described).toEqual([kept])
    expect(described).not.toContain(only)
    expect(lists).toBe(0)
  })

  test('nothing to delete: none', async () => {
    await using cloud = await startSimulator()
    add(cloud, 1)
    add(cloud, 2)
    expect(await judge(cloud, { keepLast: 2 })).toMatchObject({ deleted: [], described: [] })
    expect(await judge(cloud, { olderThan: 5 * HOUR * 1_000 })).toMatchObject({ deleted: [], described: [] })
  })

  test('one that is gone, and still listed, does not count: the last backup there is stays (H4)', async () => {
    await using cloud = await startSimulator()
    const ghost = add(cloud, 1, { status: 'DELETED', listed: { status: 'AVAILABLE' } })
    const [last, old] = [add(cloud, 2), add(cloud, 3)]
    const { deleted, described } = await judge(cloud)
    expect(described).toEqual([ghost, last])
    expect(deleted).toEqual([old])
  })

  test('nor one that is not AVAILABLE any more, and the rule is applied again and again', async () => {
    await using cloud = await startSimulator()
    const listed = { status: 'AVAILABLE' }
    const ghosts = [1, 2, 3].map(age => add(cloud, age, { status: 'FAILED', listed }))
    const last = add(cloud, 4)
    const { deleted, described } = await judge(cloud)
    expect(described).toEqual([...ghosts, last].slice(0, 3))
    expect(deleted).toEqual([])
  })

  test('nor one that is another by its description', async () => {
    await using cloud = await startSimulator()
    add(cloud, 1, { creationMethod: 'AUTO', listed: { creationMethod: 'MANUAL' } })
    const [kept, old] = [add(cloud, 2), add(cloud, 3)]
    const { deleted, described } = await judge(cloud)
    expect(described).toContain(kept)
    expect(deleted).toEqual([old])
  })

  test('the newest 100 of a type at most; for the rest the list is read once more', async () => {
    await using cloud = await startSimulator()
    const ids = Array.from({ length: 103 }, (_, age) => add(cloud, age + 1))
    const { deleted, described, lists } = await judge(cloud, { keepLast: 102 })
    expect(described.toSorted()).toEqual(ids.slice(0, 100).toSorted())
    // Two pages of it.
    expect(lists).toBe(2)
    expect(deleted).toEqual(ids.slice(102))
  })

  test('one beyond these that the list has no more does not count either', async () => {
    await using cloud = await startSimulator()
    const ids = Array.from({ length: 103 }, (_, age) => add(cloud, age + 1))
    const [gone = ''] = ids.slice(101)
    const act = () => {
      cloud.world.backup(gone).status = 'DELETED'
    }
    cloud.faults.inject({ operation: 'describeBackup', fault: { kind: 'meanwhile', act } })
    expect((await judge(cloud, { keepLast: 102 })).deleted).toEqual([])
  })
})

test("ages go by the service's own clock", async () => {
  await using cloud = await startSimulator({ variants: { clockSkewSeconds: 10 * HOUR } })
  const [, old] = [add(cloud, 1), add(cloud, 3)]
  expect((await judge(cloud, { olderThan: 4 * HOUR * 1_000 })).deleted).toEqual([])
  expect((await judge(cloud, { olderThan: 2 * HOUR * 1_000 })).deleted).toEqual([old])
})
