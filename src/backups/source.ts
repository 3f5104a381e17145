/** The input `cluster-id`: the cluster that backups are taken from. */
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { quote } from '../untrusted-text.ts'
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

/** Clusters of these plans cannot be backed up, nor restored from or into (96021, 96022). */
const plansWithoutBackup = ['free', 'serverless']

/**
 * For a dry run, where the service itself has no occasion to refuse.
 *
 * @throws OperationFailed for a serverless or free cluster
 */
export function refuseByPlan({ clusterId, plan }: Cluster, use: string): void {
  if (plan === undefined || !plansWithoutBackup.includes(plan.toLowerCase())) return
  throw new OperationFailed({
    what: `Cluster ${clusterId} is of plan ${quote(plan)} and cannot be ${use}: backups are for Dedicated clusters only.`,
    next: 'Choose a Dedicated cluster, or change the plan of this one in the console.',
  })
}

/** Undefined when it is gone; its backups stay. */
export async function describeSourceIfThere(step: Step, clusterId: string): Promise<Cluster | undefined> {
  const source = await describeClusterIfThere(step.cloud, clusterId)
  if (source !== undefined && source.clusterId !== clusterId) {
    throw otherCase('cluster-id', clusterId, source.clusterId)
  }
  return source
}

/** The same for the source of a backup; one that is gone had a backup, so it was neither. */
export async function refuseSourceByPlan(step: Step, clusterId: string, use: string): Promise<void> {
  const source = await describeSourceIfThere(step, clusterId).catch(unknownWhereForbidden)
  if (source !== undefined) refuseByPlan(source, use)
}

/** A key that may work with backups need not be allowed to describe the cluster (F85). */
export function unknownWhereForbidden(error: unknown): undefined {
  if (!(error instanceof ApiError) || error.group !== 'permission') throw error
}
