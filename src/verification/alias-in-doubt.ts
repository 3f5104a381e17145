/** A switch whose response was lost: looked for, and sent again only where a read shows that it did not take. */
import { Cancelled, partsOf, TimedOut, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { quote } from '../untrusted-text.ts'
import { alterAlias, describeAlias } from '../zilliz/aliases.ts'
import type { Connection } from '../zilliz/connection.ts'
import type { NoResponseError } from '../zilliz/errors.ts'
import { readBack, runAgain, type Switch, sendOrLost } from './alias-sent.ts'

type Lost = Switch & { lost: NoResponseError }

/** @throws OperationFailed unless a read shows that it points there; TimedOut, Cancelled */
export async function seeThrough(step: Step, connection: Connection, lost: Lost): Promise<void> {
  if (!(await tookAnyway(step, connection, lost))) await sendAgain(step, connection, lost)
}

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
