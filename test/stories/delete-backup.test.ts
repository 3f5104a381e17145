import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import { nodes, type StepOptions } from '../harness/runner.ts'
import { applied, errorOf, runStory, type StoryResult, sent } from './story.ts'

function remove(
  cloud: Simulator,
  backupId: string,
  inputs: Readonly<Record<string, string>> = {},
  options: StepOptions & { keepFaults?: true } = {},
) {
  const required = { operation: 'delete-backup', 'cluster-id': cloud.clusterId, 'backup-id': backupId }
  return runStory(cloud, { ...required, ...inputs }, options)
}

const add = (cloud: Simulator, more: object = {}) =>
  cloud.world.addBackup({ clusterId: cloud.clusterId, ...more }).backupId

const refusing = (code: number, status = 200): Fault => ({
  kind: 'envelope',
  status,
  code,
  message: 'Not now',
})

const always = { times: Number.POSITIVE_INFINITY }

function expectDeleted(cloud: Simulator, story: StoryResult, backupId: string) {
  expect(story.step.outcome).toBe('success')
  expect(story.step.outputs).toMatchObject({
    status: 'succeeded',
    deletedBackupIds: JSON.stringify([backupId]),
  })
  expect(cloud.world.backup(backupId).status).toBe('DELETED')
}

/** The step ends red, says that it deleted nothing, and so it is. */
function expectNothingDeleted(cloud: Simulator, story: StoryResult, backupId: string): string {
  expect(story.step).toMatchObject({ outcome: 'failure', exitCode: 1 })
  expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
  expect(story.step.receipt).toMatchObject({ status: 'failed', deletedBackupIds: [] })
  expect(applied(story, 'deleteBackup')).toEqual([])
  expect(cloud.world.backup(backupId).status).not.toBe('DELETED')
  return errorOf(story)
}

describe.each(nodes)('delete-backup on Node %s', node => {
  test('a backup is deleted, and a read shows it gone', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const [other, backupId] = [add(cloud), add(cloud)]
    const story = await remove(cloud, backupId, {}, { node })
    expectDeleted(cloud, story, backupId)
    expect(applied(story, 'deleteBackup')).toHaveLength(1)
    expect(story.step.outputs).toMatchObject({ backupId, backupName: 'production_backup2' })
    expect(cloud.world.backup(other).status).toBe('AVAILABLE')
    await expect(story.text).toMatchFileSnapshot('transcripts/delete-backup.txt')
  })

  test('nothing there is skipped, after the list of all that the key can see', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    add(cloud)
    const story = await remove(cloud, 'backup7_notthereatall00', {}, { node })
    expect(story.step).toMatchObject({ outcome: 'success', exitCode: 0 })
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expect(story.step.outputs.backupId).toBeUndefined()
    expect(story.step.annotations).toEqual([
      {
        level: 'notice',
        message: `Nothing to delete: the list of all backups that the key can see has no backup backup7_notthereatall00 of cluster ${cloud.clusterId}.`,
      },
    ])
    expect(sent(story, 'listBackups')[0]?.query).not.toHaveProperty('clusterId')
    expect(sent(story, 'deleteBackup')).toEqual([])
    await expect(story.text).toMatchFileSnapshot('transcripts/delete-backup-skipped.txt')
  })
})

describe('where the service plays', () => {
  test.each<Partial<Variants>>([
    { deletedBackup: 'gone' },
    { deletedBackup: 'DELETED' },
    { errorHttpStatus: 200 },
    { errorHttpStatus: 400 },
    { backupNotFoundCode: 12345 },
    { backupNotFoundCode: 40020, errorHttpStatus: 400 },
    { backupNotFoundCode: 96018 },
    { backupNotFoundCode: 40021, errorHttpStatus: 400 },
    { successCode: '0' },
    { successCode: 200 },
    { backupIdShape: 'hyphen' },
    { listOrder: 'shuffled' },
  ])('%o a backup is deleted, and once more it is skipped', async variants => {
    await using cloud = await startSimulator({ speed: 20, variants })
    const backupId = add(cloud)
    add(cloud)
    expectDeleted(cloud, await remove(cloud, backupId), backupId)
    const again = await remove(cloud, backupId)
    expect(again.step.outcome).toBe('success')
    expect(again.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expect(sent(again, 'deleteBackup')).toEqual([])
  })

  test('the backups of a dropped cluster as reachable, one is deleted', async () => {
    await using cloud = await startSimulator({
      speed: 20,
      variants: { backupsOfDroppedCluster: 'reachable' },
    })
    const backupId = add(cloud)
    cloud.world.cluster(cloud.clusterId).status = 'DELETED'
    expectDeleted(cloud, await remove(cloud, backupId), backupId)
  })

  test('the backups of a dropped cluster as refused, one that is listed is not "gone"', async () => {
    await using cloud = await startSimulator({ speed: 20, variants: { backupsOfDroppedCluster: 'refused' } })
    const backupId = add(cloud)
    cloud.world.cluster(cloud.clusterId).status = 'DELETED'
    const error = expectNothingDeleted(cloud, await remove(cloud, backupId), backupId)
    expect(error).toContain('code 96018')
    expect(error).toMatch(new RegExp(` Yet the list of backups has it: ${backupId} \\(AVAILABLE\\)\\.$`))
  })

  test('a cluster that was never there, its backup is not there either', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const story = await remove(cloud, 'backup7_x', { 'cluster-id': 'in01-000000000000000' })
    expect(story.step.outputs).toMatchObject({ status: 'skipped', deletedBackupIds: '[]' })
    expect(sent(story, 'listBackups')).toHaveLength(1)
  })
})

describe('what was to be read and could not is never "gone"', () => {
  test.each<[string, Fault]>([
    ['the key, by its code', refusing(21119, 401)],
    ['the key, by a code alone', refusing(21119)],
    ['the key, by HTTP 401 alone', { kind: 'gateway', status: 401 }],
    ['a permission, 96016', refusing(96016)],
    ['a permission, 96027', refusing(96027, 400)],
    ['a permission, by HTTP 403 alone', { kind: 'html', status: 403 }],
    ['a path nobody knows', { kind: 'gateway', status: 404 }],
    ['a redirect', { kind: 'redirect', status: 302 }],
  ])('the list of all, refused for %s', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 20 })
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'describeBackup', fault: refusing(12345) })
    cloud.faults.inject({ operation: 'listBackups', fault })
    const error = expectNothingDeleted(cloud, await remove(cloud, backupId), backupId)
    expect(error).toMatch(/^Could not list the backups\. The service refused/)
  })

  test.each<[string, Fault]>([
    ['the key', refusing(21119, 401)],
    ['the key, by HTTP 401 alone', { kind: 'gateway', status: 401 }],
    ['a permission', refusing(96016)],
    ['a permission, by HTTP 403 alone', { kind: 'gateway', status: 403 }],
    ['a parameter', refusing(96036)],
    ['a state', refusing(40003)],
    ['a path nobody knows', { kind: 'gateway', status: 404 }],
  ])('its description, refused for %s', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 20 })
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'describeBackup', fault })
    const story = await remove(cloud, backupId)
    expect(expectNothingDeleted(cloud, story, backupId)).toMatch(
      new RegExp(`^Could not read backup ${backupId} of cluster ${cloud.clusterId}\\. The service refused`),
    )
    expect(story.requests).toHaveLength(1)
  })

  test('its description, refused with a code of no meaning, while the list has it', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'describeBackup', fault: refusing(12345, 404) })
    const error = expectNothingDeleted(cloud, await remove(cloud, backupId), backupId)
    expect(error).toContain(`code 12345`)
    expect(error).toContain(`Yet the list of backups has it: ${backupId} (AVAILABLE).`)
  })

  test('the list of all, broken off on its second page', async () => {
    await using cloud = await startSimulator({ speed: 100 })
    for (let number = 0; number < 120; number++) add(cloud)
    cloud.faults.inject({ operation: 'listBackups', skip: 1, ...always, fault: { kind: 'reset' } })
    const story = await remove(cloud, 'backup7_notthereatall00')
    expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
    expect(errorOf(story)).toMatch(/^Could not list the backups: .* \(tried \d+ times/)
    expect(sent(story, 'deleteBackup')).toEqual([])
  })

  test('the list of all, its second page refused', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    for (let number = 0; number < 120; number++) add(cloud)
    cloud.faults.inject({ operation: 'listBackups', skip: 1, fault: refusing(96016) })
    const story = await remove(cloud, 'backup7_notthereatall00')
    expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
  })
})

describe('a backup of another cluster is an error that names that cluster', () => {
  test('when only the list has it', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const { clusterId } = cloud.world.cluster('staging')
    const backupId = add(cloud, { clusterId })
    const story = await remove(cloud, backupId)
    expect(expectNothingDeleted(cloud, story, backupId)).toBe(
      `Backup ${backupId} (AVAILABLE) is one of cluster ${clusterId}, not of cluster ${cloud.clusterId}, so it is not deleted. Check cluster-id and backup-id.`,
    )
    expect(sent(story, 'deleteBackup')).toEqual([])
    expect(story.step.outputs.backupId).toBeUndefined()
  })

  test('when its description tells so', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const { clusterId } = cloud.world.cluster('staging')
    const backupId = add(cloud)
    const edit = (answer: { data: object }) => ({ ...answer, data: { ...answer.data, clusterId } })
    cloud.faults.inject({ operation: 'describeBackup', fault: { kind: 'edit', edit } })
    const story = await remove(cloud, backupId)
    expect(expectNothingDeleted(cloud, story, backupId)).toContain(`is one of cluster ${clusterId}, not of`)
    expect(sent(story, 'deleteBackup')).toEqual([])
  })
})

test('a backup that is DELETED already is skipped, and told', async () => {
  await using cloud = await startSimulator({ speed: 20, variants: { deletedBackup: 'DELETED' } })
  const backupId = add(cloud, { status: 'DELETED' })
  const story = await remove(cloud, backupId)
  expect(story.step.outputs).toMatchObject({ status: 'skipped', backupId, deletedBackupIds: '[]' })
  expect(story.step.annotations).toEqual([
    {
      level: 'notice',
      message: `Nothing to delete: backup ${backupId} of cluster ${cloud.clusterId} is DELETED already.`,
    },
  ])
  expect(story.requests).toHaveLength(1)
})

test('a backup that is being made is refused by the service, and its state told', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  const { backupId } = cloud.world.startManualBackup(cloud.clusterId, {
    durationSeconds: Number.POSITIVE_INFINITY,
  })
  const story = await remove(cloud, backupId)
  const error = expectNothingDeleted(cloud, story, backupId)
  expect(error).toMatch(new RegExp(`code 40003, .* Backup ${backupId} is CREATING\\.$`))
  expect(sent(story, 'deleteBackup')).toHaveLength(1)
})

describe('a DELETE without an answer is repeated, and a read decides', () => {
  const faults: Fault[] = [
    { kind: 'reset' },
    { kind: 'stall' },
    { kind: 'html', status: 502 },
    refusing(96036, 500),
    { kind: 'gateway', status: 429, retryAfter: 1 },
  ]
  test.each(faults.flatMap(fault => [true, false].map(done => ({ fault, done }))))(
    '$fault, carried out: $done',
    async ({ fault, done }) => {
      await using cloud = await startSimulator({ speed: 60 })
      const backupId = add(cloud)
      cloud.faults.inject({ operation: 'deleteBackup', applied: done, fault })
      const story = await remove(cloud, backupId)
      expectDeleted(cloud, story, backupId)
      expect(sent(story, 'deleteBackup')).toHaveLength(2)
      expect(applied(story, 'deleteBackup')).toHaveLength(1)
    },
  )

  test('and where none ever comes, the step ends and says that it may be deleted', async () => {
    await using cloud = await startSimulator({ speed: 100 })
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', ...always, applied: true, fault: { kind: 'reset' } })
    const story = await remove(cloud, backupId)
    expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
    expect(errorOf(story)).toMatch(/^Could not delete backup .* may be deleted all the same\.$/)
  })

  test('and where the reads after it find no answer, the step ends and says the same', async () => {
    await using cloud = await startSimulator({ speed: 100 })
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'describeBackup', skip: 1, ...always, fault: { kind: 'reset' } })
    const story = await remove(cloud, backupId)
    expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
    expect(errorOf(story)).toMatch(/^Could not read backup .* may be deleted all the same\.$/)
  })
})

describe('a DELETE that is answered 0', () => {
  test('and leaves the backup where it is fails after a minute, with its state', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(0) })
    const story = await remove(cloud, backupId)
    expect(expectNothingDeleted(cloud, story, backupId)).toBe(
      `The service took the deletion, but cluster ${cloud.clusterId} still has backup ${backupId} (AVAILABLE). Look at it in the console.`,
    )
    const [first, last] = [story.requests.at(0), story.requests.at(-1)]
    expect((last?.time ?? 0) - (first?.time ?? 0)).toBeGreaterThan(60_000)
  })

  test('and leaves the backup where it is is a time-out when the time is shorter', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(0) })
    const story = await remove(cloud, backupId, { timeout: '20s' })
    expect(story.step).toMatchObject({ outcome: 'failure', exitCode: 1 })
    expect(story.step.outputs).toMatchObject({ status: 'timed-out', deletedBackupIds: '[]' })
    expect(errorOf(story)).toContain(`still there in cluster ${cloud.clusterId}: ${backupId} (AVAILABLE).`)
  })

  test('is believed when the backup is gone a little later', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', fault: refusing(0) })
    const edit = (answer: unknown) => {
      cloud.world.backup(backupId).status = 'DELETED'
      return answer
    }
    cloud.faults.inject({ operation: 'listBackups', skip: 3, fault: { kind: 'edit', edit } })
    expectDeleted(cloud, await remove(cloud, backupId), backupId)
  })

  test('is not believed when the list that shows it may not be read', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const backupId = add(cloud)
    cloud.faults.inject({ operation: 'listBackups', fault: refusing(96016, 403) })
    const story = await remove(cloud, backupId)
    expect(story.step.outputs).toMatchObject({ status: 'failed', deletedBackupIds: '[]' })
    expect(errorOf(story)).toMatch(/^Could not list the backups .* may be deleted all the same\.$/)
  })
})

describe('a DELETE that is refused', () => {
  test('with a code of no meaning, while the backup is gone by then, was not needed', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const backupId = add(cloud)
    const when = () => {
      cloud.world.backup(backupId).status = 'DELETED'
      return true
    }
    cloud.faults.inject({ operation: 'deleteBackup', when, fault: refusing(12345) })
    const story = await remove(cloud, backupId)
    expectDeleted(cloud, story, backupId)
    expect(sent(story, 'deleteBackup')).toHaveLength(1)
  })

  test.each([refusing(96013), refusing(96028, 403), refusing(21119, 401)])(
    'for the key or what it may do, %o, is an error',
    async fault => {
      await using cloud = await startSimulator({ speed: 20 })
      const backupId = add(cloud)
      cloud.faults.inject({ operation: 'deleteBackup', fault })
      const error = expectNothingDeleted(cloud, await remove(cloud, backupId), backupId)
      expect(error).toMatch(
        new RegExp(`^Could not delete backup ${backupId} of cluster .* The service refused`),
      )
      expect(error).not.toContain('may be deleted')
    },
  )
})

test.each(['latest', 'LATEST'])('backup-id: %s is refused before any request', async latest => {
  await using cloud = await startSimulator({ speed: 20 })
  const backupId = add(cloud)
  const story = await remove(cloud, latest)
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toBe('backup-id: expected the id of a backup; delete-backup does not take "latest"')
  expect(story.requests).toEqual([])
  expect(cloud.world.backup(backupId).status).toBe('AVAILABLE')
})

describe('a dry run sends reads alone', () => {
  test.each([
    ['AVAILABLE', 1],
    ['CREATING', 1],
    ['DELETED', 0],
  ] as const)('for a backup that is %s: %d in the plan', async (status, planned) => {
    await using cloud = await startSimulator({ speed: 20, variants: { deletedBackup: 'DELETED' } })
    const backupId = add(cloud, { status })
    const story = await remove(cloud, backupId, { 'dry-run': 'true' })
    expect(story.step.outputs).toMatchObject({ status: 'planned', backupId, deletedBackupIds: '[]' })
    const path = `/v2/clusters/${cloud.clusterId}/backups/${backupId}`
    const plan = [{ method: 'DELETE', path }].slice(0, planned)
    expect(JSON.parse(story.step.outputs.plan ?? '')).toEqual(plan)
    expect(story.requests.map(({ method }) => method)).toEqual(['GET'])
  })

  test('for nothing plans nothing', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const story = await remove(cloud, 'backup7_x', { 'dry-run': 'true' })
    expect(story.step.outputs).toMatchObject({ status: 'planned', plan: '[]', deletedBackupIds: '[]' })
    expect(story.step.annotations).toMatchObject([{ level: 'notice' }])
  })
})

test('cancelled while the DELETE hangs, the step ends at once and says that the backup may be deleted', async () => {
  await using cloud = await startSimulator({ speed: 1 })
  const backupId = add(cloud)
  let cancelledAt = 0
  const options: StepOptions = {
    onStart: control =>
      cloud.faults.inject({
        operation: 'deleteBackup',
        when: () => {
          cancelledAt = performance.now()
          control.cancel()
          return true
        },
        fault: { kind: 'stall' },
      }),
  }
  const story = await remove(cloud, backupId, {}, options)
  expect(performance.now() - cancelledAt).toBeLessThan(2_000)
  // The first signal of the ladder was enough.
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs).toMatchObject({ status: 'cancelled', deletedBackupIds: '[]' })
  expect(story.step.receipt).toMatchObject({ status: 'cancelled', deletedBackupIds: [] })
  const said = `The step was cancelled. Backup ${backupId} of cluster ${cloud.clusterId} may be deleted all the same.`
  expect(story.step.annotations.map(({ message }) => message)).toContain(said)
  expect(sent(story, 'deleteBackup')).toHaveLength(1)
})
