/** The end of the job: drops the cluster of `delete-after-job`, and does nothing else. */
import { systemClock } from '../clock.ts'
import { type Drop, type DropRule, drop } from '../clusters/drop.ts'
import { clustersNamed, describeIfThere } from '../clusters/find.ts'
import { readProtectedClusters } from '../clusters/protected.ts'
import type { Intent } from '../clusters/restore.ts'
import { Cancelled, explain, InputError, OperationFailed } from '../errors.ts'
import * as runner from '../github/runner.ts'
import { openInProgress } from '../in-progress.ts'
import { readCommon } from '../inputs/inputs.ts'
import { openReader } from '../inputs/reader.ts'
import { openStep, type Step } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import { findLost, searchLimit } from '../waiting/lost-response.ts'
import { waitUntil } from '../waiting/poll.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { isNotFound } from '../zilliz/errors.ts'

/** A busy cluster is waited for that long; a cancelled job gives less, so its id is logged first. */
const longestWait = 600_000
/** "Not found" means "not readable yet" that long after the restore was sent (U8). */
const notFoundGrace = 60_000
const pollInterval = 10_000

const stop = new AbortController()
const clock = systemClock(stop.signal)
/** What is left behind if this fails, for the error. */
let leftBehind = ''

async function run(intent: Intent, knownId: string): Promise<void> {
  leftBehind = knownId === '' ? `a cluster named ${quote(intent.clusterName)}` : `cluster ${knownId}`
  const { step, guards } = openOwnStep()
  const clusterId = knownId === '' ? await findByName(step, intent) : knownId
  if (clusterId === undefined) return
  leftBehind = `cluster ${clusterId}`
  runner.log(`delete-after-job: dropping cluster ${clusterId}, which this action created in this job.`)
  const { clusterName, projectId } = intent
  const rule = { clusterId, clusterName, projectId, ...guards }
  const outcome = await dropCreated(step, rule, intent.since + notFoundGrace)
  const bin = outcome === 'dropped' ? ' It stays in the recycle bin for 30 days.' : ''
  runner.log(`delete-after-job: cluster ${clusterId} is gone.${bin}`)
}

/**
 * Drops a cluster that may not be readable yet: it is read until it is, and then the drop is sent. One that was never
 * readable gets one drop at the end: if it is gone, that is refused.
 *
 * @param readableBy milliseconds since the epoch, after which "not found" means gone
 */
async function dropCreated(step: Step, rule: DropRule, readableBy: number): Promise<Drop> {
  const { clusterId } = rule
  const mayAppear = () => clock.now() < readableBy
  let wasSent = false
  const poll = async () => {
    const found = await describeIfThere(step, clusterId)
    if (found === undefined && mayAppear()) return { progress: undefined }
    if (found === undefined && wasSent) return { done: 'gone' as const }
    try {
      wasSent = true
      const evenUnreadable = found === undefined
      const outcome = await drop(step, { ...rule, evenUnreadable }, { pollInterval })
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

/** The guards of the step hold for its cluster too, by the description right before the drop. */
type Guards = Pick<DropRule, 'neverIds' | 'protectedClusters'>

function openOwnStep(): { step: Step; guards: Guards } {
  const problems: string[] = []
  const environment = runner.maskInputs()
  const reader = openReader(runner.readInput, 'restore-cluster', problems)
  const access = readCommon(reader, environment)
  const guards = {
    neverIds: [reader.id('cluster-id')],
    protectedClusters: readProtectedClusters(reader),
  }
  if (problems.length > 0) throw new InputError(problems)
  const deadline = clock.elapsed() + longestWait
  const time = { clock, deadline, stop: stop.signal }
  return { step: openStep({ ...access, timeout: longestWait }, time, openInProgress()), guards }
}

/** The service's own clock and its times are whole seconds. */
const tolerance = 2_000

/**
 * The step ended between its POST and the response: a cluster of its name and project, created since the POST by the
 * service's own clock, is its own.
 *
 * @throws OperationFailed with the ids, where nothing shows whether one is: it may be somebody else's
 */
async function findByName(step: Step, intent: Intent): Promise<string | undefined> {
  const { clusterName, projectId, since, clockDifference } = intent
  const earliest = clockDifference === undefined ? undefined : since + clockDifference - tolerance
  const isOlder = ({ createTime }: Cluster) =>
    createTime !== undefined && earliest !== undefined && createTime < earliest
  const killed = new Error('The step that asked for the cluster was killed.')
  const limit = Math.max(searchLimit, since + notFoundGrace - clock.now())
  const result = await findLost(step, { lost: killed, limit }, async cloud => {
    const named = await clustersNamed({ ...step, cloud }, clusterName, projectId)
    const young = named.filter(found => !isOlder(found))
    return young.length > 0 ? young : undefined
  })
  switch (result.kind) {
    case 'unknown':
      throw new OperationFailed(result.why)
    case 'none':
      runner.log(
        `delete-after-job: no cluster named ${quote(clusterName)} was created in project ${projectId} since ${new Date(since).toISOString()}, so nothing is dropped.`,
      )
      return undefined
    case 'found':
      return onlyOne(intent, result.found)
  }
}

function onlyOne({ clusterName, projectId, clockDifference }: Intent, found: readonly Cluster[]): string {
  const [only, ...others] = found
  const isUnclear = clockDifference === undefined || only?.createTime === undefined
  if (only === undefined || others.length > 0 || isUnclear) {
    const ids = found.map(({ clusterId }) => clusterId).join(', ')
    const what = others.length > 0 ? 'Several clusters have' : 'A cluster has'
    throw new OperationFailed(
      `${what} the name ${quote(clusterName)}, and nothing shows whether this job made it: ${ids}. Nothing was dropped.`,
    )
  }
  runner.log(
    `delete-after-job: the step ended before it knew the id of its cluster. Cluster ${only.clusterId} (${sanitize(only.status)}) of project ${projectId} has the name it asked for and was created after it asked, by the clock of the service, so it is this step's.`,
  )
  return only.clusterId
}

function fail(failure: unknown): void {
  runner.error(
    `delete-after-job failed: ${leftBehind} may still be there and cost money. ${explain(failure)} Drop it with operation: delete-cluster or in the console.`,
  )
}

/**
 * @param intentText what the step was about to make, as it saved it
 * @param knownId of the cluster, '' when the step ended before it was known
 */
export async function deleteAfterJob(intentText: string, knownId: string): Promise<void> {
  // Green only at the very end: whatever else ends the process leaves a red step.
  process.exitCode = 1
  runner.onCancel(() => stop.abort(new Cancelled()))
  process.on('uncaughtException', failure => {
    fail(failure)
    process.exit(1)
  })
  try {
    await run(JSON.parse(intentText) as Intent, knownId)
    process.exitCode = 0
  } catch (failure) {
    fail(failure)
  }
  runner.exitSoon()
}
