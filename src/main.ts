/** A step, from its inputs to its end: read, run the operation, write what came of it. */
import { systemClock } from './clock.ts'
import { formatDuration } from './duration.ts'
import { attemptAll, Cancelled, explain, RunnerFileError, TimedOut } from './errors.ts'
import * as outputs from './github/outputs.ts'
import * as runner from './github/runner.ts'
import { openInProgress, resumeHints } from './in-progress.ts'
import { openInputs } from './inputs/inputs.ts'
import { operations } from './operations/index.ts'
import { type Outcome, openStep } from './step.ts'
import { type Status, summaryPage } from './summary/page.ts'

// Green only at the very end: whatever else ends the process leaves a red step.
process.exitCode = 1

const stop = new AbortController()
const clock = systemClock(stop.signal)
const started = clock.elapsed()
const startedAt = new Date(clock.now()).toISOString()
const inProgress = openInProgress()
let ended = false

async function run(): Promise<Outcome> {
  const inputs = openInputs(runner.readInput, runner.maskInputs())
  const operation = await operations[inputs.operation]()
  const request = operation.read(inputs.reader, inputs.common)
  inputs.check() // throws InputError with every problem
  const deadline = clock.elapsed() + request.timeout
  return operation.run(request, openStep(request, { clock, deadline, stop: stop.signal }, inProgress))
}

/** Ends the step, once: what is left in progress, status, receipt, summary, exit code. */
function end(status: Status, failure?: unknown): void {
  if (ended) return
  ended = true
  const error = failure === undefined ? undefined : [explain(failure), ...whatWasDropped()].join(' ')
  const hints =
    status === 'succeeded' ? [] : resumeHints(inProgress, status === 'cancelled' || status === 'timed-out')
  const operation = runner.readInput('operation') ?? ''
  if (failure instanceof Error) runner.debug(stackOf(failure))
  for (const { title, lines } of hints) {
    for (const line of [title, ...lines.map(line => `  ${line}`)]) runner.log(line)
  }
  const elapsed = clock.elapsed() - started
  runner.log(`${operation || 'No operation'}: ${status} after ${formatDuration(elapsed)}.`)
  const finishedAt = new Date(clock.now()).toISOString()
  const facts = outputs.published()
  const write = (status: Status, error: string | undefined) => [
    () => outputs.publish('status', status),
    () => outputs.writeReceipt({ operation, startedAt, finishedAt, error }),
  ]
  const [broken] = attemptAll(
    () => outputs.publishNumber('duration', Math.round(elapsed / 100) / 10),
    ...write(status, error),
    () =>
      runner.writeSummary(summaryPage({ operation, status, facts, error, hints, ...runner.summaryParts() })),
  )
  // That the runner's files cannot be written is said once.
  const isSaid =
    broken === failure || (broken instanceof RunnerFileError && failure instanceof RunnerFileError)
  const trouble = broken === undefined || isSaid ? [] : [explain(broken)]
  // A red step must not say "succeeded" to the next one, nor its receipt.
  if (trouble.length > 0 && error === undefined) attemptAll(...write('failed', trouble.join(' ')))
  const sentences = [...(error === undefined ? [] : [error]), ...trouble]
  if (sentences.length > 0) runner.error(sentences.join('\n'))
  else process.exitCode = 0
}

/** However a step ends after it has dropped a cluster to replace it, it must say so. */
function whatWasDropped(): string[] {
  const { droppedClusterId: id } = inProgress
  if (id === undefined) return []
  return [
    `Cluster ${id}, which had the name, is dropped or may be: a dropped one stays in the recycle bin for 30 days and can be restored from there in the console.`,
  ]
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
  process.exit(1)
})
// Node leaves when nothing is left to do, also in the middle of an operation.
process.on('beforeExit', () => end('failed', new Error('the step stopped in the middle of its work')))

run()
  .then(
    // A POST that was allowed to finish after the cancel is no good end.
    outcome => (stop.signal.aborted ? end('cancelled', new Cancelled()) : end(outcome)),
    failure => end(statusOf(failure), failure),
  )
  .finally(runner.exitSoon)
