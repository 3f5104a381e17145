/** What a cluster shows of its databases and collections. */
import { quote } from '../untrusted-text.ts'
import type { Connection } from './connection.ts'
import { ask, decodeNames } from './data-plane.ts'
import type { CollectionName } from './decode.ts'
import { type Fields, fields, number, optionalText, text } from './fields.ts'

/** Requests to one cluster that are open at the same time. */
export const mostAtOnce = 8

/** POST …/databases/list (F99). */
export function listDatabases(to: Connection): Promise<string[]> {
  const tried = 'list the databases of the cluster'
  // Every cluster has one at least, so null is no list here.
  return ask(to, ['databases', 'list'], { body: {}, tried, decode: data => decodeNames(data ?? undefined) })
}

/** POST …/collections/list (F99). */
export function listCollections(to: Connection, database: string): Promise<string[]> {
  const tried = `list the collections of database ${quote(database)}`
  return ask(to, ['collections', 'list'], { body: { dbName: database }, tried, decode: decodeNames })
}

/** F100. */
export const loadedState = 'LoadStateLoaded'
export const loadingState = 'LoadStateLoading'
export const notLoadedState = 'LoadStateNotLoad'
export const notThereState = 'LoadStateNotExist'

interface Described {
  /** Undefined where the description does not show it. Asked for by an alias, it is that of the collection. */
  collection: string | undefined
  /** Undefined where the description does not show it. */
  loadState: string | undefined
  /** In the cluster's order, as `vector FloatVector(768)` and `id Int64 primary`. */
  fields: string[]
  /** Undefined where the description does not show them, or shows null. */
  aliases: string[] | undefined
}

/** POST …/collections/describe (F106). */
export function describeCollection(to: Connection, name: CollectionName): Promise<Described> {
  const tried = `describe collection ${nameOf(name)}`
  return ask(to, ['collections', 'describe'], { body: bodyOf(name), tried, decode: decodeDescription })
}

/** POST …/collections/get_load_state (F100). */
export function readLoadState(to: Connection, name: CollectionName): Promise<string> {
  const tried = `read the load state of collection ${nameOf(name)}`
  const decode = (data: unknown) => text(fields(data, 'load state'), 'loadState')
  return ask(to, ['collections', 'get_load_state'], { body: bodyOf(name), tried, decode })
}

/** POST …/entities/query with `count(*)`: exact, for loaded collections; it reads all data, so it may take long (F102). */
export function countExactly(to: Connection, name: CollectionName): Promise<number> {
  const body = {
    ...bodyOf(name),
    filter: '',
    outputFields: ['count(*)'],
    consistencyLevel: 'Strong',
  }
  const tried = `count the entities of collection ${nameOf(name)}`
  const decode = (data: unknown) => countIn(Array.isArray(data) ? data[0] : undefined, 'count(*)')
  return ask(to, ['entities', 'query'], { body, tried, decode, endsOnTimeout: true })
}

/** POST …/collections/get_stats: from metadata, so it counts deleted entities still and may lag behind (F101). */
export function countFromMetadata(to: Connection, name: CollectionName): Promise<number> {
  const tried = `read the number of entities of collection ${nameOf(name)}`
  const decode = (data: unknown) => countIn(data, 'rowCount')
  return ask(to, ['collections', 'get_stats'], { body: bodyOf(name), tried, decode })
}

function bodyOf({ database, collection }: CollectionName) {
  return { dbName: database, collectionName: collection }
}

function nameOf({ database, collection }: CollectionName): string {
  return quote(`${database}.${collection}`)
}

/** As a number or as text. */
function countIn(data: unknown, name: string): number {
  const count = number(fields(data, 'count')[name])
  if (count === undefined || !Number.isSafeInteger(count) || count < 0) {
    throw new Error(`the response has no ${name}`)
  }
  return count
}

function decodeDescription(data: unknown): Described {
  const from = fields(data, 'collection')
  if (!Array.isArray(from.fields)) throw new Error('the response has no fields')
  return {
    collection: optionalText(from, 'collectionName'),
    loadState: optionalText(from, 'load'),
    fields: from.fields.map(field => fieldText(fields(field, 'field'))),
    // What is null may be hidden.
    aliases: from.aliases === undefined || from.aliases === null ? undefined : decodeNames(from.aliases),
  }
}

function fieldText(field: Fields): string {
  const params = Array.isArray(field.params) ? field.params : []
  const dimension = params.map(param => fields(param, 'parameter')).find(({ key }) => key === 'dim')?.value
  const size = dimension === undefined ? '' : `(${dimension})`
  const primary = field.primaryKey === true ? ' primary' : ''
  return `${text(field, 'name')} ${text(field, 'type')}${size}${primary}`
}
