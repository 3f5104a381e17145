/** There is no such alias. */
import { OperationFailed } from '../errors.ts'
import { listInSentence, quote } from '../untrusted-text.ts'
import { type Alias, listAliases } from '../zilliz/aliases.ts'
import type { Connection } from '../zilliz/connection.ts'

const mostNamed = 50

/** With the aliases that are there. */
export async function noAlias(connection: Connection, of: Alias, cluster: string): Promise<OperationFailed> {
  const others = await listAliases(connection, of.database)
  const named = listInSentence(others.map(quote), mostNamed)
  return new OperationFailed({
    what: `There is no alias ${quote(of.alias)} in database ${quote(of.database)} of cluster ${cluster}.`,
    next: `${others.length === 0 ? 'That database has none' : `Its aliases: ${named}`}. This operation switches an existing alias: check alias, and the database of the collection.`,
    help: 'not-all-is-there',
  })
}
