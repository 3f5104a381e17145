import { describe, expect, test } from 'vitest'
import {
  createBackup,
  deleteBackup,
  dropCluster,
  exportBackup,
  type NewBackup,
  type NewCluster,
  restoreCluster,
  restoreCollection,
  typeOfNewBackup,
} from '../../src/zilliz/changes.ts'
import { send } from '../../src/zilliz/connection.ts'
import type { Change } from '../../src/zilliz/requests.ts'
import { openService, success } from './scripted-service.ts'

const source = { clusterId: 'in01-a', backupId: 'b1' }
const wholeCluster = { clusterId: 'in01-a', crossRegionCopies: [] }
const copy: NewCluster = { clusterName: 'copy', projectId: 'proj-1', cuSize: 2, collectionStatus: 'KEEP' }
const orders = {
  from: { database: 'sales', collection: 'orders' },
  to: { database: 'restored', collection: 'orders_2' },
  status: 'UNLOADED',
} as const

test.each<[Change<unknown>, string]>([
  [createBackup(wholeCluster), 'POST /v2/clusters/in01-a/backups/create'],
  [restoreCluster(source, copy), 'POST /v2/clusters/in01-a/backups/b1/restoreCluster'],
  [
    restoreCollection(source, { clusterId: 'in01-b', what: 'everything' }),
    'POST /v2/clusters/in01-a/backups/b1/restoreCollection',
  ],
  [exportBackup(source, { integrationId: 'i1' }), 'POST /v2/clusters/in01-a/backups/b1/export'],
  [deleteBackup(source), 'DELETE /v2/clusters/in01-a/backups/b1'],
  [dropCluster('in01-a'), 'DELETE /v2/clusters/in01-a/drop'],
  [
    deleteBackup({ clusterId: 'a?b#c', backupId: '%2e%2e/x y' }),
    'DELETE /v2/clusters/a%3Fb%23c/backups/%252e%252e%2Fx%20y',
  ],
  [dropCluster('../x'), 'DELETE /v2/clusters/..%2Fx/drop'],
])('the method and path of %o', ({ method, path }, expected) => {
  expect(`${method} ${path}`).toBe(expected)
})

test.each<[Change<unknown>, string]>([
  [createBackup(wholeCluster), 'start a backup of cluster in01-a'],
  [restoreCluster(source, { ...copy, clusterName: 'a\n"b' }), 'restore backup b1 into a new cluster "a "b"'],
  [
    restoreCollection(source, { clusterId: 'in01-b', what: 'sales.orders' }),
    'restore sales.orders from backup b1',
  ],
  [exportBackup(source, { integrationId: 'i1' }), 'export backup b1'],
  [deleteBackup(source), 'delete backup b1 of cluster in01-a'],
  [dropCluster('in01-a'), 'drop cluster in01-a'],
])('an error names what was tried by %o', ({ tried }, expected) => {
  expect(tried).toBe(expected)
})

describe('the body', () => {
  test.each<[Partial<NewBackup>, Record<string, unknown>]>([
    [{}, { backupType: 'CLUSTER' }],
    [
      { collections: { database: 'sales', collections: ['orders', 'items'] } },
      {
        backupType: 'COLLECTION',
        dbCollections: [{ dbName: 'sales', collectionNames: ['orders', 'items'] }],
      },
    ],
    [
      { crossRegionCopies: ['aws-us-east-1', 'aws-us-west-2'] },
      {
        backupType: 'CLUSTER',
        crossRegionCopies: [{ regionId: 'aws-us-east-1' }, { regionId: 'aws-us-west-2' }],
      },
    ],
  ])('of a backup with %j', (options, body) => {
    const backup = { ...wholeCluster, ...options }
    expect(createBackup(backup).body).toEqual(body)
    expect(typeOfNewBackup(backup)).toBe(body.backupType)
  })

  test.each([
    [{}, {}],
    [{ versionPolicy: 'LATEST' as const }, { restoreVersionPolicy: 'LATEST' }],
    [{ collectionStatus: 'RELEASE' as const }, { collectionStatus: 'RELEASE' }],
  ])('of a new cluster with %j has the project under both names', (options, fields) => {
    expect(restoreCluster(source, { ...copy, ...options }).body).toEqual({
      projectId: 'proj-1',
      targetProjectId: 'proj-1',
      clusterName: 'copy',
      cuSize: 2,
      collectionStatus: 'KEEP',
      ...fields,
    })
  })

  test('of a restored collection has its source, its destination and its status', () => {
    const target = { clusterId: 'in01-b', what: 'sales.orders', collection: orders }
    expect(restoreCollection(source, target).body).toEqual({
      destClusterId: 'in01-b',
      dbCollections: [
        {
          dbName: 'sales',
          destDbName: 'restored',
          collections: [
            {
              collectionName: 'orders',
              destCollectionName: 'orders_2',
              destCollectionStatus: 'UNLOADED',
            },
          ],
        },
      ],
    })
  })

  test('of a restore of everything has only the target cluster', () => {
    const target = { clusterId: 'in01-b', what: 'everything' }
    expect(restoreCollection(source, target).body).toEqual({ destClusterId: 'in01-b' })
  })

  test('of an export has a directory only where there is one', () => {
    expect(exportBackup(source, { integrationId: 'i1' }).body).toEqual({ integrationId: 'i1' })
    expect(exportBackup(source, { integrationId: 'i1', directory: undefined }).body).toEqual({
      integrationId: 'i1',
    })
    const options = { integrationId: 'i1', directory: 'backups/1' }
    expect(exportBackup(source, options).body).toEqual(options)
  })

  test('of a deletion is absent', () => {
    expect(deleteBackup(source).body).toBeUndefined()
    expect(dropCluster('in01-a').body).toBeUndefined()
  })
})

test('a POST sends its body and decodes the ids of the response, and what else is there', async () => {
  await using service = await openService(
    success({ backupId: 'b1', backupName: 'a_backup1', jobId: 'job-1' }),
    success({ clusterId: 'in01-b', username: 'db_admin', password: 'p"w', jobId: 'job-2' }),
    success({ jobId: 'job-3' }),
    success({ jobId: 'job-4' }),
    success({ backupId: 'b1', jobId: 'job-1' }),
    success({ clusterId: 'in01-b', jobId: 'job-2' }),
  )
  const to = service.connection
  const backup = createBackup(wholeCluster)
  const cluster = restoreCluster(source, copy)
  const collection = restoreCollection(source, { clusterId: 'c', what: 'sales.orders', collection: orders })
  const files = exportBackup(source, { integrationId: 'i1' })
  expect(await send(to, backup)).toEqual({ backupId: 'b1', backupName: 'a_backup1', jobId: 'job-1' })
  expect(await send(to, cluster)).toEqual({
    clusterId: 'in01-b',
    username: 'db_admin',
    password: 'p"w',
    jobId: 'job-2',
  })
  expect(await send(to, collection)).toBe('job-3')
  expect(await send(to, files)).toBe('job-4')
  expect((await send(to, backup)).backupName).toBeUndefined()
  expect((await send(to, cluster)).password).toBeUndefined()
  expect(service.requests.slice(0, 4)).toEqual(
    [backup, cluster, collection, files].map(({ path, body }) => ({ method: 'POST', url: path, body })),
  )
})

test('a DELETE sends no body, and what the response contains does not matter', async () => {
  await using service = await openService({ code: 0 }, success({ backupId: 'b1' }))
  expect(await send(service.connection, dropCluster('in01-a'))).toBeUndefined()
  expect(await send(service.connection, deleteBackup(source))).toBeUndefined()
  expect(service.requests).toEqual([
    { method: 'DELETE', url: '/v2/clusters/in01-a/drop', body: undefined },
    { method: 'DELETE', url: '/v2/clusters/in01-a/backups/b1', body: undefined },
  ])
})

test('without a jobId, the backup or the cluster alone is known and awaited (F53, "What an answer is")', async () => {
  await using service = await openService(
    success({ backupId: 'b1' }),
    success({ backupId: 'b1', jobId: '../x' }),
    success({ clusterId: 'in01-b', password: 'p"w' }),
  )
  const to = service.connection
  expect(await send(to, createBackup(wholeCluster))).toEqual({ backupId: 'b1' })
  expect(await send(to, createBackup(wholeCluster))).toEqual({ backupId: 'b1' })
  expect(await send(to, restoreCluster(source, copy))).toEqual({ clusterId: 'in01-b', password: 'p"w' })
})

test.each<[object, Change<unknown>]>([
  [{ jobId: 'j' }, createBackup(wholeCluster)],
  [{ username: 'db_admin', password: 'p"w', jobId: 'j' }, restoreCluster(source, copy)],
])(
  'what an answer without its id holds besides is not thrown away: %j ("What an answer is")',
  async (data, change) => {
    await using service = await openService(success(data))
    const error: unknown = await send(service.connection, change).catch(thrown => thrown)
    expect(error).toMatchObject({ name: 'NoResponseError', kind: 'lost', partial: data })
  },
)

test.each<[string, object, Change<unknown>]>([
  ['no backupId', { jobId: 'j' }, createBackup(wholeCluster)],
  ['no clusterId', { jobId: 'j' }, restoreCluster(source, copy)],
  ['no jobId', {}, restoreCollection(source, { clusterId: 'c', what: 'orders' })],
  ['no jobId', {}, exportBackup(source, { integrationId: 'i1' })],
  ['an invalid backupId', { backupId: '../b1', jobId: 'j' }, createBackup(wholeCluster)],
])('a POST whose response has %s is a lost response: %j', async (problem, data, change) => {
  await using service = await openService(success(data))
  const error: unknown = await send(service.connection, change).catch(thrown => thrown)
  const message = expect.stringContaining(`the response has ${problem}`)
  expect(error).toMatchObject({ name: 'NoResponseError', kind: 'lost', message })
  expect(service.requests).toHaveLength(1)
})
