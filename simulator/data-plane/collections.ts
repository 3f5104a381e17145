import { ApiError } from '../api-error.ts'
import { type Collection, type Database, type Field, fieldsOf, findCollection } from '../databases.ts'
import type { Cluster } from '../records.ts'

/** A cluster has the database `default` always, whether anything was ever put into it or not. */
export function databasesOf(cluster: Cluster): readonly Database[] {
  const { databases } = cluster
  if (databases.some(({ name }) => name === 'default')) return databases
  return [{ name: 'default', collections: [] }, ...databases]
}

/** @throws {ApiError} 800 when there is none; without a name it is `default`. */
export function requireDatabase(cluster: Cluster, name: string | undefined): Database {
  const database = databasesOf(cluster).find(candidate => candidate.name === (name || 'default'))
  if (database === undefined) throw new ApiError(800, `database not found[database=${name}]`)
  return database
}

/** By its name or by one of its aliases, as the open engine has it. @throws {ApiError} 100 when there is none. */
export function requireCollection(database: Database, name: string): Collection {
  const found =
    findCollection([database], database.name, name) ??
    database.collections.find(({ aliases }) => aliases?.includes(name))
  if (found === undefined) throw collectionNotFound(database, name)
  return found
}

export function collectionNotFound({ name: database }: Database, name: string): ApiError {
  return new ApiError(100, `collection not found[database=${database}][collection=${name}]`)
}

/** The collection that an alias points at. @throws {ApiError} 1600 when there is no such alias. */
export function requireAlias(database: Database, alias: string): Collection {
  const found = database.collections.find(({ aliases }) => aliases?.includes(alias))
  if (found !== undefined) return found
  throw new ApiError(1600, `alias not found[database=${database.name}][alias=${alias}]`)
}

export interface LoadState {
  loadState: string
  loadProgress: number
}

export function loadStateOf(collection: Collection, now: number): LoadState {
  const { status, loading } = collection
  if (status === 'UNLOADED') return { loadState: 'LoadStateNotLoad', loadProgress: 0 }
  if (loading === undefined || now >= loading.to) return { loadState: 'LoadStateLoaded', loadProgress: 100 }
  const fraction = (now - loading.from) / (loading.to - loading.from)
  return { loadState: 'LoadStateLoading', loadProgress: Math.min(99, Math.floor(fraction * 100)) }
}

/** The collection in the format of the document. */
export function collectionDetails(collection: Collection, now: number) {
  const fields = fieldsOf(collection)
  const vectors = fields.filter(({ type }) => type.endsWith('Vector'))
  return {
    collectionName: collection.name,
    description: collection.description,
    load: loadStateOf(collection, now).loadState,
    shardsNum: 1,
    partitionsNum: 1,
    enableDynamicField: true,
    aliases: collection.aliases ?? [],
    fields: fields.map(fieldDetails),
    indexes: vectors.map(({ name }) => ({ fieldName: name, indexName: name, metricType: 'COSINE' })),
  }
}

function fieldDetails({ name, type, params, ...field }: Field) {
  const { primaryKey = false, partitionKey = false, autoId = false, nullable = false } = field
  const pairs = Object.entries(params ?? {}).map(([key, value]) => ({ key, value: String(value) }))
  const shown = pairs.length === 0 ? {} : { params: pairs }
  return { name, type, primaryKey, partitionKey, autoId, nullable, ...shown }
}
