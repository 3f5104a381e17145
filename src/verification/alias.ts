/** Switching an alias: sent once, looked for when its response is lost, and read back. */
import { messageOf, OperationFailed, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { listInSentence, quote } from '../untrusted-text.ts'
import { mayHaveSucceeded } from '../waiting/lost-response.ts'
import { type Alias, alterAlias, describeAlias, listAliases } from '../zilliz/aliases.ts'
import { type Connection, send } from '../zilliz/connection.ts'
import { saysMissing } from '../zilliz/data-plane.ts'
import type { NoResponseError } from '../zilliz/errors.ts'

const mostNamed = 50

/**
 * @returns the collection that it points at
 * @throws OperationFailed with the aliases of its database when there is no such alias
 */
export async function whereItPoints(connection: Connection, of: Alias, cluster: string): Promise<string> {
  try {
    return await describeAlias(connection, of)
  } catch (error) {
    if (!saysMissing(error, 'alias', 'database')) throw error
    const others = await listAliases(connection, of.database)
    const named = listInSentence(others.map(quote), mostNamed)
    throw new OperationFailed({
      what: `There is no alias ${quote(of.alias)} in database ${quote(of.database)} of cluster ${cluster}.`,
      next: `${others.length === 0 ? 'That database has none' : `Its aliases: ${named}`}. This operation switches an existing alias: check alias, and the database of the collection.`,
      help: 'not-all-is-there',
    })
  }
}

interface Switch {
  alias: Alias
  collection: string
  /** Throws unless the collection is there, loaded, and holds enough. */
  seeWhole: () => Promise<void>
}

/** @throws OperationFailed unless a read shows that it points there */
export async function pointAlias(
  step: Step,
  connection: Connection,
  { alias, collection, seeWhole }: Switch,
): Promise<void> {
  const change = alterAlias(alias, collection)
  const isThere = async () => (await describeAlias(connection, alias)) === collection
  try {
    await send(connection, change)
  } catch (error) {
    if (!mayHaveSucceeded(error)) throw error
    step.log(`${error.message} Checking where the alias points.`)
    if (!(await isThere().catch(trouble => throwInDoubt(error, trouble)))) {
      // What was seen is old by now.
      await seeWhole()
      await send(connection, change).catch(async second => {
        if (!mayHaveSucceeded(second)) throw second
        if (!(await isThere().catch(trouble => throwInDoubt(second, trouble)))) throw second
      })
    }
  }
  await readBack(step, isThere, { alias, collection })
  step.log(`Alias ${alias.alias} of database ${alias.database} points at ${collection}.`)
}

function throwInDoubt(lost: NoResponseError, trouble: unknown): never {
  throw withMore(lost, {
    what: messageOf(trouble),
    stake: 'It may have been carried out.',
    next: 'Run this step again: it changes nothing where the alias points there already.',
    help: 'it-may-have-started',
  })
}

/** Milliseconds: another node of the cluster may show the old one for a moment. */
const settledAfter = 5_000
const betweenReads = 1_000

async function readBack(
  { clock }: Step,
  isThere: () => Promise<boolean>,
  { alias, collection }: Pick<Switch, 'alias' | 'collection'>,
): Promise<void> {
  const end = clock.elapsed() + settledAfter
  while (!(await isThere())) {
    if (clock.elapsed() >= end) {
      throw new OperationFailed({
        what: `The cluster accepted the switch of alias ${quote(alias.alias)}, but it does not point at ${quote(collection)}.`,
        next: 'Look in the console where it points, then run this step again.',
        help: 'not-all-is-there',
      })
    }
    await clock.pause(betweenReads)
  }
}
