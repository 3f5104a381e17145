/** The input `cluster-id`: the cluster that backups are taken from. */
import type { Step } from '../step.ts'
import type { Backup, Cluster } from '../zilliz/decode.ts'
import { ApiError, isNotFound } from '../zilliz/errors.ts'
import { describeCluster, describeClusterIfThere, listBackups, otherCase } from '../zilliz/reads.ts'

/**
 * Describes the source cluster, for its own sake or to see that it exists.
 *
 * @throws OperationFailed with the right id, where `cluster-id` is the name of a cluster or differs by case alone
 */
export async function describeSource(step: Step, clusterId: string): Promise<Cluster> {
  const found = await describeCluster(step.cloud, clusterId).catch(error =>
    explainIfMissing(step, clusterId, error),
  )
  if (found.clusterId !== clusterId) throw otherCase('cluster-id', clusterId, found.clusterId)
  return found
}

/**
 * The backups of a cluster. Before "none" is believed, the cluster is described: a name or a wrong id has none either.
 *
 * @throws OperationFailed or ApiError when there is no such cluster
 */
export async function listBackupsOf(step: Step, clusterId: string): Promise<Backup[]> {
  const listed = await listAny(step, clusterId)
  if (listed.length === 0) await describeSource(step, clusterId)
  return listed
}

/** The same, where a cluster without backups is no surprise. */
export function listAny(step: Step, clusterId: string): Promise<Backup[]> {
  return listBackups(step.cloud, clusterId).catch(error => explainIfMissing(step, clusterId, error))
}

async function explainIfMissing(step: Step, clusterId: string, error: unknown): Promise<never> {
  if (!isNotFound(error, 'cluster')) throw error
  return (await import('./not-found.ts')).explainMissing(step, clusterId, error)
}

/** Undefined when it is gone; its backups stay. */
export async function describeSourceIfThere(step: Step, clusterId: string): Promise<Cluster | undefined> {
  const source = await describeClusterIfThere(step.cloud, clusterId)
  if (source !== undefined && source.clusterId !== clusterId) {
    throw otherCase('cluster-id', clusterId, source.clusterId)
  }
  return source
}

/** A key that may work with backups need not be allowed to describe the cluster (F85). */
export function unknownWhereForbidden(error: unknown): undefined {
  if (!(error instanceof ApiError) || error.group !== 'permission') throw error
}
