import { expect, test, vi } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { isDeletingOrGone } from '../../src/clusters/busy.ts'
import { type DropRule, drop, waitUntilNameIsFree } from '../../src/clusters/drop.ts'
import { clustersNamed } from '../../src/clusters/named.ts'
import { OperationFailed, TimedOut } from '../../src/errors.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const options = { pollInterval: 15_000 }

const rule = (clusterId: string): DropRule => ({ clusterId, protectedClusters: [] })

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
    expect(await drop(stepIn(cloud).step, rule(cloud.clusterId), options)).toBe('dropped')
    expect(drops(cloud)).toBe(1)
    expect(isDeletingOrGone(cloud.world.cluster(cloud.clusterId).status)).toBe(true)
  },
)

test('it is not called dropped before a read shows it', async () => {
  await using cloud = await startSimulator({ variants: { droppedCluster: 'DELETED' } })
  // The first description is the one right before the drop.
  show(cloud, 'RUNNING', 4)
  const { step, time } = stepIn(cloud)
  expect(await drop(step, rule(cloud.clusterId), options)).toBe('dropped')
  expect(time()).toBe(1_620)
  show(cloud, 'RUNNING', Number.POSITIVE_INFINITY)
  const other = cloud.world.addCluster()
  await expect(drop(stepIn(cloud, 30_000).step, rule(other.clusterId), options)).rejects.toThrow(
    new TimedOut({
      what: `Timed out after 30s: cluster ${other.clusterId} was dropped but still shows RUNNING.`,
      stake: `Cluster ${other.clusterId} may be dropped anyway.`,
    }),
  )
})

test('what is gone already was not dropped by this step', async () => {
  await using cloud = await startSimulator()
  const { step } = stepIn(cloud)
  await drop(step, rule(cloud.clusterId), options)
  vi.setSystemTime(Date.now() + 60_000)
  expect(await drop(step, rule(cloud.clusterId), options)).toBe('gone')
  expect(drops(cloud)).toBe(1)
  const { clusterId } = cloud.world.addCluster({ status: 'DELETING' })
  expect(await drop(step, rule(clusterId), options)).toBe('deleting')
  expect(drops(cloud)).toBe(1)
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
  show(cloud, status, 4)
  const { step, reported, time } = stepIn(cloud)
  expect(await drop(step, rule(cloud.clusterId), options)).toBe('dropped')
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
    const error = await drop(stepIn(cloud).step, rule(cloud.clusterId), options).catch(thrown => thrown)
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.message).toMatch(
      new RegExp(` Cluster ${cloud.clusterId} is ${status}\\. .* \\("wrong state", HTTP 200, code \\d+, `),
    )
    // RUNNING does not refuse: it may have settled between the refusal and the read, so it is sent once more.
    expect(drops(cloud)).toBe(status === 'RUNNING' ? 2 : 1)
  },
)

test('a busy state that does not end is reported when the step times out', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'dropCluster', times: 9, fault: refusing })
  show(cloud, 'UPGRADING', Number.POSITIVE_INFINITY)
  await expect(drop(stepIn(cloud, 60_000).step, rule(cloud.clusterId), options)).rejects.toThrow(
    new TimedOut(`Timed out after 1m: cluster ${cloud.clusterId} is still UPGRADING.`),
  )
})

test.each([21119, 96016])(
  'a refusal for the key (%d) is the error as it is, without a read after it',
  async code => {
    await using cloud = await startSimulator()
    cloud.faults.inject({ operation: 'dropCluster', times: 9, fault: { ...refusing, code } })
    await expect(drop(stepIn(cloud).step, rule(cloud.clusterId), options)).rejects.toThrow(ApiError)
    expect(cloud.requests.map(({ operationId }) => operationId)).toEqual(['describeCluster', 'dropCluster'])
  },
)

test('a name is free when no cluster has it, a DELETED one aside', async () => {
  await using cloud = await startSimulator({
    variants: { droppedCluster: 'DELETED', clusterProjectFilter: false },
  })
  const { clusterId } = cloud.world.cluster('staging')
  const { step, time } = stepIn(cloud)
  expect(await clustersNamed(step, 'staging', cloud.projectId)).toMatchObject([{ clusterId }])
  expect(await clustersNamed(step, 'staging', 'proj-other')).toEqual([])
  const name = { clusterName: 'staging', projectId: cloud.projectId, ...options }
  await expect(waitUntilNameIsFree(stepIn(cloud, 20_000).step, name, [clusterId])).rejects.toThrow(
    `Timed out after 20s: the name is still used by ${clusterId} (RUNNING).`,
  )
  await drop(step, rule(clusterId), options)
  const before = time()
  await waitUntilNameIsFree(step, name, [clusterId])
  expect(time() - before).toBeGreaterThan(0)
  expect(await clustersNamed(step, 'staging', cloud.projectId)).toEqual([])
})

test('another cluster that holds the name and is not on its way out ends the wait at once ("Look again")', async () => {
  await using cloud = await startSimulator()
  const common = { clusterName: 'copy', projectId: cloud.projectId }
  const old = cloud.world.addCluster({ ...common, status: 'DELETING' })
  const other = cloud.world.addCluster(common)
  const { step, time } = stepIn(cloud)
  await expect(waitUntilNameIsFree(step, { ...common, ...options }, [old.clusterId])).rejects.toThrow(
    new OperationFailed(
      `The name "copy" was taken meanwhile by another cluster: ${other.clusterId} (RUNNING). It is not waited for.`,
    ),
  )
  expect(time()).toBe(0)
})

test('another one that is on its way out is waited for', async () => {
  await using cloud = await startSimulator()
  const common = { clusterName: 'copy', projectId: cloud.projectId }
  const other = cloud.world.addCluster({ ...common, status: 'DELETING' })
  cloud.world.scriptStates(other.clusterId, [[10, 'DELETED']])
  const { step, time } = stepIn(cloud)
  await waitUntilNameIsFree(step, { ...common, ...options }, ['in01-old'])
  expect(time()).toBeGreaterThanOrEqual(10_000)
})
