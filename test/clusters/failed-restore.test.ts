/** What is said of the cluster of a failed restore. */
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { whatBecame } from '../../src/clusters/failed-restore.ts'
import { Cancelled } from '../../src/errors.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

/** The simulator's cluster as one that this step has made and that shows this state. */
function become(cloud: Simulator, status: string, said = '') {
  const { clusterId } = cloud
  const { step, stop } = stepIn(cloud)
  step.inProgress.created(clusterId)
  cloud.world.cluster(clusterId).shown = { status }
  return { step, stop, said: () => whatBecame(step, clusterId, said.replace('<id>', clusterId)) }
}

const costs =
  /It may stay, keep the name and cost money: .* drop it with operation: delete-cluster and target-cluster: in01-\w+\.$/

test.each(['RUNNING', 'ABNORMAL', 'CREATING'])('%s is said, with how to be rid of it', async status => {
  await using cloud = await startSimulator()
  const { step, said } = become(cloud, status)
  const sentence = await said()
  expect(sentence).toMatch(new RegExp(`^Cluster ${cloud.clusterId} is ${status}\\. `))
  expect(sentence).toMatch(costs)
  expect(step.inProgress.createdClusterId).toBe(cloud.clusterId)
})

test.each(['Cluster <id> is ABNORMAL.', 'Failed: Cluster <id>: ABNORMAL'])(
  'not again after "%s"',
  async before => {
    await using cloud = await startSimulator()
    const sentence = await become(cloud, 'ABNORMAL', before).said()
    expect(sentence).not.toContain('ABNORMAL')
    expect(sentence).toMatch(costs)
  },
)

test.each(['DELETING', 'DELETED'])('%s is nothing to be rid of', async status => {
  await using cloud = await startSimulator()
  const { step, said } = become(cloud, status)
  expect(await said()).toBe(`Cluster ${cloud.clusterId} is ${status}.`)
  expect(step.inProgress.createdClusterId).toBeUndefined()
})

test('one that is not found is gone', async () => {
  await using cloud = await startSimulator({ variants: { droppedCluster: 'gone' } })
  const { step, said } = become(cloud, 'RUNNING')
  cloud.world.cluster(cloud.clusterId).status = 'DELETED'
  expect(await said()).toBe(`Cluster ${cloud.clusterId} is gone.`)
  expect(step.inProgress.createdClusterId).toBeUndefined()
})

test('a refused read leaves open what it is, and it may be there', async () => {
  await using cloud = await startSimulator()
  const fault = { kind: 'envelope', status: 200, code: 96016 } as const
  cloud.faults.inject({ operation: 'describeCluster', fault })
  const { step, said } = become(cloud, 'RUNNING')
  const sentence = await said()
  expect(sentence).toMatch(new RegExp(`^The state of cluster ${cloud.clusterId} is not known\\. `))
  expect(sentence).toMatch(costs)
  expect(step.inProgress.createdClusterId).toBe(cloud.clusterId)
})

test('a cancel ends the step', async () => {
  await using cloud = await startSimulator()
  const { stop, said } = become(cloud, 'RUNNING')
  stop.abort(new Cancelled())
  await expect(said()).rejects.toThrow(new Cancelled())
})
