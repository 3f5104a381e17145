/** What is said of a step that did not end well. */
import { covers, inputs, operations } from './contract.ts'
import { Cancelled, type Parts, partsOf, TimedOut } from './errors.ts'
import { type InProgress, idOf } from './in-progress.ts'
import { capitalize, counted, listInSentence } from './untrusted-text.ts'
import type { Session } from './zilliz/connection.ts'

/**
 * What the annotation, the receipt and the page say: of a step that has changed nothing, that too.
 *
 * @param operation as the contract writes it, or whatever the workflow wrote
 */
export function whatIsSaid(
  failure: unknown,
  operation: string,
  { session, inProgress }: { session: Pick<Session, 'changes'>; inProgress: InProgress },
): Parts {
  const parts = partsOf(failure)
  const nothing = changesSomething(operation) && session.changes === 0 ? nothingDone(operation) : undefined
  const wasCutShort = failure instanceof Cancelled || failure instanceof TimedOut
  const running = wasCutShort ? saidOfRunning(inProgress, operation) : undefined
  const stake = [nothing, parts.stake, running?.stake, whatWasDropped(inProgress)].filter(Boolean)
  // Of what the service still has to do, or what may have started, more is said than this.
  const isMoreSaid = !(failure instanceof TimedOut) || parts.next !== undefined
  const later = isMoreSaid ? undefined : whenNothingRuns(operation, session)
  return {
    ...parts,
    stake: stake.join(' '),
    next: [parts.next, running?.next ?? later].filter(Boolean).join(' '),
    help: parts.help ?? (failure instanceof TimedOut ? 'timed-out' : undefined),
  }
}

function nothingDone(operation: string): string {
  return operation === 'switch-alias' ? 'Nothing was changed.' : 'Nothing was started.'
}

/** Whether it is an operation that changes something: those can be run dry. */
function changesSomething(operation: string): boolean {
  const name = operations.find(known => known === operation)
  return name !== undefined && covers(inputs['dry-run'].operations, name)
}

/** A step of many collections has as many jobs. */
const mostNamed = 5

/** A step that ends, by its timeout or a cancel, before what it has started. */
function saidOfRunning(
  { items, unread, createdClusterId }: InProgress,
  operation: string,
): { stake: string; next: string } | undefined {
  const running = items.filter(item => !unread.includes(item)).map(item => `${item.kind} ${idOf(item)}`)
  if (running.length === 0) return undefined
  const [only, ...others] = running
  const goOn =
    others.length === 0
      ? `${only} goes on at the service.`
      : `These go on at the service: ${listInSentence(running, mostNamed)}.`
  const cost = createdClusterId === undefined ? '' : ' The new cluster costs money until it is dropped.'
  const again = notAgain[operation]
  const next = again === undefined ? longer : `${again} ${waitForIt}`
  return { stake: `${capitalize(goOn)}${cost}`, next }
}

/** A time-out without anything that goes on: what was started has ended already, perhaps well. */
function whenNothingRuns(operation: string, { changes }: Pick<Session, 'changes'>): string {
  const hasStarted = changes > 0 && notAgain[operation] !== undefined
  return hasStarted ? 'Look in the console what is done before running this step again.' : longer
}

const longer = 'Run this step again, with a longer timeout.'

const notAgain: Readonly<Record<string, string>> = {
  'create-backup':
    'Do not run this step again as it is: that would start a second backup, unless it has if-busy: join and skip-if-newer-than.',
  'restore-cluster': 'Do not run this step again as it is: the name is taken now.',
  'restore-collections': 'Do not run this step again as it is: that would send the same restores again.',
  'export-backup': 'Do not run this step again as it is: that would start a second export.',
}
const waitForIt = 'Wait with the step that stands in the log and on the job summary.'

/** However a step ends after it has dropped a cluster to replace it, it must say so. */
function whatWasDropped({ droppedClusterId: id }: InProgress): string | undefined {
  if (id === undefined) return undefined
  return `Cluster ${id}, which had the name, is dropped or may be: a dropped one stays in the recycle bin for 30 days and can be restored from there in the console.`
}

/** For the receipt: reasons of the service that a sentence cuts. */
export function wholeReasons(said: Parts | undefined): { of: string; reason: string }[] | undefined {
  const reasons = said?.reasons ?? []
  const whole = reasons.flatMap(({ of, whole }) => (whole === undefined ? [] : [{ of, reason: whole }]))
  return whole.length === 0 ? undefined : whole
}

/**
 * Of the annotation.
 *
 * @param problems how many there are with the inputs
 */
export function titleOf(operation: string, status: string, problems: number): string {
  if (problems > 0) return `${counted(problems, 'problem')} with the inputs`
  const what = operation === '' ? 'step' : operation
  if (status === 'timed-out') return `${what} timed out`
  return status === 'cancelled' ? `${what} was cancelled` : `${what} failed`
}
