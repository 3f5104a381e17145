import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect, test } from 'vitest'
import { version } from '../../src/contract.ts'
import { Cancelled, TimedOut } from '../../src/waiting/poll.ts'
import { type Connection, read, remove, retryingUntilDeadline, start } from '../../src/zilliz/connection.ts'
import { fields, text } from '../../src/zilliz/decode.ts'
import { ApiError, NoResponseError } from '../../src/zilliz/errors.ts'

type Handler = (response: ServerResponse, request: IncomingMessage, number: number) => void

/** A tiny service on loopback, and a connection to it whose clock moves only with its pauses. */
async function open(handler: Handler) {
  const requests: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    handler(response, request, requests.length)
  })
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  const listen = (port: number) => new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    if (server.listening) await new Promise(resolve => server.close(resolve))
  }
  const stop = new AbortController()
  const time = { now: 0, pauses: [] as number[], onPause: async () => {} }
  const lines: string[] = []
  const connection: Connection = {
    baseUrl: `http://127.0.0.1:${port}`,
    apiKey: 'key-123456',
    clock: {
      now: () => Date.UTC(2026, 0, 1) + time.now,
      elapsed: () => time.now,
      async pause(milliseconds) {
        if (stop.signal.aborted) throw new Cancelled()
        time.pauses.push(milliseconds)
        time.now += milliseconds
        await time.onPause()
      },
    },
    deadline: 7_200_000,
    stop: stop.signal,
    log: line => lines.push(line),
  }
  return { connection, requests, time, lines, stop, close, listen, port, [Symbol.asyncDispose]: close }
}

const good = '{"code":0,"data":{"jobId":"job-1"}}'
const jobId = (data: unknown) => text(fields(data, 'job'), 'jobId')
const reading = { tried: 'read job job-1', decode: jobId }

function begin(to: Connection): Promise<string> {
  return start(to, 'start a backup', '/v2/start', { backupType: 'CLUSTER' }, jobId)
}

test('a read goes to the address with its key and our name, and gives what was decoded', async () => {
  const seen: unknown[] = []
  await using service = await open((response, { headers }) => {
    seen.push([headers.authorization, headers['user-agent']])
    response.end(good)
  })
  const to = { ...service.connection, baseUrl: `${service.connection.baseUrl}/base` }
  expect(await read(to, '/v2/jobs/job-1', reading)).toBe('job-1')
  expect(service.requests).toEqual(['GET /base/v2/jobs/job-1'])
  expect(seen).toEqual([['Bearer key-123456', `zilliz-cloud-backup-restore/${version}`]])
})

const trouble: Handler = (response, _, number) => {
  if (number === 1) response.writeHead(503, { 'retry-after': '20' }).end()
  else if (number === 2) response.socket?.destroy()
  else if (number === 3) response.end('{"code":0,"da')
  else response.end(good)
}

test('a read and a deletion are repeated on load and faults', async () => {
  await using service = await open(trouble)
  expect(await read(service.connection, '/v2/x', reading)).toBe('job-1')
  expect(service.requests).toHaveLength(4)
  expect(service.time.pauses[0]).toBe(20_000)
  expect(service.lines).toHaveLength(3)
  await using other = await open(trouble)
  await remove(other.connection, 'drop cluster in01-a', '/v2/clusters/in01-a/drop')
  expect(other.requests).toEqual(Array(4).fill('DELETE /v2/clusters/in01-a/drop'))
})

test('a refusal is not repeated', async () => {
  await using service = await open(response => response.end('{"code":96026,"message":"no job"}'))
  await expect(read(service.connection, '/v2/x', reading)).rejects.toThrow(ApiError)
  await expect(begin(service.connection)).rejects.toThrow(ApiError)
  expect(service.requests).toEqual(['GET /v2/x', 'POST /v2/start'])
})

test('two minutes of faults end a read, but not one that waits anyway', async () => {
  await using service = await open((response, _, number) => {
    if (number < 60) response.writeHead(502).end()
    else response.end(good)
  })
  await expect(read(service.connection, '/v2/x', reading)).rejects.toThrow(NoResponseError)
  expect(service.time.now).toBeLessThanOrEqual(120_000)
  expect(service.requests.length).toBeLessThan(30)
  expect(await read(retryingUntilDeadline(service.connection), '/v2/x', reading)).toBe('job-1')
  expect(service.time.now).toBeGreaterThan(200_000)
})

test('nothing is sent once the time is over, or once the step is cancelled', async () => {
  await using service = await open(response => response.end(good))
  service.time.now = 7_200_000
  await expect(read(service.connection, '/v2/x', reading)).rejects.toThrow(TimedOut)
  await expect(begin(service.connection)).rejects.toThrow('Could not start a backup: the time is over.')
  service.time.now = 0
  service.stop.abort(new Cancelled())
  for (const asked of [read(service.connection, '/v2/x', reading), begin(service.connection)]) {
    const error = await asked.catch(thrown => thrown)
    expect(error).toBeInstanceOf(Cancelled)
    expect(error.inFlight).toBe(false)
  }
  expect(service.requests).toEqual([])
})

test('a read ends with the time of the step, a start is heard out past it', async () => {
  await using service = await open((response, { method }) => {
    // Later than what is left of the step, for both.
    setTimeout(() => {
      service.time.now = 6_000
      if (method === 'POST') response.end(good)
    }, 120)
  })
  service.time.now = 5_000
  const to = { ...service.connection, deadline: 5_060 }
  await expect(read(to, '/v2/x', reading)).rejects.toThrow(TimedOut)
  service.time.now = 5_000
  expect(await begin(to)).toBe('job-1')
})

test('a cancel ends a read at once', async () => {
  await using service = await open(() => service.stop.abort(new Cancelled()))
  await expect(read(service.connection, '/v2/x', reading)).rejects.toThrow(Cancelled)
  expect(service.requests).toHaveLength(1)
})

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
])('a start whose answer is %s is sent once', async (_, handler) => {
  await using service = await open(handler)
  const error = await begin(service.connection).catch(thrown => thrown)
  expect(error).toBeInstanceOf(NoResponseError)
  expect(error).toMatchObject({ kind: 'fault', arrived: true })
  expect(error.message).toMatch(/^Could not start a backup: /)
  expect(service.requests).toEqual(['POST /v2/start'])
  expect(service.time.pauses).toEqual([])
})

test("the service's own word with HTTP 5xx is a refusal of a start", async () => {
  await using service = await open(response => response.writeHead(500).end('{"code":96038,"message":"busy"}'))
  await expect(begin(service.connection)).rejects.toMatchObject({ name: 'ApiError', code: 96038 })
})

test('a start that never arrived is sent again', async () => {
  await using service = await open(response => response.end(good))
  await service.close()
  service.time.onPause = async () => {
    if (service.time.pauses.length === 3) await service.listen(service.port)
  }
  expect(await begin(service.connection)).toBe('job-1')
  expect(service.time.pauses).toHaveLength(3)
  expect(service.requests).toEqual(['POST /v2/start'])
  expect(service.lines[0]).toMatch(/^Could not start a backup: .*ECONNREFUSED.*\. Trying again\.$/)
})

test('a start that is met by load is sent again, but not for more than two minutes', async () => {
  await using service = await open((response, _, number) => {
    if (number <= 2)
      response.writeHead(429, { 'retry-after': '30' }).end('{"message":"API rate limit exceeded"}')
    else response.end(good)
  })
  expect(await begin(service.connection)).toBe('job-1')
  expect(service.time.pauses).toEqual([30_000, 30_000])

  await using busy = await open(response => response.writeHead(429).end())
  const error = await begin(retryingUntilDeadline(busy.connection)).catch(thrown => thrown)
  expect(error).toMatchObject({ name: 'NoResponseError', kind: 'load' })
  expect(busy.time.now).toBeLessThanOrEqual(120_000)
})

test('a start that is cancelled on its way is heard out for a little', async () => {
  await using service = await open(response => {
    service.stop.abort(new Cancelled())
    setTimeout(() => response.end(good), 300)
  })
  expect(await begin(service.connection)).toBe('job-1')
})

test('a start that is cancelled and stays without an answer ends in time, and may have been carried out', async () => {
  await using service = await open(() => service.stop.abort(new Cancelled()))
  const before = performance.now()
  const error = await begin(service.connection).catch(thrown => thrown)
  expect(error).toBeInstanceOf(Cancelled)
  expect(error.inFlight).toBe(true)
  expect(error.message).toContain('the request to start a backup may have been carried out')
  expect(performance.now() - before).toBeGreaterThanOrEqual(1_150)
  expect(performance.now() - before).toBeLessThan(10_000)
})
