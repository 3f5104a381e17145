import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import { deleteAndRead, type Unconfirmed, waitUntilGone } from '../../src/backups/delete.ts'
import { OperationFailed, TimedOut } from '../../src/errors.ts'
import { ApiError, NoResponseError } from '../../src/zilliz/errors.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const add = (cloud: Simulator, more: object = {}) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ...more }).backupId

const sent = (cloud: Simulator, operation: string) =>
  cloud.requests.filter(({ operationId }) => operationId === operation).length

const refusing = (code: number | string, status = 200): Fault => ({ kind: 'envelope', status, code })

const unwatched = { check: () => {}, onSend: () => {} }

describe('a deletion', () => {
  const remove = (cloud: Simulator, backupId: string) =>
    deleteAndRead(stepIn(cloud).step, { clusterId: cloud.clusterId, backupId }, unwatched)

  test.each<[Partial<Variants>, outcome: string]>([
    [{ deletedBackup: 'DELETED' }, 'deleted'],
    [{ deletedBackup: 'gone' }, 'unreadable'],
    [{ deletedBackup: 'gone', backupNotFoundCode: 96018 }, 'unreadable'],
    [{ deletedBackup: 'gone', backupNotFoundCode: 96036, errorHttpStatus: 400 }, 'unreadable'],
  ])('of a service with %o is %s', async (variants, outcome) => {
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
    [refusing(96036, 504), true],
    [refusing('INTERNAL'), true],
    [{ kind: 'reset' }, true],
    [{ kind: 'reset' }, false],
    [{ kind: 'html', status: 502 }, true],
    [{ kind: 'gateway', status: 429 }, false],
    [refusing(96036, 500), false],
  ])(
    'is in doubt after %o, carried out: %s, and sent again unless its description shows it',
    async (fault, applied) => {
      await using cloud = await startSimulator()
      const backupId = add(cloud)
      cloud.faults.inject({ operation: 'deleteBackup', applied, fault })
      expect(await remove(cloud, backupId)).toBe('unreadable')
      // Described right before each: the description shows that the first one was carried out.
      expect(sent(cloud, 'deleteBackup')).toBe(applied ? 1 : 2)
      expect(cloud.world.backup(backupId).status).toBe('DELETED')
    },
  )

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
  ] as const)('that is refused for a %s backup (%d) shows the state', async (status, code) => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, { status })
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(code) })
    const error = await remove(cloud, backupId).catch(thrown => thrown)
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.cause).toBeInstanceOf(ApiError)
    expect(error.message).toMatch(
      new RegExp(`: the service refused\\. Backup ${backupId} is ${status}\\. .*, code ${code}, [^,]*\\)$`),
    )
    expect(sent(cloud, 'deleteBackup')).toBe(1)
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
    'that is refused for the key, %o, is followed by no read',
    async fault => {
      await using cloud = await startSimulator()
      const backupId = add(cloud)
      cloud.faults.inject({ operation: 'deleteBackup', fault })
      await expect(remove(cloud, backupId)).rejects.toMatchObject({
        name: 'OperationFailed',
        cause: { isAuthError: true },
      })
      expect(cloud.requests.map(({ operationId }) => operationId)).toEqual(['describeBackup', 'deleteBackup'])
    },
  )

  test('that is refused shows both refusals when the read is refused for the key', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(40003) })
    cloud.faults.inject({ operation: 'describeBackup', skip: 1, fault: refusing(21119, 401) })
    const error = await remove(cloud, backupId).catch(thrown => thrown)
    expect(error).toMatchObject({ name: 'OperationFailed', cause: { group: 'key' } })
    expect(error.message).toContain(
      ` The state of backup ${backupId} is not known: API key refused: could not read backup`,
    )
    expect(error.message).toMatch(/\(.*, code 40003, [^;]*; .*, code 21119, [^;]*\)$/)
  })

  test('that is refused is logged when the read gets no response', async () => {
    await using cloud = await startSimulator()
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(40003) })
    const fault = { kind: 'reset' } as const
    cloud.faults.inject({ operation: 'describeBackup', skip: 1, times: Number.POSITIVE_INFINITY, fault })
    const { step, reported } = stepIn(cloud)
    const backup = { clusterId: cloud.clusterId, backupId: add(cloud) }
    await expect(deleteAndRead(step, backup, unwatched)).rejects.toThrow(NoResponseError)
    expect(reported.at(-1)).toContain('code 40003')
  })
})

/** Why reads are to show whether that one is gone. */
const because = (why: Unconfirmed, backupId: string): ReadonlyMap<string, Unconfirmed> =>
  new Map([[backupId, why]])

describe('the list', () => {
  const wait = (cloud: Simulator, backups: ReadonlyMap<string, Unconfirmed>, timeout?: number) =>
    waitUntilGone(stepIn(cloud, timeout).step, cloud.clusterId, backups)

  test('of nothing is not requested', async () => {
    await using cloud = await startSimulator()
    expect(await wait(cloud, new Map())).toEqual([])
    expect(cloud.requests).toEqual([])
  })

  test('that has none of them is requested once', async () => {
    await using cloud = await startSimulator()
    const gone = add(cloud, { status: 'DELETED' })
    add(cloud)
    expect(await wait(cloud, because('unreadable', gone))).toEqual([])
    expect(cloud.requests).toHaveLength(1)
  })

  test('is given a minute', async () => {
    await using cloud = await startSimulator()
    const [one, two] = [add(cloud), add(cloud)]
    const { step, time } = stepIn(cloud)
    expect(await waitUntilGone(step, cloud.clusterId, because('unreadable', one))).toMatchObject([
      { backupId: one },
    ])
    expect(time()).toBeGreaterThanOrEqual(60_000)
    expect(time()).toBeLessThan(70_000)
    const edit = (response: unknown) => {
      cloud.world.backup(two).status = 'DELETED'
      return response
    }
    cloud.faults.inject({ operation: 'listBackups', skip: 2, fault: { kind: 'edit', edit } })
    expect(await waitUntilGone(step, cloud.clusterId, because('unreadable', two))).toEqual([])
  })

  test('is not enough for one that was described as before: its description must be gone too', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    const edit = (response: { data: { backups: { backupId: string }[] } }) => {
      response.data.backups = response.data.backups.filter(listed => listed.backupId !== backupId)
      return response
    }
    cloud.faults.inject({
      operation: 'listBackups',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'edit', edit },
    })
    expect(await wait(cloud, because('unreadable', backupId))).toEqual([])
    expect(await wait(cloud, because('shown', backupId))).toMatchObject([{ backupId }])
    cloud.world.backup(backupId).status = 'DELETED'
    expect(await wait(cloud, because('shown', backupId))).toEqual([])
  })

  test('is read once for what nothing was sent about', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    const { step, time } = stepIn(cloud)
    const unsent = because('not-sent', backupId)
    expect(await waitUntilGone(step, cloud.clusterId, unsent)).toMatchObject([{ backupId }])
    expect(time()).toBe(0)
  })

  test('is waited for as long as one that was sent is in it, whatever else it has', async () => {
    await using cloud = await startSimulator()
    const [sent, unsent] = [add(cloud), add(cloud)]
    const backups = new Map<string, Unconfirmed>([
      [sent, 'unreadable'],
      [unsent, 'not-sent'],
    ])
    const edit = (response: unknown) => {
      cloud.world.backup(sent).status = 'DELETED'
      return response
    }
    cloud.faults.inject({ operation: 'listBackups', skip: 2, fault: { kind: 'edit', edit } })
    expect(await wait(cloud, backups)).toMatchObject([{ backupId: unsent }])
    expect(cloud.requests).toHaveLength(4)
  })

  test('may show them DELETED', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    const edit = (response: { data: { backups: { status: string }[] } }) => {
      for (const backup of response.data.backups) backup.status = 'DELETED'
      return response
    }
    cloud.faults.inject({ operation: 'listBackups', fault: { kind: 'edit', edit } })
    expect(await wait(cloud, because('unreadable', backupId))).toEqual([])
  })

  test('that shows them when the step times out is an error that names them', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    await expect(wait(cloud, because('unreadable', backupId), 10_000)).rejects.toThrow(
      new TimedOut(
        `Timed out after 10s: still there in cluster ${cloud.clusterId}: ${backupId} (AVAILABLE).`,
      ),
    )
  })

  test('that cannot be read shows nothing', async () => {
    await using cloud = await startSimulator()
    const ids = because('unreadable', add(cloud))
    cloud.faults.inject({ operation: 'listBackups', fault: refusing(96016) })
    await expect(wait(cloud, ids)).rejects.toThrow(ApiError)
    const fault = { kind: 'gateway', status: 503 } as const
    cloud.faults.inject({ operation: 'listBackups', times: Number.POSITIVE_INFINITY, fault })
    await expect(wait(cloud, ids, 10_000)).rejects.toThrow(
      /^Timed out after 10s: whether it is deleted could not be read\. .*503/,
    )
  })
})
