import { request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { ask } from './ask.ts'

interface Seen {
  status: number | undefined
  text: string
  /** Code of the error that ended it; undefined for a whole answer. */
  error: string | undefined
  milliseconds: number
}

/** GET with bare node:http, which hides nothing; gives up when nothing has come for `patience` milliseconds. */
function look(cloud: Simulator, path = '/v2/projects', patience = 4000): Promise<Seen> {
  const started = Date.now()
  return new Promise(resolve => {
    let status: number | undefined
    let text = ''
    const end = (error?: string) => resolve({ status, text, error, milliseconds: Date.now() - started })
    const call = request(cloud.baseUrl + path, {
      agent: false,
      timeout: patience,
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
      end('PATIENCE')
      call.destroy()
    })
    call.on('error', (error: NodeJS.ErrnoException) => end(error.code))
    call.end()
  })
}

/** Milliseconds after which an answer counts as stalled; what is sent at all is sent far sooner. */
const STALL = 90

/** What each fault looks like to a client. The type makes sure that none is forgotten. */
const wire: { [Kind in Fault['kind']]: (cloud: Simulator, lay: (fault: Fault) => void) => Promise<void> } = {
  async reset(cloud, lay) {
    lay({ kind: 'reset' })
    expect(await look(cloud)).toMatchObject({ status: undefined, error: 'ECONNRESET' })
  },
  async close(cloud, lay) {
    lay({ kind: 'close' })
    expect(await look(cloud)).toMatchObject({ status: undefined, error: 'ECONNRESET' })
  },
  async 'reset-in-body'(cloud, lay) {
    lay({ kind: 'reset-in-body' })
    const seen = await look(cloud)
    expect(seen).toMatchObject({ status: 200, error: 'ECONNRESET' })
    expect(seen.text).toMatch(/^\{"code":0,.*[^}]$/)
  },
  async stall(cloud, lay) {
    lay({ kind: 'stall' })
    expect(await look(cloud, '/v2/projects', STALL)).toMatchObject({ status: undefined, error: 'PATIENCE' })
  },
  async 'stall-in-body'(cloud, lay) {
    lay({ kind: 'stall-in-body' })
    const seen = await look(cloud, '/v2/projects', STALL)
    expect(seen).toMatchObject({ status: 200, error: 'PATIENCE' })
    expect(seen.text).toMatch(/^\{"code":0,/)
  },
  async drip(cloud, lay) {
    lay({ kind: 'drip', bytes: 100, everyMs: 10 })
    const seen = await look(cloud)
    expect(JSON.parse(seen.text).code).toBe(0)
    expect(seen.milliseconds).toBeGreaterThan(20)
  },
  async cut(cloud, lay) {
    lay({ kind: 'cut' })
    const seen = await look(cloud)
    expect(seen).toMatchObject({ status: 200, error: 'ECONNRESET' })
    expect(JSON.parse(seen.text).code).toBe(0)
  },
  async huge(cloud, lay) {
    lay({ kind: 'huge', megabytes: 1 })
    expect(JSON.parse((await look(cloud)).text)).toMatchObject({ code: 0, data: {} })
    lay({ kind: 'huge', megabytes: 1, announced: true })
    expect((await look(cloud)).text).toHaveLength(1024 * 1024)
  },
  async refuse(cloud, lay) {
    lay({ kind: 'refuse', ms: 100 })
    expect(await look(cloud)).toMatchObject({ status: 200, error: undefined })
    const seen = [await look(cloud)]
    while (seen.at(-1)?.error === 'ECONNREFUSED') {
      await sleep(10)
      seen.push(await look(cloud))
    }
    expect(seen[0]).toMatchObject({ error: 'ECONNREFUSED' })
    expect(seen.at(-1)).toMatchObject({ status: 200 })
  },
  async empty(cloud, lay) {
    lay({ kind: 'empty' })
    expect(await look(cloud)).toMatchObject({ status: 200, text: '', error: undefined })
  },
  async html(cloud, lay) {
    lay({ kind: 'html', status: 502 })
    expect(await look(cloud)).toMatchObject({ status: 502, text: expect.stringContaining('<html>') })
  },
  async 'invalid-json'(cloud, lay) {
    lay({ kind: 'invalid-json' })
    const seen = await look(cloud)
    expect(() => JSON.parse(seen.text)).toThrow()
    expect(seen.status).toBe(200)
  },
  async answer(cloud, lay) {
    lay({ kind: 'answer', status: 418, headers: { 'x-tea': 'green' }, body: { code: 7 } })
    const reply = await ask(cloud, 'GET', '/v2/projects')
    expect([reply.status, reply.headers.get('x-tea'), reply.body]).toEqual([418, 'green', { code: 7 }])
    lay({ kind: 'answer', status: 200, body: 'plain' })
    expect((await look(cloud)).text).toBe('plain')
  },
  async gateway(cloud, lay) {
    lay({ kind: 'gateway', status: 429, retryAfter: 3, rateLimitReset: 4 })
    const reply = await ask(cloud, 'GET', '/v2/projects')
    expect(reply.status).toBe(429)
    expect(reply.body).toEqual({ message: 'API rate limit exceeded' })
    expect([reply.headers.get('retry-after'), reply.headers.get('ratelimit-reset')]).toEqual(['3', '4'])
    lay({ kind: 'gateway', status: 503, retryAfterDate: 60 })
    const later = await ask(cloud, 'GET', '/v2/projects')
    const ahead = Date.parse(later.headers.get('retry-after') ?? '') - cloud.world.now()
    expect(ahead).toBeGreaterThan(50_000)
    expect(ahead).toBeLessThanOrEqual(60_000)
  },
  async envelope(cloud, lay) {
    lay({ kind: 'envelope', status: 500, code: '96040', message: 'no' })
    expect(await ask(cloud, 'GET', '/v2/projects')).toMatchObject({
      status: 500,
      body: { code: '96040', message: 'no' },
    })
  },
  async redirect(cloud, lay) {
    lay({ kind: 'redirect', status: 307 })
    const reply = await ask(cloud, 'GET', '/v2/projects')
    expect(reply.status).toBe(307)
    expect(cloud.elsewhere).toEqual([])
    lay({ kind: 'redirect', status: 302 })
    await fetch(`${cloud.baseUrl}/v2/projects`, { headers: { 'x-mine': 'secret' } })
    expect(cloud.elsewhere).toMatchObject([
      { method: 'GET', path: '/elsewhere', headers: { 'x-mine': 'secret' } },
    ])
    lay({ kind: 'redirect', status: 302, to: 'https://example.invalid/' })
    expect((await ask(cloud, 'GET', '/v2/projects')).headers.get('location')).toBe('https://example.invalid/')
  },
  async 'echo-authorization'(cloud, lay) {
    lay({ kind: 'echo-authorization' })
    const { status, body } = await ask(cloud, 'GET', '/v2/projects')
    expect([status, body.code]).toEqual([401, 80001])
    expect(body.message).toContain(cloud.apiKey)
  },
  async 'code-as-text'(cloud, lay) {
    lay({ kind: 'code-as-text' })
    expect((await ask(cloud, 'GET', '/v2/projects')).body.code).toBe('0')
  },
  async 'data-null'(cloud, lay) {
    lay({ kind: 'data-null' })
    expect((await ask(cloud, 'GET', '/v2/projects')).body).toEqual({ code: 0, data: null })
  },
  async 'without-ids'(cloud, lay) {
    lay({ kind: 'without-ids' })
    const [cluster] = (await ask(cloud, 'GET', '/v2/clusters')).body.data.clusters
    expect(cluster).not.toHaveProperty('clusterId')
    expect(cluster).toHaveProperty('status')
    lay({ kind: 'without-ids', ids: ['projectId'] })
    const [kept] = (await ask(cloud, 'GET', '/v2/clusters')).body.data.clusters
    expect([kept.clusterId, kept.projectId]).toEqual([expect.any(String), undefined])
  },
  async hostile(cloud, lay) {
    lay({ kind: 'hostile', text: '::error::gotcha' })
    expect((await ask(cloud, 'GET', '/v2/clusters/in01-0')).body).toEqual({
      code: 96018,
      message: '::error::gotcha',
    })
    lay({ kind: 'hostile', text: original => `${original}\n<b>` })
    expect((await ask(cloud, 'GET', '/v2/projects')).body.data[0].projectName).toBe('Default Project\n<b>')
  },
  async edit(cloud, lay) {
    lay({ kind: 'edit', edit: answer => ({ ...answer, extra: true }) })
    expect((await ask(cloud, 'GET', '/v2/projects')).body).toMatchObject({ code: 0, extra: true })
  },
}

test.each(Object.keys(wire) as Fault['kind'][])('fault %s', async kind => {
  await using cloud = await startSimulator()
  await wire[kind](cloud, fault => cloud.faults.inject({ operation: '*', fault }))
  expect(cloud.requests.some(record => record.fault === kind)).toBe(true)
  expect(cloud.faults.pending()).toEqual([])
  expect(cloud.problems).toEqual([])
})

test('rules skip, repeat, and are met in the order they were laid', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({
    operation: 'listProjects',
    skip: 1,
    times: 2,
    fault: { kind: 'gateway', status: 503 },
  })
  cloud.faults.inject({ operation: 'listProjects', fault: { kind: 'gateway', status: 502 } })
  cloud.faults.inject({
    operation: '*',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'gateway', status: 504 },
  })
  const status = async (path: string) => (await ask(cloud, 'GET', path)).status
  expect(await status('/v2/regions')).toBe(504)
  expect(await status('/v2/projects')).toBe(502)
  expect(await status('/v2/projects')).toBe(503)
  expect(cloud.faults.pending()).toHaveLength(1)
  expect(await status('/v2/projects')).toBe(503)
  expect(await status('/v2/projects')).toBe(504)
  expect(await status('/nowhere')).toBe(504)
  expect(cloud.faults.pending()).toEqual([])
  cloud.faults.clear()
  expect(await status('/v2/projects')).toBe(200)
})

test('a rule may choose among the requests of its operation', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({
    operation: 'describeCluster',
    when: record => record.path.endsWith('-2'),
    fault: { kind: 'gateway', status: 503 },
  })
  expect((await ask(cloud, 'GET', '/v2/clusters/in01-1')).status).toBe(200)
  expect((await ask(cloud, 'GET', '/v2/clusters/in01-2')).status).toBe(503)
})

test.each(['reset', 'reset-in-body', 'cut', 'empty'] as const)(
  'with %s a POST is performed only if the rule says so',
  async kind => {
    await using cloud = await startSimulator()
    const path = `/v2/clusters/${cloud.clusterId}/backups/create`
    const create = () => ask(cloud, 'POST', path, { backupType: 'CLUSTER' }).catch(() => undefined)
    cloud.faults.inject({ operation: 'createBackup', fault: { kind } })
    await create()
    expect(cloud.world.backups).toHaveLength(0)
    cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind } })
    await create()
    expect(cloud.world.backups).toHaveLength(1)
    expect(cloud.requests.map(record => [record.fault, record.applied])).toEqual([
      [kind, false],
      [kind, true],
    ])
  },
)

test('a client that goes away while its answer is on the way harms nobody', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: '*', times: 3, fault: { kind: 'huge', megabytes: 50 } })
  for (let round = 0; round < 3; round++) {
    const socket = connect(Number(new URL(cloud.baseUrl).port), '127.0.0.1')
    socket.on('error', () => {})
    socket.write('GET /v2/projects HTTP/1.1\r\nhost: x\r\n\r\n')
    await new Promise(resolve => socket.once('data', resolve))
    socket.resetAndDestroy()
  }
  expect((await ask(cloud, 'GET', '/v2/projects')).status).toBe(200)
})

test('the port can be closed at once, and the simulator ends while it is', async () => {
  const cloud = await startSimulator()
  cloud.refuseFor(60_000)
  expect(await look(cloud)).toMatchObject({ error: 'ECONNREFUSED' })
  await cloud.close()
})

test('the simulator ends while answers stall', async () => {
  const cloud = await startSimulator()
  cloud.faults.inject({ operation: '*', fault: { kind: 'stall' } })
  const stalled = look(cloud)
  while (cloud.requests.length === 0) await sleep(2)
  await cloud.close()
  expect(await stalled).toMatchObject({ error: 'ECONNRESET' })
})
