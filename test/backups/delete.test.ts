import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import {
  describeOrRefusal,
  isDeleted,
  listOf,
  removeBackup,
  waitUntilGone,
} from '../../src/backups/delete.ts'
import { OperationFailed } from '../../src/step.ts'
import { TimedOut } from '../../src/waiting/poll.ts'
import { type Backup, decodeBackup } from '../../src/zilliz/decode.ts'
import { ApiError, NoResponseError } from '../../src/zilliz/errors.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const add = (cloud: Simulator, more: object = {}) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ...more }).backupId

const asked = (cloud: Simulator, operation: string) =>
  cloud.requests.filter(({ operationId }) => operationId === operation).length

const refusing = (code: number | string, status = 200): Fault => ({ kind: 'envelope', status, code })

describe('a deletion', () => {
  const remove = (cloud: Simulator, backupId: string) =>
    removeBackup(stepIn(cloud).step, cloud.clusterId, backupId)

  test.each<[Partial<Variants>, outcome: string]>([
    [{ deletedBackup: 'DELETED' }, 'deleted'],
    [{ deletedBackup: 'gone' }, 'unreadable'],
    [{ deletedBackup: 'gone', backupNotFoundCode: 96018 }, 'unreadable'],
    [{ deletedBackup: 'gone', backupNotFoundCode: 96036, errorHttpStatus: 400 }, 'unreadable'],
  ])('where the service plays %o it is %s', async (variants, outcome) => {
    await using cloud = await startSimulator({ variants })
    const backupId = add(cloud)
    expect(await remove(cloud, backupId)).toBe(outcome)
    expect(cloud.world.backup(backupId).status).toBe('DELETED')
  })

  test('is not called deleted while the description is as before', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(0) })
    expect(await remove(cloud, backupId)).toBe('shown')
  })

  test.each<[Fault, applied: boolean]>([
    [{ kind: 'reset' }, true],
    [{ kind: 'reset' }, false],
    [{ kind: 'html', status: 502 }, true],
    [{ kind: 'gateway', status: 429 }, false],
    [refusing(96036, 500), false],
  ])('is repeated after %o, carried out: %s', async (fault, applied) => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', applied, fault })
    expect(await remove(cloud, backupId)).toBe(applied ? 'deleted' : 'unreadable')
    expect(asked(cloud, 'deleteBackup')).toBe(2)
  })

  test.each(['gone', 'DELETED'] as const)(
    'that is refused for a backup that is %s was not needed',
    async deletedBackup => {
      await using cloud = await startSimulator({ variants: { deletedBackup } })
      expect(await remove(cloud, add(cloud, { status: 'DELETED' }))).toBe('deleted')
    },
  )

  test.each([
    ['CREATING', 40003],
    ['AVAILABLE', 96036],
    ['AVAILABLE', 12345],
  ] as const)('that is refused for a %s backup (%d) tells the state', async (status, code) => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, { status })
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(code) })
    const error = await remove(cloud, backupId).catch(thrown => thrown)
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.cause).toBeInstanceOf(ApiError)
    expect(error.message).toMatch(new RegExp(`code ${code}, .* Backup ${backupId} is ${status}\\.$`))
    expect(asked(cloud, 'deleteBackup')).toBe(1)
  })

  test('that is refused, like the description, is decided by the list', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', times: 2, fault: refusing(12345) })
    cloud.faults.inject({ operation: 'describeBackup', times: 2, fault: refusing(12345) })
    await expect(remove(cloud, backupId)).rejects.toThrow(`Backup ${backupId} is AVAILABLE.`)
    cloud.world.backup(backupId).status = 'DELETED'
    expect(await remove(cloud, backupId)).toBe('deleted')
  })

  test.each([refusing(21119, 401), refusing(96016), { kind: 'gateway', status: 403 } as const])(
    'that is refused for the key, %o, is not looked into',
    async fault => {
      await using cloud = await startSimulator()
      const backupId = add(cloud)
      cloud.faults.inject({ operation: 'deleteBackup', fault })
      await expect(remove(cloud, backupId)).rejects.toMatchObject({
        name: 'OperationFailed',
        cause: { isAuthError: true },
      })
      expect(cloud.requests).toHaveLength(1)
    },
  )

  test('that is refused tells both refusals when the look is refused for the key', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(40003) })
    cloud.faults.inject({ operation: 'describeBackup', fault: refusing(21119, 401) })
    const error = await remove(cloud, backupId).catch(thrown => thrown)
    expect(error).toMatchObject({ name: 'OperationFailed', cause: { group: 'key' } })
    expect(error.message).toContain('code 40003')
    expect(error.message).toContain(`\nThe state of backup ${backupId} is not known. Could not read backup`)
  })

  test('that is refused is told in the log when the look finds no answer', async () => {
    await using cloud = await startSimulator()
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(40003) })
    const fault = { kind: 'reset' } as const
    cloud.faults.inject({ operation: 'describeBackup', times: Number.POSITIVE_INFINITY, fault })
    const { step, told } = stepIn(cloud)
    await expect(removeBackup(step, cloud.clusterId, add(cloud))).rejects.toThrow(NoResponseError)
    expect(told.at(-1)).toContain('code 40003')
  })
})

describe('the description of a backup that was there', () => {
  test('is told in whatever state', async () => {
    await using cloud = await startSimulator({ variants: { deletedBackup: 'DELETED' } })
    const backupId = add(cloud, { status: 'DELETED' })
    expect(await describeOrRefusal(stepIn(cloud).step, cloud.clusterId, backupId)).toMatchObject({
      status: 'DELETED',
    })
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
    const look = describeOrRefusal(stepIn(cloud).step, cloud.clusterId, add(cloud))
    if (open) expect(await look).toBeInstanceOf(ApiError)
    else await expect(look).rejects.toThrow(ApiError)
  })
})

describe('the list', () => {
  test('of nothing is not asked for', async () => {
    await using cloud = await startSimulator()
    expect(await waitUntilGone(stepIn(cloud).step, cloud.clusterId, { taken: new Set() })).toEqual([])
    expect(cloud.requests).toEqual([])
  })

  test('that has none of them is asked for once', async () => {
    await using cloud = await startSimulator()
    const gone = add(cloud, { status: 'DELETED' })
    add(cloud)
    expect(await waitUntilGone(stepIn(cloud).step, cloud.clusterId, { taken: new Set([gone]) })).toEqual([])
    expect(cloud.requests).toHaveLength(1)
  })

  test('is given a minute', async () => {
    await using cloud = await startSimulator()
    const [one, two] = [add(cloud), add(cloud)]
    const { step, time } = stepIn(cloud)
    expect(await waitUntilGone(step, cloud.clusterId, { taken: new Set([one]) })).toMatchObject([
      { backupId: one },
    ])
    expect(time()).toBeGreaterThanOrEqual(60_000)
    expect(time()).toBeLessThan(70_000)
    const edit = (answer: unknown) => {
      cloud.world.backup(two).status = 'DELETED'
      return answer
    }
    cloud.faults.inject({ operation: 'listBackups', skip: 2, fault: { kind: 'edit', edit } })
    expect(await waitUntilGone(step, cloud.clusterId, { taken: new Set([two]) })).toEqual([])
  })

  test('is not enough for one that was described as before: its description must be gone too', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    const edit = (answer: { data: { backups: { backupId: string }[] } }) => {
      answer.data.backups = answer.data.backups.filter(listed => listed.backupId !== backupId)
      return answer
    }
    cloud.faults.inject({
      operation: 'listBackups',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'edit', edit },
    })
    const ids = new Set([backupId])
    expect(await waitUntilGone(stepIn(cloud).step, cloud.clusterId, { taken: ids })).toEqual([])
    const { step } = stepIn(cloud)
    expect(await waitUntilGone(step, cloud.clusterId, { taken: ids, shown: ids })).toMatchObject([
      { backupId },
    ])
    cloud.world.backup(backupId).status = 'DELETED'
    expect(await waitUntilGone(step, cloud.clusterId, { taken: ids, shown: ids })).toEqual([])
  })

  test('is read once for what nothing was sent about', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    const { step, time } = stepIn(cloud)
    const unsent = new Set([backupId])
    expect(await waitUntilGone(step, cloud.clusterId, { taken: new Set(), unsent })).toMatchObject([
      { backupId },
    ])
    expect(time()).toBe(0)
  })

  test('may show them DELETED', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    const edit = (answer: { data: { backups: { status: string }[] } }) => {
      for (const backup of answer.data.backups) backup.status = 'DELETED'
      return answer
    }
    cloud.faults.inject({ operation: 'listBackups', fault: { kind: 'edit', edit } })
    expect(await waitUntilGone(stepIn(cloud).step, cloud.clusterId, { taken: new Set([backupId]) })).toEqual(
      [],
    )
  })

  test('that shows them when the time is over is named', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    await expect(
      waitUntilGone(stepIn(cloud, 10_000).step, cloud.clusterId, { taken: new Set([backupId]) }),
    ).rejects.toThrow(
      new TimedOut(`The time is over: still there in cluster ${cloud.clusterId}: ${backupId} (AVAILABLE).`),
    )
  })

  test('that cannot be read shows nothing', async () => {
    await using cloud = await startSimulator()
    const ids = new Set([add(cloud)])
    cloud.faults.inject({ operation: 'listBackups', fault: refusing(96016) })
    await expect(waitUntilGone(stepIn(cloud).step, cloud.clusterId, { taken: ids })).rejects.toThrow(ApiError)
    const fault = { kind: 'gateway', status: 503 } as const
    cloud.faults.inject({ operation: 'listBackups', times: Number.POSITIVE_INFINITY, fault })
    await expect(waitUntilGone(stepIn(cloud, 10_000).step, cloud.clusterId, { taken: ids })).rejects.toThrow(
      /^The time is over: whether it is deleted could not be read\. .*503/,
    )
  })
})

const described = (backupId: string, status: string): Backup => decodeBackup({ backupId, status })

test.each([
  ['DELETED', true],
  ['deleted', true],
  ['DELETING', true],
  ['AVAILABLE', false],
  ['CREATING', false],
  ['FAILED', false],
])('%s is a state of one that is gone or going: %s', (status, gone) => {
  expect(isDeleted(described('b', status))).toBe(gone)
})

test('of many backups ten are named', () => {
  const many = Array.from({ length: 12 }, (_, index) => described(`b${index}`, 'AVAILABLE'))
  expect(listOf(many.slice(0, 2))).toBe('b0 (AVAILABLE), b1 (AVAILABLE)')
  expect(listOf(many)).toMatch(/b9 \(AVAILABLE\) and 2 more$/)
})
