/**
 * The errors of this action: what happened, what is at stake, what to do next, and at the end what the service
 * answered. Only what derives from ActionError is shown as it is; anything else is a defect of the action.
 */
export interface Parts {
  /** What happened, in plain words. Of several, one per line. */
  what: string
  /** Why, in the words of the service. */
  reasons?: readonly Reason[] | undefined
  /** Data, money, what goes on at the service. */
  stake?: string | undefined
  /** What to do. */
  next?: string | undefined
  /** Message, HTTP status, code, request id, for the brackets at the end. */
  answer?: string | undefined
  /** Where docs/TROUBLESHOOTING.md says more. */
  help?: Help | undefined
}

/** Its headings, as anchors. */
export type Help =
  | 'api-key-refused'
  | 'api-key-is-empty'
  | 'no-such-cluster'
  | 'no-backup-to-restore'
  | 'this-api-key-may-not'
  | 'another-backup-is-running'
  | 'the-cluster-is-not-ready'
  | 'timed-out'
  | 'it-may-have-started'
  | 'zilliz-cloud-was-not-reached'
  | 'a-web-page-was-answered-instead-of-the-api'
  | 'the-name-is-used'
  | 'the-job-failed'
  | 'not-every-collection-is-restored'
  | 'a-cluster-could-not-be-dropped-after-the-job'
  | 'the-comment-is-missing'
  | 'the-cluster-does-not-accept-the-token'
  | 'the-cluster-does-not-answer'
  | 'not-all-is-there'
  | 'github-could-not-be-asked'
  | 'inputs'

export interface Reason {
  /** What it is about, such as a collection; '' where there is only one. */
  of: string
  /** For a sentence: cut when it is long. */
  text: string
  /** Of one that was cut, all of it. */
  whole?: string | undefined
}

export abstract class ActionError extends Error {
  readonly parts: Parts

  constructor(parts: Parts | string, options?: ErrorOptions) {
    const whole = typeof parts === 'string' ? { what: parts } : parts
    super(textOf(whole), options)
    this.parts = whole
  }
}

/** As one text: what happened, what is at stake, what to do, and in brackets what the service answered. */
export function textOf({ what, reasons = [], stake, next, answer }: Parts): string {
  const more = joined(' ', stake, next, answer && `(${answer})`)
  const isNamed = reasons.some(({ of }) => of !== '')
  const lines = reasons.map(({ of, text }) => (isNamed ? `${of}: ${text}` : `Reason: ${text}.`))
  const why = joined(isNamed ? '\n' : ' ', what, ...lines)
  // Behind a list, or what is no sentence, the rest would read as a part of its last line.
  const isSentence = why.endsWith('.') && !why.includes('\n')
  return joined(isSentence ? ' ' : '\n', why, more)
}

/** Without those that are not there. */
function joined(separator: string, ...texts: (string | undefined)[]): string {
  return texts.filter(text => text !== undefined && text !== '').join(separator)
}

/** Inputs that are missing, malformed or cannot be combined; all of them at once, before any request. */
export class InputError extends ActionError {
  override name = 'InputError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    const help = problems.some(problem => problem.startsWith('api-key:')) ? 'api-key-is-empty' : 'inputs'
    super({ what: problems.join('\n'), help })
    this.problems = problems
  }
}

/** What was to come about did not, and will not: a failed job, a cluster that is being deleted. */
export class OperationFailed extends ActionError {
  override name = 'OperationFailed'
}

/** The step's `timeout` has passed. Never a success: a migration must not start behind an unfinished backup. */
export class TimedOut extends ActionError {
  override name = 'TimedOut'
}

/** SIGINT or SIGTERM reached the step. */
export class Cancelled extends ActionError {
  override name = 'Cancelled'
  /** A POST was in flight and may have been carried out. */
  readonly inFlight: boolean

  constructor(
    parts: Parts | string = 'The step was cancelled.',
    { inFlight = false, cause }: { inFlight?: boolean; cause?: unknown } = {},
  ) {
    super(parts, { cause })
    this.inFlight = inFlight
  }
}

/** A file of the runner could not be written, such as on a full disk: no defect of the action, nor of the service. */
export class RunnerFileError extends ActionError {
  override name = 'RunnerFileError'
}

/** Does each, whatever becomes of the others, and gives the errors of those that failed. */
export function attemptAll(...actions: (() => void)[]): unknown[] {
  return actions.flatMap(action => {
    try {
      action()
      return []
    } catch (error) {
      return [error]
    }
  })
}

/**
 * An error of the same kind that says more: TimedOut stays TimedOut, Cancelled stays Cancelled. What to do is replaced,
 * since who knows more knows better.
 */
export function withMore(cause: unknown, more: Partial<Parts>): Error {
  if (!(cause instanceof ActionError)) {
    const what = joined('\n', messageOf(cause), more.what)
    return new Error(textOf({ ...more, what }), { cause })
  }
  const { parts } = cause
  const all: Parts = {
    what: joined('\n', parts.what, more.what),
    reasons: joinedReasons(parts, more),
    stake: joined(' ', parts.stake, more.stake) || undefined,
    next: more.next || parts.next,
    answer: joined('; ', parts.answer, more.answer) || undefined,
    help: more.help ?? parts.help,
  }
  if (cause instanceof TimedOut) return new TimedOut(all, { cause })
  if (cause instanceof Cancelled) return new Cancelled(all, { inFlight: cause.inFlight, cause })
  return new OperationFailed(all, { cause })
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A name with several addresses: one error for each that was tried, and no message of its own. */
export function messagesOf(error: unknown): string[] {
  return error instanceof AggregateError ? error.errors.flatMap(messagesOf) : [messageOf(error)]
}

function joinedReasons(...parts: Partial<Parts>[]): readonly Reason[] | undefined {
  const all = parts.flatMap(({ reasons = [] }) => reasons)
  return all.length === 0 ? undefined : all
}

/** What a failure says. */
export function partsOf(failure: unknown): Parts {
  if (failure instanceof ActionError) return failure.parts
  if (!(failure instanceof Error)) return { what: `Unexpected failure: ${String(failure)}` }
  return {
    what: `Unexpected failure: ${failure.message}.`,
    next: 'This is a defect of the action: please report it.',
  }
}

export function explain(failure: unknown): string {
  return textOf(partsOf(failure))
}
