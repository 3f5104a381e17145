/** What the inputs choose: to reuse, to join, to plan, not to wait. */
import type { Simulator } from '../../simulator/index.ts'
import {
  anyBackup,
  backupPage,
  clusterList,
  createBackup,
  type Ending,
  job,
  missingBackup,
  missingCluster,
  oneBackup,
  oneCluster,
  restoreCluster,
  type Scenario,
  type Target,
} from './fixture.ts'
import { prune } from './scenarios-deleting.ts'
import { restore } from './scenarios-making.ts'

const day = 86_400_000

const holding: readonly Target[] = [
  { name: 'search by name', request: 'read', of: 'cluster', list: true },
  { name: 'description of the old cluster', request: 'read', of: 'cluster' },
]

const reusing: Scenario = {
  name: 'restore-cluster that reuses',
  few: true,
  targets: [...holding, { name: 'cluster', request: 'read', of: 'cluster', notFound: 'badly' }],
  open(cloud) {
    const { clusterId, clusterName } = cloud.world.addCluster({
      clusterName: 'restored',
      projectId: cloud.projectId,
      createdAt: cloud.world.now() - day,
    })
    const fixture = restore(cloud, { 'if-exists': 'reuse' }, clusterId)
    return {
      ...fixture,
      keep: [clusterName],
      matchers: {
        'search by name': clusterList,
        'description of the old cluster': oneCluster(clusterId),
        cluster: { ...oneCluster(clusterId), skip: 1 },
      },
      others: () => [clusterId],
      missing({ outputs, at, unexpected }) {
        // A cluster that the service left out of the list is not there to be reused.
        if (unexpected) return []
        return [
          ...(outputs.clusterId === clusterId ? [] : [`clusterId is ${outputs.clusterId}`]),
          ...(outputs.created === 'false' ? [] : [`created is ${outputs.created}`]),
          ...(outputs.password === undefined ? [] : ['there is a password']),
          ...missingCluster(cloud.world.cluster(clusterId), at),
        ]
      },
    }
  },
}

const isPlanned = ({ status, outputs }: Ending, requests: number) => {
  const plan: unknown[] = JSON.parse(outputs.plan ?? '[]')
  return [
    ...(status === 'planned' ? [] : [`it is ${status}`]),
    ...(plan.length === requests ? [] : [`${plan.length} requests are planned`]),
  ]
}

const planning: readonly Scenario[] = [
  {
    name: 'restore-cluster that would replace',
    few: true,
    targets: [...holding, { name: 'source cluster', request: 'read', of: 'cluster', notFound: 'badly' }],
    open(cloud) {
      const { clusterId: oldId } = cloud.world.addCluster({
        clusterName: 'restored',
        projectId: cloud.projectId,
        createdAt: cloud.world.now() - day,
      })
      const fixture = restore(cloud, { 'if-exists': 'replace', 'dry-run': 'true' }, oldId)
      return {
        ...fixture,
        matchers: { ...fixture.matchers, 'description of the old cluster': oneCluster(oldId) },
        missing: end => (end.unexpected ? [] : isPlanned(end, 2)),
      }
    },
  },
  {
    name: 'prune-backups that would delete',
    few: true,
    targets: [
      { name: 'list', request: 'read', of: 'backup', list: true, big: true },
      { name: 'description of a kept one', request: 'read', of: 'backup', optional: true },
    ],
    open(cloud) {
      const fixture = prune(cloud, { 'dry-run': 'true' })
      const { length } = cloud.world.backups.filter(({ status }) => status === 'AVAILABLE')
      return {
        ...fixture,
        missing(end) {
          const left = cloud.world.backups.filter(({ status }) => status === 'AVAILABLE')
          const gone = left.length === length ? [] : ['backups are gone']
          // A kept one that is said to be gone keeps another.
          return end.unexpected ? gone : [...gone, ...isPlanned(end, 3)]
        },
      }
    },
  },
]

/** Whether the step was told that the backup is running, and its description was not refused. */
function couldJoin({ requests }: Simulator, backupId: string): boolean {
  const reads = requests.filter(({ method }) => method === 'GET')
  const isListed = reads.some(({ data }) => {
    const { backups = [] } = (data ?? {}) as { backups?: { backupId?: unknown; status?: unknown }[] }
    return backups.some(one => one.backupId === backupId && one.status === 'CREATING')
  })
  const isRefused = reads.some(
    ({ path, status = 0, code = 0 }) =>
      path.endsWith(`/${backupId}`) && (status >= 300 || ![0, 200].includes(Number(code))),
  )
  return isListed && !isRefused
}

const making: readonly Scenario[] = [
  {
    name: 'create-backup that joins',
    few: true,
    targets: [
      { name: 'backups', request: 'read', of: 'backup', list: true },
      { name: 'joined backup', request: 'read', of: 'backup' },
    ],
    open(cloud) {
      const { world, clusterId } = cloud
      world.addBackup({ clusterId, ageSeconds: 7_200 })
      const { backupId } = world.startManualBackup(clusterId, { durationSeconds: 60 })
      return {
        inputs: { operation: 'create-backup', 'cluster-id': clusterId, 'if-busy': 'join' },
        matchers: { backups: backupPage(1), 'joined backup': oneBackup(backupId) },
        keep: [],
        passwords: [],
        others: () => [backupId],
        missing: ({ outputs, at, unexpected }) => {
          if (unexpected) return []
          const { created, backupId: used = '' } = outputs
          const isJoined = used === backupId && created === 'false'
          const isOurs = used !== backupId && created === 'true'
          const isAsItMust = isJoined || (isOurs && !couldJoin(cloud, backupId))
          return [
            ...(isAsItMust ? [] : [`${used}, created ${created}`]),
            ...missingBackup(world.backup(used), at),
          ]
        },
      }
    },
  },
  {
    name: 'create-backup of collections',
    few: true,
    targets: [
      { name: 'POST', request: 'start', of: 'cluster' },
      { name: 'confirming read', request: 'read', of: 'backup', own: true },
    ],
    open({ world, clusterId }) {
      const before = world.backups.length
      return {
        inputs: { operation: 'create-backup', 'cluster-id': clusterId, collections: 'medium_articles' },
        matchers: { POST: createBackup, 'confirming read': anyBackup },
        keep: ['medium_articles', 'default'],
        passwords: [],
        missing({ outputs, at }) {
          const [made] = world.backups.slice(before)
          const names = made?.databases.flatMap(({ collections }) => collections.map(({ name }) => name))
          return [
            ...(made?.backupId === outputs.backupId ? [] : [`backupId is ${outputs.backupId}`]),
            ...(names?.join() === 'medium_articles' ? [] : [`it holds ${names}`]),
            ...missingBackup(made, at),
          ]
        },
      }
    },
  },
]

const notWaiting: readonly Scenario[] = [
  {
    name: 'create-backup that is not waited for',
    few: true,
    targets: [{ name: 'POST', request: 'start', of: 'cluster' }],
    open({ world, clusterId }) {
      return {
        inputs: { operation: 'create-backup', 'cluster-id': clusterId, wait: 'false' },
        matchers: { POST: createBackup },
        keep: [],
        passwords: [],
        missing: ({ status, outputs }) => [
          ...(status === 'started' ? [] : [`it is ${status}`]),
          ...(outputs.backupId === world.backups[0]?.backupId ? [] : [`backupId is ${outputs.backupId}`]),
        ],
      }
    },
  },
  {
    name: 'restore-cluster that is not waited for',
    few: true,
    targets: [{ name: 'POST', request: 'start', of: 'backup' }],
    open(cloud) {
      const fixture = restore(cloud, { wait: 'false' })
      return {
        ...fixture,
        matchers: { POST: restoreCluster, job },
        missing: ({ status, outputs }) => [
          ...(status === 'started' ? [] : [`it is ${status}`]),
          ...(outputs.clusterId === cloud.world.cluster('restored').clusterId
            ? []
            : [`clusterId is ${outputs.clusterId}`]),
        ],
      }
    },
  },
]

export const choosing: readonly Scenario[] = [reusing, ...planning, ...making, ...notWaiting]
