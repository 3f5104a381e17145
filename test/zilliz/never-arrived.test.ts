import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, createServer as createNetServer } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NoResponseError } from '../../src/zilliz/errors.ts'
import { neverArrived } from '../../src/zilliz/network-fault.ts'
import { sendRequest } from '../../src/zilliz/transport.ts'
import { selfSigned } from '../harness/certificate.ts'
import { listening } from './listening.ts'

const respond: RequestListener = (_, response) => response.end('{"code":0}')

async function refusedPort(): Promise<number> {
  const { port, close } = await listening(createNetServer())
  await close()
  return port
}

/** The error of a POST to that address. */
async function failed(url: string): Promise<NoResponseError> {
  const request = {
    apiKey: 'key-123456',
    userAgent: 'agent',
    timeout: 10_000,
    elapsed: () => performance.now(),
    stop: new AbortController().signal,
  }
  const error = await sendRequest({ method: 'POST', url, body: {}, ...request }).catch(thrown => thrown)
  expect(error).toBeInstanceOf(NoResponseError)
  return error
}

const checkAddress = 'Check base-url, and whether the network of this runner reaches it.'
const checkCertificate =
  'Check base-url. Where a proxy or a private certificate authority signs, set NODE_EXTRA_CA_CERTS to its certificate.'

// The proxy settings of the machine that runs the tests must not matter.
beforeEach(() => {
  for (const name of ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']) vi.stubEnv(name, '')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

test('a refused port: it never arrived', async () => {
  const error = await failed(`http://127.0.0.1:${await refusedPort()}`)
  expect(error).toMatchObject({ kind: 'never-sent', cause: { code: 'ECONNREFUSED' } })
  expect(error.parts).toEqual({
    what: expect.stringMatching(/^no connection to 127\.0\.0\.1:\d+, so Zilliz Cloud was not reached$/),
    next: checkAddress,
    answer: expect.stringContaining('ECONNREFUSED'),
    help: 'zilliz-cloud-was-not-reached',
  })
})

test('a refused port on every address of a name: it never arrived', async () => {
  const port = await refusedPort()
  const error = await new Promise<Error>(resolve => {
    const lookup = (_: string, __: object, callback: (error: null, all: object[]) => void) =>
      callback(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '127.0.0.2', family: 4 },
      ])
    connect({ host: 'two.invalid', port, lookup: lookup as never, autoSelectFamily: true }).on(
      'error',
      resolve,
    )
  })
  expect(error).toMatchObject({
    code: 'ECONNREFUSED',
    errors: [{ syscall: 'connect' }, { syscall: 'connect' }],
  })
  expect(neverArrived(error)).toBe(true)
})

test('an unknown host: it never arrived', async () => {
  const error = await failed('https://nowhere.invalid')
  expect(error).toMatchObject({ kind: 'never-sent', cause: { syscall: 'getaddrinfo' } })
  expect(error.parts).toEqual({
    what: 'no DNS answer for nowhere.invalid, so Zilliz Cloud was not reached',
    next: checkAddress,
    answer: expect.stringContaining('getaddrinfo'),
    help: 'zilliz-cloud-was-not-reached',
  })
})

test('TLS to a port that speaks plain HTTP: it never arrived', async () => {
  await using server = await listening(createServer(respond))
  const error = await failed(`https://127.0.0.1:${server.port}`)
  expect(error).toMatchObject({ kind: 'never-sent' })
  expect(error.parts).toMatchObject({
    what: `no TLS connection to 127.0.0.1:${server.port}, so Zilliz Cloud was not reached`,
    next: checkCertificate,
  })
})

const day = 86_400_000

/** The key and certificate of a host, valid from two days ago. */
function certificate(name: string, validFor: number) {
  return selfSigned(name, { from: new Date(Date.now() - 2 * day), to: new Date(Date.now() + validFor) })
}

test('a certificate that no authority has signed: it never arrived', async () => {
  let requests = 0
  const pem = certificate('localhost', day)
  await using server = await listening(
    createTlsServer(pem, (request, response) => {
      requests++
      respond(request, response)
    }),
  )
  const error = await failed(`https://127.0.0.1:${server.port}`)
  expect(error).toMatchObject({ kind: 'never-sent', cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } })
  expect(error.parts).toEqual({
    what: `the certificate of 127.0.0.1:${server.port} is not trusted, so Zilliz Cloud was not reached`,
    next: checkCertificate,
    answer: expect.stringMatching(/^self-signed certificate\b/),
    help: 'zilliz-cloud-was-not-reached',
  })
  expect(requests).toBe(0)
})

test.each([
  ['for another host', 'elsewhere.example', day, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['expired', 'localhost', -day, 'CERT_HAS_EXPIRED'],
])('a certificate that is %s: it never arrived', async (_, name, validFor, code) => {
  const pem = certificate(name, validFor)
  await using server = await listening(createTlsServer(pem, respond))
  const error = await new Promise<Error>(resolve => {
    connectTls({ host: '127.0.0.1', servername: 'localhost', port: server.port, ca: pem.cert }).on(
      'error',
      resolve,
    )
  })
  expect(error).toMatchObject({ code })
  expect(neverArrived(error)).toBe(true)
})

test('a handshake that the service refuses: it never arrived', async () => {
  const pem = certificate('localhost', day)
  await using server = await listening(
    createTlsServer({ ...pem, minVersion: 'TLSv1.3', ciphers: 'TLS_AES_128_CCM_8_SHA256' }, respond),
  )
  expect(await failed(`https://127.0.0.1:${server.port}`)).toMatchObject({ kind: 'never-sent' })
})

test('a proxy that refuses the tunnel: it never arrived, and the sentence names the proxy ("Requests")', async () => {
  const tunnels: (string | undefined)[] = []
  const server = createServer(respond).on('connect', (request, socket) => {
    tunnels.push(request.url)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await using proxy = await listening(server)
  vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`)
  const error = await failed('https://service.invalid/v2')
  expect(error).toMatchObject({ kind: 'never-sent' })
  expect(error.parts).toEqual({
    what: `the proxy 127.0.0.1:${proxy.port} opened no connection, so Zilliz Cloud was not reached`,
    next: 'Check the proxy, and the variable https_proxy or http_proxy that names it.',
    answer: 'tunneling socket could not be established, statusCode=403',
    help: 'zilliz-cloud-was-not-reached',
  })
  expect(tunnels).toEqual(['service.invalid:443'])
})

test('a proxy that is not there: it never arrived', async () => {
  vi.stubEnv('https_proxy', `http://127.0.0.1:${await refusedPort()}`)
  const error = await failed('https://service.invalid/v2')
  expect(error).toMatchObject({ kind: 'never-sent' })
  expect(error.parts.what).toMatch(/^the proxy 127\.0\.0\.1:\d+ opened no connection, so /)
})

test('a connection that ends once the request is in flight: it may have arrived', async () => {
  await using server = await listening(
    createNetServer(socket => {
      socket.on('error', () => {})
      socket.once('data', () => socket.resetAndDestroy())
    }),
  )
  const error = await failed(`http://127.0.0.1:${server.port}`)
  expect(error).toMatchObject({ kind: 'lost', cause: { code: 'ECONNRESET' } })
  expect(error.parts).toEqual({ what: 'the connection broke', answer: 'read ECONNRESET' })
})

test.each([
  [{ code: 'ECONNRESET', syscall: 'read' }, 'read ECONNRESET'],
  [{ code: 'EPIPE', syscall: 'write' }, 'write EPIPE'],
  [{ code: 'ETIMEDOUT', syscall: 'read' }, 'read ETIMEDOUT'],
  [{ code: 'ECONNRESET' }, 'socket hang up'],
  [{ code: 'EPROTO', syscall: 'write' }, 'write EPROTO: SSL routines:ssl3_read_bytes:bad record mac'],
  [{ code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' }, 'decryption failed or bad record mac'],
  [{ code: 'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR' }, 'tlsv1 alert internal error'],
  [{ code: 'HPE_INVALID_CONSTANT' }, 'Parse Error: Expected HTTP/'],
  [{}, 'anything else'],
])('it may have arrived: %j %s', (fields, message) => {
  expect(neverArrived(Object.assign(new Error(message), fields))).toBe(false)
})

test('a value that is not an error proves nothing', () => {
  expect(neverArrived({ syscall: 'connect' })).toBe(false)
  expect(neverArrived(undefined)).toBe(false)
})
