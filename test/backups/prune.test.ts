import { describe, expect, test } from 'vitest'
import { type FaultRule, type Simulator, startSimulator } from '../../simulator/index.ts'
import { OperationFailed } from '../../src/errors.ts'
import { stopTheWorld } from '../harness/step.ts'
import { add, errorOf, inject, prepare, refusing, sent } from './pruning.ts'

stopTheWorld()

describe('a backup is deleted', () => {
  test('when its description shows that, without a list', async () => {
    await using cloud = await startSimulator({ variants: { deletedBackup: 'DELETED' } })
    const backupIds = [add(cloud), add(cloud)]
    const { run, reported, published } = prepare(cloud, backupIds)
    expect(await run()).toBe(2)
    expect(published().toSorted()).toEqual(backupIds.toSorted())
    expect(backupIds.map(id => cloud.world.backup(id).status)).toEqual(['DELETED', 'DELETED'])
    expect(sent(cloud, 'listBackups')).toBe(0)
    for (const id of backupIds) expect(reported).toContain(`Deleted backup ${id} (CLUSTER, no time).`)
    expect(reported.at(-1)).toBe('2 of 2 backups are deleted. They cannot be restored any more.')
  })

  test('when its description is refused and the list has it no more', async () => {
    await using cloud = await startSimulator()
    const backupIds = [add(cloud), add(cloud)]
    const { run, published } = prepare(cloud, backupIds)
    expect(await run()).toBe(2)
    expect(published().toSorted()).toEqual(backupIds.toSorted())
    expect(sent(cloud, 'listBackups')).toBe(1)
  })

  test('when it is described as before, but is gone in the end', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    inject(cloud, backupId, { operation: 'deleteBackup', fault: refusing(0) })
    const edit = (response: unknown) => {
      cloud.world.backup(backupId).status = 'DELETED'
      return response
    }
    cloud.faults.inject({ operation: 'listBackups', fault: { kind: 'edit', edit } })
    const { run, reported, published } = prepare(cloud, [backupId])
    expect(await run()).toBe(1)
    expect(published()).toEqual([backupId])
    // It was not called deleted before.
    expect(reported.some(line => line.startsWith('Deleted backup'))).toBe(false)
  })

  test('of none there is none', async () => {
    await using cloud = await startSimulator()
    expect(await prepare(cloud, []).run()).toBe(0)
    expect(cloud.requests).toEqual([])
  })
})

describe('a backup is skipped, and nothing is sent', () => {
  test.each<[string, draft: object, edit: object, why: string]>([
    ['is deleted', { status: 'DELETED' }, {}, 'is DELETED already'],
    ['is being deleted', {}, { status: 'DELETING' }, 'is DELETING already'],
    ['is automatic', { creationMethod: 'AUTO' }, {}, 'is AUTO CLUSTER AVAILABLE of cluster <source> by now'],
    [
      'is no longer AVAILABLE',
      { status: 'FAILED' },
      {},
      'is MANUAL CLUSTER FAILED of cluster <source> by now',
    ],
    [
      'is of another cluster',
      {},
      { clusterId: 'in01-x' },
      'is MANUAL CLUSTER AVAILABLE of cluster in01-x by now',
    ],
    ['has no time', {}, { createTime: null }, 'has no creation time in its description'],
    ['is too young', { ageSeconds: 59 }, {}, 'is too young for the rule, as its description shows'],
  ])('when it %s', async (_, draft, more, why) => {
    await using cloud = await startSimulator({ variants: { deletedBackup: 'DELETED' } })
    const backupId = add(cloud, draft)
    const edit = (response: { data: object }) => ({ ...response, data: { ...response.data, ...more } })
    cloud.faults.inject({ operation: 'describeBackup', fault: { kind: 'edit', edit } })
    const { run, reported, published } = prepare(cloud, [backupId], cloud.world.now() - 60_000)
    expect(await run()).toBe(0)
    const sentence = `Backup ${backupId} ${why.replace('<source>', cloud.clusterId)}.`
    expect(reported).toContain(sentence)
    expect(reported).toContain(`Skipped:\n${sentence}`)
    expect(published()).toEqual([])
    expect(cloud.requests).toHaveLength(1)
  })

  test('when its description is refused, and the list has it no more', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud, { status: 'DELETED' })
    const { run, reported, published } = prepare(cloud, [backupId])
    expect(await run()).toBe(0)
    expect(reported).toContain(`Backup ${backupId} is gone already.`)
    expect(reported).toContain(`Skipped:\nBackup ${backupId} is gone already.`)
    expect(published()).toEqual([])
    expect(sent(cloud, 'deleteBackup')).toBe(0)
  })
})

describe('a backup could not be deleted, and the others are', () => {
  /** The first of two fails. */
  async function fail(
    cloud: Simulator,
    ...rules: FaultRule[]
  ): Promise<{ backupId: string; error: Error; waited: number }> {
    const [backupId, other] = [add(cloud), add(cloud)]
    for (const rule of rules) inject(cloud, backupId, rule)
    const { run, reported, published, time } = prepare(cloud, [backupId, other])
    const error = await errorOf(run())
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.message).toMatch(/^1 of 2 backups could not be deleted\. Deleted: 1\.\n/)
    expect(published()).toEqual([other])
    const [, said = ''] = error.message.split('\n')
    // The log has it at once, with what to do.
    const beginning = said.replace(/ \(.*/, '').replace(/ Now it is .*/, '')
    expect(beginning).toContain(backupId)
    expect(reported.filter(line => line.startsWith(beginning))).not.toEqual([])
    return { backupId, error, waited: time() }
  }

  test('when the list still has it a minute after its deletion', async () => {
    await using cloud = await startSimulator()
    const refused: FaultRule = { operation: 'describeBackup', skip: 1, fault: refusing(12345) }
    const accepted: FaultRule = { operation: 'deleteBackup', fault: refusing(0) }
    const { backupId, error, waited } = await fail(cloud, accepted, refused)
    expect(waited).toBeGreaterThanOrEqual(60_000)
    expect(error.message).toMatch(
      new RegExp(
        `\nBackup ${backupId}: the deletion was sent, but it is still there\\. Now it is AVAILABLE\\.(?:\n|$)`,
      ),
    )
  })

  test('when it is described as before', async () => {
    await using cloud = await startSimulator()
    const { backupId, error } = await fail(cloud, { operation: 'deleteBackup', fault: refusing(0) })
    expect(error.message).toContain(
      `\nBackup ${backupId}: the deletion was sent, but it is still there. Now it is AVAILABLE.`,
    )
  })

  test('when its description is refused although the list has it: nothing is sent', async () => {
    await using cloud = await startSimulator()
    const { backupId, error } = await fail(cloud, { operation: 'describeBackup', fault: refusing(12345) })
    expect(error.message).toMatch(
      /: the service refused\. The list of backups still has it, so it was not deleted\. Now it is AVAILABLE\. \(.*code 12345, [^)]*\)\n/,
    )
    expect(cloud.world.backup(backupId).status).toBe('AVAILABLE')
    expect(sent(cloud, 'deleteBackup')).toBe(1)
  })

  test('when its deletion is refused', async () => {
    await using cloud = await startSimulator()
    const { backupId, error } = await fail(cloud, { operation: 'deleteBackup', fault: refusing(40003) })
    expect(error.message).toMatch(
      new RegExp(` Backup ${backupId} is AVAILABLE\\. \\(.*, code 40003, [^)]*\\)\n`),
    )
  })

  test('when the key may not read it after its deletion: it may be deleted', async () => {
    await using cloud = await startSimulator()
    const { backupId, error } = await fail(cloud, {
      operation: 'describeBackup',
      skip: 1,
      fault: refusing(96016),
    })
    expect(error.message).toMatch(
      new RegExp(` Backup ${backupId} may be deleted anyway\\. \\(.*, code 96016, [^)]*\\)\n`),
    )
    expect(cloud.world.backup(backupId).status).toBe('DELETED')
  })

  test('of many the error names ten, the log each', async () => {
    await using cloud = await startSimulator()
    const backupIds = Array.from({ length: 12 }, () => add(cloud))
    const times = Number.POSITIVE_INFINITY
    cloud.faults.inject({ operation: 'deleteBackup', times, fault: refusing(40003) })
    const { run, reported, published } = prepare(cloud, backupIds)
    const { message } = await errorOf(run())
    expect(message).toMatch(/^12 of 12 backups could not be deleted\. Deleted: 0\.\n/)
    // What to do is said once, for all of them.
    expect(message).toMatch(/\nAnd 2 more, in the log\.\n[^\n]+ look in the console\.$/)
    expect(message.split('\n')).toHaveLength(13)
    expect(reported.filter(line => line.includes('code 40003'))).toHaveLength(12)
    expect(published()).toEqual([])
  })
})

describe('a backup is described right before each deletion ("Look again")', () => {
  test.each([
    [true, 1],
    [false, 2],
  ])('also before a repeated one, carried out: %s', async (applied, deletions) => {
    await using cloud = await startSimulator({ variants: { deletedBackup: 'DELETED' } })
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', applied, fault: { kind: 'reset' } })
    expect(await prepare(cloud, [backupId]).run()).toBe(1)
    const order = cloud.requests.map(({ operationId }) => operationId)
    expect(order.slice(0, 3)).toEqual(['describeBackup', 'deleteBackup', 'describeBackup'])
    expect(sent(cloud, 'deleteBackup')).toBe(deletions)
  })

  test('one that is kept at the second look may be deleted by the first try, and is told so', async () => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    const act = () => {
      cloud.world.backup(backupId).shown = { status: 'FAILED' }
    }
    cloud.faults.inject({ operation: 'deleteBackup', fault: { kind: 'meanwhile', act } })
    cloud.faults.inject({ operation: 'deleteBackup', fault: { kind: 'reset' } })
    const { message } = await errorOf(prepare(cloud, [backupId]).run())
    expect(message).toContain(
      `Backup ${backupId} is MANUAL CLUSTER FAILED of cluster ${cloud.clusterId} by now. Backup ${backupId} may be deleted anyway.`,
    )
    expect(sent(cloud, 'deleteBackup')).toBe(1)
  })
})
