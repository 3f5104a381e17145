/** The response to a POST that restores a cluster was lost: is there a cluster that it has made? */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { findLost } from '../waiting/lost-response.ts'
import type { Cluster } from '../zilliz/decode.ts'
import type { NoResponseError } from '../zilliz/errors.ts'
import { type Attempt, lookFirst } from './attempt.ts'
import { clustersNamed } from './find.ts'

export type Added = Cluster & { isUnclear: boolean }

/** @returns undefined when there is none */
export async function findCreated(
  attempt: Attempt,
  lost: NoResponseError,
): Promise<readonly Added[] | undefined> {
  const { step } = attempt
  step.log(`${lost.message} Checking whether the cluster is being created.`)
  const result = await findLost(step, { lost }, async cloud => {
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
