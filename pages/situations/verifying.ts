/** verify, verify: true on a restore, and switch-alias: whether a cluster is usable and contains what it should. */
import type { Simulator } from '../../simulator/index.ts'
import type { Inputs, Situation } from '../situation.ts'
import { addBackup, production } from './world.ts'

function verify(more: Inputs = {}): Inputs {
  return { operation: 'verify', 'target-cluster': 'production', ...more }
}

/** With the backup of nine hours ago. */
function verifyBackup(cloud: Simulator, more: Inputs = {}): Inputs {
  return verify({ ...production(cloud), 'backup-id': addBackup(cloud, { hours: 9 }), ...more })
}

function orders({ world }: Simulator) {
  return world.collection('production', 'sales.orders')
}

/** What an earlier verify has seen. */
function before(...seen: readonly [database: string, collection: string, entities: number, exact?: false][]) {
  const fields = ['id Int64 primary', 'vector FloatVector(768)']
  const entries = seen.map(([database, collection, entities, exact = true]) => {
    const loadState = exact ? 'LoadStateLoaded' : 'LoadStateNotLoad'
    return { database, collection, loadState, entities, exact, fields, aliases: [] }
  })
  return JSON.stringify(entries)
}

const verifyingAlone: readonly Situation[] = [
  {
    name: 'verify',
    about: 'A cluster contains what its backup contains',
    ends: 'succeeded',
    arrange: cloud => ({ inputs: verifyBackup(cloud, { collections: '*\nsales.orders >= 1000' }) }),
  },
  {
    name: 'verify-usable',
    about: 'Only whether the endpoint answers',
    ends: 'succeeded',
    arrange: () => ({ inputs: verify() }),
  },
  {
    name: 'verify-falls-short',
    about: 'Collections are missing, not loaded, too small',
    ends: 'failed',
    arrange(cloud) {
      orders(cloud).rows = 12
      const collections = 'sales.orders >= 1000\nsales.items\nsales.returns\nproducts'
      return { inputs: verify({ collections }) }
    },
  },
  {
    name: 'verify-baseline',
    about: 'Nothing is lost since the picture',
    ends: 'succeeded',
    arrange: () => ({
      inputs: verify({
        baseline: before(
          ['sales', 'orders', 1_000_000],
          ['default', 'products', 119_998],
          ['sales', 'items', 4_000_000, false],
        ),
      }),
    }),
  },
  {
    name: 'verify-baseline-differs',
    about: 'A collection, a field and entities are gone since the picture',
    ends: 'failed',
    arrange(cloud) {
      orders(cloud).rows = 980_000
      const products = cloud.world.collection('production', 'default.products')
      products.fields = [
        { name: 'id', type: 'Int64', primaryKey: true },
        { name: 'vector', type: 'FloatVector', params: { dim: 384 } },
      ]
      const baseline = before(
        ['sales', 'orders', 1_000_000],
        ['sales', 'returns', 5_000],
        ['default', 'products', 120_000],
        ['default', 'medium_articles', 5_979],
      )
      return { inputs: verify({ baseline, 'allow-loss': '1' }) }
    },
  },
  {
    name: 'verify-token-refused',
    about: 'The endpoint does not accept the API key',
    ends: 'failed',
    arrange(cloud) {
      cloud.world.endpoint('production', { acceptsApiKey: false })
      return { inputs: verify() }
    },
  },
  {
    name: 'verify-no-answer',
    about: 'The endpoint cannot be reached',
    ends: 'timed-out',
    arrange(cloud) {
      const forEver = { refusesForSeconds: Number.POSITIVE_INFINITY }
      cloud.world.endpoint('production', { ...forEver, refusal: 'port-closed' })
      return { inputs: verify({ timeout: '4m' }) }
    },
  },
]

function restore(cloud: Simulator): Inputs {
  return {
    operation: 'restore-cluster',
    ...production(cloud),
    'backup-id': addBackup(cloud, { hours: 9 }),
    'target-cluster': 'shop-pr-42',
    verify: 'true',
  }
}

const verifyingRestores: readonly Situation[] = [
  {
    name: 'restore-cluster-verified',
    about: 'A new cluster is verified: its endpoint answers after a minute',
    ends: 'succeeded',
    arrange(cloud) {
      cloud.world.endpoint('shop-pr-42', { refusesForSeconds: 60 })
      return { inputs: restore(cloud) }
    },
  },
  {
    name: 'restore-cluster-falls-short',
    about: 'The restore succeeded, but a collection is missing',
    ends: 'failed',
    arrange(cloud) {
      cloud.world.nextRestored('sales.orders', { missing: true })
      return { inputs: restore(cloud) }
    },
  },
]

/** The application reads `orders_live`, and a restored copy stands beside. */
function switchAlias(cloud: Simulator, more: Inputs = {}): Inputs {
  orders(cloud).aliases = ['orders_live']
  return {
    operation: 'switch-alias',
    'target-cluster': 'production',
    alias: 'orders_live',
    collections: 'sales.orders_2026 >= 1000',
    ...more,
  }
}

function addCopy({ world }: Simulator, rows: number): void {
  const sales = world.cluster('production').databases.find(({ name }) => name === 'sales')
  const copy = { ...world.collection('production', 'sales.orders'), name: 'orders_2026', rows, aliases: [] }
  sales?.collections.push(copy)
}

const switching: readonly Situation[] = [
  {
    name: 'switch-alias',
    about: 'An alias is switched',
    ends: 'succeeded',
    arrange(cloud) {
      addCopy(cloud, 998_000)
      return { inputs: switchAlias(cloud) }
    },
  },
  {
    name: 'switch-alias-dry-run',
    about: 'A dry run of a switch',
    ends: 'planned',
    arrange(cloud) {
      addCopy(cloud, 998_000)
      return { inputs: switchAlias(cloud, { 'dry-run': 'true' }) }
    },
  },
  {
    name: 'switch-alias-falls-short',
    about: 'The collection has too few entities, so the alias stays',
    ends: 'failed',
    arrange(cloud) {
      addCopy(cloud, 12)
      return { inputs: switchAlias(cloud) }
    },
  },
  {
    name: 'switch-alias-no-such-alias',
    about: 'There is no alias of that name',
    ends: 'failed',
    arrange(cloud) {
      addCopy(cloud, 998_000)
      return { inputs: switchAlias(cloud, { alias: 'orders_current' }) }
    },
  },
]

export const verifying: readonly Situation[] = [...verifyingAlone, ...verifyingRestores, ...switching].map(
  situation => ({ ...situation, dataPlane: true }),
)
