/** Restores of collections into a cluster that is there: started one after the other, then waited for. */
import type { RestoreState } from '../collections/parts.ts'
import type { Restores } from '../collections/restores.ts'
import { Cancelled, OperationFailed, textOf } from '../errors.ts'
import type { Step } from '../step.ts'
import { type Failed, notFoundGrace } from '../waiting/conditions.ts'
import { jobSuccessful } from '../waiting/job.ts'
import { openSlots } from '../waiting/slots.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import { send } from '../zilliz/connection.ts'
import { ApiError, NoResponseError } from '../zilliz/errors.ts'
import { retryWhileBusy } from './busy.ts'

/** Starts one restore after the other, without waiting for their jobs in between. */
export async function startAll(
  restores: Restores,
  step: Step,
  cluster: { clusterId: string; pollInterval: number },
): Promise<void> {
  const slot = openSlots(step.clock)
  for (const [index, { what, change }] of restores.parts.entries()) {
    try {
      const jobId = await retryWhileBusy(step, cluster, () => slot().then(() => send(step.cloud, change)))
      step.inProgress.started({ kind: 'job', jobId })
      step.log(`Restore of ${what} has started: job ${jobId}.`)
      restores.set(index, { status: 'started', jobId })
    } catch (error) {
      if (error instanceof Cancelled && error.inFlight) {
        restores.set(index, { status: 'unknown', why: 'it may have started.' })
      }
      const isOfOne =
        error instanceof ApiError || error instanceof OperationFailed || error instanceof NoResponseError
      if (!isOfOne) throw restores.withFailures(error)
      const isLost = error instanceof NoResponseError
      const { refused, unanswered } = await import('./not-restored.ts')
      const state = isLost ? unanswered(change, error) : refused(change, error.parts)
      step.log(`Restore of ${what}: ${state.why}`)
      restores.set(index, state)
      // After a lost response nothing more is started: nothing can be found out about it.
      if (isLost) return
    }
  }
}

/** Waits for all that was started; the state of each is kept up to date. */
export async function waitForJobs(
  restores: Restores,
  step: Step,
  { pollInterval }: { pollInterval: number },
): Promise<void> {
  const conditions = restores.started().map(({ index, jobId, what }) => ({
    ...jobSuccessful(jobId, { grace: notFoundGrace.created, of: what, isReadBack: false }),
    onEnd: (failure: Failed | undefined) => restores.set(index, endOf(jobId, failure)),
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

/** How its job ended. */
function endOf(jobId: string, failure: Failed | undefined): RestoreState {
  if (failure === undefined) return { status: 'succeeded', jobId }
  const { line, reason, refusal } = failure
  if (refusal !== undefined) {
    return { status: 'failed', jobId, why: textOf({ what: refusal.what, answer: refusal.answer }) }
  }
  const why = `job ${jobId} ${line}${reason === undefined ? '' : ` Reason: ${reason.text}.`}`
  return { status: 'failed', jobId, why, whole: reason?.whole }
}
