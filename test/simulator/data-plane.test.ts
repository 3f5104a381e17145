import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { restore, restoreInto } from './api-calls.ts'
import { get, pass, stopClock } from './client.ts'
import { answer, data } from './data-client.ts'

beforeEach(stopClock)
afterEach(() => {
  vi.useRealTimers()
})

const start = () => startSimulator({ dataPlane: true })
const described = async (cloud: Simulator, cluster: string) => {
  const { clusterId } = cloud.world.cluster(cluster)
  return (await get(cloud, `/v2/clusters/${clusterId}`)).body.data
}

test('each cluster has a port of its own, which its description shows', async () => {
  await using cloud = await start()
  const production = (await described(cloud, 'production')).connectAddress
  const staging = (await described(cloud, 'staging')).connectAddress
  expect(production).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(staging).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(new Set([production, staging, cloud.baseUrl]).size).toBe(3)
  expect(await cloud.connectAddress('production')).toBe(production)
  expect(await answer(cloud, 'databases/list', {}, 'staging')).toEqual(['default'])
  expect(await answer(cloud, 'databases/list')).toEqual(['default', 'sales', 'archive'])
})

test('without the option a cluster shows the address of the real service', async () => {
  await using cloud = await startSimulator()
  expect((await described(cloud, 'production')).connectAddress).toMatch(/^https:.*:19530$/)
  await expect(cloud.connectAddress('production')).rejects.toThrow('dataPlane')
  expect(() => cloud.world.endpoint('production', {})).toThrow('dataPlane')
})

test('the data plane tells what the cluster holds', async () => {
  await using cloud = await start()
  const orders = { dbName: 'sales', collectionName: 'orders' }
  const items = { dbName: 'sales', collectionName: 'items' }
  Object.assign(cloud.world.collection('production', 'sales.orders'), {
    aliases: ['orders_live'],
    deleted: 100,
    fields: [
      { name: 'id', type: 'VarChar', primaryKey: true, params: { max_length: 64 } },
      { name: 'vector', type: 'FloatVector', params: { dim: 128 } },
    ],
  })
  expect(await answer(cloud, 'collections/list')).toEqual(['medium_articles', 'products'])
  expect(await answer(cloud, 'collections/list', { dbName: 'sales' })).toEqual(['orders', 'items'])
  expect(await answer(cloud, 'collections/get_load_state', orders)).toEqual({
    loadState: 'LoadStateLoaded',
    loadProgress: 100,
    message: '',
  })
  expect(await answer(cloud, 'collections/get_stats', orders)).toEqual({ rowCount: 1_000_100 })
  const count = { filter: '', outputFields: ['count(*)'], consistencyLevel: 'Strong' }
  expect(await answer(cloud, 'entities/query', { ...orders, ...count })).toEqual([{ 'count(*)': 1_000_000 }])
  expect(await answer(cloud, 'entities/query', { ...items, ...count })).toBe(101)
  expect(await answer(cloud, 'collections/get_load_state', items)).toMatchObject({
    loadState: 'LoadStateNotLoad',
  })
  expect(await answer(cloud, 'collections/describe', orders)).toMatchObject({
    collectionName: 'orders',
    load: 'LoadStateLoaded',
    aliases: ['orders_live'],
    fields: [
      { name: 'id', type: 'VarChar', primaryKey: true, params: [{ key: 'max_length', value: '64' }] },
      { name: 'vector', type: 'FloatVector', primaryKey: false, params: [{ key: 'dim', value: '128' }] },
    ],
    indexes: [{ fieldName: 'vector' }],
  })
  expect(cloud.problems).toEqual([])
})

test('an alias is listed, described and moved', async () => {
  await using cloud = await start()
  const { world } = cloud
  world.collection('production', 'sales.orders').aliases = ['live', 'other']
  world.collection('production', 'sales.items').aliases = ['rest']
  const dbName = 'sales'
  const alias = { dbName, aliasName: 'live' }
  expect(await answer(cloud, 'aliases/list', { dbName })).toEqual(['live', 'other', 'rest'])
  expect(await answer(cloud, 'aliases/list', { dbName, collectionName: 'items' })).toEqual(['rest'])
  expect(await answer(cloud, 'aliases/describe', alias)).toEqual({
    dbName,
    aliasName: 'live',
    collectionName: 'orders',
  })
  expect(await answer(cloud, 'aliases/alter', { ...alias, collectionName: 'items' })).toEqual({})
  expect(await answer(cloud, 'aliases/describe', alias)).toMatchObject({ collectionName: 'items' })
  expect(world.collection('production', 'sales.orders').aliases).toEqual(['other'])
  expect(await answer(cloud, 'aliases/alter', { ...alias, collectionName: 'gone' })).toBe(100)
  expect(await answer(cloud, 'collections/describe', { dbName, collectionName: 'live' })).toMatchObject({
    collectionName: 'items',
  })
})

test('a collection is found wherever a test has put it', async () => {
  await using cloud = await start()
  const { databases } = cloud.world.cluster('production')
  const stats = (collectionName: string) => answer(cloud, 'collections/get_stats', { collectionName })
  expect(await stats('products')).toEqual({ rowCount: 120_000 })
  databases[0]?.collections.reverse()
  expect(await stats('products')).toEqual({ rowCount: 120_000 })
  cloud.world.collection('production', 'default.products').name = 'goods'
  expect(await stats('products')).toBe(100)
  expect(await stats('goods')).toEqual({ rowCount: 120_000 })
  databases[0]?.collections.push({ name: 'new', description: '', status: 'LOADED', rows: 3 })
  expect(await stats('new')).toEqual({ rowCount: 3 })
})

test.each([
  ['collections/list', { dbName: 'hr' }, 800],
  ['collections/describe', { collectionName: 'gone' }, 100],
  ['collections/get_stats', { dbName: 'hr', collectionName: 'gone' }, 800],
  ['collections/get_load_state', { collectionName: 'orders' }, 100],
  ['aliases/describe', { aliasName: 'live' }, 1600],
  ['aliases/alter', { aliasName: 'live', collectionName: 'products' }, 1600],
  ['aliases/list', { collectionName: 'gone' }, 100],
])('%s with %j is code %i', async (path, body, code) => {
  await using cloud = await start()
  expect(await answer(cloud, path, body)).toBe(code)
  expect(cloud.dataRequests[0]).toMatchObject({ status: 200, code, applied: false })
  expect(cloud.problems).toEqual([])
})

test.each([
  ['collections/describe', {}, 1802],
  ['collections/describe', { collectionName: 'products', databaseName: 'sales' }, 1100],
  ['entities/query', { collectionName: 'products', filter: 'id > 0', outputFields: ['count(*)'] }, 1100],
])('%s with %j breaks the contract', async (path, body, code) => {
  await using cloud = await start()
  expect(await answer(cloud, path, body)).toBe(code)
  expect(cloud.problems).not.toEqual([])
})

test('a request that no operation has is a problem', async () => {
  await using cloud = await start()
  expect((await data(cloud, 'collections/drop')).status).toBe(404)
  expect(cloud.problems).toEqual([
    {
      request: 1,
      operationId: '',
      side: 'request',
      text: 'no operation for POST /v2/vectordb/collections/drop',
    },
  ])
})

test('accepted are the API key and what belongs to the cluster', async () => {
  await using cloud = await start()
  const staging = cloud.world.cluster('staging')
  staging.tokens = ['root:Milvus']
  const code = async (cluster: string, token: string) =>
    (await data(cloud, 'databases/list', { cluster, token })).body.code
  expect(await code('staging', 'root:Milvus')).toBe(0)
  expect(await code('production', 'root:Milvus')).toBe(1800)
  expect(await code('staging', 'wrong')).toBe(1800)
  cloud.world.endpoint('staging', { acceptsApiKey: false })
  expect(await code('staging', cloud.apiKey)).toBe(1800)
  expect(await code('staging', 'root:Milvus')).toBe(0)
  expect(await code('production', cloud.apiKey)).toBe(0)
  cloud.world.endpoint('staging', { rejection: { kind: 'gateway', status: 403 } })
  expect((await data(cloud, 'databases/list', { cluster: 'staging', token: 'wrong' })).status).toBe(403)
})

test('a restored cluster answers when it is RUNNING, to the password of its restore too', async () => {
  await using cloud = await start()
  const fields = [{ name: 'key', type: 'VarChar', primaryKey: true, params: { max_length: 64 } }]
  Object.assign(cloud.world.collection('production', 'sales.orders'), {
    aliases: ['live'],
    deleted: 7,
    fields,
  })
  cloud.world.nextPassword = 'p:w'
  const { username, password } = (await restore(cloud)).data
  const token = `${username}:${password}`
  expect((await described(cloud, 'copy')).connectAddress).toBe('')
  expect((await data(cloud, 'databases/list', { cluster: 'copy', token })).status).toBe(503)
  pass(cloud, 60)
  expect((await described(cloud, 'copy')).connectAddress).toBe(await cloud.connectAddress('copy'))
  expect((await data(cloud, 'databases/list', { cluster: 'copy', token })).body.data).toEqual([
    'default',
    'sales',
    'archive',
  ])
  const orders = { dbName: 'sales', collectionName: 'orders' }
  expect(await answer(cloud, 'collections/get_stats', orders, 'copy')).toEqual({ rowCount: 1_000_000 })
  expect(await answer(cloud, 'collections/describe', orders, 'copy')).toMatchObject({
    aliases: [],
    fields: [{ name: 'key', type: 'VarChar' }],
  })
})

test('a restored collection has no alias of its origin, and nothing that was deleted', async () => {
  await using cloud = await start()
  Object.assign(cloud.world.collection('production', 'sales.orders'), { aliases: ['live'], deleted: 5 })
  const entry = { collectionName: 'orders', destCollectionName: 'orders_copy' }
  await restoreInto(cloud, cloud.clusterId, [{ dbName: 'sales', collections: [entry] }])
  const copy = { dbName: 'sales', collectionName: 'orders_copy' }
  expect(await answer(cloud, 'collections/get_stats', copy)).toEqual({ rowCount: 1_000_000 })
  expect(await answer(cloud, 'aliases/list', { dbName: 'sales' })).toEqual(['live'])
  expect(await answer(cloud, 'aliases/describe', { dbName: 'sales', aliasName: 'live' })).toMatchObject({
    collectionName: 'orders',
  })
})

test('requests are recorded apart from those of the control plane', async () => {
  await using cloud = await start()
  const { clusterId } = cloud.world.cluster('staging')
  cloud.faults.inject({ operation: 'getCollectionStats', times: 2, fault: { kind: 'drip', bytes: 10 } })
  const body = { collectionName: 'smoke_test' }
  const stats = () => data(cloud, 'collections/get_stats', { cluster: 'staging', body })
  await Promise.all([stats(), stats()])
  await stats()
  expect(cloud.requests).toEqual([])
  expect(cloud.dataRequests).toMatchObject([
    { number: 1, openAtOnce: expect.any(Number), fault: 'drip' },
    { number: 2, openAtOnce: 2, fault: 'drip' },
    {
      number: 3,
      clusterId,
      operationId: 'getCollectionStats',
      path: '/v2/vectordb/collections/get_stats',
      headers: { authorization: `Bearer ${cloud.apiKey}` },
      body,
      time: cloud.world.now(),
      status: 200,
      code: 0,
      data: { rowCount: 10 },
      applied: true,
      fault: undefined,
      openAtOnce: 1,
    },
  ])
})
