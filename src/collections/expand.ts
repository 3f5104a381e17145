/** From what `collections` asks for and what a backup holds to the requests of a restore. */
import { InputError } from '../errors.ts'
import { sanitize } from '../untrusted-text.ts'
import type { CollectionRestore } from '../zilliz/changes.ts'
import type { CollectionName, Contents } from '../zilliz/decode.ts'
import { formatName, keyOf, missingCollections } from './contents.ts'
import type { LoadStatus, Mapping } from './mapping.ts'
import type { Entry } from './unserved.ts'

/**
 * One request for each collection (F57). `everything`: the one request without a list, whose collections arrive
 * unloaded (F57).
 */
type Expansion = { kind: 'everything' } | { kind: 'entries'; entries: CollectionRestore[] }

/**
 * @param status of collections whose line does not give one
 * @throws InputError with every line that the backup cannot serve, and with what it does hold
 */
export async function expand(
  mappings: readonly Mapping[],
  contents: Contents,
  status: LoadStatus,
): Promise<Expansion> {
  const entries: Entry[] = []
  const unserved: Mapping[] = []
  for (const mapping of mappings) {
    if (mapping.kind === 'everything' && contents.kind !== 'by-database') return { kind: 'everything' }
    const expanded = expandOne(mapping, contents, status)
    if (expanded.length === 0) unserved.push(mapping)
    entries.push(...expanded)
  }
  const destinations = new Set(entries.map(({ to }) => keyOf(to)))
  if (unserved.length > 0 || destinations.size < entries.length) {
    const { problemsOf } = await import('./unserved.ts')
    const problems = problemsOf(unserved, entries, contents)
    throw new InputError(problems.map(problem => `collections: ${problem}`))
  }
  return { kind: 'entries', entries: entries.map(({ from, to, status }) => ({ from, to, status })) }
}

/** Nothing when the backup cannot serve it. */
function expandOne(mapping: Mapping, contents: Contents, otherwise: LoadStatus): Entry[] {
  const { line } = mapping
  if (mapping.kind === 'collection') {
    const { from, to, status = otherwise } = mapping
    const missing = missingCollections(contents, [from]) ?? []
    return missing.length === 0 ? [{ line, from, to, status }] : []
  }
  if (contents.kind !== 'by-database') return []
  return unique(contents.collections).flatMap((from): Entry[] => {
    if (mapping.kind === 'everything') return [{ line, from, to: from, status: otherwise }]
    if (from.database !== mapping.from) return []
    return [{ line, from, to: { ...from, database: mapping.to }, status: mapping.status ?? otherwise }]
  })
}

function unique(names: readonly CollectionName[]): CollectionName[] {
  const plain = names.map(({ database, collection }) => ({ database, collection }))
  return [...new Map(plain.map(name => [keyOf(name), name])).values()]
}

/** For sentences: `sales.orders as staging.orders_copy`. */
export function describeRestore({ from, to }: CollectionRestore): string {
  const [source, destination] = [sanitize(formatName(from)), sanitize(formatName(to))]
  return keyOf(from) === keyOf(to) ? source : `${source} as ${destination}`
}
