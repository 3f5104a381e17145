import { describe, expect, test } from 'vitest'
import { nodes } from '../harness/runner.ts'
import { verify } from './steps.ts'
import { change, expectSucceeded, lose, namesOf, seen, shortcomings, startWithData } from './verifying.ts'

const source = (cloud: { clusterId: string }, backupId: string) => ({
  'cluster-id': cloud.clusterId,
  'backup-id': backupId,
})

describe.each(nodes)('verify on Node %s', node => {
  test('all that falls short is told at once', async () => {
    await using cloud = await startWithData()
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
    lose(cloud, 'archive')
    lose(cloud, 'default.products')
    change(cloud, 'sales.orders', { status: 'UNLOADED' })
    const collections = '*\ndefault.medium_articles >= 6000\nsales.ghost'
    const story = await verify(cloud, { ...source(cloud, backupId), collections }, { node })
    expect(shortcomings(story)).toEqual([
      'default.medium_articles: has too few entities: 5,979, asked for 6,000.',
      'default.products: is not there.',
      'sales.orders: is not loaded (LoadStateNotLoad).',
      'archive.orders_2023: is not there, nor is its database.',
      'sales.ghost: is not there.',
    ])
    expect(namesOf(seen(story))).toEqual(['default.medium_articles', 'sales.orders', 'sales.items'])
    await expect(story.text).toMatchFileSnapshot('transcripts/verify-short.txt')
  })

  test('without expectations: only whether the cluster is usable', async () => {
    await using cloud = await startWithData()
    const story = await verify(cloud, {}, { node })
    expectSucceeded(story)
    const connectAddress = await cloud.connectAddress('production')
    expect(story.step.outputs).toMatchObject({
      clusterId: cloud.clusterId,
      clusterName: 'production',
      connectAddress,
      verifiedCollections: '[]',
    })
    expect(story.step.outputs).not.toHaveProperty('backupId')
    expect(story.dataRequests.map(({ operationId }) => operationId)).toEqual(['listDatabases'])
    await expect(story.text).toMatchFileSnapshot('transcripts/verify-usable.txt')
  })

  test('against a backup: all that it holds, loaded where it was, counted exactly where loaded', async () => {
    await using cloud = await startWithData()
    const { backupId, backupName } = cloud.world.addBackup({ clusterId: cloud.clusterId })
    const story = await verify(cloud, source(cloud, backupId), { node })
    expectSucceeded(story)
    expect(story.step.outputs).toMatchObject({ backupId, backupName })
    const fields = ['id Int64 primary', 'vector FloatVector(768)']
    const loaded = { loadState: 'LoadStateLoaded', exact: true, fields, aliases: [] }
    const unloaded = { loadState: 'LoadStateNotLoad', exact: false, fields, aliases: [] }
    expect(seen(story)).toEqual([
      { database: 'default', collection: 'medium_articles', entities: 5_979, ...loaded },
      { database: 'default', collection: 'products', entities: 120_000, ...loaded },
      { database: 'sales', collection: 'orders', entities: 1_000_000, ...loaded },
      { database: 'sales', collection: 'items', entities: 4_000_000, ...unloaded },
      { database: 'archive', collection: 'orders_2023', entities: 750_000, ...unloaded },
    ])
    expect(story.step.receipt).toMatchObject({ verifiedCollections: seen(story) })
    await expect(story.text).toMatchFileSnapshot('transcripts/verify-backup.txt')
  })

  test('names with least numbers, without a backup', async () => {
    await using cloud = await startWithData()
    const collections = 'products >= 120000, sales.orders>=1\n# a note\nmedium_articles'
    const story = await verify(cloud, { collections }, { node })
    expectSucceeded(story)
    expect(namesOf(seen(story))).toEqual(['default.products', 'sales.orders', 'default.medium_articles'])
    await expect(story.text).toMatchFileSnapshot('transcripts/verify-names.txt')
  })
})
