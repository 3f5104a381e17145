/** Changing a cluster that may be busy, and dropping one: said to be gone only after a read. */
import { OperationFailed, type Step } from '../step.ts'
import { Cancelled, waitUntil } from '../waiting/poll.ts'
import { retryingUntilDeadline } from '../zilliz/connection.ts'
import type { Cluster } from '../zilliz/decode.ts'
import { ApiError, isNotFound, sanitize, wrongStateCode } from '../zilliz/errors.ts'
import { describeCluster, dropCluster, listClusters } from '../zilliz/reads.ts'

/** States in which a cluster refuses what it will take a little later (F69). */
const busyStates = new Set([
  'CREATING',
  'RESTORE_BACKUP',
  'MODIFYING',
  'RESIZING',
  'UPGRADING',
  'MIGRATING',
  'RESUMING',
  'WRITING_OPERATION',
  'SET_PRIVATE_LINK',
])

/** Before the first look after a refusal, so that a state that lags behind is not asked in a tight loop. */
const afterRefusal = 2_000

interface PollOptions {
  /** Milliseconds. */
  pollInterval: number
}

/**
 * Sends what a cluster in change refuses until it is no longer in change.
 *
 * @throws OperationFailed with the refusal and the state of the cluster, when that is another one
 */
export async function retryWhileBusy<T>(
  step: Step,
  clusterId: string,
  pace: PollOptions,
  send: () => Promise<T>,
): Promise<T> {
  for (let settledBetween = false; ; ) {
    try {
      return await send()
    } catch (error) {
      if (!(error instanceof ApiError) || error.isAuthError) throw error
      const state = await stateAfter(step, clusterId, error)
      // Refused for its state, and in a state that would not refuse by the time of the look: once more.
      if (error.code === wrongStateCode && state === 'RUNNING' && !settledBetween) {
        settledBetween = true
        continue
      }
      if (!busyStates.has(state)) {
        throw new OperationFailed(`${error.message} Cluster ${clusterId} is ${sanitize(state)}.`, {
          cause: error,
        })
      }
      step.log(`Cluster ${clusterId} is ${state} and refuses this for now. Waiting for it to settle.`)
      await step.clock.pause(Math.min(pace.pollInterval, afterRefusal))
      const late = (now: string) => `cluster ${clusterId} is still ${now}`
      await untilState(step, clusterId, pace, now => !busyStates.has(now), late)
    }
  }
}

/** GONE, or the state the service tells. Where it cannot be read, the refusal is the error. */
async function stateAfter(step: Step, clusterId: string, refused: ApiError): Promise<string> {
  try {
    return await stateOf(step, clusterId)
  } catch (error) {
    if (error instanceof Cancelled) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new OperationFailed(`${refused.message}\nThe state of cluster ${clusterId} is not known. ${why}`, {
      cause: refused,
    })
  }
}

export async function stateOf(step: Step, clusterId: string): Promise<string> {
  try {
    return (await describeCluster(step.cloud, clusterId)).status
  } catch (error) {
    if (error instanceof ApiError && isNotFound(error, 'cluster')) return 'GONE'
    throw error
  }
}

/** Reads a cluster until its state fits; one that is gone is GONE. */
async function untilState(
  step: Step,
  clusterId: string,
  { pollInterval }: PollOptions,
  fits: (state: string) => boolean,
  late: (state: string) => string,
): Promise<void> {
  const { clock, deadline } = step
  const patient = { ...step, cloud: retryingUntilDeadline(step.cloud) }
  let state = ''
  await waitUntil<true>(
    async () => {
      state = await stateOf(patient, clusterId)
      return fits(state) ? { done: true } : { progress: undefined }
    },
    {
      clock,
      deadline,
      maxPause: pollInterval,
      timeoutMessage: () => `The time is over: ${late(sanitize(state))}.`,
    },
  )
}

/** States that mean a drop has been taken. */
export function isDeletingOrGone(state: string): boolean {
  return state === 'GONE' || state === 'DELETING' || state === 'DELETED'
}

/**
 * Drops a cluster, waiting until it can be dropped and until a read shows it gone or going.
 *
 * @returns whether it was this call that dropped it; otherwise whether it can still be read
 */
export async function drop(
  step: Step,
  clusterId: string,
  pace: PollOptions,
): Promise<'dropped' | 'going' | 'gone'> {
  const send = async () => {
    try {
      await dropCluster(step.cloud, clusterId)
      return 'dropped' as const
    } catch (error) {
      // A repeat of a drop whose answer was lost is refused too: what the cluster is now decides (F93).
      if (!(error instanceof ApiError) || error.isAuthError) throw error
      const state = await stateAfter(step, clusterId, error)
      if (!isDeletingOrGone(state)) throw error
      return state === 'GONE' ? ('gone' as const) : ('going' as const)
    }
  }
  const outcome = await retryWhileBusy(step, clusterId, pace, send)
  if (outcome !== 'dropped') return outcome
  const late = (now: string) => `cluster ${clusterId} was dropped but still shows ${now}`
  await untilState(step, clusterId, pace, isDeletingOrGone, late)
  return outcome
}

/** Clusters of a name in a project. A listed DELETED one is not there, and its name is free. */
export async function clustersNamed(step: Step, name: string, projectId: string): Promise<Cluster[]> {
  const listed = await listClusters(step.cloud, projectId)
  return listed.filter(({ clusterName, status }) => clusterName === name && status !== 'DELETED')
}

/** Waits until no cluster of that name is in the project. */
export async function waitUntilNameIsFree(
  step: Step,
  name: string,
  projectId: string,
  pace: PollOptions,
): Promise<void> {
  const { clock, deadline } = step
  const patient = { ...step, cloud: retryingUntilDeadline(step.cloud) }
  let holders: Cluster[] = []
  const late = () => {
    const each = holders.map(({ clusterId, status }) => `${clusterId} (${sanitize(status)})`)
    return `The time is over: the name is still held by ${each.join(', ')}.`
  }
  await waitUntil<true>(
    async () => {
      holders = await clustersNamed(patient, name, projectId)
      return holders.length === 0 ? { done: true } : { progress: undefined }
    },
    { clock, deadline, maxPause: pace.pollInterval, timeoutMessage: late },
  )
}
