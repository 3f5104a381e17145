/** Switches of an alias. */
import type { Simulator } from '../../simulator/index.ts'
import { dropCollection, moveAlias, whereItPoints, withCopy } from '../harness/aliases.ts'
import {
  clusterList,
  type Ending,
  type Fixture,
  inside,
  meanwhile,
  oneCluster,
  type Scenario,
  type Target,
} from './fixture.ts'

const token = 'alias_admin:S3cret-of/alias_admin'
const alter = inside('aliases/alter')

function switchAlias(cloud: Simulator, more: Record<string, string> = {}): Fixture {
  const { clusterId } = cloud
  withCopy(cloud)
  cloud.world.cluster(clusterId).tokens = [token]
  return {
    inputs: {
      operation: 'switch-alias',
      'target-cluster': 'production',
      alias: 'orders_live',
      collections: 'sales.orders_run_7 >= 1000',
      'data-token': token,
      ...more,
    },
    matchers: {
      'target by name': clusterList,
      'description of the target': oneCluster(clusterId),
      'state of the target': { ...oneCluster(clusterId), skip: 1 },
      databases: inside('databases/list'),
      'description of the collection': inside('collections/describe'),
      count: inside('entities/query'),
      'where it points before': inside('aliases/describe'),
      POST: alter,
      'where it points after': inside('aliases/describe', 1),
      'second description': inside('collections/describe', 1),
      'second count': inside('entities/query', 1),
      'second POST': { ...alter, skip: 1 },
    },
    keep: ['production', 'sales', 'orders', 'orders_run_7', 'orders_live'],
    passwords: [],
    missing: ({ outputs, unexpected }) => [
      ...(whereItPoints(cloud).join() === 'sales.orders_run_7' ? [] : ['the alias does not point there']),
      ...(unexpected || outputs.previousCollection === 'sales.orders'
        ? []
        : [`previousCollection is ${outputs.previousCollection}`]),
    ],
  }
}

/** The service does not carry out the first switch, and its response is lost. */
function firstLost(cloud: Simulator, applied: boolean): void {
  cloud.faults.inject({ operation: 'alterAlias', applied, fault: { kind: 'reset' } })
}

const targets: readonly Target[] = [
  { name: 'target by name', request: 'read', of: 'cluster', list: true },
  { name: 'description of the target', request: 'read', of: 'cluster', notFound: 'badly' },
  { name: 'state of the target', request: 'read', of: 'cluster' },
  { name: 'databases', request: 'read', of: 'database' },
  { name: 'description of the collection', request: 'read', of: 'collection' },
  { name: 'count', request: 'read', of: 'collection' },
  { name: 'where it points before', request: 'read', of: 'alias' },
  { name: 'POST', request: 'switch', of: 'alias' },
  { name: 'where it points after', request: 'read', of: 'alias' },
]

const secondLook: readonly Target[] = [
  { name: 'second description', request: 'read', of: 'collection' },
  { name: 'second count', request: 'read', of: 'collection' },
]

const isPlanned = ({ status, outputs }: Ending) => [
  ...(status === 'planned' ? [] : [`it is ${status}`]),
  ...(JSON.parse(outputs.plan ?? '[]').length === 1 ? [] : ['no request is planned']),
]

const untouched = (cloud: Simulator) =>
  whereItPoints(cloud).join() === 'sales.orders' ? [] : ['the alias was switched']

export const switching: readonly Scenario[] = [
  { name: 'switch-alias', dataPlane: true, targets, open: cloud => switchAlias(cloud) },
  {
    name: 'switch-alias sent once more',
    dataPlane: true,
    few: true,
    targets: [
      ...targets.slice(-1),
      ...secondLook,
      { name: 'second POST', request: 'switch', of: 'alias', last: true },
    ],
    open(cloud) {
      firstLost(cloud, false)
      return switchAlias(cloud)
    },
  },
  {
    name: 'switch-alias after a lost response',
    dataPlane: true,
    few: true,
    targets: targets.slice(-1),
    open(cloud) {
      firstLost(cloud, true)
      return switchAlias(cloud)
    },
  },
  {
    name: 'switch-alias to what is gone meanwhile',
    dataPlane: true,
    few: true,
    ends: 'badly',
    targets: secondLook.slice(0, 1),
    open(cloud) {
      meanwhile(cloud, alter, () => dropCollection(cloud, 'sales.orders_run_7'))
      firstLost(cloud, false)
      return { ...switchAlias(cloud), missing: () => ['it succeeded, although the collection is gone'] }
    },
  },
  {
    name: 'switch-alias while somebody else switches it',
    dataPlane: true,
    few: true,
    ends: 'badly',
    targets: targets.slice(-1),
    open(cloud) {
      meanwhile(cloud, alter, () => moveAlias(cloud, 'sales.items'))
      firstLost(cloud, false)
      const isTaken = () => whereItPoints(cloud).join() !== 'sales.items'
      return {
        ...switchAlias(cloud),
        missing: () => [isTaken() ? 'the alias of somebody else was switched' : 'it succeeded'],
      }
    },
  },
  {
    name: 'switch-alias to what has too little',
    dataPlane: true,
    few: true,
    ends: 'badly',
    targets: targets.slice(5, 6),
    open: cloud => ({
      ...switchAlias(cloud, { collections: 'sales.orders_run_7 >= 2000000' }),
      missing: () => ['it succeeded, although entities are missing'],
    }),
  },
  {
    name: 'switch-alias that would switch',
    dataPlane: true,
    few: true,
    targets: targets.slice(4, 7),
    open: cloud => ({
      ...switchAlias(cloud, { 'dry-run': 'true' }),
      missing: end => [...untouched(cloud), ...isPlanned(end)],
    }),
  },
]
