/** Starting one backup and seeing it through: never two, and none called done that is not there. */

import type { CreateBackup } from '../operations/requests.ts'
import { OperationFailed, type Step } from '../step.ts'
import { backupAvailable, jobSuccessful } from '../waiting/conditions.ts'
import { findLost, mayHaveSucceeded } from '../waiting/lost-response.ts'
import { Cancelled, waitUntil } from '../waiting/poll.ts'
import { graceOfOwn, waitForAll } from '../waiting/wait-for-all.ts'
import { retryingUntilDeadline } from '../zilliz/connection.ts'
import type { Backup } from '../zilliz/decode.ts'
import { ApiError, sanitize } from '../zilliz/errors.ts'
import { createBackup, describeCluster, listBackups } from '../zilliz/reads.ts'
import { missingCollections } from './find.ts'

/** What a backup is to hold and how to go about it; `restore-collections` takes its safety backup so too. */
export type BackupOptions = Pick<
  CreateBackup,
  'clusterId' | 'collections' | 'crossRegionCopies' | 'ifBusy' | 'pollInterval'
>

/** A backup that was started; without a job when its answer was lost and it was found by looking. */
export interface StartedBackup {
  backupId: string
  backupName?: string | undefined
  jobId?: string | undefined
}

/**
 * Starts one backup: after another that is running, if the workflow wants that, and never twice.
 *
 * @param listed the backups of the cluster, read a moment ago
 */
export async function startBackup(
  options: BackupOptions,
  step: Step,
  listed: readonly Backup[],
): Promise<StartedBackup> {
  const { clusterId } = options
  const remember = (started: StartedBackup) => {
    if (started.jobId !== undefined) step.inProgress.jobIds.add(started.jobId)
    step.inProgress.backup = { clusterId, backupId: started.backupId }
    const job = started.jobId === undefined ? '' : `: job ${started.jobId}`
    step.log(`Backup ${started.backupId} of cluster ${clusterId} has started${job}.`)
    if (options.crossRegionCopies.length > 0) {
      step.log(
        'Its copies in other regions start after it. The service tells no jobs of theirs, so they are not waited for.',
      )
    }
    return started
  }
  let before = listed
  for (;;) {
    before = await waitWhileBusy(options, step, before)
    try {
      return remember(await createBackup(step.cloud, clusterId, backupBody(options)))
    } catch (error) {
      if (mayHaveSucceeded(error)) return remember(await adoptBackup(options, step, before, error))
      if (!(error instanceof ApiError)) throw error
      const running = await afterRefusal(options, step, error)
      // Refused by a server that failed, or in words nobody knows, and yet there is one that may be ours.
      const inDoubt = error.status >= 500 || typeof error.code === 'string'
      if (inDoubt && addedSince(options, before, running).length > 0) {
        return remember(await adoptBackup(options, step, before, error))
      }
      before = running
    }
  }
}

/** Waits until a started backup is truly there: its job SUCCESSFUL, itself AVAILABLE with what was asked. */
export async function waitUntilAvailable(
  options: BackupOptions,
  step: Step,
  started: StartedBackup,
): Promise<void> {
  const { pollInterval } = options
  if (started.jobId !== undefined) {
    await waitForAll(step, [jobSuccessful(started.jobId, graceOfOwn)], { pollInterval })
  }
  const backup = { clusterId: options.clusterId, backupId: started.backupId }
  const check = (found: Backup) => {
    const lack = missingCollections(found.contents, requestedCollections(options)) ?? []
    return lack.length === 0 ? undefined : `it does not hold ${lack.map(sanitize).join(', ')}`
  }
  await waitForAll(step, [backupAvailable(backup, graceOfOwn, check)], { pollInterval })
}

export function backupType(options: BackupOptions): 'CLUSTER' | 'COLLECTION' {
  return options.collections === undefined ? 'CLUSTER' : 'COLLECTION'
}

export function requestedCollections({ collections }: BackupOptions) {
  return (collections?.collections ?? []).map(collection => ({
    database: collections?.database ?? '',
    collection,
  }))
}

/** The request body (F24). */
export function backupBody(options: BackupOptions) {
  const { collections, crossRegionCopies } = options
  return {
    backupType: backupType(options),
    ...(collections && {
      dbCollections: [{ dbName: collections.database, collectionNames: collections.collections }],
    }),
    ...(crossRegionCopies.length > 0 && {
      crossRegionCopies: crossRegionCopies.map(regionId => ({ regionId })),
    }),
  }
}

export function backupsRunning(backups: readonly Backup[]): Backup[] {
  return backups.filter(backup => backup.status === 'CREATING')
}

/** Says which backups are running already; with `if-busy: fail` that is an error. */
export function busySentence(options: BackupOptions, busy: readonly Backup[]): string {
  const names = busy.map(({ backupId, creationMethod }) =>
    creationMethod ? `${backupId} (${sanitize(creationMethod)})` : backupId,
  )
  const sentence = `Cluster ${options.clusterId} is being backed up already: ${names.join(', ')} is CREATING.`
  if (options.ifBusy === 'wait') return sentence
  throw new OperationFailed(`${sentence} Wait for it, or let this step wait with if-busy: wait.`)
}

/** Waits until no backup of the cluster is running (F26, F27), and gives the list that showed it. */
async function waitWhileBusy(
  options: BackupOptions,
  step: Step,
  listed: readonly Backup[],
): Promise<readonly Backup[]> {
  const busy = backupsRunning(listed)
  if (busy.length === 0) return listed
  step.log(`${busySentence(options, busy)} Waiting for it to end, since only one can run at a time.`)
  const { clock, deadline } = step
  // A list that lags behind must not be asked in a tight loop.
  await clock.pause(Math.min(options.pollInterval, 2_000))
  const late = () => `The time is over: another backup of cluster ${options.clusterId} is still running.`
  return waitUntil<readonly Backup[]>(
    async () => {
      const now = await listBackups(retryingUntilDeadline(step.cloud), options.clusterId)
      return backupsRunning(now).length === 0 ? { done: now } : { progress: undefined }
    },
    { clock, deadline, maxPause: options.pollInterval, timeoutMessage: late },
  )
}

/**
 * A refusal with a code of its own kind, while another backup is running, means "busy": no code is
 * documented for that (F27, U5).
 */
async function afterRefusal(
  options: BackupOptions,
  step: Step,
  refused: ApiError,
): Promise<readonly Backup[]> {
  const otherwise = ['key', 'permission', 'not-found', 'parameter'] as const
  if (otherwise.some(group => group === refused.group) || [401, 403, 404].includes(refused.status))
    throw refused
  const { clusterId } = options
  try {
    const listed = await listBackups(step.cloud, clusterId)
    if (backupsRunning(listed).length > 0) return listed
    const { status } = await describeCluster(step.cloud, clusterId)
    throw new OperationFailed(`${refused.message} Cluster ${clusterId} is ${sanitize(status)}.`, {
      cause: refused,
    })
  } catch (error) {
    if (error instanceof Cancelled || error instanceof OperationFailed) throw error
    const cause = error instanceof Error ? error.message : String(error)
    throw new OperationFailed(
      `${refused.message}\nThe state of cluster ${clusterId} is not known. ${cause}`,
      {
        cause: refused,
      },
    )
  }
}

/** Manual backups of the asked type that were not there before. */
function addedSince(options: BackupOptions, before: readonly Backup[], now: readonly Backup[]): Backup[] {
  const known = new Set(before.map(({ backupId }) => backupId))
  const type = backupType(options)
  return now.filter(
    ({ backupId, creationMethod, backupType }) =>
      !known.has(backupId) && creationMethod === 'MANUAL' && backupType === type,
  )
}

/** The answer to the POST was lost: the one manual backup that was not there before is ours. */
async function adoptBackup(
  options: BackupOptions,
  step: Step,
  before: readonly Backup[],
  lost: Error,
): Promise<StartedBackup> {
  step.log(`${lost.message} Looking whether the backup has started.`)
  const result = await findLost(step, lost, async cloud => {
    const added = addedSince(options, before, await listBackups(cloud, options.clusterId))
    return added.length > 0 ? added : undefined
  })
  const added = typeof result === 'object' && 'found' in result ? result.found : []
  const [only] = added
  if (only !== undefined && added.length === 1)
    return { backupId: only.backupId, backupName: only.backupName }
  const seen =
    added.length > 1
      ? `These are new, and any may be it: ${added.map(({ backupId }) => backupId).join(', ')}.`
      : result instanceof Error
        ? `It could not be looked for: ${result.message}`
        : 'No new backup is listed.'
  throw new OperationFailed(
    `${lost.message} The backup may have started all the same. ${seen} Look at the backups of cluster ${options.clusterId} in the console before running this step again.`,
    { cause: lost },
  )
}
