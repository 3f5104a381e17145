/** A cluster of the new one's name exists already: fail, reuse it, or drop it first. */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { quote } from '../untrusted-text.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { isDeletingOrGone, type PollOptions } from './busy.ts'
import { drop, waitUntilNameIsFree } from './drop.ts'
import { clustersNamed, withStates } from './find.ts'

export type IfExists = 'fail' | 'reuse' | 'replace'

export interface NameOptions {
  clusterName: string
  projectId: string
  ifExists: IfExists
  /** The cluster the backup is of, which is never replaced. */
  sourceId: string
  /** Ids. */
  protectedClusters: readonly string[]
}

/**
 * The cluster that holds the name, after every check of `if-exists`.
 *
 * @throws OperationFailed when it may be neither reused nor replaced
 */
export async function existingCluster(step: Step, options: NameOptions): Promise<Cluster | undefined> {
  const { clusterName, projectId, ifExists, sourceId, protectedClusters } = options
  const named = await clustersNamed(step, clusterName, projectId)
  const [existing] = named
  if (existing === undefined) return undefined
  const taken = `The name ${quote(clusterName)} is used in project ${projectId} by cluster ${withStates(named)}.`
  const refuse = (why: string) => new OperationFailed(`${taken} ${why}`)
  if (named.length > 1) throw refuse('With several, none is reused or replaced.')
  if (ifExists === 'fail') {
    throw refuse('Choose another target-cluster, or set if-exists to reuse or replace.')
  }
  if (ifExists === 'replace') {
    if (existing.clusterId === sourceId) throw refuse('It is the source cluster, which is never replaced.')
    if (protectedClusters.includes(existing.clusterId)) {
      throw refuse('It is one of protected-clusters, which are never replaced.')
    }
  }
  return existing
}

/** Drops the cluster that holds the name and waits until the name is free. */
export async function makeRoom(
  step: Step,
  { clusterId, status }: Cluster,
  options: PollOptions & { clusterName: string; projectId: string },
): Promise<void> {
  if (!isDeletingOrGone(status)) {
    step.log(`Dropping cluster ${clusterId} to replace it.`)
    await drop(step, clusterId, options)
  }
  await waitUntilNameIsFree(step, options)
}
