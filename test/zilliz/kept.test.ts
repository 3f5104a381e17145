import { once } from 'node:events'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { type Connection, read, send } from '../../src/zilliz/connection.ts'
import { NoResponseError } from '../../src/zilliz/errors.ts'
import { drop, good, type Handler, open, post, query } from './tiny-service.ts'

/** Of each request, the number of its connection. */
async function openCounting(handler: Handler) {
  const known: Socket[] = []
  const used: number[] = []
  const service = await open((response, request, number) => {
    if (!known.includes(request.socket)) known.push(request.socket)
    used.push(known.indexOf(request.socket) + 1)
    handler(response, request, number)
  })
  const idle = () => Object.values(service.connection.session.kept.agent?.freeSockets ?? {}).flat()
  return { ...service, used, idle }
}

const answer: Handler = response => response.end(good)

test('reads one after the other share a connection, also those that are a POST', async () => {
  await using service = await openCounting(answer)
  for (let count = 0; count < 3; count++) await read(service.connection, query)
  await read(service.connection, { ...query, body: {} })
  expect(service.used).toEqual([1, 1, 1, 1])
})

test('reads at the same time have connections of their own, and those after them take one of these', async () => {
  await using service = await openCounting(answer)
  await Promise.all([1, 2, 3].map(() => read(service.connection, query)))
  await read(service.connection, query)
  expect(service.used.slice(0, 3)).toEqual([1, 2, 3])
  expect(service.connections()).toBe(3)
})

test('each change has a connection that no other request uses', async () => {
  await using service = await openCounting(answer)
  await read(service.connection, query)
  await send(service.connection, post)
  await send(service.connection, drop)
  await send(service.connection, post)
  await read(service.connection, query)
  expect(service.used).toEqual([1, 2, 3, 4, 1])
})

test.each(['is closed', 'is reset'])('a kept connection that %s under a read costs nothing', async how => {
  await using service = await openCounting((response, _, number) => {
    if (number !== 2) response.end(good)
    else if (how === 'is closed') response.socket?.destroy()
    else response.socket?.resetAndDestroy()
  })
  await read(service.connection, query)
  expect(await read(service.connection, query)).toBe('job-1')
  expect(service.used).toEqual([1, 1, 2])
  expect([service.lines, service.time.pauses]).toEqual([[], []])
})

test('a stop ends the read that is sent once more as well', async () => {
  const stop = new AbortController()
  let closed: Promise<unknown> | undefined
  await using service = await openCounting((response, { socket }, number) => {
    if (number === 1) return void response.end(good)
    if (number === 2) return void socket.destroy()
    closed = once(socket, 'close')
    response.writeHead(200).flushHeaders()
    setTimeout(() => stop.abort(new Error('stopped')), 20)
  })
  await read(service.connection, query)
  await expect(read({ ...service.connection, stop: stop.signal }, query)).rejects.toThrow('stopped')
  expect(service.used).toEqual([1, 1, 2])
  await closed
})

test('that is done once: the fresh connection may break as any other', async () => {
  await using service = await openCounting((response, _, number) => {
    if (number === 1) response.end(good)
    else response.socket?.destroy()
  })
  await read(service.connection, query)
  const once: Connection = { ...service.connection, triesOnce: true }
  await expect(read(once, query)).rejects.toThrow('the connection broke')
  expect(service.used).toEqual([1, 1, 2])
  await expect(read(once, query)).rejects.toThrow('the connection broke')
  expect(service.used).toEqual([1, 1, 2, 3])
})

test('a change whose connection breaks is not sent again, however many are kept', async () => {
  await using service = await openCounting((response, { method }) => {
    if (method === 'GET') response.end(good)
    else response.socket?.destroy()
  })
  await read(service.connection, query)
  await expect(send(service.connection, post)).rejects.toBeInstanceOf(NoResponseError)
  expect(service.requests).toEqual(['GET /v2/x', 'POST /v2/start'])
})

test('a service that stops listening is not reached over a connection that it has closed', async () => {
  await using service = await openCounting(answer)
  await read(service.connection, query)
  await service.close()
  const once: Connection = { ...service.connection, triesOnce: true }
  await expect(read(once, query)).rejects.toThrow('no connection to')
})

test.each([
  ['is cut short', '{"code":0,"da', 'the response was cut short'],
  ['is too large', 'a'.repeat(17 * 1024 * 1024), 'the response is larger than 16 MB'],
])('a connection whose body %s is used no more', async (_, body, trouble) => {
  await using service = await openCounting((response, __, number) => {
    if (number !== 2) return void response.end(good)
    response.writeHead(200, { 'content-length': 20 * 1024 * 1024 })
    response.write(body, () => trouble.includes('cut') && response.socket?.destroy())
  })
  await read(service.connection, query)
  await expect(read({ ...service.connection, triesOnce: true }, query)).rejects.toThrow(trouble)
  expect(service.idle()).toEqual([])
  await read(service.connection, query)
  expect(service.used).toEqual([1, 1, 2])
})

test.each([
  ['before', ''],
  ['in the middle of', '{"code":0,"da'],
])('a stop %s a response destroys that connection, and no other', async (_, sent) => {
  const stop = new AbortController()
  await using service = await openCounting((response, { url }) => {
    if (url !== '/v2/slow') return void response.end(good)
    response.writeHead(200).flushHeaders()
    if (sent !== '') response.write(sent)
    setTimeout(() => stop.abort(new Error('stopped')), 20)
  })
  await Promise.all([1, 2].map(() => read(service.connection, query)))
  const slow = { ...query, path: '/v2/slow' }
  await expect(read({ ...service.connection, stop: stop.signal }, slow)).rejects.toThrow('stopped')
  expect(service.idle()).toHaveLength(1)
  expect(service.idle().every(socket => socket?.destroyed === false)).toBe(true)
  await read(service.connection, query)
  expect(service.connections()).toBe(2)
})

test('a stop after a whole response leaves its connection alone', async () => {
  const stop = new AbortController()
  await using service = await openCounting(answer)
  await read({ ...service.connection, stop: stop.signal }, query)
  stop.abort()
  await read(service.connection, query)
  expect(service.used).toEqual([1, 1])
})

test('an idle connection is closed after half a minute, or when the service says so', async () => {
  await using service = await openCounting((response, _, number) => {
    if (number === 1) response.setHeader('keep-alive', 'timeout=100')
    response.end(good)
  })
  await read(service.connection, query)
  expect(service.idle().map(socket => socket?.timeout)).toEqual([30_000])
  await read(service.connection, query)
  // Node's own server says five seconds; node may leave some of that.
  const [limit = Number.NaN] = service.idle().map(socket => socket?.timeout)
  expect(limit).toBeLessThanOrEqual(5_000)
})

test('the key goes to its own address alone', async () => {
  await using service = await openCounting(answer)
  await using other = await openCounting(answer)
  await read(service.connection, query)
  await read({ ...service.connection, baseUrl: other.url }, query)
  expect([service.used, other.used]).toEqual([[1], [1]])
})
