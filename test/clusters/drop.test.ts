import { expect, test, vi } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import {
  clustersNamed,
  drop,
  isDeletingOrGone,
  retryWhileBusy,
  waitUntilNameIsFree,
} from '../../src/clusters/drop.ts'
import { OperationFailed } from '../../src/step.ts'
import { TimedOut } from '../../src/waiting/poll.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const pace = { pollInterval: 15_000 }

const drops = (cloud: Simulator) =>
  cloud.requests.filter(({ operationId }) => operationId === 'dropCluster').length

/** Lets the service show a cluster in that state, a number of times. */
function show(cloud: Simulator, status: string, times: number) {
  const edit = (answer: { data: object }) => ({ ...answer, data: { ...answer.data, status } })
  cloud.faults.inject({ operation: 'describeCluster', times, fault: { kind: 'edit', edit } })
}

const refusing = { kind: 'envelope', status: 200, code: 40003, message: 'wrong state' } as const

test.each(['DELETED', 'gone'] as const)(
  'a cluster is dropped, and a read shows it: %s',
  async droppedCluster => {
    await using cloud = await startSimulator({ variants: { droppedCluster } })
    expect(await drop(stepIn(cloud).step, cloud.clusterId, pace)).toBe('dropped')
    expect(drops(cloud)).toBe(1)
    expect(isDeletingOrGone(cloud.world.cluster(cloud.clusterId).status)).toBe(true)
  },
)

test('it is not called dropped before a read shows it', async () => {
  await using cloud = await startSimulator({ variants: { droppedCluster: 'DELETED' } })
  show(cloud, 'RUNNING', 3)
  const { step, time } = stepIn(cloud)
  expect(await drop(step, cloud.clusterId, pace)).toBe('dropped')
  expect(time()).toBe(1_500)
  show(cloud, 'RUNNING', Number.POSITIVE_INFINITY)
  const other = cloud.world.addCluster()
  await expect(drop(stepIn(cloud, 30_000).step, other.clusterId, pace)).rejects.toThrow(
    new TimedOut(`The time is over: cluster ${other.clusterId} was dropped but still shows RUNNING.`),
  )
})

test('what is gone already was not dropped by this step', async () => {
  await using cloud = await startSimulator()
  const { step } = stepIn(cloud)
  await drop(step, cloud.clusterId, pace)
  vi.setSystemTime(Date.now() + 60_000)
  expect(await drop(step, cloud.clusterId, pace)).toBe('gone')
})

test('a drop whose answer is lost is repeated, and what the cluster is then decides', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'dropCluster', applied: true, fault: { kind: 'reset' } })
  await drop(stepIn(cloud).step, cloud.clusterId, pace)
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
])('a cluster that is %s is waited for, then asked again', async status => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'dropCluster', fault: refusing })
  show(cloud, status, 3)
  const { step, told, time } = stepIn(cloud)
  expect(await drop(step, cloud.clusterId, pace)).toBe('dropped')
  expect(drops(cloud)).toBe(2)
  expect(told[0]).toBe(
    `Cluster ${cloud.clusterId} is ${status} and refuses this for now. Waiting for it to settle.`,
  )
  expect(time()).toBeGreaterThanOrEqual(2_000)
})

test.each(['RUNNING', 'SUSPENDED', 'FROZEN', 'ABNORMAL'])(
  'a refusal of a cluster that is %s is not repeated for long, and tells the state',
  async status => {
    await using cloud = await startSimulator()
    cloud.faults.inject({ operation: 'dropCluster', times: 9, fault: refusing })
    show(cloud, status, 9)
    const error = await drop(stepIn(cloud).step, cloud.clusterId, pace).catch(thrown => thrown)
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.message).toContain('"wrong state"')
    expect(error.message).toMatch(new RegExp(` Cluster ${cloud.clusterId} is ${status}\\.$`))
    // RUNNING does not refuse: it may have settled between the refusal and the look, so it is asked once more.
    expect(drops(cloud)).toBe(status === 'RUNNING' ? 2 : 1)
  },
)

test('a change that does not end is told when the time is over', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'dropCluster', times: 9, fault: refusing })
  show(cloud, 'UPGRADING', Number.POSITIVE_INFINITY)
  await expect(drop(stepIn(cloud, 60_000).step, cloud.clusterId, pace)).rejects.toThrow(
    new TimedOut(`The time is over: cluster ${cloud.clusterId} is still UPGRADING.`),
  )
})

test.each([21119, 96016])('a refusal for the key (%d) is told as it is, without a look', async code => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'dropCluster', times: 9, fault: { ...refusing, code } })
  await expect(drop(stepIn(cloud).step, cloud.clusterId, pace)).rejects.toThrow(ApiError)
  expect(cloud.requests).toHaveLength(1)
})

test('when the state cannot be read either, the first refusal is told', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({
    operation: 'describeCluster',
    times: 9,
    fault: { kind: 'envelope', status: 403, code: 96016 },
  })
  const refused = new ApiError('do it', { status: 200, code: 40003 })
  await expect(
    retryWhileBusy(stepIn(cloud).step, cloud.clusterId, pace, () => Promise.reject(refused)),
  ).rejects.toMatchObject({ cause: refused, message: expect.stringContaining(refused.message) })
})

test('a name is free when no cluster has it, a DELETED one aside', async () => {
  await using cloud = await startSimulator({
    variants: { droppedCluster: 'DELETED', clusterProjectFilter: false },
  })
  const { clusterId } = cloud.world.cluster('staging')
  const { step, time } = stepIn(cloud)
  expect(await clustersNamed(step, 'staging', cloud.projectId)).toMatchObject([{ clusterId }])
  expect(await clustersNamed(step, 'staging', 'proj-other')).toEqual([])
  await expect(
    waitUntilNameIsFree(stepIn(cloud, 20_000).step, 'staging', cloud.projectId, pace),
  ).rejects.toThrow(`The time is over: the name is still held by ${clusterId} (RUNNING).`)
  await drop(step, clusterId, pace)
  const before = time()
  await waitUntilNameIsFree(step, 'staging', cloud.projectId, pace)
  expect(time() - before).toBeGreaterThan(0)
  expect(await clustersNamed(step, 'staging', cloud.projectId)).toEqual([])
})

test.each([
  ['GONE', true],
  ['DELETING', true],
  ['DELETED', true],
  ['RUNNING', false],
  ['SUSPENDING', false],
])('%s means that a drop has been taken: %s', (state, going) => {
  expect(isDeletingOrGone(state)).toBe(going)
})
