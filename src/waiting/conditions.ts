/** What a step waits for: jobs SUCCESSFUL, backups AVAILABLE, clusters RUNNING. */
import type { Parts } from '../errors.ts'
import type { Item } from '../in-progress.ts'
import { type Step, whileWaiting } from '../step.ts'
import { quotedReason, sanitize } from '../untrusted-text.ts'
import type { Backup, BackupRef, Cluster } from '../zilliz/decode.ts'
import type { ApiError } from '../zilliz/errors.ts'
import { describeBackup, describeCluster, describeJob, otherCase } from '../zilliz/reads.ts'
import { backupState, clusterState, jobState } from '../zilliz/states.ts'

/** What one read of a condition showed; `line` without the progress. */
export type Status =
  /** `hasEnded`: nothing shows that it still runs. */
  | { state: 'pending'; line: string; progress?: number | undefined; hasEnded?: boolean }
  | { state: 'met'; line: string }
  | Failed

export interface Failed {
  state: 'failed'
  line: string
  /** The words of the service. */
  reason?: { text: string; whole?: string | undefined }
  /** What to do first. */
  next?: string
  /** Of one that cannot be read: what is said instead. */
  refusal?: Parts
  /** The step ends at once, whatever else it waits for. */
  isHopeless?: boolean
}

export interface Condition {
  /** For sentences, such as `job job-…`. */
  what: string
  item: Item
  read: (step: Step) => Promise<Status>
  /** Milliseconds for which "not found" means "not readable yet" (U8). */
  notFoundGrace: number
  /** Says more than the refusal, where what is waited for does not exist. */
  onNotFound?: (refused: ApiError) => Promise<Error>
  /** Hears that it is met or that it has failed. */
  onEnd?: (failure: Failed | undefined) => void
}

/** In milliseconds. `created`: what this step made itself; `given`: a job of an earlier step, in `wait`. */
export const notFoundGrace = { created: 60_000, given: 15_000, none: 0 } as const

interface JobOptions {
  grace: number
  /** What the job is about, where there are several. */
  of?: string | undefined
  /** What the job makes is read back too: then the word SUCCEEDED counts as well (F62). */
  isReadBack: boolean
  /** Its id is an input, where case matters. */
  isInput?: boolean
}

/** A job that says SUCCEEDED and whose work is not read back: after that long the step fails. */
const mostAfterSucceeded = 300_000

export function jobSuccessful(jobId: string, options: JobOptions): Condition {
  const { grace, of, isReadBack, isInput = false } = options
  let succeededAt: number | undefined
  const succeeded = (elapsed: number, status: string): Status => {
    if (isReadBack) return { state: 'met', line: status }
    succeededAt ??= elapsed
    const line = `${status}, a word that is not documented for such a job`
    return elapsed - succeededAt < mostAfterSucceeded
      ? { state: 'pending', line, hasEnded: true }
      : { state: 'failed', line: `${line}. Check in the console whether its work is done.` }
  }
  return {
    what: of === undefined ? `job ${jobId}` : `job ${jobId} (${of})`,
    item: { kind: 'job', jobId },
    notFoundGrace: grace,
    async read(step) {
      const { jobId: found, status, progress, reason } = await describeJob(whileWaiting(step).cloud, jobId)
      if (isInput && found !== jobId) throw otherCase('job-id', jobId, found)
      switch (jobState(status)) {
        case 'successful':
          return { state: 'met', line: 'SUCCESSFUL' }
        case 'succeeded':
          return succeeded(step.clock.elapsed(), status)
        case 'failed':
          return {
            state: 'failed',
            line: `${sanitize(status)}.`,
            reason: reason === undefined ? { text: 'none is given' } : quotedReason(reason),
            next: isInput ? 'Run again the step that started it.' : 'Run the step again.',
          }
        case 'pending':
          return { state: 'pending', line: sanitize(status), progress }
        case 'unknown': {
          const line = `${sanitize(status)} (a state this action does not know; it keeps waiting)`
          return { state: 'pending', line, progress }
        }
      }
    },
  }
}

/** @param check receives every backup that was read, and says what an AVAILABLE one does not have */
export function backupAvailable(
  backup: BackupRef,
  grace: number,
  check: (found: Backup) => string | undefined,
): Condition {
  const { clusterId, backupId } = backup
  return {
    what: `backup ${backupId}`,
    item: { kind: 'backup', clusterId, backupId },
    notFoundGrace: grace,
    async read(step) {
      const found = await describeBackup(whileWaiting(step).cloud, backup)
      const problem = check(found)
      const { status } = found
      switch (backupState(status)) {
        case 'available':
          return problem === undefined
            ? { state: 'met', line: 'AVAILABLE' }
            : { state: 'failed', line: `AVAILABLE, but ${problem}.` }
        case 'failed':
        case 'deleted':
          return { state: 'failed', line: `${status} and will not become AVAILABLE.` }
        case 'creating':
        case 'unknown':
          return { state: 'pending', line: sanitize(status) }
      }
    },
  }
}

/** @param onRead receives every cluster that was read */
export function clusterRunning(
  clusterId: string,
  grace: number,
  onRead: (found: Cluster) => void,
): Condition {
  return {
    what: `cluster ${clusterId}`,
    item: { kind: 'cluster', clusterId },
    notFoundGrace: grace,
    async read(step) {
      const found = await describeCluster(whileWaiting(step).cloud, clusterId)
      onRead(found)
      const { status, connectAddress } = found
      switch (clusterState(status)) {
        case 'running':
          return connectAddress === undefined
            ? { state: 'pending', line: 'RUNNING, without an address yet' }
            : { state: 'met', line: 'RUNNING' }
        case 'stopped':
        case 'deleted':
          return {
            state: 'failed',
            line: `${status} and will not become RUNNING by itself.`,
            isHopeless: true,
          }
        case 'busy':
        case 'unknown':
          return { state: 'pending', line: sanitize(status) }
      }
    },
  }
}
