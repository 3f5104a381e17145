/** What an alias is not switched to, and where. */
import { describe, expect, test } from 'vitest'
import type { Collection, Simulator } from '../../simulator/index.ts'
import { whereItPoints } from '../harness/aliases.ts'
import { startWithAlias } from './aliases.ts'
import { atFirst } from './arrange.ts'
import { problemsOf } from './problems.ts'
import { type Inputs, switchAlias } from './steps.ts'
import { changesSent, errorOf, type StoryResult, sent } from './story.ts'

/** Nothing was changed, and the error says so. */
function expectUnchanged(cloud: Simulator, story: StoryResult, status = 'failed'): string {
  expect(story.step).toMatchObject({ exitCode: 1, outcome: 'failure', outputs: { status } })
  expect(changesSent(story)).toEqual([])
  expect(whereItPoints(cloud)).toEqual(['sales.orders'])
  expect(errorOf(story)).toContain('Nothing was changed.')
  return errorOf(story)
}

describe('a problem before any request', () => {
  const oneOnly = 'collections: expected exactly one collection, which the alias is to point at'
  const noBaseline = 'an arrow leads from a name in the baseline, and there is no baseline'
  const aliasRule =
    'alias: expected the name of an existing alias, ASCII letters, digits, _ and $, no digit first, at most 255; '

  test.each<[inputs: Inputs, ...problems: string[]]>([
    [{ collections: 'sales.orders_run_7\nsales.orders' }, oneOnly],
    [{ collections: 'sales.orders_run_7, sales.orders' }, oneOnly],
    [{ collections: 'sales.*' }, oneOnly],
    [{ collections: '*' }, oneOnly],
    [
      { collections: '[{"dbName":"sales","collections":[{"collectionName":"a"},{"collectionName":"b"}]}]' },
      oneOnly,
    ],
    [
      { collections: '' },
      'collections: expected the one collection that the alias is to point at; it is empty',
    ],
    [{ collections: '# none' }, 'collections: expected at least one collection; got none'],
    [
      { collections: 'sales.orders -> sales.orders_run_7' },
      `collections: line 1 "sales.orders -> sales.orders_run_7": ${noBaseline}`,
    ],
    [
      { collections: 'sales.orders_run_7 > 1000' },
      expect.stringMatching(/^collections: line 1 "sales\.orders_run_7 > 1000": expected /),
    ],
    [{ alias: '' }, `${aliasRule}it is empty`],
    [{ alias: '7_live' }, `${aliasRule}got "7_live"`],
    [{ alias: 'orders-live' }, `${aliasRule}got "orders-live"`],
    [{ alias: 'sales.orders_live' }, `${aliasRule}got "sales.orders_live"`],
    [{ alias: 'orders_live\u200b' }, `${aliasRule}got "orders_live\\u200b"`],
    [
      { 'target-cluster': '' },
      'target-cluster: expected the id or the exact name of an existing cluster; it is empty',
    ],
    [{ wait: 'false' }, 'wait: switch-alias does not use it; got "false"'],
    [
      { 'dry-run': '' },
      "dry-run: it is empty, which must not be taken for false. Leave it out, or write ${{ inputs.dry-run || 'false' }}",
    ],
  ])('%o', async (inputs, ...problems) => {
    await using cloud = await startWithAlias()
    const story = await switchAlias(cloud, inputs)
    expect(problemsOf(story, 'switch-alias')).toEqual(problems)
    expect([...story.requests, ...story.dataRequests]).toEqual([])
  })

  test('a name of 256 characters, as an alias and as a collection', async () => {
    await using cloud = await startWithAlias()
    const name = 'x'.repeat(256)
    const story = await switchAlias(cloud, { alias: name, collections: name })
    expect(problemsOf(story, 'switch-alias')).toHaveLength(2)
  })
})

describe('a cluster', () => {
  test.each<[by: string, target: Inputs, entry: (cloud: Simulator) => string]>([
    ['its id', { 'target-cluster': 'production' }, cloud => cloud.clusterId],
    ['its id in another case', { 'target-cluster': 'production' }, cloud => cloud.clusterId.toUpperCase()],
    ['its name', { 'target-cluster': 'production' }, () => 'production'],
    ['its name in another case', {}, () => 'staging\nPRODUCTION'],
  ])('that is protected by %s is never asked', async (_, target, entry) => {
    await using cloud = await startWithAlias()
    const inputs = { 'target-cluster': cloud.clusterId, ...target, 'protected-clusters': entry(cloud) }
    const story = await switchAlias(cloud, inputs)
    expect(expectUnchanged(cloud, story)).toContain(
      `Cluster ${cloud.clusterId} is one of protected-clusters: no alias of it is switched.`,
    )
    expect(story.dataRequests).toEqual([])
  })

  test.each<[what: string, shown: object, inputs: Inputs, words: string]>([
    ['another name', { clusterName: 'renamed' }, {}, 'was chosen by the name "production", but its name is'],
    ['no endpoint', { status: 'SUSPENDED' }, {}, 'is SUSPENDED and will not become RUNNING by itself'],
  ])('that is described with %s is never asked', async (_, shown, inputs, words) => {
    await using cloud = await startWithAlias()
    Object.assign(cloud.world.cluster('production'), { shown, listed: {} })
    cloud.world.cluster(cloud.clusterId).listed = { clusterName: 'production', status: 'RUNNING' }
    const story = await switchAlias(cloud, inputs)
    expect(expectUnchanged(cloud, story)).toContain(words)
    expect(story.dataRequests).toEqual([])
  })

  test.each([
    'http://10.0.0.7:19530',
    'https://user:word@in01.example.com',
    'https://in01.example.com/v2',
    'ftp://in01.example.com',
    'in01 example',
  ])('whose endpoint is shown as %s gets no token', async connectAddress => {
    await using cloud = await startWithAlias()
    cloud.world.cluster('production').shown = { connectAddress }
    const story = await switchAlias(cloud)
    expect(expectUnchanged(cloud, story)).toContain(
      `The service shows "${connectAddress}" as the endpoint of the cluster, which is not a plain https address: the token is not sent there.`,
    )
  })

  test('whose endpoint sends the step elsewhere is not followed', async () => {
    await using cloud = await startWithAlias()
    const refusal = { kind: 'redirect', status: 307 } as const
    cloud.world.endpoint('production', { refusesForSeconds: Number.POSITIVE_INFINITY, refusal })
    const story = await switchAlias(cloud)
    expect(expectUnchanged(cloud, story)).toContain('HTTP 307')
    expect(cloud.elsewhere).toEqual([])
    expect(story.dataRequests).toHaveLength(1)
  })
})

describe('a collection', () => {
  test.each<[what: string, copy: Partial<Collection>, inputs: Inputs, words: string]>([
    ['is not there', { name: 'orders_run_8' }, {}, 'sales.orders_run_7: is not there.'],
    [
      'is there in another case',
      { name: 'Orders_run_7' },
      {},
      'sales.orders_run_7: is not there, but sales.Orders_run_7, which differs by case alone: write it so.',
    ],
    [
      'is an alias itself',
      {},
      { collections: 'sales.orders_all' },
      'sales.orders_all: is not a collection, but an alias of "orders".',
    ],
    ['is not loaded', { status: 'UNLOADED' }, {}, 'sales.orders_run_7: is not loaded (LoadStateNotLoad).'],
    [
      'has too few entities, deleted ones not counted',
      { rows: 999, deleted: 500 },
      { collections: 'sales.orders_run_7 >= 1000' },
      'sales.orders_run_7: has too few entities: 999, asked for 1,000.',
    ],
    [
      'is in a database that is not there',
      {},
      { collections: 'retail.orders_run_7' },
      'retail.orders_run_7: is not there, nor is its database.',
    ],
    ['is in the default database, where nothing is', {}, { collections: 'orders_run_7' }, 'is not there.'],
  ])('that %s', async (_, copy, inputs, words) => {
    await using cloud = await startWithAlias({}, copy)
    const story = await switchAlias(cloud, inputs)
    expect(expectUnchanged(cloud, story)).toContain(words)
    expect(story.step.outputs).not.toHaveProperty('previousCollection')
  })

  test('that is being loaded is waited for', async () => {
    await using cloud = await startWithAlias({ speed: 20 })
    atFirst(cloud, 'listDatabases', () => cloud.world.startLoading('production', 'sales.orders_run_7', 8))
    const story = await switchAlias(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(sent(story, 'describeCollection').length).toBeGreaterThan(1)
  })

  test('that is being loaded for too long', async () => {
    await using cloud = await startWithAlias({ speed: 20 })
    cloud.world.startLoading('production', 'sales.orders_run_7', Number.POSITIVE_INFINITY)
    const story = await switchAlias(cloud, { timeout: '20s' })
    expect(expectUnchanged(cloud, story, 'timed-out')).toContain('sales.orders_run_7: is still loading.')
  })
})

describe('an alias', () => {
  test('of another database is not taken', async () => {
    await using cloud = await startWithAlias()
    const story = await switchAlias(cloud, { collections: 'products' })
    expect(expectUnchanged(cloud, story)).toContain(
      'There is no alias "orders_live" in database "default" of cluster production. Nothing was changed. That database has none. ',
    )
  })

  test('of a database with very many: fifty are listed', async () => {
    await using cloud = await startWithAlias()
    const aliases = Array.from({ length: 60 }, (_, index) => `orders_${index}`)
    Object.assign(cloud.world.collection('production', 'sales.items'), { aliases })
    const story = await switchAlias(cloud, { alias: 'orders_prod' })
    expect(expectUnchanged(cloud, story)).toMatch(/"orders_47" and 12 more\. /)
  })
})

describe('the token', () => {
  test('that the endpoint does not accept ends the step after three minutes', async () => {
    await using cloud = await startWithAlias({ speed: 120 })
    cloud.world.endpoint('production', { acceptsApiKey: false })
    const story = await switchAlias(cloud)
    expect(expectUnchanged(cloud, story)).toMatch(
      /its endpoint has not accepted the token for 3m\. The token is the API key\. .*data-token takes what the cluster accepts/,
    )
  })

  test.each(['alias_admin:S3cret-of-alias_admin', 'another-key-0123456789abcdef'])(
    'of data-token goes to that endpoint, and the key to the control plane: %s',
    async token => {
      await using cloud = await startWithAlias()
      cloud.world.cluster('production').tokens = [token]
      cloud.world.endpoint('production', { acceptsApiKey: false })
      const story = await switchAlias(cloud, { 'data-token': token })
      expect(story.step.outputs.status).toBe('succeeded')
      expect(new Set(story.dataRequests.map(({ headers }) => headers.authorization))).toEqual(
        new Set([`Bearer ${token}`]),
      )
    },
  )
})
