import type { Simulator } from '../../simulator/index.ts'
import {
  anyBackup,
  backupPage,
  clusterList,
  createBackup,
  dropping,
  type Fixture,
  job,
  missingBackup,
  missingCluster,
  oneCluster,
  restoreCollection,
  type Scenario,
  type Target,
  tick,
  unfinishedJobs,
} from './fixture.ts'

export const waiting: readonly Scenario[] = [
  {
    name: 'wait',
    targets: [
      { name: 'search by name', request: 'read', of: 'cluster', list: true },
      { name: 'job', request: 'read', of: 'job', own: true },
      { name: 'backup', request: 'read', of: 'backup' },
      { name: 'cluster', request: 'read', of: 'cluster' },
    ],
    open(cloud) {
      const { world, clusterId } = cloud
      const { backupId, job: made } = world.startManualBackup(clusterId)
      const { clusterId: target } = world.cluster('staging')
      return {
        inputs: {
          operation: 'wait',
          'job-id': made?.jobId ?? '',
          'cluster-id': clusterId,
          'backup-id': backupId,
          'target-cluster': 'staging',
        },
        matchers: {
          'search by name': clusterList,
          job,
          backup: anyBackup,
          cluster: oneCluster(target),
        },
        keep: ['staging'],
        passwords: [],
        missing: ({ at }) => [
          ...missingBackup(world.backup(backupId), at),
          ...unfinishedJobs(cloud, clusterId, at),
          ...missingCluster(world.cluster(target), at),
        ],
      }
    },
  },
]

/** RUNNING when it is first seen, and in change again when the job has ended. */
const leavesRunning: [seconds: number, status: string][] = [
  [0, 'RUNNING'],
  [30, 'RESTORE_BACKUP'],
  [100, 'RUNNING'],
]

export const waitingForTruth: readonly Scenario[] = [
  {
    name: 'wait for a cluster that leaves RUNNING',
    targets: [
      { name: 'job', request: 'read', of: 'job', own: true },
      { name: 'cluster', request: 'read', of: 'cluster' },
    ],
    open(cloud) {
      const { world, clusterId } = cloud
      const { job: made } = world.startManualBackup(clusterId, { durationSeconds: 40 })
      const { clusterId: target } = world.cluster('staging')
      world.scriptStates(target, leavesRunning)
      const settledAt = world.now() + 100_000
      return {
        inputs: { operation: 'wait', 'job-id': made?.jobId ?? '', 'target-cluster': target },
        matchers: { job, cluster: oneCluster(target) },
        keep: ['staging'],
        passwords: [],
        missing: ({ at }) => [
          ...unfinishedJobs(cloud, clusterId, at),
          ...missingCluster(world.cluster(target), at),
          ...(at + tick < settledAt ? ['the cluster had left RUNNING'] : []),
        ],
      }
    },
  },
]

const collectionTargets: readonly Target[] = [
  { name: 'target by name', request: 'read', of: 'cluster', list: true },
  { name: 'backup', request: 'read', of: 'backup' },
  { name: 'POST', request: 'start', of: 'backup' },
  { name: 'second POST', request: 'start', of: 'backup' },
  { name: 'job', request: 'read', of: 'job', own: true },
]

export const restoringCollections: readonly Scenario[] = [
  { name: 'restore-collections', targets: collectionTargets, open: cloud => collections(cloud, {}) },
  {
    name: 'restore-collections after a safety backup',
    targets: [
      { name: 'backups of the target', request: 'read', of: 'backup', list: true },
      { name: 'POST of the safety backup', request: 'start', of: 'cluster' },
      { name: 'confirming read', request: 'read', of: 'backup', own: true },
      { name: 'POST', request: 'start', of: 'backup' },
    ],
    open(cloud) {
      const fixture = collections(cloud, { 'safety-backup': 'true' })
      const { world } = cloud
      const before = world.backups.length
      return {
        ...fixture,
        matchers: {
          ...fixture.matchers,
          'backups of the target': backupPage(1),
          'POST of the safety backup': createBackup,
          'confirming read': { ...anyBackup, skip: 1 },
        },
        missing(end) {
          const [safety] = world.backups.slice(before)
          const first = world.jobs.find(({ type }) => type === 'RESTORE')
          const late = (safety?.job?.endsAt ?? 0) > (first?.createdAt ?? 0) ? ['it was not waited for'] : []
          return [...fixture.missing(end), ...missingBackup(safety, end.at), ...late]
        },
      }
    },
  },
]

function collections(cloud: Simulator, more: Record<string, string>): Fixture {
  const { world, clusterId } = cloud
  const { backupId } = world.addBackup({ clusterId, ageSeconds: 7200 })
  const { clusterId: target } = world.cluster('staging')
  return {
    inputs: {
      operation: 'restore-collections',
      'cluster-id': clusterId,
      'backup-id': backupId,
      'target-cluster': 'staging',
      collections: 'sales.orders -> restored.orders\nmedium_articles -> articles',
      ...more,
    },
    matchers: {
      'target by name': clusterList,
      backup: anyBackup,
      POST: restoreCollection,
      'second POST': { ...restoreCollection, skip: 1 },
      job,
    },
    keep: ['staging', 'sales', 'default', 'orders', 'medium_articles'],
    passwords: [],
    missing({ at }) {
      const there = world.collections(target)
      const missing = ['restored.orders LOADED', 'default.articles LOADED'].filter(
        one => !there.includes(one),
      )
      return [...missing.map(one => `${one} is not there`), ...unfinishedJobs(cloud, target, at)]
    },
  }
}

export const deleting: readonly Scenario[] = [
  {
    name: 'delete-cluster by name',
    targets: [
      { name: 'search by name', request: 'read', of: 'cluster', list: true },
      { name: 'DELETE', request: 'delete', of: 'cluster' },
      { name: 'confirming read', request: 'read', of: 'cluster' },
    ],
    open: cloud => deletion(cloud, 'to-delete'),
  },
  {
    name: 'delete-cluster by id',
    targets: [
      { name: 'first read', request: 'read', of: 'cluster' },
      { name: 'DELETE', request: 'delete', of: 'cluster' },
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

function deletion({ world, projectId }: Simulator, name: string | undefined): Fixture {
  const { clusterId } = world.addCluster({
    clusterName: 'to-delete',
    projectId,
    createdAt: world.now() - 86_400_000,
  })
  const others = world.clusters.length
  return {
    inputs: { operation: 'delete-cluster', 'target-cluster': name ?? clusterId },
    matchers: {
      'search by name': clusterList,
      'first read': oneCluster(clusterId),
      DELETE: dropping(clusterId),
      'confirming read': oneCluster(clusterId),
    },
    keep: ['to-delete'],
    passwords: [],
    missing({ status, unexpected }) {
      // A cluster that the service left out of the list.
      if (unexpected && status === 'skipped') return []
      const gone = ['DELETING', 'DELETED'].includes(world.cluster(clusterId).status)
      const left = world.clusters.filter(({ status }) => status === 'RUNNING').length
      return [
        ...(gone ? [] : ['the cluster is still there']),
        ...(left === others - 1 ? [] : ['another cluster is gone']),
      ]
    },
  }
}
