import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { newest } from '../../src/backups/newest.ts'
import { grouped, newestFirst } from '../../src/backups/order.ts'
import { type Backup, decodeBackup } from '../../src/zilliz/decode.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import { listBackups } from '../../src/zilliz/reads.ts'
import { stepIn } from '../harness/step.ts'

const HOUR = 3_600
const DAY = 86_400

async function newestOf(cloud: Simulator, serves: (found: Backup) => boolean = () => true) {
  const { step } = stepIn(cloud)
  const listed = await listBackups(step.cloud, cloud.clusterId)
  return (await newest(step, { clusterId: cloud.clusterId, listed }, serves))?.backupId
}

const add = (cloud: Simulator, ageSeconds: number, more: object = {}) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds, ...more }).backupId

const described = (cloud: Simulator) =>
  cloud.requests.filter(({ operationId }) => operationId === 'describeBackup')

describe('the newest', () => {
  test.each(['newest-first', 'oldest-first', 'shuffled'] as const)(
    'by its time, whatever the order of the list: %s',
    async listOrder => {
      await using cloud = await startSimulator({ variants: { listOrder } })
      add(cloud, 3 * DAY)
      const id = add(cloud, HOUR)
      add(cloud, 2 * DAY)
      expect(await newestOf(cloud)).toBe(id)
      // Only the one that was chosen had to be described.
      expect(described(cloud)).toHaveLength(1)
    },
  )

  test('when the list has the time of the cluster for all of them, their descriptions decide', async () => {
    await using cloud = await startSimulator({ variants: { listCreateTime: 'cluster' } })
    add(cloud, 3 * DAY)
    const id = add(cloud, HOUR)
    add(cloud, 2 * DAY)
    expect(await newestOf(cloud)).toBe(id)
    expect(described(cloud)).toHaveLength(3)
  })

  test('what is gone, or does not serve, when it is described is skipped', async () => {
    await using cloud = await startSimulator()
    const old = add(cloud, 2 * DAY)
    const middle = add(cloud, DAY)
    const young = add(cloud, HOUR)
    const { step } = stepIn(cloud)
    const listed = await listBackups(step.cloud, cloud.clusterId)
    cloud.world.backup(young).status = 'DELETED'
    const found = await newest(
      step,
      { clusterId: cloud.clusterId, listed },
      ({ backupId }) => backupId !== middle,
    )
    expect(found?.backupId).toBe(old)
    expect(await newest(step, { clusterId: cloud.clusterId, listed }, () => false)).toBeUndefined()
    expect(await newest(step, { clusterId: cloud.clusterId, listed: [] }, () => true)).toBeUndefined()
  })

  test('one without a readable time in the list is described first, to learn it ("Requests")', async () => {
    await using cloud = await startSimulator()
    const dated = add(cloud, 9 * DAY)
    const { step } = stepIn(cloud)
    const withoutTime = decodeBackup({ backupId: add(cloud, HOUR), status: 'AVAILABLE' })
    const listed = (await listBackups(step.cloud, cloud.clusterId)).filter(
      ({ backupId }) => backupId === dated,
    )
    const both = { clusterId: cloud.clusterId, listed: [withoutTime, ...listed] }
    expect((await newest(step, both, () => true))?.backupId).toBe(withoutTime.backupId)
    expect(described(cloud).map(({ path }) => path.split('/').at(-1))).toEqual([
      withoutTime.backupId,
      withoutTime.backupId,
    ])
  })

  test('what has no time in its description either comes last', async () => {
    await using cloud = await startSimulator()
    const dated = add(cloud, 9 * DAY)
    const undated = add(cloud, HOUR, { shown: { createTime: undefined } })
    expect(await newestOf(cloud)).toBe(dated)
    expect(await newestOf(cloud, ({ backupId }) => backupId !== dated)).toBe(undated)
  })

  test('a time that is far in the future is no time ("Requests")', async () => {
    await using cloud = await startSimulator()
    const dated = add(cloud, 9 * DAY)
    add(cloud, -20 * HOUR)
    expect(await newestOf(cloud)).toBe(dated)
  })

  test('where older ones are of no use, they are not described one by one', async () => {
    await using cloud = await startSimulator()
    const { step } = stepIn(cloud)
    const ids = [HOUR, DAY, 2 * DAY, 3 * DAY].map(age => add(cloud, age))
    const listed = await listBackups(step.cloud, cloud.clusterId)
    const notBefore = cloud.world.now() - 1.5 * DAY * 1_000
    const candidates = { clusterId: cloud.clusterId, listed, notBefore }
    expect(await newest(step, candidates, () => false)).toBeUndefined()
    // The first that is too old by its description ends it.
    expect(described(cloud)).toHaveLength(3)
    const last = ids.at(-1)
    expect(
      await newest(step, { ...candidates, notBefore: 0 }, ({ backupId }) => backupId === last),
    ).toMatchObject({ backupId: last })
  })

  test('what a list with the time of the cluster calls old is still described', async () => {
    await using cloud = await startSimulator({ variants: { listCreateTime: 'cluster' } })
    const { step } = stepIn(cloud)
    const id = add(cloud, HOUR)
    const listed = await listBackups(step.cloud, cloud.clusterId)
    const notBefore = cloud.world.now() - DAY * 1_000
    const found = await newest(step, { clusterId: cloud.clusterId, listed, notBefore }, () => true)
    expect(found?.backupId).toBe(id)
  })

  test.each([
    [12345, 200],
    [96036, 400],
    [40020, 404],
  ])('a description that is refused with %s puts no older one in its place', async (code, status) => {
    await using cloud = await startSimulator()
    add(cloud, DAY)
    const young = add(cloud, HOUR)
    cloud.faults.inject({ operation: 'describeBackup', fault: { kind: 'envelope', status, code } })
    await expect(newestOf(cloud)).rejects.toThrow(
      new RegExp(
        `^Could not read backup ${young} .*: the service refused\\. The list of backups still has it\\. .*code ${code}, [^)]*\\)$`,
      ),
    )
  })

  test('a description that is refused for the key ends it', async () => {
    await using cloud = await startSimulator()
    add(cloud, HOUR)
    cloud.faults.inject({
      operation: 'describeBackup',
      fault: { kind: 'envelope', status: 200, code: 96016 },
    })
    await expect(newestOf(cloud)).rejects.toThrow(ApiError)
  })
})

test('newest first, and what has no time last, in the order of the list', () => {
  const listed = [undefined, 2, 9, null, 5, 9].map((createTime, index) =>
    decodeBackup({ backupId: `b${index}`, status: 'AVAILABLE', createTime }),
  )
  const before = [...listed]
  expect(newestFirst(listed).map(({ backupId }) => backupId)).toEqual(['b2', 'b5', 'b4', 'b1', 'b0', 'b3'])
  expect(listed).toEqual(before)
})

test('items with one key are one group, in the order in which the keys first come', () => {
  const items = ['b1', 'a1', 'b2', 'c1', 'a2']
  expect(grouped(items, item => item.charAt(0))).toEqual([['b1', 'b2'], ['a1', 'a2'], ['c1']])
  expect(grouped(items, () => undefined)).toEqual([items])
  expect(grouped([], () => 1)).toEqual([])
})
