/** The end of the job: drops the cluster of `delete-after-job`, and does nothing else. */
import { systemClock } from '../clock.ts'
import type { Intent } from '../clusters/attempt.ts'
import { isDeletingOrGone } from '../clusters/busy.ts'
import { type Drop, type DropRule, drop } from '../clusters/drop.ts'
import { findOwn } from '../clusters/find-own.ts'
import {
  attemptAll,
  Cancelled,
  explain,
  InputError,
  OperationFailed,
  type Parts,
  partsOf,
  textOf,
} from '../errors.ts'
import * as runner from '../github/runner.ts'
import { openInProgress } from '../in-progress.ts'
import { readCommon } from '../inputs/inputs.ts'
import { openReader } from '../inputs/reader.ts'
import { openReport } from '../report.ts'
import { type AfterJob, openStep, type Step } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import { waitUntil } from '../waiting/poll.ts'
import { openSession } from '../zilliz/connection.ts'
import { isNotFound } from '../zilliz/errors.ts'
import { describeClusterIfThere, listClusters } from '../zilliz/reads.ts'

/** A busy cluster is waited for that long; a cancelled job gives less, so its id is logged first. */
const longestWait = 600_000
/** "Not found" means "not readable yet" that long after the restore was sent (U8). */
const notFoundGrace = 60_000
const pollInterval = 10_000

const stop = new AbortController()
const clock = systemClock(stop.signal)
/** What is left behind if this fails, for the error. */
let leftBehind: AfterJob['cluster'] = { clusterId: '', clusterName: '' }

type Report = (outcome: AfterJob) => void

async function run(intent: Intent, knownId: string, report: Report): Promise<void> {
  leftBehind = { clusterId: knownId, clusterName: intent.clusterName }
  const step = await openOwnStep()
  const found =
    knownId === '' ? await findOwn(step, intent, intent.since + notFoundGrace) : { clusterId: knownId }
  if (found === undefined) return
  const { clusterId } = found
  leftBehind = { ...leftBehind, clusterId }
  runner.log(`delete-after-job: dropping cluster ${clusterId}, which this action created in this job.`)
  const { clusterName, projectId, neverIds, protectedClusters } = intent
  const rule = { ...found, clusterName, projectId, neverIds, protectedClusters }
  const outcome = await dropCreated(step, rule, intent.since + notFoundGrace)
  const what = outcome === 'dropped' ? 'dropped. It stays in the recycle bin for 30 days' : 'gone'
  runner.log(`delete-after-job: cluster ${clusterId} is ${what}.`)
  const [broken] = attemptAll(() =>
    report({ dropped: true, cluster: leftBehind, text: `Cluster ${clusterId} is ${what}.` }),
  )
  if (broken !== undefined) runner.warning(explain(broken))
}

/**
 * Drops a cluster that may not be readable yet: it is read until it is, and then the drop is sent. One that cannot be
 * read is gone when it is not listed either.
 *
 * @param readableBy milliseconds since the epoch, after which "not found" means gone
 */
async function dropCreated(step: Step, rule: DropRule, readableBy: number): Promise<Drop> {
  const { clusterId } = rule
  const mayAppear = () => clock.now() < readableBy
  const poll = async () => {
    const found = await describeClusterIfThere(step.cloud, clusterId)
    if (found === undefined && mayAppear()) return { progress: undefined }
    if (found === undefined) return { done: await goneFromList(step, rule) }
    try {
      const outcome = await drop(step, rule, { pollInterval })
      return outcome === 'gone' && mayAppear() ? { progress: undefined } : { done: outcome }
    } catch (error) {
      // The drop did not find what the read had found: it has just become readable.
      const refused = error instanceof OperationFailed ? error.cause : undefined
      if (isNotFound(refused, 'cluster') && mayAppear()) return { progress: undefined }
      throw error
    }
  }
  const stillOpen = () => `cluster ${clusterId} cannot be read`
  return waitUntil<Drop>(step, poll, { maxPause: pollInterval, stillOpen })
}

/** @throws OperationFailed where the list has it: it cannot be described, so nothing allows its drop */
async function goneFromList(step: Step, { clusterId, projectId }: DropRule): Promise<Drop> {
  const listed = (await listClusters(step.cloud, projectId)).find(cluster => cluster.clusterId === clusterId)
  if (listed === undefined || isDeletingOrGone(listed.status)) return 'gone'
  throw new OperationFailed(
    `Cluster ${clusterId} cannot be read, but the list of clusters has it as ${sanitize(listed.status)}: it is not dropped unread.`,
  )
}

async function openOwnStep(): Promise<Step> {
  const problems: string[] = []
  const environment = runner.maskInputs()
  const reader = openReader(runner.readInput, 'restore-cluster', problems)
  const access = await readCommon(reader, environment)
  if (problems.length > 0) throw new InputError(problems)
  const deadline = clock.elapsed() + longestWait
  return openStep(
    { ...access, timeout: longestWait },
    { clock, deadline, stop: stop.signal },
    { inProgress: openInProgress(), session: openSession(), report: openReport() },
  )
}

function fail(failure: unknown, report: Report): void {
  const { clusterId, clusterName } = leftBehind
  const cluster = clusterId === '' ? `A cluster named ${quote(clusterName)}` : `Cluster ${clusterId}`
  const parts = partsOf(failure)
  const said: Parts = {
    ...parts,
    help: 'a-cluster-could-not-be-dropped-after-the-job',
    stake: [parts.stake, `${cluster} may still be there and cost money.`].filter(Boolean).join(' '),
    next: [parts.next, 'Drop it with operation: delete-cluster or in the console.'].filter(Boolean).join(' '),
  }
  runner.error(textOf(said), 'delete-after-job failed')
  attemptAll(() => report({ dropped: false, cluster: leftBehind, said }))
}

/**
 * @param intentText what the step was about to make, as it saved it
 * @param knownId of the cluster, '' when the step ended before it was known
 */
export async function deleteAfterJob(intentText: string, knownId: string, report: Report): Promise<void> {
  // Green only at the very end: whatever else ends the process leaves a red step.
  process.exitCode = 1
  runner.onCancel(() => stop.abort(new Cancelled()))
  process.on('uncaughtException', failure => {
    fail(failure, report)
    process.exit(1)
  })
  try {
    await run(JSON.parse(intentText) as Intent, knownId, report)
    process.exitCode = 0
  } catch (failure) {
    fail(failure, report)
  }
  runner.exitSoon()
}
