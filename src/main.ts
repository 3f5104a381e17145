/** A step, from its inputs to its end: read, run the operation, write what came of it. */
import { systemClock } from './clock.ts'
import { operations as operationNames } from './contract.ts'
import { formatDuration } from './duration.ts'
import { attemptAll, Cancelled, explain, InputError, RunnerFileError, TimedOut, textOf } from './errors.ts'
import { titleOf, whatIsSaid, wholeReasons } from './failure.ts'
import * as outputs from './github/outputs.ts'
import * as runner from './github/runner.ts'
import { type Hint, helpAddress, openInProgress, resumeHints } from './in-progress.ts'
import { openInputs } from './inputs/inputs.ts'
import { operations } from './operations/index.ts'
import { openReport } from './report.ts'
import { type Outcome, openStep } from './step.ts'
import { type PageParts, type Status, summaryPage } from './summary/page.ts'
import { openSession } from './zilliz/connection.ts'

// Green only at the very end: whatever else ends the process leaves a red step.
process.exitCode = 1

const stop = new AbortController()
const clock = systemClock(stop.signal)
const started = clock.elapsed()
const startedAt = new Date(clock.now()).toISOString()
const inProgress = openInProgress()
const session = openSession()
const report = openReport()
let ended = false
/** Of `comment-on-pr`, once the inputs are read. */
let comment: { token: string } | undefined

async function run(): Promise<Outcome> {
  const given = openInputs(runner.readInput, runner.maskInputs())
  comment = given.comment
  const operation = await operations[given.operation]()
  const request = operation.read(given.reader, given.common)
  given.check() // throws InputError with every problem
  const deadline = clock.elapsed() + request.timeout
  return operation.run(
    request,
    openStep(request, { clock, deadline, stop: stop.signal }, { inProgress, session, report }),
  )
}

/** Ends the step, once: what is left in progress, status, receipt, summary, exit code. */
function end(status: Status, failure?: unknown): PageParts | undefined {
  if (ended) return undefined
  ended = true
  const operation = known(runner.readInput('operation'))
  const said = failure === undefined ? undefined : whatIsSaid(failure, operation, { session, inProgress })
  const error = said && textOf(said)
  const wasCutShort = status === 'cancelled' || status === 'timed-out'
  const common = runner.stepCommon()
  const hints = status === 'succeeded' ? [] : resumeHints(inProgress, wasCutShort, common)
  if (failure instanceof Error) runner.debug(stackOf(failure))
  logHints(hints, said?.help && helpAddress(said.help, common))
  const elapsed = clock.elapsed() - started
  runner.log(`${operation || 'No operation'}: ${status} after ${formatDuration(elapsed)}.`)
  const finishedAt = new Date(clock.now()).toISOString()
  const facts = outputs.published()
  const reasons = wholeReasons(said)
  const write = (status: Status, error: string | undefined) => [
    () => outputs.publish('status', status),
    () => outputs.writeReceipt({ operation, startedAt, finishedAt, error, reasons }),
  ]
  const problems = failure instanceof InputError ? failure.problems : []
  const notes = runner.reported()
  const page = { operation, status, facts, report, said, problems, hints, notes, common }
  const [broken] = attemptAll(
    () => outputs.publishNumber('duration', Math.round(elapsed / 100) / 10),
    ...write(status, error),
    () => runner.writeSummary(summaryPage(page)),
  )
  // That the runner's files cannot be written is said once.
  const isSaid =
    broken === failure || (broken instanceof RunnerFileError && failure instanceof RunnerFileError)
  const trouble = broken === undefined || isSaid ? [] : [explain(broken)]
  // A red step must not say "succeeded" to the next one, nor its receipt.
  if (trouble.length > 0 && error === undefined) attemptAll(...write('failed', trouble.join(' ')))
  const sentences = [...(error === undefined ? [] : [error]), ...trouble]
  if (sentences.length > 0) runner.error(sentences.join('\n'), titleOf(operation, status, problems.length))
  else process.exitCode = 0
  return trouble.length === 0 ? page : { ...page, status: 'failed', said: { what: sentences.join('\n') } }
}

function logHints(hints: readonly Hint[], help: string | undefined): void {
  for (const { title, lines } of hints) {
    for (const line of [title, ...lines.map(line => `  ${line}`)]) runner.log(line)
  }
  if (help !== undefined) runner.log(`More about this error: ${help}`)
}

/** The same, and then the comment; a step that was cancelled leaves it as it is. */
async function endWithComment(status: Status, failure?: unknown): Promise<void> {
  const page = end(status, failure)
  if (page === undefined || comment === undefined || stop.signal.aborted) return
  const { commentOnPr } = await import('./comment-on-pr.ts')
  await commentOnPr(page, { ...comment, now: clock.now(), stop: stop.signal })
}

/** As the contract writes it, where it is one of them: a workflow may write it in any case. */
function known(operation = ''): string {
  return operationNames.find(name => name === operation.toLowerCase()) ?? operation
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : ''
  return `${error.stack ?? error.message}${cause}`
}

function statusOf(failure: unknown): Status {
  if (failure instanceof Cancelled) return 'cancelled'
  return failure instanceof TimedOut ? 'timed-out' : 'failed'
}

/** A cancelled step has two seconds in all; a POST that is allowed to finish takes 1.2 of them. */
const cancelDelay = 1_600

runner.onCancel(() => {
  stop.abort(new Cancelled())
  setTimeout(() => {
    end('cancelled', new Cancelled())
    process.exit()
  }, cancelDelay).unref()
})
process.on('uncaughtException', failure => {
  end('failed', failure)
  // With 1, unless the step has ended well: what goes wrong with the comment does not change that.
  process.exit()
})
// Node leaves when nothing is left to do, also in the middle of an operation.
process.on('beforeExit', () => end('failed', new Error('the step stopped in the middle of its work')))

run()
  .then(
    // A POST that was allowed to finish after the cancel is no good end.
    outcome => (stop.signal.aborted ? void end('cancelled', new Cancelled()) : endWithComment(outcome)),
    failure => endWithComment(statusOf(failure), failure),
  )
  .finally(runner.exitSoon)
