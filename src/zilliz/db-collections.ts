/** The API's own `dbCollections` as JSON, which a workflow may write in the input `collections` instead of lines. */
import { messageOf } from '../errors.ts'
import { isObject } from '../json.ts'
import { quoteInput, showInvisible } from '../untrusted-text.ts'
import { type CollectionName, defaultDatabase } from './decode.ts'

/** One collection of a backup (F24), with the words an error calls its place by. */
export interface NamedCollection {
  line: string
  name: CollectionName
}

/** `dbCollections` of createBackup: `[{"dbName", "collectionNames"}]`. */
export function readBackupEntries(json: string, problems: string[]): NamedCollection[] {
  return readEntries(json, ['dbName', 'collectionNames'], problems).flatMap(({ line, entry }) => {
    const { dbName, collectionNames } = entry
    const names = Array.isArray(collectionNames) && collectionNames.length > 0 ? collectionNames : undefined
    if (!isOptionalText(dbName) || names === undefined || !names.every(isName)) {
      problems.push(`${line}: expected {"dbName": text, "collectionNames": [at least one name]}`)
      return []
    }
    const database = dbName || defaultDatabase
    return names.map(collection => ({ line, name: { database, collection } }))
  })
}

/** What an entry of a restore asks for (F55): one of its collections. */
export interface RestoreEntry {
  line: string
  database: string
  destDatabase: string | undefined
  collection: {
    name: string
    destName: string | undefined
    status: 'LOADED' | 'UNLOADED' | undefined
  }
}

/** `dbCollections` of restoreCollection: `[{"dbName", "destDbName", "collections"}]`. */
export function readRestoreEntries(json: string, problems: string[]): RestoreEntry[] {
  const entries = readEntries(json, ['dbName', 'destDbName', 'collections'], problems)
  return entries.flatMap(({ line, entry: { dbName, destDbName, collections } }) => {
    if (!isOptionalText(dbName) || !isOptionalText(destDbName)) {
      problems.push(`${line}: expected dbName and destDbName to be text`)
      return []
    }
    const databases = { database: dbName || defaultDatabase, destDatabase: destDbName || undefined }
    const items = collections ?? []
    if (!Array.isArray(items) || items.length === 0) {
      const problem = Array.isArray(items)
        ? noCollections(databases)
        : 'expected collections to be an array of objects'
      problems.push(`${line}: ${problem}`)
      return []
    }
    return items.flatMap((item, index) => {
      const place = `${line}, collection ${index + 1}`
      const collection = readCollection(item)
      if (collection === undefined) problems.push(`${place}: ${expectedCollection}`)
      return collection === undefined ? [] : [{ line: place, ...databases, collection }]
    })
  })
}

/** Only a line can ask for a whole database. */
function noCollections({ database, destDatabase }: Pick<RestoreEntry, 'database' | 'destDatabase'>): string {
  const whole = destDatabase === undefined ? `${database}.*` : `${database}.* -> ${destDatabase}.*`
  return `has no collections, which must not be taken for the whole database. Name them, or give the line ${showInvisible(whole)} instead of JSON`
}

const expectedCollection =
  'expected {"collectionName": text, "destCollectionName": text, "destCollectionStatus": "LOADED" or "UNLOADED"}, the last two optional'

const collectionFields = ['collectionName', 'destCollectionName', 'destCollectionStatus']

function readCollection(item: unknown): RestoreEntry['collection'] | undefined {
  if (!isObject(item) || Object.keys(item).some(key => !collectionFields.includes(key))) return undefined
  const { collectionName, destCollectionName, destCollectionStatus } = item
  const status = typeof destCollectionStatus === 'string' ? destCollectionStatus.toUpperCase() : undefined
  if (!isName(collectionName) || !isOptionalText(destCollectionName)) return undefined
  if (destCollectionStatus !== undefined && status !== 'LOADED' && status !== 'UNLOADED') return undefined
  return {
    name: collectionName,
    destName: destCollectionName || undefined,
    status: status as 'LOADED' | 'UNLOADED' | undefined,
  }
}

type Entry = Record<string, unknown>

/** An array of objects with no other fields than these. */
function readEntries(
  json: string,
  known: readonly string[],
  problems: string[],
): { line: string; entry: Entry }[] {
  let entries: unknown[]
  try {
    entries = JSON.parse(json)
  } catch (error) {
    // The message of the parser quotes a piece of the text, in which a cut secret could no longer be recognized.
    const [place = ''] = / at position \d+/.exec(messageOf(error)) ?? []
    problems.push(`begins with [ but is not valid JSON${place}; got ${quoteInput(json)}`)
    return []
  }
  return entries.flatMap((entry, index) => {
    const line = `entry ${index + 1}`
    const unknown = isObject(entry) ? Object.keys(entry).filter(key => !known.includes(key)) : undefined
    if (isObject(entry) && unknown?.length === 0) return [{ line, entry }]
    const got = unknown ? `unknown field ${unknown.map(quoteInput).join(', ')}` : 'no object'
    problems.push(`${line}: expected an object of ${known.join(', ')}; got ${got}`)
    return []
  })
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}
