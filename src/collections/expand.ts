/** From what `collections` asks for and what a backup holds to the requests of a restore. */
import { InputError } from '../errors.ts'
import { sanitize } from '../untrusted-text.ts'
import type { CollectionRestore } from '../zilliz/changes.ts'
import type { CollectionName, Contents } from '../zilliz/decode.ts'
import { describeContents, formatName, missingCollections } from './contents.ts'
import type { LoadStatus, Mapping } from './mappings.ts'

/**
 * One request for each collection (F57). `everything`: the one request without a list, whose collections arrive
 * unloaded (F57).
 */
export type Expansion = { kind: 'everything' } | { kind: 'entries'; entries: CollectionRestore[] }

/**
 * @param status of collections whose line does not give one
 * @throws InputError with every line that the backup cannot serve, and with what it does hold
 */
export function expand(mappings: readonly Mapping[], contents: Contents, status: LoadStatus): Expansion {
  const problems: string[] = []
  const entries: Entry[] = []
  for (const mapping of mappings) {
    if (mapping.kind === 'everything' && contents.kind !== 'by-database') return { kind: 'everything' }
    const expanded = expandOne(mapping, contents, status)
    if (typeof expanded === 'string') problems.push(`${mapping.line}: ${expanded}`)
    else entries.push(...expanded)
  }
  if (problems.length > 0) problems.push(`the backup holds ${describeContents(contents)}`)
  problems.push(...collisions(entries))
  if (problems.length > 0) throw new InputError(problems.map(problem => `collections: ${problem}`))
  return { kind: 'entries', entries: entries.map(({ from, to, status }) => ({ from, to, status })) }
}

type Entry = CollectionRestore & { line: string }

/** @returns a text when the backup cannot serve it */
function expandOne(mapping: Mapping, contents: Contents, otherwise: LoadStatus): Entry[] | string {
  const { line } = mapping
  if (mapping.kind === 'collection') {
    const { from, to, status = otherwise } = mapping
    const missing = missingCollections(contents, [from]) ?? []
    return missing.length > 0 ? `${formatName(from)} is not in the backup` : [{ line, from, to, status }]
  }
  if (contents.kind !== 'by-database') {
    return 'the service does not list which collections of the backup are in which database. Name them, or take everything with *'
  }
  const all = unique(contents.collections)
  const chosen = mapping.kind === 'everything' ? all : all.filter(({ database }) => database === mapping.from)
  if (chosen.length === 0) return 'the backup holds no collections of that database'
  return chosen.map(from => {
    if (mapping.kind === 'everything') return { line, from, to: from, status: otherwise }
    return { line, from, to: { ...from, database: mapping.to }, status: mapping.status ?? otherwise }
  })
}

function unique(names: readonly CollectionName[]): CollectionName[] {
  return [...new Map(names.map(name => [formatName(name), name])).values()]
}

/** Two sources with one destination, or one source twice, that show only once the stars are expanded. */
function collisions(entries: readonly Entry[]): string[] {
  const problems: string[] = []
  const lines = new Map<string, string>()
  for (const { line, to } of entries) {
    const before = lines.get(formatName(to))
    if (before === undefined) lines.set(formatName(to), line)
    else problems.push(`${line}: ${sanitize(formatName(to))} is a destination already in ${before}`)
  }
  return problems
}

/** For sentences: `sales.orders as staging.orders_copy`. */
export function describeRestore({ from, to }: CollectionRestore): string {
  const [source, destination] = [sanitize(formatName(from)), sanitize(formatName(to))]
  return source === destination ? source : `${source} as ${destination}`
}
