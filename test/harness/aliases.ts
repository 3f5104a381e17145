/** A cluster whose alias is to be switched. */
import type { Collection, Simulator } from '../../simulator/index.ts'

/** `production` gets the alias orders_live of sales.orders, and beside that a copy of it. */
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

/** Somebody points the alias at another collection of `production`. */
export function moveAlias({ world }: Simulator, to: string, alias = 'orders_live'): void {
  const all = world.cluster('production').databases.flatMap(({ collections }) => collections)
  for (const one of all) one.aliases = (one.aliases ?? []).filter(name => name !== alias)
  const target = world.collection('production', to)
  target.aliases = [...(target.aliases ?? []), alias]
}

/** A collection of `production` is gone. */
export function dropCollection({ world }: Simulator, name: string): void {
  for (const database of world.cluster('production').databases) {
    database.collections = database.collections.filter(one => `${database.name}.${one.name}` !== name)
  }
}
