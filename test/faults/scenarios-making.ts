import type { Cluster, Simulator } from '../../simulator/index.ts'
import {
  anyBackup,
  backupPage,
  clusterList,
  createBackup,
  dropping,
  type Ending,
  type Fixture,
  job,
  missingBackup,
  missingCluster,
  oneCluster,
  otherCluster,
  restoreCluster,
  type Scenario,
  type Target,
  unfinishedJobs,
} from './fixture.ts'

/** Lines of which the runner knows each, one of them with what an encoding would change. */
const password = 'S3cret+line/one=\nline "two" & <three>\nÜmläut%41\\four'

const pollJob: Target = { name: 'job', request: 'read', of: 'job', own: true }

export const creating: readonly Scenario[] = [
  {
    name: 'create-backup',
    targets: [
      { name: 'first page of the backups', request: 'read', of: 'backup', list: true, big: true },
      { name: 'last page of the backups', request: 'read', of: 'backup', list: true, big: true },
      { name: 'POST', request: 'start', of: 'cluster' },
      pollJob,
      { name: 'confirming read', request: 'read', of: 'backup', own: true },
    ],
    open(cloud) {
      const { world, clusterId } = cloud
      for (let age = 1; age <= 120; age++) world.addBackup({ clusterId, ageSeconds: age * 3600 })
      const before = world.backups.length
      return {
        inputs: { operation: 'create-backup', 'cluster-id': clusterId },
        matchers: {
          'first page of the backups': backupPage(1),
          'last page of the backups': backupPage(2),
          POST: createBackup,
          job,
          'confirming read': anyBackup,
        },
        keep: [],
        passwords: [],
        missing: ({ outputs, at }) => {
          const [made] = world.backups.slice(before)
          const other = made?.backupId === outputs.backupId ? [] : [`backupId is ${outputs.backupId}`]
          return [...other, ...missingBackup(made, at), ...unfinishedJobs(cloud, clusterId, at)]
        },
      }
    },
  },
  {
    name: 'create-backup over TLS',
    tls: true,
    few: true,
    targets: [
      { name: 'backups', request: 'read', of: 'backup', list: true },
      { name: 'POST', request: 'start', of: 'cluster' },
    ],
    open(cloud) {
      const { world, clusterId } = cloud
      world.addBackup({ clusterId })
      return {
        inputs: { operation: 'create-backup', 'cluster-id': clusterId },
        matchers: { backups: backupPage(1), POST: createBackup },
        keep: [],
        passwords: [],
        missing: ({ outputs, at }) => {
          const made = world.backups.find(({ backupId }) => backupId === outputs.backupId)
          return [...missingBackup(made, at), ...unfinishedJobs(cloud, clusterId, at)]
        },
      }
    },
  },
  {
    name: 'create-backup that is not needed',
    targets: [
      { name: 'backups', request: 'read', of: 'backup', list: true },
      { name: 'the fresh backup', request: 'read', of: 'backup' },
    ],
    open({ world, clusterId }) {
      const { backupId } = world.addBackup({ clusterId, ageSeconds: 60 })
      return {
        inputs: { operation: 'create-backup', 'cluster-id': clusterId, 'skip-if-newer-than': '1h' },
        matchers: { backups: backupPage(1), 'the fresh backup': anyBackup },
        keep: [],
        passwords: [],
        missing({ status, outputs, at }) {
          const made = world.backups.slice(1)
          if (status === 'skipped' && outputs.backupId === backupId && made.length === 0) return []
          // A service that says of the fresh backup that it is not there gets a new one.
          return status === 'succeeded' ? missingBackup(made[0], at) : ['the fresh backup is not used']
        },
      }
    },
  },
]

const restoreTargets: readonly Target[] = [
  { name: 'backup', request: 'read', of: 'backup' },
  { name: 'search by name', request: 'read', of: 'cluster', list: true },
  { name: 'source cluster', request: 'read', of: 'cluster' },
  { name: 'POST', request: 'start', of: 'backup' },
  pollJob,
  { name: 'new cluster', request: 'read', of: 'cluster', own: true },
]

export const restoringCluster: readonly Scenario[] = [
  {
    name: 'restore-cluster',
    targets: restoreTargets,
    open: cloud => restore(cloud, {}),
  },
  {
    name: 'restore-cluster that replaces',
    targets: [
      { name: 'backups', request: 'read', of: 'backup', list: true },
      ...restoreTargets,
      {
        name: 'description of the old cluster',
        request: 'read',
        of: 'cluster',
        dropped: true,
        notFound: 'well',
      },
      { name: 'description before the drop', request: 'read', of: 'cluster', dropped: true },
      { name: 'DELETE', request: 'delete', of: 'cluster' },
      { name: 'dropped cluster', request: 'read', of: 'cluster', dropped: true },
      { name: 'freed name', request: 'read', of: 'cluster', list: true },
    ],
    open(cloud) {
      const { clusterId: oldId } = cloud.world.addCluster({
        clusterName: 'restored',
        projectId: cloud.projectId,
        createdAt: cloud.world.now() - 86_400_000,
      })
      const fixture = restore(cloud, { 'backup-id': 'latest', 'if-exists': 'replace' }, oldId)
      return {
        ...fixture,
        matchers: {
          ...fixture.matchers,
          backups: backupPage(1),
          DELETE: dropping(oldId),
          'description of the old cluster': oneCluster(oldId),
          'description before the drop': { ...oneCluster(oldId), skip: 1 },
          'dropped cluster': { ...oneCluster(oldId), skip: 2 },
          'freed name': { ...clusterList, skip: 1 },
        },
        missing(end) {
          const { status } = cloud.world.clusters.find(one => one.clusterId === oldId) ?? {}
          return [...fixture.missing(end), ...(status === 'DELETED' ? [] : [`the old cluster is ${status}`])]
        },
      }
    },
  },
  {
    name: 'restore-cluster until the end of the job',
    targets: [
      { name: 'POST', request: 'start', of: 'backup' },
      {
        name: 'first read after the job',
        request: 'read',
        of: 'cluster',
        dropped: true,
        own: true,
        after: true,
      },
      {
        name: 'description before the drop',
        request: 'read',
        of: 'cluster',
        dropped: true,
        own: true,
        after: true,
      },
      { name: 'DELETE', request: 'delete', of: 'cluster', after: true },
      { name: 'dropped cluster', request: 'read', of: 'cluster', dropped: true, after: true },
    ],
    open(cloud) {
      const fixture = restore(cloud, { 'delete-after-job': 'true', 'cu-size': '2' })
      return {
        ...fixture,
        matchers: {
          POST: fixture.matchers.POST ?? job,
          'first read after the job': otherCluster(cloud.clusterId),
          'description before the drop': { ...otherCluster(cloud.clusterId), skip: 1 },
          DELETE: dropping('[^/]+'),
          'dropped cluster': { ...otherCluster(cloud.clusterId), skip: 2 },
        },
        post: true,
      }
    },
  },
]

export function restore(cloud: Simulator, more: Record<string, string>, oldId = 'none'): Fixture {
  const { world, clusterId } = cloud
  const { backupId } = world.addBackup({ clusterId, ageSeconds: 7200 })
  const before = world.clusters.length
  world.nextPassword = password
  return {
    inputs: {
      operation: 'restore-cluster',
      'cluster-id': clusterId,
      'backup-id': backupId,
      'target-cluster': 'restored',
      ...more,
    },
    matchers: {
      backup: anyBackup,
      'search by name': clusterList,
      'source cluster': oneCluster(clusterId),
      POST: restoreCluster,
      job,
      'new cluster': otherCluster(clusterId, oldId),
    },
    keep: ['restored'],
    passwords: [password],
    missing({ outputs, at }: Ending) {
      const [made] = world.clusters.slice(before)
      const other = made?.clusterId === outputs.clusterId ? [] : [`clusterId is ${outputs.clusterId}`]
      const missing = [...other, ...missingCluster(made, at)]
      // Without its job, of which the response told nothing, the step goes by the cluster alone, and the job brings the
      // collections.
      if (made === undefined || !isJobTold(cloud, made)) return missing
      const there = world.collections(made.clusterId)
      const empty = there.length === world.collections(clusterId).length ? [] : ['collections are missing']
      return [...missing, ...unfinishedJobs(cloud, made.clusterId, at), ...empty]
    },
  }
}

function isJobTold({ requests, world }: Simulator, { clusterId }: Cluster): boolean {
  const told = requests.map(({ data }) => (data as { jobId?: unknown } | null | undefined)?.jobId)
  return world.jobs.some(job => job.clusterId === clusterId && told.includes(job.jobId))
}
