/** Sweeps of clusters, with and without pull requests. */
import type { Cluster, Simulator } from '../../simulator/index.ts'
import {
  clusterList,
  dropping,
  type Fixture,
  meanwhile,
  oneCluster,
  type Scenario,
  sameIds,
  type Target,
} from './fixture.ts'

const hour = 3_600_000

const targets: readonly Target[] = [
  { name: 'list', request: 'read', of: 'cluster', list: true },
  { name: 'description before', request: 'read', of: 'cluster', dropped: true },
  { name: 'DELETE', request: 'delete', of: 'cluster' },
  { name: 'confirming read', request: 'read', of: 'cluster', dropped: true },
]

const lastLook = targets.slice(1, 2)

/** Made so many hours ago. */
function add({ world, projectId }: Simulator, clusterName: string, hours: number): Cluster {
  return world.addCluster({ clusterName, projectId, createdAt: world.now() - hours * hour })
}

/** Of two closed pull requests, of an open one, of one that nobody knows, and one that is protected. */
function sweep(cloud: Simulator, more: Record<string, string> = {}): Fixture {
  const toDrop = [add(cloud, 'shop-pr-7', 30), add(cloud, 'shop-pr-8', 20)]
  const names = ['shop-pr-9', 'shop-pr-12', 'shop-pr-13']
  for (const name of names) add(cloud, name, 10)
  const pulls = [
    { number: 7, state: 'merged' as const },
    { number: 8, state: 'closed' as const },
    { number: 9, state: 'open' as const },
    { number: 13, state: 'closed' as const },
  ]
  const inputs = { 'name-pattern': 'shop-pr-{pr}', 'protected-clusters': 'SHOP-PR-13', ...more }
  return { ...fixtureOf(cloud, toDrop, inputs), pulls }
}

function fixtureOf(
  { world, projectId }: Simulator,
  toDrop: readonly Cluster[],
  inputs: Record<string, string>,
): Fixture {
  const [{ clusterId } = { clusterId: '' }] = toDrop
  const isGone = (id: string) => ['DELETING', 'DELETED'].includes(world.cluster(id).status)
  return {
    inputs: { operation: 'prune-clusters', 'target-project-id': projectId, ...inputs },
    matchers: {
      list: clusterList,
      'pull request': { method: 'GET', path: '/pulls/8$' },
      'description before': oneCluster(clusterId),
      DELETE: dropping(clusterId),
      'confirming read': { ...oneCluster(clusterId), skip: 1 },
    },
    keep: world.clusters.map(({ clusterName }) => clusterName),
    passwords: [],
    missing({ status, outputs, unexpected }) {
      const reported: string[] = JSON.parse(outputs.deletedClusterIds ?? '[]')
      const ids = toDrop.map(one => one.clusterId)
      return [
        ...(status === 'succeeded' ? [] : [`it is ${status}`]),
        // A cluster that the service left out of the list, or said to be gone.
        ...(unexpected ? [] : ids.filter(id => !isGone(id)).map(id => `${id} is there`)),
        ...(unexpected || sameIds(reported, ids) ? [] : [`deletedClusterIds is ${reported}, not ${ids}`]),
      ]
    },
  }
}

const byAge = (cloud: Simulator, more: Record<string, string> = {}) => {
  const toDrop = [add(cloud, 'throw-away-1', 30), add(cloud, 'throw-away-2', 20)]
  add(cloud, 'throw-away-3', 10)
  return fixtureOf(cloud, toDrop, { 'name-pattern': 'throw-away-*', 'older-than': '15h', ...more })
}

function renamed(cloud: Simulator): Fixture {
  const fixture = byAge(cloud)
  const cluster = cloud.world.cluster('throw-away-1')
  meanwhile(cloud, oneCluster(cluster.clusterId), () => {
    cluster.clusterName = 'precious'
  })
  return {
    ...fixture,
    keep: [...fixture.keep, 'precious'],
    others: () => [cluster.clusterId],
    // A service that says that it is gone cannot be disproved.
    missing: ({ unexpected }) => (unexpected ? [] : ['it succeeded, although the cluster was renamed']),
  }
}

export const sweeping: readonly Scenario[] = [
  { name: 'prune-clusters', targets, open: cloud => sweep(cloud) },
  {
    name: 'prune-clusters, by what GitHub says',
    few: true,
    targets: [{ name: 'pull request', request: 'read', of: 'pull-request' }],
    open: cloud => sweep(cloud),
  },
  { name: 'prune-clusters by age', few: true, targets: lastLook, open: cloud => byAge(cloud) },
  {
    name: 'prune-clusters that would drop',
    few: true,
    targets: targets.slice(0, 1),
    open: cloud => ({
      ...byAge(cloud, { 'dry-run': 'true' }),
      missing: ({ status, outputs, unexpected }) => [
        ...(status === 'planned' ? [] : [`it is ${status}`]),
        ...(unexpected || JSON.parse(outputs.plan ?? '[]').length === 2
          ? []
          : [`its plan is ${outputs.plan}`]),
      ],
    }),
  },
  {
    name: 'prune-clusters of one that is renamed meanwhile',
    few: true,
    ends: 'badly',
    targets: lastLook,
    open: renamed,
  },
]
