import { expect, test } from 'vitest'
import type { Connection } from '../../src/zilliz/connection.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import * as reads from '../../src/zilliz/reads.ts'
import { openService, success } from './scripted-service.ts'

const backup = (id: string, more: object = {}) => ({ backupId: id, status: 'AVAILABLE', ...more })
const cluster = (id: string, more: object = {}) => ({ clusterId: id, status: 'RUNNING', ...more })
const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => backup(`b${from + index}`))

test('single resources are read by their paths, a job also without its envelope', async () => {
  await using service = await openService(
    success({ jobId: 'job-1', status: 'PENDING', progress: '0' }),
    { jobId: 'job-1', status: 'SUCCESSFUL', progress: 100 },
    success(backup('b1')),
    success(cluster('in01-a')),
  )
  const to = service.connection
  expect(await reads.describeJob(to, 'job-1')).toMatchObject({ status: 'PENDING', progress: 0 })
  expect(await reads.describeJob(to, 'job-1')).toMatchObject({ status: 'SUCCESSFUL', progress: 100 })
  expect(await reads.describeBackup(to, { clusterId: 'in01-a', backupId: 'b1' })).toMatchObject({
    backupId: 'b1',
  })
  expect(await reads.describeCluster(to, 'in01-a')).toMatchObject({ clusterId: 'in01-a' })
  expect(service.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /v2/jobs/job-1',
    'GET /v2/jobs/job-1',
    'GET /v2/clusters/in01-a/backups/b1',
    'GET /v2/clusters/in01-a',
  ])
})

test.each<[string, object, (to: Connection) => Promise<unknown>]>([
  ['jobId', { jobId: 'job-2', status: 'SUCCESSFUL' }, to => reads.describeJob(to, 'job-1')],
  ['backupId', backup('b2'), to => reads.describeBackup(to, { clusterId: 'in01-a', backupId: 'b1' })],
  ['clusterId', cluster('in01-b'), to => reads.describeCluster(to, 'in01-a')],
])('a response about another %s is a fault', async (name, data, read) => {
  await using service = await openService(success(data))
  await expect(read(service.connection)).rejects.toThrow('no pause expected')
  expect(service.lines).toEqual([expect.stringContaining(`the response is about another ${name}`)])
})

test('an id cannot change the path it is put into', async () => {
  await using service = await openService({ code: 96018, message: 'not found' })
  const read = reads.describeBackup(service.connection, { clusterId: 'a?b#c', backupId: '%2e%2e/x y' })
  await expect(read).rejects.toThrow(ApiError)
  expect(service.urls()).toEqual(['/v2/clusters/a%3Fb%23c/backups/%252e%252e%2Fx%20y'])
})

test('a list is read to its end, page after page, with the filter on each', async () => {
  await using service = await openService(
    success({ count: 100, currentPage: 1, pageSize: 100, backups: many(100) }),
    success({ count: 100, currentPage: 2, pageSize: 100, backups: many(100, 100) }),
    success({ count: 3, currentPage: 3, pageSize: 100, backups: many(3, 200) }),
  )
  const found = await reads.listBackups(service.connection, 'in01-a')
  expect(found.map(({ backupId }) => backupId)).toEqual(many(203).map(({ backupId }) => backupId))
  expect(service.urls()).toEqual([
    '/v2/backups?clusterId=in01-a&pageSize=100&currentPage=1',
    '/v2/backups?clusterId=in01-a&pageSize=100&currentPage=2',
    '/v2/backups?clusterId=in01-a&pageSize=100&currentPage=3',
  ])
})

test.each([
  ['an empty list', [success({ count: 0, currentPage: 1, pageSize: 100, backups: [] })], 0, 1],
  ['a full last page', [success({ backups: many(100) }), success({ backups: [] })], 100, 2],
  [
    'pages smaller than requested, which say so',
    [success({ pageSize: 10, backups: many(10) }), success({ pageSize: 10, backups: many(4, 10) })],
    14,
    2,
  ],
  [
    'a service that repeats its page',
    [success({ backups: many(100) }), success({ backups: many(100) })],
    100,
    2,
  ],
  ['an array without pages', [success(many(120)), success(many(120))], 120, 2],
  ['a short array', [success(many(7))], 7, 1],
  [
    'pages that overlap',
    [success({ backups: many(100) }), success({ backups: many(100, 50) }), success({ backups: many(1) })],
    150,
    3,
  ],
  [
    'a page size of 0',
    [success({ pageSize: 0, backups: many(2) }), success({ pageSize: 0, backups: [] })],
    2,
    2,
  ],
  [
    'a page size above the requested one',
    [success({ pageSize: 500, backups: many(100) }), success({ pageSize: 500, backups: many(1, 100) })],
    101,
    2,
  ],
])('%s', async (_, bodies, count, requests) => {
  await using service = await openService(...bodies)
  const found = await reads.listBackups(service.connection)
  expect(found).toHaveLength(count)
  expect(new Set(found.map(({ backupId }) => backupId)).size).toBe(count)
  expect(service.requests).toHaveLength(requests)
})

test('a list with a page that is refused is an error', async () => {
  await using service = await openService(success({ backups: many(100) }), { code: 96009, message: 'page' })
  await expect(reads.listBackups(service.connection, 'in01-a')).rejects.toThrow(
    /^Could not list the backups of cluster in01-a: the service refused\. .* \("page", HTTP 200, code 96009, /,
  )
})

test('a filter that the service ignores is applied anyway', async () => {
  const all = [backup('b1', { clusterId: 'in01-a' }), backup('b2', { clusterId: 'in01-b' }), backup('b3')]
  await using service = await openService(success({ backups: all }), success({ backups: all }))
  const ids = (found: { backupId: string }[]) => found.map(({ backupId }) => backupId)
  expect(ids(await reads.listBackups(service.connection, 'in01-a'))).toEqual(['b1', 'b3'])
  expect(ids(await reads.listBackups(service.connection))).toEqual(['b1', 'b2', 'b3'])
  expect(service.urls()[1]).toBe('/v2/backups?pageSize=100&currentPage=1')
})

test('clusters come as a page, as an array in the envelope, or as a bare array', async () => {
  const all = [cluster('c1', { projectId: 'p' }), cluster('c2', { projectId: 'q' }), cluster('c3')]
  await using service = await openService(
    success({ clusters: all }),
    success(all),
    all,
    success({ clusters: all }),
  )
  for (const _ of ['page', 'array', 'bare']) {
    const found = await reads.listClusters(service.connection, 'p')
    expect(found.map(({ clusterId }) => clusterId)).toEqual(['c1', 'c3'])
  }
  expect(await reads.listClusters(service.connection)).toHaveLength(3)
  expect(service.urls()).toEqual([
    ...Array(3).fill('/v2/clusters?projectId=p&pageSize=100&currentPage=1'),
    '/v2/clusters?pageSize=100&currentPage=1',
  ])
})
