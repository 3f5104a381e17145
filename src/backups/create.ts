/** Starting one backup and seeing it through: never two, and none called done that is not there. */
import { missingCollections } from '../collections/contents.ts'
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import { readAfterRefusal } from '../waiting/after-refusal.ts'
import { backupAvailable, jobSuccessful, notFoundGrace } from '../waiting/conditions.ts'
import { findLost, type LostResult, mayHaveSucceeded } from '../waiting/lost-response.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import { createBackup, type NewBackup, typeOfNewBackup } from '../zilliz/changes.ts'
import { send } from '../zilliz/connection.ts'
import type { Backup, CollectionName } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { describeCluster, listBackups } from '../zilliz/reads.ts'
import { type BusyOptions, backupsRunning, waitWhileBusy } from './busy.ts'

/** What a backup is to hold and how to go about it; `restore-collections` takes its safety backup so too. */
export type BackupOptions = NewBackup & BusyOptions

/** A backup that was started; without a job when its response was lost and it was found by reading. */
export interface StartedBackup {
  backupId: string
  backupName?: string | undefined
  jobId?: string | undefined
}

/** One POST and what is known before it is sent. */
interface Attempt {
  options: BackupOptions
  step: Step
  /** The backups of the cluster, as listed before the POST. */
  before: readonly Backup[]
}

/** `busy`: another backup is running, so nothing was started. */
type Result = { kind: 'started'; backup: StartedBackup } | { kind: 'busy'; listed: readonly Backup[] }

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
  let before = listed
  for (;;) {
    before = await waitWhileBusy(options, step, before)
    const result = await tryToStart({ options, step, before })
    if (result.kind === 'started') {
      recordStarted(options, step, result.backup)
      return result.backup
    }
    before = result.listed
  }
}

async function tryToStart(attempt: Attempt): Promise<Result> {
  const { options, step } = attempt
  try {
    return { kind: 'started', backup: await send(step.cloud, createBackup(options)) }
  } catch (error) {
    if (mayHaveSucceeded(error)) return { kind: 'started', backup: await adoptBackup(attempt, error) }
    if (error instanceof ApiError) return afterRefusal(attempt, error)
    throw error
  }
}

function recordStarted(
  { clusterId, crossRegionCopies }: BackupOptions,
  { inProgress, log }: Step,
  { backupId, jobId }: StartedBackup,
): void {
  if (jobId !== undefined) inProgress.started({ kind: 'job', jobId })
  inProgress.started({ kind: 'backup', clusterId, backupId })
  const job = jobId === undefined ? '' : `: job ${jobId}`
  log(`Backup ${backupId} of cluster ${clusterId} has started${job}.`)
  if (crossRegionCopies.length > 0) {
    log(
      'Its copies in other regions start after it. The service reports no jobs for them, so the step does not wait for them.',
    )
  }
}

/** Waits until a started backup is verified: its job SUCCESSFUL, itself AVAILABLE with what was asked. */
export async function waitUntilAvailable(
  options: BackupOptions,
  step: Step,
  { backupId, jobId }: StartedBackup,
): Promise<void> {
  const { clusterId, pollInterval } = options
  if (jobId !== undefined) {
    await waitForAll(step, [jobSuccessful(jobId, notFoundGrace.created)], { pollInterval })
  }
  const check = ({ contents }: Backup) => {
    const missing = missingCollections(contents, requestedCollections(options)) ?? []
    return missing.length === 0 ? undefined : `it does not hold ${missing.map(sanitize).join(', ')}`
  }
  const condition = backupAvailable({ clusterId, backupId }, notFoundGrace.created, check)
  await waitForAll(step, [condition], { pollInterval })
}

export function requestedCollections({ collections }: Pick<NewBackup, 'collections'>): CollectionName[] {
  if (collections === undefined) return []
  return collections.collections.map(collection => ({ database: collections.database, collection }))
}

/** Groups of codes that say what is wrong with the request: no other backup can be the reason. */
const neverBusy: readonly (string | undefined)[] = ['key', 'permission', 'not-found', 'parameter']

/**
 * After a refusal: whether the backup was started anyway, or another one is in its way. No code is documented for
 * "a backup is running" (F27, U5), so a refusal with a code of its own kind while one is running means that.
 *
 * @throws OperationFailed with the refusal and the state of the cluster, where it is neither
 */
async function afterRefusal(attempt: Attempt, refused: ApiError): Promise<Result> {
  const { options, step } = attempt
  const { clusterId } = options
  if (neverBusy.includes(refused.group) || [401, 403, 404].includes(refused.status)) throw refused
  const found = await readAfterRefusal(refused, `cluster ${clusterId}`, async () => {
    const listed = await listBackups(step.cloud, clusterId)
    // "Mine?" comes before "busy?": the step must not wait for its own backup and then start a second one.
    if (isInDoubt(refused) && addedSince(attempt, listed).length > 0) return { kind: 'mine' } as const
    if (backupsRunning(listed).length > 0) return { kind: 'busy', listed } as const
    return { kind: 'neither', ...(await describeCluster(step.cloud, clusterId)) } as const
  })
  switch (found.kind) {
    case 'mine':
      return { kind: 'started', backup: await adoptBackup(attempt, refused) }
    case 'busy':
      return found
    case 'neither': {
      const state = `Cluster ${clusterId} is ${sanitize(found.status)}.`
      throw new OperationFailed(`${refused.message} ${state}`, { cause: refused })
    }
  }
}

/** Refused by a server that failed, or with a word for a code: it may have been carried out. */
function isInDoubt({ status, code }: ApiError): boolean {
  return status >= 500 || typeof code === 'string'
}

/** Manual backups of the requested type that were not there before. */
function addedSince({ options, before }: Attempt, now: readonly Backup[]): Backup[] {
  const known = new Set(before.map(({ backupId }) => backupId))
  const type = typeOfNewBackup(options)
  return now.filter(
    ({ backupId, creationMethod, backupType }) =>
      !known.has(backupId) && creationMethod === 'MANUAL' && backupType === type,
  )
}

/** The response to the POST was lost: the one manual backup that was not there before is this step's. */
async function adoptBackup(attempt: Attempt, lost: Error): Promise<StartedBackup> {
  const { options, step } = attempt
  step.log(`${lost.message} Checking whether the backup has started.`)
  const result = await findLost(step, lost, async cloud => {
    const added = addedSince(attempt, await listBackups(cloud, options.clusterId))
    return added.length > 0 ? added : undefined
  })
  const [only, ...others] = result.kind === 'found' ? result.found : []
  if (only !== undefined && others.length === 0) {
    return { backupId: only.backupId, backupName: only.backupName }
  }
  throw new OperationFailed(
    `${lost.message} The backup may have started anyway. ${whyNotAdopted(result)} Look at the backups of cluster ${options.clusterId} in the console before running this step again.`,
    { cause: lost },
  )
}

function whyNotAdopted(result: LostResult<readonly Backup[]>): string {
  switch (result.kind) {
    case 'found': {
      const ids = result.found.map(({ backupId }) => backupId).join(', ')
      return `These are new, and any may be it: ${ids}.`
    }
    case 'unknown':
      return `The check failed: ${result.why}`
    case 'none':
      return 'No new backup is listed.'
  }
}
