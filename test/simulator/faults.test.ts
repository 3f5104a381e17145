import { request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { get } from './client.ts'

interface Result {
  status: number | undefined
  text: string
  /** Code of the error; undefined for a complete response. */
  error: string | undefined
  milliseconds: number
}

/** GET with plain node:http, which hides no error; fails when nothing arrives for `timeout` milliseconds. */
function rawGet(cloud: Simulator, path = '/v2/projects', timeout = 4000): Promise<Result> {
  const started = Date.now()
  return new Promise(resolve => {
    let status: number | undefined
    let text = ''
    const end = (error?: string) => resolve({ status, text, error, milliseconds: Date.now() - started })
    const call = request(cloud.baseUrl + path, {
      agent: false,
      timeout,
      headers: { authorization: `Bearer ${cloud.apiKey}` },
    })
    call.on('response', response => {
      status = response.statusCode
      response.setEncoding('utf8')
      response.on('data', chunk => {
        text += chunk
      })
      response.on('end', () => end())
      response.on('error', (error: NodeJS.ErrnoException) => end(error.code))
    })
    call.on('timeout', () => {
      end('TIMEOUT')
      call.destroy()
    })
    call.on('error', (error: NodeJS.ErrnoException) => end(error.code))
    call.end()
  })
}

/** Milliseconds after which a response counts as stalled; anything that is sent arrives much sooner. */
const STALL = 90

/** How a client observes each fault. The type fails to compile when a kind of fault has no test. */
const checks: {
  [Kind in Fault['kind']]: (cloud: Simulator, inject: (fault: Fault) => void) => Promise<void>
} = {
  async reset(cloud, inject) {
    inject({ kind: 'reset' })
    expect(await rawGet(cloud)).toMatchObject({ status: undefined, error: 'ECONNRESET' })
  },
  async close(cloud, inject) {
    inject({ kind: 'close' })
    expect(await rawGet(cloud)).toMatchObject({ status: undefined, error: 'ECONNRESET' })
  },
  async 'reset-in-body'(cloud, inject) {
    inject({ kind: 'reset-in-body' })
    const result = await rawGet(cloud)
    expect(result).toMatchObject({ status: 200, error: 'ECONNRESET' })
    expect(result.text).toMatch(/^\{"code":0,.*[^}]$/)
  },
  async stall(cloud, inject) {
    inject({ kind: 'stall' })
    expect(await rawGet(cloud, '/v2/projects', STALL)).toMatchObject({ status: undefined, error: 'TIMEOUT' })
  },
  async 'stall-in-body'(cloud, inject) {
    inject({ kind: 'stall-in-body' })
    const result = await rawGet(cloud, '/v2/projects', STALL)
    expect(result).toMatchObject({ status: 200, error: 'TIMEOUT' })
    expect(result.text).toMatch(/^\{"code":0,/)
  },
  async drip(cloud, inject) {
    inject({ kind: 'drip', bytes: 100, everyMs: 10 })
    const result = await rawGet(cloud)
    expect(JSON.parse(result.text).code).toBe(0)
    expect(result.milliseconds).toBeGreaterThan(20)
  },
  async late(cloud, inject) {
    inject({ kind: 'late', ms: 2 * STALL })
    expect(await rawGet(cloud, '/v2/projects', STALL)).toMatchObject({ status: undefined, error: 'TIMEOUT' })
    inject({ kind: 'late', ms: STALL })
    expect(JSON.parse((await rawGet(cloud)).text).code).toBe(0)
  },
  async trickle(cloud, inject) {
    inject({ kind: 'trickle' })
    expect(await rawGet(cloud, '/v2/projects', STALL)).toMatchObject({ status: 200, error: 'TIMEOUT' })
  },
  async cut(cloud, inject) {
    inject({ kind: 'cut' })
    const result = await rawGet(cloud)
    expect(result).toMatchObject({ status: 200, error: 'ECONNRESET' })
    expect(JSON.parse(result.text).code).toBe(0)
  },
  async huge(cloud, inject) {
    inject({ kind: 'huge', megabytes: 1 })
    expect(JSON.parse((await rawGet(cloud)).text)).toMatchObject({ code: 0, data: {} })
    inject({ kind: 'huge', megabytes: 1, announced: true })
    expect((await rawGet(cloud)).text).toHaveLength(1024 * 1024)
  },
  async refuse(cloud, inject) {
    inject({ kind: 'refuse', ms: 100 })
    expect(await rawGet(cloud)).toMatchObject({ status: 200, error: undefined })
    const results = [await rawGet(cloud)]
    while (results.at(-1)?.error === 'ECONNREFUSED') {
      await sleep(10)
      results.push(await rawGet(cloud))
    }
    expect(results[0]).toMatchObject({ error: 'ECONNREFUSED' })
    expect(results.at(-1)).toMatchObject({ status: 200 })
  },
  async empty(cloud, inject) {
    inject({ kind: 'empty' })
    expect(await rawGet(cloud)).toMatchObject({ status: 200, text: '', error: undefined })
  },
  async html(cloud, inject) {
    inject({ kind: 'html', status: 502 })
    expect(await rawGet(cloud)).toMatchObject({ status: 502, text: expect.stringContaining('<html>') })
  },
  async 'invalid-json'(cloud, inject) {
    inject({ kind: 'invalid-json' })
    const result = await rawGet(cloud)
    expect(() => JSON.parse(result.text)).toThrow()
    expect(result.status).toBe(200)
  },
  async response(cloud, inject) {
    inject({ kind: 'response', status: 418, headers: { 'x-tea': 'green' }, body: { code: 7 } })
    const response = await get(cloud, '/v2/projects')
    expect([response.status, response.headers.get('x-tea'), response.body]).toEqual([
      418,
      'green',
      { code: 7 },
    ])
    inject({ kind: 'response', status: 200, body: 'plain' })
    expect((await rawGet(cloud)).text).toBe('plain')
  },
  async gateway(cloud, inject) {
    inject({ kind: 'gateway', status: 429, retryAfter: 3, rateLimitReset: 4 })
    const response = await get(cloud, '/v2/projects')
    expect(response.status).toBe(429)
    expect(response.body).toEqual({ message: 'API rate limit exceeded' })
    expect([response.headers.get('retry-after'), response.headers.get('ratelimit-reset')]).toEqual(['3', '4'])
    inject({ kind: 'gateway', status: 503, retryAfterDate: 60 })
    const later = await get(cloud, '/v2/projects')
    const ahead = Date.parse(later.headers.get('retry-after') ?? '') - cloud.world.now()
    expect(ahead).toBeGreaterThan(50_000)
    expect(ahead).toBeLessThanOrEqual(60_000)
  },
  async envelope(cloud, inject) {
    inject({ kind: 'envelope', status: 500, code: '96040', message: 'no' })
    expect(await get(cloud, '/v2/projects')).toMatchObject({
      status: 500,
      body: { code: '96040', message: 'no' },
    })
    inject({ kind: 'envelope', status: 200, data: { jobId: 'job-1' } })
    const { status, body } = await get(cloud, '/v2/projects')
    expect([status, body]).toEqual([200, { message: 'The service failed', data: { jobId: 'job-1' } }])
    inject({ kind: 'envelope', status: 200, code: null })
    expect((await get(cloud, '/v2/projects')).body.code).toBeNull()
  },
  async meanwhile(cloud, inject) {
    inject({ kind: 'meanwhile', act: ({ path }) => cloud.world.addCluster({ clusterName: path }) })
    const names = (await get(cloud, '/v2/clusters')).body.data.clusters.map(
      (cluster: { clusterName: string }) => cluster.clusterName,
    )
    expect(names).toContain('/v2/clusters')
  },
  async 'without-entry'(cloud, inject) {
    const { clusterId } = cloud.world.addCluster({ clusterName: 'newest' })
    const read = async () => {
      const { count, clusters } = (await get(cloud, '/v2/clusters?pageSize=5')).body.data
      return [count, ...clusters.map((cluster: { clusterName: string }) => cluster.clusterName)]
    }
    inject({ kind: 'without-entry' })
    expect(await read()).toEqual([4, 'playground', 'scratch', 'staging', 'production'])
    inject({ kind: 'without-entry', id: cloud.clusterId })
    expect(await read()).toEqual([4, 'newest', 'playground', 'scratch', 'staging'])
    expect((await read())[0]).toBe(5)
    expect((await get(cloud, `/v2/clusters/${clusterId}`)).body.code).toBe(0)
    cloud.world.addBackup({ clusterId, ageSeconds: 60 })
    cloud.world.addBackup({ clusterId, ageSeconds: 30, status: 'DELETED' })
    inject({ kind: 'without-entry' })
    expect((await get(cloud, '/v2/backups')).body.data.backups).toEqual([])
  },
  async redirect(cloud, inject) {
    inject({ kind: 'redirect', status: 307 })
    const response = await get(cloud, '/v2/projects')
    expect(response.status).toBe(307)
    expect(cloud.elsewhere).toEqual([])
    inject({ kind: 'redirect', status: 302 })
    await fetch(`${cloud.baseUrl}/v2/projects`, { headers: { 'x-mine': 'secret' } })
    expect(cloud.elsewhere).toMatchObject([
      { method: 'GET', path: '/elsewhere', headers: { 'x-mine': 'secret' } },
    ])
    inject({ kind: 'redirect', status: 302, to: 'https://example.invalid/' })
    expect((await get(cloud, '/v2/projects')).headers.get('location')).toBe('https://example.invalid/')
  },
  async 'echo-authorization'(cloud, inject) {
    inject({ kind: 'echo-authorization' })
    const { status, body } = await get(cloud, '/v2/projects')
    expect([status, body.code]).toEqual([401, 80001])
    expect(body.message).toContain(cloud.apiKey)
  },
  async 'code-as-text'(cloud, inject) {
    inject({ kind: 'code-as-text' })
    expect((await get(cloud, '/v2/projects')).body.code).toBe('0')
  },
  async 'data-null'(cloud, inject) {
    inject({ kind: 'data-null' })
    expect((await get(cloud, '/v2/projects')).body).toEqual({ code: 0, data: null })
  },
  async 'without-ids'(cloud, inject) {
    inject({ kind: 'without-ids' })
    const [cluster] = (await get(cloud, '/v2/clusters')).body.data.clusters
    expect(cluster).not.toHaveProperty('clusterId')
    expect(cluster).toHaveProperty('status')
    inject({ kind: 'without-ids', ids: ['projectId'] })
    const [kept] = (await get(cloud, '/v2/clusters')).body.data.clusters
    expect([kept.clusterId, kept.projectId]).toEqual([expect.any(String), undefined])
  },
  async hostile(cloud, inject) {
    inject({ kind: 'hostile', text: '::error::gotcha' })
    expect((await get(cloud, '/v2/clusters/in01-0')).body).toEqual({
      code: 96018,
      message: '::error::gotcha',
    })
    inject({ kind: 'hostile', text: original => `${original}\n<b>` })
    expect((await get(cloud, '/v2/projects')).body.data[0].projectName).toBe('Default Project\n<b>')
  },
  async edit(cloud, inject) {
    inject({ kind: 'edit', edit: response => ({ ...response, extra: true }) })
    expect((await get(cloud, '/v2/projects')).body).toMatchObject({ code: 0, extra: true })
  },
}

test.each(Object.keys(checks) as Fault['kind'][])('fault %s', async kind => {
  await using cloud = await startSimulator()
  await checks[kind](cloud, fault => cloud.faults.inject({ operation: '*', fault }))
  expect(cloud.requests.some(record => record.fault === kind)).toBe(true)
  expect(cloud.faults.pending()).toEqual([])
  expect(cloud.problems).toEqual([])
})

test('a client that disconnects during its response does not affect the simulator', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: '*', times: 3, fault: { kind: 'huge', megabytes: 50 } })
  for (let round = 0; round < 3; round++) {
    const socket = connect(Number(new URL(cloud.baseUrl).port), '127.0.0.1')
    socket.on('error', () => {})
    socket.write('GET /v2/projects HTTP/1.1\r\nhost: x\r\n\r\n')
    await new Promise(resolve => socket.once('data', resolve))
    socket.resetAndDestroy()
  }
  expect((await get(cloud, '/v2/projects')).status).toBe(200)
})

test('the port can be closed immediately, and the simulator can be closed meanwhile', async () => {
  const cloud = await startSimulator()
  cloud.refuseFor(60_000)
  expect(await rawGet(cloud)).toMatchObject({ error: 'ECONNREFUSED' })
  await cloud.close()
})

test('the simulator can be closed while a response stalls', async () => {
  const cloud = await startSimulator()
  cloud.faults.inject({ operation: '*', fault: { kind: 'stall' } })
  const stalled = rawGet(cloud)
  while (cloud.requests.length === 0) await sleep(2)
  await cloud.close()
  expect(await stalled).toMatchObject({ error: 'ECONNRESET' })
})
