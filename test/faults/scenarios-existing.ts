import type { Simulator } from '../../simulator/index.ts'
import {
  anyBackup,
  backupPage,
  clusterList,
  createBackup,
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
  { name: 'description of the target', request: 'read', of: 'cluster', notFound: 'badly' },
  { name: 'backup', request: 'read', of: 'backup', notFound: 'badly' },
  { name: 'POST', request: 'start', of: 'backup' },
  { name: 'second POST', request: 'start', of: 'backup' },
  { name: 'job', request: 'read', of: 'job', own: true },
]

export const restoringCollections: readonly Scenario[] = [
  { name: 'restore-collections', targets: collectionTargets, open: cloud => collections(cloud, {}) },
  {
    name: 'restore-collections into a cluster that is in change meanwhile',
    few: true,
    busy: true,
    targets: [
      { name: 'second POST', request: 'start', of: 'backup' },
      { name: 'state of the target', request: 'read', of: 'cluster', notFound: 'badly' },
      { name: 'job', request: 'read', of: 'job', own: true },
    ],
    open(cloud) {
      cloud.variants.restoreCollectionBlocks = true
      const fixture = collections(cloud, {})
      const { clusterId } = cloud.world.cluster('staging')
      return {
        ...fixture,
        matchers: { ...fixture.matchers, 'state of the target': { ...oneCluster(clusterId), skip: 1 } },
      }
    },
  },
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

export function collections(cloud: Simulator, more: Record<string, string>): Fixture {
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
      'description of the target': oneCluster(target),
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
