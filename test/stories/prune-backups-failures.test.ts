import { describe, expect, test } from 'vitest'
import { type Fault, startSimulator } from '../../simulator/index.ts'
import type { StepControl, StepOptions } from '../harness/runner.ts'
import { addAll, always, deletedBy, expectDeleted, gone, of, prune, refusing, told } from './pruning.ts'
import { applied, errorOf, sent } from './story.ts'

describe('a backup that has changed since the list is left alone, with a warning', () => {
  const changes: [change: Record<string, unknown>, words: string][] = [
    [{ creationMethod: 'AUTO' }, 'is AUTO CLUSTER AVAILABLE of cluster <its own> by now'],
    [{ creationMethod: undefined }, 'is UNKNOWN CLUSTER AVAILABLE of cluster <its own> by now'],
    [{ status: 'CREATING' }, 'is MANUAL CLUSTER CREATING of cluster <its own> by now'],
    [{ status: 'DELETED' }, 'is DELETED already'],
    [{ clusterId: 'in01-0' }, 'is MANUAL CLUSTER AVAILABLE of cluster in01-0 by now'],
    [{ createTime: '2999-01-01T00:00:00Z' }, 'is younger, by its description, than the rule wants'],
    [{ createTime: undefined }, 'has no time in its description'],
  ]
  test.each(changes)('%o', async (change, words) => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, middle, old] = addAll(cloud, [24, 48, 72])
    const edit = (answer: { data: object }) => ({ ...answer, data: { ...answer.data, ...change } })
    cloud.faults.inject({ operation: 'describeBackup', ...of(old), fault: { kind: 'edit', edit } })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expectDeleted(cloud, story, [middle])
    expect(told(story, 'warning')).toBe(
      `Left alone:\nBackup ${old} ${words.replace('<its own>', cloud.clusterId)}.`,
    )
  })

  test.each([
    ['as young as a kept one', {}, 24],
    ['younger than older-than', { 'older-than': '60h' }, 50],
  ])('%s by its description', async (_, inputs, age) => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, , old] = addAll(cloud, [24, 48, 72])
    const createTime = new Date(cloud.world.now() - age * 3_600_000).toISOString()
    const edit = (answer: { data: object }) => ({ ...answer, data: { ...answer.data, createTime } })
    cloud.faults.inject({ operation: 'describeBackup', ...of(old), fault: { kind: 'edit', edit } })
    const story = await prune(cloud, inputs)
    expect(gone(cloud)).not.toContain(old)
    expect(told(story, 'warning')).toContain('is younger, by its description')
  })

  test.each(['gone', 'DELETED'] as const)('deleted by somebody else, and then %s', async deletedBackup => {
    await using cloud = await startSimulator({ speed: 20, variants: { deletedBackup } })
    const [, middle, old] = addAll(cloud, [24, 48, 72])
    const edit = (answer: unknown) => {
      cloud.world.backup(old ?? '').status = 'DELETED'
      return answer
    }
    cloud.faults.inject({ operation: 'listBackups', fault: { kind: 'edit', edit } })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(deletedBy(story)).toEqual([middle])
    expect(applied(story, 'deleteBackup')).toHaveLength(1)
    expect(told(story, 'warning')).toMatch(/^Left alone:\nBackup \S+ is (gone|DELETED) already\.$/)
  })

  test('and where that is all, the step has nothing to do', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    addAll(cloud, [24, 48])
    const edit = (answer: { data: object }) => ({
      ...answer,
      data: { ...answer.data, creationMethod: 'AUTO' },
    })
    cloud.faults.inject({ operation: 'describeBackup', fault: { kind: 'edit', edit } })
    const story = await prune(cloud)
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expectDeleted(cloud, story, [])
  })

  test('but one that only cannot be described, while the list has it, is an error', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const [, middle, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'describeBackup', ...of(old), fault: refusing(12345) })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain('1 of 2 backups could not be deleted; 1 were.')
    expect(errorOf(story)).toContain('Yet the list has it, so it was not deleted. Now it is AVAILABLE.')
    expectDeleted(cloud, story, [middle])
  })
})

describe('a deletion that is refused', () => {
  test.each<[string, Fault]>([
    ['for its state', refusing(40003)],
    ['by a code of no meaning', refusing(12345, 400)],
    ['for a permission', refusing(96013)],
    ['for a permission, by HTTP 403 alone', { kind: 'html', status: 403 }],
    ['without a code', { kind: 'gateway', status: 404 }],
  ])('%s fails the step at the end, after the others', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, middle, old] = addAll(cloud, [24, 48, 72, 96])
    cloud.faults.inject({ operation: 'deleteBackup', ...of(old), fault })
    const story = await prune(cloud)
    expect(story.step).toMatchObject({ outcome: 'failure', exitCode: 1 })
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [young, middle])
    expect(errorOf(story)).toMatch(/^1 of 3 backups could not be deleted; 2 were\.\nCould not delete backup /)
    expect(errorOf(story)).toContain(old)
    expect(story.step.receipt).toMatchObject({ status: 'failed', deletedBackupIds: deletedBy(story) })
  })

  test('tells the state of the backup', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, old] = addAll(cloud, [24, 48])
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(40003) })
    expect(errorOf(await prune(cloud))).toContain(`Backup ${old} is AVAILABLE.`)
  })

  test('for a permission before it, at the description, goes on too', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'describeBackup', ...of(old), fault: refusing(96016, 403) })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [young])
    expect(errorOf(story)).not.toContain('may be deleted')
  })

  test('for a permission after it, at the description, says that the backup may be deleted', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'describeBackup', ...of(old), skip: 1, fault: refusing(96016, 403) })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(deletedBy(story)).toEqual([young])
    expect(errorOf(story)).toContain(`Backup ${old} may be deleted all the same.`)
  })

  test('of many is told for ten of them, and for all in the log', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const ids = addAll(
      cloud,
      Array.from({ length: 13 }, (_, index) => 1 + index),
    )
    cloud.faults.inject({ operation: 'deleteBackup', ...always, fault: refusing(96013) })
    const story = await prune(cloud)
    expect(errorOf(story)).toMatch(/^12 of 12 backups could not be deleted; 0 were\./)
    expect(errorOf(story)).toContain('\nAnd 2 more, in the log.')
    for (const id of ids.slice(1))
      expect(story.step.log.join('\n')).toContain(`Could not delete backup ${id}`)
    expectDeleted(cloud, story, [])
  })

  test.each<[string, 'describeBackup' | 'deleteBackup', Fault]>([
    ['code and status', 'deleteBackup', refusing(21119, 401)],
    ['the code alone', 'deleteBackup', refusing(21119)],
    ['the status alone', 'deleteBackup', { kind: 'gateway', status: 401 }],
    ['a code of no meaning and HTTP 401', 'deleteBackup', refusing(12345, 401)],
    ['code and status, at the description', 'describeBackup', refusing(21119, 401)],
  ])('for the key, by %s, is the last request', async (_, operation, fault) => {
    await using cloud = await startSimulator({ speed: 1 })
    const [, young, middle, old] = addAll(cloud, [24, 48, 72, 96])
    cloud.faults.inject({ operation, ...of(middle), fault })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [old])
    expect(errorOf(story)).toContain('Check that `api-key` holds a valid API key')
    expect(errorOf(story)).toMatch(/\n1 of 3 backups were deleted\. No list has confirmed it yet\.$/)
    expect(story.requests.at(-1)).toMatchObject({ operationId: operation, fault: fault.kind })
    expect(story.requests.some(({ path }) => path.endsWith(young ?? ''))).toBe(false)
  })

  test('for the key while others are on their way, lets none of those begin', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, , , oldest] = addAll(cloud, [24, 48, 72, 96])
    let refused = false
    // The other descriptions are answered only after the key has been refused.
    const slowly = (bytes: number): Fault => ({ kind: 'drip', bytes, everyMs: 40 })
    cloud.faults.inject({ operation: 'describeBackup', ...of(oldest), fault: slowly(200) })
    cloud.faults.inject({ operation: 'describeBackup', ...always, fault: slowly(40) })
    cloud.faults.inject({
      operation: 'deleteBackup',
      when: () => {
        refused = true
        return true
      },
      fault: refusing(21119, 401),
    })
    const story = await prune(cloud)
    expect(refused).toBe(true)
    expect(sent(story, 'describeBackup').length).toBeGreaterThan(1)
    expect(sent(story, 'deleteBackup')).toHaveLength(1)
    expectDeleted(cloud, story, [])
  })
})

describe('a DELETE without an answer', () => {
  test.each<[Fault, applied: boolean]>([
    [{ kind: 'reset' }, true],
    [{ kind: 'stall' }, false],
    [{ kind: 'html', status: 502 }, true],
    [refusing(96036, 500), false],
    [{ kind: 'gateway', status: 429, retryAfter: 1 }, false],
  ])('is repeated: %o, carried out: %s', async (fault, done) => {
    await using cloud = await startSimulator({ speed: 60 })
    const [, young, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'deleteBackup', ...of(old), applied: done, fault })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expectDeleted(cloud, story, [young, old])
    expect(sent(story, 'deleteBackup')).toHaveLength(3)
    expect(applied(story, 'deleteBackup')).toHaveLength(2)
  })

  test('for good ends it: what was confirmed is published, the others are told', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    addAll(
      cloud,
      Array.from({ length: 12 }, (_, index) => 1 + index),
    )
    let deletions = 0
    let down = false
    const when = ({ method }: { method: string }) => {
      if (method === 'DELETE' && ++deletions === 3) down = true
      return down
    }
    // The third is carried out, and nothing comes through from then on.
    cloud.faults.inject({ operation: '*', ...always, applied: true, when, fault: { kind: 'reset' } })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('failed')
    const published = deletedBy(story)
    for (const id of published) expect(gone(cloud)).toContain(id)
    for (const id of gone(cloud).filter(id => !published.includes(id))) {
      expect(errorOf(story)).toMatch(new RegExp(`These may be deleted all the same: .*${id}`))
    }
    expect(errorOf(story)).toMatch(/^Could not .*tried \d+ times/)
    expect(errorOf(story)).toContain(`\n${published.length} of 11 backups were deleted.`)
    expect(gone(cloud).length).toBeLessThan(8)
  })
})

describe('a DELETE that is answered 0', () => {
  test('while the list goes on to have the backup is a failure, with the state', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const [, young, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'deleteBackup', ...of(old), fault: refusing(0) })
    const story = await prune(cloud)
    expect(story.step).toMatchObject({ outcome: 'failure', exitCode: 1 })
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [young])
    expect(errorOf(story)).toBe(
      `1 of 2 backups could not be deleted; 1 were.\nBackup ${old}: the service took the deletion, but it is still there. Now it is AVAILABLE.`,
    )
  })

  test('while only the description is refused is a failure too, and is taken back', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const [, young, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'deleteBackup', ...of(old), fault: refusing(0) })
    cloud.faults.inject({ operation: 'describeBackup', ...of(old), skip: 1, fault: refusing(12345) })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [young])
  })

  test('and shows in the list a little later is a success', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const [, young, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'deleteBackup', ...of(old), fault: refusing(0) })
    const edit = (answer: unknown) => {
      cloud.world.backup(old ?? '').status = 'DELETED'
      return answer
    }
    cloud.faults.inject({ operation: 'listBackups', skip: 3, fault: { kind: 'edit', edit } })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expectDeleted(cloud, story, [young, old])
  })

  test('while the list that confirms it may not be read is a failure that tells what was deleted', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'listBackups', skip: 1, fault: refusing(96016, 403) })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [young, old])
    expect(errorOf(story)).toMatch(
      /^Could not list the backups .*\n2 of 2 backups were deleted\. No list has confirmed it yet\.$/,
    )
  })

  test('while the list goes on to have it, until the time is over, is a time-out', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    const [, young, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.inject({ operation: 'deleteBackup', ...of(old), fault: refusing(0) })
    const story = await prune(cloud, { timeout: '25s' })
    expect(story.step.outputs.status).toBe('timed-out')
    expectDeleted(cloud, story, [young])
    expect(errorOf(story)).toContain(`${old} (AVAILABLE).`)
    expect(errorOf(story)).toContain(`These may be deleted all the same: ${old}.`)
  })
})

describe('ended in the middle of the third of five deletions', () => {
  async function interrupted(act: (control: StepControl) => void) {
    const cloud = await startSimulator({ speed: 1 })
    const [, , , third, second, first] = addAll(cloud, [24, 48, 72, 96, 120, 144])
    let at = 0
    const options: StepOptions = {
      onStart: control =>
        cloud.faults.inject({
          operation: 'deleteBackup',
          skip: 2,
          when: () => {
            const { length } = cloud.requests.filter(({ operationId }) => operationId === 'deleteBackup')
            if (length === 3) {
              at = performance.now()
              act(control)
            }
            return true
          },
          fault: { kind: 'stall' },
        }),
    }
    const story = await prune(cloud, {}, options)
    expect(story.requests.at(-1)).toMatchObject({ operationId: 'deleteBackup', fault: 'stall' })
    expect(deletedBy(story)).toEqual([first, second])
    expectDeleted(cloud, story, [first, second])
    return { cloud, story, third, took: performance.now() - at }
  }

  test('by a cancel: what is deleted is published, and what may be is told', async () => {
    const { cloud, story, third, took } = await interrupted(control => control.cancel())
    await using _ = cloud
    expect(took).toBeLessThan(2_000)
    // The first signal of the ladder was enough.
    expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
    expect(story.step.outputs.status).toBe('cancelled')
    expect(story.step.receipt).toMatchObject({ status: 'cancelled', deletedBackupIds: deletedBy(story) })
    expect(told(story, 'error')).toContain(
      `The step was cancelled.\n2 of 5 backups were deleted. No list has confirmed it yet.\nThese may be deleted all the same: ${third}.`,
    )
  })

  test('by the end of the machine: what is deleted is published', async () => {
    const { cloud, story } = await interrupted(control => control.kill())
    await using _ = cloud
    expect(story.step.signal).toBe('SIGKILL')
    expect(story.step.outputs.status).toBeUndefined()
  })
})

test('the time of the step is the end of it, and what was deleted is told', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  addAll(
    cloud,
    Array.from({ length: 200 }, (_, index) => 1 + index),
  )
  const story = await prune(cloud, { timeout: '20s' })
  expect(story.step.outputs.status).toBe('timed-out')
  const published = deletedBy(story)
  expect(published.length).toBeLessThan(150)
  expect(errorOf(story)).toContain(`${published.length} of 199 backups were deleted.`)
  for (const id of published) expect(gone(cloud)).toContain(id)
})
