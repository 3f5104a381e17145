import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Simulator } from '../../simulator/index.ts'
import { whereItPoints } from '../harness/aliases.ts'
import { nodes } from '../harness/runner.ts'
import { startWithAlias } from './aliases.ts'
import { switchAlias } from './steps.ts'
import { changesSent, errorOf, runStory, type StoryResult, sent } from './story.ts'

describe.each(nodes)('switch-alias on Node %s', node => {
  test('a collection that has too few entities: the alias stays where it is', async () => {
    await using cloud = await startWithAlias({}, { rows: 900, deleted: 200 })
    const story = await switchAlias(cloud, { collections: 'sales.orders_run_7 >= 1000' }, { node })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(changesSent(story)).toEqual([])
    expect(whereItPoints(cloud)).toEqual(['sales.orders'])
    await expect(story.text).toMatchFileSnapshot('transcripts/switch-alias-too-few.txt')
  })

  test('an alias that is not there: those of its database are listed', async () => {
    await using cloud = await startWithAlias()
    const story = await switchAlias(cloud, { alias: 'orders_prod' }, { node })
    expect(errorOf(story)).toBe(
      'There is no alias "orders_prod" in database "sales" of cluster production. Nothing was changed. Its aliases: "orders_live", "orders_all". This operation switches an existing alias: check alias, and the database of the collection.',
    )
    expect(changesSent(story)).toEqual([])
    await expect(story.text).toMatchFileSnapshot('transcripts/switch-alias-no-alias.txt')
  })

  test('the alias is switched when its collection has been seen whole, and read back', async () => {
    await using cloud = await startWithAlias()
    const story = await switchAlias(cloud, { collections: 'sales.orders_run_7 >= 1000000' }, { node })
    expect(story.step.outcome).toBe('success')
    expect(whereItPoints(cloud)).toEqual(['sales.orders_run_7'])
    // Another alias of the same collection is another matter.
    expect(whereItPoints(cloud, 'orders_all')).toEqual(['sales.orders'])
    expect(story.dataRequests.map(({ operationId }) => operationId)).toEqual([
      'listDatabases',
      'describeCollection',
      'countEntities',
      'describeAlias',
      'alterAlias',
      'describeAlias',
    ])
    await expect(story.text).toMatchFileSnapshot('transcripts/switch-alias.txt')
  })

  test('an alias that points there already is left as it is', async () => {
    await using cloud = await startWithAlias()
    const story = await switchAlias(cloud, { collections: 'sales.orders' }, { node })
    expect(story.step).toMatchObject({ outcome: 'success', outputs: { status: 'skipped' } })
    expect(story.step.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'notice: Alias orders_live points at sales.orders already.',
    ])
    expect(changesSent(story)).toEqual([])
    await expect(story.text).toMatchFileSnapshot('transcripts/switch-alias-already-there.txt')
  })
})

test('what is published names both collections with their database, and everything goes to one endpoint', async () => {
  await using cloud = await startWithAlias()
  const { clusterId } = cloud
  const story = await switchAlias(cloud, { 'target-cluster': clusterId })
  expect(story.step.outputs).toMatchObject({
    status: 'succeeded',
    clusterId,
    clusterName: 'production',
    connectAddress: await cloud.connectAddress('production'),
    collection: 'sales.orders_run_7',
    previousCollection: 'sales.orders',
  })
  expect(sent(story, 'alterAlias').map(({ body }) => body)).toEqual([
    { dbName: 'sales', aliasName: 'orders_live', collectionName: 'orders_run_7' },
  ])
})

/** The step that the job summary offers, as a workflow would run it. */
function offered({ step }: StoryResult): Record<string, string> {
  const [, html = ''] = /switches back<\/summary>\n<pre lang="yaml">(.*?)<\/pre>/s.exec(step.summary) ?? []
  const text = html.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  const [{ with: inputs }] = parse(text)
  return inputs
}

async function paste(cloud: Simulator, inputs: Record<string, string>, token?: string) {
  const secrets: Record<string, string | undefined> = {
    '${{ secrets.ZILLIZ_API_KEY }}': cloud.apiKey,
    '${{ secrets.ZILLIZ_DATA_TOKEN }}': token,
  }
  const given = Object.entries(inputs).map(([name, value]) => [name, secrets[value] ?? value])
  return await runStory(cloud, Object.fromEntries(given))
}

describe('the step that switches back', () => {
  test('does so when it is pasted', async () => {
    await using cloud = await startWithAlias()
    const back = await paste(cloud, offered(await switchAlias(cloud)))
    expect(back.step.outputs).toMatchObject({
      status: 'succeeded',
      collection: 'sales.orders',
      previousCollection: 'sales.orders_run_7',
    })
    expect(whereItPoints(cloud)).toEqual(['sales.orders'])
    const forth = await paste(cloud, offered(back))
    expect(forth.step.outputs.previousCollection).toBe('sales.orders')
  })

  test('has a data-token where this step had one', async () => {
    await using cloud = await startWithAlias()
    const token = 'alias_admin:S3cret-of-alias_admin'
    cloud.world.cluster('production').tokens = [token]
    cloud.world.endpoint('production', { acceptsApiKey: false })
    const inputs = offered(await switchAlias(cloud, { 'data-token': token }))
    expect(inputs).toHaveProperty('data-token')
    const back = await paste(cloud, inputs, token)
    expect(back.step.outputs.status).toBe('succeeded')
    expect(whereItPoints(cloud)).toEqual(['sales.orders'])
  })

  test('is not offered for a name that would make another step of it', async () => {
    await using cloud = await startWithAlias()
    const hostile = 'orders\n    api-key: none'
    Object.assign(cloud.world.collection('production', 'sales.orders'), { name: hostile })
    const { step } = await switchAlias(cloud)
    expect(step.outputs).toMatchObject({ status: 'succeeded', previousCollection: `sales.${hostile}` })
    expect(step.summary).not.toContain('A step that switches back')
  })
})
