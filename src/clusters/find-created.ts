/** The response to a POST that restores a cluster was lost: is there a cluster that it has made? */
import { withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { findLost } from '../waiting/lost-response.ts'
import type { Connection } from '../zilliz/connection.ts'
import type { Cluster } from '../zilliz/decode.ts'
import type { NoResponseError } from '../zilliz/errors.ts'
import { type Attempt, mayHaveStarted } from './attempt.ts'
import { describeNamed } from './named.ts'

export type Added = Cluster & { isUnclear: boolean }

/** @returns undefined when there is none */
export async function findCreated(
  attempt: Attempt,
  lost: NoResponseError,
): Promise<readonly Added[] | undefined> {
  const { step } = attempt
  step.log(`${lost.message} Checking whether the cluster is being created.`)
  let seen: Added[] = []
  const search = async (cloud: Connection) => {
    seen = await createdSince(attempt, { ...step, cloud })
    return seen.length > 0 && !seen.some(({ isUnclear }) => isUnclear) ? seen : undefined
  }
  const first = await findLost(step, { lost }, search)
  // One that is listed may not be readable for a minute (U8).
  const mayClear = first.kind === 'none' && seen.length > 0
  const result = mayClear ? await findLost(step, { lost }, search) : first
  switch (result.kind) {
    case 'none':
      return seen.length > 0 ? seen : undefined
    case 'unknown': {
      const { what, answer } = result.why
      throw withMore(lost, { ...mayHaveStarted(attempt, `The check failed: ${what}`), answer })
    }
    case 'found':
      return result.found
  }
}

/**
 * Clusters of the name that were not there before, but for those that their descriptions date before the POST. One that
 * cannot be described yet (U8), or has no time, is unclear.
 */
async function createdSince({ cluster, before, sentAt }: Attempt, step: Step): Promise<Added[]> {
  const earliest = sentAt.now - sentAt.tolerance
  const named = await describeNamed(step, cluster, before)
  const added = named.filter(
    // A list may lag behind a rename or a move.
    ({ createTime = earliest, clusterName = cluster.clusterName, projectId = cluster.projectId }) =>
      createTime >= earliest && clusterName === cluster.clusterName && projectId === cluster.projectId,
  )
  return added.map(one => ({ ...one, isUnclear: one.createTime === undefined }))
}
