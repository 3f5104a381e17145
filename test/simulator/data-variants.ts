import { expect } from 'vitest'
import type { Simulator, Variants } from '../../simulator/index.ts'
import { restoreInto } from './api-calls.ts'
import { pass } from './client.ts'
import { answer, data } from './data-client.ts'

const products = { collectionName: 'products' }

/** Every value of the variants of the data plane. */
export const dataVariants = {
  async endpointDelaySeconds(cloud) {
    cloud.variants.endpointDelaySeconds = 60
    expect((await data(cloud, 'databases/list')).status).toBe(200)
    cloud.world.addCluster({ clusterName: 'new' })
    const status = async () => (await data(cloud, 'databases/list', { cluster: 'new' })).status
    expect(await status()).toBe(503)
    pass(cloud, 59)
    expect(await status()).toBe(503)
    pass(cloud, 1)
    expect(await status()).toBe(200)
  },
  async loadSeconds(cloud) {
    cloud.variants.loadSeconds = 30
    const body = { dbName: 'sales', collectionName: 'copy' }
    const count = { ...body, filter: '', outputFields: ['count(*)'] }
    const entry = { collectionName: 'orders', destCollectionName: 'copy' }
    await restoreInto(cloud, cloud.clusterId, [{ dbName: 'sales', collections: [entry] }])
    expect(await answer(cloud, 'collections/get_load_state', body)).toMatchObject({
      loadState: 'LoadStateLoading',
      loadProgress: 0,
    })
    pass(cloud, 15)
    expect(await answer(cloud, 'collections/get_load_state', body)).toMatchObject({ loadProgress: 50 })
    expect(await answer(cloud, 'entities/query', count)).toBe(103)
    pass(cloud, 15)
    expect(await answer(cloud, 'collections/get_load_state', body)).toMatchObject({
      loadState: 'LoadStateLoaded',
    })
    expect(await answer(cloud, 'entities/query', count)).toEqual([{ 'count(*)': 1_000_000 }])
  },
  async unknownLoadState(cloud) {
    cloud.variants.unknownLoadState = 'LoadStateReleasing'
    expect(await answer(cloud, 'collections/get_load_state', products)).toMatchObject({
      loadState: 'LoadStateReleasing',
    })
    expect(await answer(cloud, 'collections/describe', products)).toMatchObject({
      load: 'LoadStateReleasing',
    })
  },
  async entityCount(cloud) {
    const count = { ...products, filter: '', outputFields: ['count(*)'] }
    expect(await answer(cloud, 'entities/query', count)).toEqual([{ 'count(*)': 120_000 }])
    cloud.variants.entityCount = 'text'
    expect(await answer(cloud, 'entities/query', count)).toEqual([{ 'count(*)': '120000' }])
  },
  async describedLoad(cloud) {
    expect(await answer(cloud, 'collections/describe', products)).toHaveProperty('load')
    cloud.variants.describedLoad = 'missing'
    expect(await answer(cloud, 'collections/describe', products)).not.toHaveProperty('load')
  },
  async describedAliases(cloud) {
    const described = async () => (await answer(cloud, 'collections/describe', products)).aliases
    const values = ['list', 'null-when-none', 'null', 'missing'] as const
    const seen = async () => {
      const all = []
      for (const value of values) {
        cloud.variants.describedAliases = value
        all.push(await described())
      }
      return all
    }
    expect(await seen()).toEqual([[], null, null, undefined])
    cloud.world.collection('production', 'default.products').aliases = ['live']
    expect(await seen()).toEqual([['live'], ['live'], null, undefined])
  },
} satisfies Partial<{ [Name in keyof Variants]: (cloud: Simulator) => Promise<void> }>
