import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { describeOrRefusal, isDeleted, readState, stillListed } from '../../src/backups/read.ts'
import { decodeBackup } from '../../src/zilliz/decode.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import { stepIn } from '../harness/step.ts'

const add = (cloud: Simulator, more: object = {}) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ...more }).backupId

const refusing = (code: number | string, status = 200): Fault => ({ kind: 'envelope', status, code })

describe('the description of a backup that was there', () => {
  test('is returned in whatever state', async () => {
    await using cloud = await startSimulator({ variants: { deletedBackup: 'DELETED' } })
    const backupId = add(cloud, { status: 'DELETED' })
    const backup = { clusterId: cloud.clusterId, backupId }
    expect(await describeOrRefusal(stepIn(cloud).step, backup)).toMatchObject({ status: 'DELETED' })
  })

  test.each([
    [refusing(12345), true],
    [refusing(96018), true],
    [refusing(96036, 400), true],
    [{ kind: 'gateway', status: 404 } as const, true],
    [refusing(21119, 401), false],
    [refusing(96027), false],
    [{ kind: 'html', status: 403 } as const, false],
  ])('refused by %o: for the list to decide: %s', async (fault, open) => {
    await using cloud = await startSimulator()
    cloud.faults.inject({ operation: 'describeBackup', fault })
    const backup = { clusterId: cloud.clusterId, backupId: add(cloud) }
    const read = describeOrRefusal(stepIn(cloud).step, backup)
    if (open) expect(await read).toBeInstanceOf(ApiError)
    else await expect(read).rejects.toThrow(ApiError)
  })
})

describe('the list', () => {
  const listed = async (cloud: Simulator, backupIds: readonly string[]) => {
    const found = await stillListed(stepIn(cloud).step, cloud.clusterId, new Set(backupIds))
    return found.map(({ backupId }) => backupId)
  }

  test('is not requested for nothing', async () => {
    await using cloud = await startSimulator()
    expect(await listed(cloud, [])).toEqual([])
    expect(cloud.requests).toEqual([])
  })

  test('is read once, and has what is there and not deleted', async () => {
    await using cloud = await startSimulator()
    const [one, deleted, deleting, other] = [add(cloud), add(cloud), add(cloud), add(cloud)]
    const edit = (response: { data: { backups: { backupId: string; status: string }[] } }) => {
      for (const backup of response.data.backups) {
        if (backup.backupId === deleted) backup.status = 'DELETED'
        if (backup.backupId === deleting) backup.status = 'DELETING'
      }
      return response
    }
    cloud.faults.inject({ operation: 'listBackups', fault: { kind: 'edit', edit } })
    expect(await listed(cloud, [one, deleted, deleting, 'backup9_x'])).toEqual([one])
    expect(cloud.requests).toHaveLength(1)
    expect(await listed(cloud, [other])).toEqual([other])
  })
})

describe('the state of a backup', () => {
  const read = (cloud: Simulator, backupId: string) =>
    readState(stepIn(cloud).step, { clusterId: cloud.clusterId, backupId })

  test('is that of its description, without a list', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, { status: 'CREATING' })
    expect(await read(cloud, backupId)).toMatchObject({ backupId, status: 'CREATING' })
    expect(cloud.requests).toHaveLength(1)
  })

  test('is that of the list where the description is refused, and none where neither has it', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'describeBackup', fault: refusing(12345) })
    expect(await read(cloud, backupId)).toMatchObject({ backupId, status: 'AVAILABLE' })
    expect(await read(cloud, 'backup9_x')).toBeUndefined()
  })

  test('is not read from the list where the key is refused', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'describeBackup', fault: refusing(21119, 401) })
    await expect(read(cloud, backupId)).rejects.toThrow(ApiError)
    expect(cloud.requests).toHaveLength(1)
  })
})

test.each([
  ['DELETED', true],
  ['deleted', true],
  ['DELETING', true],
  ['AVAILABLE', false],
  ['CREATING', false],
  ['FAILED', false],
])('%s is a state of one that is deleted or about to be: %s', (status, deleted) => {
  expect(isDeleted(decodeBackup({ backupId: 'b', status }))).toBe(deleted)
})
