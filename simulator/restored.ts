import { type Collection, type Database, fieldsOf } from './databases.ts'
import type { State } from './state.ts'

/** How one collection comes out of its next restore, other than it is in the backup. */
export interface RestoredPlan {
  /** It does not come out at all, and the restore succeeds all the same. */
  missing?: true
  /** Its number of entities. */
  rows?: number
  /** Fields that it lacks. */
  withoutFields?: readonly string[]
  status?: Collection['status']
  /** World seconds for which it is being loaded; default: the variant `loadSeconds`. */
  loadSeconds?: number
}

interface Restoring {
  /** Names in the target. */
  database: string
  collection: Collection
  /** World milliseconds. */
  now: number
}

/** What a restore makes of a collection; undefined for one that it loses. Aliases and deleted entities stay behind. */
export function restoredCollection(
  state: State,
  { database, collection, now }: Restoring,
): Collection | undefined {
  const name = `${database}.${collection.name}`
  const plan = state.restoredPlans.get(name) ?? {}
  state.restoredPlans.delete(name)
  if (plan.missing) return undefined
  const { aliases: _left, deleted: _gone, loading: _over, ...rest } = collection
  const status = plan.status ?? collection.status
  const loadMs = (plan.loadSeconds ?? state.variants.loadSeconds) * 1000
  const { withoutFields = [] } = plan
  return {
    ...rest,
    status,
    rows: plan.rows ?? collection.rows,
    ...(status === 'LOADED' && loadMs > 0 ? { loading: { from: now, to: now + loadMs } } : {}),
    ...(withoutFields.length === 0
      ? {}
      : { fields: fieldsOf(collection).filter(({ name }) => !withoutFields.includes(name)) }),
  }
}

export function restoredDatabases(state: State, databases: readonly Database[], now: number): Database[] {
  return databases.map(({ name, collections }) => ({
    name,
    collections: collections
      .map(collection => restoredCollection(state, { database: name, collection, now }))
      .filter(collection => collection !== undefined),
  }))
}
