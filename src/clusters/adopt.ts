/** The response to a POST that restores a cluster was lost: is there a cluster that it has made? */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { findLost } from '../waiting/lost-response.ts'
import type { NewCluster } from '../zilliz/changes.ts'
import type { BackupRef, Cluster } from '../zilliz/decode.ts'
import type { NoResponseError } from '../zilliz/errors.ts'
import type { ServiceTime } from '../zilliz/service-time.ts'
import { clustersNamed } from './find.ts'

export interface RestoreOptions {
  source: BackupRef
  cluster: NewCluster
  /** Ids of the clusters that had the name before and are on their way out. */
  before: readonly string[]
  deleteAfterJob: boolean
  /** Milliseconds. */
  pollInterval: number
}

/** One restore on its way. */
export interface Attempt extends RestoreOptions {
  step: Step
  /** When the first POST was sent. */
  sentAt: ServiceTime
  /** The first POST whose response was lost. */
  lost?: NoResponseError
}

export type Added = Cluster & { isUnclear: boolean }

/** @returns undefined when there is none */
export async function findCreated(
  attempt: Attempt,
  lost: NoResponseError,
): Promise<readonly Added[] | undefined> {
  const { step } = attempt
  step.log(`${lost.message} Checking whether the cluster is being created.`)
  const result = await findLost(step, lost, async cloud => {
    const added = await createdSince(attempt, { ...step, cloud })
    return added.length > 0 ? added : undefined
  })
  switch (result.kind) {
    case 'none':
      return undefined
    case 'unknown': {
      const why = `The check failed: ${result.why}`
      throw new OperationFailed(`${lost.message} ${why} ${lookFirst(attempt)}`, { cause: lost })
    }
    case 'found':
      return result.found
  }
}

/** Clusters of the name that were not there before, but for those older than the POST by the service's own clock. */
async function createdSince({ cluster, before, sentAt }: Attempt, step: Step): Promise<Added[]> {
  const named = await clustersNamed(step, cluster.clusterName, cluster.projectId)
  const earliest = sentAt.now - sentAt.tolerance
  return named
    .filter(({ clusterId, createTime = earliest }) => !before.includes(clusterId) && createTime >= earliest)
    .map(found => ({ ...found, isUnclear: found.createTime === undefined }))
}

export function lookFirst({ cluster }: RestoreOptions): string {
  return `The restore may have started: look for cluster ${cluster.clusterName} of project ${cluster.projectId} in the console before running this step again.`
}
