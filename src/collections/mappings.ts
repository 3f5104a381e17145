/** What `restore-collections` is asked for: which collections of the backup, and where each goes. */
import type { Reader } from '../inputs/reader.ts'
import { showInvisible } from '../untrusted-text.ts'
import { type RestoreEntry, readRestoreEntries } from '../zilliz/db-collections.ts'
import { type CollectionName, defaultDatabase } from '../zilliz/decode.ts'
import { keyOf, showName } from './contents.ts'
import { contentLines, isJson, openClaims, problemOfName, type Report, readName } from './names.ts'

export type LoadStatus = 'LOADED' | 'UNLOADED'

/** What one line asks for. `explicit`: the line itself says the destination, by its arrow. */
export type Mapping = EverythingMapping | DatabaseMapping | CollectionMapping

interface EverythingMapping {
  kind: 'everything'
  line: string
}

interface DatabaseMapping {
  kind: 'database'
  line: string
  from: string
  to: string
  explicit: boolean
  status?: LoadStatus | undefined
}

interface CollectionMapping {
  kind: 'collection'
  line: string
  from: CollectionName
  to: CollectionName
  explicit: boolean
  status?: LoadStatus | undefined
}

export function readMappings(reader: Reader): Mapping[] {
  const text = reader.optional('collections')
  if (text === undefined) {
    reader.report('collections', 'expected collections, or * for everything in the backup; it is empty')
    return []
  }
  return parseMappings(text, problem => reader.report('collections', problem)) ?? []
}

/** Reads `collections` of a restore. Undefined after a problem. */
export function parseMappings(text: string, report: Report): Mapping[] | undefined {
  const problems: string[] = []
  const mappings = isJson(text)
    ? readRestoreEntries(text, problems).map(fromEntry)
    : fromLines(text, problems)
  if (problems.length === 0 && mappings.length === 0) {
    problems.push('expected at least one collection; got none')
  }
  problems.push(...overlaps(mappings))
  for (const problem of problems) report(problem)
  return problems.length === 0 ? mappings : undefined
}

const expectedLine =
  'expected collection, database.collection, database.* or *, and after an arrow the new name, for database.* of the form database.*'

/** What a line stands for, or what is wrong with it. */
type Parsed = Mapping | string

function fromLines(text: string, problems: string[]): Mapping[] {
  return contentLines(text).flatMap(({ line, content }) => {
    const mapping = readMapping(line, content)
    if (typeof mapping !== 'string') return [mapping]
    problems.push(`${line}: ${expectedLine}; it ${mapping}`)
    return []
  })
}

/** One line without its end: names, and after an arrow the destination. */
export function readMapping(line: string, content: string): Parsed {
  const [source = '', destination, ...more] = content.split('->').map(part => part.trim())
  return more.length === 0 ? readLine(line, source, destination) : 'has more than one arrow'
}

function readLine(line: string, source: string, destination: string | undefined): Parsed {
  const explicit = destination !== undefined
  if (source === '*') return explicit ? 'has an arrow after *' : { kind: 'everything', line }
  const from = databaseOfStar(source)
  if (from !== undefined) {
    const to = explicit ? databaseOfStar(destination) : from
    if (to === undefined) return 'has a destination that is not of the form database.*'
    const problem = problemOfName(from) ?? problemOfName(to)
    return problem ?? { kind: 'database', line, from, to, explicit }
  }
  const name = readName(source, defaultDatabase)
  if (typeof name === 'string') return name
  const to = explicit ? readName(destination, name.database) : name
  return typeof to === 'string'
    ? `has a destination that ${to}`
    : { kind: 'collection', line, from: name, to, explicit }
}

/** The database of `database.*`. */
function databaseOfStar(text: string): string | undefined {
  return text.endsWith('.*') ? text.slice(0, -2) : undefined
}

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

/** A name given twice, by itself or within its database; two sources with one destination. */
function overlaps(mappings: readonly Mapping[]): string[] {
  const problems: string[] = []
  const claim = openClaims(problems)
  for (const mapping of mappings) {
    const { line } = mapping
    if (mapping.kind === 'everything') {
      if (mappings.length > 1) {
        problems.push(`${line}: * stands for everything in the backup; no other line can be combined with it`)
      }
      continue
    }
    const [from, to] = namesOf(mapping)
    const [fromKey, toKey] = keysOf(mapping)
    claim(`${from} is given`, `from ${fromKey}`, line)
    claim(`${to} is a destination`, `to ${toKey}`, line)
    const whole = mapping.kind === 'collection' ? wholeDatabase(mappings, mapping.from.database) : undefined
    if (whole) problems.push(`${line}: ${from} is given already by ${whole.line}`)
  }
  return problems
}

function wholeDatabase(mappings: readonly Mapping[], database: string): Mapping | undefined {
  return mappings.find(other => other.kind === 'database' && other.from === database)
}

/** As they stand in a line. */
function namesOf(mapping: DatabaseMapping | CollectionMapping): [from: string, to: string] {
  return mapping.kind === 'database'
    ? [showInvisible(`${mapping.from}.*`), showInvisible(`${mapping.to}.*`)]
    : [showName(mapping.from), showName(mapping.to)]
}

/** A whole database has a key that no collection has. */
function keysOf(mapping: DatabaseMapping | CollectionMapping): [from: string, to: string] {
  return mapping.kind === 'database'
    ? [`${mapping.from}.*`, `${mapping.to}.*`]
    : [keyOf(mapping.from), keyOf(mapping.to)]
}

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
