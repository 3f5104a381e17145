/** One database of a cluster or of a backup. */
export interface Database {
  name: string
  collections: Collection[]
}

export interface Collection {
  name: string
  description: string
  status: 'LOADED' | 'UNLOADED'
  rows: number
}

export function collection(name: string, rows: number, status: Collection['status'] = 'LOADED'): Collection {
  return { name, description: '', status, rows }
}

export function findCollection(databases: readonly Database[], database: string, name: string) {
  return databases
    .find(candidate => candidate.name === database)
    ?.collections.find(entry => entry.name === name)
}

/** A deep copy; with `status`, all collections get that load state. */
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
