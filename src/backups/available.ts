/** Waiting for a backup that has started: none is called done that is not there. */
import { missingCollections } from '../collections/contents.ts'
import { OperationFailed } from '../errors.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import { backupAvailable } from '../waiting/backup.ts'
import { type Failed, notFoundGrace } from '../waiting/conditions.ts'
import { jobSuccessful } from '../waiting/job.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import { requestedCollections } from '../zilliz/changes.ts'
import type { Backup, BackupRef } from '../zilliz/decode.ts'
import type { BackupOptions } from './create.ts'

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
    await waitForAll(step, [{ ...job, onEnd }], { pollInterval, isNew: true }).catch(async error => {
      if (!(error instanceof OperationFailed)) throw error
      const { withWhatIsLeft } = await import('./left.ts')
      throw await withWhatIsLeft(error, step, { backup, jobId, hasFailed })
    })
  }
  const check = (found: Backup) => {
    onRead?.(found)
    const missing = missingCollections(found.contents, requestedCollections(asked)) ?? []
    return missing.length === 0 ? undefined : `it does not hold ${missing.map(sanitize).join(', ')}`
  }
  await waitForAll(step, [backupAvailable(backup, notFoundGrace.created, check)], { pollInterval })
}
