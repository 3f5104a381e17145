/** Sending the one POST that makes and bills a cluster: never twice for one intent, its secret never lost. */
import { attemptAll, Cancelled, OperationFailed, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { type RestoredCluster, restoreCluster } from '../zilliz/changes.ts'
import { send } from '../zilliz/connection.ts'
import { ApiError, mayHaveSucceeded } from '../zilliz/errors.ts'
import { serviceTime } from '../zilliz/service-time.ts'
import { type Attempt, forgetIntent, mayHaveStarted, noteSending, type RestoreOptions } from './attempt.ts'
import { noPassword, recordCreated } from './created.ts'

/**
 * Sends the restore and publishes what came back, the password first.
 *
 * @throws OperationFailed when the cluster is there but its password was lost, or when it may be there
 */
export async function sendRestore(options: RestoreOptions, step: Step): Promise<RestoredCluster> {
  const { deleteAfterJob } = options
  const attempt: Attempt = { ...options, step, sentAt: serviceTime(step.cloud), since: step.clock.now() }
  try {
    let created: RestoredCluster | undefined
    while (created === undefined) created = await sendOnce(attempt)
    return created
  } catch (error) {
    if (step.inProgress.createdClusterId !== undefined) throw error
    // What may have been made stays for `post` to look for; what cannot have been made must not be looked
    // for, or it would drop somebody else's cluster of that name.
    const mayExist = attempt.lost !== undefined || (error instanceof Cancelled && error.inFlight)
    // A full disk must not hide why the restore was refused.
    if (deleteAfterJob && !mayExist) attemptAll(() => step.saveState('intent', ''))
    if (attempt.lost === undefined || error instanceof OperationFailed) throw error
    throw withMore(error, mayHaveStarted(options))
  }
}

/** @returns undefined when the POST is to be sent again */
async function sendOnce(attempt: Attempt): Promise<RestoredCluster | undefined> {
  const { step, source, cluster } = attempt
  try {
    const hooks = { before: () => noteSending(attempt), afterNothing: () => forgetIntent(attempt) }
    const created = await send(step.cloud, restoreCluster(source, cluster), hooks)
    recordCreated(attempt, created)
    if (created.password === undefined) {
      step.warning(noPassword)
    }
    return created
  } catch (error) {
    if (!mayHaveSucceeded(error) && !(error instanceof ApiError)) throw error
    const { afterLostResponse, afterRefusal } = await import('./restore-trouble.ts')
    return error instanceof ApiError ? afterRefusal(attempt, error) : afterLostResponse(attempt, error)
  }
}
