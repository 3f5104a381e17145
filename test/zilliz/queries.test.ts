/** Reads that are POSTs, as a cluster takes them. */
import { describe, expect, test } from 'vitest'
import { TimedOut } from '../../src/errors.ts'
import { dataPlane } from '../../src/zilliz/cluster-party.ts'
import { read } from '../../src/zilliz/connection.ts'
import { ApiError, NoResponseError } from '../../src/zilliz/errors.ts'
import type { Query } from '../../src/zilliz/requests.ts'
import { good, type Handler, jobId, open } from './tiny-service.ts'

const query: Query<string> = { path: '/v2/x', body: { a: 1 }, tried: 'count it', decode: jobId }

const isTemporary = (code: number) => code === 106

test('is repeated on faults as a GET is, and is no change', async () => {
  await using service = await open((response, _, number) => {
    if (number === 1) response.writeHead(503).end()
    else if (number === 2) response.socket?.destroy()
    else if (number === 3) response.end('{"code":0,"da')
    else response.end(good)
  })
  expect(await read(service.connection, query)).toBe('job-1')
  expect(service.requests).toEqual(Array(4).fill('POST /v2/x'))
  expect(service.connection.session.changes).toBe(0)
})

test('ends at the deadline, and does not outlive it as a change would', async () => {
  await using service = await open(() => {
    setTimeout(() => {
      service.time.now = 6_000
    }, 30)
  })
  service.time.now = 5_000
  const to = { ...service.connection, deadline: 5_060 }
  await expect(read(to, query)).rejects.toThrow(TimedOut)
  expect(service.connection.session.changes).toBe(0)
})

describe('a code that means "not yet"', () => {
  const busy: Handler = (response, _, number) =>
    response.end(number < 3 ? '{"code":106,"message":"on recovering"}' : good)

  test('is waited out like throttling, and named', async () => {
    await using service = await open(busy)
    const to = { ...service.connection, party: dataPlane }
    expect(await read(to, { ...query, isTemporary })).toBe('job-1')
    expect(service.lines[0]).toBe(
      'Could not count it: the cluster is not ready for it. ("on recovering", HTTP 200, code 106, no request id) Trying again.',
    )
  })

  test('is a refusal to those who do not know it', async () => {
    await using service = await open(busy)
    await expect(read(service.connection, query)).rejects.toThrow(ApiError)
    await expect(read(service.connection, { ...query, isTemporary: code => code === 8 })).rejects.toThrow(
      ApiError,
    )
  })

  test.each([200, 400, 404])('with HTTP %i too', async status => {
    await using service = await open((response, _, number) => {
      if (number > 1) response.end(good)
      else response.writeHead(status).end('{"code":106}')
    })
    expect(await read(service.connection, { ...query, isTemporary })).toBe('job-1')
  })

  test('ends after two minutes, as a request that was throttled', async () => {
    await using service = await open(response => response.end('{"code":106}'))
    const error = await read(service.connection, { ...query, isTemporary }).catch(thrown => thrown)
    expect(error).toBeInstanceOf(NoResponseError)
    expect(error).toMatchObject({ kind: 'throttled' })
    expect(service.time.now).toBeLessThanOrEqual(120_000)
  })
})

describe('a read that ends with its first time-out', () => {
  const counting = { ...query, endsOnTimeout: true }

  const silent: Handler = (response, _, number) => {
    if (number > 1) response.end(good)
  }

  test('is sent once where nothing comes, and every other one again', async () => {
    await using service = await open(silent)
    // So much is left for one exchange, and the clock stands still meanwhile: it is not the deadline that ends it.
    const to = { ...service.connection, deadline: 2_000 }
    const error = await read(to, counting).catch(thrown => thrown)
    expect(error).toMatchObject({
      trouble: 'timeout',
      isFinal: true,
      message: 'Could not count it: no complete response within 2 s.',
    })
    expect(service.requests).toHaveLength(1)
    await using other = await open(silent)
    expect(await read({ ...other.connection, deadline: 2_000 }, query)).toBe('job-1')
  })

  test('is repeated on every other fault', async () => {
    await using service = await open((response, _, number) => {
      if (number === 1) response.writeHead(503).end()
      else if (number === 2) response.socket?.destroy()
      else response.end(good)
    })
    expect(await read(service.connection, counting)).toBe('job-1')
  })
})
