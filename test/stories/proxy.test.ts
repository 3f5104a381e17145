/** A runner behind a proxy: the service is an https host that only the proxy can find. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { startForwardingProxy, startTlsFront } from '../harness/proxy.ts'
import { nodes } from '../harness/runner.ts'
import { createBackup, type Inputs } from './steps.ts'
import { applied, errorOf, type StoryOptions, sent } from './story.ts'

const host = 'cloud.example'
const credentials = { username: 'runner', password: 'word-of-the-proxy' }

const portOf = (cloud: Simulator) => Number(new URL(cloud.baseUrl).port)

/** A backup of a service that only a proxy can reach. */
const backUp = (cloud: Simulator, { inputs, ...options }: StoryOptions & { inputs?: Inputs }) =>
  createBackup(
    cloud,
    { 'base-url': `https://${host}`, ...inputs },
    { passwords: [credentials.password], ...options },
  )

/** Records the traffic to a proxy, and refuses the tunnels that are to be refused. */
async function startTap(proxyUrl: string, refuse: (tunnel: number) => boolean = () => false) {
  const received: Buffer[] = []
  const sockets = new Set<Socket>()
  let tunnels = 0
  const server = createServer(client => {
    sockets.add(client)
    client.on('error', () => {})
    const refused = refuse(++tunnels)
    const onward = connect(Number(new URL(proxyUrl).port), '127.0.0.1')
    onward.on('error', () => client.destroy())
    client.on('data', chunk => {
      received.push(chunk)
      if (refused) client.end('HTTP/1.1 503 Service Unavailable\r\n\r\n')
      else onward.write(chunk)
    })
    client.on('close', () => onward.destroy())
    onward.on('data', chunk => {
      received.push(chunk)
      client.write(chunk)
    })
    onward.on('close', () => client.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(proxyUrl)
  url.port = `${(server.address() as AddressInfo).port}`
  return {
    url: url.href,
    received: () => Buffer.concat(received).toString('latin1'),
    tunnels: () => tunnels,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

describe.each(nodes)('on Node %s', node => {
  test.each(['https_proxy', 'HTTPS_PROXY'])(
    '%s leads to the service, and the proxy does not see the key',
    async name => {
      await using cloud = await startSimulator({ speed: 30 })
      await using front = await startTlsFront(portOf(cloud), host)
      await using proxy = await startForwardingProxy({ tlsPort: front.port })
      await using tap = await startTap(proxy.url)
      const story = await backUp(cloud, { env: { [name]: tap.url, NODE_EXTRA_CA_CERTS: front.caFile }, node })
      expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
      expect(proxy.tunnels.length).toBeGreaterThanOrEqual(story.requests.length)
      expect(new Set(proxy.tunnels)).toEqual(new Set([`${host}:443`]))
      expect(tap.received()).toContain(`CONNECT ${host}:443`)
      for (const secret of [cloud.apiKey, 'Bearer', '/v2/']) expect(tap.received()).not.toContain(secret)
    },
  )

  test('a proxy that asks for credentials gets them, and nobody else does', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    await using front = await startTlsFront(portOf(cloud), host)
    await using proxy = await startForwardingProxy({ tlsPort: front.port, credentials })
    const story = await backUp(cloud, {
      env: { https_proxy: proxy.url, NODE_EXTRA_CA_CERTS: front.caFile },
      node,
    })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(proxy.refused()).toBe(0)
    const headers = JSON.stringify(story.requests.map(request => request.headers))
    expect(headers.toLowerCase()).not.toContain('proxy-')
  })

  test('a tunnel that is refused under a POST: it never arrived, and is sent again', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    await using front = await startTlsFront(portOf(cloud), host)
    await using proxy = await startForwardingProxy({ tlsPort: front.port })
    cloud.world.addBackup({ clusterId: cloud.clusterId })
    // The first tunnel is for the list, the next three for the POST.
    await using tap = await startTap(proxy.url, tunnel => tunnel >= 2 && tunnel <= 4)
    const story = await backUp(cloud, {
      env: { https_proxy: tap.url, NODE_EXTRA_CA_CERTS: front.caFile },
      node,
    })
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
    expect(story.step.outputs).toHaveProperty('jobId')
    expect(sent(story, 'createBackup')).toHaveLength(1)
    expect(cloud.world.backups).toHaveLength(2)
    expect(story.step.log.filter(line => line.includes('tunneling socket'))).toEqual([
      `Could not start a backup of cluster ${cloud.clusterId}: the proxy ${new URL(tap.url).host} opened no connection, so Zilliz Cloud was not reached. (tunneling socket could not be established, statusCode=503) Trying again.`,
    ])
  })
})

const short = { timeout: '20s' }

describe('a proxy that refuses', () => {
  test('for missing credentials fails the step with its response', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    await using front = await startTlsFront(portOf(cloud), host)
    await using proxy = await startForwardingProxy({ tlsPort: front.port, credentials })
    const env = { https_proxy: proxy.bareUrl, NODE_EXTRA_CA_CERTS: front.caFile }
    const story = await backUp(cloud, { env, inputs: short })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
    expect(errorOf(story)).toMatch(
      /Could not list the backups of cluster .*: the proxy \S+ opened no connection, so Zilliz Cloud was not reached\. Nothing was started\. Check the proxy, and the variable https_proxy .*\. \(.*, statusCode=407\)$/,
    )
    expect([story.requests, proxy.tunnels]).toEqual([[], []])
    expect(proxy.refused()).toBeGreaterThan(2)
  })

  test('every tunnel of a POST fails the step, and nothing was started', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    await using front = await startTlsFront(portOf(cloud), host)
    await using proxy = await startForwardingProxy({ tlsPort: front.port })
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
    await using tap = await startTap(proxy.url, tunnel => tunnel >= 2)
    const env = { https_proxy: tap.url, NODE_EXTRA_CA_CERTS: front.caFile }
    const story = await backUp(cloud, { env, inputs: short })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
    expect(errorOf(story)).toMatch(
      /Could not start a backup of cluster .*: the proxy \S+ opened no connection, .*\. Nothing was started\. .*\(.*, statusCode=503\)$/,
    )
    expect(errorOf(story)).not.toContain('may have started')
    expect(cloud.world.backups.map(backup => backup.backupId)).toEqual([backupId])
  })
})

describe('a certificate that no authority has signed', () => {
  test('ends the step after three tries, and names the variable that trusts one', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    await using front = await startTlsFront(portOf(cloud), host)
    await using proxy = await startForwardingProxy({ tlsPort: front.port })
    const story = await backUp(cloud, { env: { https_proxy: proxy.url } })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toMatch(
      /^Could not list the backups of .*: the certificate of cloud\.example is not trusted, so Zilliz Cloud was not reached\. Nothing was started\. .*NODE_EXTRA_CA_CERTS.*\. \(self-signed certificate\b.*, tried 3 times\)$/,
    )
    expect(proxy.tunnels).toHaveLength(3)
    expect(story.requests).toEqual([])
  })
})

describe('no_proxy', () => {
  /** Makes the invented host resolvable without a proxy. */
  const preload = `import dns from 'node:dns'
    const real = dns.lookup
    dns.lookup = (name, options, done) => real(name === '${host}' ? '127.0.0.1' : name, options, done)`
  const findable = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(preload)}` }

  test.each([
    ['no_proxy', 'other.example', true],
    ['no_proxy', `other.example,${host}`, false],
    ['NO_PROXY', host, false],
    ['no_proxy', '.example', false],
  ])('%s=%s', async (name, value, proxied) => {
    await using cloud = await startSimulator({ speed: 10 })
    await using front = await startTlsFront(portOf(cloud), host)
    await using proxy = await startForwardingProxy({ tlsPort: front.port })
    const env = { ...findable, https_proxy: proxy.url, [name]: value, NODE_EXTRA_CA_CERTS: front.caFile }
    const inputs = { wait: 'false', 'base-url': `https://${host}:${front.port}` }
    const story = await createBackup(cloud, inputs, { env })
    expect(story.step.outputs.status).toBe('started')
    expect(applied(story, 'createBackup')).toHaveLength(1)
    expect(proxy.tunnels.length > 0).toBe(proxied)
  })

  test('is not needed for loopback', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    await using front = await startTlsFront(portOf(cloud), host)
    await using proxy = await startForwardingProxy({ tlsPort: front.port })
    const env = { https_proxy: proxy.url, http_proxy: proxy.url }
    expect((await createBackup(cloud, { wait: 'false' }, { env })).step.outputs.status).toBe('started')
    expect(proxy.tunnels).toEqual([])
  })
})
