/** A copy under another name or in another cluster against the picture of its original, and what becomes of aliases. */
import { describe, expect, test } from 'vitest'
import { copyDatabases } from '../../simulator/databases.ts'
import type { Simulator } from '../../simulator/index.ts'
import { verify } from './steps.ts'
import { errorOf, sent } from './story.ts'
import {
  beforeAndAfter,
  change,
  described,
  expectSucceeded,
  namesOf,
  results,
  seen,
  shortcomings,
  startWithData,
} from './verifying.ts'

describe('aliases', () => {
  const withAlias = async () => {
    const cloud = await startWithData()
    change(cloud, 'default.products', { aliases: ['live'] })
    return cloud
  }

  test('of a copy in another cluster are only reported', async () => {
    await using cloud = await withAlias()
    const happens = () => {
      cloud.world.cluster('staging').databases = copyDatabases(cloud.world.cluster('production').databases)
      const [copy] = cloud.world.cluster('staging').databases
      for (const collection of copy?.collections ?? []) collection.aliases = []
    }
    const story = await beforeAndAfter(cloud, { happens, second: { 'target-cluster': 'staging' } })
    expectSucceeded(story)
    expect(results(story)).toMatchObject({
      'default.products': 'As expected; aliases of the original: live',
      'default.medium_articles': 'As expected',
    })
  })

  test('are only reported, too, where the picture does not say of which cluster it is', async () => {
    await using cloud = await withAlias()
    const before = await verify(cloud, { collections: 'products' })
    change(cloud, 'default.products', { aliases: [] })
    const story = await verify(cloud, { baseline: before.step.outputs.verifiedCollections ?? '' })
    expectSucceeded(story)
    expect(results(story)).toEqual({ 'default.products': 'As expected; aliases of the original: live' })
  })

  test.each(['missing', 'null'] as const)(
    'that a description has as %s are asked for',
    async describedAliases => {
      await using cloud = await withAlias()
      cloud.variants.describedAliases = describedAliases
      const story = await beforeAndAfter(cloud, {})
      expectSucceeded(story)
      expect(seen(story).find(({ collection }) => collection === 'products')).toMatchObject({
        aliases: ['live'],
      })
    },
  )

  test('that a description omits are not gone', async () => {
    await using cloud = await withAlias()
    const happens = () => {
      cloud.variants.describedAliases = 'missing'
      cloud.faults.inject({
        operation: 'listAliases',
        times: 5,
        fault: { kind: 'envelope', status: 200, code: 0, data: [] },
      })
    }
    expectSucceeded(await beforeAndAfter(cloud, { happens }))
  })
})

describe('arrows', () => {
  /** The database `copy` gets what `sales` holds, and the collections of production keep theirs. */
  const copySales =
    (cloud: Simulator, rows = 1_000_000) =>
    () => {
      const { databases } = cloud.world.cluster('production')
      const [copy] = copyDatabases(databases.filter(({ name }) => name === 'sales'))
      databases.push({ name: 'copy', collections: copy?.collections ?? [] })
      change(cloud, 'copy.orders', { rows })
    }

  test('from a name of the baseline to that of the copy', async () => {
    await using cloud = await startWithData()
    const collections = 'sales.orders -> copy.orders >= 1000000'
    const story = await beforeAndAfter(cloud, { happens: copySales(cloud, 999_999), second: { collections } })
    expect(shortcomings(story)).toEqual([
      'copy.orders: has too few entities: 999,999, asked for 1,000,000, and before 1,000,000.',
    ])
    expect(described(story)).toEqual(['copy.orders'])
  })

  test('from a whole database: what the baseline has of it, and not what the cluster has', async () => {
    await using cloud = await startWithData()
    const happens = () => {
      copySales(cloud)()
      cloud.world
        .cluster('production')
        .databases[1]?.collections.push({ name: 'since', description: '', status: 'LOADED', rows: 5 })
    }
    const story = await beforeAndAfter(cloud, { happens, second: { collections: 'sales.* -> copy.*' } })
    expectSucceeded(story)
    expect(namesOf(seen(story))).toEqual(['copy.items', 'copy.orders'])
    expect(sent(story, 'listCollections')).toEqual([])
    expect(results(story)).toEqual({
      'copy.items': 'Not compared: not counted exactly',
      'copy.orders': 'As expected',
    })
  })

  test('from what the baseline does not have: problems with the inputs', async () => {
    await using cloud = await startWithData()
    const collections = 'sales.order -> copy.orders\nhr.* -> copy.*'
    const story = await beforeAndAfter(cloud, { happens: copySales(cloud), second: { collections } })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story).split('\n').sort()).toEqual([
      'collections: line 1 "sales.order -> copy.orders": the baseline has no collection sales.order',
      'collections: line 2 "hr.* -> copy.*": the baseline has no collection of database hr',
    ])
    expect(described(story)).toEqual([])
  })
})
