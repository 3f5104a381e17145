/** What a job that has failed leaves of its backup. */
import { Cancelled, type OperationFailed, type Parts, partsOf, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import type { BackupRef } from '../zilliz/decode.ts'
import { isDeleted, readState } from './read.ts'

/** @param hasFailed the job has; otherwise it cannot be read */
export async function withWhatIsLeft(
  error: OperationFailed,
  step: Step,
  { backup, jobId, hasFailed }: { backup: BackupRef; jobId: string; hasFailed: boolean },
): Promise<Error> {
  const left = await whatIsLeft(step, backup, hasFailed ? 'failed' : 'cannot be read')
  // A job that has failed says itself what to do.
  const next = `Run the step again. If the job cannot be read again, open a ticket at Zilliz with job ${jobId}.`
  return withMore(error, hasFailed ? left : { next, ...left })
}

/**
 * It is not documented (U6), so it is read once.
 *
 * @param job what became of it, for a sentence
 */
async function whatIsLeft(
  step: Step,
  backup: BackupRef,
  job: 'failed' | 'cannot be read',
): Promise<Partial<Parts>> {
  const { backupId } = backup
  try {
    const found = await readState(step, backup)
    if (found?.status !== 'CREATING') step.inProgress.ended({ kind: 'backup', ...backup })
    if (found === undefined && job === 'cannot be read') {
      // What has started may only be hidden.
      return {
        stake: `Backup ${backupId} cannot be read either: it may be running.`,
        next: 'Look at the backups in the console before running this step again.',
      }
    }
    if (found === undefined || isDeleted(found)) {
      step.report.outcome = 'nothing was backed up'
      return { stake: 'Your data is unchanged. No backup was left (looked up after the failure).' }
    }
    const status = sanitize(found.status)
    if (status === 'AVAILABLE') {
      return { stake: `Backup ${backupId} is ${status} although its job ${job}: do not rely on it.` }
    }
    step.report.outcome = 'nothing was backed up'
    const remove = status === 'CREATING' ? 'It may stay so.' : 'Delete it with operation: delete-backup.'
    return { stake: `Your data is unchanged. Backup ${backupId} is left, ${status}. ${remove}` }
  } catch (error) {
    if (error instanceof Cancelled) throw error
    step.inProgress.ended({ kind: 'backup', ...backup })
    const { what, answer } = partsOf(error)
    return { stake: `What is left of backup ${backupId} is not known: ${what}`, answer }
  }
}
