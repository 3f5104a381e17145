import { describe, expect, test } from 'vitest'
import { type Fault, startSimulator } from '../../simulator/index.ts'
import { always, cancel, interruptAt, refusing, respondAnd } from './arrange.ts'
import { addBackup, expectNothingDeleted, expectOneDeleted } from './deletions.ts'
import { deleteBackup } from './steps.ts'
import { applied, errorOf, sent } from './story.ts'

describe('after a DELETE without a response a read decides whether it is sent again', () => {
  const lost = { kind: 'reset' } as const
  const throttled = { kind: 'gateway', status: 429, retryAfter: 1 } as const
  test.each<[Fault, done: boolean]>([
    [lost, true],
    [lost, false],
    [refusing(96036, 504), true],
    [refusing(96036, 504), false],
    [{ kind: 'envelope', status: 200, code: 'Busy' }, true],
    [{ kind: 'envelope', status: 200, code: 'Busy' }, false],
    [throttled, false],
  ])('%o, carried out: %s', async (fault, done) => {
    await using cloud = await startSimulator({ speed: 60 })
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', applied: done, fault })
    const story = await deleteBackup(cloud, { 'backup-id': backupId })
    expectOneDeleted(cloud, story, backupId)
    expect(sent(story, 'deleteBackup')).toHaveLength(done ? 1 : 2)
    expect(applied(story, 'deleteBackup')).toHaveLength(1)
  })

  test('and where none ever comes, the step ends and says that the backup may be deleted', async () => {
    await using cloud = await startSimulator({ speed: 100 })
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', ...always, fault: { kind: 'reset' } })
    const story = await deleteBackup(cloud, { 'backup-id': backupId })
    expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
    expect(errorOf(story)).toMatch(
      /^Could not delete backup .*: the connection broke\. Backup .* may be deleted anyway\. Look at [^.]*, then run the step again\. \(.*ECONNRESET, tried \d+ times in [12]m[^)]*\)$/,
    )
  })

  test('and where the reads after it get no response, the step ends and says the same', async () => {
    await using cloud = await startSimulator({ speed: 100 })
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'describeBackup', skip: 2, ...always, fault: { kind: 'reset' } })
    cloud.faults.inject({ operation: 'listBackups', ...always, fault: { kind: 'reset' } })
    const story = await deleteBackup(cloud, { 'backup-id': backupId, timeout: '5m' })
    expect(story.step.outputs).toMatchObject({ status: 'timed-out', deletedBackupIds: '[]' })
    expect(errorOf(story)).toMatch(
      /^Timed out after 5m: whether it is deleted could not be read\.(?: Could not list .*\.)? Backup .* may be deleted anyway\. Run this step again, with a longer timeout\.(?: \(.*ECONNRESET\))?$/,
    )
  })

  test('but where the read right before it gets no response, nothing is sent and nothing may be deleted', async () => {
    await using cloud = await startSimulator({ speed: 100 })
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'describeBackup', skip: 1, ...always, fault: { kind: 'reset' } })
    const story = await deleteBackup(cloud, { 'backup-id': backupId })
    expect(expectNothingDeleted(cloud, story, backupId)).toMatch(
      /^Could not read backup .*: the connection broke\. Nothing was started\. Look at [^.]*, then run the step again\. \(.*ECONNRESET, tried \d+ times in [12]m[^)]*\)$/,
    )
    expect(errorOf(story)).not.toContain('may be deleted')
    expect(sent(story, 'deleteBackup')).toEqual([])
  })
})

describe('a DELETE whose response is 0', () => {
  test('and leaves the backup where it is fails after a minute, with its state', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(0) })
    const story = await deleteBackup(cloud, { 'backup-id': backupId })
    expect(expectNothingDeleted(cloud, story, backupId)).toBe(
      `The deletion was sent, but cluster ${cloud.clusterId} still has backup ${backupId} (AVAILABLE). Look at it in the console.`,
    )
    const [first, last] = [story.requests.at(0), story.requests.at(-1)]
    expect((last?.time ?? 0) - (first?.time ?? 0)).toBeGreaterThan(60_000)
  })

  test('and leaves the backup where it is is a timeout when the timeout is shorter', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(0) })
    const story = await deleteBackup(cloud, { 'backup-id': backupId, timeout: '20s' })
    expect(story.step).toMatchObject({ outcome: 'failure', exitCode: 1 })
    expect(story.step.outputs).toMatchObject({ status: 'timed-out', deletedBackupIds: '[]' })
    expect(errorOf(story)).toContain(`still there in cluster ${cloud.clusterId}: ${backupId} (AVAILABLE).`)
  })

  test('is confirmed when the backup is deleted a little later', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(0) })
    const remove = () => {
      cloud.world.backup(backupId).status = 'DELETED'
    }
    cloud.faults.inject({ operation: 'listBackups', skip: 3, fault: respondAnd(remove) })
    expectOneDeleted(cloud, await deleteBackup(cloud, { 'backup-id': backupId }), backupId)
  })

  test('is not confirmed when the list may not be read', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'listBackups', fault: refusing(96016, 403) })
    const story = await deleteBackup(cloud, { 'backup-id': backupId })
    expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
    expect(errorOf(story)).toMatch(
      /^This API key may not list the backups .*\. Backup .* may be deleted anyway\. It needs read access .*\. \("Not now", HTTP 403, code 96016, .*\)$/,
    )
  })
})

describe('a DELETE that is refused', () => {
  test('with an unknown code, while the backup is deleted by then, was not needed', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const backupId = addBackup(cloud)
    const when = () => {
      cloud.world.backup(backupId).status = 'DELETED'
      return true
    }
    cloud.faults.inject({ operation: 'deleteBackup', when, fault: refusing(12345) })
    const story = await deleteBackup(cloud, { 'backup-id': backupId })
    expectOneDeleted(cloud, story, backupId)
    expect(sent(story, 'deleteBackup')).toHaveLength(1)
  })

  const mayNot = 'This API key may not delete'
  const couldNot = 'Could not delete'
  test.each([
    [refusing(96013), mayNot, 'It needs the backup privileges of the project'],
    [refusing(96028, 403), couldNot, 'This is for projects of the Enterprise plan only.'],
    [refusing(21119, 401), 'API key refused: could not delete', 'Check the secret behind api-key'],
  ])('for the key or what it may do, %o, is an error', async (fault, what, next) => {
    await using cloud = await startSimulator({ speed: 20 })
    const backupId = addBackup(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', fault })
    const error = expectNothingDeleted(cloud, await deleteBackup(cloud, { 'backup-id': backupId }), backupId)
    const refused = what === couldNot ? ': the service refused' : ''
    expect(error).toContain(
      `${what} backup ${backupId} of cluster ${cloud.clusterId}${refused}. Nothing was started. ${next}`,
    )
    expect(error).not.toContain('may be deleted')
  })
})

test('cancelled while the DELETE hangs, the step ends by itself and says that the backup may be deleted', async () => {
  await using cloud = await startSimulator({ speed: 4 })
  const backupId = addBackup(cloud)
  const cancelled = interruptAt(cloud, 'deleteBackup', { act: cancel })
  const story = await deleteBackup(cloud, { 'backup-id': backupId }, cancelled)
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs).toMatchObject({ status: 'cancelled', deletedBackupIds: '[]' })
  expect(story.step.receipt).toMatchObject({ status: 'cancelled', deletedBackupIds: [] })
  const said = `The step was cancelled. Backup ${backupId} of cluster ${cloud.clusterId} may be deleted anyway.`
  expect(story.step.annotations.map(({ message }) => message)).toContain(said)
  expect(sent(story, 'deleteBackup')).toHaveLength(1)
})
