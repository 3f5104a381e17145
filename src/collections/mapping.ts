/** One line or entry of `collections` of a restore: which collections of the backup, and where each goes. */
import { showInvisible } from '../untrusted-text.ts'
import { type CollectionName, defaultDatabase } from '../zilliz/decode.ts'
import { keyOf, showName } from './contents.ts'
import { problemOfName, readName } from './names.ts'

export type LoadStatus = 'LOADED' | 'UNLOADED'

/** What one line asks for. `explicit`: the line itself says the destination, by its arrow. */
export type Mapping = EverythingMapping | DatabaseMapping | CollectionMapping

interface EverythingMapping {
  kind: 'everything'
  line: string
}

export interface DatabaseMapping {
  kind: 'database'
  line: string
  from: string
  to: string
  explicit: boolean
  status?: LoadStatus | undefined
}

export interface CollectionMapping {
  kind: 'collection'
  line: string
  from: CollectionName
  to: CollectionName
  explicit: boolean
  status?: LoadStatus | undefined
}

/** One line without its end: names, and after an arrow the destination. A text says what is wrong with it. */
export function readMapping(line: string, content: string): Mapping | string {
  const [source = '', destination, ...more] = content.split('->').map(part => part.trim())
  return more.length === 0 ? readLine(line, source, destination) : 'has more than one arrow'
}

function readLine(line: string, source: string, destination: string | undefined): Mapping | string {
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

/** As they stand in a line. */
export function namesOf(mapping: DatabaseMapping | CollectionMapping): [from: string, to: string] {
  return mapping.kind === 'database'
    ? [showInvisible(`${mapping.from}.*`), showInvisible(`${mapping.to}.*`)]
    : [showName(mapping.from), showName(mapping.to)]
}

/** A whole database has a key that no collection has. */
export function keysOf(mapping: DatabaseMapping | CollectionMapping): [from: string, to: string] {
  return mapping.kind === 'database'
    ? [`${mapping.from}.*`, `${mapping.to}.*`]
    : [keyOf(mapping.from), keyOf(mapping.to)]
}
