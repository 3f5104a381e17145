/** What a step waits for: jobs SUCCESSFUL, backups AVAILABLE, clusters RUNNING. */
import { formatDuration } from './duration.ts'
import { Failed, type Step } from './step.ts'
import { newsFilter, waitUntil } from './waiting.ts'
import { describeBackup, describeCluster, describeJob } from './zilliz/client.ts'
import { patiently } from './zilliz/connection.ts'
import { isNotFound, plain, quote, Refused, type Resource } from './zilliz/errors.ts'
import type { Backup, Cluster } from './zilliz/shapes.ts'

/** What one look at a goal showed; `line` without the progress. */
interface Sight {
  line: string
  state: 'going' | 'reached' | 'failed'
  progress?: number | undefined
}

export interface Goal {
  what: string
  resource: Resource
  look: (step: Step) => Promise<Sight>
  /** Milliseconds for which "not found" means "not readable yet": it was made a moment ago (U8). */
  grace: number
}

/** "Not found" for what this step made itself is waited out that long. */
export const graceOfOwn = 60_000
/** The same for a job of an earlier step, in `wait`. */
export const graceOfOthers = 15_000

/** @param of what the job is about, where there are several */
export function jobSuccessful(jobId: string, grace: number, of?: string): Goal {
  return {
    what: of === undefined ? `job ${jobId}` : `job ${jobId} (${of})`,
    resource: 'job',
    grace,
    async look(step) {
      const { status, progress, reason } = await describeJob(patiently(step.cloud), jobId)
      if (status === 'SUCCESSFUL') {
        step.running.jobIds.delete(jobId)
        return { line: 'SUCCESSFUL', state: 'reached' }
      }
      if (failedStates.has(status)) {
        step.running.jobIds.delete(jobId)
        const why = reason === undefined ? 'The service gives no reason.' : `Reason: ${quote(reason)}.`
        return { line: `${status}. ${why}`, state: 'failed' }
      }
      const strange = jobStates.has(status) ? '' : ' (a state this action does not know; waiting on)'
      return { line: `${plain(status)}${strange}`, state: 'going', progress }
    },
  }
}

/** F61: the reference, and what other sources add to it. */
const jobStates = new Set(['PENDING', 'IN_PROGRESS', 'CANCELING', 'CANCELLING'])
const failedStates = new Set(['FAILED', 'ERROR', 'CANCELED', 'CANCELLED'])

/**
 * @param check looks at the AVAILABLE backup and says what it lacks
 * @param seen is handed every backup that was read
 */
export function backupAvailable(
  backup: { clusterId: string; backupId: string },
  grace: number,
  seen: (found: Backup) => string | undefined,
): Goal {
  return {
    what: `backup ${backup.backupId}`,
    resource: 'backup',
    grace,
    async look(step) {
      const found = await describeBackup(patiently(step.cloud), backup.clusterId, backup.backupId)
      const lack = seen(found)
      const { status } = found
      if (status === 'AVAILABLE') {
        step.running.backup = undefined
        return lack === undefined
          ? { line: 'AVAILABLE', state: 'reached' }
          : { line: `AVAILABLE, but ${lack}`, state: 'failed' }
      }
      if (failedStates.has(status) || status === 'DELETED' || status === 'DELETING') {
        step.running.backup = undefined
        return { line: `is ${status} and will not become AVAILABLE`, state: 'failed' }
      }
      return { line: plain(status), state: 'going' }
    },
  }
}

/** States a cluster does not come back from by itself (F69, F70). */
const endedClusters = new Set([
  'DELETING',
  'DELETED',
  'SUSPENDING',
  'SUSPENDED',
  'STOPPING',
  'STOPPED',
  'FREEZING',
  'FROZEN',
])

/** @param seen is handed every cluster that was read */
export function clusterRunning(clusterId: string, grace: number, seen: (found: Cluster) => void): Goal {
  return {
    what: `cluster ${clusterId}`,
    resource: 'cluster',
    grace,
    async look(step) {
      const found = await describeCluster(patiently(step.cloud), clusterId)
      seen(found)
      const { status } = found
      if (status === 'RUNNING' && found.connectAddress !== undefined) {
        step.running.clusterId = undefined
        return { line: 'RUNNING', state: 'reached' }
      }
      if (endedClusters.has(status)) {
        step.running.clusterId = undefined
        return { line: `is ${status} and will not become RUNNING by itself`, state: 'failed' }
      }
      const line = status === 'RUNNING' ? 'RUNNING, without an address yet' : plain(status)
      return { line, state: 'going' }
    },
  }
}

/**
 * Looks at all goals, round after round, until each is reached or failed.
 *
 * @param together the first that fails ends the wait for all
 * @throws Failed with a sentence for each goal that failed; TimedOut
 */
export async function reach(
  step: Step,
  goals: readonly Goal[],
  options: { pollInterval: number; together?: boolean },
): Promise<void> {
  const { clock, deadline } = step
  const start = clock.elapsed()
  const failures: string[] = []
  const states = new Map<Goal, string>()
  const news = newsFilter(clock)
  const open = new Set(goals)
  const round = async () => {
    const progress: (number | undefined)[] = []
    for (const goal of open) {
      const sight = await lookOnce(step, goal, clock.elapsed() - start)
      const percent = sight.progress === undefined ? '' : `, ${Math.floor(sight.progress)} %`
      const line = `${capital(goal.what)}: ${sight.line}`
      states.set(goal, `${sight.line}${percent}`)
      // With many goals every change of a percentage would drown the log.
      if (news.isNew(goal.what, goals.length > mostProgress ? line : `${line}${percent}`)) {
        step.log(`${line}${percent} (${formatDuration(clock.elapsed() - start)})`)
      }
      if (sight.state === 'going') progress.push(sight.progress)
      else open.delete(goal)
      if (sight.state === 'failed') failures.push(line)
    }
    if (open.size > 0 && news.isQuiet()) {
      const [first] = open
      const others = open.size > 1 ? ` and ${open.size - 1} more` : ''
      step.log(`Still waiting for ${first?.what}${others} (${formatDuration(clock.elapsed() - start)})`)
    }
    if (open.size === 0 || (options.together && failures.length > 0)) return { done: undefined }
    return { progress: progress.includes(undefined) ? undefined : Math.min(...(progress as number[])) }
  }
  const late = () => {
    const still = [...open].map(goal => `${goal.what} is ${states.get(goal) ?? 'not read yet'}`)
    return `The time is over: ${still.join('; ')}.`
  }
  try {
    await waitUntil(round, { clock, deadline, longest: options.pollInterval, late })
  } catch (error) {
    if (error instanceof Error) error.message = [...failures, error.message].join('\n')
    throw error
  }
  if (failures.length > 0) throw new Failed(failures.join('\n'))
}

/** Up to that many goals a change of progress is told. */
const mostProgress = 5

/** A refused look ends the waiting for its goal alone, unless it is the key that is refused. */
async function lookOnce(step: Step, goal: Goal, waited: number): Promise<Sight> {
  try {
    return await goal.look(step)
  } catch (error) {
    if (!(error instanceof Refused) || error.ofTheKey) throw error
    return isNotFound(error, goal.resource) && waited < goal.grace
      ? { line: 'not readable yet', state: 'going' }
      : { line: error.message, state: 'failed' }
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
