import type { Simulator } from '../../simulator/index.ts'
import { clusterList, dropping, type Fixture, oneCluster, type Scenario } from './fixture.ts'

export const deleting: readonly Scenario[] = [
  {
    name: 'delete-cluster by name',
    targets: [
      { name: 'search by name', request: 'read', of: 'cluster', list: true },
      { name: 'description', request: 'read', of: 'cluster', dropped: true },
      { name: 'description before', request: 'read', of: 'cluster', dropped: true },
      { name: 'DELETE', request: 'delete', of: 'cluster' },
      { name: 'confirming read', request: 'read', of: 'cluster', dropped: true },
    ],
    open: cloud => deletion(cloud, 'to-delete'),
  },
  {
    name: 'delete-cluster by id',
    targets: [
      { name: 'first read', request: 'read', of: 'cluster', dropped: true },
      { name: 'description', request: 'read', of: 'cluster', dropped: true },
      { name: 'description before', request: 'read', of: 'cluster', dropped: true },
      { name: 'DELETE', request: 'delete', of: 'cluster' },
      { name: 'confirming read', request: 'read', of: 'cluster', dropped: true },
    ],
    open: cloud => deletion(cloud, undefined),
  },
  {
    name: 'delete-cluster of what is not there',
    targets: [{ name: 'search by name', request: 'read', of: 'cluster', list: true }],
    open: ({ world }) => ({
      inputs: { operation: 'delete-cluster', 'target-cluster': 'never-was' },
      matchers: { 'search by name': clusterList },
      keep: ['never-was'],
      passwords: [],
      missing: ({ status }) =>
        status === 'skipped' && world.clusters.every(cluster => cluster.status === 'RUNNING')
          ? []
          : ['it is not skipped'],
    }),
  },
]

export function deletion(
  { world, projectId }: Simulator,
  name: string | undefined,
  more: Record<string, string> = {},
): Fixture {
  const { clusterId } = world.addCluster({
    clusterName: 'to-delete',
    projectId,
    createdAt: world.now() - 86_400_000,
  })
  const others = world.clusters.length
  // The id itself is read once more, to see whether it is one.
  const byId = name === undefined ? 1 : 0
  return {
    inputs: { operation: 'delete-cluster', 'target-cluster': name ?? clusterId, ...more },
    matchers: {
      'search by name': clusterList,
      'first read': oneCluster(clusterId),
      description: { ...oneCluster(clusterId), skip: byId },
      'description before': { ...oneCluster(clusterId), skip: byId + 1 },
      DELETE: dropping(clusterId),
      'confirming read': { ...oneCluster(clusterId), skip: byId + 2 },
    },
    keep: ['to-delete'],
    passwords: [],
    missing({ status, unexpected }) {
      // A cluster that the service left out of the list, or said to be gone.
      if (unexpected && ['skipped', 'succeeded'].includes(status)) return []
      const gone = ['DELETING', 'DELETED'].includes(world.cluster(clusterId).status)
      const left = world.clusters.filter(({ status }) => status === 'RUNNING').length
      return [
        ...(gone ? [] : ['the cluster is still there']),
        ...(left === others - 1 ? [] : ['another cluster is gone']),
      ]
    },
  }
}
