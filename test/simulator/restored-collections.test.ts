import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type RestoredPlan, type Simulator, startSimulator } from '../../simulator/index.ts'
import { restore, restoreInto } from './api-calls.ts'
import { pass, stopClock } from './client.ts'
import { answer } from './data-client.ts'

beforeEach(stopClock)
afterEach(() => {
  vi.useRealTimers()
})

const copy = { dbName: 'sales', collectionName: 'copy' }
const count = { ...copy, filter: '', outputFields: ['count(*)'] }

/** Restores sales.orders as sales.copy, on the cluster itself. */
async function restoreCopy(cloud: Simulator): Promise<void> {
  cloud.variants.existingCollection = 'overwrite'
  const entry = { collectionName: 'orders', destCollectionName: 'copy' }
  await restoreInto(cloud, cloud.clusterId, [{ dbName: 'sales', collections: [entry] }])
}

test.each<[string, RestoredPlan, string, unknown, unknown]>([
  ['missing', { missing: true }, 'collections/describe', copy, 100],
  ['with too few entities', { rows: 10 }, 'entities/query', count, [{ 'count(*)': 10 }]],
  ['unloaded', { status: 'UNLOADED' }, 'entities/query', count, 101],
  ['still loading', { loadSeconds: 60 }, 'entities/query', count, 103],
])('a restored collection is %s, the next one is not', async (_, plan, path, body, expected) => {
  await using cloud = await startSimulator({ dataPlane: true })
  cloud.world.nextRestored('sales.copy', plan)
  await restoreCopy(cloud)
  expect(await answer(cloud, path, body)).toEqual(expected)
  await restoreCopy(cloud)
  expect(await answer(cloud, 'entities/query', count)).toEqual([{ 'count(*)': 1_000_000 }])
})

test('a restored collection lacks a field', async () => {
  await using cloud = await startSimulator({ dataPlane: true })
  cloud.world.nextRestored('sales.copy', { withoutFields: ['vector'] })
  await restoreCopy(cloud)
  const { fields } = await answer(cloud, 'collections/describe', copy)
  expect(fields.map(({ name }: { name: string }) => name)).toEqual(['id'])
  const origin = await answer(cloud, 'collections/describe', { ...copy, collectionName: 'orders' })
  expect(origin.fields).toHaveLength(2)
})

test('so does a collection of a restored cluster, and no other', async () => {
  await using cloud = await startSimulator({ dataPlane: true })
  cloud.world.nextRestored('sales.items', { missing: true })
  cloud.world.nextRestored('sales.orders', { rows: 3, loadSeconds: 3_600 })
  await restore(cloud)
  pass(cloud, 60)
  expect(await answer(cloud, 'collections/list', { dbName: 'sales' }, 'copy')).toEqual(['orders'])
  expect(await answer(cloud, 'collections/list', {}, 'copy')).toEqual(['medium_articles', 'products'])
  const orders = { dbName: 'sales', collectionName: 'orders' }
  expect(await answer(cloud, 'collections/get_load_state', orders, 'copy')).toMatchObject({
    loadState: 'LoadStateLoading',
  })
  expect(await answer(cloud, 'collections/get_stats', orders, 'copy')).toEqual({ rowCount: 3 })
})

test('a collection can be loading without a restore, and for ever', async () => {
  await using cloud = await startSimulator({ dataPlane: true })
  const orders = { dbName: 'sales', collectionName: 'orders' }
  const state = async () => {
    const { loadState, loadProgress } = await answer(cloud, 'collections/get_load_state', orders)
    return [loadState, loadProgress]
  }
  cloud.world.startLoading('production', 'sales.orders', 100)
  pass(cloud, 40)
  expect(await state()).toEqual(['LoadStateLoading', 40])
  pass(cloud, 60)
  expect(await state()).toEqual(['LoadStateLoaded', 100])
  cloud.world.startLoading('production', 'sales.orders', Number.POSITIVE_INFINITY)
  pass(cloud, 1e9)
  expect(await state()).toEqual(['LoadStateLoading', 0])
})

test('a collection that the world does not have is a mistake of the test', async () => {
  await using cloud = await startSimulator()
  expect(() => cloud.world.collection('production', 'sales.gone')).toThrow('sales.gone')
})
