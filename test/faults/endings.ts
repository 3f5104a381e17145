/** Invariants of the end: when it comes, what it says, and that all places agree. */
import { parseDuration } from '../../src/duration.ts'
import { inOrder } from '../harness/data-requests.ts'
import type { StepResult } from '../harness/runner.ts'
import type { Run } from './case.ts'
import { faultKind } from './faults.ts'
import { starts } from './responses.ts'

const good = ['succeeded', 'started', 'skipped', 'planned']

export function greenWithoutGoal({ step, fixture, given }: Run): string[] {
  const { status = '' } = step.outputs
  if (step.exitCode !== 0 && !good.includes(status)) return []
  const unexpected = given.injected.some(({ fault }) =>
    ['unexpected', 'not-found'].includes(faultKind(fault).is),
  )
  return fixture.missing({
    status,
    outputs: step.outputs,
    receipt: receiptOf(step),
    unexpected,
    at: endOf(step),
  })
}

/** World milliseconds by which a busy machine may be late. */
const margin = 30_000

export function lateEnds({ step, given, fixture, requests, dataRequests, cancelledAt }: Run): string[] {
  if (cancelledAt !== undefined) return []
  const took = endOf(step) - Date.parse(`${receiptOf(step).startedAt}`)
  const timeout = parseDuration(fixture.inputs.timeout ?? given.timeout ?? '3m') ?? 0
  // A start may finish, and is searched for once, even past the deadline.
  const started = inOrder(requests, dataRequests).some(({ operationId }) =>
    [...starts, 'alterAlias'].includes(operationId),
  )
  const allowed = timeout + (started ? 60_000 : 0) + margin
  return took <= allowed ? [] : [`it took ${took} ms of the world; ${allowed} are allowed`]
}

const tried = new RegExp(
  [
    String.raw`(?:[Cc]ould not|This (?:API key|token) may not) (?:list|read|start|restore|drop|delete|export|describe|count|point) \S`,
    String.raw`(?:Job|Backup|Cluster|ended job) \S+ `,
    String.raw`\d+ of \d+ collections (?:is|are|has|have) (?:restored|started) into `,
    String.raw`Timed out after \S+: `,
    'The service accepted the deletion|The step was cancelled',
    'No cluster "|There is no (?:cluster|alias)|finds no AVAILABLE backup',
  ].join('|'),
)

/** At the end, in brackets, what the service answered. */
const wholeSentence = /[.…](?:\s\(.+\))?$/

/** The signal came when the process had said all it had to say and was about to exit. */
export function signalledAtItsEnd({ step, cancelledAt }: Run): boolean {
  return step.exitCode === null && cancelledAt !== undefined && endOf(step) <= cancelledAt
}

export function poorErrors(run: Run): string[] {
  const { step } = run
  if (signalledAtItsEnd(run)) return []
  const errors = errorsOf(step)
  if (step.exitCode === 0) return errors.map(message => `green with an error: ${message}`)
  const [message = '', ...more] = errors
  const texts = errors.length === 1 ? [] : [`${errors.length} errors: ${[message, ...more].join(' / ')}`]
  // A problem of an input begins with the name of the input.
  if (/^(?:cu-size|collections): /.test(message)) return texts
  if (!tried.test(message)) texts.push(`it does not say what was tried: ${message}`)
  if (message.startsWith('Unexpected failure')) texts.push(`a defect of the action: ${message}`)
  if (!wholeSentence.test(message)) texts.push(`no whole sentence: ${message}`)
  return texts
}

/** The runner adds this error to a step that it cancelled. */
export const cancelledByRunner = 'The operation was canceled.'

function errorsOf(step: StepResult): string[] {
  return step.annotations
    .filter(({ level, message }) => level === 'error' && message !== cancelledByRunner)
    .map(({ message }) => message)
}

/** With which the heading of a job summary begins. */
const marks: Record<string, string> = {
  succeeded: '✅',
  started: '🚀',
  skipped: '⏭️',
  planned: '📝',
  failed: '❌',
  'timed-out': '⌛',
  cancelled: '🛑',
}

function markOf({ summary }: StepResult): string | undefined {
  return /^<h2>(\S+) [^<]+<\/h2>$/m.exec(summary)?.[1]
}

export function disagreements(run: Run): string[] {
  const { step } = run
  if (signalledAtItsEnd(run)) return []
  const { status = '' } = step.outputs
  const receipt = receiptOf(step)
  const texts: string[] = []
  if (step.exitCode === null) texts.push(`ended by ${step.signal}`)
  const green = step.exitCode === 0
  const expected = green ? good : ['failed', 'timed-out', 'cancelled']
  if (!expected.includes(status)) texts.push(`exit code ${step.exitCode} with status "${status}"`)
  if (receipt.status !== status) texts.push(`the receipt says ${receipt.status}, the output ${status}`)
  if ((receipt.error === undefined) !== green) texts.push(`the receipt's error is ${receipt.error}`)
  const [error] = errorsOf(step)
  const sameLines = (text: unknown) => `${text}`.replace(/[^a-z0-9]+/gi, '').slice(0, 200)
  if (!green && sameLines(receipt.error) !== sameLines(error)) {
    texts.push(`the receipt's error is not the annotation's: ${receipt.error}`)
  }
  if (markOf(step) !== marks[status]) texts.push(`the summary does not say ${status}`)
  return [...texts, ...step.commandErrors.map(text => `the runner refused: ${text}`)]
}

export function wrongEnds({ given, step }: Run): string[] {
  const { mustEnd } = given
  if (mustEnd === undefined) return []
  const well = step.exitCode === 0
  if (well === (mustEnd === 'well')) return []
  const classes = given.injected.map(({ fault }) => faultKind(fault).is).join()
  return [`it must end ${mustEnd} (${classes}) and ended with ${step.outputs.status}`]
}

/** Contract: two seconds. The rest is for a machine that is busy. */
const cancelWithin = 2_000 + 2_000

export function brokenCancels({ cancelledAt, late, step }: Run): string[] {
  if (cancelledAt === undefined) return []
  const { jobIds = [] } = receiptOf(step)
  const took = endOf(step) - cancelledAt
  // The step was at its end when the signal came.
  if (step.outputs.status !== 'cancelled')
    return took < 1_000 ? [] : [`${step.outputs.status} after ${took} ms`]
  const texts: string[] = []
  if (took > cancelWithin) texts.push(`it ended ${took} ms of the world after the signal`)
  if (late.length > 0) texts.push(`begun after the signal: ${late.join(', ')}`)
  const running = (jobIds as string[]).length > 0 && !step.log.some(line => /SUCCESSFUL|SUCCEEDED/.test(line))
  if (running && !step.log.some(line => line.includes('operation: wait')))
    texts.push('it does not say how to resume')
  return texts
}

/** World milliseconds at which a step wrote its receipt. */
export function endOf(step: StepResult): number {
  return Date.parse(`${receiptOf(step).finishedAt}`)
}

export function receiptOf({ receipt }: StepResult): Record<string, unknown> {
  return typeof receipt === 'object' && receipt !== null ? (receipt as Record<string, unknown>) : {}
}
