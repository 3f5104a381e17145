/** Restores a cluster backup into a new cluster, and says so only when that is RUNNING. */
import { type BackupRequest, chooseBackup, publishBackup, readBackupChoice } from '../backups/find.ts'
import { describeSourceIfThere, refuseByPlan, refuseSourceByPlan } from '../backups/source.ts'
import { isDeletingOrGone, isGone, stateOf } from '../clusters/busy.ts'
import { type IfExists, makeRoom, type NameOptions, nameState } from '../clusters/if-exists.ts'
import { readNewName } from '../clusters/name.ts'
import { readProtectedClusters } from '../clusters/protected.ts'
import { sendRestore } from '../clusters/restore.ts'
import { Cancelled, InputError, OperationFailed } from '../errors.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { quote, quoteInput, sanitize } from '../untrusted-text.ts'
import { clusterRunning, jobSuccessful, notFoundGrace } from '../waiting/conditions.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import { dropCluster, type NewCluster, type RestoredCluster, restoreCluster } from '../zilliz/changes.ts'
import type { Backup, Cluster } from '../zilliz/decode.ts'
import { isNotFound } from '../zilliz/errors.ts'
import { sameButCase } from '../zilliz/reads.ts'

export interface RestoreCluster extends CommonInputs, BackupRequest {
  /** Of the new cluster. */
  clusterName: string
  /** Absent: the project of the backup. */
  projectId?: string | undefined
  /** Absent: that of the source cluster. */
  cuSize?: number | undefined
  collectionStatus: 'KEEP' | 'RELEASE'
  versionPolicy?: 'LATEST' | 'ORIGINAL' | undefined
  ifExists: IfExists
  protectedClusters: string[]
  deleteAfterJob: boolean
  wait: boolean
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export function read(reader: Reader, common: CommonInputs): RestoreCluster {
  const ifExists = reader.oneOf('if-exists', ['fail', 'reuse', 'replace'] as const) ?? 'fail'
  const deleteAfterJob = reader.boolean('delete-after-job')
  const clusterName = readNewName(reader)
  const protectedClusters = readProtectedClusters(reader)
  const own = protectedClusters.find(entry => sameButCase(clusterName, entry))
  if (own !== undefined && (ifExists === 'replace' || deleteAfterJob)) {
    reader.report(
      'protected-clusters',
      `has ${quoteInput(own)}, the name of the new cluster, which ${ifExists === 'replace' ? 'if-exists: replace' : 'delete-after-job'} may drop`,
    )
  }
  return {
    ...common,
    clusterId: reader.id('cluster-id'),
    backup: readBackupChoice(reader, 'CLUSTER'),
    clusterName,
    projectId: reader.optionalId('target-project-id'),
    cuSize: reader.wholeNumber('cu-size', { least: 1, most: 1024 }),
    collectionStatus: reader.oneOf('collection-status', ['KEEP', 'RELEASE'] as const) ?? 'KEEP',
    versionPolicy: reader.oneOf('restore-version-policy', ['LATEST', 'ORIGINAL'] as const),
    ifExists,
    protectedClusters,
    deleteAfterJob,
    wait: reader.boolean('wait'),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
}

export async function run(request: RestoreCluster, step: Step): Promise<Outcome> {
  const { clusterId, ifExists, protectedClusters, pollInterval } = request
  const mayBeUnused = ifExists === 'reuse'
  const backup = await chooseBackup(step, request, { type: 'CLUSTER', use: 'restored', mayBeUnused })
  const cluster = { clusterName: request.clusterName, projectId: projectOf(request, backup) }
  const sourceIds = [...new Set([clusterId, backup.clusterId ?? clusterId])]
  const isProjectGiven = request.projectId !== undefined
  const name: NameOptions = { ...cluster, isProjectGiven, ifExists, sourceIds, protectedClusters }
  const state = await nameState(step, name)
  if (state.kind === 'held' && ifExists === 'reuse') return reuse(request, step, state.cluster)
  publishBackup(step, backup)

  const newCluster: NewCluster = {
    ...cluster,
    cuSize: request.cuSize ?? (await sourceSize(step, request)),
    collectionStatus: request.collectionStatus,
    versionPolicy: request.versionPolicy,
  }
  const source = { clusterId, backupId: backup.backupId }
  if (request.dryRun) {
    if (request.cuSize !== undefined) await refuseSourceByPlan(step, clusterId, 'restored from')
    const drops = state.kind === 'held' ? [dropCluster(state.cluster.clusterId)] : []
    return planned(step, [...drops, restoreCluster(source, newCluster)])
  }
  const before = await makeRoom(step, state, { ...name, pollInterval })
  const { deleteAfterJob } = request
  const guards = { sourceIds, protectedClusters }
  const options = { source, cluster: newCluster, before, deleteAfterJob, ...guards, pollInterval }
  const created = await sendRestore(options, step)
  if (!request.wait) return 'started'
  await waitForNew(step, created, pollInterval)
  return 'succeeded'
}

function projectOf(request: RestoreCluster, backup: Backup): string {
  const projectId = request.projectId ?? backup.projectId
  if (projectId !== undefined) return projectId
  throw new InputError([
    'target-project-id: the backup does not show its project; set the project of the new cluster',
  ])
}

/** Waits for the job and for RUNNING with an address; either may come first (U10). */
async function waitForNew(
  step: Step,
  { clusterId, jobId }: RestoredCluster,
  pollInterval: number,
): Promise<void> {
  const grace = notFoundGrace.created
  const job = jobId === undefined ? [] : [jobSuccessful(jobId, { grace, isReadBack: true })]
  try {
    await waitForAll(step, [...job, running(step, clusterId, grace)], { pollInterval, failFast: true })
  } catch (error) {
    // A refused read of the cluster itself has said all that there is.
    if (!(error instanceof OperationFailed || isNotFound(error, 'job'))) throw error
    step.inProgress.ended({ kind: 'cluster', clusterId })
    throw new OperationFailed(`${error.message}\n${await whatBecame(step, clusterId)}`, { cause: error })
  }
}

function running(step: Step, clusterId: string, grace: number) {
  return clusterRunning(clusterId, grace, ({ connectAddress }) =>
    step.publish('connectAddress', connectAddress),
  )
}

/** What becomes of the cluster of a failed restore is not known (U10): it may stay and cost money. */
async function whatBecame(step: Step, clusterId: string): Promise<string> {
  const cost = `It may stay and cost money: drop it with operation: delete-cluster and target-cluster: ${clusterId}.`
  try {
    const state = await stateOf(step, clusterId)
    if (isGone(state)) return `Cluster ${clusterId} is gone.`
    const sentence = `Cluster ${clusterId} is ${sanitize(state)}.`
    return isDeletingOrGone(state) ? sentence : `${sentence} ${cost}`
  } catch (error) {
    if (error instanceof Cancelled) throw error
    return `The state of cluster ${clusterId} is not known. ${cost}`
  }
}

/** Nothing is restored: the cluster that has the name is used as it is. */
async function reuse(request: RestoreCluster, step: Step, existing: Cluster): Promise<Outcome> {
  const { clusterId } = existing
  const { clusterName, pollInterval } = request
  step.publish('clusterId', clusterId)
  step.publish('clusterName', existing.clusterName)
  step.publish('connectAddress', existing.connectAddress)
  step.publishBoolean('created', false)
  step.notice(
    `Existing cluster ${clusterId} already has the name ${quote(clusterName)} and is used: nothing is restored.`,
  )
  if (request.dryRun) return planned(step, [])
  if (!request.wait) return 'skipped'
  await waitForAll(step, [running(step, clusterId, notFoundGrace.none)], { pollInterval, failFast: true })
  return 'succeeded'
}

/** The size of the source cluster, which a restore keeps by default. */
async function sourceSize(step: Step, { clusterId, dryRun }: RestoreCluster): Promise<number> {
  const set = 'set the compute units of the new cluster'
  const source = await describeSourceIfThere(step, clusterId)
  if (source === undefined) {
    throw new InputError([`cu-size: source cluster ${clusterId} is gone, so its size is not known; ${set}`])
  }
  if (dryRun) refuseByPlan(source, 'restored from')
  if (source.cuSize !== undefined && source.cuSize >= 1) return source.cuSize
  throw new InputError([`cu-size: the service does not show the size of source cluster ${clusterId}; ${set}`])
}
