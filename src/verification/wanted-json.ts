/** The JSON form of `collections` of a look. */
import { fromEntry } from '../collections/entries.ts'
import type { Mapping } from '../collections/mapping.ts'
import { type RestoreEntry, readRestoreEntries } from '../zilliz/db-collections.ts'

/** @param problems collects what is wrong */
export function wantedFromJson(text: string, problems: string[]): { mapping: Mapping }[] {
  return readRestoreEntries(text, problems).flatMap(entry => {
    if (entry.collection.status === undefined) return [{ mapping: withArrow(entry) }]
    problems.push(`${entry.line}: destCollectionStatus has no effect here: use collection-status`)
    return []
  })
}

/** Another database is a destination too. */
function withArrow(entry: RestoreEntry): Mapping {
  const mapping = fromEntry(entry)
  return entry.destDatabase === undefined || mapping.kind !== 'collection'
    ? mapping
    : { ...mapping, explicit: true }
}
