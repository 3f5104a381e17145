/** Sending the one POST that makes and bills a cluster: never twice for one intent, its secret never lost. */
import { attemptAll, Cancelled, OperationFailed, withMore } from '../errors.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import { type RestoredCluster, restoreCluster } from '../zilliz/changes.ts'
import { badNameCode, nameTakenCodes } from '../zilliz/codes.ts'
import { send } from '../zilliz/connection.ts'
import { ApiError, mayHaveSucceeded, type NoResponseError } from '../zilliz/errors.ts'
import { serviceTime, toleranceOfService } from '../zilliz/service-time.ts'
import { type Attempt, forgetIntent, mayHaveStarted, noteSending, type RestoreOptions } from './attempt.ts'
import { waitUntilNameIsFree } from './drop.ts'
import type { Added } from './find-created.ts'
import { offerSafeName } from './name.ts'

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
    if (mayHaveSucceeded(error)) return afterLostResponse(attempt, error)
    if (error instanceof ApiError) return afterRefusal(attempt, error)
    throw error
  }
}

const noPassword = 'The service gave no password for the new cluster. Reset it in the console.'

/**
 * The cluster is this step's. Its secret is masked, then its ids are logged and remembered, then outputs are written:
 * a full disk must not hide what was made and can be had only once.
 */
function recordCreated(
  { step, cluster, deleteAfterJob }: Attempt,
  created: RestoredCluster,
  mayBeDropped = true,
): void {
  const { clusterId, username, password, jobId } = created
  if (password !== undefined) step.mask(password)
  step.inProgress.created(clusterId)
  if (jobId !== undefined) step.inProgress.started({ kind: 'job', jobId })
  step.inProgress.started({ kind: 'cluster', clusterId })
  const job = jobId === undefined ? '' : `: job ${jobId}`
  step.log(`Restore into the new cluster ${clusterId} has started${job}.`)
  const [failure] = attemptAll(
    () => deleteAfterJob && mayBeDropped && step.saveState('clusterId', clusterId),
    () => step.publish('password', password),
    () => step.publish('clusterId', clusterId),
    () => step.publish('clusterName', cluster.clusterName),
    () => step.publishBoolean('created', true),
    () => step.publish('username', username),
    () => step.publish('jobId', jobId),
    () => jobId !== undefined && step.publishList('jobIds', [jobId]),
  )
  if (failure !== undefined) throw failure
}

/**
 * Looks for the cluster whose response was lost. Without one the POST is sent once more, since names are unique in a
 * project (F16).
 *
 * @returns the cluster, where the response held its password although it was no success
 * @throws OperationFailed when the cluster is there: its id is published, its password cannot be had again
 */
async function afterLostResponse(
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
  // Loaded when it is needed, which is hardly ever.
  const { findCreated } = await import('./find-created.ts')
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
async function afterRefusal(attempt: Attempt, refused: ApiError): Promise<RestoredCluster | undefined> {
  const { step, cluster, before, lost, pollInterval } = attempt
  const nameTaken = nameTakenCodes.some(code => code === refused.code)
  const adopt = await import('./find-created.ts')
  const found = nameTaken && lost !== undefined ? await adopt.findCreated(attempt, lost) : undefined
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
