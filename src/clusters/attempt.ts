/** A restore into a new cluster on its way: what is asked, and what is known of it. */
import type { Step } from '../step.ts'
import type { NewCluster } from '../zilliz/changes.ts'
import type { BackupRef } from '../zilliz/decode.ts'
import type { NoResponseError } from '../zilliz/errors.ts'
import type { ServiceTime } from '../zilliz/service-time.ts'

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
  /** The first POST whose response was lost. */
  lost?: NoResponseError
}

/** What to do where a restore may have started. */
export function lookFirst({ cluster }: RestoreOptions): string {
  return `The restore may have started: look for cluster ${cluster.clusterName} of project ${cluster.projectId} in the console before running this step again.`
}
