/** Load states: what is asked for, what is waited for, and what is only reported. */
import { describe, expect, test } from 'vitest'
import type { RequestRecord, Simulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { always, atFirst, refusing } from './arrange.ts'
import { verify } from './steps.ts'
import { errorOf, logLines, sent } from './story.ts'
import {
  change,
  expectSucceeded,
  lose,
  namesOf,
  seen,
  shortcomings,
  startWithData,
  warningsOf,
} from './verifying.ts'

/** World seconds, from now on. */
function loads(cloud: Simulator, name: string, seconds: number): void {
  const from = cloud.world.now()
  change(cloud, name, { loading: { from, to: from + seconds * 1000 } })
}

const everything = { collections: '*', 'collection-status': 'UNLOADED' }

describe.each(nodes)('loading, on Node %s', node => {
  test('still at the time-out: with all else that falls short', async () => {
    await using cloud = await startWithData()
    loads(cloud, 'sales.orders', Number.POSITIVE_INFINITY)
    loads(cloud, 'default.medium_articles', Number.POSITIVE_INFINITY)
    const collections = 'sales.orders\nmedium_articles\nproducts >= 200000\ngone'
    const story = await verify(cloud, { collections, timeout: '20s' }, { node })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
    expect(errorOf(story).split('\n')).toEqual([
      'Timed out after 20s: 2 collections are still loading.',
      'sales.orders: is still loading.',
      'default.medium_articles: is still loading.',
      'default.products: has too few entities: 120,000, asked for 200,000.',
      'default.gone: is not there.',
      'Run this step again, with a longer timeout.',
    ])
    expect(namesOf(seen(story))).toEqual(['default.products'])
    await expect(story.text).toMatchFileSnapshot('transcripts/verify-loading-timed-out.txt')
  })

  test('is waited for, and said', async () => {
    await using cloud = await startWithData({ speed: 30 })
    atFirst(cloud, 'describeCollection', () => loads(cloud, 'sales.orders', 20))
    const story = await verify(cloud, { collections: 'sales.orders\nproducts' }, { node })
    expectSucceeded(story)
    expect(seen(story)).toMatchObject([
      { collection: 'orders', loadState: 'LoadStateLoaded', entities: 1_000_000, exact: true },
      { collection: 'products' },
    ])
    expect(logLines(story).join('\n')).toMatch(/^\d+s {2}collection sales\.orders is still loading$/m)
    // Only what is loading is looked at again.
    const counted = sent(story, 'countEntities').map(
      ({ body }) => (body as Record<string, string>).collectionName,
    )
    expect(counted.sort()).toEqual(['orders', 'products'])
  })
})

test('one that could not be looked at before the time-out is not said to be loading', async () => {
  await using cloud = await startWithData()
  const when = ({ body }: RequestRecord) => (body as Record<string, string>).collectionName === 'orders'
  cloud.faults.inject({ operation: 'describeCollection', ...always, when, fault: { kind: 'stall' } })
  const inputs = { collections: 'sales.orders\nproducts >= 200000', timeout: '20s' }
  const story = await verify(cloud, inputs)
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
  expect(errorOf(story).split('\n')).toEqual([
    'Timed out after 20s: 1 of 2 collections is not looked at yet.',
    'default.products: has too few entities: 120,000, asked for 200,000.',
    'Run this step again, with a longer timeout.',
  ])
  expect(namesOf(seen(story))).toEqual(['default.products'])
})

describe('not loaded', () => {
  test('falls short without a backup', async () => {
    await using cloud = await startWithData()
    const story = await verify(cloud, { collections: 'sales.*' })
    expect(shortcomings(story)).toEqual(['sales.items: is not loaded (LoadStateNotLoad).'])
  })

  test('falls short with a backup, too, where LOADED is asked for', async () => {
    await using cloud = await startWithData()
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
    const source = { 'cluster-id': cloud.clusterId, 'backup-id': backupId }
    const story = await verify(cloud, { ...source, collections: 'sales.*', 'collection-status': 'LOADED' })
    expect(shortcomings(story)).toEqual(['sales.items: is not loaded (LoadStateNotLoad).'])
  })

  test('falls short where the backup says that it was loaded', async () => {
    await using cloud = await startWithData()
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
    change(cloud, 'default.products', { status: 'UNLOADED' })
    change(cloud, 'sales.items', { status: 'LOADED' })
    const source = { 'cluster-id': cloud.clusterId, 'backup-id': backupId }
    const story = await verify(cloud, { ...source, 'collection-status': 'keep' })
    expect(shortcomings(story)).toEqual(['default.products: is not loaded (LoadStateNotLoad).'])
  })

  test('an unknown state is one, and is shown as it is', async () => {
    await using cloud = await startWithData({ variants: { unknownLoadState: 'LoadStateReleasing<b>' } })
    const story = await verify(cloud, { collections: 'products' })
    expect(shortcomings(story)).toEqual(['default.products: is not loaded (LoadStateReleasing<b>).'])
    expect(story.step.summary).toContain('<td>LoadStateReleasing&#60;b&#62;</td>')
  })
})

describe('UNLOADED', () => {
  test('load states are reported, never judged, and loaded collections are counted exactly', async () => {
    await using cloud = await startWithData()
    const story = await verify(cloud, everything)
    expectSucceeded(story)
    expect(seen(story).map(({ loadState, exact }) => [loadState, exact])).toEqual([
      ['LoadStateNotLoad', false],
      ['LoadStateLoaded', true],
      ['LoadStateLoaded', true],
      ['LoadStateNotLoad', false],
      ['LoadStateLoaded', true],
    ])
  })

  test('what is loading is not waited for', async () => {
    await using cloud = await startWithData()
    loads(cloud, 'sales.orders', Number.POSITIVE_INFINITY)
    const story = await verify(cloud, everything)
    expectSucceeded(story)
    expect(seen(story).at(-1)).toMatchObject({ loadState: 'LoadStateLoading', exact: false })
    expect(story.step.summary).toContain('<td>loading</td>')
  })
})

test('KEEP asks for no state where neither the backup nor a baseline tells one', async () => {
  await using cloud = await startWithData()
  const held = cloud.world.cluster('production').databases.filter(({ name }) => name === 'default')
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId, databases: held })
  const source = { 'cluster-id': cloud.clusterId, 'backup-id': backupId }
  expectSucceeded(await verify(cloud, { ...source, collections: 'sales.items' }))
})

test('a description without the load state: it is asked for by itself', async () => {
  await using cloud = await startWithData({ variants: { describedLoad: 'missing' } })
  const story = await verify(cloud, { collections: 'products\nsales.items' })
  expect(shortcomings(story)).toEqual(['sales.items: is not loaded (LoadStateNotLoad).'])
  expect(sent(story, 'getLoadState')).toHaveLength(2)
})

test('one that is released between its description and its count: metadata, and what that is worth', async () => {
  await using cloud = await startWithData()
  cloud.faults.inject({ operation: 'countEntities', fault: refusing(101) })
  const story = await verify(cloud, { collections: 'products >= 5' })
  expectSucceeded(story)
  expect(seen(story)).toMatchObject([{ entities: 120_000, exact: false }])
  expect(warningsOf(story)).toHaveLength(1)
})

test('one whose state was lost by a drop while it is waited for is not there', async () => {
  await using cloud = await startWithData({ speed: 30 })
  loads(cloud, 'sales.orders', Number.POSITIVE_INFINITY)
  cloud.faults.inject({
    operation: 'describeCollection',
    skip: 2,
    fault: { kind: 'meanwhile', act: () => lose(cloud, 'sales.orders') },
  })
  const story = await verify(cloud, { collections: 'sales.orders' })
  expect(shortcomings(story)).toEqual(['sales.orders: is not there.'])
})
