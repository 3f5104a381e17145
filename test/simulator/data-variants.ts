import { expect } from 'vitest'
import type { Simulator, Variants } from '../../simulator/index.ts'
import { restoreInto } from './api-calls.ts'
import { pass } from './client.ts'
import { answer } from './data-client.ts'

/** Every value of the variants of the data plane. */
export const dataVariants = {
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
} satisfies Partial<{ [Name in keyof Variants]: (cloud: Simulator) => Promise<void> }>
