/** Starting one backup, and never two. */
import type { Step } from '../step.ts'
import { createBackup, type NewBackup, type StartedBackup } from '../zilliz/changes.ts'
import { send } from '../zilliz/connection.ts'
import type { Backup } from '../zilliz/decode.ts'
import { ApiError, mayHaveSucceeded } from '../zilliz/errors.ts'
import { serviceTime } from '../zilliz/service-time.ts'
import { type Attempt, type BusyOptions, backupsRunning, type InTheWay } from './busy.ts'

/** What a backup is to hold and how to go about it; `restore-collections` takes its safety backup so too. */
export type BackupOptions = NewBackup & BusyOptions

/** Another backup that is taken instead, while it is running; undefined when none serves. */
export type FindToJoin = (running: readonly Backup[]) => Promise<Backup | undefined>

/** `joined`: it was running already, so this step did not create it. */
export type Start = { kind: 'started'; backup: StartedBackup } | { kind: 'joined'; backup: Backup }

interface StartOptions {
  listed: readonly Backup[]
  findToJoin?: FindToJoin | undefined
  /** Hears of a job that the response names although it does not name the backup. */
  onJob?: (jobId: string) => void
}

/** `busy`: other backups are in the way, so nothing was started. */
type Result = { kind: 'started'; backup: StartedBackup } | ({ kind: 'busy' } & InTheWay)

/**
 * Starts one backup: after another that is running, if the workflow wants that, and never twice.
 *
 * @param listed the backups of the cluster, read a moment ago
 */
export async function startBackup(
  options: BackupOptions,
  step: Step,
  { listed, findToJoin, onJob }: StartOptions,
): Promise<Start> {
  let seen: InTheWay = { listed, elsewhere: [] }
  for (;;) {
    const { listed: own, elsewhere } = seen
    // One of this cluster can be in the later list of all alone.
    const late = elsewhere.filter(({ clusterId }) => clusterId === options.clusterId)
    const joined = await findToJoin?.([...backupsRunning(own), ...late])
    if (joined !== undefined) return { kind: 'joined', backup: joined }
    const before = await listedWhenFree(options, step, seen)
    const result = await tryToStart({ options, step, before, sentAt: serviceTime(step.cloud), onJob })
    if (result.kind === 'started') {
      recordStarted(options, step, result.backup)
      return result
    }
    seen = result
  }
}

async function listedWhenFree(
  options: BackupOptions,
  step: Step,
  seen: InTheWay,
): Promise<readonly Backup[]> {
  if (backupsRunning(seen.listed).length === 0 && seen.elsewhere.length === 0) return seen.listed
  const { waitWhileBusy } = await import('./in-the-way.ts')
  return waitWhileBusy(options, step, seen)
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
      const { adoptBackup } = await import('./find-started.ts')
      return { kind: 'started', backup: await adoptBackup(attempt, error) }
    }
    if (!(error instanceof ApiError)) throw error
    const { afterRefusal } = await import('./refused.ts')
    return { kind: 'busy', ...(await afterRefusal(attempt, error)) }
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
