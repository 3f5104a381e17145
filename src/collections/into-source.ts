/** A restore into the very cluster that the backup is of. */
import { keysOf, type Mapping, namesOf } from './mapping.ts'

/**
 * A restore into the source cluster itself keeps a name only where its line says so, since nobody knows what the
 * service does with a collection that is there already (U11).
 */
export function problemsIntoSource(mappings: readonly Mapping[]): string[] {
  return mappings.flatMap(mapping => {
    if (mapping.kind === 'everything') return [everythingIntoSource]
    const [from] = namesOf(mapping)
    const [fromKey, toKey] = keysOf(mapping)
    if (mapping.explicit || fromKey !== toKey) return []
    const other = mapping.kind === 'database' ? 'restored.*' : `${from}_restored`
    return [
      `the target is the source cluster itself, and ${from} would keep its name. Give it a new one (${from} -> ${other}) or say with the arrow that it is to keep it (${from} -> ${from})`,
    ]
  })
}

const everythingIntoSource =
  'the target is the source cluster itself, and everything would keep its name. Name the collections, each with a new name (orders -> orders_restored) or, to keep it, with the arrow (orders -> orders, sales.* -> sales.*)'
