import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { Cancelled, OperationFailed, TimedOut } from '../../src/errors.ts'
import { backupAvailable } from '../../src/waiting/backup.ts'
import { clusterRunning } from '../../src/waiting/cluster.ts'
import { type Condition, notFoundGrace } from '../../src/waiting/conditions.ts'
import { jobSuccessful } from '../../src/waiting/job.ts'
import { waitForAll } from '../../src/waiting/wait-for-all.ts'
import type { ApiError } from '../../src/zilliz/errors.ts'
import { apiError } from '../../src/zilliz/refusals.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'
import { startBackup } from './started-backup.ts'

stopTheWorld()

const options = { pollInterval: 15_000 }

const successful = (jobId: string, grace = 0) => jobSuccessful(jobId, { grace, isReadBack: false })

test('a job and its backup are followed to their ends, each change logged once', async () => {
  await using cloud = await startSimulator({ jobSeconds: 30 })
  const { backupId, jobId } = startBackup(cloud)
  const { step, reported: logged } = stepIn(cloud)
  const backup = { clusterId: cloud.clusterId, backupId }
  step.inProgress.started({ kind: 'job', jobId })
  step.inProgress.started({ kind: 'backup', ...backup })
  const statuses: string[] = []
  const conditions = [
    successful(jobId),
    backupAvailable(backup, 0, found => {
      statuses.push(found.status)
      return undefined
    }),
  ]
  await waitForAll(step, conditions, options)
  expect(logged.slice(0, 2)).toEqual(['0s  0 %  job PENDING', '0s  backup CREATING'])
  expect(logged.at(-2)).toMatch(/^3.s {2}job SUCCESSFUL$/)
  expect(logged.at(-1)).toMatch(/^3.s {2}backup AVAILABLE$/)
  expect(logged.filter(line => line.includes('backup'))).toHaveLength(2)
  expect(new Set(statuses)).toEqual(new Set(['CREATING', 'AVAILABLE']))
  expect(step.inProgress.items).toEqual([])
})

test('of several that fail each is in the error, and the others are waited for', async () => {
  await using cloud = await startSimulator()
  const jobs = [
    startBackup(cloud, { durationSeconds: 1, outcome: 'FAILED', reason: 'first' }),
    startBackup(cloud, { durationSeconds: 2, outcome: 'FAILED', reason: 'second' }),
    startBackup(cloud, { durationSeconds: 10 }),
  ]
  const { step, reported: logged } = stepIn(cloud)
  const conditions = jobs.map(({ jobId }) => successful(jobId))
  const error = await waitForAll(step, conditions, options).catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message.split('\n')).toEqual([
    '2 have failed:',
    `Job ${jobs[0]?.jobId}: FAILED. Reason: "first".`,
    `Job ${jobs[1]?.jobId}: FAILED. Reason: "second".`,
    'Run the step again. If one fails again, open a ticket at Zilliz with its job.',
  ])
  expect(logged.at(-1)).toMatch(new RegExp(`^1.s  job ${jobs[2]?.jobId} SUCCESSFUL$`))
})

test('a job that cannot be read does not hide the others that failed', async () => {
  await using cloud = await startSimulator()
  const { jobId } = startBackup(cloud, { durationSeconds: 0, outcome: 'FAILED', reason: 'no space' })
  const { step } = stepIn(cloud)
  const conditions = [successful(jobId), successful('job-nowhere')]
  const error = await waitForAll(step, conditions, options).catch(thrown => thrown)
  expect(error.message).toContain('job-nowhere')
  expect(error.message).toContain(`Job ${jobId}: FAILED. Reason: "no space".`)
})

test('with failFast the first that fails ends the wait', async () => {
  await using cloud = await startSimulator()
  const failing = startBackup(cloud, { durationSeconds: 1, outcome: 'FAILED' })
  const endless = startBackup(cloud, { durationSeconds: Number.POSITIVE_INFINITY })
  const { step, time } = stepIn(cloud)
  const conditions = [failing, endless].map(({ jobId }) => successful(jobId))
  await expect(waitForAll(step, conditions, { ...options, failFast: true })).rejects.toThrow(OperationFailed)
  expect(time()).toBeLessThan(60_000)
})

test('a timeout says the state of what is still pending, and what failed before', async () => {
  await using cloud = await startSimulator()
  const failing = startBackup(cloud, { durationSeconds: 0, outcome: 'FAILED', reason: 'no space' })
  const endless = startBackup(cloud, { durationSeconds: Number.POSITIVE_INFINITY })
  const { step, reported: logged } = stepIn(cloud, 300_000)
  const conditions = [failing, endless].map(({ jobId }) => successful(jobId))
  const error = await waitForAll(step, conditions, options).catch(thrown => thrown)
  expect(error).toBeInstanceOf(TimedOut)
  expect(error.message).toBe(
    [
      `Timed out after 5m: job ${endless.jobId} is PENDING, 0 %.`,
      `The service ended job ${failing.jobId} as FAILED. Reason: "no space".`,
      `Run the step again. If it fails again, open a ticket at Zilliz with job ${failing.jobId}.`,
    ].join('\n'),
  )
  const alive = logged.filter(
    line => /^\dm/.test(line) && line.endsWith(`  0 %  job ${endless.jobId} PENDING`),
  )
  expect(alive.length).toBeGreaterThanOrEqual(3)
  expect(alive.length).toBeLessThanOrEqual(5)
})

test.each<[string, (cloud: Simulator, id: string, grace: number) => Condition]>([
  ['job', (_, id, grace) => successful(id, grace)],
  [
    'backup',
    (cloud, id, grace) =>
      backupAvailable({ clusterId: cloud.clusterId, backupId: id }, grace, () => undefined),
  ],
  ['cluster', (_, id, grace) => clusterRunning(id, grace, () => {})],
])('a %s that is not found is waited for during its grace only', async (_, condition) => {
  await using cloud = await startSimulator()
  const { step, time } = stepIn(cloud)
  const waitFor = (grace: number) => waitForAll(step, [condition(cloud, 'in01-nowhere', grace)], options)
  await expect(waitFor(0)).rejects.toThrow(OperationFailed)
  expect(time()).toBe(0)
  await expect(waitFor(30_000)).rejects.toThrow(OperationFailed)
  expect(time()).toBeGreaterThanOrEqual(30_000)
  expect(time()).toBeLessThan(46_000)
})

describe('of conditions that are made up', () => {
  const refused = apiError(
    { tried: 'read job job-2', right: 'read', baseUrl: 'https://host' },
    { status: 404, code: 96026 },
  )

  /** A job that fails at once. */
  const failed = conditionOf('job-1', async () => ({ state: 'failed', line: 'FAILED.' }))

  function conditionOf(jobId: string, read: Condition['read'], grace = 0): Condition {
    return { what: `job ${jobId}`, item: { kind: 'job', jobId }, read, notFoundGrace: grace }
  }

  test.each<[string, number, ApiError, boolean]>([
    ['is not found, though this step has created it,', notFoundGrace.created, refused, false],
    ['is not found', notFoundGrace.none, refused, false],
    [
      'cannot be read',
      notFoundGrace.none,
      apiError(
        { tried: 'read job job-2', right: 'read', baseUrl: 'https://host' },
        { status: 400, code: 96000 },
      ),
      true,
    ],
  ])('what %s stays in progress: grace %d, %s, %s', async (_, grace, error, stays) => {
    await using cloud = await startSimulator()
    const { step } = stepIn(cloud)
    const unreadable = conditionOf('job-2', () => Promise.reject(error), grace)
    for (const { item } of [failed, unreadable]) step.inProgress.started(item)
    const said = error.message.replace('Could not read job job-2: ', 'Job job-2: ')
    await expect(waitForAll(step, [failed, unreadable], options)).rejects.toThrow(said)
    // "Still running" is said only of what may be there.
    expect(step.inProgress.items).toEqual(stays ? [unreadable.item] : [])
  })

  test.each([
    [
      'Cancelled',
      new Cancelled('cancelled', { inFlight: true }),
      { name: 'Cancelled', inFlight: true, message: 'cancelled\nJob job-1 is FAILED.' },
    ],
    [
      'a refused key',
      apiError(
        { tried: 'read it', right: 'read', baseUrl: 'https://host' },
        { status: 401, code: 21119, message: 'no' },
      ),
      {
        name: 'OperationFailed',
        message:
          'API key refused: could not read it.\nJob job-1 is FAILED.\nCheck the secret behind api-key, and base-url: keys of the global and the China site differ. ("no", HTTP 401, code 21119, no request id)',
      },
    ],
    ['a defect', new TypeError('a defect'), { name: 'Error', message: 'a defect\nJob job-1 is FAILED.' }],
  ])('%s ends the wait, with what failed before', async (_, cause, expected) => {
    await using cloud = await startSimulator()
    const { step } = stepIn(cloud)
    const throwing = conditionOf('job-2', () => Promise.reject(cause))
    const error = await waitForAll(step, [failed, throwing], options).catch(thrown => thrown)
    expect(error).toMatchObject({ ...expected, cause })
    await expect(waitForAll(step, [throwing], options)).rejects.toBe(cause)
  })

  test('what cannot be read is said once, with what to do, and what was answered last', async () => {
    await using cloud = await startSimulator()
    const { step } = stepIn(cloud)
    const unreadable = conditionOf('job-2', () => Promise.reject(refused))
    const error = await waitForAll(step, [unreadable], options).catch(thrown => thrown)
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.parts).toEqual(refused.parts)
  })

  test('with failFast a refused read ends the wait', async () => {
    await using cloud = await startSimulator()
    const { step } = stepIn(cloud)
    const unreadable = conditionOf('job-2', () => Promise.reject(refused))
    const endless = conditionOf('job-3', async () => ({ state: 'pending', line: 'PENDING' }))
    const wait = waitForAll(step, [endless, unreadable], { ...options, failFast: true })
    await expect(wait).rejects.toBe(refused)
  })

  test('with failFast the others are read once more, since they may say why', async () => {
    await using cloud = await startSimulator()
    const { step } = stepIn(cloud)
    let reads = 0
    const late = conditionOf('job-2', async () => {
      reads++
      return reads === 1 ? { state: 'pending', line: 'PENDING' } : { state: 'failed', line: 'FAILED too.' }
    })
    const wait = waitForAll(step, [late, failed], { ...options, failFast: true })
    await expect(wait).rejects.toThrow('2 have failed:\nJob job-1: FAILED.\nJob job-2: FAILED too.')
    expect(reads).toBe(2)
  })

  test.each([
    [1, ['10 %', '60 %', undefined]],
    [6, ['10 %', '60 %', undefined]],
  ])('with %d another tenth of the progress is logged: %j', async (count, expected) => {
    await using cloud = await startSimulator()
    const { step, reported: logged } = stepIn(cloud)
    const conditions = Array.from({ length: count }, (_, index) => {
      const progress = [10.9, 14, 60]
      return conditionOf(`job-${index}`, async () => {
        const next = progress.shift()
        return next === undefined
          ? { state: 'met', line: 'SUCCESSFUL' }
          : { state: 'pending', line: 'IN_PROGRESS', progress: next }
      })
    })
    await waitForAll(step, conditions, options)
    const first = count === 1 ? logged : logged.filter(line => line.includes('  job job-0 '))
    expect(first.map(line => /\d+ %/.exec(line)?.[0])).toEqual(expected)
  })
})
