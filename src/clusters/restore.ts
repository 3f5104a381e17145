/** Sending the one POST that makes and bills a cluster: never twice for one intent, its secret never lost. */

import type { RestoreCluster } from '../operations/requests.ts'
import { OperationFailed, type Step } from '../step.ts'
import { findLost, mayHaveSucceeded } from '../waiting/lost-response.ts'
import { Cancelled } from '../waiting/poll.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { ApiError, badNameCode, nameTakenCodes } from '../zilliz/errors.ts'
import { restoreCluster } from '../zilliz/reads.ts'
import { clustersNamed, waitUntilNameIsFree } from './drop.ts'
import { offerSafeName } from './name.ts'

/** How far the clocks of the service and of the runner may differ, in milliseconds. */
export const clockDifference = 300_000

export interface RestoreOptions {
  request: Pick<RestoreCluster, 'clusterName' | 'clusterId' | 'pollInterval' | 'deleteAfterJob'>
  backupId: string
  projectId: string
  body: { clusterName: string }
  /** Ids of the clusters that had the name before. */
  before: readonly string[]
  /** The cluster that `if-exists: replace` has dropped for this one. */
  droppedId?: string | undefined
}

/** What `post` needs to find the cluster when the step was killed before it knew the id. */
export interface Intent {
  clusterName: string
  projectId: string
  /** Milliseconds since the epoch, by the clock of the runner. */
  since: number
}

/**
 * Sends the restore and publishes what came back, the password first.
 *
 * @throws OperationFailed when the cluster is there but its password was lost, or when it may be there
 */
export async function sendRestore(
  options: RestoreOptions,
  step: Step,
): Promise<{ clusterId: string; jobId: string }> {
  const { clusterName, deleteAfterJob } = options.request
  const tries: Tries = { since: step.clock.now() }
  const intent: Intent = { clusterName, projectId: options.projectId, since: tries.since }
  if (deleteAfterJob) step.saveState('intent', JSON.stringify(intent))
  try {
    return await sendUntilKnown(options, step, tries)
  } catch (error) {
    // What may have been made stays for `post` to look for; what cannot have been made must not be looked
    // for, or it would drop somebody else's cluster of that name.
    const inFlight = tries.lost !== undefined || (error instanceof Cancelled && error.inFlight)
    if (deleteAfterJob && !inFlight && !tries.made) step.saveState('intent', '')
    if (error instanceof Error && step.inProgress.createdClusterId === undefined) {
      if (tries.lost !== undefined && !(error instanceof OperationFailed))
        error.message += ` ${lookFirst(options)}`
      if (options.droppedId !== undefined) error.message += ` ${inRecycleBin(options.droppedId)}`
    }
    throw error
  }
}

interface Tries {
  /** Milliseconds since the epoch, when the first POST was sent. */
  since: number
  /** The first POST whose answer was lost. */
  lost?: Error
  /** The answer came: the cluster is there, whatever fails after it. */
  made?: true
}

async function sendUntilKnown(options: RestoreOptions, step: Step, tries: Tries) {
  const { request, backupId, body } = options
  for (;;) {
    try {
      const made = await restoreCluster(step.cloud, { clusterId: request.clusterId, backupId }, body)
      tries.made = true
      step.publish('password', made.password)
      recordCreated(options, step, made.clusterId)
      step.publish('username', made.username)
      step.publish('jobId', made.jobId)
      step.publishList('jobIds', [made.jobId])
      step.inProgress.jobIds.add(made.jobId)
      if (made.password === undefined) {
        step.warning('The service gave no password for the new cluster. Reset it in the console.')
      }
      return made
    } catch (error) {
      if (mayHaveSucceeded(error)) {
        const again = tries.lost !== undefined
        tries.lost ??= error
        const nothing = await afterLoss(options, step, tries.since, error)
        if (again) throw new OperationFailed(`${nothing} ${lookFirst(options)}`, { cause: error })
        step.log(`${nothing} Names are unique in a project, so sending it once more is safe.`)
      } else if (!(error instanceof ApiError)) {
        throw error
      } else if (!(await nameIsFreeAgain(options, step, tries, error))) {
        const offer = error.code === badNameCode ? offerSafeName(request.clusterName) : ''
        const maybe = tries.lost === undefined ? '' : ` ${lookFirst(options)}`
        throw new OperationFailed(`${error.message}${offer}${maybe}`, { cause: error })
      }
    }
  }
}

/** The cluster is this step's own: told, and remembered for `post`, before anything else is asked. */
function recordCreated({ request }: RestoreOptions, step: Step, clusterId: string): void {
  step.publish('clusterId', clusterId)
  if (request.deleteAfterJob) step.saveState('clusterId', clusterId)
  step.publish('clusterName', request.clusterName)
  step.publishFlag('created', true)
  step.inProgress.clusterId = clusterId
  step.inProgress.createdClusterId = clusterId
}

/** Looks for the cluster whose answer was lost; its id is told, its password cannot be had again. */
async function afterLoss(options: RestoreOptions, step: Step, since: number, lost: Error): Promise<string> {
  step.log(`${lost.message} Looking whether the cluster is being made.`)
  const result = await findLost(step, lost, async cloud => {
    const added = await madeSince({ ...step, cloud }, options, since)
    return added.length > 0 ? added : undefined
  })
  if (result === 'nothing') return `${lost.message} No new cluster of that name is listed.`
  if (result instanceof Error) {
    throw new OperationFailed(
      `${lost.message} It could not be looked for: ${result.message} ${lookFirst(options)}`,
      {
        cause: lost,
      },
    )
  }
  throw passwordLost(options, step, result.found, lost)
}

function passwordLost(
  options: RestoreOptions,
  step: Step,
  found: readonly Cluster[],
  lost: Error,
): OperationFailed {
  const [only] = found
  if (only === undefined || found.length > 1) {
    const ids = found.map(({ clusterId }) => clusterId).join(', ')
    return new OperationFailed(
      `${lost.message} Several new clusters have that name: ${ids}. ${lookFirst(options)}`,
      {
        cause: lost,
      },
    )
  }
  recordCreated(options, step, only.clusterId)
  step.publish('connectAddress', only.connectAddress)
  return new OperationFailed(
    `${lost.message} The restore has started all the same: cluster ${only.clusterId} is ${only.status}. Its password was in the answer that was lost. Two ways on: reset the password of db_admin in the console, or run the step again with if-exists: replace.`,
    { cause: lost },
  )
}

function lookFirst({ projectId, request }: RestoreOptions): string {
  return `The restore may have started: look for cluster ${request.clusterName} of project ${projectId} in the console before running this step again.`
}

/** Clusters of the name that were not there before and are as young as the POST. */
async function madeSince(step: Step, options: RestoreOptions, since: number): Promise<Cluster[]> {
  const named = await clustersNamed(step, options.request.clusterName, options.projectId)
  return named.filter(
    ({ clusterId, createTime }) =>
      !options.before.includes(clusterId) &&
      createTime !== undefined &&
      createTime >= since - clockDifference,
  )
}

/**
 * After a refusal: whether the POST is to be sent again, since the name was only held by a cluster that
 * `replace` has dropped.
 *
 * @throws OperationFailed when the name is held by what the first, lost POST has made
 */
async function nameIsFreeAgain(
  options: RestoreOptions,
  step: Step,
  tries: Tries,
  refused: ApiError,
): Promise<boolean> {
  const { request, projectId, droppedId } = options
  if (!nameTakenCodes.some(code => code === refused.code)) return false
  if (tries.lost !== undefined) {
    await afterLoss(options, step, tries.since, tries.lost)
  }
  if (droppedId === undefined) return false
  step.log(`The name is still held by dropped cluster ${droppedId}. Waiting for it.`)
  await step.clock.pause(Math.min(request.pollInterval, afterNameTaken))
  await waitUntilNameIsFree(step, request.clusterName, projectId, request)
  return true
}

/** A list that shows the name as free while the service still refuses it is not asked in a tight loop. */
const afterNameTaken = 5_000

function inRecycleBin(clusterId: string): string {
  return `Cluster ${clusterId}, which held the name, is dropped: it stays in the recycle bin for 30 days and can be restored from there in the console.`
}
