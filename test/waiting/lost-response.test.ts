import { expect, test } from 'vitest'
import type { Step } from '../../src/step.ts'
import { findLost, mayHaveSucceeded } from '../../src/waiting/lost-response.ts'
import { Cancelled, TimedOut } from '../../src/waiting/poll.ts'
import type { Connection } from '../../src/zilliz/connection.ts'
import { ApiError, NoResponseError } from '../../src/zilliz/errors.ts'

test.each([
  [new NoResponseError('cut short'), true],
  [new NoResponseError('refused port', { arrived: false }), false],
  [new NoResponseError('less load', { kind: 'load' }), false],
  [new ApiError('start', { status: 500, code: 96038 }), false],
  [new Cancelled('cancelled', true), false],
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
  return { step: { clock, deadline, cloud } as Step, time: () => time, spend: (ms: number) => (time += ms) }
}

test('what is found ends the looking', async () => {
  const { step, time } = stepWith(7_200_000)
  let looks = 0
  const result = await findLost(step, lost, async () => (++looks === 3 ? 'cluster' : undefined))
  expect(result).toEqual({ found: 'cluster' })
  expect(time()).toBe(4_000)
})

test('it is looked for up to half a minute', async () => {
  const { step, time } = stepWith(7_200_000)
  const deadlines: number[] = []
  const look = async (cloud: Connection) => {
    deadlines.push(cloud.deadline)
    return undefined
  }
  expect(await findLost(step, lost, look)).toBe('nothing')
  expect(deadlines).toHaveLength(15)
  expect(new Set(deadlines)).toEqual(new Set([30_000]))
  expect(time()).toBe(28_000)
})

test('inside the timeout, but at least once, and that look has its time', async () => {
  const { step, time } = stepWith(5_000)
  const deadlines: number[] = []
  const look = async (cloud: Connection) => {
    deadlines.push(cloud.deadline)
    return undefined
  }
  expect(await findLost(step, lost, look)).toBe('nothing')
  expect(deadlines).toEqual([30_000, 5_000, 5_000])
  expect(time()).toBe(4_000)

  const over = stepWith(5_000, 9_000)
  deadlines.length = 0
  expect(await findLost(over.step, lost, look)).toBe('nothing')
  expect(deadlines).toEqual([39_000])
})

test.each([new NoResponseError('HTTP 503'), new TimedOut('over')])(
  'a look that ends with %s is repeated, and told only if no other one showed more',
  async error => {
    const failing = stepWith(10_000)
    expect(await findLost(failing.step, lost, () => Promise.reject(error))).toBe(error)
    const mixed = stepWith(10_000)
    let looks = 0
    const look = async () => {
      if (looks++ === 0) return undefined
      throw error
    }
    expect(await findLost(mixed.step, lost, look)).toBe('nothing')
    expect(looks).toBeGreaterThan(2)
  },
)

test('a refused look is not repeated', async () => {
  const { step } = stepWith(7_200_000)
  const refused = new ApiError('list the clusters', { status: 401 })
  let looks = 0
  const result = await findLost(step, lost, () => {
    looks++
    return Promise.reject(refused)
  })
  expect(result).toBe(refused)
  expect(looks).toBe(1)
})

test('a defect ends it', async () => {
  const defect = new TypeError('a defect')
  await expect(findLost(stepWith(7_200_000).step, lost, () => Promise.reject(defect))).rejects.toBe(defect)
})

test('cancelled while looking or pausing, it says what may have been carried out', async () => {
  const { step } = stepWith(7_200_000)
  const told = {
    name: 'Cancelled',
    inFlight: true,
    message: 'The step was cancelled. The answer was cut. It may have been carried out.',
  }
  const looking = findLost(step, lost, () => Promise.reject(new Cancelled()))
  await expect(looking).rejects.toMatchObject(told)
  step.clock.pause = () => Promise.reject(new Cancelled())
  await expect(findLost(step, lost, async () => undefined)).rejects.toMatchObject(told)
})
