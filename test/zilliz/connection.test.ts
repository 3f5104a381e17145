import { describe, expect, test } from 'vitest'
import { version } from '../../src/contract.ts'
import { Cancelled, TimedOut } from '../../src/errors.ts'
import { read, retryingUntilDeadline, send } from '../../src/zilliz/connection.ts'
import { ApiError, NoResponseError } from '../../src/zilliz/errors.ts'
import { pathOf } from '../../src/zilliz/requests.ts'
import { drop, good, type Handler, open, post, query } from './tiny-service.ts'

test('every part of a path is encoded', () => {
  expect(pathOf('clusters', 'in01-a', 'drop')).toBe('/v2/clusters/in01-a/drop')
  expect(pathOf('clusters', 'a?b#c', 'backups', '%2e%2e/x y')).toBe(
    '/v2/clusters/a%3Fb%23c/backups/%252e%252e%2Fx%20y',
  )
})

test('a read goes to the address with its key and user agent, and gives what was decoded', async () => {
  const headersSent: unknown[] = []
  await using service = await open((response, { headers }) => {
    headersSent.push([headers.authorization, headers['user-agent']])
    response.end(good)
  })
  const to = { ...service.connection, baseUrl: `${service.connection.baseUrl}/base` }
  expect(await read(to, { ...query, path: '/v2/jobs/job-1' })).toBe('job-1')
  expect(service.requests).toEqual(['GET /base/v2/jobs/job-1'])
  expect(headersSent).toEqual([['Bearer key-123456', `zilliz-cloud-backup-restore/${version}`]])
})

const threeFaults: Handler = (response, _, number) => {
  // A connection that was kept would be tried again without a word.
  if (number === 1) response.writeHead(503, { 'retry-after': '20', connection: 'close' }).end()
  else if (number === 2) response.socket?.destroy()
  else if (number === 3) response.end('{"code":0,"da')
  else response.end(good)
}

test('a read and a DELETE are retried on throttling and faults', async () => {
  await using service = await open(threeFaults)
  expect(await read(service.connection, query)).toBe('job-1')
  expect(service.requests).toHaveLength(4)
  expect(service.time.pauses[0]).toBe(20_000)
  expect(service.lines).toHaveLength(3)
  await using other = await open(threeFaults)
  await send(other.connection, drop)
  expect(other.requests).toEqual(Array(4).fill('DELETE /v2/clusters/in01-a/drop'))
})

test('a DELETE is looked at before every attempt, and not sent where the look throws ("Look again")', async () => {
  await using service = await open((response, _, number) => {
    if (number <= 2) response.writeHead(503).end()
    else response.end(good)
  })
  const events: string[] = []
  const look = async () => {
    events.push(`look after ${service.requests.length}`)
  }
  await send(service.connection, drop, { before: look })
  expect(events).toEqual(['look after 0', 'look after 1', 'look after 2'])
  const forbidden = new Error('it is another one now')
  const refuse = () => Promise.reject(forbidden)
  await expect(send(service.connection, drop, { before: refuse })).rejects.toBe(forbidden)
  expect(service.requests).toHaveLength(3)
})

test.each([
  ['Thu, 01 Jan 2026 00:10:00 GMT', 600_000],
  ['Wed, 31 Dec 2025 23:50:00 GMT', -600_000],
  ['no date', undefined],
])('the clock of the service is read from the Date header %j of its answers', async (date, difference) => {
  await using service = await open(response => response.writeHead(200, { date }).end(good))
  expect(service.connection.session).toMatchObject({ hasResponded: false, changes: 0 })
  await read(service.connection, query)
  expect(service.connection.session).toMatchObject({ hasResponded: true })
  expect(service.connection.session.clockDifference).toBe(difference)
})

test('a refusal is not retried', async () => {
  await using service = await open(response => response.end('{"code":96026,"message":"no job"}'))
  await expect(read(service.connection, query)).rejects.toThrow(ApiError)
  await expect(send(service.connection, post)).rejects.toThrow(ApiError)
  expect(service.requests).toEqual(['GET /v2/x', 'POST /v2/start'])
})

test('two minutes of faults end a read, but not one that retries until the deadline', async () => {
  await using service = await open((response, _, number) => {
    if (number < 60) response.writeHead(502).end()
    else response.end(good)
  })
  await expect(read(service.connection, query)).rejects.toThrow(NoResponseError)
  expect(service.time.now).toBeLessThanOrEqual(120_000)
  expect(service.requests.length).toBeLessThan(30)
  expect(await read(retryingUntilDeadline(service.connection), query)).toBe('job-1')
  expect(service.time.now).toBeGreaterThan(200_000)
})

test('nothing is sent after the deadline, or once the step is cancelled', async () => {
  await using service = await open(response => response.end(good))
  const { connection, time, stop, requests } = service
  time.now = 7_200_000
  await expect(read(connection, query)).rejects.toThrow(TimedOut)
  await expect(send(connection, post)).rejects.toThrow('Could not start a backup: the step timed out.')
  time.now = 0
  stop.abort(new Cancelled())
  for (const promise of [read(connection, query), send(connection, post)]) {
    const error = await promise.catch(thrown => thrown)
    expect(error).toBeInstanceOf(Cancelled)
    expect(error).toMatchObject({ inFlight: false })
  }
  expect(requests).toEqual([])
})

test('a read ends at the deadline, a POST is allowed to finish after it', async () => {
  await using service = await open((response, { method }) => {
    // Later than the deadline of the step, for both.
    setTimeout(() => {
      service.time.now = 6_000
      if (method === 'POST') response.end(good)
    }, 120)
  })
  service.time.now = 5_000
  const to = { ...service.connection, deadline: 5_060 }
  await expect(read(to, query)).rejects.toThrow(TimedOut)
  service.time.now = 5_000
  expect(await send(to, post)).toBe('job-1')
})

test('a cancel ends a read at once', async () => {
  await using service = await open(() => service.stop.abort(new Cancelled()))
  await expect(read(service.connection, query)).rejects.toThrow(Cancelled)
  expect(service.requests).toHaveLength(1)
})

describe('a POST', () => {
  test.each<[string, Handler]>([
    ['reset', response => response.socket?.resetAndDestroy()],
    [
      'cut short',
      response =>
        response
          .writeHead(200, { 'content-length': '99' })
          .write('{"code":0', () => response.socket?.destroy()),
    ],
    ['a fault of the gateway', response => response.writeHead(503).end('<html>')],
    ['empty', response => response.end()],
    ['without its ids', response => response.end('{"code":0,"data":{}}')],
  ])('whose response is %s is sent once', async (_, handler) => {
    await using service = await open(handler)
    const error = await send(service.connection, post).catch(thrown => thrown)
    expect(error).toBeInstanceOf(NoResponseError)
    expect(error).toMatchObject({ kind: 'lost' })
    expect((error as Error).message).toMatch(/^Could not start a backup: /)
    expect(service.requests).toEqual(['POST /v2/start'])
    expect(service.time.pauses).toEqual([])
  })

  test.each<[string, Handler]>([
    ['HTTP 500 and an envelope', response => response.writeHead(500).end('{"code":96038,"message":"busy"}')],
    ['a word as code', response => response.end('{"code":"INTERNAL","message":"busy"}')],
  ])('whose response is %s is in doubt and sent once ("a 5xx is never a no")', async (_, handler) => {
    await using service = await open(handler)
    const error = await send(service.connection, post).catch(thrown => thrown)
    expect(error).toMatchObject({ name: 'NoResponseError', kind: 'lost' })
    expect(service.requests).toEqual(['POST /v2/start'])
  })

  test('that never arrived is sent again', async () => {
    await using service = await open(response => response.end(good))
    await service.close()
    service.time.onPause = async () => {
      if (service.time.pauses.length === 3) await service.listenAgain()
    }
    expect(await send(service.connection, post)).toBe('job-1')
    expect(service.time.pauses).toHaveLength(3)
    expect(service.requests).toEqual(['POST /v2/start'])
    expect(service.lines[0]).toMatch(
      /^Could not start a backup: no connection to 127\.0\.0\.1:\d+, so .* reached\. \(connect ECONNREFUSED .*\) Trying again\.$/,
    )
  })

  test('that is throttled is sent again, but not for more than two minutes', async () => {
    await using service = await open((response, _, number) => {
      if (number <= 2)
        response.writeHead(429, { 'retry-after': '30' }).end('{"message":"API rate limit exceeded"}')
      else response.end(good)
    })
    expect(await send(service.connection, post)).toBe('job-1')
    expect(service.time.pauses).toEqual([30_000, 30_000])

    await using busy = await open(response => response.writeHead(429).end())
    const error = await send(retryingUntilDeadline(busy.connection), post).catch(thrown => thrown)
    expect(error).toMatchObject({ name: 'NoResponseError', kind: 'throttled' })
    expect(busy.time.now).toBeLessThanOrEqual(120_000)
  })

  test('that is in flight when the step is cancelled is allowed to finish', async () => {
    await using service = await open(response => {
      service.stop.abort(new Cancelled())
      setTimeout(() => response.end(good), 300)
    })
    expect(await send(service.connection, post)).toBe('job-1')
  })

  test('that is cancelled and gets no response ends in time, and may have been carried out', async () => {
    await using service = await open(() => service.stop.abort(new Cancelled()))
    const before = performance.now()
    const error = await send(service.connection, post).catch(thrown => thrown)
    expect(error).toBeInstanceOf(Cancelled)
    expect(error).toMatchObject({
      inFlight: true,
      message: expect.stringContaining('the request to start a backup may have been carried out'),
    })
    expect(performance.now() - before).toBeGreaterThanOrEqual(1_150)
    expect(performance.now() - before).toBeLessThan(10_000)
  })
})
