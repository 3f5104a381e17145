/**
 * The errors of this action, each a sentence for people: what was tried, what came of it, what to do next.
 * Only what derives from ActionError is shown as it is; anything else is a defect of the action.
 */
export abstract class ActionError extends Error {}

/** Inputs that are missing, malformed or cannot be combined; all of them at once, before any request. */
export class InputError extends ActionError {
  override name = 'InputError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options)
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
    message = 'The step was cancelled.',
    { inFlight = false, cause }: { inFlight?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause })
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

/** An error of the same kind with another message: TimedOut stays TimedOut, Cancelled stays Cancelled. */
export function withMessage(cause: unknown, message: string): Error {
  if (cause instanceof TimedOut) return new TimedOut(message, { cause })
  if (cause instanceof Cancelled) return new Cancelled(message, { inFlight: cause.inFlight, cause })
  return cause instanceof ActionError
    ? new OperationFailed(message, { cause })
    : new Error(message, { cause })
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The sentence of a failure, as the error annotation has it. */
export function explain(failure: unknown): string {
  if (failure instanceof ActionError) return failure.message
  if (!(failure instanceof Error)) return `Unexpected failure: ${String(failure)}`
  return `Unexpected failure: ${failure.message}. This is a defect of the action: please report it.`
}
