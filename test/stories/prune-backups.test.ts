import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import { nodes, type StepControl, type StepOptions } from '../harness/runner.ts'
import { applied, errorOf, type Story, sent, tell } from './story.ts'

function prune(
  cloud: Simulator,
  inputs: Readonly<Record<string, string>> = {},
  options: StepOptions & { keepFaults?: true } = {},
) {
  const required = { operation: 'prune-backups', 'cluster-id': cloud.clusterId, 'keep-last': '1' }
  return tell(cloud, { ...required, ...inputs }, options)
}

/** A manual AVAILABLE backup of that age in hours. */
const add = (cloud: Simulator, age: number, more: object = {}) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: age * 3_600, ...more }).backupId

/** Backups of those ages in hours; the ids come in the same order. */
const addAll = (cloud: Simulator, ages: readonly number[], more: object = {}) =>
  ages.map(age => add(cloud, age, more))

const refusing = (code: number, status = 200): Fault => ({
  kind: 'envelope',
  status,
  code,
  message: 'Not now',
})

const always = { times: Number.POSITIVE_INFINITY }
const of = (backupId: string | undefined) => ({
  when: ({ path }: { path: string }) => path.endsWith(backupId ?? ''),
})

function deletedBy({ step }: Story): string[] {
  return JSON.parse(step.outputs.deletedBackupIds ?? '')
}

/** The ids of a plan, in its order. */
function planned({ step }: Story): string[] {
  expect(step.outputs.status).toBe('planned')
  const plan: { method: string; path: string }[] = JSON.parse(step.outputs.plan ?? '')
  return plan.map(({ path }) => path.split('/').at(-1) ?? '')
}

/** What the service has deleted of all that it had. */
function gone(cloud: Simulator): string[] {
  return cloud.world.backups.filter(({ status }) => status === 'DELETED').map(({ backupId }) => backupId)
}

function told({ step }: Story, level: string): string {
  return step.annotations
    .filter(annotation => annotation.level === level)
    .map(({ message }) => message)
    .join('\n')
}

/** These, and nothing else, are deleted and said to be. */
function expectDeleted(cloud: Simulator, story: Story, ids: readonly (string | undefined)[]) {
  expect(deletedBy(story).sort()).toEqual([...ids].sort())
  expect(gone(cloud).sort()).toEqual([...ids].sort())
}

/** Slow enough that one deletion is over before the next begins, also on a busy machine. */
const oneByOne = { speed: 0.25 }

describe.each(nodes)('prune-backups on Node %s', node => {
  test('the newest of each type stay, the others go, the oldest first', async () => {
    await using cloud = await startSimulator(oneByOne)
    const [, middle, old] = addAll(cloud, [24, 48, 72])
    const [, oldest] = addAll(cloud, [50, 100], { backupType: 'COLLECTION' })
    const automatic = add(cloud, 1_000, { creationMethod: 'AUTO' })
    const another = addAll(cloud, [500, 600], { clusterId: cloud.world.cluster('staging').clusterId })
    const story = await prune(cloud, {}, { node })
    expect(story.step.outcome).toBe('success')
    expect(story.step.outputs.status).toBe('succeeded')
    expect(deletedBy(story)).toEqual([oldest, old, middle])
    expectDeleted(cloud, story, [oldest, old, middle])
    for (const id of [automatic, ...another]) expect(cloud.world.backup(id).status).toBe('AVAILABLE')
    await expect(story.text).toMatchFileSnapshot('transcripts/prune-backups.txt')
  })

  test('a dry run tells its plan, the oldest first, and sends reads alone', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, old, oldest] = addAll(cloud, [24, 49, 97, 200])
    const story = await prune(cloud, { 'older-than': '3d', 'dry-run': 'true' }, { node })
    expect(planned(story)).toEqual([oldest, old])
    expect(story.step.outputs.deletedBackupIds).toBe('[]')
    expect(story.requests.map(({ method }) => method)).toEqual(['GET'])
    expect(gone(cloud)).toEqual([])
    expect(cloud.world.backup(young ?? '').status).toBe('AVAILABLE')
    await expect(story.text).toMatchFileSnapshot('transcripts/prune-backups-planned.txt')
  })
})

describe('the rule', () => {
  // Of two types, the older the higher the number: A and B stand for cluster and collections.
  const rules: [inputs: Record<string, string>, expected: string][] = [
    [{}, 'A6 B5 A4 B3'],
    [{ 'keep-last': '2' }, 'A6 B5'],
    [{ 'keep-last': '3' }, ''],
    [{ 'backup-type': 'CLUSTER' }, 'A6 A4'],
    [{ 'backup-type': 'collection' }, 'B5 B3'],
    [{ 'backup-type': 'CLUSTER', 'keep-last': '2' }, 'A6'],
    [{ 'older-than': '4d12h' }, 'A6 B5'],
    [{ 'older-than': '4d12h', 'keep-last': '2' }, 'A6 B5'],
    [{ 'older-than': '5d12h', 'backup-type': 'COLLECTION' }, ''],
    [{ 'older-than': '30d' }, ''],
  ]
  test.each(rules)('%o lets go: %s', async (inputs, expected) => {
    await using cloud = await startSimulator({ speed: 20, variants: { listOrder: 'shuffled' } })
    const names = new Map<string, string>()
    for (const name of ['B3', 'A6', 'A2', 'B1', 'A4', 'B5']) {
      const backupType = name.startsWith('A') ? 'CLUSTER' : 'COLLECTION'
      names.set(add(cloud, Number(name.slice(1)) * 24, { backupType }), name)
    }
    const plan = await prune(cloud, { ...inputs, 'dry-run': 'true' })
    expect(
      planned(plan)
        .map(id => names.get(id))
        .join(' '),
    ).toBe(expected)
    const story = await prune(cloud, inputs)
    expectDeleted(cloud, story, planned(plan))
    expect(story.step.outputs.status).toBe(expected === '' ? 'skipped' : 'succeeded')
  })

  test('counts neither automatic backups nor those in the making nor those of other clusters', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, , old] = addAll(cloud, [24, 48, 72])
    add(cloud, 1, { creationMethod: 'AUTO' })
    add(cloud, 2, { creationMethod: 'AUTO' })
    cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: Number.POSITIVE_INFINITY })
    addAll(cloud, [3, 4, 900], { clusterId: cloud.world.cluster('staging').clusterId })
    expectDeleted(cloud, await prune(cloud, { 'keep-last': '2' }), [old])
  })

  test('is skipped with a notice when it lets nothing go', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    addAll(cloud, [1, 2])
    const story = await prune(cloud, { 'keep-last': '2', 'older-than': '7d' })
    expect(story.step).toMatchObject({ outcome: 'success', exitCode: 0 })
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expect(story.step.annotations).toEqual([
      {
        level: 'notice',
        message: `Nothing to delete. Manual AVAILABLE backups of cluster ${cloud.clusterId}: 2. Keeping the newest 2 of each type and all that is not older than 7d lets 0 go.`,
      },
    ])
    expect(story.requests).toHaveLength(1)
  })

  test('is skipped for a cluster without backups', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const story = await prune(cloud)
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    const plan = await prune(cloud, { 'dry-run': 'true' })
    expect(plan.step.outputs).toMatchObject({ status: 'planned', plan: '[]', deletedBackupIds: '[]' })
  })

  test.each([{ 'keep-last': '' }, { 'keep-last': '0' }, { 'keep-last': '-1' }])(
    'without a number to keep, %o, is refused before any request',
    async inputs => {
      await using cloud = await startSimulator({ speed: 20 })
      addAll(cloud, [1, 2])
      const story = await prune(cloud, inputs)
      expect(errorOf(story)).toMatch(/^keep-last: expected a whole number from 1/)
      expect(story.requests).toEqual([])
    },
  )
})

describe('the time of a backup', () => {
  test.each(['newest-first', 'oldest-first', 'shuffled'] as const)(
    'is told by its description where the list, %s, tells that of the cluster',
    async listOrder => {
      await using cloud = await startSimulator({
        speed: 20,
        variants: { listCreateTime: 'cluster', listOrder },
      })
      const [nine, , twelve, five] = addAll(cloud, [9, 3, 12, 5])
      const plan = await prune(cloud, { 'dry-run': 'true' })
      expect(planned(plan)).toEqual([twelve, nine, five])
      expect(sent(plan, 'describeBackup')).toHaveLength(4)
      expectDeleted(cloud, await prune(cloud, { 'older-than': '6h' }), [twelve, nine])
    },
  )

  test('that is one with that of a kept backup, by both descriptions, keeps it', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const ids = addAll(cloud, [24, 48, 48, 72])
    const createdAt = cloud.world.now() - 48 * 3_600_000
    for (const id of ids.slice(1, 3)) Object.assign(cloud.world.backup(id), { createdAt })
    const story = await prune(cloud, { 'keep-last': '2' })
    expectDeleted(cloud, story, [ids[3]])
    expect(told(story, 'warning')).toMatch(/^Left alone, since one that is kept has the same time: backup/)
  })

  test.each(['', 'yesterday', null, undefined, 0])(
    'that the list tells as %o leaves it alone, with a warning',
    async createTime => {
      await using cloud = await startSimulator({ speed: 20 })
      const [, middle, old] = addAll(cloud, [24, 48, 72])
      const edit = (answer: { data: { backups: { backupId: string; createTime: unknown }[] } }) => {
        for (const backup of answer.data.backups) if (backup.backupId === old) backup.createTime = createTime
        return answer
      }
      cloud.faults.lay({ operation: 'listBackups', ...always, fault: { kind: 'edit', edit } })
      const story = await prune(cloud)
      expectDeleted(cloud, story, [middle])
      expect(told(story, 'warning')).toBe(
        `Left alone, since the service tells no time of theirs: ${old} (AVAILABLE).`,
      )
    },
  )

  test('that cannot be told, of a backup that the list has, ends it before anything is deleted', async () => {
    await using cloud = await startSimulator({ speed: 60, variants: { listCreateTime: 'cluster' } })
    const [first] = addAll(cloud, [24, 48, 72])
    cloud.faults.lay({ operation: 'describeBackup', ...of(first), fault: refusing(12345) })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toMatch(/code 12345.* Yet the list still has it\. Nothing was deleted\.$/)
    expectDeleted(cloud, story, [])
  })

  test('of a backup that is deleted meanwhile is not missed, and it is not counted among the kept', async () => {
    await using cloud = await startSimulator({ speed: 20, variants: { listCreateTime: 'cluster' } })
    const [newest, , old] = addAll(cloud, [24, 48, 72])
    const when = ({ path }: { path: string }) => {
      if (path.endsWith(newest ?? '')) cloud.world.backup(newest ?? '').status = 'DELETED'
      return false
    }
    cloud.faults.lay({ operation: 'describeBackup', ...always, when, fault: { kind: 'stall' } })
    expect(planned(await prune(cloud, { 'dry-run': 'true' }))).toEqual([old])
  })

  test.each([{ creationMethod: 'AUTO' }, { status: 'DELETED' }, { status: 'CREATING' }])(
    'is of no account where the description of a tied backup tells %o',
    async change => {
      await using cloud = await startSimulator({ speed: 20, variants: { listCreateTime: 'cluster' } })
      const [newest, , old] = addAll(cloud, [24, 48, 72])
      const edit = (answer: { data: object }) => ({ ...answer, data: { ...answer.data, ...change } })
      cloud.faults.lay({ operation: 'describeBackup', ...of(newest), fault: { kind: 'edit', edit } })
      expect(planned(await prune(cloud, { 'dry-run': 'true' }))).toEqual([old])
    },
  )
})

describe('a list of several pages', () => {
  test.each<Partial<Variants>>([
    { listOrder: 'newest-first' },
    { listOrder: 'oldest-first', listCount: 'page' },
    { listOrder: 'shuffled', deletedBackup: 'DELETED' },
  ])('of 250 backups is read whole: %o', async variants => {
    await using cloud = await startSimulator({ speed: 60, variants })
    const ids = addAll(
      cloud,
      Array.from({ length: 250 }, (_, index) => 1 + ((index * 37) % 250)),
    )
    const kept = ids.filter((_, index) => (index * 37) % 250 < 3)
    const story = await prune(cloud, { 'keep-last': '3' })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(
      sent(story, 'listBackups')
        .slice(0, 3)
        .map(({ query }) => query.currentPage),
    ).toEqual(['1', '2', '3'])
    expectDeleted(
      cloud,
      story,
      ids.filter(id => !kept.includes(id)),
    )
    expect(sent(story, 'deleteBackup')).toHaveLength(247)
  })

  test.each<[string, Fault]>([
    ['is lost', { kind: 'reset' }],
    ['is cut', { kind: 'cut' }],
    ['is refused for a permission', refusing(96016)],
    ['is refused by a code of no meaning', refusing(12345)],
    ['is a path nobody knows', { kind: 'gateway', status: 404 }],
    ['holds nothing', { kind: 'data-null' }],
  ])('starts nothing when its third page %s', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 100 })
    addAll(
      cloud,
      Array.from({ length: 250 }, (_, index) => 1 + index),
    )
    const third = ({ query }: { query: Readonly<Record<string, string>> }) => query.currentPage === '3'
    cloud.faults.lay({ operation: 'listBackups', ...always, when: third, fault })
    const story = await prune(cloud)
    expect(story.step).toMatchObject({ outcome: 'failure', exitCode: 1 })
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toMatch(/^Could not list the backups of cluster/)
    expect(sent(story, 'deleteBackup')).toEqual([])
    expectDeleted(cloud, story, [])
  })
})

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
    cloud.faults.lay({ operation: 'describeBackup', ...of(old), fault: { kind: 'edit', edit } })
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
    cloud.faults.lay({ operation: 'describeBackup', ...of(old), fault: { kind: 'edit', edit } })
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
    cloud.faults.lay({ operation: 'listBackups', fault: { kind: 'edit', edit } })
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
    cloud.faults.lay({ operation: 'describeBackup', fault: { kind: 'edit', edit } })
    const story = await prune(cloud)
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expectDeleted(cloud, story, [])
  })

  test('but one that only cannot be described, while the list has it, is an error', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const [, middle, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.lay({ operation: 'describeBackup', ...of(old), fault: refusing(12345) })
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
    cloud.faults.lay({ operation: 'deleteBackup', ...of(old), fault })
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
    cloud.faults.lay({ operation: 'deleteBackup', fault: refusing(40003) })
    expect(errorOf(await prune(cloud))).toContain(`Backup ${old} is AVAILABLE.`)
  })

  test('for a permission before it, at the description, goes on too', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.lay({ operation: 'describeBackup', ...of(old), fault: refusing(96016, 403) })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [young])
    expect(errorOf(story)).not.toContain('may be deleted')
  })

  test('for a permission after it, at the description, says that the backup may be deleted', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.lay({ operation: 'describeBackup', ...of(old), skip: 1, fault: refusing(96016, 403) })
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
    cloud.faults.lay({ operation: 'deleteBackup', ...always, fault: refusing(96013) })
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
    cloud.faults.lay({ operation, ...of(middle), fault })
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
    cloud.faults.lay({ operation: 'describeBackup', ...of(oldest), fault: slowly(200) })
    cloud.faults.lay({ operation: 'describeBackup', ...always, fault: slowly(40) })
    cloud.faults.lay({
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
    cloud.faults.lay({ operation: 'deleteBackup', ...of(old), applied: done, fault })
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
    cloud.faults.lay({ operation: '*', ...always, applied: true, when, fault: { kind: 'reset' } })
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
    cloud.faults.lay({ operation: 'deleteBackup', ...of(old), fault: refusing(0) })
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
    cloud.faults.lay({ operation: 'deleteBackup', ...of(old), fault: refusing(0) })
    cloud.faults.lay({ operation: 'describeBackup', ...of(old), skip: 1, fault: refusing(12345) })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expectDeleted(cloud, story, [young])
  })

  test('and shows in the list a little later is a success', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const [, young, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.lay({ operation: 'deleteBackup', ...of(old), fault: refusing(0) })
    const edit = (answer: unknown) => {
      cloud.world.backup(old ?? '').status = 'DELETED'
      return answer
    }
    cloud.faults.lay({ operation: 'listBackups', skip: 3, fault: { kind: 'edit', edit } })
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expectDeleted(cloud, story, [young, old])
  })

  test('while the list that confirms it may not be read is a failure that tells what was deleted', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [, young, old] = addAll(cloud, [24, 48, 72])
    cloud.faults.lay({ operation: 'listBackups', skip: 1, fault: refusing(96016, 403) })
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
    cloud.faults.lay({ operation: 'deleteBackup', ...of(old), fault: refusing(0) })
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
        cloud.faults.lay({
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

test.each<Partial<Variants>>([{}, { listCreateTime: 'cluster' }])(
  'thirty deletions stay below the rate limit of 20 requests a second: %o',
  async variants => {
    await using cloud = await startSimulator({ speed: 4, requestsPerSecond: 20, variants })
    addAll(
      cloud,
      Array.from({ length: 31 }, (_, index) => 1 + index),
    )
    const story = await prune(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(deletedBy(story)).toHaveLength(30)
    expect(story.requests.filter(({ status }) => status === 429)).toEqual([])
  },
)
