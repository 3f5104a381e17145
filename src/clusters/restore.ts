/** Sending the one POST that makes and bills a cluster: never twice for one intent, its secret never lost. */

import type { RestoreCluster } from '../operations/requests.ts'
import { Failed, type Step } from '../step.ts'
import { lookForLost, maybeStarted } from '../waiting/lost-response.ts'
import { Cancelled } from '../waiting/poll.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { badNameCode, nameTakenCodes, Refused } from '../zilliz/errors.ts'
import { restoreCluster } from '../zilliz/reads.ts'
import { clustersNamed, nameFree } from './drop.ts'
import { offerSafeName } from './name.ts'

/** How far the clocks of the service and of the runner may differ, in milliseconds. */
export const clockDifference = 300_000

export interface RestoreOrder {
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
 * @throws Failed when the cluster is there but its password was lost, or when it may be there
 */
export async function sendRestore(
  order: RestoreOrder,
  step: Step,
): Promise<{ clusterId: string; jobId: string }> {
  const { clusterName, deleteAfterJob } = order.request
  const tries: Tries = { since: step.clock.now() }
  const intent: Intent = { clusterName, projectId: order.projectId, since: tries.since }
  if (deleteAfterJob) step.saveState('intent', JSON.stringify(intent))
  try {
    return await sendUntilKnown(order, step, tries)
  } catch (error) {
    // What may have been made stays for `post` to look for; what cannot have been made must not be looked
    // for, or it would drop somebody else's cluster of that name.
    const onItsWay = tries.lost !== undefined || (error instanceof Cancelled && error.onItsWay)
    if (deleteAfterJob && !onItsWay && !tries.made) step.saveState('intent', '')
    if (error instanceof Error && step.running.made === undefined) {
      if (tries.lost !== undefined && !(error instanceof Failed)) error.message += ` ${lookFirst(order)}`
      if (order.droppedId !== undefined) error.message += ` ${inRecycleBin(order.droppedId)}`
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

async function sendUntilKnown(order: RestoreOrder, step: Step, tries: Tries) {
  const { request, backupId, body } = order
  for (;;) {
    try {
      const made = await restoreCluster(step.cloud, { clusterId: request.clusterId, backupId }, body)
      tries.made = true
      step.publish('password', made.password)
      own(order, step, made.clusterId)
      step.publish('username', made.username)
      step.publish('jobId', made.jobId)
      step.publishList('jobIds', [made.jobId])
      step.running.jobIds.add(made.jobId)
      if (made.password === undefined) {
        step.warning('The service gave no password for the new cluster. Reset it in the console.')
      }
      return made
    } catch (error) {
      if (maybeStarted(error)) {
        const again = tries.lost !== undefined
        tries.lost ??= error
        const nothing = await afterLoss(order, step, tries.since, error)
        if (again) throw new Failed(`${nothing} ${lookFirst(order)}`, { cause: error })
        step.log(`${nothing} Names are unique in a project, so sending it once more is safe.`)
      } else if (!(error instanceof Refused)) {
        throw error
      } else if (!(await nameIsFreeAgain(order, step, tries, error))) {
        const offer = error.code === badNameCode ? offerSafeName(request.clusterName) : ''
        const maybe = tries.lost === undefined ? '' : ` ${lookFirst(order)}`
        throw new Failed(`${error.message}${offer}${maybe}`, { cause: error })
      }
    }
  }
}

/** The cluster is this step's own: told, and remembered for `post`, before anything else is asked. */
function own({ request }: RestoreOrder, step: Step, clusterId: string): void {
  step.publish('clusterId', clusterId)
  if (request.deleteAfterJob) step.saveState('clusterId', clusterId)
  step.publish('clusterName', request.clusterName)
  step.publishFlag('created', true)
  step.running.clusterId = clusterId
  step.running.made = clusterId
}

/** Looks for the cluster whose answer was lost; its id is told, its password cannot be had again. */
async function afterLoss(order: RestoreOrder, step: Step, since: number, lost: Error): Promise<string> {
  step.log(`${lost.message} Looking whether the cluster is being made.`)
  const result = await lookForLost(step, lost, async cloud => {
    const added = await madeSince({ ...step, cloud }, order, since)
    return added.length > 0 ? added : undefined
  })
  if (result === 'nothing') return `${lost.message} No new cluster of that name is listed.`
  if (result instanceof Error) {
    throw new Failed(`${lost.message} It could not be looked for: ${result.message} ${lookFirst(order)}`, {
      cause: lost,
    })
  }
  throw passwordLost(order, step, result.found, lost)
}

function passwordLost(order: RestoreOrder, step: Step, found: readonly Cluster[], lost: Error): Failed {
  const [only] = found
  if (only === undefined || found.length > 1) {
    const ids = found.map(({ clusterId }) => clusterId).join(', ')
    return new Failed(`${lost.message} Several new clusters have that name: ${ids}. ${lookFirst(order)}`, {
      cause: lost,
    })
  }
  own(order, step, only.clusterId)
  step.publish('connectAddress', only.connectAddress)
  return new Failed(
    `${lost.message} The restore has started all the same: cluster ${only.clusterId} is ${only.status}. Its password was in the answer that was lost. Two ways on: reset the password of db_admin in the console, or run the step again with if-exists: replace.`,
    { cause: lost },
  )
}

function lookFirst({ projectId, request }: RestoreOrder): string {
  return `The restore may have started: look for cluster ${request.clusterName} of project ${projectId} in the console before running this step again.`
}

/** Clusters of the name that were not there before and are as young as the POST. */
async function madeSince(step: Step, order: RestoreOrder, since: number): Promise<Cluster[]> {
  const named = await clustersNamed(step, order.request.clusterName, order.projectId)
  return named.filter(
    ({ clusterId, createTime }) =>
      !order.before.includes(clusterId) && createTime !== undefined && createTime >= since - clockDifference,
  )
}

/**
 * After a refusal: whether the POST is to be sent again, since the name was only held by a cluster that
 * `replace` has dropped.
 *
 * @throws Failed when the name is held by what the first, lost POST has made
 */
async function nameIsFreeAgain(
  order: RestoreOrder,
  step: Step,
  tries: Tries,
  refused: Refused,
): Promise<boolean> {
  const { request, projectId, droppedId } = order
  if (!nameTakenCodes.some(code => code === refused.code)) return false
  if (tries.lost !== undefined) {
    await afterLoss(order, step, tries.since, tries.lost)
  }
  if (droppedId === undefined) return false
  step.log(`The name is still held by dropped cluster ${droppedId}. Waiting for it.`)
  await step.clock.pause(Math.min(request.pollInterval, afterNameTaken))
  await nameFree(step, request.clusterName, projectId, request)
  return true
}

/** A list that shows the name as free while the service still refuses it is not asked in a tight loop. */
const afterNameTaken = 5_000

function inRecycleBin(clusterId: string): string {
  return `Cluster ${clusterId}, which held the name, is dropped: it stays in the recycle bin for 30 days and can be restored from there in the console.`
}
