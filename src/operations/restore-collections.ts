import { backupBody, startBackup, waitUntilAvailable } from '../backups/create.ts'
import { chooseBackup } from '../backups/find.ts'
import { retryWhileBusy } from '../clusters/drop.ts'
import { findTarget } from '../clusters/find.ts'
import { expand, type RestoreEntry } from '../collections/expand.ts'
import { formatName } from '../collections/names.ts'
import { InputError } from '../inputs/inputs.ts'
import { OperationFailed, type Outcome, planned, type Step } from '../step.ts'
import { jobSuccessful } from '../waiting/conditions.ts'
import { mayHaveSucceeded } from '../waiting/lost-response.ts'
import { graceOfOwn, waitForAll } from '../waiting/wait-for-all.ts'
import type { Backup, Cluster } from '../zilliz/decode.ts'
import { ApiError, NoResponseError, sanitize } from '../zilliz/errors.ts'
import { listBackups, paths, restoreCollection } from '../zilliz/reads.ts'
import type { RestoreCollections } from './requests.ts'
import { sourceProblems } from './restore-inputs.ts'

/** One request: a collection, or without one everything in the backup. */
interface Part {
  what: string
  body: unknown
}

/** Restores collections of a backup into an existing cluster, one request a collection. */
export async function restoreCollections(request: RestoreCollections, step: Step): Promise<Outcome> {
  const { clusterId } = request
  const target = await findTarget(step, request.target)
  refuseTarget(request, target)
  step.publish('clusterId', target.clusterId)
  step.publish('clusterName', target.clusterName)
  step.publish('connectAddress', target.connectAddress)
  const backup = await chooseBackup(step, clusterId, request.backup, undefined)
  const parts = partsOf(request, step, backup, target)
  const source = { clusterId, backupId: backup.backupId }
  if (request.dryRun) {
    const path = paths.restoreCollection(clusterId, backup.backupId)
    const safety = {
      method: 'POST' as const,
      path: paths.createBackup(target.clusterId),
      body: backupBody(safetyOrder(request, target)),
    }
    const plan = parts.map(({ body }) => ({ method: 'POST' as const, path, body }))
    return planned(step, request.safetyBackup ? [safety, ...plan] : plan)
  }
  if (request.safetyBackup) await takeSafetyBackup(request, step, target)
  const { jobs, failures } = await startAll(request, step, source, target, parts)
  if (request.wait) {
    const goals = jobs.map(({ jobId, what }) => jobSuccessful(jobId, graceOfOwn, what))
    try {
      await waitForAll(step, goals, { pollInterval: request.pollInterval })
    } catch (error) {
      if (!(error instanceof OperationFailed)) throw withFailures(error, failures)
      failures.push(error.message)
    }
  }
  if (failures.length > 0) {
    const fine = jobs.length > 0 ? ` ${jobs.length} of ${parts.length} have started.` : ''
    throw new OperationFailed(`Not every collection is restored.${fine}\n${failures.join('\n')}`)
  }
  return request.wait ? 'succeeded' : 'started'
}

function withFailures(error: unknown, failures: readonly string[]): unknown {
  if (error instanceof Error && failures.length > 0)
    error.message = `${error.message}\n${failures.join('\n')}`
  return error
}

function refuseTarget(
  { protectedClusters, clusterId, selections }: RestoreCollections,
  target: Cluster,
): void {
  if (protectedClusters.includes(target.clusterId) || protectedClusters.includes(target.clusterName ?? '')) {
    throw new OperationFailed(
      `Cluster ${target.clusterId} is one of protected-clusters: nothing is restored into it.`,
    )
  }
  const problems = target.clusterId === clusterId ? sourceProblems(selections) : []
  if (problems.length > 0) throw new InputError(problems.map(problem => `collections: ${problem}`))
}

function partsOf(request: RestoreCollections, step: Step, backup: Backup, target: Cluster): Part[] {
  const expansion = expand(request.selections, backup.contents, request.collectionStatus)
  const destClusterId = target.clusterId
  if (expansion.kind === 'everything') {
    step.warning(
      `The service does not list what backup ${backup.backupId} holds by database, so everything is restored with one request. Its collections arrive unloaded.`,
    )
    return [{ what: 'everything', body: { destClusterId } }]
  }
  return expansion.entries.map(entry => ({
    what: describeEntry(entry),
    body: {
      destClusterId,
      dbCollections: [
        {
          dbName: entry.from.database,
          destDbName: entry.to.database,
          collections: [
            {
              collectionName: entry.from.collection,
              destCollectionName: entry.to.collection,
              destCollectionStatus: entry.status,
            },
          ],
        },
      ],
    },
  }))
}

function describeEntry({ from, to }: RestoreEntry): string {
  const [source, destination] = [sanitize(formatName(from)), sanitize(formatName(to))]
  return source === destination ? source : `${source} as ${destination}`
}

function safetyOrder({ ifBusy, pollInterval }: RestoreCollections, target: Cluster) {
  return { clusterId: target.clusterId, collections: undefined, crossRegionCopies: [], ifBusy, pollInterval }
}

/** Backs up the target before anything is written into it, and waits for that whatever `wait` says. */
async function takeSafetyBackup(request: RestoreCollections, step: Step, target: Cluster): Promise<void> {
  const order = safetyOrder(request, target)
  const started = await startBackup(order, step, await listBackups(step.cloud, target.clusterId))
  step.publish('safetyBackupId', started.backupId)
  await waitUntilAvailable(order, step, started)
}

/** Starts one restore after the other, without waiting for their jobs in between. */
async function startAll(
  request: RestoreCollections,
  step: Step,
  source: { clusterId: string; backupId: string },
  target: Cluster,
  parts: readonly Part[],
): Promise<{ jobs: { jobId: string; what: string }[]; failures: string[] }> {
  const jobs: { jobId: string; what: string }[] = []
  const failures: string[] = []
  for (const { what, body } of parts) {
    try {
      const send = () => restoreCollection(step.cloud, source, what, body)
      const jobId = await retryWhileBusy(step, target.clusterId, request, send)
      jobs.push({ jobId, what })
      step.publish('jobId', jobs[0]?.jobId)
      step.publishList(
        'jobIds',
        jobs.map(job => job.jobId),
      )
      step.inProgress.jobIds.add(jobId)
      step.log(`Restore of ${what} has started: job ${jobId}.`)
    } catch (error) {
      if (error instanceof NoResponseError) {
        const maybe = mayHaveSucceeded(error)
          ? ` The restore of ${what} may have started all the same: look at cluster ${target.clusterId} before running this step again.`
          : ''
        failures.push(`${error.message}${maybe} Nothing more was started.`)
        break
      }
      if (!(error instanceof ApiError || error instanceof OperationFailed))
        throw withFailures(error, failures)
      failures.push(error.message)
      step.log(error.message)
    }
  }
  return { jobs, failures }
}
