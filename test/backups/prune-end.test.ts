import { describe, expect, test } from 'vitest'
import { type Fault, startSimulator } from '../../simulator/index.ts'
import { Cancelled, OperationFailed } from '../../src/errors.ts'
import { stopTheWorld } from '../harness/step.ts'
import { add, errorOf, inject, prepare, refusing, sent } from './pruning.ts'

stopTheWorld()

describe('an end in the middle says what is known', () => {
  test('a refused key ends it, and nothing more is sent', async () => {
    await using cloud = await startSimulator()
    const [first, second] = [add(cloud), add(cloud)]
    inject(cloud, first, { operation: 'deleteBackup', fault: refusing(21119, 401) })
    // The second is being read when the first is refused.
    const slowly: Fault = { kind: 'drip', bytes: 20, everyMs: 20 }
    inject(cloud, second, { operation: 'describeBackup', fault: slowly })
    const { run, published } = prepare(cloud, [first, second])
    const error = await errorOf(run())
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.message).toMatch(
      /^API key refused: .*\.\n0 of 2 backups were deleted\.\nCheck the secret .*, code 21119, [^)]*\)$/,
    )
    expect(published()).toEqual([])
    expect(sent(cloud, 'describeBackup')).toBe(2)
    expect(sent(cloud, 'deleteBackup')).toBe(1)
  })

  test.each([
    ['deleteBackup', (id: string) => `\nThese may be deleted anyway: ${id}.`],
    ['describeBackup', () => ''],
  ] as const)('without a response to %s', async (operation, maybe) => {
    await using cloud = await startSimulator()
    const backupId = add(cloud)
    cloud.faults.inject({ operation, times: Number.POSITIVE_INFINITY, fault: { kind: 'reset' } })
    const { run, published } = prepare(cloud, [backupId])
    const error = await errorOf(run())
    expect(error.message).toMatch(/^Could not (delete|read) backup /)
    const [, ...more] = error.message.split('\n')
    expect(more.slice(0, -1).join('\n')).toBe(`0 of 1 backups were deleted.${maybe(backupId)}`)
    expect(more.at(-1)).toMatch(/^Look at the network and .* \(.*, tried \d+ times in .*\)$/)
    expect(published()).toEqual([])
  })

  test('a list that is refused confirms nothing', async () => {
    await using cloud = await startSimulator()
    const [unreadable, shown, failed, automatic] = [
      add(cloud),
      add(cloud),
      add(cloud),
      add(cloud, { creationMethod: 'AUTO' }),
    ]
    inject(cloud, shown, { operation: 'deleteBackup', fault: refusing(0) })
    inject(cloud, failed, { operation: 'deleteBackup', fault: refusing(40003) })
    cloud.faults.inject({ operation: 'listBackups', fault: refusing(21119, 401) })
    const { run, reported, published } = prepare(cloud, [unreadable, shown, failed, automatic])
    const [first, ...more] = (await errorOf(run())).message.split('\n')
    expect(first).toMatch(/^API key refused: could not list the backups of cluster \S+\.$/)
    expect(more).toEqual([
      '1 of 4 backups were deleted. The list of backups has not confirmed it yet.',
      `These may be deleted anyway: ${shown}.`,
      expect.stringMatching(`the service refused\\. Backup ${failed} is AVAILABLE\\. .*code 40003, .*\\)$`),
      expect.stringMatching(/^Check the secret .*, code 21119, [^)]*\)$/),
    ])
    expect(published()).toEqual([unreadable])
    expect(reported.at(-1)).toContain(`Skipped:\nBackup ${automatic} is AUTO CLUSTER AVAILABLE`)
  })

  test('a step that is cancelled stays cancelled', async () => {
    await using cloud = await startSimulator()
    const { run, stop } = prepare(cloud, [add(cloud), add(cloud)])
    stop.abort(new Cancelled())
    const error = await errorOf(run())
    expect(error).toBeInstanceOf(Cancelled)
    expect(error.message).toBe(
      'The step was cancelled.\n0 of 2 backups were deleted.\nRun the step again: it goes on with those that are left.',
    )
    expect(cloud.requests).toEqual([])
  })
})
