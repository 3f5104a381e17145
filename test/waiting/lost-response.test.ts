import { expect, test } from 'vitest'
import { Cancelled, OperationFailed, TimedOut } from '../../src/errors.ts'
import type { Step } from '../../src/step.ts'
import { findLost } from '../../src/waiting/lost-response.ts'
import type { Connection } from '../../src/zilliz/connection.ts'
import { mayHaveSucceeded, NoResponseError } from '../../src/zilliz/errors.ts'
import { apiError } from '../../src/zilliz/refusals.ts'

test.each([
  [new NoResponseError('cut short'), true],
  [new NoResponseError('cut short', { kind: 'lost' }), true],
  [new NoResponseError('refused port', { kind: 'never-sent' }), false],
  [new NoResponseError('less load', { kind: 'throttled' }), false],
  [
    apiError({ tried: 'start', right: 'backup', baseUrl: 'https://host' }, { status: 500, code: 96038 }),
    false,
  ],
  [new Cancelled('cancelled', { inFlight: true }), false],
  [new Error('a defect'), false],
  [undefined, false],
])('%o may have been carried out: %s', (error, expected) => {
  expect(mayHaveSucceeded(error)).toBe(expected)
})

const lost = new NoResponseError('The answer was cut.')

/** A step of which only the clock counts here. */
function stepWith(deadline: number, now = 0) {
  let time = now
  const clock = {
    now: () => time,
    elapsed: () => time,
    async pause(milliseconds: number) {
      time += milliseconds
    },
  }
  const cloud = { clock, deadline } as Connection
  return { step: { clock, deadline, cloud } as Step, time: () => time }
}

test('what is found ends the search', async () => {
  const { step, time } = stepWith(7_200_000)
  let reads = 0
  const search = async () => {
    reads++
    return reads === 3 ? 'cluster' : undefined
  }
  const result = await findLost(step, { lost }, search)
  expect(result).toEqual({ kind: 'found', found: 'cluster' })
  expect(time()).toBe(4_000)
})

test('the search lasts up to half a minute', async () => {
  const { step, time } = stepWith(7_200_000)
  const deadlines: number[] = []
  const search = async (cloud: Connection) => {
    deadlines.push(cloud.deadline)
    return undefined
  }
  expect(await findLost(step, { lost }, search)).toEqual({ kind: 'none' })
  expect(deadlines).toHaveLength(15)
  expect(new Set(deadlines)).toEqual(new Set([30_000]))
  expect(time()).toBe(28_000)
})

test('it ends with the timeout of the step, but the first read has its whole time', async () => {
  const { step, time } = stepWith(5_000)
  const deadlines: number[] = []
  const search = async (cloud: Connection) => {
    deadlines.push(cloud.deadline)
    return undefined
  }
  expect(await findLost(step, { lost }, search)).toEqual({ kind: 'none' })
  expect(deadlines).toEqual([30_000, 5_000, 5_000])
  expect(time()).toBe(4_000)

  const late = stepWith(5_000, 9_000)
  deadlines.length = 0
  expect(await findLost(late.step, { lost }, search)).toEqual({ kind: 'none' })
  expect(deadlines).toEqual([39_000])
})

test.each([
  { error: new NoResponseError('HTTP 503'), afterNone: { kind: 'unknown', why: { what: 'HTTP 503' } } },
  {
    error: new TimedOut('Timed out after 2h.', { cause: new NoResponseError('HTTP 503') }),
    afterNone: { kind: 'unknown', why: { what: 'Timed out after 2h.' } },
  },
  // It may have been about to find it.
  {
    error: new TimedOut('Could not list the clusters: the step timed out.'),
    afterNone: { kind: 'unknown', why: { what: 'It took longer than 30s.' } },
  },
])(
  'a read that ends with $error is repeated; an earlier one that found nothing was too early: $afterNone.kind',
  async ({ error, afterNone }) => {
    const failing = stepWith(10_000)
    expect(await findLost(failing.step, { lost }, () => Promise.reject(error))).toEqual({
      kind: 'unknown',
      why: afterNone.why,
    })
    const mixed = stepWith(10_000)
    let reads = 0
    const search = async () => {
      reads++
      if (reads === 1) return undefined
      throw error
    }
    expect(await findLost(mixed.step, { lost }, search)).toEqual(afterNone)
    expect(reads).toBeGreaterThan(2)
  },
)

test('a refused read is not repeated', async () => {
  const { step } = stepWith(7_200_000)
  const refused = apiError(
    { tried: 'list the clusters', right: 'read', baseUrl: 'https://host' },
    { status: 401 },
  )
  let reads = 0
  const result = await findLost(step, { lost }, () => {
    reads++
    return Promise.reject(refused)
  })
  expect(result).toEqual({ kind: 'unknown', why: refused.parts })
  expect(reads).toBe(1)
})

test('a defect ends it', async () => {
  const defect = new TypeError('a defect')
  await expect(findLost(stepWith(7_200_000).step, { lost }, () => Promise.reject(defect))).rejects.toBe(
    defect,
  )
})

test('cancelled in a read or a pause, it says what may have been carried out', async () => {
  const { step } = stepWith(7_200_000)
  const expected = {
    name: 'Cancelled',
    inFlight: true,
    cause: expect.any(Cancelled),
    message: 'The step was cancelled. The answer was cut. It may have been carried out.',
  }
  const searching = findLost(step, { lost }, () => Promise.reject(new Cancelled()))
  await expect(searching).rejects.toMatchObject(expected)
  step.clock.pause = () => Promise.reject(new Cancelled())
  await expect(findLost(step, { lost }, async () => undefined)).rejects.toMatchObject(expected)
})

test('it lasts as long as its caller wants', async () => {
  const { step, time } = stepWith(7_200_000)
  expect(await findLost(step, { lost, limit: 60_000 }, async () => undefined)).toEqual({ kind: 'none' })
  expect(time()).toBeGreaterThan(55_000)
})

test('a list that is given up tells nothing, and is not asked again', async () => {
  const { step, time } = stepWith(7_200_000)
  const given = new OperationFailed('The list has no end.')
  let reads = 0
  const search = async () => {
    reads++
    throw given
  }
  expect(await findLost(step, { lost }, search)).toEqual({ kind: 'unknown', why: given.parts })
  expect([reads, time()]).toEqual([1, 0])
})
