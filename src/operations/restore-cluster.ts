/** Restores a cluster backup into a new cluster, and says so only when that is RUNNING. */
import { type BackupRequest, chooseBackup, readBackupChoice } from '../backups/find.ts'
import { isDeletingOrGone, isGone, stateOf } from '../clusters/busy.ts'
import { existingCluster, type IfExists, makeRoom } from '../clusters/if-exists.ts'
import { isPossibleName, offerSafeName } from '../clusters/name.ts'
import { sendRestore } from '../clusters/restore.ts'
import { Cancelled, InputError, OperationFailed } from '../errors.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import { clusterRunning, jobSuccessful, notFoundGrace } from '../waiting/conditions.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import { dropCluster, type NewCluster, restoreCluster } from '../zilliz/changes.ts'
import type { Backup, Cluster } from '../zilliz/decode.ts'
import { isNotFound } from '../zilliz/errors.ts'
import { describeCluster } from '../zilliz/reads.ts'

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
  const protectedClusters = reader.list('protected-clusters')
  if (protectedClusters.includes(clusterName) && (ifExists === 'replace' || deleteAfterJob)) {
    reader.report(
      'protected-clusters',
      `holds the name of the new cluster, which ${ifExists === 'replace' ? 'if-exists: replace' : 'delete-after-job'} may drop`,
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

function readNewName(reader: Reader): string {
  const name = reader.optional('target-cluster')
  if (name === undefined) {
    reader.report('target-cluster', 'expected the name of the new cluster; it is empty')
    return ''
  }
  if (!isPossibleName(name)) {
    reader.report(
      'target-cluster',
      `expected at most 255 letters, digits, blanks, _, - and Han characters as the name of the new cluster; got ${JSON.stringify(name.slice(0, 300))}.${offerSafeName(name)}`,
    )
  }
  return name
}

export async function run(request: RestoreCluster, step: Step): Promise<Outcome> {
  const { clusterId, clusterName, ifExists, protectedClusters, pollInterval } = request
  const backup = await chooseBackup(step, request, { type: 'CLUSTER', use: 'restored' })
  const projectId = projectOf(request, backup)
  const name = { clusterName, projectId, ifExists, sourceId: clusterId, protectedClusters }
  const existing = await existingCluster(step, name)
  if (existing !== undefined && ifExists === 'reuse') return reuse(request, step, existing)

  const source = { clusterId, backupId: backup.backupId }
  const cluster: NewCluster = {
    clusterName,
    projectId,
    cuSize: request.cuSize ?? (await sourceSize(step, clusterId)),
    collectionStatus: request.collectionStatus,
    versionPolicy: request.versionPolicy,
  }
  if (request.dryRun) {
    const drops = existing && !isDeletingOrGone(existing.status) ? [dropCluster(existing.clusterId)] : []
    return planned(step, [...drops, restoreCluster(source, cluster)])
  }
  if (existing !== undefined) await makeRoom(step, existing, { ...cluster, pollInterval })
  const before = existing === undefined ? [] : [existing.clusterId]
  const { deleteAfterJob } = request
  const options = { source, cluster, before, droppedId: existing?.clusterId, deleteAfterJob, pollInterval }
  const created = await sendRestore(options, step)
  step.log(`Cluster ${created.clusterId} is being created from backup ${backup.backupId}.`)
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
  { clusterId, jobId }: { clusterId: string; jobId: string },
  pollInterval: number,
): Promise<void> {
  const grace = notFoundGrace.created
  const conditions = [jobSuccessful(jobId, grace), running(step, clusterId, grace)]
  try {
    await waitForAll(step, conditions, { pollInterval, failFast: true })
  } catch (error) {
    if (!(error instanceof OperationFailed)) throw error
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

async function reuse(request: RestoreCluster, step: Step, existing: Cluster): Promise<Outcome> {
  const { clusterId } = existing
  const { clusterName, pollInterval } = request
  if (isDeletingOrGone(existing.status)) {
    throw new OperationFailed(
      `Cluster ${clusterId} has the name but is ${sanitize(existing.status)}, so it is not reused. Run the step again when it is gone.`,
    )
  }
  step.publish('clusterId', clusterId)
  step.publish('clusterName', existing.clusterName)
  step.publish('connectAddress', existing.connectAddress)
  step.publishBoolean('created', false)
  step.log(`Cluster ${clusterId} has the name ${quote(clusterName)} already and is used.`)
  if (request.dryRun) return planned(step, [])
  if (!request.wait) return 'skipped'
  step.inProgress.started({ kind: 'cluster', clusterId })
  await waitForAll(step, [running(step, clusterId, notFoundGrace.none)], { pollInterval, failFast: true })
  return 'succeeded'
}

/** The size of the source cluster, which a restore keeps by default. */
async function sourceSize(step: Step, clusterId: string): Promise<number> {
  const give = 'set the compute units of the new cluster'
  const { cuSize } = await describeCluster(step.cloud, clusterId).catch(error => {
    if (!isNotFound(error, 'cluster')) throw error
    throw new InputError(
      [`cu-size: source cluster ${clusterId} is gone, so its size is not known; ${give}`],
      { cause: error },
    )
  })
  if (cuSize !== undefined && cuSize >= 1) return cuSize
  throw new InputError([
    `cu-size: the service does not show the size of source cluster ${clusterId}; ${give}`,
  ])
}
