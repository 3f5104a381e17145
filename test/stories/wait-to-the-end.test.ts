/** What a step waited for is true at its end, not once; and the words that jobs end with. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { always, onRequest } from './arrange.ts'
import { createBackup, exportBackup, password, restoreCluster, waitFor } from './steps.ts'
import { errorOf, sent } from './story.ts'

const never = Number.POSITIVE_INFINITY

describe('a cluster that was RUNNING before its job ended', () => {
  test('and is in change again is waited for', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 10 })
    cloud.world.scriptStates('pr-42', [
      [0, 'CREATING'],
      [2, 'RUNNING'],
      [7, 'RESTORE_BACKUP'],
      [15, 'RUNNING'],
    ])
    const story = await restoreCluster(cloud)
    const { createdAt } = cloud.world.cluster('pr-42')
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', password })
    expect(sent(story, 'describeCluster').at(-1)?.time).toBeGreaterThanOrEqual(createdAt + 15_000)
    expect(story.step.log.filter(line => line.endsWith('cluster RUNNING'))).toHaveLength(2)
  })

  test.each(['DELETING', 'SUSPENDING'])('and is %s by then fails the step', async status => {
    await using cloud = await startSimulator({ speed: 10 })
    cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 10 })
    cloud.world.scriptStates('pr-42', [
      [0, 'CREATING'],
      [2, 'RUNNING'],
      [7, status],
    ])
    const story = await restoreCluster(cloud)
    const { clusterId } = cloud.world.cluster('pr-42')
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain(
      `Cluster ${clusterId} is ${status} and will not become RUNNING by itself.`,
    )
  })

  test('and is in change again to the end is a timeout', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 6 })
    cloud.world.scriptStates('pr-42', [
      [0, 'RUNNING'],
      [4, 'RESTORE_BACKUP'],
    ])
    const story = await restoreCluster(cloud, { timeout: '20s' })
    expect(story.step.outputs.status).toBe('timed-out')
    expect(errorOf(story)).toContain('RESTORE_BACKUP')
  })

  test('and is in change again is waited for by wait, too', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    const { job } = cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: 10 })
    const start = cloud.world.now()
    cloud.world.scriptStates('production', [
      [0, 'RUNNING'],
      [7, 'MODIFYING'],
      [15, 'RUNNING'],
    ])
    const story = await waitFor(cloud, { 'job-id': job?.jobId ?? '', 'target-cluster': 'production' })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(sent(story, 'describeCluster').at(-1)?.time).toBeGreaterThanOrEqual(start + 15_000)
  })
})

test('a backup that was AVAILABLE and is gone when the job ends fails wait', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const { job } = cloud.world.startAutomaticBackup(cloud.clusterId, { durationSeconds: 10 })
  let reads = 0
  onRequest(cloud, 'describeJob', () => {
    reads++
    if (reads === 2) cloud.world.backup(backupId).status = 'DELETED'
  })
  const inputs = { 'job-id': job?.jobId ?? '', 'cluster-id': cloud.clusterId, 'backup-id': backupId }
  const story = await waitFor(cloud, inputs)
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(errorOf(story)).toContain(backupId)
})

describe('TIMEOUT of a job is a failure', () => {
  const variants = { finalFailure: 'TIMEOUT' } as const
  const failed = { outcome: 'FAILED', reason: 'too slow' } as const

  test('of a restore', async () => {
    await using cloud = await startSimulator({ speed: 30, variants })
    cloud.world.nextJob({ type: 'RESTORE', ...failed })
    const story = await restoreCluster(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain('TIMEOUT. Reason: "too slow".')
  })

  test('of an export', async () => {
    await using cloud = await startSimulator({ speed: 30, variants })
    cloud.world.addBackup({ clusterId: cloud.clusterId })
    cloud.world.nextJob(failed)
    const story = await exportBackup(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain('TIMEOUT. Reason: "too slow".')
  })

  test('in wait', async () => {
    await using cloud = await startSimulator({ speed: 30, variants })
    const { job } = cloud.world.startManualBackup(cloud.clusterId, failed)
    const story = await waitFor(cloud, { 'job-id': job?.jobId ?? '' })
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain('TIMEOUT. Reason: "too slow".')
  })
})

describe('SUCCEEDED', () => {
  const variants = { finalSuccess: 'SUCCEEDED' } as const

  async function expectReported(run: (cloud: Simulator) => ReturnType<typeof waitFor>) {
    await using cloud = await startSimulator({ speed: 100, variants })
    const story = await run(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(story.step.log.join('\n')).toContain('SUCCEEDED, a word that is not documented for such a job')
    expect(errorOf(story)).toContain('Check in the console whether its work is done.')
    expect(sent(story, 'describeJob').at(-1)?.time).toBeGreaterThan(cloud.world.now() - 600_000)
    const [first] = sent(story, 'describeJob')
    expect((sent(story, 'describeJob').at(-1)?.time ?? 0) - (first?.time ?? 0)).toBeGreaterThan(290_000)
  }

  test('alone is reported, and five minutes later wait fails', () =>
    expectReported(cloud => {
      const { job } = cloud.world.startManualBackup(cloud.clusterId, { outcome: 'SUCCEEDED' })
      return waitFor(cloud, { 'job-id': job?.jobId ?? '' })
    }))

  test('alone is reported, and five minutes later an export fails', () =>
    expectReported(cloud => {
      cloud.world.addBackup({ clusterId: cloud.clusterId })
      return exportBackup(cloud)
    }))

  test('counts where the backup is read back', async () => {
    await using cloud = await startSimulator({ speed: 30, variants })
    const { step } = await createBackup(cloud)
    expect(step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
  })

  test('counts where the cluster is read back', async () => {
    await using cloud = await startSimulator({ speed: 30, variants })
    const { step } = await restoreCluster(cloud)
    expect(step.outputs).toMatchObject({ status: 'succeeded', password })
  })

  test('counts in wait with the backup', async () => {
    await using cloud = await startSimulator({ speed: 30, variants })
    const { job, backupId } = cloud.world.startManualBackup(cloud.clusterId, { outcome: 'SUCCEEDED' })
    const inputs = { 'job-id': job?.jobId ?? '', 'cluster-id': cloud.clusterId, 'backup-id': backupId }
    const { step } = await waitFor(cloud, inputs)
    expect(step.outputs.status).toBe('succeeded')
  })
})

describe('a Retry-After that is longer than what is left', () => {
  const fault = { kind: 'gateway', status: 503, retryAfter: 86_400 } as const

  test('leaves one last try, which succeeds', async () => {
    await using cloud = await startSimulator({ speed: 5 })
    const { job } = cloud.world.startManualBackup(cloud.clusterId)
    cloud.faults.inject({ operation: 'describeJob', fault })
    const story = await waitFor(cloud, { 'job-id': job?.jobId ?? '', timeout: '20s' })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(sent(story, 'describeJob')).toHaveLength(2)
  })

  test('always: a timeout, after one last try', async () => {
    await using cloud = await startSimulator({ speed: 5 })
    const { job } = cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: never })
    cloud.faults.inject({ operation: 'describeJob', ...always, fault })
    const start = cloud.world.now()
    const story = await waitFor(cloud, { 'job-id': job?.jobId ?? '', timeout: '15s' })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
    expect(errorOf(story)).toContain(job?.jobId)
    expect(sent(story, 'describeJob')).toHaveLength(2)
    expect(cloud.world.now() - start).toBeGreaterThan(14_000)
  })
})

test.each([
  { times: 1, isCut: false },
  { times: 90, isCut: true },
])(
  'the reason of a failed job stands whole in the receipt where a sentence cuts it: $isCut',
  async ({ times, isCut }) => {
    await using cloud = await startSimulator({ speed: 20 })
    const reason = Array(times).fill('no room').join(' ')
    cloud.world.nextJob({ outcome: 'FAILED', reason, durationSeconds: 5 })
    const story = await createBackup(cloud)
    expect(errorOf(story).includes(reason)).toBe(!isCut)
    expect(story.step.receipt).toHaveProperty('error', errorOf(story))
    const { reasons } = story.step.receipt as { reasons?: unknown }
    expect(reasons).toEqual(isCut ? [{ of: '', reason }] : undefined)
  },
)
