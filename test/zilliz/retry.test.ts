import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ApiError, NoResponseError } from '../../src/zilliz/errors.ts'
import { type RetryPolicy, retry, retryPause } from '../../src/zilliz/retry.ts'

class Late extends Error {}

/** A story of one request: a clock that moves with the pauses, and what was told. */
function story(options: Partial<RetryPolicy> = {}) {
  const lines: { at: number; line: string }[] = []
  const pauses: number[] = []
  let time = 0
  // A step is some way on when it sends a request.
  const before = 1_000_000
  const clock = {
    elapsed: () => before + time,
    async pause(milliseconds: number) {
      pauses.push(milliseconds)
      time += milliseconds
    },
  }
  const patience: RetryPolicy = {
    clock,
    maxDuration: 120_000,
    log: line => lines.push({ at: time, line }),
    ...options,
    deadline: before + (options.deadline ?? 7_200_000),
  }
  let attempts = 0
  const persistWith = (
    attempt: (number: number) => unknown,
    again: (error: NoResponseError) => boolean = () => true,
  ) =>
    retry(
      'read job job-1',
      async () => attempt(++attempts),
      again,
      patience,
      (sentence, cause) => new Late(sentence, { cause }),
    )
  return {
    lines,
    pauses,
    persist: persistWith,
    spend: (milliseconds: number) => {
      time += milliseconds
    },
    time: () => time,
    attempts: () => attempts,
  }
}

function failing(error: Error): () => never {
  return () => {
    throw error
  }
}

async function caught(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => new Error('it settled well'),
    thrown => thrown,
  )
  return error as Error
}

test('a first attempt that settles well is all there is', async () => {
  const one = story()
  expect(await one.persist(() => 'yes')).toBe('yes')
  expect(one.attempts()).toBe(1)
  expect(one.pauses).toEqual([])
  expect(one.lines).toEqual([])
})

test('faults and load are repeated until an answer comes', async () => {
  const one = story()
  const answer = await one.persist(number => {
    if (number === 1) throw new NoResponseError('cut short')
    if (number === 2) throw new NoResponseError('less load', { kind: 'load' })
    return number
  })
  expect(answer).toBe(3)
  expect(one.lines.map(({ line }) => line)).toEqual([
    'Could not read job job-1: cut short. Trying again.',
    'Could not read job job-1: less load. Trying again.',
  ])
})

test.each([
  new ApiError('read job job-1', { status: 200, code: 96026 }),
  new Error('a defect'),
  new Late('over'),
])('%s is not repeated', async error => {
  const one = story()
  expect(await caught(one.persist(failing(error)))).toBe(error)
  expect(one.attempts()).toBe(1)
  expect(one.lines).toEqual([])
})

test('two minutes of nothing else end it, with a sentence that tells how often', async () => {
  const one = story()
  const cause = new NoResponseError('HTTP 503', { kind: 'fault', arrived: true })
  const error = await caught(one.persist(failing(cause)))
  expect(error).toBeInstanceOf(NoResponseError)
  expect(error.cause).toBe(cause)
  expect(error).toMatchObject({ kind: 'fault', arrived: true, retryAfter: undefined })
  expect(error.message).toMatch(
    /^Could not read job job-1: HTTP 503 \(tried \d+ times in (?:1m \d+s|2m)\)\. Look at the network and the status page of the service, then run the step again\.$/,
  )
  expect(error.message).toContain(`tried ${one.attempts()} times`)
  expect(one.time()).toBeGreaterThan(105_000)
  expect(one.time()).toBeLessThanOrEqual(120_000)
  expect(one.attempts()).toBeGreaterThanOrEqual(12)
  expect(one.attempts()).toBeLessThanOrEqual(25)
})

test('the time of the attempts counts too', async () => {
  const one = story()
  await caught(
    one.persist(() => {
      one.spend(30_000)
      throw new NoResponseError('no whole answer within 30 s')
    }),
  )
  expect(one.attempts()).toBe(4)
})

test('with endless patience only the deadline ends it', async () => {
  const one = story({ maxDuration: Number.POSITIVE_INFINITY })
  const cause = new NoResponseError('HTTP 503')
  const error = await caught(one.persist(failing(cause)))
  expect(error).toBeInstanceOf(Late)
  expect(error.message).toBe('Could not read job job-1: HTTP 503')
  expect(error.cause).toBe(cause)
  expect(one.time()).toBeCloseTo(7_199_000, 3)
  expect(one.attempts()).toBeLessThan(1_000)
})

test('a deadline comes before the patience; one last try is made a second before it', async () => {
  const one = story({ deadline: 10_000 })
  expect(await caught(one.persist(failing(new NoResponseError('HTTP 503'))))).toBeInstanceOf(Late)
  expect(one.time()).toBeCloseTo(9_000, 3)
  const short = story({ deadline: 1_000 })
  expect(await caught(short.persist(failing(new NoResponseError('HTTP 503'))))).toBeInstanceOf(Late)
  expect(short.attempts()).toBe(1)
  expect(short.pauses).toEqual([])
})

test('Retry-After keeps away for at least that long', async () => {
  const one = story()
  await one.persist(number => {
    if (number <= 2) throw new NoResponseError('less load', { kind: 'load', retryAfter: 40_000 })
  })
  expect(one.pauses).toEqual([40_000, 40_000])
})

test('a Retry-After beyond the patience ends it at once and tells why', async () => {
  const one = story()
  const error = await caught(
    one.persist(failing(new NoResponseError('less load', { kind: 'load', retryAfter: 3_600_000 }))),
  )
  expect(error.message).toBe(
    'Could not read job job-1: less load (tried once, asked to stay away for 1h). Look at the network and the status page of the service, then run the step again.',
  )
  expect(error).toMatchObject({ kind: 'load', retryAfter: 3_600_000 })
  expect(one.pauses).toEqual([])
})

test('a Retry-After beyond the deadline ends it at once, since a repeat before is not wanted', async () => {
  const one = story({ maxDuration: Number.POSITIVE_INFINITY, deadline: 60_000 })
  expect(
    await caught(one.persist(failing(new NoResponseError('less load', { retryAfter: 59_500 })))),
  ).toBeInstanceOf(Late)
  expect(one.pauses).toEqual([])
})

test('what may not be repeated ends it as a whole sentence that keeps what is known', async () => {
  const one = story()
  const cause = new NoResponseError('the answer was cut short', { arrived: true })
  const again = (error: NoResponseError) => error.kind === 'load' || !error.arrived
  const error = await caught(
    one.persist(number => {
      throw number === 1 ? new NoResponseError('connect ECONNREFUSED', { arrived: false }) : cause
    }, again),
  )
  expect(error.message).toBe('Could not read job job-1: the answer was cut short.')
  expect(error).toMatchObject({ kind: 'fault', arrived: true, cause })
  expect(one.attempts()).toBe(2)
})

test('the same trouble is told once a minute, another one at once', async () => {
  const one = story({ maxDuration: Number.POSITIVE_INFINITY, deadline: 200_000 })
  await caught(
    one.persist(number => {
      throw new NoResponseError(number === 8 ? 'HTTP 500' : 'HTTP 503', { retryAfter: 20_000 })
    }),
  )
  expect(one.lines.map(({ at, line }) => [at, line.slice(26, 34)])).toEqual([
    [0, 'HTTP 503'],
    [60_000, 'HTTP 503'],
    [120_000, 'HTTP 503'],
    [140_000, 'HTTP 500'],
    [160_000, 'HTTP 503'],
  ])
})

test('what just fits into the patience, or before the deadline, is tried', async () => {
  const one = story()
  await caught(one.persist(failing(new NoResponseError('HTTP 503', { retryAfter: 40_000 }))))
  expect(one.pauses).toEqual([40_000, 40_000, 40_000])
  const other = story({ deadline: 41_000 })
  await caught(other.persist(failing(new NoResponseError('HTTP 503', { retryAfter: 40_000 }))))
  expect(other.pauses).toEqual([40_000])
})

test('pauses double up to fifteen seconds, with jitter, and respect what was asked', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 2_000].map(repeat => retryPause(repeat, undefined, 1))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
  ])
  expect(retryPause(0, undefined, 0)).toBe(250)
  expect(retryPause(5, 3_000, 0)).toBe(7_500)
  expect(retryPause(5, 30_000, 1)).toBe(30_000)
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (repeat, random) => {
      const pause = retryPause(repeat, undefined, random)
      expect(pause).toBeGreaterThanOrEqual(250)
      expect(pause).toBeLessThanOrEqual(15_000)
    }),
  )
})
