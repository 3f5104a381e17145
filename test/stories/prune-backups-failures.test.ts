import { describe, expect, test } from 'vitest'
import { type Fault, startSimulator } from '../../simulator/index.ts'
import { always, refusing, respondAnd } from './arrange.ts'
import {
  aboutBackup,
  addBackupsOfAges,
  deletedAtService,
  deletedIds,
  expectDeleted,
  oneByOne,
} from './deletions.ts'
import { pruneBackups } from './steps.ts'
import { applied, errorOf, sent } from './story.ts'

describe('a deletion that is refused', () => {
  test.each<[string, Fault]>([
    ['for its state', refusing(40003)],
    ['by a code of no meaning', refusing(12345, 400)],
    ['for a permission', refusing(96013)],
    ['for a permission, by HTTP 403 alone', { kind: 'html', status: 403 }],
    ['without a code', { kind: 'gateway', status: 404 }],
  ])('%s fails the step at the end, after the others', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, middle, old] = addBackupsOfAges(cloud, [24, 48, 72, 96])
    cloud.faults.inject({ operation: 'deleteBackup', ...aboutBackup(old), fault })
    const story = await pruneBackups(cloud)
    expect(story.step).toMatchObject({ outcome: 'failure', exitCode: 1 })
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [young, middle])
    expect(errorOf(story)).toMatch(
      /^1 of 3 backups could not be deleted\. Deleted: 2\.\n(Could|This API key may) not delete backup /,
    )
    expect(errorOf(story)).toContain(old)
    expect(story.step.receipt).toMatchObject({ status: 'failed', deletedBackupIds: deletedIds(story) })
  })

  test('is reported with the state of the backup', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, old] = addBackupsOfAges(cloud, [24, 48])
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(40003) })
    expect(errorOf(await pruneBackups(cloud))).toContain(`Backup ${old} is AVAILABLE.`)
  })

  test('for a permission before it, at the description, goes on too', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, old] = addBackupsOfAges(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'describeBackup', ...aboutBackup(old), fault: refusing(96016, 403) })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [young])
    expect(errorOf(story)).not.toContain('may be deleted')
  })

  test('for a permission after it, at the description, says that the backup may be deleted', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, old] = addBackupsOfAges(cloud, [24, 48, 72])
    cloud.faults.inject({
      operation: 'describeBackup',
      ...aboutBackup(old),
      skip: 1,
      fault: refusing(96016, 403),
    })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(deletedIds(story)).toEqual([young])
    expect(errorOf(story)).toContain(`Backup ${old} may be deleted anyway.`)
  })

  test('of many is reported for ten of them, and for all in the log', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const ids = addBackupsOfAges(
      cloud,
      Array.from({ length: 13 }, (_, index) => 1 + index),
    )
    cloud.faults.inject({ operation: 'deleteBackup', ...always, fault: refusing(96013) })
    const story = await pruneBackups(cloud)
    expect(errorOf(story)).toMatch(/^12 of 12 backups could not be deleted\. Deleted: 0\.\n/)
    // What to do is said once.
    expect(errorOf(story)).toMatch(
      /\nAnd 2 more, in the log\.\nNothing was started\. It needs the backup privileges of the project: .*\.$/,
    )
    expect(errorOf(story).split('It needs')).toHaveLength(2)
    for (const id of ids.slice(1))
      expect(story.step.log.join('\n')).toContain(`This API key may not delete backup ${id}`)
    expectDeleted(cloud, story, [])
  })

  test.each<[string, 'describeBackup' | 'deleteBackup', Fault]>([
    ['code and status', 'deleteBackup', refusing(21119, 401)],
    ['the code alone', 'deleteBackup', refusing(21119)],
    ['the status alone', 'deleteBackup', { kind: 'gateway', status: 401 }],
    ['a code of no meaning and HTTP 401', 'deleteBackup', refusing(12345, 401)],
    ['code and status, at the description', 'describeBackup', refusing(21119, 401)],
  ])('for the key, by %s, is the last request', async (_, operation, fault) => {
    await using cloud = await startSimulator(oneByOne)
    const [, young, middle, old] = addBackupsOfAges(cloud, [24, 48, 72, 96])
    cloud.faults.inject({ operation, ...aboutBackup(middle), fault })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [old])
    expect(errorOf(story)).toMatch(
      /\n1 of 3 backups were deleted\. The list of backups has not confirmed it yet\.\n.*Check the secret behind api-key.* \(".*, HTTP \d+,.* request id \S+\)$/,
    )
    expect(story.requests.at(-1)).toMatchObject({ operationId: operation, fault: fault.kind })
    expect(story.requests.some(({ path }) => path.endsWith(young ?? ''))).toBe(false)
  })

  test('for the key while others are in progress, is the last DELETE', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [kept = '', , , oldest] = addBackupsOfAges(cloud, [24, 48, 72, 96])
    let refused = false
    // The other descriptions arrive only after the key has been refused.
    const slowly = (bytes: number): Fault => ({ kind: 'drip', bytes, everyMs: 40 })
    cloud.faults.inject({ operation: 'describeBackup', ...aboutBackup(oldest), fault: slowly(200) })
    const isToDelete = ({ path }: { path: string }) => !path.endsWith(kept)
    cloud.faults.inject({ operation: 'describeBackup', ...always, when: isToDelete, fault: slowly(10) })
    cloud.faults.inject({
      operation: 'deleteBackup',
      when: () => {
        refused = true
        return true
      },
      fault: refusing(21119, 401),
    })
    const story = await pruneBackups(cloud)
    expect(refused).toBe(true)
    expect(sent(story, 'describeBackup').length).toBeGreaterThan(1)
    expect(sent(story, 'deleteBackup')).toHaveLength(1)
    expectDeleted(cloud, story, [])
  })
})

describe('after a DELETE without a response', () => {
  test.each<[Fault, applied: boolean]>([
    [{ kind: 'reset' }, true],
    [refusing(96036, 500), true],
    [refusing(96036, 500), false],
    [{ kind: 'envelope', status: 200, code: 'Busy' }, false],
  ])('a read decides whether it is sent again: %o, carried out: %s', async (fault, done) => {
    await using cloud = await startSimulator({ speed: 60 })
    const [, young, old] = addBackupsOfAges(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'deleteBackup', ...aboutBackup(old), applied: done, fault })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expectDeleted(cloud, story, [young, old])
    expect(sent(story, 'deleteBackup')).toHaveLength(done ? 2 : 3)
    expect(applied(story, 'deleteBackup')).toHaveLength(2)
  })

  test('for good the step ends: what was confirmed is published, the others are reported', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    addBackupsOfAges(
      cloud,
      Array.from({ length: 12 }, (_, index) => 1 + index),
    )
    let deletions = 0
    const when = ({ method }: { method: string }) => {
      if (method === 'DELETE') deletions++
      return deletions >= 3
    }
    // The third is carried out, and nothing comes through from then on.
    cloud.faults.inject({ operation: '*', ...always, applied: true, when, fault: { kind: 'reset' } })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('failed')
    const published = deletedIds(story)
    for (const id of published) expect(deletedAtService(cloud)).toContain(id)
    for (const id of deletedAtService(cloud).filter(id => !published.includes(id))) {
      expect(errorOf(story)).toMatch(new RegExp(`These may be deleted anyway: .*${id}`))
    }
    expect(errorOf(story)).toMatch(
      /^Could not .*: the connection broke\.\n.*\(read ECONNRESET, tried \d+ times in [\dms ]+\)$/s,
    )
    expect(errorOf(story)).toContain(`\n${published.length} of 11 backups were deleted.`)
    expect(deletedAtService(cloud).length).toBeLessThan(8)
  })
})

describe('a DELETE whose response is 0', () => {
  test('while the list goes on to have the backup is a failure, with the state', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const [, young, old] = addBackupsOfAges(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'deleteBackup', ...aboutBackup(old), fault: refusing(0) })
    const story = await pruneBackups(cloud)
    expect(story.step).toMatchObject({ outcome: 'failure', exitCode: 1 })
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [young])
    expect(errorOf(story)).toBe(
      `1 of 2 backups could not be deleted. Deleted: 1.\nBackup ${old}: the deletion was sent, but it is still there. Now it is AVAILABLE.\nRun the step again: it goes on with those that are left.`,
    )
  })

  test('while only the description is refused is a failure too, and is taken back', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const [, young, old] = addBackupsOfAges(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'deleteBackup', ...aboutBackup(old), fault: refusing(0) })
    cloud.faults.inject({ operation: 'describeBackup', ...aboutBackup(old), skip: 1, fault: refusing(12345) })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [young])
  })

  test('and shows in the list a little later is a success', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const [, young, old] = addBackupsOfAges(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'deleteBackup', ...aboutBackup(old), fault: refusing(0) })
    const remove = () => {
      cloud.world.backup(old ?? '').status = 'DELETED'
    }
    cloud.faults.inject({ operation: 'listBackups', skip: 3, fault: respondAnd(remove) })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expectDeleted(cloud, story, [young, old])
  })

  test('while the list that confirms it may not be read is a failure that says what was deleted', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, old] = addBackupsOfAges(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'listBackups', skip: 1, fault: refusing(96016, 403) })
    const story = await pruneBackups(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [young, old])
    expect(errorOf(story)).toMatch(
      /^This API key may not list the backups of .*\.\n2 of 2 backups were deleted\. The list of backups has not confirmed it yet\.\nIt needs read access .*\. \(.* code 96016, request id \S+\)$/,
    )
  })

  test('while the list goes on to have it, until the timeout, is a timeout', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    const [, young, old] = addBackupsOfAges(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'deleteBackup', ...aboutBackup(old), fault: refusing(0) })
    const story = await pruneBackups(cloud, { timeout: '25s' })
    expect(story.step.outputs.status).toBe('timed-out')
    expectDeleted(cloud, story, [young])
    expect(errorOf(story)).toContain(`${old} (AVAILABLE).`)
    expect(errorOf(story)).toContain(`These may be deleted anyway: ${old}.`)
  })
})
