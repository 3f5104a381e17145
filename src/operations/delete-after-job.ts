/** The end of the job: drops the cluster of `delete-after-job`, and does nothing else. */
import { systemClock } from '../clock.ts'
import type { Intent } from '../clusters/attempt.ts'
import { isDeletingOrGone } from '../clusters/busy.ts'
import { type Drop, type DropRule, drop } from '../clusters/drop.ts'
import { clustersNamed, describeIfThere } from '../clusters/find.ts'
import { attemptAll, Cancelled, explain, InputError, OperationFailed } from '../errors.ts'
import * as runner from '../github/runner.ts'
import { openInProgress } from '../in-progress.ts'
import { readCommon } from '../inputs/inputs.ts'
import { openReader } from '../inputs/reader.ts'
import { type AfterJob, openStep, type Step } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import { findLost, searchLimit } from '../waiting/lost-response.ts'
import { waitUntil } from '../waiting/poll.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { isNotFound } from '../zilliz/errors.ts'
import { listClusters } from '../zilliz/reads.ts'
import { toleranceOfService } from '../zilliz/service-time.ts'

/** A busy cluster is waited for that long; a cancelled job gives less, so its id is logged first. */
const longestWait = 600_000
/** "Not found" means "not readable yet" that long after the restore was sent (U8). */
const notFoundGrace = 60_000
const pollInterval = 10_000

const stop = new AbortController()
const clock = systemClock(stop.signal)
/** What is left behind if this fails, for the error. */
let leftBehind = ''

type Report = (outcome: AfterJob) => void

async function run(intent: Intent, knownId: string, report: Report): Promise<void> {
  leftBehind = knownId === '' ? `a cluster named ${quote(intent.clusterName)}` : `cluster ${knownId}`
  const step = openOwnStep()
  const found = knownId === '' ? await findByName(step, intent) : { clusterId: knownId }
  if (found === undefined) return
  const { clusterId } = found
  leftBehind = `cluster ${clusterId}`
  runner.log(`delete-after-job: dropping cluster ${clusterId}, which this action created in this job.`)
  const { clusterName, projectId, neverIds, protectedClusters } = intent
  const rule = { ...found, clusterName, projectId, neverIds, protectedClusters }
  const outcome = await dropCreated(step, rule, intent.since + notFoundGrace)
  const bin = outcome === 'dropped' ? ' It stays in the recycle bin for 30 days.' : ''
  runner.log(`delete-after-job: cluster ${clusterId} is gone.${bin}`)
  const [broken] = attemptAll(() => report({ dropped: true, text: `Cluster ${clusterId} is gone.${bin}` }))
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
    const found = await describeIfThere(step, clusterId)
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
    `Cluster ${clusterId} cannot be read, but is listed as ${sanitize(listed.status)}: it is not dropped unread.`,
  )
}

function openOwnStep(): Step {
  const problems: string[] = []
  const environment = runner.maskInputs()
  const reader = openReader(runner.readInput, 'restore-cluster', problems)
  const access = readCommon(reader, environment)
  if (problems.length > 0) throw new InputError(problems)
  const deadline = clock.elapsed() + longestWait
  return openStep(
    { ...access, timeout: longestWait },
    { clock, deadline, stop: stop.signal },
    openInProgress(),
  )
}

/** A cluster that is this step's by its name, and the moment since which it must have been created. */
type Own = Required<Pick<DropRule, 'clusterId' | 'createdSince'>>

/**
 * The step ended between its POST and the response: a cluster of its name and project, whose description dates it after
 * the POST by the service's own clock, is its own.
 *
 * @throws OperationFailed with the ids, where nothing shows whether one is: it may be somebody else's
 */
async function findByName(step: Step, intent: Intent): Promise<Own | undefined> {
  const { clusterName, projectId, since, until, clockDifference } = intent
  const createdSince =
    clockDifference === undefined ? undefined : since + clockDifference - toleranceOfService
  const isOlder = ({ createTime }: Cluster) =>
    createTime !== undefined && createdSince !== undefined && createTime < createdSince
  const killed = new Error('The step that asked for the cluster was killed.')
  const limit = Math.max(searchLimit, since + notFoundGrace - clock.now())
  let young: Cluster[] = []
  const result = await findLost(step, { lost: killed, limit }, async cloud => {
    young = (await describedNamesakes({ ...step, cloud }, intent)).filter(found => !isOlder(found))
    const isClear = young.length > 0 && young.every(({ createTime }) => createTime !== undefined)
    return isClear ? young : undefined
  })
  if (result.kind === 'unknown') throw new OperationFailed(result.why)
  const latest = until + (clockDifference ?? 0) + longestMaking
  const [late] = young.filter(({ createTime = 0 }) => createTime > latest)
  if (late !== undefined) throw nothingShows(intent, young)
  if (young.length > 0) return onlyOne(intent, young, createdSince)
  runner.log(
    `delete-after-job: no cluster named ${quote(clusterName)} was created in project ${projectId} since ${new Date(since).toISOString()}, so nothing is dropped.`,
  )
  return undefined
}

/** A list may lag or lie, also about times: the descriptions count. Without one there is no time. */
async function describedNamesakes(step: Step, { clusterName, projectId }: Intent): Promise<Cluster[]> {
  const named = await clustersNamed(step, clusterName, projectId)
  const described: Cluster[] = []
  for (const listed of named) {
    const found = await describeIfThere(step, listed.clusterId)
    described.push({ ...listed, createTime: undefined, ...found })
  }
  return described
}

/** Milliseconds after the last POST: a cluster that was created later was not made by it. */
const longestMaking = 300_000

function nothingShows({ clusterName }: Intent, found: readonly Cluster[]): OperationFailed {
  const ids = found.map(({ clusterId }) => clusterId).join(', ')
  const what = found.length > 1 ? 'Several clusters have' : 'A cluster has'
  return new OperationFailed(
    `${what} the name ${quote(clusterName)}, and nothing shows whether this job made it: ${ids}. Nothing was dropped.`,
  )
}

function onlyOne(intent: Intent, found: readonly Cluster[], createdSince: number | undefined): Own {
  const [only, ...others] = found
  const isUnclear = createdSince === undefined || only?.createTime === undefined
  if (only === undefined || others.length > 0 || isUnclear) throw nothingShows(intent, found)
  const { projectId } = intent
  runner.log(
    `delete-after-job: the step ended before it knew the id of its cluster. Cluster ${only.clusterId} (${sanitize(only.status)}) of project ${projectId} has the name it asked for and was created after it asked, by the clock of the service, so it is this step's.`,
  )
  return { clusterId: only.clusterId, createdSince }
}

function fail(failure: unknown, report: Report): void {
  const text = `${leftBehind} may still be there and cost money. ${explain(failure)} Drop it with operation: delete-cluster or in the console.`
  runner.error(`delete-after-job failed: ${text}`)
  attemptAll(() => report({ dropped: false, text }))
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
