/** What was, and what is: a cluster against the picture of an earlier `verify`. */
import { describe, expect, test } from 'vitest'
import { nodes } from '../harness/runner.ts'
import { errorOf } from './story.ts'
import {
  beforeAndAfter,
  change,
  described,
  expectSucceeded,
  lose,
  results,
  shortcomings,
  startWithData,
  warningsOf,
} from './verifying.ts'

const idOf = { name: 'id', type: 'Int64', primaryKey: true }
const vectorOf = (dim: number) => ({ name: 'vector', type: 'FloatVector', params: { dim } })

describe.each(nodes)('compared on Node %s', node => {
  test('all that was lost or changed is told at once', async () => {
    await using cloud = await startWithData()
    change(cloud, 'sales.orders', { aliases: ['orders_live', 'orders_old'] })
    change(cloud, 'default.products', { fields: [idOf, { name: 'title', type: 'VarChar' }, vectorOf(768)] })
    const story = await beforeAndAfter(
      cloud,
      {
        happens() {
          lose(cloud, 'archive.orders_2023')
          change(cloud, 'sales.orders', { aliases: [], rows: 999_999, status: 'LOADED' })
          change(cloud, 'sales.items', { aliases: ['orders_live'] })
          change(cloud, 'default.products', { fields: [idOf, vectorOf(512)] })
          change(cloud, 'default.medium_articles', { status: 'UNLOADED' })
        },
      },
      { node },
    )
    expect(shortcomings(story)).toEqual([
      'archive.orders_2023: is not there.',
      'default.medium_articles: is not loaded (LoadStateNotLoad).',
      'default.products: field "title" is gone; field "vector" was "FloatVector(768)" and is "FloatVector(512)".',
      'sales.orders: has too few entities: 999,999, before 1,000,000; alias "orders_live" points at "items"; alias "orders_old" is gone.',
    ])
    await expect(story.text).toMatchFileSnapshot('transcripts/verify-compared.txt')
  })

  test('a refused look-up of a lost alias ends the step, and does not mean that it is gone', async () => {
    await using cloud = await startWithData()
    change(cloud, 'sales.orders', { aliases: ['orders_live'] })
    const happens = () => {
      change(cloud, 'sales.orders', { aliases: [] })
      cloud.faults.inject({
        operation: 'describeAlias',
        fault: { kind: 'envelope', status: 200, code: 65535 },
      })
    }
    const story = await beforeAndAfter(cloud, { happens }, { node })
    expect(errorOf(story)).toContain('code 65535')
    expect(story.text).not.toContain('alias "orders_live" is gone')
  })

  test('more entities, new fields, new collections and new aliases are in order', async () => {
    await using cloud = await startWithData()
    const story = await beforeAndAfter(
      cloud,
      {
        second: { collections: '*' },
        happens() {
          change(cloud, 'default.products', {
            rows: 120_001,
            aliases: ['new'],
            fields: [vectorOf(768), { name: 'title', type: 'VarChar' }, idOf],
          })
          cloud.world
            .cluster('production')
            .databases[0]?.collections.push({ name: 'new', description: '', status: 'LOADED', rows: 5 })
        },
      },
      { node },
    )
    expectSucceeded(story)
    expect(results(story)).toMatchObject({
      'default.products': 'As expected',
      'default.new': 'Not in the baseline',
      'sales.items': 'Not compared: not counted exactly',
    })
  })
})

describe('allow-loss', () => {
  test.each([
    ['5', 114_000, true],
    ['5', 113_999, false],
    ['0.001', 119_999, true],
    ['0.001', 119_998, false],
    ['100', 0, true],
    ['0', 119_999, false],
  ])('%s per cent of 120,000, now %i: %s', async (allowed, rows, isInOrder) => {
    await using cloud = await startWithData()
    const happens = () => change(cloud, 'default.products', { rows })
    const story = await beforeAndAfter(cloud, { happens, second: { 'allow-loss': allowed } })
    if (isInOrder) return expectSucceeded(story)
    const more = allowed === '0' ? '' : ', a loss beyond allow-loss'
    expect(shortcomings(story)).toEqual([
      `default.products: has too few entities: ${rows.toLocaleString('en-US')}, before 120,000${more}.`,
    ])
  })
})

describe('what cannot be compared', () => {
  test('now or before: a row, and a warning', async () => {
    await using cloud = await startWithData()
    const happens = () => {
      change(cloud, 'sales.items', { status: 'LOADED', rows: 1 })
      change(cloud, 'sales.orders', { status: 'UNLOADED', rows: 1 })
    }
    const story = await beforeAndAfter(cloud, { happens, second: { 'collection-status': 'UNLOADED' } })
    expectSucceeded(story)
    expect(warningsOf(story)).toEqual([
      'Not compared with the baseline, since these were not counted exactly both times: archive.orders_2023, sales.items, sales.orders. Only loaded collections are counted exactly, and only where that takes less than 30s.',
    ])
    expect(results(story)).toMatchObject({ 'sales.items': 'Not compared: not counted exactly' })
  })

  test('at all: the step fails', async () => {
    await using cloud = await startWithData()
    const first = { collections: 'sales.items' }
    const story = await beforeAndAfter(cloud, { first })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toBe(
      'Cluster production could not be compared with the baseline: no collection was counted exactly both times. Only loaded collections are counted exactly: load them before both steps.',
    )
  })
})

test('with collections, only those are compared', async () => {
  await using cloud = await startWithData()
  const story = await beforeAndAfter(cloud, {
    happens: () => change(cloud, 'sales.orders', { rows: 5 }),
    second: { collections: 'products\nsales.orders >= 6' },
  })
  expect(shortcomings(story)).toEqual([
    'sales.orders: has too few entities: 5, asked for 6, and before 1,000,000.',
  ])
  expect(described(story)).toEqual(['default.products', 'sales.orders'])
})

test.each(['nested', 'none'] as const)(
  'with a backup that lists %s: what either of them has',
  async backupCollections => {
    await using cloud = await startWithData({ variants: { backupCollections } })
    const { clusterId } = cloud
    const databases = cloud.world.cluster('production').databases.filter(({ name }) => name === 'archive')
    const { backupId } = cloud.world.addBackup({ clusterId, databases })
    const story = await beforeAndAfter(cloud, {
      first: { collections: 'products' },
      second: { 'cluster-id': clusterId, 'backup-id': backupId },
    })
    expectSucceeded(story)
    const isListed = backupCollections === 'nested'
    expect(described(story)).toEqual([...(isListed ? ['archive.orders_2023'] : []), 'default.products'])
    expect(warningsOf(story)).toEqual(
      isListed
        ? []
        : [
            'The service does not list by database what the backup holds, so the cluster is not compared with it. Checked: that the cluster is usable, those of the baseline.',
          ],
    )
  },
)
