/** Several things are waited for, and one of them cannot be read. */
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { OperationFailed } from '../../src/errors.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'
import { startBackup } from './started-backup.ts'

stopTheWorld()

const times = Number.POSITIVE_INFINITY
const unavailable = { kind: 'gateway', status: 503 } as const

const readsOf = (cloud: Simulator, id: string) =>
  cloud.requests.filter(({ path }) => path.endsWith(id)).length

test.each([unavailable, { kind: 'envelope', status: 401, code: 21119 } as const])(
  'wait: a cluster that is hopeless ends it in seconds, although the job is not read any more: %o',
  async fault => {
    await using cloud = await startSimulator({ variants: { droppedCluster: 'DELETED' } })
    const { jobId } = startBackup(cloud, { durationSeconds: times })
    const cluster = Object.assign(cloud.world.cluster('staging'), { status: 'DELETED' })
    const { clusterId } = cluster
    // Once the id has been looked up.
    const when = () => readsOf(cloud, clusterId) > 1
    cloud.faults.inject({ operation: 'describeJob', times, when, fault })
    const inputs = { 'job-id': jobId, 'target-cluster': clusterId }
    const { ended, error, time } = await runIn(cloud, 'wait', inputs, { timeout: 7_200_000 })
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(error).toBe(`Cluster ${clusterId} is DELETED and will not become RUNNING by itself.`)
    expect(readsOf(cloud, jobId)).toBeGreaterThan(1)
    expect(time).toBeLessThanOrEqual(5_000)
  },
)

test('restore-cluster: a new cluster that is hopeless ends it, failed, although the job cannot be read', async () => {
  await using cloud = await startSimulator({ variants: { droppedCluster: 'DELETED' } })
  const { clusterId, world } = cloud
  cloud.world.scriptStates('pr-42', [
    [0, 'CREATING'],
    [5, 'DELETED'],
  ])
  cloud.faults.inject({ operation: 'describeJob', times, fault: unavailable })
  const { ended, error, time } = await runIn(
    cloud,
    'restore-cluster',
    {
      'cluster-id': clusterId,
      'backup-id': world.addBackup({ clusterId }).backupId,
      'target-cluster': 'pr-42',
    },
    { timeout: 7_200_000 },
  )
  expect(ended).toBeInstanceOf(OperationFailed)
  expect(error).toContain(`is DELETED and will not become RUNNING by itself.`)
  expect(time).toBeLessThan(90_000)
})

test('wait: a job that nothing is read of for long does not keep the others from being read', async () => {
  await using cloud = await startSimulator()
  const hidden = startBackup(cloud, { durationSeconds: 1 }).jobId
  const other = startBackup(cloud, { durationSeconds: 100 }).jobId
  const isOver = () => cloud.world.jobStatus(other) === 'SUCCESSFUL' && readsOf(cloud, other) > 1
  const when = ({ path }: { path: string }) => path.endsWith(hidden) && !isOver()
  cloud.faults.inject({ operation: 'describeJob', times, when, fault: unavailable })
  const { ended, reported, time } = await runIn(
    cloud,
    'wait',
    { 'job-id': `${hidden}, ${other}` },
    { timeout: 7_200_000 },
  )
  expect(ended).toBe('succeeded')
  expect(time).toBeLessThan(600_000)
  const at = (end: string) => reported.findIndex(one => one.endsWith(end))
  const trouble = `Could not read job ${hidden}: the service or its gateway failed`
  expect(at(`s  job ${hidden} not readable (${trouble})`)).toBeGreaterThan(-1)
  expect(at(`s  job ${hidden} SUCCESSFUL`)).toBeGreaterThan(at(`%  job ${other} IN_PROGRESS`))
  expect(at(`%  job ${other} IN_PROGRESS`)).toBeGreaterThan(-1)
})

test('wait: of two, one that is never read again leaves the step to its timeout, which names it alone', async () => {
  await using cloud = await startSimulator()
  const hidden = startBackup(cloud, { durationSeconds: 1 }).jobId
  const other = startBackup(cloud, { durationSeconds: 100 }).jobId
  const when = ({ path }: { path: string }) => path.endsWith(hidden)
  cloud.faults.inject({ operation: 'describeJob', times, when, fault: unavailable })
  const { error, reported } = await runIn(cloud, 'wait', { 'job-id': `${hidden}, ${other}` })
  expect(error).toMatch(/^Timed out after 10m: /)
  expect(error).toContain(hidden)
  expect(error).not.toContain(other)
  expect(error).toContain('HTTP 503')
  expect(reported.join('\n')).toContain(`  job ${other} SUCCESSFUL\n`)
})
