/** Looks into a cluster: what is asked for is there, or is not. */
import type { Simulator } from '../../simulator/index.ts'
import { dropCollection } from '../harness/aliases.ts'
import {
  anyBackup,
  backupPage,
  clusterList,
  type Ending,
  type Fixture,
  inside,
  missingCluster,
  oneCluster,
  type Scenario,
  type Target,
} from './fixture.ts'
import { collections } from './scenarios-existing.ts'
import { restore } from './scenarios-making.ts'

const inner: readonly Target[] = [
  { name: 'databases', request: 'read', of: 'database' },
  { name: 'description of a collection', request: 'read', of: 'collection' },
  { name: 'count', request: 'read', of: 'collection' },
  { name: 'number from metadata', request: 'read', of: 'collection' },
]

const innerMatchers = {
  databases: inside('databases/list'),
  'description of a collection': inside('collections/describe'),
  count: inside('entities/query'),
  'number from metadata': inside('collections/get_stats'),
  'list of another spelling': inside('collections/list'),
}

const names = ['default', 'sales', 'archive', 'medium_articles', 'products', 'orders', 'items', 'orders_2023']

/** What of these the step has not seen, or is not as it was to be; each as `sales.orders LOADED`. */
function unseen(wanted: readonly string[], there: readonly string[], { outputs }: Ending): string[] {
  const seen: { database: string; collection: string }[] = JSON.parse(outputs.verifiedCollections ?? '[]')
  const shown = seen.map(({ database, collection }) => `${database}.${collection}`)
  return [
    ...wanted.filter(line => !there.includes(line)).map(line => `it is not so: ${line}`),
    ...wanted.filter(line => !shown.includes(line.split(' ')[0] ?? '')).map(line => `not shown: ${line}`),
  ]
}

function verify(cloud: Simulator, inputs: Record<string, string>): Fixture {
  const { world, clusterId } = cloud
  const wanted = world.collections(clusterId)
  return {
    inputs: { operation: 'verify', 'target-cluster': 'production', ...inputs },
    matchers: {
      'search by name': clusterList,
      cluster: oneCluster(clusterId),
      backups: backupPage(1),
      backup: anyBackup,
      ...innerMatchers,
    },
    keep: ['production', ...names],
    passwords: [],
    missing: end => [
      ...missingCluster(world.cluster(clusterId), end.at),
      // What a list leaves out is not looked for.
      ...(end.unexpected ? [] : unseen(wanted, world.collections(clusterId), end)),
    ],
  }
}

/** As the output `verifiedCollections` of an earlier step has it. */
function pictureOf({ world, clusterId }: Simulator): string {
  const pictures = world.cluster(clusterId).databases.flatMap(database =>
    database.collections.map(({ name, status, rows, aliases = [] }) => ({
      database: database.name,
      collection: name,
      loadState: status === 'LOADED' ? 'LoadStateLoaded' : 'LoadStateNotLoad',
      entities: rows,
      exact: status === 'LOADED',
      fields: ['id Int64 primary', 'vector FloatVector(768)'],
      aliases,
    })),
  )
  return JSON.stringify(pictures)
}

const withBackup = ({ world, clusterId }: Simulator) => ({
  'cluster-id': clusterId,
  'backup-id': world.addBackup({ clusterId, ageSeconds: 3_600 }).backupId,
})

const verifying: readonly Scenario[] = [
  {
    name: 'verify with a backup',
    dataPlane: true,
    targets: [
      { name: 'search by name', request: 'read', of: 'cluster', list: true },
      { name: 'backups', request: 'read', of: 'backup', list: true },
      { name: 'backup', request: 'read', of: 'backup' },
      { name: 'cluster', request: 'read', of: 'cluster' },
      ...inner,
    ],
    open: cloud => verify(cloud, { ...withBackup(cloud), 'backup-id': 'latest' }),
  },
  {
    name: 'verify with a baseline',
    dataPlane: true,
    few: true,
    targets: inner,
    open: cloud => verify(cloud, { baseline: pictureOf(cloud) }),
  },
  {
    name: 'verify of what is not all there',
    dataPlane: true,
    few: true,
    ends: 'badly',
    targets: [
      ...inner.slice(0, 3),
      { name: 'list of another spelling', request: 'read', of: 'collection', optional: true },
    ],
    open(cloud) {
      const fixture = verify(cloud, withBackup(cloud))
      dropCollection(cloud, 'sales.orders')
      return fixture
    },
  },
]

/** One that a header can hold. */
const password = 'S3cret+of/the=new cluster'

function restoreAndVerify(cloud: Simulator, more: Record<string, string> = {}): Fixture {
  const fixture = restore(cloud, { verify: 'true', ...more })
  cloud.world.nextPassword = password
  return { ...fixture, matchers: innerMatchers, keep: [...fixture.keep, ...names], passwords: [password] }
}

const restoring: readonly Scenario[] = [
  {
    name: 'restore-cluster that verifies',
    dataPlane: true,
    few: true,
    targets: inner,
    open(cloud) {
      const fixture = restoreAndVerify(cloud)
      const wanted = cloud.world.collections(cloud.clusterId)
      return {
        ...fixture,
        missing: end => [
          ...fixture.missing(end),
          ...unseen(wanted, cloud.world.collections(end.outputs.clusterId ?? ''), end),
        ],
      }
    },
  },
  {
    name: 'restore-cluster that verifies less than there was',
    dataPlane: true,
    few: true,
    ends: 'badly',
    targets: inner.slice(1, 3),
    open(cloud) {
      cloud.world.nextRestored('sales.orders', { missing: true })
      return { ...restoreAndVerify(cloud, { 'delete-after-job': 'true' }), post: true }
    },
  },
  {
    name: 'restore-collections that verifies',
    dataPlane: true,
    few: true,
    targets: [{ name: 'state of the target', request: 'read', of: 'cluster' }, ...inner.slice(0, 3)],
    open(cloud) {
      const fixture = collections(cloud, { verify: 'true' })
      const { clusterId } = cloud.world.cluster('staging')
      const wanted = ['restored.orders LOADED', 'default.articles LOADED']
      return {
        ...fixture,
        matchers: { ...innerMatchers, 'state of the target': { ...oneCluster(clusterId), skip: 1 } },
        keep: [...fixture.keep, 'restored', 'articles'],
        missing: end => [...fixture.missing(end), ...unseen(wanted, cloud.world.collections(clusterId), end)],
      }
    },
  },
]

export const looking: readonly Scenario[] = [...verifying, ...restoring]
