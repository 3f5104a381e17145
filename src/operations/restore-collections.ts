/** Restores collections of a backup into an existing cluster, one request for each collection. */
import type { BusyOptions } from '../backups/busy.ts'
import { startBackup, waitUntilAvailable } from '../backups/create.ts'
import { type BackupRequest, chooseBackup, readBackupChoice } from '../backups/find.ts'
import { retryWhileBusy } from '../clusters/busy.ts'
import { findTarget, isProtected, readTarget, type Target } from '../clusters/find.ts'
import { describeRestore, expand } from '../collections/expand.ts'
import { type LoadStatus, type Mapping, problemsIntoSource, readMappings } from '../collections/mappings.ts'
import { InputError, messageOf, OperationFailed, withMessage } from '../errors.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { jobSuccessful, notFoundGrace } from '../waiting/conditions.ts'
import { mayHaveSucceeded } from '../waiting/lost-response.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import { createBackup, restoreCollection } from '../zilliz/changes.ts'
import { type Change, send } from '../zilliz/connection.ts'
import type { Backup, Cluster } from '../zilliz/decode.ts'
import { ApiError, NoResponseError } from '../zilliz/errors.ts'
import { listBackups } from '../zilliz/reads.ts'

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
  if (target.cluster === clusterId) {
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
    protectedClusters: reader.list('protected-clusters'),
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

/** One request: a collection, or everything in the backup. */
interface Part {
  what: string
  change: Change<string>
}

export async function run(request: RestoreCollections, step: Step): Promise<Outcome> {
  const target = await findTarget(step, request.target)
  refuseTarget(request, target)
  step.publish('clusterId', target.clusterId)
  step.publish('clusterName', target.clusterName)
  step.publish('connectAddress', target.connectAddress)
  const backup = await chooseBackup(step, request, { use: 'restored' })
  const parts = partsOf(request, step, { backup, target })
  const safety = safetyOptions(request, target)
  if (request.dryRun) {
    const changes = parts.map(({ change }) => change)
    return planned(step, safety === undefined ? changes : [createBackup(safety), ...changes])
  }
  if (safety !== undefined) {
    const started = await startBackup(safety, step, await listBackups(step.cloud, target.clusterId))
    step.publish('safetyBackupId', started.backupId)
    await waitUntilAvailable(safety, step, started)
  }
  const { jobs, failures } = await startAll(request, step, { target, parts })
  if (request.wait) failures.push(...(await failuresOf(request, step, { jobs, failures })))
  if (failures.length > 0) {
    const fine = jobs.length > 0 ? ` ${jobs.length} of ${parts.length} have started.` : ''
    throw new OperationFailed(`Not every collection is restored.${fine}\n${failures.join('\n')}`)
  }
  return request.wait ? 'succeeded' : 'started'
}

function refuseTarget({ protectedClusters, clusterId, mappings }: RestoreCollections, target: Cluster): void {
  if (isProtected(target, protectedClusters)) {
    throw new OperationFailed(
      `Cluster ${target.clusterId} is one of protected-clusters: nothing is restored into it.`,
    )
  }
  const problems = target.clusterId === clusterId ? problemsIntoSource(mappings) : []
  if (problems.length > 0) throw new InputError(problems.map(problem => `collections: ${problem}`))
}

function partsOf(
  request: RestoreCollections,
  step: Step,
  { backup, target: { clusterId } }: { backup: Backup; target: Cluster },
): Part[] {
  const source = { clusterId: request.clusterId, backupId: backup.backupId }
  const expansion = expand(request.mappings, backup.contents, request.collectionStatus)
  if (expansion.kind === 'everything') {
    step.warning(
      `The service does not list what backup ${backup.backupId} holds by database, so everything is restored with one request. Its collections arrive unloaded.`,
    )
    const what = 'everything'
    return [{ what, change: restoreCollection(source, { clusterId, what }) }]
  }
  return expansion.entries.map(collection => {
    const what = describeRestore(collection)
    return { what, change: restoreCollection(source, { clusterId, what, collection }) }
  })
}

/** Of the target, before anything is written into it; waited for whatever `wait` says. */
function safetyOptions({ safetyBackup, pollInterval }: RestoreCollections, { clusterId }: Cluster) {
  return safetyBackup && { clusterId, crossRegionCopies: [], pollInterval, ...safetyBackup }
}

interface Started {
  jobs: { jobId: string; what: string }[]
  /** A sentence for each part that was not started, or may not have been. */
  failures: string[]
}

/** Starts one restore after the other, without waiting for their jobs in between. */
async function startAll(
  { pollInterval }: RestoreCollections,
  step: Step,
  { target: { clusterId }, parts }: { target: Cluster; parts: readonly Part[] },
): Promise<Started> {
  const jobs: Started['jobs'] = []
  const failures: string[] = []
  for (const { what, change } of parts) {
    try {
      const sendChange = () => send(step.cloud, change)
      const jobId = await retryWhileBusy(step, { clusterId, pollInterval }, sendChange)
      jobs.push({ jobId, what })
      step.inProgress.started({ kind: 'job', jobId })
      const jobIds = jobs.map(job => job.jobId)
      step.publish('jobId', jobIds[0])
      step.publishList('jobIds', jobIds)
      step.log(`Restore of ${what} has started: job ${jobId}.`)
    } catch (error) {
      if (error instanceof NoResponseError) {
        const maybe = mayHaveSucceeded(error)
          ? ` The restore of ${what} may have started anyway: look at cluster ${clusterId} before running this step again.`
          : ''
        failures.push(`${error.message}${maybe} Nothing more was started.`)
        break
      }
      if (!(error instanceof ApiError || error instanceof OperationFailed)) {
        throw withFailures(error, failures)
      }
      failures.push(error.message)
      step.log(error.message)
    }
  }
  return { jobs, failures }
}

/** Waits for all that was started, and gives a sentence for each job that failed. */
async function failuresOf(
  { pollInterval }: RestoreCollections,
  step: Step,
  { jobs, failures }: Started,
): Promise<string[]> {
  const conditions = jobs.map(({ jobId, what }) => jobSuccessful(jobId, notFoundGrace.created, what))
  try {
    await waitForAll(step, conditions, { pollInterval })
    return []
  } catch (error) {
    if (!(error instanceof OperationFailed)) throw withFailures(error, failures)
    return [error.message]
  }
}

function withFailures(error: unknown, failures: readonly string[]): unknown {
  return failures.length === 0 ? error : withMessage(error, [messageOf(error), ...failures].join('\n'))
}
