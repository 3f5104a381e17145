import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { OperationFailed } from '../../src/step.ts'
import { backupAvailable, clusterRunning, jobSuccessful } from '../../src/waiting/conditions.ts'
import { TimedOut } from '../../src/waiting/poll.ts'
import { type Condition, waitForAll } from '../../src/waiting/wait-for-all.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const pace = { pollInterval: 15_000 }

/** A backup under way, as somebody else has started it. */
function startBackup(cloud: Simulator, plan: Parameters<Simulator['world']['startManualBackup']>[1] = {}) {
  const { backupId, job } = cloud.world.startManualBackup(cloud.clusterId, plan)
  return { backupId, jobId: job?.jobId ?? '' }
}

test('a job and its backup are followed to their ends, each change told once', async () => {
  await using cloud = await startSimulator({ jobSeconds: 30 })
  const { backupId, jobId } = startBackup(cloud)
  const { step, told } = stepIn(cloud)
  step.inProgress.jobIds.add(jobId)
  const backup = { clusterId: cloud.clusterId, backupId }
  step.inProgress.backup = backup
  const seen: string[] = []
  const goals = [
    jobSuccessful(jobId, 0),
    backupAvailable(backup, 0, found => {
      seen.push(found.status)
      return undefined
    }),
  ]
  await waitForAll(step, goals, pace)
  expect(told.slice(0, 2)).toEqual([`Job ${jobId}: PENDING, 0 % (0s)`, `Backup ${backupId}: CREATING (0s)`])
  expect(told.at(-2)).toMatch(new RegExp(`^Job ${jobId}: SUCCESSFUL \\(3.s\\)$`))
  expect(told.at(-1)).toMatch(new RegExp(`^Backup ${backupId}: AVAILABLE \\(3.s\\)$`))
  expect(told.filter(line => line.startsWith('Backup'))).toHaveLength(2)
  expect(new Set(seen)).toEqual(new Set(['CREATING', 'AVAILABLE']))
  expect(step.inProgress).toEqual({ jobIds: new Set(), backup: undefined })
})

test.each(['FAILED', 'CANCELED', 'ERROR'] as const)(
  'a job that ends %s fails with its reason',
  async finalFailure => {
    await using cloud = await startSimulator({ jobSeconds: 10, variants: { finalFailure } })
    const { jobId } = startBackup(cloud, { outcome: 'FAILED', reason: 'no\nspace' })
    const { step } = stepIn(cloud)
    step.inProgress.jobIds.add(jobId)
    const error = await waitForAll(step, [jobSuccessful(jobId, 0, 'sales.orders')], pace).catch(
      thrown => thrown,
    )
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.message).toBe(`Job ${jobId} (sales.orders): ${finalFailure}. Reason: "no space".`)
    expect(step.inProgress.jobIds.size).toBe(0)
  },
)

test('a state that nobody knows is told and waited out', async () => {
  await using cloud = await startSimulator({
    jobSeconds: 60,
    variants: { unknownJobState: 'PAUSED' },
  })
  const { jobId } = startBackup(cloud)
  const { step, told } = stepIn(cloud)
  await waitForAll(step, [jobSuccessful(jobId, 0)], pace)
  expect(told.join('\n')).toContain('PAUSED (a state this action does not know; waiting on)')
})

test('of several that fail, each is told, and the others are awaited', async () => {
  await using cloud = await startSimulator()
  const jobs = [
    startBackup(cloud, { durationSeconds: 1, outcome: 'FAILED', reason: 'first' }),
    startBackup(cloud, { durationSeconds: 2, outcome: 'FAILED', reason: 'second' }),
    startBackup(cloud, { durationSeconds: 10 }),
  ]
  const { step, told } = stepIn(cloud)
  const goals = jobs.map(({ jobId }) => jobSuccessful(jobId, 0))
  const error = await waitForAll(step, goals, pace).catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message.split('\n')).toEqual([
    `Job ${jobs[0]?.jobId}: FAILED. Reason: "first".`,
    `Job ${jobs[1]?.jobId}: FAILED. Reason: "second".`,
  ])
  expect(told.at(-1)).toContain(`Job ${jobs[2]?.jobId}: SUCCESSFUL`)
})

test('a job that cannot be read does not hide the others that failed', async () => {
  await using cloud = await startSimulator()
  const { jobId } = startBackup(cloud, { durationSeconds: 0, outcome: 'FAILED', reason: 'no space' })
  const { step } = stepIn(cloud)
  const goals = [jobSuccessful(jobId, 0), jobSuccessful('job-nowhere', 0)]
  const error = await waitForAll(step, goals, pace).catch(thrown => thrown)
  expect(error.message).toContain('job-nowhere')
  expect(error.message).toContain(`Job ${jobId}: FAILED. Reason: "no space".`)
})

test('where all belong together, the first that fails ends the wait', async () => {
  await using cloud = await startSimulator()
  const failing = startBackup(cloud, { durationSeconds: 1, outcome: 'FAILED' })
  const endless = startBackup(cloud, { durationSeconds: Number.POSITIVE_INFINITY })
  const { step, time } = stepIn(cloud)
  const goals = [failing, endless].map(({ jobId }) => jobSuccessful(jobId, 0))
  await expect(waitForAll(step, goals, { ...pace, failFast: true })).rejects.toThrow(OperationFailed)
  expect(time()).toBeLessThan(60_000)
})

test('what is not reached in time is told with its state, and with what failed before', async () => {
  await using cloud = await startSimulator()
  const failing = startBackup(cloud, { durationSeconds: 0, outcome: 'FAILED', reason: 'no space' })
  const endless = startBackup(cloud, { durationSeconds: Number.POSITIVE_INFINITY })
  const { step, told } = stepIn(cloud, 300_000)
  const goals = [failing, endless].map(({ jobId }) => jobSuccessful(jobId, 0))
  const error = await waitForAll(step, goals, pace).catch(thrown => thrown)
  expect(error).toBeInstanceOf(TimedOut)
  expect(error.message).toBe(
    `Job ${failing.jobId}: FAILED. Reason: "no space".\nThe time is over: job ${endless.jobId} is PENDING, 0 %.`,
  )
  const alive = told.filter(line => line.startsWith(`Still waiting for job ${endless.jobId}`))
  expect(alive.length).toBeGreaterThanOrEqual(3)
  expect(alive.length).toBeLessThanOrEqual(5)
})

test.each<[string, (cloud: Simulator, id: string, grace: number) => Condition]>([
  ['job', (_, id, grace) => jobSuccessful(id, grace)],
  [
    'backup',
    (cloud, id, grace) =>
      backupAvailable({ clusterId: cloud.clusterId, backupId: id }, grace, () => undefined),
  ],
  ['cluster', (_, id, grace) => clusterRunning(id, grace, () => {})],
])('a %s that is not readable is waited out for its grace only', async (_, goal) => {
  await using cloud = await startSimulator()
  const { step, time } = stepIn(cloud)
  await expect(waitForAll(step, [goal(cloud, 'in01-nowhere', 0)], pace)).rejects.toThrow(OperationFailed)
  expect(time()).toBe(0)
  await expect(waitForAll(step, [goal(cloud, 'in01-nowhere', 30_000)], pace)).rejects.toThrow(OperationFailed)
  expect(time()).toBeGreaterThanOrEqual(30_000)
  expect(time()).toBeLessThan(46_000)
})

test.each(['FAILED', 'DELETED'] as const)('a backup that is %s will not become AVAILABLE', async status => {
  await using cloud = await startSimulator({ variants: { deletedBackup: 'DELETED' } })
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId, status })
  const goal = backupAvailable({ clusterId: cloud.clusterId, backupId }, 60_000, () => undefined)
  await expect(waitForAll(stepIn(cloud).step, [goal], pace)).rejects.toThrow(
    `Backup ${backupId}: is ${status} and will not become AVAILABLE`,
  )
})

test('an AVAILABLE backup that lacks something is a failure', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const goal = backupAvailable({ clusterId: cloud.clusterId, backupId }, 0, () => 'it does not hold x')
  await expect(waitForAll(stepIn(cloud).step, [goal], pace)).rejects.toThrow(
    `Backup ${backupId}: AVAILABLE, but it does not hold x`,
  )
})

test.each(['DELETING', 'DELETED', 'SUSPENDING', 'SUSPENDED', 'STOPPING', 'STOPPED', 'FREEZING', 'FROZEN'])(
  'a cluster that is %s ends the wait at once',
  async status => {
    await using cloud = await startSimulator()
    const edit = (answer: { data: object }) => ({ ...answer, data: { ...answer.data, status } })
    cloud.faults.inject({ operation: 'describeCluster', fault: { kind: 'edit', edit } })
    const { step, time } = stepIn(cloud)
    step.inProgress.clusterId = cloud.clusterId
    await expect(waitForAll(step, [clusterRunning(cloud.clusterId, 0, () => {})], pace)).rejects.toThrow(
      `Cluster ${cloud.clusterId}: is ${status} and will not become RUNNING by itself`,
    )
    expect(time()).toBe(0)
    expect(step.inProgress.clusterId).toBeUndefined()
  },
)

test.each([
  [{ status: 'ABNORMAL' }, 'ABNORMAL'],
  [{ status: 'RUNNING', connectAddress: '' }, 'RUNNING, without an address yet'],
  [{ status: 'INITIALIZING' }, 'INITIALIZING'],
])('a cluster that shows %j is waited for', async (change, shown) => {
  await using cloud = await startSimulator()
  const edit = (answer: { data: object }) => ({ ...answer, data: { ...answer.data, ...change } })
  cloud.faults.inject({ operation: 'describeCluster', times: 2, fault: { kind: 'edit', edit } })
  const { step, told } = stepIn(cloud)
  let seen = 0
  await waitForAll(step, [clusterRunning(cloud.clusterId, 0, () => seen++)], pace)
  expect(told).toEqual([
    `Cluster ${cloud.clusterId}: ${shown} (0s)`,
    expect.stringMatching(new RegExp(`^Cluster ${cloud.clusterId}: RUNNING \\(`)),
  ])
  expect(seen).toBe(3)
})
