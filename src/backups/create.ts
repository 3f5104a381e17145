/** Starting one backup and seeing it through: never two, and none called done that is not there. */
import { missingCollections } from '../collections/contents.ts'
import { OperationFailed, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import { readAfterRefusal } from '../waiting/after-refusal.ts'
import { backupAvailable } from '../waiting/backup.ts'
import { type Failed, notFoundGrace } from '../waiting/conditions.ts'
import { jobSuccessful } from '../waiting/job.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import { createBackup, type NewBackup, requestedCollections, type StartedBackup } from '../zilliz/changes.ts'
import { send } from '../zilliz/connection.ts'
import type { Backup, BackupRef } from '../zilliz/decode.ts'
import { ApiError, mayHaveSucceeded } from '../zilliz/errors.ts'
import { listBackups } from '../zilliz/reads.ts'
import { serviceTime } from '../zilliz/service-time.ts'
import { type Attempt, type BusyOptions, backupsRunning, waitWhileBusy } from './busy.ts'
import { whatIsLeft } from './left.ts'
import { describeSource } from './source.ts'

/** What a backup is to hold and how to go about it; `restore-collections` takes its safety backup so too. */
export type BackupOptions = NewBackup & BusyOptions

/** Another backup that is taken instead, while it is running; undefined when none serves. */
export type FindToJoin = (running: readonly Backup[]) => Promise<Backup | undefined>

/** `joined`: it was running already, so this step did not create it. */
export type Start = { kind: 'started'; backup: StartedBackup } | { kind: 'joined'; backup: Backup }

interface StartOptions {
  listed: readonly Backup[]
  findToJoin?: FindToJoin
  /** Hears of a job that the response names although it does not name the backup. */
  onJob?: (jobId: string) => void
}

/** `busy`: other backups are in the way, so nothing was started. */
type Result =
  | { kind: 'started'; backup: StartedBackup }
  | { kind: 'busy'; listed: readonly Backup[]; elsewhere: readonly Backup[] }

/**
 * Starts one backup: after another that is running, if the workflow wants that, and never twice.
 *
 * @param listed the backups of the cluster, read a moment ago
 */
export async function startBackup(
  options: BackupOptions,
  step: Step,
  { listed, findToJoin = async () => undefined, onJob }: StartOptions,
): Promise<Start> {
  let seen: { listed: readonly Backup[]; elsewhere?: readonly Backup[] } = { listed }
  for (;;) {
    const { listed: own, elsewhere = [] } = seen
    // One of this cluster can be in the later list of all alone.
    const late = elsewhere.filter(({ clusterId }) => clusterId === options.clusterId)
    const joined = await findToJoin([...backupsRunning(own), ...late])
    if (joined !== undefined) return { kind: 'joined', backup: joined }
    const before = await waitWhileBusy(options, step, seen)
    const result = await tryToStart({ options, step, before, sentAt: serviceTime(step.cloud), onJob })
    if (result.kind === 'started') {
      recordStarted(options, step, result.backup)
      return result
    }
    seen = result
  }
}

async function tryToStart(attempt: Attempt): Promise<Result> {
  const { options, step } = attempt
  const before = () => {
    attempt.sentAt = serviceTime(step.cloud)
  }
  try {
    return { kind: 'started', backup: await send(step.cloud, createBackup(options), { before }) }
  } catch (error) {
    if (mayHaveSucceeded(error)) {
      // Loaded when it is needed, which is hardly ever.
      const { adoptBackup } = await import('./find-started.ts')
      return { kind: 'started', backup: await adoptBackup(attempt, error) }
    }
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

interface Running extends BackupRef {
  jobId?: string | undefined
}

/**
 * Waits until a backup is verified: its job SUCCESSFUL, itself AVAILABLE with what was asked.
 *
 * @param onRead receives every description that was read
 * @throws OperationFailed, which says what is left of a backup whose job failed
 */
export async function waitUntilAvailable(
  { pollInterval, ...asked }: Pick<BackupOptions, 'pollInterval' | 'collections'>,
  step: Step,
  { running: { jobId, ...backup }, onRead }: { running: Running; onRead?: (found: Backup) => void },
): Promise<void> {
  if (jobId !== undefined) {
    const job = jobSuccessful(jobId, { grace: notFoundGrace.created, isReadBack: true })
    let hasFailed = false
    const onEnd = (failure: Failed | undefined) => {
      hasFailed = failure !== undefined && failure.refusal === undefined
    }
    await waitForAll(step, [{ ...job, onEnd }], { pollInterval }).catch(async error => {
      if (!(error instanceof OperationFailed)) throw error
      const left = await whatIsLeft(step, backup, hasFailed ? 'failed' : 'cannot be read')
      // A job that has failed says itself what to do.
      const next = `Run the step again. If the job cannot be read again, open a ticket at Zilliz with job ${jobId}.`
      throw withMore(error, hasFailed ? left : { next, ...left })
    })
  }
  const check = (found: Backup) => {
    onRead?.(found)
    const missing = missingCollections(found.contents, requestedCollections(asked)) ?? []
    return missing.length === 0 ? undefined : `it does not hold ${missing.map(sanitize).join(', ')}`
  }
  await waitForAll(step, [backupAvailable(backup, notFoundGrace.created, check)], { pollInterval })
}

/** Groups of codes that say what is wrong with the request: no other backup can be the reason. */
const neverBusy: readonly (string | undefined)[] = ['key', 'permission', 'not-found', 'parameter']

/**
 * After a refusal: whether another backup is in the way. No code is documented for "a backup is running" (F27, U5),
 * so a refusal with a code of its own kind means that, while one is CREATING: of this cluster, or a manual one of any
 * (F26); or AVAILABLE now that was not before the POST.
 *
 * @throws OperationFailed with the refusal and the state of the cluster, where there is none
 */
async function afterRefusal({ options, step, before }: Attempt, refused: ApiError): Promise<Result> {
  const { clusterId } = options
  if (refused.group === 'not-found') await describeSource(step, clusterId)
  // What did not come from the service says nothing about its backups.
  const isOther = refused.code === undefined || [401, 403, 404].includes(refused.status)
  if (isOther || neverBusy.includes(refused.group)) throw refused
  const found = await readAfterRefusal(refused, `cluster ${clusterId}`, async () => {
    const listed = await listBackups(step.cloud, clusterId)
    const ended = new Set(
      before.filter(({ status }) => status === 'AVAILABLE').map(({ backupId }) => backupId),
    )
    const hasEnded = listed.some(({ backupId, status }) => status === 'AVAILABLE' && !ended.has(backupId))
    if (hasEnded && options.ifBusy === 'fail') return { kind: 'ended' } as const
    if (backupsRunning(listed).length > 0 || hasEnded) return { kind: 'busy', listed, elsewhere: [] } as const
    const all = await listBackups(step.cloud)
    const elsewhere = backupsRunning(all).filter(({ creationMethod }) => creationMethod === 'MANUAL')
    if (elsewhere.length > 0) return { kind: 'busy', listed, elsewhere } as const
    return { kind: 'idle', ...(await describeSource(step, clusterId)) } as const
  })
  if (found.kind === 'busy') return found
  if (found.kind === 'ended') throw ranUntilNow(refused, clusterId)
  const state = `Cluster ${clusterId} is ${sanitize(found.status)}.`
  throw withMore(refused, { stake: state })
}

function ranUntilNow(refused: ApiError, clusterId: string): Error {
  return withMore(refused, {
    stake: `Another backup of cluster ${clusterId} was running until a moment ago.`,
    next: 'Run the step again, or let it wait with if-busy: wait.',
  })
}
