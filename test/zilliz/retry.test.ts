import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TimedOut } from '../../src/errors.ts'
import { NoResponseError } from '../../src/zilliz/errors.ts'
import { apiError } from '../../src/zilliz/refusals.ts'
import { type RetryPolicy, retry, retryPause } from '../../src/zilliz/retry.ts'

/** One request: a clock that advances with its pauses, and what was logged. */
function openRequest(options: Partial<RetryPolicy> = {}) {
  const lines: { at: number; line: string }[] = []
  const pauses: number[] = []
  let time = 0
  // A step has run for a while when it sends a request.
  const before = 1_000_000
  const policy: RetryPolicy = {
    tried: 'read job job-1',
    clock: {
      elapsed: () => before + time,
      async pause(milliseconds) {
        pauses.push(milliseconds)
        time += milliseconds
      },
    },
    maxDuration: 120_000,
    shouldRetry: () => true,
    makeWayAfter: Number.POSITIVE_INFINITY,
    hasResponded: () => false,
    load: { notBefore: 0, times: 0 },
    log: line => lines.push({ at: time, line }),
    ...options,
    deadline: before + (options.deadline ?? 7_200_000),
  }
  let attempts = 0
  return {
    lines,
    pauses,
    send: <T>(attempt: (number: number) => T) => retry(async () => attempt(++attempts), policy),
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
    () => new Error('it succeeded'),
    thrown => thrown,
  )
  return error as Error
}

test('a first attempt that succeeds is the only one', async () => {
  const request = openRequest()
  expect(await request.send(() => 'yes')).toBe('yes')
  expect(request.attempts()).toBe(1)
  expect(request.pauses).toEqual([])
  expect(request.lines).toEqual([])
})

test('faults and throttling are retried until a response comes', async () => {
  const request = openRequest()
  const response = await request.send(number => {
    if (number === 1) throw new NoResponseError('cut short')
    if (number === 2) throw new NoResponseError('less load', { kind: 'throttled' })
    return number
  })
  expect(response).toBe(3)
  expect(request.lines.map(({ line }) => line)).toEqual([
    'Could not read job job-1: cut short. Trying again.',
    'Could not read job job-1: less load. Trying again.',
  ])
})

test.each([
  apiError({ tried: 'read job job-1', right: 'read', baseUrl: 'https://host' }, { status: 200, code: 96026 }),
  new Error('a defect'),
  new TimedOut('Timed out after 2h.'),
])('%s is not retried', async error => {
  const request = openRequest()
  expect(await caught(request.send(failing(error)))).toBe(error)
  expect(request.attempts()).toBe(1)
  expect(request.lines).toEqual([])
})

test('two minutes of nothing else end it, with a sentence that says how often it was tried', async () => {
  const request = openRequest()
  const cause = new NoResponseError('HTTP 503', { kind: 'lost' })
  const error = await caught(request.send(failing(cause)))
  expect(error).toBeInstanceOf(NoResponseError)
  expect(error.cause).toBe(cause)
  expect(error).toMatchObject({ kind: 'lost', retryAfter: undefined })
  expect(error.message).toMatch(
    /^Could not read job job-1: HTTP 503\. Look at the network and the status page of the service, then run the step again\. \(tried \d+ times in (?:1m \d+s|2m)\)$/,
  )
  expect(error.message).toContain(`tried ${request.attempts()} times`)
  expect(request.time()).toBeGreaterThan(105_000)
  expect(request.time()).toBeLessThanOrEqual(120_000)
  expect(request.attempts()).toBeGreaterThanOrEqual(12)
  expect(request.attempts()).toBeLessThanOrEqual(25)
})

test('the time of the attempts counts too', async () => {
  const request = openRequest()
  await caught(
    request.send(() => {
      request.spend(30_000)
      throw new NoResponseError('no complete response within 30 s')
    }),
  )
  expect(request.attempts()).toBe(4)
})

test('without a limit for the retries only the deadline ends it', async () => {
  const request = openRequest({ maxDuration: Number.POSITIVE_INFINITY })
  const cause = new NoResponseError('HTTP 503')
  const error = await caught(request.send(failing(cause)))
  expect(error).toBeInstanceOf(TimedOut)
  expect(error.message).toBe('The step timed out. Could not read job job-1: HTTP 503.')
  expect(error.cause).toBe(cause)
  expect(request.time()).toBeCloseTo(7_199_000, 3)
  expect(request.attempts()).toBeLessThan(1_000)
})

test('a deadline may come first; one last attempt is made a second before it', async () => {
  const request = openRequest({ deadline: 10_000 })
  expect(await caught(request.send(failing(new NoResponseError('HTTP 503'))))).toBeInstanceOf(TimedOut)
  expect(request.time()).toBeCloseTo(9_000, 3)
  const short = openRequest({ deadline: 1_000 })
  const error = await caught(short.send(failing(new NoResponseError('HTTP 503'))))
  expect(error).toBeInstanceOf(TimedOut)
  // Without earlier trouble the deadline is the only cause.
  expect(error.cause).toBeUndefined()
  expect(short.attempts()).toBe(1)
  expect(short.pauses).toEqual([])
})

test('the pause is at least Retry-After', async () => {
  const request = openRequest()
  await request.send(number => {
    if (number <= 2) throw new NoResponseError('less load', { kind: 'throttled', retryAfter: 40_000 })
  })
  expect(request.pauses).toEqual([40_000, 40_000])
})

test('a Retry-After beyond the limit is cut to it, with one last try, and the sentence says why', async () => {
  const request = openRequest()
  const error = await caught(
    request.send(failing(new NoResponseError('less load', { kind: 'throttled', retryAfter: 3_600_000 }))),
  )
  expect(error.message).toBe(
    'Could not read job job-1: less load. Look at the network and the status page of the service, then run the step again. (tried 2 times in 2m, asked to wait 1h)',
  )
  expect(error).toMatchObject({ kind: 'throttled', retryAfter: 3_600_000 })
  expect(request.pauses).toEqual([120_000])
})

test('a Retry-After longer than what is left is cut to what is left, with one last try ("Requests")', async () => {
  const request = openRequest({ maxDuration: Number.POSITIVE_INFINITY, deadline: 60_000 })
  expect(
    await caught(request.send(failing(new NoResponseError('less load', { retryAfter: 59_500 })))),
  ).toBeInstanceOf(TimedOut)
  expect(request.pauses).toEqual([59_000])
  expect(request.attempts()).toBe(2)
  const other = openRequest({ maxDuration: Number.POSITIVE_INFINITY, deadline: 7_100_000 })
  const late = await other.send(number => {
    if (number === 1) throw new NoResponseError('less load', { retryAfter: 86_400_000 })
    return number
  })
  expect(late).toBe(2)
  expect(other.pauses).toEqual([7_099_000])
})

describe('a certificate that is not trusted ("Requests")', () => {
  const next = 'Set NODE_EXTRA_CA_CERTS.'
  const untrusted = new NoResponseError(
    { what: 'the certificate is not trusted', next, answer: 'self-signed certificate' },
    { kind: 'never-sent', trouble: 'tls' },
  )

  test('gets three tries, and then ends it, naming NODE_EXTRA_CA_CERTS', async () => {
    const request = openRequest()
    const error = await caught(request.send(failing(untrusted)))
    expect(request.attempts()).toBe(3)
    expect(error.message).toBe(
      `Could not read job job-1: the certificate is not trusted. ${next} (self-signed certificate, tried 3 times)`,
    )
    expect(error).toMatchObject({ kind: 'never-sent', trouble: 'tls', cause: untrusted })
  })

  test('while the step waits too', async () => {
    const request = openRequest({ maxDuration: Number.POSITIVE_INFINITY })
    await caught(request.send(failing(untrusted)))
    expect(request.attempts()).toBe(3)
  })

  test('is a fault like any other once the service has answered this step', async () => {
    const request = openRequest({ hasResponded: () => true })
    const error = await caught(request.send(failing(untrusted)))
    expect(request.attempts()).toBeGreaterThan(10)
    expect(error.message).not.toContain('NODE_EXTRA_CA_CERTS')
    expect(error.message).toContain('then run the step again. (self-signed certificate, tried ')
  })
})

test('an error that may not be retried ends it as a whole sentence, with the kind and the cause', async () => {
  const request = openRequest({ shouldRetry: ({ kind }) => kind !== 'lost' })
  const cause = new NoResponseError('the response was cut short', { kind: 'lost' })
  const error = await caught(
    request.send(number => {
      throw number === 1 ? new NoResponseError('connect ECONNREFUSED', { kind: 'never-sent' }) : cause
    }),
  )
  expect(error.message).toBe('Could not read job job-1: the response was cut short.')
  expect(error).toMatchObject({ kind: 'lost', cause })
  expect(request.attempts()).toBe(2)
})

test('the same trouble is logged once in half a minute, another one at once', async () => {
  const request = openRequest({ maxDuration: Number.POSITIVE_INFINITY, deadline: 200_000 })
  await caught(
    request.send(number => {
      throw new NoResponseError(number === 8 ? 'HTTP 500' : 'HTTP 503', { retryAfter: 20_000 })
    }),
  )
  expect(request.lines.map(({ at, line }) => [at, line.slice(26, 34)])).toEqual([
    [0, 'HTTP 503'],
    [40_000, 'HTTP 503'],
    [80_000, 'HTTP 503'],
    [120_000, 'HTTP 503'],
    [140_000, 'HTTP 500'],
    [160_000, 'HTTP 503'],
    // The last try, a second before the deadline.
    [199_000, 'HTTP 503'],
  ])
})

test('an attempt that just fits into the limit, or before the deadline, is made', async () => {
  const request = openRequest()
  await caught(request.send(failing(new NoResponseError('HTTP 503', { retryAfter: 40_000 }))))
  expect(request.pauses).toEqual([40_000, 40_000, 40_000])
  const other = openRequest({ deadline: 41_000 })
  await caught(other.send(failing(new NoResponseError('HTTP 503', { retryAfter: 40_000 }))))
  expect(other.pauses).toEqual([40_000])
})

test('pauses double up to fifteen seconds, with jitter, and are never shorter than Retry-After', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 2_000].map(attempts => retryPause(attempts, undefined, 1))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
  ])
  expect(retryPause(0, undefined, 0)).toBe(250)
  expect([0, 8, 9, 10, 11, 12].map(attempts => retryPause(attempts, 1_000, 0))).toEqual([
    1_000, 1_000, 1_000, 1_000, 2_000, 4_000,
  ])
  expect(retryPause(5, 30_000, 1)).toBe(30_000)
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, random) => {
      const pause = retryPause(attempts, undefined, random)
      expect(pause).toBeGreaterThanOrEqual(250)
      expect(pause).toBeLessThanOrEqual(15_000)
    }),
  )
})

test('outside a wait a stay that the service asks for again and again leaves one last try, after two minutes', async () => {
  const request = openRequest()
  const tries: number[] = []
  const error = await caught(
    request.send(() => {
      tries.push(request.time())
      throw new NoResponseError('less load', { kind: 'throttled', retryAfter: 50_000 })
    }),
  )
  expect(tries).toEqual([0, 50_000, 100_000, 120_000])
  expect(error.message).toContain('(tried 4 times in 2m, asked to wait 50s)')
})
