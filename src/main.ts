/** A step, from its inputs to its end: read, run the operation, write what came of it. */
import { systemClock } from './clock.ts'
import { operations as operationNames } from './contract.ts'
import { formatDuration } from './duration.ts'
import { attemptAll, Cancelled, explain, InputError, RunnerFileError, TimedOut, textOf } from './errors.ts'
import * as outputs from './github/outputs.ts'
import * as runner from './github/runner.ts'
import { openInProgress } from './in-progress.ts'
import { openInputs } from './inputs/inputs.ts'
import { operations } from './operations/index.ts'
import { openReport } from './report.ts'
import type { Hint } from './resume.ts'
import { type Outcome, openStep } from './step.ts'
import { type PageParts, type Status, summaryPage } from './summary/page.ts'
import { helpAddress, type StepCommon } from './workflow-step.ts'
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
  const given = await openInputs(runner.readInput, runner.maskInputs())
  comment = given.comment
  const operation = await operations[given.operation]()
  const request = await operation.read(given.reader, given.common)
  given.check() // throws InputError with every problem
  const deadline = clock.elapsed() + request.timeout
  return operation.run(
    request,
    openStep(request, { clock, deadline, stop: stop.signal }, { inProgress, session, report }),
  )
}

/** Ends the step, once: what is left in progress, status, receipt, summary, exit code. */
async function end(status: Status, failure?: unknown): Promise<PageParts | undefined> {
  if (ended) return undefined
  ended = true
  const operation = known(runner.readInput('operation'))
  const common = runner.stepCommon()
  const failed = failure === undefined ? undefined : await whatFailed(operation, status, failure)
  const hints = status === 'succeeded' ? [] : await hintsFor(status, common)
  const { said, reasons } = failed ?? {}
  if (failure instanceof Error) runner.debug(stackOf(failure))
  logHints(hints, said?.help && helpAddress(said.help, common))
  const elapsed = clock.elapsed() - started
  runner.log(`${operation || 'No operation'}: ${status} after ${formatDuration(elapsed)}.`)
  const finishedAt = new Date(clock.now()).toISOString()
  const facts = outputs.published()
  const error = said && textOf(said)
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
    () => runner.writeSummary(failed?.page(page) ?? summaryPage(page)),
  )
  // That the runner's files cannot be written is said once.
  const isSaid =
    broken === failure || (broken instanceof RunnerFileError && failure instanceof RunnerFileError)
  const trouble = broken === undefined || isSaid ? [] : [explain(broken)]
  // A red step must not say "succeeded" to the next one, nor its receipt.
  if (trouble.length > 0 && error === undefined) attemptAll(...write('failed', trouble.join(' ')))
  const sentences = [...(error === undefined ? [] : [error]), ...trouble]
  if (sentences.length > 0) runner.error(sentences.join('\n'), failed?.title ?? `${operation} failed`)
  else process.exitCode = 0
  return trouble.length === 0 ? page : { ...page, status: 'failed', said: { what: sentences.join('\n') } }
}

/** What only a step needs that did not end well, with its page; its files are loaded when it has not. */
async function whatFailed(operation: string, status: Status, failure: unknown) {
  // Should they not be there any more, the failure is said all the same.
  const withFailure = () => Promise.reject(failure)
  const { titleOf, whatIsSaid, wholeReasons } = await import('./failure.ts').catch(withFailure)
  const { failedPage } = await import('./summary/failed-page.ts').catch(withFailure)
  const said = whatIsSaid(failure, operation, { session, inProgress })
  const problems = failure instanceof InputError ? failure.problems : []
  return {
    said,
    reasons: wholeReasons(said),
    title: titleOf(operation, status, problems.length),
    page: (parts: PageParts) => failedPage({ ...parts, said }),
  }
}

async function hintsFor(status: Status, common: StepCommon): Promise<Hint[]> {
  if (inProgress.items.length === 0) return []
  const { resumeHints } = await import('./resume.ts')
  return resumeHints(inProgress, status === 'cancelled' || status === 'timed-out', common)
}

function logHints(hints: readonly Hint[], help: string | undefined): void {
  for (const { title, lines } of hints) {
    for (const line of [title, ...lines.map(line => `  ${line}`)]) runner.log(line)
  }
  if (help !== undefined) runner.log(`More about this error: ${help}`)
}

/** The same, and then the comment; a step that was cancelled leaves it as it is. */
async function endWithComment(status: Status, failure?: unknown): Promise<void> {
  const page = await end(status, failure)
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
  setTimeout(() => void end('cancelled', new Cancelled()).finally(process.exit), cancelDelay).unref()
})
process.on('uncaughtException', failure => {
  // With 1, unless the step has ended well: what goes wrong with the comment does not change that.
  const isRed = ended && process.exitCode !== 0
  if (isRed) runner.error(explain(failure), 'step failed')
  void end('failed', failure).finally(process.exit)
})
// Node leaves when nothing is left to do, also in the middle of an operation.
process.on('beforeExit', () => void end('failed', new Error('the step stopped in the middle of its work')))

// What fails at the very end is for the handler above.
void run()
  .then(
    // A POST that was allowed to finish after the cancel is no good end.
    outcome => (stop.signal.aborted ? endWithComment('cancelled', new Cancelled()) : endWithComment(outcome)),
    failure => endWithComment(statusOf(failure), failure),
  )
  .then(runner.exitSoon)
