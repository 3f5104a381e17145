/** From what `collections` asks for and what a backup holds to the requests of a restore. */
import { InputError } from '../errors.ts'
import { sanitize, showInvisible } from '../untrusted-text.ts'
import type { CollectionRestore } from '../zilliz/changes.ts'
import type { CollectionName, Contents } from '../zilliz/decode.ts'
import { sameButCase } from '../zilliz/reads.ts'
import { describeContents, formatName, keyOf, missingCollections, showName } from './contents.ts'
import type { LoadStatus, Mapping } from './mapping.ts'
import { openClaims } from './names.ts'

/**
 * One request for each collection (F57). `everything`: the one request without a list, whose collections arrive
 * unloaded (F57).
 */
type Expansion = { kind: 'everything' } | { kind: 'entries'; entries: CollectionRestore[] }

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
    if (missing.length === 0) return [{ line, from, to, status }]
    return `${showName(from)} is not in the backup${otherSpelling(namesButCase(from, contents))}`
  }
  if (contents.kind !== 'by-database') {
    return 'the service does not list which collections of the backup are in which database. Name them, or take everything with *'
  }
  const all = unique(contents.collections)
  const chosen = mapping.kind === 'everything' ? all : all.filter(({ database }) => database === mapping.from)
  if (chosen.length === 0) {
    const wanted = mapping.kind === 'database' ? mapping.from : undefined
    const others = all.map(({ database }) => database).filter(other => sameButCase(wanted, other))
    return `the backup holds no collections of that database${otherSpelling(others, 'of ')}`
  }
  return chosen.map(from => {
    if (mapping.kind === 'everything') return { line, from, to: from, status: otherwise }
    return { line, from, to: { ...from, database: mapping.to }, status: mapping.status ?? otherwise }
  })
}

/** Names in the backup that differ from one by case alone. */
function namesButCase(name: CollectionName, contents: Contents): string[] {
  if (contents.kind === 'unlisted') return []
  if (contents.kind === 'flat') {
    return contents.collections.filter(other => sameButCase(name.collection, other))
  }
  return contents.collections
    .filter(
      ({ database, collection }) =>
        sameButCase(name.database, database) && sameButCase(name.collection, collection),
    )
    .map(formatName)
}

/** For the end of a sentence. */
function otherSpelling(names: readonly string[], before = ''): string {
  const each = [...new Set(names)].map(showInvisible).join(' and ')
  return each === '' ? '' : `, but ${before}${each}, which differs by case alone: write it so`
}

function unique(names: readonly CollectionName[]): CollectionName[] {
  const plain = names.map(({ database, collection }) => ({ database, collection }))
  return [...new Map(plain.map(name => [keyOf(name), name])).values()]
}

/** Two sources with one destination, or one source twice, that show only once the stars are expanded. */
function collisions(entries: readonly Entry[]): string[] {
  const problems: string[] = []
  const claim = openClaims(problems)
  for (const { line, to } of entries) claim(`${showName(to)} is a destination`, keyOf(to), line)
  return problems
}

/** For sentences: `sales.orders as staging.orders_copy`. */
export function describeRestore({ from, to }: CollectionRestore): string {
  const [source, destination] = [sanitize(formatName(from)), sanitize(formatName(to))]
  return keyOf(from) === keyOf(to) ? source : `${source} as ${destination}`
}
