/** The aliases of a cluster (F105). */
import { quote } from '../untrusted-text.ts'
import type { Connection } from './connection.ts'
import { ask, decodeNames, isTemporary } from './data-plane.ts'
import { fields, text } from './fields.ts'
import { type Change, pathOf } from './requests.ts'

/** POST …/aliases/list (F105), of a database or of one collection. */
export function listAliases(to: Connection, database: string, collection?: string): Promise<string[]> {
  const body = { dbName: database, ...(collection !== undefined && { collectionName: collection }) }
  const tried = `list the aliases of database ${quote(database)}`
  return ask(to, ['aliases', 'list'], { body, tried, decode: decodeNames })
}

export interface Alias {
  database: string
  alias: string
}

/** POST …/aliases/describe (F105): the collection that it points at. */
export function describeAlias(to: Connection, { database, alias }: Alias): Promise<string> {
  const tried = `read where alias ${quote(alias)} of database ${quote(database)} points`
  const decode = (data: unknown) => {
    const from = fields(data, 'alias')
    if (text(from, 'aliasName') !== alias) throw new Error('the response is about another alias')
    return text(from, 'collectionName')
  }
  return ask(to, ['aliases', 'describe'], { body: { dbName: database, aliasName: alias }, tried, decode })
}

/** POST …/aliases/alter (F105): points it at another collection of its database. */
export function alterAlias({ database, alias }: Alias, collection: string): Change<void> {
  return {
    method: 'POST',
    path: pathOf('vectordb', 'aliases', 'alter'),
    body: { dbName: database, aliasName: alias, collectionName: collection },
    tried: `point alias ${quote(alias)} of database ${quote(database)} at ${quote(collection)}`,
    right: 'data',
    isTemporary,
    decode: () => undefined,
  }
}
