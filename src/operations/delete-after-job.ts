/** The end of the job: drops the cluster of `delete-after-job`, and does nothing else. */
import { clustersNamed, drop } from '../clusters/drop.ts'
import { clockDifference, type Intent } from '../clusters/restore.ts'
import * as runner from '../github/runner.ts'
import { InputError, parseCommon } from '../inputs/inputs.ts'
import { openReader } from '../inputs/reader.ts'
import { OperationFailed, openStep, type Step } from '../step.ts'
import { explain } from '../summary/page.ts'
import { findLost } from '../waiting/lost-response.ts'
import { Cancelled, systemClock, waitUntil } from '../waiting/poll.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { ApiError, isNotFound, quote, sanitize } from '../zilliz/errors.ts'

/** A cluster in change is waited out that long; a cancelled job gives less, so its id is told first. */
const longestWait = 600_000
/** "Not found" means "not readable yet" that long after the restore was sent (U8). */
const grace = 60_000
const pace = { pollInterval: 10_000 }
/** Whatever holds the process after its end, such as a look-up of a name, is not waited for. */
const leaveWithin = 300

const stop = new AbortController()
const clock = systemClock(stop.signal)
/** What is left behind if this fails, for the error. */
let leftBehind = ''

async function story(intent: Intent, knownId: string): Promise<void> {
  leftBehind = knownId === '' ? `a cluster named ${quote(intent.clusterName)}` : `cluster ${knownId}`
  const step = openOwnStep()
  const clusterId = knownId === '' ? await findByName(step, intent) : knownId
  if (clusterId === undefined) return
  leftBehind = `cluster ${clusterId}`
  runner.log(`delete-after-job: dropping cluster ${clusterId}, which this action made in this job.`)
  const { deadline } = step
  const late = () => `Cluster ${clusterId} cannot be read.`
  const young = () => clock.now() - intent.since < grace
  const look = async () => {
    try {
      const outcome = await drop(step, clusterId, pace)
      return outcome === 'gone' && young() ? { progress: undefined } : { done: outcome }
    } catch (error) {
      // Not found by the drop and there at the look that followed: it has just become readable.
      const refused = error instanceof OperationFailed ? error.cause : undefined
      if (refused instanceof ApiError && isNotFound(refused, 'cluster') && young())
        return { progress: undefined }
      throw error
    }
  }
  const outcome = await waitUntil(look, {
    clock,
    deadline,
    maxPause: pace.pollInterval,
    timeoutMessage: late,
  })
  const bin = outcome === 'dropped' ? ' It stays in the recycle bin for 30 days.' : ''
  runner.log(`delete-after-job: cluster ${clusterId} is gone.${bin}`)
}

function openOwnStep(): Step {
  const problems: string[] = []
  const fallbackKey = runner.maskInputs()
  const access = parseCommon(openReader(runner.readInput, 'restore-cluster', problems), fallbackKey)
  if (problems.length > 0) throw new InputError(problems)
  const deadline = clock.elapsed() + longestWait
  return openStep(access, { clock, deadline, stop: stop.signal }, { jobIds: new Set() })
}

/** The step was ended between its POST and the answer: what has the name and the age of it is its own. */
async function findByName(
  step: Step,
  { clusterName, projectId, since }: Intent,
): Promise<string | undefined> {
  const earliest = since - clockDifference
  const isOwn = ({ createTime }: Cluster) => createTime !== undefined && createTime >= earliest
  const result = await findLost(
    step,
    new Error('The step that asked for the cluster was killed.'),
    async cloud => {
      const own = (await clustersNamed({ ...step, cloud }, clusterName, projectId)).filter(isOwn)
      return own.length > 0 ? own : undefined
    },
  )
  if (result instanceof Error) throw result
  if (result === 'nothing') {
    runner.log(
      `delete-after-job: no cluster named ${quote(clusterName)} was made in project ${projectId} since ${new Date(since).toISOString()}, so nothing is dropped.`,
    )
    return undefined
  }
  const [only, ...others] = result.found
  if (only === undefined || others.length > 0) {
    const ids = result.found.map(({ clusterId }) => clusterId).join(', ')
    throw new OperationFailed(
      `Several clusters named ${quote(clusterName)} are as young as this job: ${ids}.`,
    )
  }
  runner.log(
    `delete-after-job: the step ended before it knew the id of its cluster. Cluster ${only.clusterId} (${sanitize(only.status)}) of project ${projectId} has the name it asked for and was created after it asked, so it is this step's.`,
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
 * @param knownId of the cluster, '' when the step ended before it was told
 */
export async function cleanUp(intentText: string, knownId: string): Promise<void> {
  // Green only at the very end: whatever else ends the process leaves a red step.
  process.exitCode = 1
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) {
    process.on(signal, () => stop.abort(new Cancelled()))
  }
  process.on('uncaughtException', failure => {
    fail(failure)
    process.exit(1)
  })
  try {
    await story(JSON.parse(intentText) as Intent, knownId)
    process.exitCode = 0
  } catch (failure) {
    fail(failure)
  }
  setTimeout(() => process.exit(), leaveWithin).unref()
}
