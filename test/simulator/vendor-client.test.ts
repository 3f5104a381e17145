/** The vendor's own client, which knows nothing of this project, judges the simulated data plane. */
import { HttpClient } from '@zilliz/milvus2-sdk-node/dist/milvus/HttpClient.js'
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'

const orders = { dbName: 'sales', collectionName: 'orders' }

async function clientOf(cloud: Simulator, token = cloud.apiKey, acceptInt64 = true): Promise<HttpClient> {
  const endpoint = await cloud.connectAddress('production')
  return new HttpClient({ endpoint, token, acceptInt64, timeout: 5_000 })
}

async function start(): Promise<Simulator> {
  const cloud = await startSimulator({ dataPlane: true })
  Object.assign(cloud.world.collection('production', 'sales.orders'), { deleted: 5, aliases: ['live'] })
  return cloud
}

test('it reads what the cluster holds', async () => {
  await using cloud = await start()
  const client = await clientOf(cloud)
  expect(await client.listCollections({ dbName: 'sales' })).toEqual({ code: 0, data: ['orders', 'items'] })
  expect((await client.getCollectionStatistics(orders)).data.rowCount).toBe(1_000_005)
  expect((await client.getCollectionLoadState(orders)).data).toMatchObject({
    loadState: 'LoadStateLoaded',
    loadProgress: 100,
  })
  const { data } = await client.describeCollection(orders)
  expect(data).toMatchObject({ collectionName: 'orders', load: 'LoadStateLoaded', enableDynamicField: true })
  expect(data.fields.map(({ type }) => type)).toEqual(['Int64', 'FloatVector'])
  expect(data.indexes).toEqual([{ fieldName: 'vector', indexName: 'vector', metricType: 'COSINE' }])
  expect(cloud.dataRequests.map(({ code }) => code)).toEqual([0, 0, 0, 0])
  expect(cloud.problems).toEqual([])
})

test('it counts exactly, and says whether it takes the number as a number', async () => {
  await using cloud = await start()
  const query = { ...orders, filter: '', outputFields: ['count(*)'], consistencyLevel: 'Strong' }
  const count = async (acceptInt64: boolean) =>
    (await (await clientOf(cloud, cloud.apiKey, acceptInt64)).query(query)).data
  expect(await count(true)).toEqual([{ 'count(*)': 1_000_000 }])
  expect(await count(false)).toEqual([{ 'count(*)': '1000000' }])
  expect(cloud.problems).toEqual([])
})

test('it lists, describes and moves an alias', async () => {
  await using cloud = await start()
  const client = await clientOf(cloud)
  const alias = { dbName: 'sales', aliasName: 'live' }
  expect((await client.listAliases({ dbName: 'sales' })).data).toEqual(['live'])
  expect((await client.describeAlias(alias)).data).toMatchObject({ collectionName: 'orders' })
  expect((await client.alterAlias({ ...alias, collectionName: 'items' })).code).toBe(0)
  expect((await client.describeAlias(alias)).data).toMatchObject({ collectionName: 'items' })
  expect(cloud.problems).toEqual([])
})

test('it is told what is wrong by a code', async () => {
  await using cloud = await start()
  const client = await clientOf(cloud)
  const stranger = await clientOf(cloud, 'root:wrong')
  expect((await stranger.listCollections()).code).toBe(1800)
  expect((await client.listCollections({ dbName: 'hr' })).code).toBe(800)
  expect((await client.describeCollection({ collectionName: 'gone' })).code).toBe(100)
  expect(
    (await client.query({ dbName: 'sales', collectionName: 'items', filter: '', outputFields: ['count(*)'] }))
      .code,
  ).toBe(101)
  expect((await client.describeAlias({ dbName: 'sales', aliasName: 'gone' })).code).toBe(1600)
  expect(cloud.problems).toEqual([])
})
