import { chooseBackup } from '../backups/find.ts'
import { clustersNamed, drop, isDeletingOrGone, stateOf, waitUntilNameIsFree } from '../clusters/drop.ts'
import { sendRestore } from '../clusters/restore.ts'
import { InputError } from '../inputs/inputs.ts'
import { OperationFailed, type Outcome, planned, type Step } from '../step.ts'
import { clusterRunning, jobSuccessful } from '../waiting/conditions.ts'
import { Cancelled } from '../waiting/poll.ts'
import { graceOfOwn, waitForAll } from '../waiting/wait-for-all.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { ApiError, isNotFound, quote, sanitize } from '../zilliz/errors.ts'
import { describeCluster, paths } from '../zilliz/reads.ts'
import type { RestoreCluster } from './requests.ts'

/** Restores a cluster backup into a new cluster, and says so only when that is RUNNING. */
export async function restoreCluster(request: RestoreCluster, step: Step): Promise<Outcome> {
  const { clusterId, clusterName, ifExists } = request
  const backup = await chooseBackup(step, clusterId, request.backup, 'CLUSTER')
  const projectId = request.projectId ?? backup.projectId
  if (projectId === undefined) {
    throw new InputError([
      'target-project-id: the backup does not tell its project; give the project of the new cluster',
    ])
  }
  const existing = await existingCluster(step, request, projectId)
  if (existing !== undefined && ifExists === 'reuse') return reuse(request, step, existing)

  const body = {
    // Sources disagree about the name of this field, so it goes out under both (F47).
    projectId,
    targetProjectId: projectId,
    clusterName,
    cuSize: request.cuSize ?? (await sourceSize(step, clusterId)),
    collectionStatus: request.collectionStatus,
    ...(request.versionPolicy && { restoreVersionPolicy: request.versionPolicy }),
  }
  if (request.dryRun) {
    const path = paths.restoreCluster(clusterId, backup.backupId)
    return planned(step, [
      ...(existing && !isDeletingOrGone(existing.status)
        ? [{ method: 'DELETE' as const, path: paths.dropCluster(existing.clusterId) }]
        : []),
      { method: 'POST', path, body },
    ])
  }
  if (existing !== undefined) await makeRoom(request, step, existing, projectId)
  const before = existing === undefined ? [] : [existing.clusterId]
  const made = await sendRestore(
    { request, backupId: backup.backupId, projectId, body, before, droppedId: existing?.clusterId },
    step,
  )
  step.log(`Cluster ${made.clusterId} is being made from backup ${backup.backupId}.`)
  if (!request.wait) return 'started'
  await clusterDone(request, step, made.clusterId, [made.jobId])
  return 'succeeded'
}

/** Waits for RUNNING with an address and, for a cluster of our own, for the job; in either order (U10). */
async function clusterDone(
  { pollInterval }: RestoreCluster,
  step: Step,
  clusterId: string,
  jobIds: readonly string[],
): Promise<void> {
  const grace = jobIds.length > 0 ? graceOfOwn : 0
  const seen = (found: Cluster) => step.publish('connectAddress', found.connectAddress)
  const goals = [...jobIds.map(jobId => jobSuccessful(jobId, grace)), clusterRunning(clusterId, grace, seen)]
  try {
    await waitForAll(step, goals, { pollInterval, failFast: true })
  } catch (error) {
    if (!(error instanceof OperationFailed) || jobIds.length === 0) throw error
    step.inProgress.clusterId = undefined
    throw new OperationFailed(`${error.message}\n${await whatBecame(step, clusterId)}`, { cause: error })
  }
}

/** What becomes of the cluster of a failed restore is not known (U10): it may stay and cost money. */
async function whatBecame(step: Step, clusterId: string): Promise<string> {
  const drop = `drop it with operation: delete-cluster and target-cluster: ${clusterId}.`
  try {
    const state = await stateOf(step, clusterId)
    if (state === 'GONE') return `Cluster ${clusterId} is gone.`
    return isDeletingOrGone(state)
      ? `Cluster ${clusterId} is ${sanitize(state)}.`
      : `Cluster ${clusterId} is ${sanitize(state)}. It may stay and cost money: ${drop}`
  } catch (error) {
    if (error instanceof Cancelled) throw error
    return `The state of cluster ${clusterId} is not known. It may stay and cost money: ${drop}`
  }
}

async function reuse(request: RestoreCluster, step: Step, existing: Cluster): Promise<Outcome> {
  const { clusterId } = existing
  if (isDeletingOrGone(existing.status)) {
    throw new OperationFailed(
      `Cluster ${clusterId} has the name but is ${sanitize(existing.status)}, so it is not reused. Run the step again when it is gone.`,
    )
  }
  step.publish('clusterId', clusterId)
  step.publish('clusterName', existing.clusterName)
  step.publish('connectAddress', existing.connectAddress)
  step.publishFlag('created', false)
  step.log(`Cluster ${clusterId} has the name ${quote(request.clusterName)} already and is used.`)
  if (request.dryRun) return planned(step, [])
  if (!request.wait) return 'skipped'
  step.inProgress.clusterId = clusterId
  await clusterDone(request, step, clusterId, [])
  return 'succeeded'
}

/** The cluster that holds the name, after every check of `if-exists`. */
async function existingCluster(
  step: Step,
  request: RestoreCluster,
  projectId: string,
): Promise<Cluster | undefined> {
  const { clusterName, clusterId, ifExists, protectedClusters } = request
  const named = await clustersNamed(step, clusterName, projectId)
  const [existing] = named
  if (existing === undefined) return undefined
  const each = named.map(cluster => `${cluster.clusterId} (${sanitize(cluster.status)})`).join(', ')
  const taken = `The name ${quote(clusterName)} is used in project ${projectId} by cluster ${each}.`
  if (named.length > 1) throw new OperationFailed(`${taken} With several, none is reused or replaced.`)
  if (ifExists === 'fail') {
    throw new OperationFailed(`${taken} Choose another target-cluster, or set if-exists to reuse or replace.`)
  }
  if (ifExists === 'replace') {
    if (existing.clusterId === clusterId)
      throw new OperationFailed(`${taken} It is the source cluster, which is never replaced.`)
    if (protectedClusters.includes(existing.clusterId)) {
      throw new OperationFailed(`${taken} It is one of protected-clusters, which are never replaced.`)
    }
  }
  return existing
}

/** Drops the cluster that holds the name and waits until the name is free. */
async function makeRoom(
  request: RestoreCluster,
  step: Step,
  existing: Cluster,
  projectId: string,
): Promise<void> {
  const { clusterId, status } = existing
  if (!isDeletingOrGone(status)) {
    step.log(`Dropping cluster ${clusterId} to replace it.`)
    await drop(step, clusterId, request)
  }
  await waitUntilNameIsFree(step, request.clusterName, projectId, request)
}

/** The size of the source cluster, which a restore keeps unless told otherwise. */
async function sourceSize(step: Step, clusterId: string): Promise<number> {
  const give = 'give the compute units of the new cluster'
  try {
    const { cuSize } = await describeCluster(step.cloud, clusterId)
    if (cuSize !== undefined && cuSize >= 1) return cuSize
    throw new InputError([
      `cu-size: the service does not tell the size of source cluster ${clusterId}; ${give}`,
    ])
  } catch (error) {
    if (!(error instanceof ApiError && isNotFound(error, 'cluster'))) throw error
    throw new InputError([`cu-size: source cluster ${clusterId} is gone, so its size is not known; ${give}`])
  }
}
