import type { Simulator } from '../../simulator/index.ts'
import type { OperationName } from '../../src/contract.ts'
import { operations } from '../../src/operations/index.ts'
import { type Inputs, parse } from './inputs.ts'
import { stepIn } from './step.ts'

/**
 * A whole operation in this process, without the runner around it.
 *
 * @param timeout milliseconds
 * @param onPause is called before each pause
 * @returns how it ended, or what it threw; what it logged and published; the requests it sent
 */
export async function runIn(
  cloud: Simulator,
  operation: OperationName,
  inputs: Inputs,
  { timeout, onPause }: { timeout?: number; onPause?: (control: { stop: AbortController }) => void } = {},
) {
  const { apiKey, baseUrl } = cloud
  const request = await parse({ 'api-key': apiKey, 'base-url': baseUrl, operation, ...inputs })
  if (request === undefined) throw new Error(`${operation} reads nothing`)
  const before = cloud.requests.length
  const { step, reported, state, stop, time } = stepIn(cloud, timeout)
  const { pause } = step.clock
  step.clock.pause = milliseconds => {
    onPause?.({ stop })
    return pause(milliseconds)
  }
  const { run } = await operations[operation]()
  const ended: unknown = await run(request, step).catch(error => error)
  const requests = cloud.requests.slice(before)
  return {
    ended,
    error: ended instanceof Error ? ended.message : '',
    reported,
    requests,
    /** The operations of those that were to change something. */
    changes: requests.filter(({ method }) => method !== 'GET').map(({ operationId }) => operationId),
    inProgress: step.inProgress,
    /** What it saved for `post`. */
    state,
    /** Milliseconds that it has paused. */
    time: time(),
  }
}
