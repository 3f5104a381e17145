import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { isDeletingOrGone, isGone, retryWhileBusy, stateOf } from '../../src/clusters/busy.ts'
import { Cancelled, OperationFailed, TimedOut } from '../../src/errors.ts'
import { apiError } from '../../src/zilliz/refusals.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

/** Lets the service show a cluster in that state, a number of times. */
function show(cloud: Simulator, status: string, times: number) {
  const edit = (response: { data: object }) => ({ ...response, data: { ...response.data, status } })
  cloud.faults.inject({ operation: 'describeCluster', times, fault: { kind: 'edit', edit } })
}

/** Something between the step and the service. */
const stranger = apiError({ tried: 'do it', right: 'cluster', baseUrl: 'https://host' }, { status: 307 })
const wrongState = apiError(
  { tried: 'do it', right: 'cluster', baseUrl: 'https://host' },
  { status: 200, code: 40003 },
)
const refusedForTheKey = apiError(
  { tried: 'do it', right: 'cluster', baseUrl: 'https://host' },
  { status: 200, code: 21119 },
)
const other = apiError(
  { tried: 'do it', right: 'cluster', baseUrl: 'https://host' },
  { status: 200, code: 96038 },
)

/** Sends a change that fails with these, one after the other, and then succeeds. */
function prepare(cloud: Simulator, failures: readonly Error[], timeout?: number) {
  const { step, reported, time, stop } = stepIn(cloud, timeout)
  const left = [...failures]
  let attempts = 0
  const send = async () => {
    attempts++
    const failure = left.shift()
    if (failure !== undefined) throw failure
    return 'done' as const
  }
  const options = { clusterId: cloud.clusterId, pollInterval: 15_000 }
  const run = () => retryWhileBusy(step, options, send)
  return { run, reported, time, stop, attempts: () => attempts }
}

describe('a change', () => {
  test('that is accepted is sent once, and nothing is read', async () => {
    await using cloud = await startSimulator()
    const { run, attempts } = prepare(cloud, [])
    expect(await run()).toBe('done')
    expect(attempts()).toBe(1)
    expect(cloud.requests).toEqual([])
  })

  test('that a busy cluster refuses is sent again once it has settled, as often as that takes', async () => {
    await using cloud = await startSimulator()
    show(cloud, 'MODIFYING', 3)
    const { run, reported, time, attempts } = prepare(cloud, [wrongState, other])
    cloud.faults.inject({
      operation: 'describeCluster',
      skip: 1,
      fault: {
        kind: 'edit',
        edit: response => ({ ...response, data: { ...response.data, status: 'UPGRADING' } }),
      },
    })
    expect(await run()).toBe('done')
    expect(attempts()).toBe(3)
    const waiting = (state: string) =>
      `Cluster ${cloud.clusterId} is ${state} and refuses this for now. Waiting until it accepts changes.`
    expect(reported).toEqual([waiting('MODIFYING'), waiting('UPGRADING')])
    expect(time()).toBeGreaterThanOrEqual(4_000)
  })

  test('that is refused for a state that is over by the time of the read is sent once more', async () => {
    await using cloud = await startSimulator()
    const once = prepare(cloud, [wrongState])
    expect(await once.run()).toBe('done')
    expect(once.attempts()).toBe(2)
    const twice = prepare(cloud, [wrongState, wrongState])
    await expect(twice.run()).rejects.toThrow(
      new OperationFailed({ ...wrongState.parts, stake: `Cluster ${cloud.clusterId} is RUNNING.` }),
    )
    expect(twice.attempts()).toBe(2)
  })

  test.each([
    [other, 'RUNNING'],
    [wrongState, 'SUSPENDED'],
    [wrongState, 'DELETING'],
    [wrongState, 'NEVER_SEEN'],
    [stranger, 'MODIFYING'],
  ])('that is refused, %s, by a cluster that is %s is not sent again', async (refused, state) => {
    await using cloud = await startSimulator()
    show(cloud, state, 1)
    const { run, attempts } = prepare(cloud, [refused])
    await expect(run()).rejects.toMatchObject({
      name: 'OperationFailed',
      parts: { ...refused.parts, stake: `Cluster ${cloud.clusterId} is ${state}.` },
      cause: refused,
    })
    expect(attempts()).toBe(1)
  })

  test.each([refusedForTheKey, new Error('no response')])(
    'that fails with %s is followed by no read',
    async error => {
      await using cloud = await startSimulator()
      const { run, attempts } = prepare(cloud, [error])
      await expect(run()).rejects.toBe(error)
      expect(attempts()).toBe(1)
      expect(cloud.requests).toEqual([])
    },
  )

  test('that waits for a busy state without end is an error when the step times out', async () => {
    await using cloud = await startSimulator()
    show(cloud, 'RESIZING', Number.POSITIVE_INFINITY)
    const { run, attempts } = prepare(cloud, [wrongState], 60_000)
    await expect(run()).rejects.toThrow(
      new TimedOut(`Timed out after 1m: cluster ${cloud.clusterId} is still RESIZING.`),
    )
    expect(attempts()).toBe(1)
  })
})

describe('when the state cannot be read either', () => {
  test.each([
    // The refusal of the key ends more than this one request.
    [403, 96016, { status: 403, code: 96016 }],
    [200, 96038, wrongState],
  ])('(HTTP %d, code %d) the error shows both refusals', async (status, code, cause) => {
    await using cloud = await startSimulator()
    cloud.faults.inject({
      operation: 'describeCluster',
      times: 9,
      fault: { kind: 'envelope', status, code },
    })
    const error = await prepare(cloud, [wrongState])
      .run()
      .catch(thrown => thrown)
    const { parts } = wrongState
    expect(error.cause).toMatchObject(cause === wrongState ? { parts } : cause)
    expect(error.parts).toMatchObject({ what: parts.what, next: parts.next })
    expect(error.parts.stake).toMatch(
      new RegExp(
        `^The state of cluster ${cloud.clusterId} is not known: (Could not|This API key may not) read cluster .*\\.$`,
      ),
    )
    expect(error.parts.answer).toMatch(new RegExp(`^${parts.answer}; .*, code ${code}, request id \\S+$`))
  })

  test('since the step is cancelled, it is cancelled', async () => {
    await using cloud = await startSimulator()
    const { run, stop } = prepare(cloud, [wrongState])
    stop.abort(new Cancelled())
    await expect(run()).rejects.toThrow(Cancelled)
  })
})

test('the state of a cluster that is not there is GONE', async () => {
  await using cloud = await startSimulator()
  const { step } = stepIn(cloud)
  expect(await stateOf(step, cloud.clusterId)).toBe('RUNNING')
  expect(await stateOf(step, 'in01-no')).toBe('GONE')
})

test.each([
  ['GONE', true],
  ['DELETING', true],
  ['DELETED', true],
  ['RUNNING', false],
  ['SUSPENDING', false],
])('%s means that a drop has been accepted: %s', (state, accepted) => {
  expect(isDeletingOrGone(state)).toBe(accepted)
  expect(isGone(state)).toBe(state === 'GONE')
})
