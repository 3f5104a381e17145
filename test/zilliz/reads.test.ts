import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { Connection } from '../../src/zilliz/connection.ts'
import * as client from '../../src/zilliz/reads.ts'

/** A service that answers each request in turn with a body, and tells what it was asked. */
async function open(...bodies: unknown[]) {
  const requests: { method: string; url: string; body: unknown }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    requests.push({
      method: request.method ?? '',
      url: request.url ?? '',
      body: text === '' ? undefined : JSON.parse(text),
    })
    response.end(JSON.stringify(bodies[requests.length - 1] ?? { code: 5, message: 'one request too many' }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const connection: Connection = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey: 'key-123456',
    clock: { now: () => 0, elapsed: () => 0, pause: () => Promise.reject(new Error('no pause expected')) },
    deadline: 60_000,
    stop: new AbortController().signal,
    log: () => {},
  }
  return {
    connection,
    requests,
    urls: () => requests.map(({ url }) => url),
    [Symbol.asyncDispose]: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}

const ok = (data: unknown) => ({ code: 0, data })
const backup = (id: string, more: object = {}) => ({ backupId: id, status: 'AVAILABLE', ...more })
const cluster = (id: string, more: object = {}) => ({ clusterId: id, status: 'RUNNING', ...more })
const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => backup(`b${from + index}`))

test.each([
  [client.paths.createBackup('in01-a'), '/v2/clusters/in01-a/backups/create'],
  [client.paths.backup('in01-a', 'b1'), '/v2/clusters/in01-a/backups/b1'],
  [client.paths.restoreCluster('in01-a', 'b1'), '/v2/clusters/in01-a/backups/b1/restoreCluster'],
  [client.paths.restoreCollection('in01-a', 'b1'), '/v2/clusters/in01-a/backups/b1/restoreCollection'],
  [client.paths.cluster('in01-a'), '/v2/clusters/in01-a'],
  [client.paths.dropCluster('in01-a'), '/v2/clusters/in01-a/drop'],
  [client.paths.job('job-1'), '/v2/jobs/job-1'],
  [client.paths.backup('a?b#c', '%2e%2e/x y'), '/v2/clusters/a%3Fb%23c/backups/%252e%252e%2Fx%20y'],
])('the path %s', (path, expected) => {
  expect(path).toBe(expected)
})

test('the starts send what they are given and take only answers that hold their ids', async () => {
  await using service = await open(
    ok({ backupId: 'b1', backupName: 'a_backup1', jobId: 'job-1' }),
    ok({ clusterId: 'in01-b', username: 'db_admin', password: 'p"w', jobId: 'job-2' }),
    ok({ jobId: 'job-3' }),
    ok({ backupId: 'b1', jobId: 'job-1' }),
    ok({ clusterId: 'in01-b', jobId: 'job-2' }),
  )
  const to = service.connection
  const source = { clusterId: 'in01-a', backupId: 'b1' }
  const body = { clusterName: 'copy' }
  expect(await client.createBackup(to, 'in01-a', { backupType: 'CLUSTER' })).toEqual({
    backupId: 'b1',
    backupName: 'a_backup1',
    jobId: 'job-1',
  })
  expect(await client.restoreCluster(to, source, body)).toEqual({
    clusterId: 'in01-b',
    username: 'db_admin',
    password: 'p"w',
    jobId: 'job-2',
  })
  expect(await client.restoreCollection(to, source, 'sales.orders', { destClusterId: 'c' })).toBe('job-3')
  expect((await client.createBackup(to, 'in01-a', {})).backupName).toBeUndefined()
  expect((await client.restoreCluster(to, source, body)).password).toBeUndefined()
  expect(service.requests.slice(0, 3)).toEqual([
    { method: 'POST', url: '/v2/clusters/in01-a/backups/create', body: { backupType: 'CLUSTER' } },
    { method: 'POST', url: '/v2/clusters/in01-a/backups/b1/restoreCluster', body: { clusterName: 'copy' } },
    { method: 'POST', url: '/v2/clusters/in01-a/backups/b1/restoreCollection', body: { destClusterId: 'c' } },
  ])
})

const source = { clusterId: 'in01-a', backupId: 'b1' }

test.each<[string, object, (to: Connection) => Promise<unknown>]>([
  ['no jobId', { backupId: 'b1' }, to => client.createBackup(to, 'in01-a', {})],
  ['no backupId', { jobId: 'j' }, to => client.createBackup(to, 'in01-a', {})],
  [
    'no jobId',
    { clusterId: 'c', password: 'p' },
    to => client.restoreCluster(to, source, { clusterName: 'x' }),
  ],
  ['no clusterId', { jobId: 'j' }, to => client.restoreCluster(to, source, { clusterName: 'x' })],
  ['no jobId', {}, to => client.restoreCollection(to, source, 'orders', {})],
])('a start whose answer holds %s is a lost answer: %j', async (lack, data, begin) => {
  await using service = await open(ok(data))
  const error: unknown = await begin(service.connection).catch(thrown => thrown)
  const message = expect.stringContaining(`the answer holds ${lack}`)
  expect(error).toMatchObject({ name: 'NoResponseError', kind: 'fault', arrived: true, message })
  expect(service.requests).toHaveLength(1)
})

test('single things are read by their paths, a job also without its envelope', async () => {
  await using service = await open(
    ok({ jobId: 'job-1', status: 'PENDING', progress: '0' }),
    { jobId: 'job-1', status: 'SUCCESSFUL', progress: 100 },
    ok(backup('b1')),
    ok(cluster('in01-a')),
    { code: 0 },
  )
  const to = service.connection
  expect(await client.describeJob(to, 'job-1')).toMatchObject({ status: 'PENDING', progress: 0 })
  expect(await client.describeJob(to, 'job-1')).toMatchObject({ status: 'SUCCESSFUL', progress: 100 })
  expect(await client.describeBackup(to, 'in01-a', 'b1')).toMatchObject({ backupId: 'b1' })
  expect(await client.describeCluster(to, 'in01-a')).toMatchObject({ clusterId: 'in01-a' })
  await client.dropCluster(to, 'in01-a')
  expect(service.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /v2/jobs/job-1',
    'GET /v2/jobs/job-1',
    'GET /v2/clusters/in01-a/backups/b1',
    'GET /v2/clusters/in01-a',
    'DELETE /v2/clusters/in01-a/drop',
  ])
})

test('a list is read to its end, page after page, with the filter on each', async () => {
  await using service = await open(
    ok({ count: 100, currentPage: 1, pageSize: 100, backups: many(100) }),
    ok({ count: 100, currentPage: 2, pageSize: 100, backups: many(100, 100) }),
    ok({ count: 3, currentPage: 3, pageSize: 100, backups: many(3, 200) }),
  )
  const found = await client.listBackups(service.connection, 'in01-a')
  expect(found.map(({ backupId }) => backupId)).toEqual(many(203).map(({ backupId }) => backupId))
  expect(service.urls()).toEqual([
    '/v2/backups?clusterId=in01-a&pageSize=100&currentPage=1',
    '/v2/backups?clusterId=in01-a&pageSize=100&currentPage=2',
    '/v2/backups?clusterId=in01-a&pageSize=100&currentPage=3',
  ])
})

test.each([
  ['an empty one', [ok({ count: 0, currentPage: 1, pageSize: 100, backups: [] })], 0, 1],
  ['a full last page', [ok({ backups: many(100) }), ok({ backups: [] })], 100, 2],
  [
    'pages smaller than asked, which say so',
    [ok({ pageSize: 10, backups: many(10) }), ok({ pageSize: 10, backups: many(4, 10) })],
    14,
    2,
  ],
  ['a service that repeats its page', [ok({ backups: many(100) }), ok({ backups: many(100) })], 100, 2],
  ['an array without pages', [ok(many(120)), ok(many(120))], 120, 2],
  ['a short array', [ok(many(7))], 7, 1],
  [
    'pages that overlap',
    [ok({ backups: many(100) }), ok({ backups: many(100, 50) }), ok({ backups: many(1) })],
    150,
    3,
  ],
  ['a page size of nothing', [ok({ pageSize: 0, backups: many(2) }), ok({ pageSize: 0, backups: [] })], 2, 2],
  [
    'a page size above what was asked',
    [ok({ pageSize: 500, backups: many(100) }), ok({ pageSize: 500, backups: many(1, 100) })],
    101,
    2,
  ],
])('%s', async (_, bodies, count, requests) => {
  await using service = await open(...bodies)
  const found = await client.listBackups(service.connection)
  expect(found).toHaveLength(count)
  expect(new Set(found.map(({ backupId }) => backupId)).size).toBe(count)
  expect(service.requests).toHaveLength(requests)
})

test('a list with a page that is refused is no list', async () => {
  await using service = await open(ok({ backups: many(100) }), { code: 96009, message: 'page' })
  await expect(client.listBackups(service.connection, 'in01-a')).rejects.toThrow(
    'Could not list the backups of cluster in01-a. The service refused: "page"',
  )
})

test('a filter that the service ignores is applied all the same', async () => {
  const all = [backup('b1', { clusterId: 'in01-a' }), backup('b2', { clusterId: 'in01-b' }), backup('b3')]
  await using service = await open(ok({ backups: all }), ok({ backups: all }))
  const ids = (found: { backupId: string }[]) => found.map(({ backupId }) => backupId)
  expect(ids(await client.listBackups(service.connection, 'in01-a'))).toEqual(['b1', 'b3'])
  expect(ids(await client.listBackups(service.connection))).toEqual(['b1', 'b2', 'b3'])
  expect(service.urls()[1]).toBe('/v2/backups?pageSize=100&currentPage=1')
})

test('clusters come as a page, as an array in the envelope, or as a bare array', async () => {
  const all = [cluster('c1', { projectId: 'p' }), cluster('c2', { projectId: 'q' }), cluster('c3')]
  await using service = await open(ok({ clusters: all }), ok(all), all, ok({ clusters: all }))
  for (const _ of ['page', 'array', 'bare']) {
    const found = await client.listClusters(service.connection, 'p')
    expect(found.map(({ clusterId }) => clusterId)).toEqual(['c1', 'c3'])
  }
  expect(await client.listClusters(service.connection)).toHaveLength(3)
  expect(service.urls()).toEqual([
    ...Array(3).fill('/v2/clusters?projectId=p&pageSize=100&currentPage=1'),
    '/v2/clusters?pageSize=100&currentPage=1',
  ])
})
