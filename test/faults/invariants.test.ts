import { describe, expect, test } from 'vitest'
import type { Run } from './case.ts'
import { evaluate, evaluatePost, invariantNames } from './invariants.ts'
import {
  altered,
  began,
  counted,
  described,
  goodRun,
  inside,
  lost,
  post,
  second,
  sent,
  simulator,
  startedAt,
  stepOf,
  switched,
  whole,
} from './run-by-hand.ts'

const load = {
  target: 'job',
  fault: '429 with Retry-After in seconds',
  times: 'once',
  applied: false,
} as const

/** For each invariant what breaks it, and perhaps others with it. */
const broken: Record<string, (run: Run) => Partial<Run>> = {
  'no second start': () => ({ requests: [sent(1, post), sent(2, post)] }),
  'each change has a connection of its own': () => ({
    requests: [sent(1, post), sent(2, { connection: 1 })],
  }),
  'nothing else is deleted': ({ cloud }) => ({
    requests: [sent(1, { method: 'DELETE', path: `/v2/clusters/${cloud.clusterId}/drop` })],
  }),
  'nothing is deleted unread': ({ cloud: { clusterId }, fixture }) => ({
    fixture: { ...fixture, inputs: { operation: 'delete-cluster', 'target-cluster': 'production' } },
    requests: [
      sent(1, {
        path: `/v2/clusters/${clusterId}`,
        data: { clusterId, clusterName: 'renamed', status: 'RUNNING' },
      }),
      sent(2, { operationId: 'dropCluster', method: 'DELETE', path: `/v2/clusters/${clusterId}/drop` }),
    ],
  }),
  'what others made is left alone': ({ fixture }) => ({
    fixture: { ...fixture, others: () => ['backup1_theirs'] },
    step: stepOf({ backupId: 'backup1_theirs', created: 'true' }),
  }),
  'a dry run changes nothing': ({ fixture }) => ({
    fixture: { ...fixture, inputs: { ...fixture.inputs, 'dry-run': 'true' } },
    requests: [sent(1, post)],
  }),
  'what is deleted is reported': ({ cloud }) => {
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
    return { step: stepOf({ deletedBackupIds: JSON.stringify([backupId]) }) }
  },
  'no success without the result': ({ fixture }) => ({
    fixture: { ...fixture, missing: () => ['all of it'] },
  }),
  'what succeeded is true at the end': ({ cloud }) => ({
    step: stepOf({ backupId: cloud.world.startManualBackup(cloud.clusterId).backupId }),
  }),
  'no secret shown': ({ cloud }) => ({ step: stepOf({}, { log: [cloud.apiKey] }) }),
  'no other host': () => ({ connections: ['evil.example:443'] }),
  'the token goes to its cluster alone': ({ cloud }) => ({
    step: stepOf({ clusterId: cloud.clusterId }),
    dataRequests: [inside(cloud, 1, { clusterId: cloud.world.cluster('staging').clusterId })],
  }),
  [whole]: ({ cloud }) => switched(cloud, described, altered),
  [second]: ({ cloud }) => switched(cloud, described, counted, lost, described, counted, altered),
  'ends in time': ({ step }) => ({
    step: { ...step, receipt: { status: 'succeeded', startedAt, finishedAt: '2026-03-01T08:30:00.000Z' } },
  }),
  'one error that says what was tried': () => ({
    step: stepOf({ status: 'failed' }, { annotations: [{ level: 'error', message: 'Oops' }] }),
  }),
  'status, receipt and exit code agree': () => ({ step: stepOf({}, { exitCode: 1 }) }),
  'ids are kept': () => ({
    requests: [sent(1, { ...post, data: { backupId: 'backup1_mine', jobId: 'job-1' } })],
  }),
  'hostile text has no effect': () => ({ step: stepOf({}, { env: { PWNED: '1' } }) }),
  'no retry of a refusal': () => ({
    requests: [sent(1, { ...post, applied: false, code: 96036, fault: 'envelope' }), sent(2, post)],
  }),
  'waits as long as asked': ({ given }) => ({
    given: { ...given, injected: [load] },
    requests: [sent(1, { status: 429 }), sent(3, {})],
  }),
  'nothing goes unsaid': () => ({
    step: stepOf({ status: 'failed' }),
    requests: [sent(1, { ...post, data: { backupId: 'backup1_mine', jobId: 'job-1' } })],
  }),
  'survives what it must': ({ given }) => ({ given: { ...given, mustEnd: 'badly' } }),
  'a cancel ends it': () => ({
    cancelledAt: began + 1_000,
    step: stepOf({ status: 'cancelled' }),
    late: ['GET /v2/jobs/job-1'],
  }),
}

describe('an invariant', () => {
  test('each has a run here that breaks it', () => {
    expect(Object.keys(broken).sort()).toEqual([...invariantNames].sort())
  })

  test('none is broken by a run that is right', async () => {
    await using cloud = await simulator()
    expect(evaluate(goodRun(cloud))).toEqual([])
  })

  test.each(Object.entries(broken))('%s', async (name, breakIt) => {
    await using cloud = await simulator()
    const run = goodRun(cloud)
    const found = evaluate({ ...run, ...breakIt(run) })
    expect(found.map(({ invariant }) => invariant)).toContain(name)
  })

  test('the last try before the deadline may come sooner than asked, and no other', async () => {
    await using cloud = await simulator()
    const run = goodRun(cloud)
    const given = { ...run.given, injected: [load] }
    const refused = { status: 429, code: undefined }
    const last = [sent(171, refused), sent(178, refused)]
    expect(evaluate({ ...run, given, requests: last })).toEqual([])
    const names = evaluate({ ...run, given, requests: [...last, sent(179, refused)] })
    expect(names.map(({ invariant }) => invariant)).toEqual(['waits as long as asked'])
  })

  test('of a backup that was found after a lost response more is to be said until it has ended', async () => {
    await using cloud = await simulator()
    const run = goodRun(cloud)
    const unsaidOf = (durationSeconds: number) => {
      const { backupId } = cloud.world.startManualBackup(cloud.clusterId, { durationSeconds })
      const time = cloud.world.now()
      const step = stepOf({ status: 'failed', safetyBackupId: backupId })
      step.receipt = { ...Object(step.receipt), finishedAt: new Date(time + 10_000).toISOString() }
      const found = evaluate({ ...run, step, requests: [{ ...sent(1, post), time }] })
      return found.filter(({ invariant }) => invariant === 'nothing goes unsaid')
    }
    expect(unsaidOf(5)).toEqual([])
    expect(unsaidOf(60)).toHaveLength(1)
  })

  test('of a restore without a job, the step that waits for its cluster is shown', async () => {
    await using cloud = await simulator()
    const run = goodRun(cloud)
    const { clusterId } = cloud.world.addCluster({ clusterName: 'restored', status: 'CREATING' })
    const restore = { ...post, operationId: 'restoreCluster', data: { clusterId } }
    const unsaidOf = (log: string[]) => {
      const step = stepOf({ status: 'failed' }, { log })
      step.receipt = { ...Object(step.receipt), finishedAt: new Date(cloud.world.now()).toISOString() }
      const found = evaluate({ ...run, step, requests: [sent(1, restore)] })
      return found.filter(({ invariant }) => invariant === 'nothing goes unsaid')
    }
    expect(unsaidOf([`    target-cluster: ${clusterId}`])).toEqual([])
    expect(unsaidOf([])).toHaveLength(1)
  })

  test('the stage after the job leaves nothing behind in silence', async () => {
    await using cloud = await simulator()
    const run = goodRun(cloud)
    const after = { ...run, fixture: { ...run.fixture, keep: ['staging'] } }
    expect(evaluatePost(run, run.step)).toEqual([])
    expect(evaluatePost(after, run.step)).toHaveLength(1)
  })
})
