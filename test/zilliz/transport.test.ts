import { getEventListeners } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createNetServer, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import { NoResponseError } from '../../src/zilliz/errors.ts'
import { type HttpRequest, sendRequest } from '../../src/zilliz/transport.ts'
import { listening } from './listening.ts'

const MB = 1024 * 1024

const serve = (handler: RequestListener, host?: string) => listening(createServer(handler), host)

/** A server that speaks no HTTP but sends what the test gives. */
function serveRaw(onData: (socket: Socket) => void) {
  return listening(createNetServer(socket => socket.once('data', () => onData(socket))))
}

function send(url: string, more: Partial<HttpRequest> = {}) {
  const stop = new AbortController().signal
  return sendRequest({
    method: 'GET',
    url,
    apiKey: 'key-123456',
    userAgent: 'agent/1',
    timeout: 5_000,
    elapsed: () => performance.now(),
    stop,
    ...more,
  })
}

async function failure(promise: Promise<unknown>): Promise<NoResponseError> {
  const error = await promise.then(
    response => new Error(`it responded: ${JSON.stringify(response)}`),
    thrown => thrown,
  )
  expect(error).toBeInstanceOf(NoResponseError)
  return error
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('a whole response, in pieces that cut a character', async () => {
  const bytes = Buffer.from('{"name":"生产"}')
  await using server = await serve((_, response) => {
    response.writeHead(201, { 'X-Request-Id': 'r1' })
    response.write(bytes.subarray(0, 10))
    setTimeout(() => response.end(bytes.subarray(10)), 10)
  })
  const { status, headers, text } = await send(`${server.url}/v2/x?pageSize=1`)
  expect(status).toBe(201)
  expect(headers['x-request-id']).toBe('r1')
  expect(text).toBe('{"name":"生产"}')
})

test('a request has the key, the user agent, the accepted type, and a body only where there is one', async () => {
  const seen: unknown[] = []
  await using server = await serve(async (request, response) => {
    const { method, url, headers } = request
    const { authorization, accept } = headers
    seen.push([
      [method, url, authorization, accept, headers['user-agent']],
      [headers['content-type'], headers['content-length'], await bodyOf(request)],
    ])
    response.end()
  })
  await send(`${server.url}/v2/jobs/a%2Fb?x=1`)
  await send(`${server.url}/v2/x`, { method: 'POST', body: { name: '生' } })
  await send(`${server.url}/v2/x`, { method: 'DELETE' })
  const common = ['Bearer key-123456', 'application/json', 'agent/1']
  expect(seen).toEqual([
    [
      ['GET', '/v2/jobs/a%2Fb?x=1', ...common],
      [undefined, undefined, ''],
    ],
    [
      ['POST', '/v2/x', ...common],
      ['application/json', '14', '{"name":"生"}'],
    ],
    [
      ['DELETE', '/v2/x', ...common],
      [undefined, undefined, ''],
    ],
  ])
  expect(server.connections()).toBe(3)
})

test.each([401, 404, 429, 500, 502, 503, 504])('HTTP %d is a response, requested once', async status => {
  let requests = 0
  await using server = await serve((_, response) => {
    requests++
    response.writeHead(status).end('{"code":1}')
  })
  expect(await send(server.url)).toMatchObject({ status, text: '{"code":1}' })
  expect(requests).toBe(1)
})

test.each(['GET', 'POST', 'DELETE'] as const)(
  'a redirect of a %s is not followed, and the key is not sent on',
  async method => {
    let redirected = 0
    await using elsewhere = await serve((_, response) => {
      redirected++
      response.end()
    })
    await using server = await serve((_, response) => {
      response.writeHead(method === 'POST' ? 307 : 302, { location: elsewhere.url }).end('moved')
    })
    const { status, text } = await send(server.url, { method })
    expect([status, text]).toEqual([method === 'POST' ? 307 : 302, 'moved'])
    expect(redirected).toBe(0)
  },
)

test.each([
  ['a body shorter than announced', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"code":0'],
  ['a chunked body without its end', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"cod'],
  ['headers without their end', 'HTTP/1.1 200 OK\r\nContent-Le'],
  ['nothing at all', ''],
  ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
])('%s is no response, and the request may have arrived', async (_, bytes) => {
  await using server = await serveRaw(socket => socket.end(bytes))
  const error = await failure(send(server.url, { method: 'POST', body: {} }))
  expect(error).toMatchObject({ kind: 'lost' })
  expect(error.message).not.toBe('')
})

test.each([
  ['before', ''],
  ['in the middle of', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"code":0'],
])('after a reset %s the response the request may have arrived', async (_, bytes) => {
  await using server = await serveRaw(socket =>
    bytes === ''
      ? socket.resetAndDestroy()
      : socket.write(bytes, () => setTimeout(() => socket.resetAndDestroy(), 20)),
  )
  const error = await failure(send(server.url, { method: 'POST', body: {} }))
  expect(error).toMatchObject({ kind: 'lost' })
})

test.each([
  ['headers', ''],
  ['a body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"code":0'],
  ['a trickle', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'],
])('%s that stalls is ended by the timeout, and the connection with it', async (what, bytes) => {
  let closed: Promise<unknown> = Promise.resolve()
  await using server = await serveRaw(socket => {
    socket.write(bytes)
    const trickle = what === 'a trickle' ? setInterval(() => socket.write('1\r\nx\r\n'), 5) : undefined
    closed = new Promise<void>(resolve => socket.on('close', () => resolve())).finally(() =>
      clearInterval(trickle),
    )
  })
  const start = performance.now()
  const error = await failure(send(server.url, { timeout: 60 }))
  expect(error.message).toBe('no complete response within 1 s')
  expect(error.kind).toBe('lost')
  expect(performance.now() - start).toBeGreaterThanOrEqual(55)
  expect(performance.now() - start).toBeLessThan(4_000)
  await closed
})

test('a response of 16 MB is read; a larger one is rejected without reading on', async () => {
  await using fits = await serve((_, response) => response.end(Buffer.alloc(16 * MB, 'a')))
  expect((await send(fits.url)).text).toHaveLength(16 * MB)

  let written = 0
  const chunk = Buffer.alloc(MB, 'a')
  await using endless = await serve((_, response) => {
    const more = () => {
      while (!response.destroyed && written < 512 * MB) {
        written += MB
        if (!response.write(chunk)) {
          response.once('drain', more)
          return
        }
      }
    }
    more()
  })
  const error = await failure(send(endless.url))
  expect(error.message).toBe('the response is larger than 16 MB')
  expect(written).toBeLessThan(64 * MB)
})

test('a stop ends an exchange at once with its reason, and the connection with it', async () => {
  const stop = new AbortController()
  const reason = new Error('the step was cancelled')
  let closed: Promise<unknown> = Promise.resolve()
  await using server = await serve((_, response) => {
    closed = new Promise<void>(resolve => response.on('close', () => resolve()))
    setTimeout(() => stop.abort(reason), 20)
  })
  await expect(send(server.url, { stop: stop.signal })).rejects.toBe(reason)
  await closed
  await expect(send(server.url, { stop: stop.signal })).rejects.toBe(reason)
  expect(server.connections()).toBe(1)
})

test('no listener stays on the signal', async () => {
  await using server = await serve((_, response) => response.end())
  const stop = new AbortController()
  await send(server.url, { stop: stop.signal })
  await failure(send('http://127.0.0.1:1', { stop: stop.signal }))
  expect(getEventListeners(stop.signal, 'abort')).toEqual([])
})

const ipv6 = Object.values(networkInterfaces()).some(all => all?.some(({ address }) => address === '::1'))

test.runIf(ipv6)('a host may be an IPv6 address', async () => {
  await using server = await serve((_, response) => response.end('six'), '::1')
  expect((await send(server.url)).text).toBe('six')
})
