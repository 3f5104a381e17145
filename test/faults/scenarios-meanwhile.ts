/** Something changes while the step runs, or the list shows what is gone. */
import type { Cluster, Simulator } from '../../simulator/index.ts'
import {
  backupPage,
  clusterList,
  createBackup,
  type Fixture,
  meanwhile,
  missingBackup,
  oneCluster,
  restoreCluster,
  type Scenario,
  type Target,
} from './fixture.ts'
import { deletion } from './scenarios-dropping.ts'
import { restore } from './scenarios-making.ts'

const lastLook: readonly Target[] = [
  { name: 'description before', request: 'read', of: 'cluster', dropped: true },
]

const rename = (cluster: Cluster) => {
  cluster.clusterName = 'precious'
}
const move = (cluster: Cluster) => {
  cluster.shown = { projectId: 'proj-0000000000000000000000' }
}

const noDrop = (why: string) => [`it succeeded, although the cluster ${why}`]

function deleteChanged(
  cloud: Simulator,
  { name, more, change }: { name?: string; more: Record<string, string>; change: (cluster: Cluster) => void },
): Fixture {
  const fixture = deletion(cloud, name, more)
  const cluster = cloud.world.cluster('to-delete')
  const { 'description before': last = oneCluster(cluster.clusterId) } = fixture.matchers
  meanwhile(cloud, last, () => change(cluster))
  return {
    ...fixture,
    keep: ['to-delete', 'precious'],
    others: () => [cluster.clusterId],
    // A service that says that it is gone cannot be disproved.
    missing: ({ status, unexpected }) =>
      unexpected && ['skipped', 'succeeded'].includes(status) ? [] : noDrop('has changed'),
  }
}

function replaceChanged(cloud: Simulator, change: (cluster: Cluster) => void): Fixture {
  const old = cloud.world.addCluster({
    clusterName: 'restored',
    projectId: cloud.projectId,
    createdAt: cloud.world.now() - 86_400_000,
  })
  const last = { ...oneCluster(old.clusterId), skip: 1 }
  meanwhile(cloud, last, () => change(old))
  const fixture = restore(cloud, { 'if-exists': 'replace' }, old.clusterId)
  return {
    ...fixture,
    matchers: { 'description before': last },
    others: () => [old.clusterId],
    missing: end => (end.unexpected ? [] : noDrop('has changed')),
  }
}

const changed = (name: string, open: Scenario['open']): Scenario => ({
  name,
  few: true,
  ends: 'badly',
  targets: lastLook,
  open,
})

const changedTargets: readonly Scenario[] = [
  changed('delete-cluster of one that is renamed meanwhile', cloud =>
    deleteChanged(cloud, { name: 'to-delete', more: {}, change: rename }),
  ),
  changed('delete-cluster of one that moves meanwhile', cloud =>
    deleteChanged(cloud, {
      name: 'to-delete',
      more: { 'target-project-id': cloud.projectId },
      change: move,
    }),
  ),
  changed('delete-cluster of one that is protected meanwhile', cloud =>
    deleteChanged(cloud, { more: { 'protected-clusters': 'Precious' }, change: rename }),
  ),
  changed('restore-cluster that replaces what is renamed meanwhile', cloud => replaceChanged(cloud, rename)),
  changed('restore-cluster that replaces what moves meanwhile', cloud => replaceChanged(cloud, move)),
]

const automatic: readonly Scenario[] = [
  {
    name: 'create-backup while an automatic one begins',
    few: true,
    busy: true,
    targets: [
      { name: 'POST', request: 'start', of: 'cluster' },
      { name: 'list after', request: 'read', of: 'backup', list: true },
    ],
    open: cloud => withAutomatic(cloud, 'POST'),
  },
  {
    name: 'create-backup before an automatic one',
    few: true,
    targets: [{ name: 'POST', request: 'start', of: 'cluster' }],
    open: cloud => withAutomatic(cloud, 'list after'),
  },
]

function withAutomatic(cloud: Simulator, moment: 'POST' | 'list after'): Fixture {
  const { world, clusterId } = cloud
  const matchers = { POST: createBackup, 'list after': { ...backupPage(1), skip: 1 } }
  meanwhile(cloud, matchers[moment], () => world.startAutomaticBackup(clusterId))
  const ofMethod = (wanted: string) => world.backups.filter(one => one.creationMethod === wanted)
  return {
    inputs: { operation: 'create-backup', 'cluster-id': clusterId },
    matchers,
    keep: [],
    passwords: [],
    others: () => ofMethod('AUTO').map(({ backupId }) => backupId),
    missing({ outputs, at }) {
      const [made] = ofMethod('MANUAL')
      const other = made?.backupId === outputs.backupId ? [] : [`backupId is ${outputs.backupId}`]
      return [...other, ...missingBackup(made, at)]
    },
  }
}

const sibling: Scenario = {
  name: 'restore-cluster while another makes one of that name',
  few: true,
  ends: 'badly',
  targets: [{ name: 'second POST', request: 'start', of: 'backup' }],
  open(cloud) {
    const { world, projectId } = cloud
    const ids: string[] = []
    // The first POST is met by load, so that the other cluster is older than the second one.
    meanwhile(cloud, restoreCluster, () => {
      ids.push(world.addCluster({ clusterName: 'restored', projectId }).clusterId)
    })
    const fault = { kind: 'gateway', status: 429, retryAfter: 12 } as const
    cloud.faults.inject({ operation: 'restoreCluster', fault })
    return {
      ...restore(cloud, { 'delete-after-job': 'true' }),
      matchers: { 'second POST': { ...restoreCluster, skip: 1 } },
      others: () => ids,
      post: true,
    }
  },
}

const listedOnly = { name: 'search by name', request: 'read', of: 'cluster', list: true } as const

const ghosts: readonly Scenario[] = [
  {
    name: 'delete-cluster of one that is gone and still listed',
    few: true,
    targets: [
      listedOnly,
      { name: 'description', request: 'read', of: 'cluster', dropped: true, notFound: 'well' },
    ],
    open(cloud) {
      const fixture = deletion(cloud, 'to-delete')
      const cluster = cloud.world.cluster('to-delete')
      Object.assign(cluster, { status: 'DELETED', listed: { status: 'RUNNING' } })
      return { ...fixture, missing: ({ status }) => (status === 'skipped' ? [] : [`it is ${status}`]) }
    },
  },
  {
    name: 'restore-cluster that replaces one that is gone and still listed',
    few: true,
    targets: [listedOnly, { name: 'POST', request: 'start', of: 'backup' }],
    open(cloud) {
      const old = cloud.world.addCluster({
        clusterName: 'restored',
        projectId: cloud.projectId,
        createdAt: cloud.world.now() - 86_400_000,
        status: 'DELETED',
        listed: { status: 'RUNNING' },
      })
      meanwhile(cloud, { ...clusterList, skip: 3 }, () => {
        old.listed = 'missing'
      })
      return restore(cloud, { 'if-exists': 'replace' }, old.clusterId)
    },
  },
]

export const changing: readonly Scenario[] = [...changedTargets, ...automatic, sibling, ...ghosts]
