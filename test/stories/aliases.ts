/** A cluster whose alias is to be switched. */
import {
  type Collection,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator/index.ts'

/** A simulator whose cluster `production` has the alias orders_live of sales.orders, and beside that a copy of it. */
export async function startWithAlias(
  options: SimulatorOptions = {},
  copy: Partial<Collection> = {},
): Promise<Simulator> {
  const cloud = await startSimulator({ speed: 60, dataPlane: true, ...options })
  withCopy(cloud, copy)
  return cloud
}

export function withCopy({ world }: Simulator, copy: Partial<Collection> = {}): void {
  Object.assign(world.collection('production', 'sales.orders'), { aliases: ['orders_live', 'orders_all'] })
  const sales = world.cluster('production').databases.find(({ name }) => name === 'sales')
  sales?.collections.push({
    name: 'orders_run_7',
    description: '',
    status: 'LOADED',
    rows: 1_000_000,
    ...copy,
  })
}

/** The collections of `production` that have the alias. */
export function whereItPoints({ world }: Simulator, alias = 'orders_live'): string[] {
  return world
    .cluster('production')
    .databases.flatMap(database =>
      database.collections
        .filter(({ aliases }) => aliases?.includes(alias))
        .map(({ name }) => `${database.name}.${name}`),
    )
}
