/** Restores collections of a backup into an existing cluster, one request for each collection. */
import { type BusyOptions, backupsRunning, logThatItWouldWait } from '../backups/busy.ts'
import type { BackupOptions } from '../backups/create.ts'
import { type BackupRequest, chooseBackup, readBackupChoice } from '../backups/find.ts'
import { refuseByPlan, refuseSourceByPlan } from '../backups/source.ts'
import { retryWhileBusy } from '../clusters/busy.ts'
import { describeTarget } from '../clusters/described-target.ts'
import { readTarget, type Target } from '../clusters/find.ts'
import { readProtectedClusters } from '../clusters/protected.ts'
import { type LoadStatus, type Mapping, problemsIntoSource, readMappings } from '../collections/mappings.ts'
import { openRestores, partsOf, type RestoreState, type Restores } from '../collections/restores.ts'
import { Cancelled, InputError, messageOf, OperationFailed } from '../errors.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { jobSuccessful, notFoundGrace } from '../waiting/conditions.ts'
import { mayHaveSucceeded } from '../waiting/lost-response.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import { createBackup } from '../zilliz/changes.ts'
import { send } from '../zilliz/connection.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { ApiError, NoResponseError } from '../zilliz/errors.ts'
import { listBackups, sameButCase } from '../zilliz/reads.ts'

export interface RestoreCollections extends CommonInputs, BackupRequest {
  target: Target
  mappings: Mapping[]
  collectionStatus: LoadStatus
  /** Absent: none is taken. */
  safetyBackup?: Pick<BusyOptions, 'ifBusy'> | undefined
  protectedClusters: string[]
  wait: boolean
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export function read(reader: Reader, common: CommonInputs): RestoreCollections {
  const clusterId = reader.id('cluster-id')
  const target = readTarget(reader)
  const mappings = readMappings(reader)
  if (sameButCase(target.cluster, clusterId)) {
    for (const problem of problemsIntoSource(mappings)) reader.report('collections', problem)
  }
  return {
    ...common,
    clusterId,
    backup: readBackupChoice(reader),
    target,
    mappings,
    collectionStatus: reader.oneOf('collection-status', ['LOADED', 'UNLOADED'] as const) ?? 'LOADED',
    safetyBackup: readSafetyBackup(reader),
    protectedClusters: readProtectedClusters(reader),
    wait: reader.boolean('wait'),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
}

function readSafetyBackup(reader: Reader): RestoreCollections['safetyBackup'] {
  const ifBusy = reader.oneOf('if-busy', ['wait', 'fail'] as const) ?? 'wait'
  if (reader.boolean('safety-backup')) return { ifBusy }
  if (reader.optional('if-busy') !== undefined) {
    reader.report('if-busy', 'has no effect without safety-backup: true')
  }
  return undefined
}

export async function run(request: RestoreCollections, step: Step): Promise<Outcome> {
  const target = await describeTarget(step, request.target, request.protectedClusters)
  step.publish('clusterId', target.clusterId)
  step.publish('clusterName', target.clusterName)
  step.publish('connectAddress', target.connectAddress)
  const backup = await chooseBackup(step, request, { use: 'restored' })
  refuseIntoSource(request, target, [request.clusterId, backup.clusterId])
  const parts = partsOf(request, step, { backup, clusterId: target.clusterId })
  const safety = safetyOptions(request, target)
  if (request.dryRun) {
    refuseByPlan(target, 'restored into')
    await refuseSourceByPlan(step, request.clusterId, 'restored from')
    if (safety !== undefined) await checkBusy(safety, step)
    const changes = parts.map(({ change }) => change)
    return planned(step, safety === undefined ? changes : [createBackup(safety), ...changes])
  }
  if (safety !== undefined) await takeSafetyBackup(safety, step)
  const { clusterId } = target
  const restores = openRestores(step, parts)
  try {
    await startAll(restores, step, { clusterId, pollInterval: request.pollInterval })
  } finally {
    restores.publishAll()
  }
  if (request.wait) await waitForJobs(restores, step, request)
  const failures = restores.failures()
  if (failures.length > 0) {
    const fine =
      restores.startedCount() > 0 ? ` ${restores.startedCount()} of ${parts.length} have started.` : ''
    throw new OperationFailed(`Not every collection is restored.${fine}\n${failures.join('\n')}`)
  }
  return request.wait ? 'succeeded' : 'started'
}

/** @param sourceIds of the cluster the backup is of, as the input and as the backup have it */
function refuseIntoSource(
  { mappings }: RestoreCollections,
  target: Cluster,
  sourceIds: readonly (string | undefined)[],
): void {
  const problems = sourceIds.some(id => sameButCase(id, target.clusterId)) ? problemsIntoSource(mappings) : []
  if (problems.length > 0) throw new InputError(problems.map(problem => `collections: ${problem}`))
}

/** Of the target, before anything is written into it; waited for whatever `wait` says. */
function safetyOptions({ safetyBackup, pollInterval }: RestoreCollections, { clusterId }: Cluster) {
  return safetyBackup && { clusterId, crossRegionCopies: [], pollInterval, ...safetyBackup }
}

async function checkBusy(options: BackupOptions, step: Step): Promise<void> {
  const listed = await listBackups(step.cloud, options.clusterId)
  logThatItWouldWait(options, step, backupsRunning(listed))
}

async function takeSafetyBackup(options: BackupOptions, step: Step): Promise<void> {
  const { clusterId } = options
  // Loaded when it is needed: most restores take none.
  const { startBackup, waitUntilAvailable } = await import('../backups/create.ts')
  const { backup } = await startBackup(options, step, { listed: await listBackups(step.cloud, clusterId) })
  step.publish('safetyBackupId', backup.backupId)
  await waitUntilAvailable(options, step, { running: { ...backup, clusterId } })
}

/** Starts one restore after the other, without waiting for their jobs in between. */
async function startAll(
  restores: Restores,
  step: Step,
  cluster: { clusterId: string; pollInterval: number },
): Promise<void> {
  for (const [index, { what, change }] of restores.parts.entries()) {
    try {
      const jobId = await retryWhileBusy(step, cluster, () => send(step.cloud, change))
      step.inProgress.started({ kind: 'job', jobId })
      step.log(`Restore of ${what} has started: job ${jobId}.`)
      restores.set(index, { status: 'started', jobId })
    } catch (error) {
      if (error instanceof NoResponseError) {
        restores.set(index, unanswered(error, what, cluster.clusterId))
        return
      }
      if (error instanceof Cancelled && error.inFlight) {
        restores.set(index, { status: 'unknown', why: `The restore of ${what} may have started.` })
      }
      if (!(error instanceof ApiError || error instanceof OperationFailed)) throw restores.withFailures(error)
      const why = messageOf(error)
      step.log(why)
      restores.set(index, { status: 'refused', why })
    }
  }
}

/** After a lost response nothing more is started: nothing can be found out about it. */
function unanswered(error: NoResponseError, what: string, clusterId: string): RestoreState {
  const nothingMore = 'Nothing more was started.'
  const message = error.message
  if (!mayHaveSucceeded(error)) return { status: 'not-started', why: `${message} ${nothingMore}` }
  const maybe = `The restore of ${what} may have started anyway: look at cluster ${clusterId} before running this step again.`
  return { status: 'unknown', why: `${message} ${maybe} ${nothingMore}` }
}

/** Waits for all that was started; the state of each is kept up to date. */
async function waitForJobs(
  restores: Restores,
  step: Step,
  { pollInterval }: RestoreCollections,
): Promise<void> {
  const conditions = restores.started().map(({ index, jobId, what }) => ({
    ...jobSuccessful(jobId, { grace: notFoundGrace.created, of: what, isReadBack: false }),
    onEnd: (line: string | undefined) =>
      restores.set(
        index,
        line === undefined ? { status: 'succeeded', jobId } : { status: 'failed', jobId, why: line },
      ),
  }))
  try {
    await waitForAll(step, conditions, { pollInterval })
  } catch (error) {
    // Which of them failed is told by each; whatever else ends the wait is no end of theirs.
    const isOfOne = error instanceof OperationFailed && restores.failures().length > 0
    if (!isOfOne) throw restores.withFailures(error)
  } finally {
    restores.publishAll()
  }
}
