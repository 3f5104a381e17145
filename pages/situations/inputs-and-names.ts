/** Problems with the inputs, and names that a page may find hard to show. */
import type { Simulator } from '../../simulator/index.ts'
import type { Situation } from '../situation.ts'
import { production } from './world.ts'

/** The longest that the service allows, and no place to break them. */
const long = { database: `d${'a'.repeat(254)}`, collection: `c${'b'.repeat(254)}` }
const chinese = { database: '销售数据库', collection: '二〇二六年十一月客户订单明细' }

/** A cluster with such names in its backup. */
function addNamed(
  { world, clusterId }: Simulator,
  { database, collection }: typeof long,
  clusterName: string,
) {
  const cluster = Object.assign(world.cluster(clusterId), { clusterName })
  cluster.databases.push({
    name: database,
    collections: [{ name: collection, description: '', status: 'LOADED', rows: 1_000 }],
  })
  return world.addBackup({ clusterId }).backupId
}

function named(which: string, names: typeof long, clusterName: string): Situation[] {
  const { database: dbName, collection: collectionName } = names
  // As JSON, the only form that takes every name.
  const backedUp = JSON.stringify([{ dbName, collectionNames: [collectionName] }])
  const restored = JSON.stringify([
    { dbName, collections: [{ collectionName }] },
    { dbName: 'default', collections: [{ collectionName: 'products' }] },
  ])
  const restoring = (cloud: Simulator) => {
    const backupId = addNamed(cloud, names, clusterName)
    const to = { 'target-cluster': 'staging', collections: restored }
    return { operation: 'restore-collections', ...production(cloud), 'backup-id': backupId, ...to }
  }
  return [
    {
      name: `${which}-names-create-backup`,
      about: `A backup of a collection, ${which} names`,
      ends: 'succeeded',
      arrange(cloud) {
        addNamed(cloud, names, clusterName)
        return { inputs: { operation: 'create-backup', ...production(cloud), collections: backedUp } }
      },
    },
    {
      name: `${which}-names-restore-collections`,
      about: `A restore of collections, ${which} names`,
      ends: 'succeeded',
      arrange: cloud => ({ inputs: restoring(cloud) }),
    },
    {
      name: `${which}-names-restore-collections-dry-run`,
      about: `A dry run of a restore of collections, ${which} names`,
      ends: 'planned',
      arrange: cloud => ({ inputs: { ...restoring(cloud), 'dry-run': 'true', 'safety-backup': 'true' } }),
    },
    {
      name: `${which}-names-describe-backup`,
      about: `One backup, ${which} names`,
      ends: 'succeeded',
      arrange(cloud) {
        const backupId = addNamed(cloud, names, clusterName)
        return { inputs: { operation: 'describe-backup', ...production(cloud), 'backup-id': backupId } }
      },
    },
    {
      name: `${which}-names-list-backups`,
      about: `All backups, ${which} names`,
      ends: 'succeeded',
      arrange(cloud) {
        addNamed(cloud, names, clusterName)
        cloud.world.addBackup({ clusterId: cloud.world.cluster('staging').clusterId, ageSeconds: 86_400 })
        return { inputs: { operation: 'list-backups' } }
      },
    },
  ]
}

export const inputsAndNames: readonly Situation[] = [
  {
    name: 'inputs-one-problem',
    about: 'One problem with the inputs',
    ends: 'failed',
    arrange: cloud => ({ inputs: { operation: 'create-backup', ...production(cloud), timeout: '2 hours' } }),
  },
  {
    name: 'inputs-several-problems',
    about: 'Seven problems with the inputs',
    ends: 'failed',
    shows: '7 problems',
    arrange: cloud => ({
      inputs: {
        operation: 'restore-cluster',
        ...production(cloud),
        'target-cluster': 'feature/search',
        'safety-backup': 'true',
        'if-exists': 'overwrite',
        'cu-size': 'large',
        'dry-run': 'yes',
        timeout: '2 hours',
      },
    }),
  },
  ...named('long', long, `shop-${'production-'.repeat(5)}eu`),
  ...named('chinese', chinese, '生产环境_上海'),
]
