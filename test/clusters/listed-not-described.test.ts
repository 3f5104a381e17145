/** What a list shows of a cluster, and its description does not: the description decides what is dropped or adopted. */
import { describe, expect, test } from 'vitest'
import { type ClusterDraft, type Simulator, startSimulator } from '../../simulator/index.ts'
import { OperationFailed } from '../../src/errors.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const times = Number.POSITIVE_INFINITY
const notFound = { kind: 'envelope', status: 404, code: 96018 } as const

const addTarget = ({ world, projectId }: Simulator, more: ClusterDraft = {}) =>
  world.addCluster({ clusterName: 'pr-42', projectId, ...more })

const remove = (cloud: Simulator, more: Inputs = {}) =>
  runIn(cloud, 'delete-cluster', { 'target-cluster': 'pr-42', ...more })

describe('delete-cluster of one that is listed as CREATING and cannot be read', () => {
  test('waits until it can', async () => {
    await using cloud = await startSimulator()
    const { clusterId } = addTarget(cloud, { listed: { status: 'CREATING' } })
    cloud.faults.inject({ operation: 'describeCluster', times: 10, fault: notFound })
    const { ended, changes, time } = await remove(cloud)
    expect([ended, changes]).toEqual(['succeeded', ['dropCluster']])
    expect(cloud.world.cluster(clusterId).status).toMatch(/^DELET/)
    expect(time).toBeGreaterThanOrEqual(20_000)
  })

  test.each<Inputs>([{}, { 'dry-run': 'true' }])('is an error after a minute, with %o', async more => {
    await using cloud = await startSimulator()
    const { clusterId } = addTarget(cloud, { listed: { status: 'CREATING' } })
    cloud.faults.inject({ operation: 'describeCluster', times, fault: notFound })
    const { ended, error, changes, time } = await remove(cloud, more)
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(error).toBe(
      `Cluster ${clusterId} cannot be read, although the list of clusters has it as CREATING. Look at it in the console and try again.`,
    )
    expect(changes).toEqual([])
    expect(time).toBeGreaterThanOrEqual(60_000)
    expect(time).toBeLessThan(63_000)
  })

  test('has nothing to drop where the list no longer has it', async () => {
    await using cloud = await startSimulator()
    const target = addTarget(cloud, { listed: { status: 'CREATING' } })
    cloud.faults.inject({ operation: 'describeCluster', times, fault: notFound })
    const act = () => {
      target.listed = 'missing'
    }
    cloud.faults.inject({ operation: 'listClusters', skip: 3, fault: { kind: 'meanwhile', act } })
    const { ended, changes, time } = await remove(cloud)
    expect([ended, changes]).toEqual(['skipped', []])
    expect(time).toBeLessThan(20_000)
  })
})

test.each([
  ['succeeded', {}, ['dropCluster']],
  ['planned', { 'dry-run': 'true' }, []],
] as const)(
  'delete-cluster drops one that is listed as DELETING and described as RUNNING: %s with %o',
  async (...row) => {
    const [ended, more, changes] = row
    await using cloud = await startSimulator()
    const { clusterId } = addTarget(cloud, { listed: { status: 'DELETING' } })
    const result = await remove(cloud, more)
    expect([result.ended, result.changes]).toEqual([ended, changes])
    if (ended === 'planned') {
      expect(result.reported.find(line => line.startsWith('plan='))).toContain(
        `/v2/clusters/${clusterId}/drop`,
      )
    } else {
      expect(cloud.world.cluster(clusterId).status).toMatch(/^DELET/)
    }
  },
)

describe('restore-cluster whose response was lost', () => {
  /** Another cluster is made while the POST is in flight, and the service answers neither yes nor no. */
  async function restoreBeside(cloud: Simulator, draft: ClusterDraft) {
    const act = () => void addTarget(cloud, draft)
    cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'meanwhile', act } })
    cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'gateway', status: 502 } })
    const { clusterId, world } = cloud
    const result = await runIn(cloud, 'restore-cluster', {
      'cluster-id': clusterId,
      'backup-id': world.addBackup({ clusterId }).backupId,
      'target-cluster': 'pr-42',
    })
    return result
  }

  test.each<[what: string, shown: Readonly<Record<string, unknown>>]>([
    ['another name', { clusterName: 'renamed' }],
    ['another project', { clusterName: 'pr-42', projectId: 'proj-0123456789abcdef012345' }],
  ])('adopts none that is described under %s', async (_what, shown) => {
    await using cloud = await startSimulator()
    const listed = { clusterName: 'pr-42', projectId: cloud.projectId }
    // The service itself goes by the true name: the second POST is carried out.
    const result = await restoreBeside(cloud, { clusterName: 'other', shown, listed })
    const other = cloud.world.cluster('other')
    const own = cloud.world.cluster('pr-42')
    expect([result.ended, result.error]).toEqual(['succeeded', ''])
    expect(result.changes).toEqual(['restoreCluster', 'restoreCluster'])
    expect(result.reported).toContain(`clusterId=${own.clusterId}`)
    expect(result.reported).not.toContain(`clusterId=${other.clusterId}`)
  })

  test('recognizes its own that cannot be read for 40 s, in a second look', async () => {
    await using cloud = await startSimulator()
    const isUnreadable = () => cloud.world.now() < (cloud.world.clusters.at(-1)?.createdAt ?? 0) + 40_000
    const when = ({ path }: { path: string }) =>
      path.endsWith(cloud.world.cluster('pr-42').clusterId) && isUnreadable()
    const inject = () => cloud.faults.inject({ operation: 'describeCluster', times, when, fault: notFound })
    cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'meanwhile', act: inject } })
    cloud.faults.inject({
      operation: 'restoreCluster',
      applied: true,
      fault: { kind: 'gateway', status: 502 },
    })
    const { clusterId, world } = cloud
    const { ended, error, changes, reported, time } = await runIn(cloud, 'restore-cluster', {
      'cluster-id': clusterId,
      'backup-id': world.addBackup({ clusterId }).backupId,
      'target-cluster': 'pr-42',
    })
    const own = cloud.world.cluster('pr-42')
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(error).toContain(`The restore has started anyway: cluster ${own.clusterId} is`)
    expect(reported).toContain(`clusterId=${own.clusterId}`)
    expect(changes).toEqual(['restoreCluster'])
    expect(time).toBeGreaterThanOrEqual(40_000)
    expect(time).toBeLessThan(60_000)
  })
})
