/** Sending the one POST that makes and bills a cluster: never twice for one intent, its secret never lost. */
import { Cancelled, messageOf, OperationFailed, withMessage } from '../errors.ts'
import type { Step } from '../step.ts'
import { findLost, mayHaveSucceeded } from '../waiting/lost-response.ts'
import { type NewCluster, type RestoredCluster, restoreCluster } from '../zilliz/changes.ts'
import { send } from '../zilliz/connection.ts'
import type { BackupRef, Cluster } from '../zilliz/decode.ts'
import { ApiError, badNameCode, nameTakenCodes } from '../zilliz/errors.ts'
import { waitUntilNameIsFree } from './drop.ts'
import { clustersNamed } from './find.ts'
import { offerSafeName } from './name.ts'

/** How far the clocks of the service and of the runner may differ, in milliseconds. */
export const clockDifference = 300_000

export interface RestoreOptions {
  source: BackupRef
  cluster: NewCluster
  /** Ids of the clusters that had the name before. */
  before: readonly string[]
  /** The cluster that `if-exists: replace` has dropped for this one. */
  droppedId?: string | undefined
  deleteAfterJob: boolean
  /** Milliseconds. */
  pollInterval: number
}

/** What `post` needs to find the cluster when the step was killed before it knew the id. */
export interface Intent {
  clusterName: string
  projectId: string
  /** Milliseconds since the epoch, by the clock of the runner. */
  since: number
}

/** One restore on its way. */
interface Attempt extends RestoreOptions {
  step: Step
  /** Milliseconds since the epoch, when the first POST was sent. */
  since: number
  /** The first POST whose response was lost. */
  lost?: Error
}

/**
 * Sends the restore and publishes what came back, the password first.
 *
 * @throws OperationFailed when the cluster is there but its password was lost, or when it may be there
 */
export async function sendRestore(options: RestoreOptions, step: Step): Promise<RestoredCluster> {
  const { cluster, deleteAfterJob, droppedId } = options
  const attempt: Attempt = { ...options, step, since: step.clock.now() }
  const { clusterName, projectId } = cluster
  const intent: Intent = { clusterName, projectId, since: attempt.since }
  if (deleteAfterJob) step.saveState('intent', JSON.stringify(intent))
  try {
    let created: RestoredCluster | undefined
    while (created === undefined) created = await sendOnce(attempt)
    publishCreated(attempt, created)
    return created
  } catch (error) {
    if (step.inProgress.createdClusterId !== undefined) throw error
    // What may have been made stays for `post` to look for; what cannot have been made must not be looked
    // for, or it would drop somebody else's cluster of that name.
    const mayExist = attempt.lost !== undefined || (error instanceof Cancelled && error.inFlight)
    if (deleteAfterJob && !mayExist) step.saveState('intent', '')
    const more = [
      ...(attempt.lost !== undefined && !(error instanceof OperationFailed) ? [lookFirst(options)] : []),
      ...(droppedId === undefined ? [] : [inRecycleBin(droppedId)]),
    ]
    throw more.length === 0 ? error : withMessage(error, [messageOf(error), ...more].join(' '))
  }
}

/** @returns undefined when the POST is to be sent again */
async function sendOnce(attempt: Attempt): Promise<RestoredCluster | undefined> {
  try {
    return await send(attempt.step.cloud, restoreCluster(attempt.source, attempt.cluster))
  } catch (error) {
    if (mayHaveSucceeded(error)) await afterLostResponse(attempt, error)
    else if (error instanceof ApiError) await afterRefusal(attempt, error)
    else throw error
    return undefined
  }
}

function publishCreated(attempt: Attempt, created: RestoredCluster): void {
  const { step } = attempt
  const { clusterId, username, password, jobId } = created
  step.inProgress.created(clusterId)
  step.publish('password', password)
  recordCreated(attempt, clusterId)
  step.publish('username', username)
  step.publish('jobId', jobId)
  step.publishList('jobIds', [jobId])
  step.inProgress.started({ kind: 'job', jobId })
  if (password === undefined) {
    step.warning('The service gave no password for the new cluster. Reset it in the console.')
  }
}

/** The cluster is this step's: published, and remembered for `post`, before anything else is asked. */
function recordCreated({ step, cluster, deleteAfterJob }: Attempt, clusterId: string): void {
  step.inProgress.created(clusterId)
  step.inProgress.started({ kind: 'cluster', clusterId })
  step.publish('clusterId', clusterId)
  if (deleteAfterJob) step.saveState('clusterId', clusterId)
  step.publish('clusterName', cluster.clusterName)
  step.publishBoolean('created', true)
}

/**
 * Looks for the cluster whose response was lost. Without one the POST is sent once more, since names are unique in a
 * project (F16).
 *
 * @throws OperationFailed when the cluster is there: its id is published, its password cannot be had again
 */
async function afterLostResponse(attempt: Attempt, lost: Error): Promise<void> {
  const isSecond = attempt.lost !== undefined
  attempt.lost ??= lost
  const nothing = await findCreated(attempt, lost)
  if (isSecond) throw new OperationFailed(`${nothing} ${lookFirst(attempt)}`, { cause: lost })
  attempt.step.log(`${nothing} Names are unique in a project, so sending it once more is safe.`)
}

/** @returns the sentence that there is none */
async function findCreated(attempt: Attempt, lost: Error): Promise<string> {
  const { step } = attempt
  step.log(`${lost.message} Checking whether the cluster is being created.`)
  const result = await findLost(step, lost, async cloud => {
    const added = await createdSince(attempt, { ...step, cloud })
    return added.length > 0 ? added : undefined
  })
  switch (result.kind) {
    case 'none':
      return `${lost.message} No new cluster of that name is listed.`
    case 'unknown': {
      const why = `The check failed: ${result.why}`
      throw new OperationFailed(`${lost.message} ${why} ${lookFirst(attempt)}`, { cause: lost })
    }
    case 'found':
      throw passwordLost(attempt, result.found, lost)
  }
}

function passwordLost(attempt: Attempt, found: readonly Cluster[], lost: Error): OperationFailed {
  const [only, ...others] = found
  if (only === undefined || others.length > 0) {
    const ids = found.map(({ clusterId }) => clusterId).join(', ')
    const several = `Several new clusters have that name: ${ids}.`
    return new OperationFailed(`${lost.message} ${several} ${lookFirst(attempt)}`, { cause: lost })
  }
  recordCreated(attempt, only.clusterId)
  attempt.step.publish('connectAddress', only.connectAddress)
  return new OperationFailed(
    `${lost.message} The restore has started anyway: cluster ${only.clusterId} is ${only.status}. Its password was in the response that was lost. Two ways forward: reset the password of db_admin in the console, or run the step again with if-exists: replace.`,
    { cause: lost },
  )
}

function lookFirst({ cluster }: RestoreOptions): string {
  return `The restore may have started: look for cluster ${cluster.clusterName} of project ${cluster.projectId} in the console before running this step again.`
}

/** Clusters of the name that were not there before and are as young as the POST. */
async function createdSince({ cluster, before, since }: Attempt, step: Step): Promise<Cluster[]> {
  const named = await clustersNamed(step, cluster.clusterName, cluster.projectId)
  return named.filter(
    ({ clusterId, createTime }) =>
      !before.includes(clusterId) && createTime !== undefined && createTime >= since - clockDifference,
  )
}

/** A list that shows the name as free while the service still refuses it is not asked in a tight loop. */
const afterNameTaken = 5_000

/**
 * A name that is held only by the cluster that `replace` has dropped is waited for, and the POST is sent again.
 *
 * @throws OperationFailed with the refusal otherwise, or with what the first, lost POST has made
 */
async function afterRefusal(attempt: Attempt, refused: ApiError): Promise<void> {
  const { step, cluster, droppedId, lost, pollInterval } = attempt
  const nameTaken = nameTakenCodes.some(code => code === refused.code)
  if (nameTaken && lost !== undefined) await findCreated(attempt, lost)
  if (nameTaken && droppedId !== undefined) {
    step.log(`The name is still used by dropped cluster ${droppedId}. Waiting for it.`)
    await step.clock.pause(Math.min(pollInterval, afterNameTaken))
    await waitUntilNameIsFree(step, { ...cluster, pollInterval })
    return
  }
  const offer = refused.code === badNameCode ? offerSafeName(cluster.clusterName) : ''
  const maybe = lost === undefined ? '' : ` ${lookFirst(attempt)}`
  throw new OperationFailed(`${refused.message}${offer}${maybe}`, { cause: refused })
}

function inRecycleBin(clusterId: string): string {
  return `Cluster ${clusterId}, which had the name, is dropped: it stays in the recycle bin for 30 days and can be restored from there in the console.`
}
