/** A target that the list shows otherwise than its description does. */
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { describeTarget } from '../../src/clusters/described-target.ts'
import { OperationFailed } from '../../src/errors.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const nothing = 'nothing is restored into it'

/** The cluster that the list calls `staging`, described with these fields. */
function describedWith(cloud: Simulator, more: object, protectedClusters: readonly string[] = []) {
  const edit = ({ data, ...envelope }: { data: object }) => ({ ...envelope, data: { ...data, ...more } })
  cloud.faults.inject({ operation: 'describeCluster', fault: { kind: 'edit', edit } })
  const target = { cluster: 'staging', projectId: cloud.projectId }
  return describeTarget(stepIn(cloud).step, target, { protectedClusters, nothing })
}

test.each<[string, object, string[], string]>([
  ['protected', { clusterName: 'live' }, ['live', 'production'], 'is one of protected-clusters'],
  ['another name', { clusterName: 'live' }, [], 'was chosen by the name "staging", but its name is "live"'],
  [
    'another project',
    { projectId: 'proj-other' },
    [],
    'was chosen in project <project>, but it is in project proj-other',
  ],
])('%s: nothing is done with it', async (_, more, protectedClusters, why) => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud.world.cluster('staging')
  await expect(describedWith(cloud, more, protectedClusters)).rejects.toThrow(
    new OperationFailed(`Cluster ${clusterId} ${why.replace('<project>', cloud.projectId)}: ${nothing}.`),
  )
})
