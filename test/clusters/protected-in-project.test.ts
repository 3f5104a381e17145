/** `protected-clusters` reads one more list, of all clusters; what is chosen must not depend on it. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { OperationFailed } from '../../src/errors.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

/** Lists that do not tell the project of a cluster: only the filter of the service does. */
const variants = { listOmits: ['projectId'] }

/** Clusters of one name in the project of the source and in another. */
function addBoth({ world, projectId }: Simulator, clusterName: string) {
  const other = world.addProject().projectId
  // The older one comes last in the list.
  return {
    other: world.addCluster({ clusterName, projectId: other }),
    own: world.addCluster({ clusterName, projectId }),
  }
}

const guards: Inputs[] = [{}, { 'protected-clusters': 'production' }, { 'protected-clusters': 'nowhere' }]

describe.each(guards)('with %o', guard => {
  test('delete-cluster drops the one of the project', async () => {
    await using cloud = await startSimulator({ variants })
    const { own, other } = addBoth(cloud, 'pr-42')
    const { ended, error } = await runIn(cloud, 'delete-cluster', {
      'target-cluster': 'pr-42',
      'target-project-id': cloud.projectId,
      ...guard,
    })
    expect([ended, error]).toEqual(['succeeded', ''])
    expect(own.status).toMatch(/^DELET/)
    expect(other.status).toBe('RUNNING')
  })

  test('delete-cluster drops none where only another project has the name', async () => {
    await using cloud = await startSimulator({ variants })
    const { own, other } = addBoth(cloud, 'pr-42')
    own.status = 'DELETED'
    const { ended, changes } = await runIn(cloud, 'delete-cluster', {
      'target-cluster': 'pr-42',
      'target-project-id': cloud.projectId,
      ...guard,
    })
    expect([ended, changes]).toEqual(['skipped', []])
    expect(other.status).toBe('RUNNING')
  })

  test('restore-cluster replaces the one of the project', async () => {
    await using cloud = await startSimulator({ variants })
    const { own, other } = addBoth(cloud, 'pr-42')
    const { ended, error, changes } = await replace(cloud, guard)
    expect([ended, error]).toEqual(['succeeded', ''])
    expect(changes).toEqual(['dropCluster', 'restoreCluster'])
    expect(own.status).toMatch(/^DELET/)
    expect(other.status).toBe('RUNNING')
  })

  test('restore-cluster replaces none where only another project has the name', async () => {
    await using cloud = await startSimulator({ variants })
    const { own, other } = addBoth(cloud, 'pr-42')
    own.status = 'DELETED'
    const { ended, error, changes } = await replace(cloud, guard)
    expect([ended, error]).toEqual(['succeeded', ''])
    expect(changes).toEqual(['restoreCluster'])
    expect(other.status).toBe('RUNNING')
  })
})

function replace(cloud: Simulator, guard: Inputs) {
  const { clusterId, world, projectId } = cloud
  return runIn(cloud, 'restore-cluster', {
    'cluster-id': clusterId,
    'backup-id': world.addBackup({ clusterId }).backupId,
    'target-cluster': 'pr-42',
    'target-project-id': projectId,
    'if-exists': 'replace',
    ...guard,
  })
}

test.each(guards)(
  'a service that does not filter by project: nothing of another one is dropped, %o',
  async guard => {
    await using cloud = await startSimulator({ variants: { ...variants, clusterProjectFilter: false } })
    const { own, other } = addBoth(cloud, 'pr-42')
    own.status = 'DELETED'
    const { ended, changes } = await replace(cloud, guard)
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(changes).toEqual([])
    const target = { 'target-cluster': 'pr-42', 'target-project-id': cloud.projectId }
    const removed = await runIn(cloud, 'delete-cluster', { ...target, ...guard })
    expect(removed.ended).toBeInstanceOf(OperationFailed)
    expect(removed.changes).toEqual([])
    expect(other.status).toBe('RUNNING')
  },
)

test('the notice of entries that are unknown looks at all projects', async () => {
  await using cloud = await startSimulator({ variants })
  const { world, projectId } = cloud
  world.addCluster({ clusterName: 'elsewhere', projectId: world.addProject().projectId })
  world.addCluster({ clusterName: 'pr-42', projectId })
  const { reported } = await runIn(cloud, 'delete-cluster', {
    'target-cluster': 'pr-42',
    'target-project-id': projectId,
    'protected-clusters': 'elsewhere, nowhere',
  })
  expect(reported).toContain('protected-clusters: not among the clusters that this key can see: "nowhere".')
})
