/** Switching an alias: sent once, looked for when its response is lost, and read back. */

import { Cancelled, OperationFailed, partsOf, TimedOut, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { listInSentence, quote } from '../untrusted-text.ts'
import { type Alias, alterAlias, describeAlias, listAliases } from '../zilliz/aliases.ts'
import { type Connection, send } from '../zilliz/connection.ts'
import { saysMissing } from '../zilliz/data-plane.ts'
import type { NoResponseError } from '../zilliz/errors.ts'
import { mayHaveSucceeded } from '../zilliz/errors.ts'
import type { Change } from '../zilliz/requests.ts'

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
  /** Where it pointed before. */
  previous: string
  /** Throws unless the collection is there, loaded, and holds enough. */
  seeWhole: () => Promise<void>
}

/** @throws OperationFailed unless a read shows that it points there; TimedOut, Cancelled */
export async function pointAlias(step: Step, connection: Connection, wanted: Switch): Promise<void> {
  const { alias, collection } = wanted
  const change = alterAlias(alias, collection)
  const lost = await sendOrLost(connection, change)
  if (lost === undefined) await readBack(step, connection, wanted)
  else if (!(await tookAnyway(step, connection, { ...wanted, lost })))
    await sendAgain(step, connection, wanted)
  step.log(`Alias ${alias.alias} of database ${alias.database} points at ${collection}.`)
}

/** @returns what happened where the response was lost, so that it may have been carried out */
async function sendOrLost(
  connection: Connection,
  change: Change<void>,
): Promise<NoResponseError | undefined> {
  try {
    await send(connection, change)
    return undefined
  } catch (error) {
    if (mayHaveSucceeded(error)) return error
    throw error
  }
}

type Lost = Switch & { lost: NoResponseError }

/**
 * Whether a read shows that it points there, although the response was lost.
 *
 * @throws OperationFailed when it points at a third collection; TimedOut, Cancelled
 */
async function tookAnyway(
  step: Step,
  connection: Connection,
  { alias, collection, previous, lost }: Lost,
): Promise<boolean> {
  step.log(`${lost.message} Checking where the alias points.`)
  const at = await describeAlias(connection, alias).catch(trouble => {
    throw inDoubt(lost, trouble)
  })
  if (at === collection || at === previous) return at === collection
  const name = quote(alias.alias)
  throw withMore(lost, {
    stake: `Alias ${name} points at ${quote(at)} now, so something else has switched it meanwhile. That is left as it is.`,
    next: 'Look which collection is the right one, then run this step again.',
  })
}

/** Once more, after a look that showed that the first one did not take. What was seen of the collection is old by now. */
async function sendAgain(step: Step, connection: Connection, wanted: Switch): Promise<void> {
  const { alias, collection, seeWhole } = wanted
  await seeWhole().catch(error => {
    const stake = 'The first request to switch the alias was not carried out, as a read showed.'
    throw withMore(error, { stake })
  })
  const lost = await sendOrLost(connection, alterAlias(alias, collection))
  if (lost === undefined) await readBack(step, connection, wanted)
  else if (!(await tookAnyway(step, connection, { ...wanted, lost }))) {
    throw withMore(lost, { stake: 'A read shows that the alias does not point there.', next: runAgain })
  }
}

const runAgain = 'Run this step again: it changes nothing where the alias points there already.'

/** @param trouble why it could not be read; a cancel and a time-out stay what they are */
function inDoubt(lost: NoResponseError, trouble: unknown): Error {
  const isCutShort = trouble instanceof Cancelled || trouble instanceof TimedOut
  const { what, answer } = partsOf(isCutShort ? lost : trouble)
  const stake = 'It may have been carried out.'
  return withMore(isCutShort ? trouble : lost, {
    what,
    answer,
    stake,
    next: runAgain,
    help: 'it-may-have-started',
  })
}

/** Milliseconds: another node of the cluster may show the old one for a moment. */
const settledAfter = 5_000
const betweenReads = 1_000

async function readBack(
  { clock }: Step,
  connection: Connection,
  { alias, collection, previous }: Switch,
): Promise<void> {
  const end = clock.elapsed() + settledAfter
  const read = async () => {
    for (;;) {
      const at = await describeAlias(connection, alias)
      if (at === collection || clock.elapsed() >= end) return at
      await clock.pause(betweenReads)
    }
  }
  const at = await read().catch(error => {
    throw withMore(error, { stake: 'The cluster accepted the switch.', next: runAgain })
  })
  if (at === collection) return
  throw new OperationFailed({
    what: `The cluster accepted the switch of alias ${quote(alias.alias)}, but it points at ${quote(at)}${at === previous ? ' still' : ''}.`,
    next: 'Look in the console where it points, then run this step again.',
    help: 'not-all-is-there',
  })
}
