/** Which collections are looked at, and what is said of those that are not there. */
import { describe, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { withFields } from './arrange.ts'
import { verify } from './steps.ts'
import { errorOf, sent } from './story.ts'
import {
  change,
  described,
  expectSucceeded,
  lose,
  namesOf,
  seen,
  shortcomings,
  startWithData,
  warningsOf,
} from './verifying.ts'

/** The inputs that name a backup made for the story. */
function ofBackup({ world, clusterId }: Simulator) {
  const { backupId } = world.addBackup({ clusterId })
  return { 'cluster-id': clusterId, 'backup-id': backupId }
}

describe.each(nodes)('not there, on Node %s', node => {
  test('a collection, a database, another case, an alias: each is told for what it is', async () => {
    await using cloud = await startWithData()
    change(cloud, 'sales.orders', { aliases: ['orders_live'] })
    const collections = 'gone\nhr.people\nsales.Orders\nsales.orders_live\nDefault.products'
    const story = await verify(cloud, { collections }, { node })
    expect(shortcomings(story)).toEqual([
      'default.gone: is not there.',
      'hr.people: is not there, nor is its database.',
      'sales.Orders: is not there, but sales.orders, which differs by case alone: write it so.',
      'sales.orders_live: is not a collection, but an alias of "orders".',
      'Default.products: is not there, nor is its database.',
    ])
    expect(seen(story)).toEqual([])
    await expect(story.text).toMatchFileSnapshot('transcripts/verify-not-there.txt')
  })

  test('of a backup: what it holds and the cluster lacks', async () => {
    await using cloud = await startWithData()
    const inputs = ofBackup(cloud)
    lose(cloud, 'sales.items')
    const story = await verify(cloud, inputs, { node })
    expect(shortcomings(story)).toEqual(['sales.items: is not there.'])
    expect(namesOf(seen(story))).not.toContain('sales.items')
    expect(seen(story)).toHaveLength(4)
  })
})

test('that others could not be listed changes nothing of what is missing', async () => {
  await using cloud = await startWithData()
  cloud.faults.inject({ operation: 'listCollections', fault: { kind: 'gateway', status: 404 } })
  const story = await verify(cloud, { collections: 'Products' })
  expect(shortcomings(story)).toEqual(['default.Products: is not there.'])
  expect(sent(story, 'listCollections')).toHaveLength(1)
})

test('one that is dropped between its description and its count is not there', async () => {
  await using cloud = await startWithData()
  const fault = { kind: 'envelope', status: 200, code: 100, message: 'collection not found' } as const
  cloud.faults.inject({ operation: 'countEntities', fault })
  expect(shortcomings(await verify(cloud, { collections: 'products' }))).toEqual([
    'default.products: is not there.',
  ])
})

test('one whose load state does not exist is not there', async () => {
  await using cloud = await startWithData()
  const fault = withFields({ load: 'LoadStateNotExist' })
  cloud.faults.inject({ operation: 'describeCollection', fault })
  expect(shortcomings(await verify(cloud, { collections: 'products' }))).toEqual([
    'default.products: is not there.',
  ])
})

describe('stars without a backup', () => {
  test('stand for all that the cluster holds', async () => {
    await using cloud = await startWithData()
    const story = await verify(cloud, { collections: '*', 'collection-status': 'UNLOADED' })
    expectSucceeded(story)
    expect(namesOf(seen(story))).toEqual([
      'archive.orders_2023',
      'default.medium_articles',
      'default.products',
      'sales.items',
      'sales.orders',
    ])
    expect(sent(story, 'listCollections')).toHaveLength(3)
  })

  test('with a least number, which a name beside it may change for itself', async () => {
    await using cloud = await startWithData()
    const collections = 'medium_articles >= 1\ndefault.* >= 6000\nsales.*>=5000000'
    const inputs = { collections, 'collection-status': 'UNLOADED' }
    const story = await verify(cloud, inputs)
    expect(shortcomings(story)).toEqual([
      'sales.items: has too few entities: about 4,000,000, asked for 5,000,000.',
      'sales.orders: has too few entities: 1,000,000, asked for 5,000,000.',
    ])
  })

  test.each([
    ['hr.*', 'The cluster has no collection of database hr.'],
    ['*', 'The cluster has no collection.'],
  ])('%s stands for one collection at least', async (collections, problem) => {
    await using cloud = await startWithData()
    cloud.world.cluster('production').databases = []
    const story = await verify(cloud, { collections })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toBe(`${problem} Check collections, and target-cluster.`)
  })
})

describe('with a backup', () => {
  test('stars stand for what it holds, and for nothing else', async () => {
    await using cloud = await startWithData()
    const inputs = ofBackup(cloud)
    cloud.world.cluster('production').databases[1]?.collections.push({
      name: 'new_since',
      description: '',
      status: 'LOADED',
      rows: 1,
    })
    const story = await verify(cloud, { ...inputs, collections: 'sales.*' })
    expectSucceeded(story)
    expect(described(story)).toEqual(['sales.items', 'sales.orders'])
    expect(sent(story, 'listCollections')).toEqual([])
  })

  test('a star for which it holds nothing is a problem with the inputs, said with the line', async () => {
    await using cloud = await startWithData()
    const story = await verify(cloud, { ...ofBackup(cloud), collections: 'products\nhr.*' })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toBe('collections: line 2 "hr.*": the backup has no collection of database hr')
    expect(described(story)).toEqual([])
  })

  test('names that it does not hold are simply looked for', async () => {
    await using cloud = await startWithData()
    const { databases } = cloud.world.cluster('production')
    const held = databases.filter(({ name }) => name === 'sales')
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId, databases: held })
    const source = { 'cluster-id': cloud.clusterId, 'backup-id': backupId }
    const story = await verify(cloud, { ...source, collections: '*\nproducts' })
    expectSucceeded(story)
    expect(namesOf(seen(story))).toEqual(['sales.orders', 'sales.items', 'default.products'])
  })

  test('the newest one, where it is asked for, and none that is too old', async () => {
    await using cloud = await startWithData()
    const { clusterId } = cloud
    const latest = { 'cluster-id': clusterId, 'backup-id': 'latest', 'max-age': '30d' }
    cloud.world.addBackup({ clusterId, ageSeconds: 40 * 86_400 })
    const old = await verify(cloud, latest)
    expect(old.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(old)).toContain('max-age')
    expect(old.dataRequests).toEqual([])
    const { backupId } = cloud.world.addBackup({ clusterId })
    const story = await verify(cloud, latest)
    expectSucceeded(story)
    expect(story.step.outputs).toMatchObject({ backupId })
  })
})

describe.each(['flat', 'none'] as const)('a backup whose contents are listed as %s', backupCollections => {
  const start = () => startWithData({ variants: { backupCollections } })
  const usableOnly = (more = '') =>
    `The service does not list by database what the backup holds, so the cluster is not compared with it. Checked: that the cluster is usable${more}.`

  test.each([undefined, '*'])(
    'collections %s: only whether the cluster is usable, with a warning',
    async collections => {
      await using cloud = await start()
      const story = await verify(cloud, { ...ofBackup(cloud), ...(collections && { collections }) })
      expectSucceeded(story)
      expect(warningsOf(story)).toEqual([usableOnly()])
      expect(seen(story)).toEqual([])
      expect(story.step.summary).toContain('production is usable</h2>')
    },
  )

  test('names are looked for, loaded or not', async () => {
    await using cloud = await start()
    const story = await verify(cloud, { ...ofBackup(cloud), collections: 'sales.items\nproducts >= 5' })
    expectSucceeded(story)
    expect(warningsOf(story)).toEqual([])
    expect(namesOf(seen(story))).toEqual(['sales.items', 'default.products'])
  })

  test('names beside a star: looked for, and the warning says so', async () => {
    await using cloud = await start()
    const story = await verify(cloud, { ...ofBackup(cloud), collections: '*\nproducts >= 200000' })
    expect(shortcomings(story)).toEqual([
      'default.products: has too few entities: 120,000, asked for 200,000.',
    ])
    expect(warningsOf(story)).toEqual([usableOnly(', the collections that are named')])
  })

  test('a star of one database is an error that says why', async () => {
    await using cloud = await start()
    const story = await verify(cloud, { ...ofBackup(cloud), collections: 'sales.*' })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toBe(
      'collections: line 1 "sales.*": the service does not list which collections of the backup are in which database. Name them, or take * for whether the cluster is usable',
    )
  })
})

test('names as JSON, which may have any character', async () => {
  await using cloud = await startWithData()
  change(cloud, 'sales.orders', { name: 'or.ders' })
  const entries = [{ dbName: 'sales', collections: [{ collectionName: 'or.ders' }] }]
  const story = await verify(cloud, { collections: JSON.stringify(entries) })
  expectSucceeded(story)
  expect(seen(story)).toMatchObject([{ database: 'sales', collection: 'or.ders', entities: 1_000_000 }])
})
