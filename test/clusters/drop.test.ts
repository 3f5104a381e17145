import { expect, test, vi } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { isDeletingOrGone } from '../../src/clusters/busy.ts'
import { drop, waitUntilNameIsFree } from '../../src/clusters/drop.ts'
import { clustersNamed } from '../../src/clusters/find.ts'
import { OperationFailed, TimedOut } from '../../src/errors.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const options = { pollInterval: 15_000 }

const drops = (cloud: Simulator) =>
  cloud.requests.filter(({ operationId }) => operationId === 'dropCluster').length

/** Lets the service show a cluster in that state, a number of times. */
function show(cloud: Simulator, status: string, times: number) {
  const edit = (response: { data: object }) => ({ ...response, data: { ...response.data, status } })
  cloud.faults.inject({ operation: 'describeCluster', times, fault: { kind: 'edit', edit } })
}

const refusing = { kind: 'envelope', status: 200, code: 40003, message: 'wrong state' } as const

test.each(['DELETED', 'gone'] as const)(
  'a cluster is dropped, and a read shows it: %s',
  async droppedCluster => {
    await using cloud = await startSimulator({ variants: { droppedCluster } })
    expect(await drop(stepIn(cloud).step, cloud.clusterId, options)).toBe('dropped')
    expect(drops(cloud)).toBe(1)
    expect(isDeletingOrGone(cloud.world.cluster(cloud.clusterId).status)).toBe(true)
  },
)

test('it is not called dropped before a read shows it', async () => {
  await using cloud = await startSimulator({ variants: { droppedCluster: 'DELETED' } })
  show(cloud, 'RUNNING', 3)
  const { step, time } = stepIn(cloud)
  expect(await drop(step, cloud.clusterId, options)).toBe('dropped')
  expect(time()).toBe(1_500)
  show(cloud, 'RUNNING', Number.POSITIVE_INFINITY)
  const other = cloud.world.addCluster()
  await expect(drop(stepIn(cloud, 30_000).step, other.clusterId, options)).rejects.toThrow(
    new TimedOut(`Timed out after 30s: cluster ${other.clusterId} was dropped but still shows RUNNING.`),
  )
})

test('what is gone already was not dropped by this step', async () => {
  await using cloud = await startSimulator()
  const { step } = stepIn(cloud)
  await drop(step, cloud.clusterId, options)
  vi.setSystemTime(Date.now() + 60_000)
  expect(await drop(step, cloud.clusterId, options)).toBe('gone')
})

test('a drop whose response is lost is sent again, and the state of the cluster then decides', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'dropCluster', applied: true, fault: { kind: 'reset' } })
  await drop(stepIn(cloud).step, cloud.clusterId, options)
  expect(isDeletingOrGone(cloud.world.cluster(cloud.clusterId).status)).toBe(true)
})

test.each([
  'CREATING',
  'RESTORE_BACKUP',
  'MODIFYING',
  'RESIZING',
  'UPGRADING',
  'MIGRATING',
  'RESUMING',
  'WRITING_OPERATION',
  'SET_PRIVATE_LINK',
])('a cluster that is %s is waited for, then the drop is sent again', async status => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'dropCluster', fault: refusing })
  show(cloud, status, 3)
  const { step, reported, time } = stepIn(cloud)
  expect(await drop(step, cloud.clusterId, options)).toBe('dropped')
  expect(drops(cloud)).toBe(2)
  expect(reported[0]).toBe(
    `Cluster ${cloud.clusterId} is ${status} and refuses this for now. Waiting until it accepts changes.`,
  )
  expect(time()).toBeGreaterThanOrEqual(2_000)
})

test.each(['RUNNING', 'SUSPENDED', 'FROZEN', 'ABNORMAL'])(
  'a refusal of a cluster that is %s is not retried for long, and names the state',
  async status => {
    await using cloud = await startSimulator()
    cloud.faults.inject({ operation: 'dropCluster', times: 9, fault: refusing })
    show(cloud, status, 9)
    const error = await drop(stepIn(cloud).step, cloud.clusterId, options).catch(thrown => thrown)
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.message).toContain('"wrong state"')
    expect(error.message).toMatch(new RegExp(` Cluster ${cloud.clusterId} is ${status}\\.$`))
    // RUNNING does not refuse: it may have settled between the refusal and the read, so it is sent once more.
    expect(drops(cloud)).toBe(status === 'RUNNING' ? 2 : 1)
  },
)

test('a busy state that does not end is reported when the step times out', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'dropCluster', times: 9, fault: refusing })
  show(cloud, 'UPGRADING', Number.POSITIVE_INFINITY)
  await expect(drop(stepIn(cloud, 60_000).step, cloud.clusterId, options)).rejects.toThrow(
    new TimedOut(`Timed out after 1m: cluster ${cloud.clusterId} is still UPGRADING.`),
  )
})

test.each([21119, 96016])('a refusal for the key (%d) is the error as it is, without a read', async code => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'dropCluster', times: 9, fault: { ...refusing, code } })
  await expect(drop(stepIn(cloud).step, cloud.clusterId, options)).rejects.toThrow(ApiError)
  expect(cloud.requests).toHaveLength(1)
})

test('a name is free when no cluster has it, a DELETED one aside', async () => {
  await using cloud = await startSimulator({
    variants: { droppedCluster: 'DELETED', clusterProjectFilter: false },
  })
  const { clusterId } = cloud.world.cluster('staging')
  const { step, time } = stepIn(cloud)
  expect(await clustersNamed(step, 'staging', cloud.projectId)).toMatchObject([{ clusterId }])
  expect(await clustersNamed(step, 'staging', 'proj-other')).toEqual([])
  const name = { clusterName: 'staging', projectId: cloud.projectId, ...options }
  await expect(waitUntilNameIsFree(stepIn(cloud, 20_000).step, name)).rejects.toThrow(
    `Timed out after 20s: the name is still used by ${clusterId} (RUNNING).`,
  )
  await drop(step, clusterId, options)
  const before = time()
  await waitUntilNameIsFree(step, name)
  expect(time() - before).toBeGreaterThan(0)
  expect(await clustersNamed(step, 'staging', cloud.projectId)).toEqual([])
})
