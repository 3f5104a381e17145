/** Changing a cluster that may be busy: what it refuses now it takes a little later. */
import { withMore } from '../errors.ts'
import { type Step, whileWaiting } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import { pauseBeforeRead, readAfterRefusal } from '../waiting/after-refusal.ts'
import { waitUntil } from '../waiting/poll.ts'
import { wrongStateCode } from '../zilliz/codes.ts'
import { ApiError } from '../zilliz/errors.ts'
import { describeClusterIfThere } from '../zilliz/reads.ts'
import { clusterState } from '../zilliz/states.ts'

export interface PollOptions {
  /** Milliseconds. */
  pollInterval: number
}

/** The state of a cluster that can no longer be read. */
const gone = 'GONE'

export async function stateOf(step: Step, clusterId: string): Promise<string> {
  return (await describeClusterIfThere(step.cloud, clusterId))?.status ?? gone
}

/** Whether a drop has been accepted. */
export function isDeletingOrGone(state: string): boolean {
  return state === gone || clusterState(state) === 'deleted'
}

export function isGone(state: string): boolean {
  return state === gone
}

export function stateAfter(refused: ApiError, step: Step, clusterId: string): Promise<string> {
  return readAfterRefusal(refused, `cluster ${clusterId}`, () => stateOf(step, clusterId))
}

/**
 * Sends what a busy cluster refuses until it is no longer busy.
 *
 * @throws OperationFailed with the refusal and the state of the cluster, when that is another one
 */
export async function retryWhileBusy<T>(
  step: Step,
  { clusterId, pollInterval }: PollOptions & { clusterId: string },
  send: () => Promise<T>,
): Promise<T> {
  let retriedWhileRunning = false
  for (;;) {
    try {
      return await send()
    } catch (error) {
      if (!(error instanceof ApiError) || error.isAuthError) throw error
      const state = await stateAfter(error, step, clusterId)
      // Refused for its state, and in a state that would not refuse by the time of the read: once more.
      const settled = error.code === wrongStateCode && state === 'RUNNING' && !retriedWhileRunning
      if (settled) {
        retriedWhileRunning = true
        continue
      }
      // What did not come from the service says nothing of the cluster, whatever that is doing.
      if (error.code === undefined || clusterState(state) !== 'busy') {
        throw withMore(error, { stake: `Cluster ${clusterId} is ${sanitize(state)}.` })
      }
      step.log(`Cluster ${clusterId} is ${state} and refuses this for now. Waiting until it accepts changes.`)
      await pauseBeforeRead(step, pollInterval)
      await untilState(
        step,
        { clusterId, pollInterval, still: 'is still' },
        now => clusterState(now) !== 'busy',
      )
    }
  }
}

/**
 * Reads a cluster until its state fits.
 *
 * @param still for the sentence of a timeout: `cluster in01-… <still> CREATING`
 */
export async function untilState(
  step: Step,
  { clusterId, pollInterval, still }: PollOptions & { clusterId: string; still: string },
  fits: (state: string) => boolean,
): Promise<void> {
  let state = ''
  const poll = async () => {
    state = await stateOf(whileWaiting(step), clusterId)
    return fits(state) ? ({ done: true } as const) : { progress: undefined }
  }
  const stillOpen = () => `cluster ${clusterId} ${still} ${sanitize(state) || 'a state that was not read'}`
  await waitUntil<true>(step, poll, { maxPause: pollInterval, stillOpen })
}
