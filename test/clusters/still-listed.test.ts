/** A list that still has a cluster that was dropped a moment ago. */
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

function addGhost({ world, projectId }: Simulator) {
  const listed = { status: 'RUNNING' }
  return world.addCluster({ clusterName: 'pr-42', projectId, status: 'DELETED', listed })
}

test.each([
  ['skipped', {}],
  ['planned', { 'dry-run': 'true' }],
] as const)('delete-cluster has nothing to drop: %s with %o', async (ended, more) => {
  await using cloud = await startSimulator()
  const { clusterId } = addGhost(cloud)
  const result = await runIn(cloud, 'delete-cluster', { 'target-cluster': 'pr-42', ...more })
  expect([result.ended, result.changes]).toEqual([ended, []])
  expect(result.reported).toContain(
    `Nothing to drop: cluster ${clusterId} is in the list of clusters, but cannot be found any more.`,
  )
  expect(result.reported.filter(line => line.startsWith('plan='))).toEqual(
    ended === 'planned' ? ['plan=[]'] : [],
  )
})

test.each(['fail', 'reuse', 'replace'])(
  'restore-cluster waits for its name, with if-exists: %s',
  async mode => {
    await using cloud = await startSimulator()
    const { clusterId } = cloud
    const ghost = addGhost(cloud)
    const act = () => {
      ghost.listed = {}
    }
    cloud.faults.inject({ operation: 'listClusters', skip: 2, fault: { kind: 'meanwhile', act } })
    const { backupId } = cloud.world.addBackup({ clusterId })
    const ids = { 'cluster-id': clusterId, 'backup-id': backupId, 'target-cluster': 'pr-42' }
    const { ended, changes, reported } = await runIn(cloud, 'restore-cluster', { ...ids, 'if-exists': mode })
    expect([ended, changes]).toEqual(['succeeded', ['restoreCluster']])
    expect(reported).toContain(
      `The name is used by ${ghost.clusterId}, which is on its way out. Waiting for it.`,
    )
    expect(reported).toContain('created=true')
  },
)

test.each([
  ['DELETED', 'skipped', {}],
  ['DELETING', 'skipped', {}],
  ['DELETING', 'planned', { 'dry-run': 'true' }],
] as const)(
  'delete-cluster has nothing to drop of one that is described as %s: %s with %o',
  async (...row) => {
    const [status, ended, more] = row
    await using cloud = await startSimulator({ variants: { droppedCluster: 'DELETED' } })
    const ghost = addGhost(cloud)
    ghost.status = status
    const result = await runIn(cloud, 'delete-cluster', { 'target-cluster': 'pr-42', ...more })
    expect([result.ended, result.changes]).toEqual([ended, []])
    expect(result.reported).toContain(`Nothing to drop: cluster ${ghost.clusterId} is ${status} already.`)
  },
)
