/** A restore into a new cluster on its way: what is asked, and what is known of it. */
import type { Parts } from '../errors.ts'
import type { Step } from '../step.ts'
import type { NewCluster } from '../zilliz/changes.ts'
import type { BackupRef } from '../zilliz/decode.ts'
import type { NoResponseError } from '../zilliz/errors.ts'
import { type ServiceTime, serviceTime } from '../zilliz/service-time.ts'

export interface RestoreOptions {
  source: BackupRef
  cluster: NewCluster
  /** Ids of the clusters that had the name before and are on their way out. */
  before: readonly string[]
  deleteAfterJob: boolean
  /** Ids of the source cluster, as the input and as the backup have it. */
  sourceIds: readonly string[]
  protectedClusters: readonly string[]
  /** Milliseconds. */
  pollInterval: number
}

/** One restore on its way. */
export interface Attempt extends RestoreOptions {
  step: Step
  /** When the first POST that may have been carried out was sent. */
  sentAt: ServiceTime
  /** The same moment by the clock of the runner, in milliseconds since the epoch. */
  since: number
  clockDifference?: number | undefined
  /** The first POST whose response was lost. */
  lost?: NoResponseError
}

/** Of a restore that may have started: what is at stake, after `why`, and what to do. */
export function mayHaveStarted({ cluster }: RestoreOptions, why = ''): Partial<Parts> {
  return {
    stake: `${why} The restore may have started.`.trimStart(),
    next: `Look for cluster ${cluster.clusterName} of project ${cluster.projectId} in the console before running this step again.`,
    help: 'it-may-have-started',
  }
}

/** What `post` needs to find the cluster when the step was killed before it knew the id. */
export interface Intent {
  clusterName: string
  projectId: string
  /** Milliseconds since the epoch, by the clock of the runner: when the POST was sent. */
  since: number
  /** Milliseconds by which the service's clock was ahead of it; absent where the service has not shown its clock. */
  clockDifference?: number | undefined
  /** When it was sent last, by the same clock: what was created long after that is somebody else's. */
  until: number
  /** The source cluster is never dropped, by either of its ids. */
  neverIds: readonly string[]
  protectedClusters: readonly string[]
}

/**
 * Before each time the POST goes out: what was throttled or never arrived has made nothing, so a cluster that somebody
 * else made meanwhile is older than the one that may be this step's.
 */
export function noteSending(attempt: Attempt): void {
  const { step, cluster, deleteAfterJob, lost } = attempt
  const until = step.clock.now()
  // What may have been made already keeps the moment, and the clock, by which it is known.
  if (lost === undefined) {
    attempt.sentAt = serviceTime(step.cloud)
    attempt.since = until
    attempt.clockDifference = step.cloud.session.clockDifference
  }
  const { clusterName, projectId } = cluster
  const guards = { neverIds: attempt.sourceIds, protectedClusters: attempt.protectedClusters }
  const { since, clockDifference } = attempt
  const intent: Intent = { clusterName, projectId, since, until, clockDifference, ...guards }
  if (deleteAfterJob) step.saveState('intent', JSON.stringify(intent))
}

/** A POST that never went out has made nothing, and in the pause after it nothing must be looked for. */
export function forgetIntent({ step, deleteAfterJob, lost }: Attempt): void {
  if (deleteAfterJob && lost === undefined) step.saveState('intent', '')
}
