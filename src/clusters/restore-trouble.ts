/** When the POST of a restore gets no success: whether it has made a cluster anyway, and whether it is sent again. */
import { attemptAll, withMore } from '../errors.ts'
import { sanitize } from '../untrusted-text.ts'
import type { RestoredCluster } from '../zilliz/changes.ts'
import { badNameCode, nameTakenCodes } from '../zilliz/codes.ts'
import type { ApiError, NoResponseError } from '../zilliz/errors.ts'
import { toleranceOfService } from '../zilliz/service-time.ts'
import { type Attempt, mayHaveStarted } from './attempt.ts'
import { noPassword, recordCreated } from './created.ts'
import { waitUntilNameIsFree } from './drop.ts'
import { type Added, findCreated } from './find-created.ts'
import { offerSafeName } from './name.ts'

/**
 * Looks for the cluster whose response was lost. Without one the POST is sent once more, since names are unique in a
 * project (F16).
 *
 * @returns the cluster, where the response held its password although it was no success
 * @throws OperationFailed when the cluster is there: its id is published, its password cannot be had again
 */
export async function afterLostResponse(
  attempt: Attempt,
  lost: NoResponseError,
): Promise<RestoredCluster | undefined> {
  const isSecond = attempt.lost !== undefined
  attempt.lost ??= lost
  const { step } = attempt
  const { password, username, jobId } = lost.partial ?? {}
  if (password !== undefined) step.mask(password)
  // It cannot be had again, whether the cluster is found or not; a disk that is full must not stop the look for it.
  attemptAll(
    () => step.publish('password', password),
    () => step.publish('username', username),
    () => step.publish('jobId', jobId),
    () => jobId !== undefined && step.publishList('jobIds', [jobId]),
  )
  if (jobId !== undefined) step.inProgress.started({ kind: 'job', jobId })
  const found = await findCreated(attempt, lost)
  if (found !== undefined) return takeFound(attempt, found, lost)
  const nothing = 'The list of clusters has no new one of that name.'
  if (isSecond) throw withMore(lost, mayHaveStarted(attempt, nothing))
  step.log(`${lost.message} ${nothing} Names are unique in a project, so sending it once more is safe.`)
  return undefined
}

function takeFound(attempt: Attempt, found: readonly Added[], lost: NoResponseError): RestoredCluster {
  const [only, ...others] = found
  if (only === undefined || others.length > 0 || only.isUnclear) {
    const ids = found.map(({ clusterId }) => clusterId).join(', ')
    const several = `New clusters have that name, and nothing shows which is this step's: ${ids}.`
    throw withMore(lost, mayHaveStarted(attempt, several))
  }
  const created = { clusterId: only.clusterId, ...lost.partial }
  const { step } = attempt
  recordCreated(attempt, created, isCertain(attempt, only))
  step.publish('connectAddress', only.connectAddress)
  if (lost.partial !== undefined) {
    if (created.password === undefined) step.warning(noPassword)
    return created
  }
  step.report.outcome = 'but it has started: the password is lost'
  throw withMore(lost, {
    stake: `The restore has started anyway: cluster ${only.clusterId} is ${sanitize(only.status)}, and costs money. Its password was in the response that was lost.`,
    next: 'Two ways forward: reset the password of db_admin in the console, or run the step again with if-exists: replace.',
    help: 'it-may-have-started',
  })
}

/** Where the service shows no clock of its own, five minutes are allowed, but not for a drop at the end of the job. */
function isCertain({ step, since }: Attempt, { createTime = Number.NEGATIVE_INFINITY }: Added): boolean {
  const { clockDifference } = step.cloud.session
  return clockDifference !== undefined && createTime >= since + clockDifference - toleranceOfService
}

/** A list that shows the name as free while the service still refuses it is not asked in a tight loop. */
const afterNameTaken = 5_000

/**
 * A name that is used only by clusters on their way out is waited for, and the POST is sent again.
 *
 * @returns what the first, lost POST has made
 * @throws OperationFailed with the refusal otherwise
 */
export async function afterRefusal(
  attempt: Attempt,
  refused: ApiError,
): Promise<RestoredCluster | undefined> {
  const { step, cluster, before, lost, pollInterval } = attempt
  const nameTaken = nameTakenCodes.some(code => code === refused.code)
  const found = nameTaken && lost !== undefined ? await findCreated(attempt, lost) : undefined
  if (found !== undefined && lost !== undefined) return takeFound(attempt, found, lost)
  if (nameTaken && before.length > 0) {
    step.log(`The name is still used by dropped cluster ${before.join(', ')}. Waiting for it.`)
    await step.clock.pause(Math.min(pollInterval, afterNameTaken))
    await waitUntilNameIsFree(step, { ...cluster, pollInterval }, before)
    return undefined
  }
  const offer = refused.code === badNameCode ? offerSafeName(cluster.clusterName) : ''
  const next = offer && `${refused.parts.next}${offer}`
  // "Try again" is no advice where the first POST may have made it.
  throw withMore(refused, lost === undefined ? { next } : mayHaveStarted(attempt))
}
