import { ApiError } from '../api-error.ts'
import { findCollection } from '../databases.ts'
import type { Cluster } from '../records.ts'
import {
  collectionDetails,
  collectionNotFound,
  databasesOf,
  loadStateOf,
  requireAlias,
  requireCollection,
  requireDatabase,
} from './collections.ts'

/** One request to the data plane that satisfies the contract. */
export interface DataCall {
  cluster: Cluster
  body: { dbName?: string; collectionName?: string; aliasName?: string }
  /** World milliseconds. */
  now: number
  /** Name that a list leaves out, or `newest`. */
  leaveOut: string | undefined
}

type DataHandler = (call: DataCall) => unknown

const listDatabases: DataHandler = ({ cluster, leaveOut }) =>
  names(
    databasesOf(cluster).map(({ name }) => name),
    leaveOut,
  )

const listCollections: DataHandler = ({ cluster, body, leaveOut }) => {
  const { collections } = requireDatabase(cluster, body.dbName)
  return names(
    collections.map(({ name }) => name),
    leaveOut,
  )
}

const getLoadState: DataHandler = call => ({
  ...loadStateOf(collectionOf(call), call.now),
  message: '',
})

/** From metadata, which count deleted entities still. */
const getCollectionStats: DataHandler = call => {
  const { rows, deleted = 0 } = collectionOf(call)
  return { rowCount: rows + deleted }
}

const countEntities: DataHandler = call => {
  const collection = collectionOf(call)
  const { loadState } = loadStateOf(collection, call.now)
  if (loadState === 'LoadStateNotLoad') {
    throw new ApiError(101, `collection not loaded[collection=${collection.name}]`)
  }
  if (loadState === 'LoadStateLoading') {
    throw new ApiError(103, `collection not fully loaded[collection=${collection.name}]`)
  }
  return [{ 'count(*)': collection.rows }]
}

const describeCollection: DataHandler = call => collectionDetails(collectionOf(call), call.now)

const listAliases: DataHandler = ({ cluster, body, leaveOut }) => {
  const database = requireDatabase(cluster, body.dbName)
  const { collectionName } = body
  const of =
    collectionName === undefined ? database.collections : [requireCollection(database, collectionName)]
  return names(
    of.flatMap(({ aliases = [] }) => aliases),
    leaveOut,
  )
}

const describeAlias: DataHandler = ({ cluster, body: { dbName, aliasName = '' } }) => {
  const database = requireDatabase(cluster, dbName)
  const { name } = requireAlias(database, aliasName)
  return { dbName: database.name, collectionName: name, aliasName }
}

const alterAlias: DataHandler = ({ cluster, body }) => {
  const { aliasName = '', collectionName = '' } = body
  const database = requireDatabase(cluster, body.dbName)
  const before = requireAlias(database, aliasName)
  const after = findCollection([database], database.name, collectionName)
  if (after === undefined) throw collectionNotFound(database, collectionName)
  before.aliases = (before.aliases ?? []).filter(name => name !== aliasName)
  after.aliases = [...(after.aliases ?? []), aliasName]
  return {}
}

/** All operations of the OpenAPI document of the data plane by id. */
export const dataOperations = {
  listDatabases,
  listCollections,
  getLoadState,
  getCollectionStats,
  countEntities,
  describeCollection,
  listAliases,
  describeAlias,
  alterAlias,
} as const satisfies Record<string, DataHandler>

export type DataOperationId = keyof typeof dataOperations

export function isDataOperation(operationId: string): operationId is DataOperationId {
  return Object.hasOwn(dataOperations, operationId)
}

function collectionOf({ cluster, body: { dbName, collectionName = '' } }: DataCall) {
  return requireCollection(requireDatabase(cluster, dbName), collectionName)
}

function names(all: readonly string[], leaveOut: string | undefined): string[] {
  const left = leaveOut === 'newest' ? all.at(-1) : leaveOut
  return all.filter(name => name !== left)
}
