/** One database of a cluster or of a backup. */
export interface Database {
  name: string
  collections: Collection[]
}

export interface Collection {
  name: string
  description: string
  status: 'LOADED' | 'UNLOADED'
  /** Entities, those that were deleted not counted. */
  rows: number
  /** Default: an Int64 key and a vector of 768 dimensions. */
  fields?: readonly Field[]
  /** They point at it in its database; a restore leaves them behind (F109). */
  aliases?: readonly string[]
  /** Entities that were deleted: metadata count them still, a restored copy has none. */
  deleted?: number
  /** It is being loaded between these times, in world milliseconds; Infinity for a load that never ends. */
  loading?: { from: number; to: number }
}

export interface Field {
  name: string
  /** `Int64`, `VarChar`, `FloatVector`, … */
  type: string
  primaryKey?: boolean
  partitionKey?: boolean
  autoId?: boolean
  nullable?: boolean
  /** `{ dim: 768 }`, `{ max_length: 512 }`. */
  params?: Readonly<Record<string, string | number>>
}

export function collection(name: string, rows: number, status: Collection['status'] = 'LOADED'): Collection {
  return { name, description: '', status, rows }
}

const defaultFields: readonly Field[] = [
  { name: 'id', type: 'Int64', primaryKey: true },
  { name: 'vector', type: 'FloatVector', params: { dim: 768 } },
]

export function fieldsOf({ fields = defaultFields }: Collection): readonly Field[] {
  return fields
}

export function findCollection(databases: readonly Database[], database: string, name: string) {
  const collections = databases.find(candidate => candidate.name === database)?.collections
  return collections === undefined ? undefined : findByName(collections, name)
}

/** Where each name was when it was looked for last. */
const places = new WeakMap<readonly Collection[], Map<string, number>>()

/** Through an index, since a client may ask for each of thousands of collections. */
function findByName(collections: readonly Collection[], name: string): Collection | undefined {
  const known = collections[places.get(collections)?.get(name) ?? -1]
  // Whoever changed the list or a name did not tell the index.
  if (known?.name === name) return known
  places.set(collections, new Map(collections.map((entry, place) => [entry.name, place])))
  return collections.find(entry => entry.name === name)
}

/** A copy that shares nothing that is ever changed; with `status`, all collections get that load state. */
export function copyDatabases(databases: readonly Database[], status?: Collection['status']): Database[] {
  return databases.map(database => ({
    name: database.name,
    collections: database.collections.map(entry => ({ ...entry, status: status ?? entry.status })),
  }))
}

/** Adds a collection, or replaces the one with its name; a missing database is created. */
export function putCollection(databases: Database[], database: string, entry: Collection): void {
  let target = databases.find(candidate => candidate.name === database)
  if (target === undefined) {
    target = { name: database, collections: [] }
    databases.push(target)
  }
  target.collections = [...target.collections.filter(other => other.name !== entry.name), entry]
}
