/** The one request that switches an alias, and the read after it. */
import { OperationFailed, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { quote } from '../untrusted-text.ts'
import { type Alias, describeAlias } from '../zilliz/aliases.ts'
import { type Connection, send } from '../zilliz/connection.ts'
import { mayHaveSucceeded, type NoResponseError } from '../zilliz/errors.ts'
import type { Change } from '../zilliz/requests.ts'

export interface Switch {
  alias: Alias
  collection: string
  /** Where it pointed before. */
  previous: string
  /** Throws unless the collection is there, loaded, and holds enough. */
  seeWhole: () => Promise<void>
}

/** @returns what happened where the response was lost, so that it may have been carried out */
export async function sendOrLost(
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

export const runAgain = 'Run this step again: it changes nothing where the alias points there already.'

/** Milliseconds: another node of the cluster may show the old one for a moment. */
const settledAfter = 5_000
const betweenReads = 1_000

export async function readBack(
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
