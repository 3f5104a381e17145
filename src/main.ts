/** The story of a step: read, start, publish, wait, confirm, report. */
import { formatDuration } from './duration.ts'
import * as outputs from './github/outputs.ts'
import * as runner from './github/runner.ts'
import { parseInputs } from './inputs/inputs.ts'
import type { Request } from './operations/requests.ts'
import { type InProgress, type Outcome, openStep, resumeHints, type Step } from './step.ts'
import { explain, type Status, summaryPage } from './summary/page.ts'
import { Cancelled, systemClock, TimedOut } from './waiting/poll.ts'

// Green only at the very end: whatever else ends the process leaves a red step.
process.exitCode = 1

const stop = new AbortController()
const clock = systemClock(stop.signal)
const started = clock.elapsed()
const startedAt = new Date(clock.now()).toISOString()
const running: InProgress = { jobIds: new Set() }
let ended = false

async function story(): Promise<Outcome> {
  const fallbackKey = runner.maskInputs()
  const request = parseInputs(runner.readInput, fallbackKey)
  const deadline = clock.elapsed() + request.timeout
  return run(request, openStep(request, { clock, deadline, stop: stop.signal }, running))
}

async function run(request: Request, step: Step): Promise<Outcome> {
  switch (request.operation) {
    case 'create-backup':
      return (await import('./operations/create-backup.ts')).createBackup(request, step)
    case 'restore-cluster':
      return (await import('./operations/restore-cluster.ts')).restoreCluster(request, step)
    case 'restore-collections':
      return (await import('./operations/restore-collections.ts')).restoreCollections(request, step)
    case 'wait':
      return (await import('./operations/wait.ts')).wait(request, step)
    case 'list-backups':
      return (await import('./operations/list-backups.ts')).listAllBackups(request, step)
    case 'describe-backup':
      return (await import('./operations/describe-backup.ts')).describeOneBackup(request, step)
    case 'delete-backup':
      return (await import('./operations/delete-backup.ts')).deleteOneBackup(request, step)
    case 'prune-backups':
      return (await import('./operations/prune-backups.ts')).pruneBackups(request, step)
    case 'export-backup':
      return (await import('./operations/export-backup.ts')).exportOneBackup(request, step)
    case 'delete-cluster':
      return (await import('./operations/delete-cluster.ts')).deleteCluster(request, step)
  }
}

/** Ends the step, once: what is left running, status, receipt, summary, exit code. */
function end(status: Status, failure?: unknown): void {
  if (ended) return
  ended = true
  const error = failure === undefined ? undefined : explain(failure)
  const left = status === 'succeeded' ? [] : resumeHints(running)
  const operation = runner.readInput('operation')
  if (failure instanceof Error) runner.debug(stackOf(failure))
  for (const { title, lines } of left) {
    for (const line of [title, ...lines.map(line => `  ${line}`)]) runner.log(line)
  }
  runner.log(`${operation || 'No operation'}: ${status} after ${formatDuration(clock.elapsed() - started)}.`)
  const finishedAt = new Date(clock.now()).toISOString()
  const broken = attempt(
    () => outputs.publish('status', status),
    () => outputs.writeReceipt({ operation, startedAt, finishedAt, error }),
    () =>
      runner.writeSummary(
        summaryPage({ operation, status, facts: outputs.published(), error, ...runner.pageParts(), left }),
      ),
  )
  // A red step must not say "succeeded" to the next one.
  if (broken.length > 0 && error === undefined) attempt(() => outputs.publish('status', 'failed'))
  const sentences = [...(error === undefined ? [] : [error]), ...broken]
  if (sentences.length > 0) runner.error(sentences.join('\n'))
  else process.exitCode = 0
}

/** Does each, whatever becomes of the others, and gives a sentence for each that failed. */
function attempt(...deeds: (() => void)[]): string[] {
  return deeds.flatMap(deed => {
    try {
      deed()
      return []
    } catch (error) {
      return [`Could not write for the runner: ${error instanceof Error ? error.message : error}`]
    }
  })
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : ''
  return `${error.stack ?? error.message}${cause}`
}

function statusOf(failure: unknown): Status {
  if (failure instanceof Cancelled) return 'cancelled'
  return failure instanceof TimedOut ? 'timed-out' : 'failed'
}

/** Whatever holds the process after its end, such as a look-up of a name, is not waited for. */
const leaveWithin = 300
/** A cancelled step has two seconds in all; the last words of a start take 1.2 of them. */
const cancelWithin = 1_600

for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) {
  process.on(signal, () => {
    stop.abort(new Cancelled())
    setTimeout(() => {
      end('cancelled', new Cancelled())
      process.exit()
    }, cancelWithin).unref()
  })
}
process.on('uncaughtException', failure => {
  end('failed', failure)
  process.exit(1)
})
// Node leaves when nothing is left to do, also in the middle of a story.
process.on('beforeExit', () => end('failed', new Error('the step stopped in the middle of its work')))

story()
  .then(
    outcome => end(outcome),
    failure => end(statusOf(failure), failure),
  )
  .finally(() => setTimeout(() => process.exit(), leaveWithin).unref())
