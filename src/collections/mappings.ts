/** What `restore-collections` is asked for, and what of a backup that means. */
import {
  type CollectionName,
  contentLines,
  defaultDatabase,
  type Entry,
  formatName,
  isJson,
  isName,
  isObject,
  isOptionalText,
  type Report,
  readEntries,
  readName,
} from './names.ts'

export type LoadStatus = 'LOADED' | 'UNLOADED'

/** What one line asks for. `named`: the line itself says the destination, by its arrow. */
export type Selection =
  | { kind: 'everything'; line: string }
  | {
      kind: 'database'
      line: string
      from: string
      to: string
      named: boolean
      status?: LoadStatus | undefined
    }
  | {
      kind: 'collection'
      line: string
      from: CollectionName
      to: CollectionName
      named: boolean
      status?: LoadStatus | undefined
    }

/** Reads `collections` of a restore. Undefined after a problem. */
export function parseSelections(text: string, problem: Report): Selection[] | undefined {
  let valid = true
  const report: Report = message => {
    valid = false
    problem(message)
  }
  const selections = isJson(text) ? fromJson(text, report) : fromLines(text, report)
  if (valid && selections.length === 0) report('expected at least one collection; got none')
  checkOverlaps(selections, report)
  return valid ? selections : undefined
}

const expectedLine =
  'expected collection, database.collection, database.* or *, and after an arrow the new name, for database.* of the form database.*'

function fromLines(text: string, report: Report): Selection[] {
  return contentLines(text).flatMap(({ line, content }) => {
    const [source = '', destination, ...more] = content.split('->').map(part => part.trim())
    const selection = more.length === 0 ? readLine(line, source, destination) : undefined
    if (selection === undefined) report(`${line}: ${expectedLine}`)
    return selection ?? []
  })
}

function readLine(line: string, source: string, destination: string | undefined): Selection | undefined {
  const named = destination !== undefined
  if (source === '*') return named ? undefined : { kind: 'everything', line }
  const from = allOf(source)
  if (from !== undefined) {
    const to = named ? allOf(destination) : from
    return to === undefined ? undefined : { kind: 'database', line, from, to, named }
  }
  const name = readName(source, defaultDatabase)
  if (name === undefined) return undefined
  const to = named ? readName(destination, name.database) : name
  return to === undefined ? undefined : { kind: 'collection', line, from: name, to, named }
}

/** The database of `database.*`. */
function allOf(text: string): string | undefined {
  return /^([^\s.*>[]+)\.\*$/.exec(text)?.[1]
}

/** The API's own `dbCollections` of restoreCollection (F55). */
function fromJson(text: string, report: Report): Selection[] {
  const entries = readEntries(text, ['dbName', 'destDbName', 'collections'], report) ?? []
  return entries.flatMap(({ line, entry }) => {
    const { dbName, destDbName, collections } = entry
    if (!isOptionalText(dbName) || !isOptionalText(destDbName)) {
      report(`${line}: expected dbName and destDbName to be text`)
      return []
    }
    const from = dbName || defaultDatabase
    const to = destDbName || from
    if (collections === undefined) {
      return { kind: 'database' as const, line, from, to, named: Boolean(destDbName) }
    }
    if (!Array.isArray(collections) || collections.length === 0) {
      report(`${line}: expected collections to be an array of objects, or to be left out`)
      return []
    }
    return collections.flatMap((item, index) => {
      const selection = readItem(`${line}, collection ${index + 1}`, from, to, item)
      if (selection === undefined) {
        report(
          `${line}, collection ${index + 1}: expected {"collectionName": text, "destCollectionName": text, "destCollectionStatus": "LOADED" or "UNLOADED"}, the last two optional`,
        )
      }
      return selection ?? []
    })
  })
}

const itemFields = ['collectionName', 'destCollectionName', 'destCollectionStatus']

function readItem(line: string, from: string, to: string, item: unknown): Selection | undefined {
  if (!isObject(item) || Object.keys(item).some(key => !itemFields.includes(key))) return undefined
  const { collectionName, destCollectionName, destCollectionStatus }: Entry = item
  const status = typeof destCollectionStatus === 'string' ? destCollectionStatus.toUpperCase() : undefined
  if (!isName(collectionName) || !isOptionalText(destCollectionName)) return undefined
  if (destCollectionStatus !== undefined && status !== 'LOADED' && status !== 'UNLOADED') return undefined
  return {
    kind: 'collection',
    line,
    from: { database: from, collection: collectionName },
    to: { database: to, collection: destCollectionName || collectionName },
    named: Boolean(destCollectionName),
    status: status as LoadStatus | undefined,
  }
}

/** A name given twice, by itself or within its database; two sources with one destination. */
function checkOverlaps(selections: readonly Selection[], report: Report): void {
  const taken = new Map<string, string>()
  const claim = (what: string, key: string, line: string) => {
    const before = taken.get(key)
    if (before === undefined) taken.set(key, line)
    else report(`${line}: ${what} already in ${before}`)
  }
  for (const selection of selections) {
    const { line } = selection
    if (selection.kind === 'everything') {
      if (selections.length > 1)
        report(`${line}: * stands for everything in the backup; no other line goes with it`)
    } else if (selection.kind === 'database') {
      claim(`${selection.from}.* is given`, `from ${selection.from}.*`, line)
      claim(`${selection.to}.* is a destination`, `to ${selection.to}.*`, line)
    } else {
      const { from, to } = selection
      claim(`${formatName(from)} is given`, `from ${formatName(from)}`, line)
      claim(`${formatName(to)} is a destination`, `to ${formatName(to)}`, line)
      const whole = selections.find(other => other.kind === 'database' && other.from === from.database)
      if (whole) report(`${line}: ${formatName(from)} is given already by ${whole.line}`)
    }
  }
}

/**
 * What would keep its name where the line does not say so: a problem when the target is the source cluster
 * itself, since nobody knows what the service does with a collection that is there already (U11).
 */
export function keepingNames(selections: readonly Selection[]): string[] {
  return selections.flatMap(selection => {
    if (selection.kind === 'everything') return ['everything']
    if (selection.named || !sameName(selection)) return []
    return [selection.kind === 'database' ? `${selection.from}.*` : formatName(selection.from)]
  })
}

function sameName(selection: Exclude<Selection, { kind: 'everything' }>): boolean {
  return selection.kind === 'database'
    ? selection.from === selection.to
    : formatName(selection.from) === formatName(selection.to)
}
