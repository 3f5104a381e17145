import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { findTarget, lookUpTarget } from '../../src/clusters/find.ts'
import { OperationFailed } from '../../src/errors.ts'
import type { Step } from '../../src/step.ts'
import { openSession } from '../../src/zilliz/connection.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import { stepIn as recordingStep } from '../harness/step.ts'

type Simulator = Awaited<ReturnType<typeof startSimulator>>

function stepIn({ baseUrl, apiKey }: Simulator): Step {
  const clock = {
    now: () => 0,
    elapsed: () => 0,
    pause: () => Promise.reject(new Error('no pause expected')),
  }
  const stop = new AbortController().signal
  const session = openSession()
  const cloud = { baseUrl, apiKey, clock, deadline: 60_000, stop, log: () => {}, session }
  return { cloud, clock, deadline: 60_000 } as unknown as Step
}

const sent = (cloud: Simulator) => cloud.requests.map(({ operationId }) => operationId)

test('an id is described, without a list', async () => {
  await using cloud = await startSimulator()
  const found = await findTarget(stepIn(cloud), { cluster: cloud.clusterId })
  expect(found).toMatchObject({ clusterId: cloud.clusterId, clusterName: 'production' })
  expect(sent(cloud)).toEqual(['describeCluster'])
})

test.each([
  ['page', true],
  ['array', false],
  ['bare', false],
] as const)('a name is looked up in a list of the shape %s', async (clusterList, clusterProjectFilter) => {
  await using cloud = await startSimulator({ variants: { clusterList, clusterProjectFilter } })
  const { clusterId } = cloud.world.cluster('staging')
  expect(await findTarget(stepIn(cloud), { cluster: 'staging' })).toMatchObject({ clusterId })
  expect(sent(cloud)).toEqual(['listClusters'])
})

test('a name must be exact', async () => {
  await using cloud = await startSimulator()
  for (const cluster of ['stag', 'staging2']) {
    expect(await lookUpTarget(stepIn(cloud), { cluster })).toBeUndefined()
  }
})

test.each(['exact', 'ignore-case'] as const)(
  'what differs by case alone is an error that shows the right spelling, where ids are matched: %s ("Case")',
  async idMatch => {
    await using cloud = await startSimulator({ variants: { idMatch } })
    const { clusterId } = cloud
    for (const [cluster, right] of [
      ['Staging', 'staging'],
      [clusterId.toUpperCase(), clusterId],
    ] as const) {
      await expect(lookUpTarget(stepIn(cloud), { cluster })).rejects.toThrow(
        new OperationFailed(
          `target-cluster: there is no "${cluster}", but "${right}", which differs by case alone. Write it so.`,
        ),
      )
    }
  },
)

test('one of the exact name goes before one that differs by case alone', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud.world.addCluster({ clusterName: 'Staging', projectId: cloud.projectId })
  expect(await lookUpTarget(stepIn(cloud), { cluster: 'Staging' })).toMatchObject({ clusterId })
})

test('a list that is read names the entries of protected-clusters that are not among all clusters', async () => {
  await using cloud = await startSimulator()
  const { step, reported } = recordingStep(cloud)
  const target = { cluster: 'staging', projectId: cloud.projectId }
  await lookUpTarget(step, target, ['Production', 'scratch', 'gone', 'in01-0123456789ab'])
  expect(reported).toEqual([
    'protected-clusters: not among the clusters that this key can see: "gone", "in01-0123456789ab".',
  ])
  // The second one, of all clusters, is for the notice alone.
  expect(sent(cloud)).toEqual(['listClusters', 'listClusters'])
})

test('a cluster whose name looks like an id is found after the id', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud.world.addCluster({ clusterName: 'in99-pretender', projectId: cloud.projectId })
  expect(await findTarget(stepIn(cloud), { cluster: 'in99-pretender' })).toMatchObject({ clusterId })
})

test('a cluster named like the id of another is not taken for it', async () => {
  await using cloud = await startSimulator()
  cloud.world.addCluster({ clusterName: cloud.clusterId, projectId: cloud.projectId })
  expect(await findTarget(stepIn(cloud), { cluster: cloud.clusterId })).toMatchObject({
    clusterName: 'production',
  })
})

test('the project narrows both ways to find a cluster', async () => {
  await using cloud = await startSimulator({ variants: { clusterProjectFilter: false } })
  const sandbox = cloud.world.cluster('scratch').projectId
  const twin = cloud.world.addCluster({ clusterName: 'staging', projectId: sandbox })
  const step = stepIn(cloud)
  expect(await findTarget(step, { cluster: 'staging', projectId: sandbox })).toMatchObject({
    clusterId: twin.clusterId,
  })
  await expect(findTarget(step, { cluster: cloud.clusterId, projectId: sandbox })).rejects.toThrow(
    `target-project-id: cluster ${cloud.clusterId} is in project ${cloud.projectId}, not in project ${sandbox}, so nothing is done with it. Check target-cluster and target-project-id.`,
  )
})

test('several of one name are listed, each with its project, and none is chosen', async () => {
  await using cloud = await startSimulator()
  const first = cloud.world.cluster('staging')
  const twin = cloud.world.addCluster({ clusterName: 'staging' })
  const error = await findTarget(stepIn(cloud), { cluster: 'staging' }).catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  for (const { clusterId, projectId } of [first, twin]) {
    expect(error.message).toContain(`${clusterId} in project ${projectId}, RUNNING`)
  }
  expect(error.message).toMatch(/Give the id, or narrow it with target-project-id\.$/)
})

test('a listed DELETED cluster is not there', async () => {
  await using cloud = await startSimulator({ variants: { droppedCluster: 'DELETED' } })
  const old = cloud.world.addCluster({ clusterName: 'copy', projectId: cloud.projectId, status: 'DELETED' })
  expect(await lookUpTarget(stepIn(cloud), { cluster: 'copy' })).toBeUndefined()
  const young = cloud.world.addCluster({ clusterName: 'copy', projectId: cloud.projectId })
  expect(await lookUpTarget(stepIn(cloud), { cluster: 'copy' })).toMatchObject({ clusterId: young.clusterId })
  expect(old.clusterId).not.toBe(young.clusterId)
})

test('nothing there is an error that names what was requested, on one line', async () => {
  await using cloud = await startSimulator()
  await expect(findTarget(stepIn(cloud), { cluster: 'no\nsuch' })).rejects.toThrow(
    new OperationFailed(
      'There is no cluster with the id or name "no such" that this key can see. Check target-cluster.',
    ),
  )
})

test('where a project was given, it may be that which is wrong', async () => {
  await using cloud = await startSimulator()
  const { projectId } = cloud
  await expect(findTarget(stepIn(cloud), { cluster: 'no such', projectId })).rejects.toThrow(
    new OperationFailed(
      `There is no cluster with the id or name "no such" in project ${projectId} that this key can see. Check target-cluster and target-project-id.`,
    ),
  )
})

test('a read that is refused for the key is not taken for "not there"', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'describeCluster', fault: { kind: 'envelope', status: 200, code: 96016 } })
  await expect(lookUpTarget(stepIn(cloud), { cluster: cloud.clusterId })).rejects.toThrow(ApiError)
  cloud.faults.inject({ operation: 'listClusters', fault: { kind: 'envelope', status: 403, code: 96016 } })
  await expect(lookUpTarget(stepIn(cloud), { cluster: 'staging' })).rejects.toThrow(ApiError)
})
