/** The JSON form of `collections` of a restore: its entries as lines have them. */
import type { RestoreEntry } from '../zilliz/db-collections.ts'
import type { Mapping } from './mapping.ts'

export function fromEntry({ line, database, destDatabase, collection }: RestoreEntry): Mapping {
  const { name, destName, status } = collection
  return {
    kind: 'collection',
    line,
    from: { database, collection: name },
    to: { database: destDatabase ?? database, collection: destName ?? name },
    explicit: destName !== undefined,
    status,
  }
}
