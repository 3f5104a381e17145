import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startForwardingProxy, startTlsFront } from './proxy.ts'
import { runToy } from './toy/toy.ts'

let plain: Server
let port: number
beforeAll(async () => {
  plain = createServer((request, response) => {
    if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': '100' })
      response.write('short', () => response.destroy())
      return
    }
    request.setEncoding('utf8')
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => response.end(`${request.method} ${request.headers.host}${request.url} ${body}`))
  })
  await new Promise<void>(resolve => plain.listen(0, '127.0.0.1', resolve))
  port = (plain.address() as AddressInfo).port
})
afterAll(() => plain.close())

const ask = (path: string): string => `
  const { HttpClient } = await import(${JSON.stringify(import.meta.resolve('@actions/http-client'))})
  const client = new HttpClient('test', [], { allowRetries: false })
  try {
    const response = await client.request('POST', 'https://cloud.example${path}', 'hello', {})
    console.log(response.message.statusCode, await response.readBody())
  } catch (error) {
    console.log(error.message)
  }`

test('an invented host is reached through the proxy and TLS', async () => {
  await using front = await startTlsFront(port, 'cloud.example')
  await using proxy = await startForwardingProxy({ tlsPort: front.port })
  const env = { https_proxy: proxy.url, NODE_EXTRA_CA_CERTS: front.caFile }
  expect((await runToy(ask('/v2/x'), { env })).log).toEqual(['200 POST cloud.example/v2/x hello'])
  expect(proxy.tunnels).toEqual(['cloud.example:443'])
})

test('a certificate that no authority has signed is refused', async () => {
  await using front = await startTlsFront(port, 'cloud.example')
  await using proxy = await startForwardingProxy({ tlsPort: front.port })
  const result = await runToy(ask('/'), { env: { https_proxy: proxy.url } })
  expect(result.log[0]).toMatch(/self-signed certificate/)
})

test('so is a certificate of another host', async () => {
  await using front = await startTlsFront(port, 'other.example')
  await using proxy = await startForwardingProxy({ tlsPort: front.port })
  const env = { https_proxy: proxy.url, NODE_EXTRA_CA_CERTS: front.caFile }
  expect((await runToy(ask('/'), { env })).log[0]).toMatch(/does not match certificate/)
})

test('credentials are required', async () => {
  await using front = await startTlsFront(port, 'cloud.example')
  const credentials = { username: 'user', password: 'pass' }
  await using proxy = await startForwardingProxy({ tlsPort: front.port, credentials })
  const NODE_EXTRA_CA_CERTS = front.caFile
  const refused = await runToy(ask('/'), { env: { https_proxy: proxy.bareUrl, NODE_EXTRA_CA_CERTS } })
  expect(refused.log[0]).toContain('407')
  expect([proxy.tunnels, proxy.refused()]).toEqual([[], 1])
  const taken = await runToy(ask('/'), { env: { https_proxy: proxy.url, NODE_EXTRA_CA_CERTS } })
  expect(taken.log[0]).toMatch(/^200 /)
})

test('a cut response arrives cut', async () => {
  await using front = await startTlsFront(port, 'cloud.example')
  await using proxy = await startForwardingProxy({ tlsPort: front.port })
  const script = `
    const { HttpClient } = await import(${JSON.stringify(import.meta.resolve('@actions/http-client'))})
    const response = await new HttpClient('test').request('GET', 'https://cloud.example/cut', null, {})
    response.message.on('aborted', () => console.log('cut')).on('error', () => {}).resume()`
  const env = { https_proxy: proxy.url, NODE_EXTRA_CA_CERTS: front.caFile }
  expect((await runToy(script, { env })).log).toEqual(['cut'])
})
