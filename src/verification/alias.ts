/** Switching an alias: sent once, looked for when its response is lost, and read back. */
import type { Step } from '../step.ts'
import { type Alias, alterAlias, describeAlias } from '../zilliz/aliases.ts'
import type { Connection } from '../zilliz/connection.ts'
import { saysMissing } from '../zilliz/data-plane.ts'
import { readBack, type Switch, sendOrLost } from './alias-sent.ts'

/**
 * @returns the collection that it points at
 * @throws OperationFailed with the aliases of its database when there is no such alias
 */
export async function whereItPoints(connection: Connection, of: Alias, cluster: string): Promise<string> {
  try {
    return await describeAlias(connection, of)
  } catch (error) {
    if (!saysMissing(error, 'alias', 'database')) throw error
    throw await (await import('./no-alias.ts')).noAlias(connection, of, cluster)
  }
}

/** @throws OperationFailed unless a read shows that it points there; TimedOut, Cancelled */
export async function pointAlias(step: Step, connection: Connection, wanted: Switch): Promise<void> {
  const { alias, collection } = wanted
  const change = alterAlias(alias, collection)
  const lost = await sendOrLost(connection, change)
  if (lost === undefined) await readBack(step, connection, wanted)
  else await (await import('./alias-in-doubt.ts')).seeThrough(step, connection, { ...wanted, lost })
  step.log(`Alias ${alias.alias} of database ${alias.database} points at ${collection}.`)
}
