/** What `restore-collections` is asked for: which collections of the backup, and where each goes. */
import type { Reader } from '../inputs/reader.ts'
import { type RestoreEntry, readRestoreEntries } from '../zilliz/db-collections.ts'
import { type CollectionName, defaultDatabase } from '../zilliz/decode.ts'
import { formatName } from './contents.ts'
import { contentLines, isJson, type Report, readName } from './names.ts'

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
  if (text === undefined) return [{ kind: 'everything', line: 'no line' }]
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

function fromLines(text: string, problems: string[]): Mapping[] {
  return contentLines(text).flatMap(({ line, content }) => {
    const [source = '', destination, ...more] = content.split('->').map(part => part.trim())
    const mapping = more.length === 0 ? readLine(line, source, destination) : undefined
    if (mapping === undefined) problems.push(`${line}: ${expectedLine}`)
    return mapping ?? []
  })
}

function readLine(line: string, source: string, destination: string | undefined): Mapping | undefined {
  const explicit = destination !== undefined
  if (source === '*') return explicit ? undefined : { kind: 'everything', line }
  const from = databaseOfStar(source)
  if (from !== undefined) {
    const to = explicit ? databaseOfStar(destination) : from
    return to === undefined ? undefined : { kind: 'database', line, from, to, explicit }
  }
  const name = readName(source, defaultDatabase)
  if (name === undefined) return undefined
  const to = explicit ? readName(destination, name.database) : name
  return to === undefined ? undefined : { kind: 'collection', line, from: name, to, explicit }
}

/** The database of `database.*`. */
function databaseOfStar(text: string): string | undefined {
  return /^([^\s.*>[]+)\.\*$/.exec(text)?.[1]
}

function fromEntry({ line, database, destDatabase, collection }: RestoreEntry): Mapping {
  const to = destDatabase ?? database
  if (collection === undefined) {
    return { kind: 'database', line, from: database, to, explicit: destDatabase !== undefined }
  }
  const { name, destName, status } = collection
  return {
    kind: 'collection',
    line,
    from: { database, collection: name },
    to: { database: to, collection: destName ?? name },
    explicit: destName !== undefined,
    status,
  }
}

/** A name given twice, by itself or within its database; two sources with one destination. */
function overlaps(mappings: readonly Mapping[]): string[] {
  const problems: string[] = []
  const taken = new Map<string, string>()
  const claim = (what: string, key: string, line: string) => {
    const before = taken.get(key)
    if (before === undefined) taken.set(key, line)
    else problems.push(`${line}: ${what} already in ${before}`)
  }
  for (const mapping of mappings) {
    const { line } = mapping
    if (mapping.kind === 'everything') {
      if (mappings.length > 1) {
        problems.push(`${line}: * stands for everything in the backup; no other line can be combined with it`)
      }
      continue
    }
    const [from, to] = namesOf(mapping)
    claim(`${from} is given`, `from ${from}`, line)
    claim(`${to} is a destination`, `to ${to}`, line)
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
    ? [`${mapping.from}.*`, `${mapping.to}.*`]
    : [formatName(mapping.from), formatName(mapping.to)]
}

/**
 * A restore into the source cluster itself keeps a name only where its line says so, since nobody knows what the
 * service does with a collection that is there already (U11).
 */
export function problemsIntoSource(mappings: readonly Mapping[]): string[] {
  return mappings.flatMap(mapping => {
    if (mapping.kind === 'everything') return [everythingIntoSource]
    const [from, to] = namesOf(mapping)
    if (mapping.explicit || from !== to) return []
    const other = mapping.kind === 'database' ? 'restored.*' : `${from}_restored`
    return [
      `the target is the source cluster itself, and ${from} would keep its name. Give it a new one (${from} -> ${other}) or say with the arrow that it is to keep it (${from} -> ${from})`,
    ]
  })
}

const everythingIntoSource =
  'the target is the source cluster itself, and everything would keep its name. Name the collections, each with a new name (orders -> orders_restored) or, to keep it, with the arrow (orders -> orders, sales.* -> sales.*)'
