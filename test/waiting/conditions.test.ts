import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { OperationFailed } from '../../src/errors.ts'
import type { Item } from '../../src/in-progress.ts'
import { backupAvailable } from '../../src/waiting/backup.ts'
import { clusterRunning } from '../../src/waiting/cluster.ts'
import { jobSuccessful } from '../../src/waiting/job.ts'
import { waitForAll } from '../../src/waiting/wait-for-all.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'
import { startBackup } from './started-backup.ts'

stopTheWorld()

const options = { pollInterval: 15_000 }

test.each(['FAILED', 'CANCELED', 'CANCELLED', 'ERROR', 'TIMEOUT'] as const)(
  'a job that ends %s fails with its reason',
  async finalFailure => {
    await using cloud = await startSimulator({ jobSeconds: 10, variants: { finalFailure } })
    const { jobId } = startBackup(cloud, { outcome: 'FAILED', reason: 'no\nspace' })
    const { step } = stepIn(cloud)
    step.inProgress.started({ kind: 'job', jobId })
    const error = await waitForAll(
      step,
      [jobSuccessful(jobId, { grace: 0, of: 'sales.orders', isReadBack: true })],
      options,
    ).catch(thrown => thrown)
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.message).toBe(
      `The service ended job ${jobId} (sales.orders) as ${finalFailure}. Reason: "no space". Run the step again. If it fails again, open a ticket at Zilliz with job ${jobId}.`,
    )
    expect(step.inProgress.items).toEqual([])
  },
)

test('an unknown state of a job is logged and waited out', async () => {
  await using cloud = await startSimulator({
    jobSeconds: 60,
    variants: { unknownJobState: 'PAUSED' },
  })
  const { jobId } = startBackup(cloud)
  const { step, reported: logged } = stepIn(cloud)
  await waitForAll(step, [jobSuccessful(jobId, { grace: 0, isReadBack: true })], options)
  expect(logged.join('\n')).toContain('PAUSED (a state this action does not know; it keeps waiting)')
})

test('SUCCEEDED counts where what the job makes is read back as well ("What success means")', async () => {
  await using cloud = await startSimulator({ jobSeconds: 10, variants: { finalSuccess: 'SUCCEEDED' } })
  const { jobId } = startBackup(cloud)
  const { step, reported } = stepIn(cloud)
  await waitForAll(step, [jobSuccessful(jobId, { grace: 0, isReadBack: true })], options)
  expect(reported.at(-1)).toMatch(/^1\ds {2}SUCCEEDED$/)
})

test('else it is reported, and five minutes after it was first seen the step fails ("What success means")', async () => {
  await using cloud = await startSimulator({ jobSeconds: 10, variants: { finalSuccess: 'SUCCEEDED' } })
  const { jobId } = startBackup(cloud)
  const { step, reported, time } = stepIn(cloud)
  const error = await waitForAll(
    step,
    [jobSuccessful(jobId, { grace: 0, isReadBack: false })],
    options,
  ).catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  const word = 'SUCCEEDED, a word that is not documented for such a job'
  expect(error.message).toBe(`Job ${jobId} is ${word}. Check in the console whether its work is done.`)
  expect(reported.some(line => line.endsWith(`s  ${word}`))).toBe(true)
  expect(time()).toBeGreaterThanOrEqual(310_000)
  expect(time()).toBeLessThan(345_000)
})

test('and a job that becomes SUCCESSFUL within these five minutes is one', async () => {
  await using cloud = await startSimulator({ jobSeconds: 10 })
  const { jobId } = startBackup(cloud)
  const edit = (body: { data: object }) => ({ ...body, data: { ...body.data, status: 'SUCCEEDED' } })
  cloud.faults.inject({ operation: 'describeJob', times: 4, fault: { kind: 'edit', edit } })
  const { step, reported } = stepIn(cloud)
  await waitForAll(step, [jobSuccessful(jobId, { grace: 0, isReadBack: false })], options)
  expect(reported.at(-1)).toContain('SUCCESSFUL')
})

test.each(['FAILED', 'DELETED'] as const)('a backup that is %s will not become AVAILABLE', async status => {
  await using cloud = await startSimulator({ variants: { deletedBackup: 'DELETED' } })
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId, status })
  const condition = backupAvailable({ clusterId: cloud.clusterId, backupId }, 60_000, () => undefined)
  await expect(waitForAll(stepIn(cloud).step, [condition], options)).rejects.toThrow(
    `Backup ${backupId} is ${status} and will not become AVAILABLE`,
  )
})

test('an AVAILABLE backup in which something is missing is a failure', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const condition = backupAvailable({ clusterId: cloud.clusterId, backupId }, 0, () => 'it does not hold x')
  await expect(waitForAll(stepIn(cloud).step, [condition], options)).rejects.toThrow(
    `Backup ${backupId} is AVAILABLE, but it does not hold x`,
  )
})

test.each(['DELETING', 'DELETED', 'SUSPENDING', 'SUSPENDED', 'STOPPING', 'STOPPED', 'FREEZING', 'FROZEN'])(
  'a cluster that is %s ends the wait at once',
  async status => {
    await using cloud = await startSimulator()
    const edit = (body: { data: object }) => ({ ...body, data: { ...body.data, status } })
    cloud.faults.inject({ operation: 'describeCluster', fault: { kind: 'edit', edit } })
    const { step, time } = stepIn(cloud)
    const item: Item = { kind: 'cluster', clusterId: cloud.clusterId }
    step.inProgress.started(item)
    await expect(waitForAll(step, [clusterRunning(cloud.clusterId, 0, () => {})], options)).rejects.toThrow(
      `Cluster ${cloud.clusterId} is ${status} and will not become RUNNING by itself`,
    )
    expect(time()).toBe(0)
    expect(step.inProgress.items).toEqual([])
  },
)

test.each([
  [{ status: 'ABNORMAL' }, 'ABNORMAL'],
  [{ status: 'RUNNING', connectAddress: '' }, 'RUNNING, without an address yet'],
  [{ status: 'INITIALIZING' }, 'INITIALIZING'],
])('a cluster that shows %j is waited for', async (change, line) => {
  await using cloud = await startSimulator()
  const edit = (body: { data: object }) => ({ ...body, data: { ...body.data, ...change } })
  cloud.faults.inject({ operation: 'describeCluster', times: 2, fault: { kind: 'edit', edit } })
  const { step, reported: logged } = stepIn(cloud)
  let reads = 0
  await waitForAll(step, [clusterRunning(cloud.clusterId, 0, () => reads++)], options)
  expect(logged).toEqual([`0s  ${line}`, expect.stringMatching(/^\d+s {2}RUNNING$/)])
  expect(reads).toBe(3)
})
