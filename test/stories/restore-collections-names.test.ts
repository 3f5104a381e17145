import { expect, test } from 'vitest'
import { startSimulator, type Variants } from '../../simulator/index.ts'
import { restoreCollections } from './steps.ts'
import { changesSent, errorOf, type StoryResult, sent } from './story.ts'

interface Body {
  destClusterId: string
  dbCollections?: [
    {
      dbName: string
      destDbName: string
      collections: [{ collectionName: string; destCollectionName: string; destCollectionStatus: string }]
    },
  ]
}

/** What was sent, a line for each request: `database.collection -> database.collection STATUS`. */
function requested(story: StoryResult): string[] {
  return sent(story, 'restoreCollection').map(({ body }) => {
    const { dbCollections } = body as Body
    if (dbCollections === undefined) return 'everything'
    expect(dbCollections).toHaveLength(1)
    const [{ dbName, destDbName, collections }] = dbCollections
    expect(collections).toHaveLength(1)
    const [entry] = collections
    return `${dbName}.${entry.collectionName} -> ${destDbName}.${entry.destCollectionName} ${entry.destCollectionStatus}`
  })
}

const everything = [
  'default.medium_articles -> default.medium_articles',
  'default.products -> default.products',
  'sales.orders -> sales.orders',
  'sales.items -> sales.items',
  'archive.orders_2023 -> archive.orders_2023',
]
const loaded = (lines: string[]) => lines.map(line => `${line} LOADED`)

test.each<[form: string, inputs: Record<string, string>, requests: string[]]>([
  ['sales.orders', { 'collection-status': 'unloaded' }, ['sales.orders -> sales.orders UNLOADED']],
  ['sales.orders -> staging.orders_copy', {}, loaded(['sales.orders -> staging.orders_copy'])],
  ['sales.* -> copy.*', {}, loaded(['sales.orders -> copy.orders', 'sales.items -> copy.items'])],
  ['*', {}, loaded(everything)],
  [
    '[{"dbName":"sales","destDbName":"copy","collections":[{"collectionName":"orders","destCollectionStatus":"unloaded"},{"collectionName":"items","destCollectionName":"things"}]},{"collections":[{"collectionName":"products"}]}]',
    {},
    [
      'sales.orders -> copy.orders UNLOADED',
      'sales.items -> copy.things LOADED',
      'default.products -> default.products LOADED',
    ],
  ],
])('collections written as %s', async (form, inputs, requests) => {
  await using cloud = await startSimulator({ speed: 60 })
  const story = await restoreCollections(cloud, { collections: form, ...inputs })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(requested(story)).toEqual(requests)
})

test.each<[variants: Partial<Variants>, form: string, requests: string[]]>([
  [{ defaultDbName: '' }, 'products', loaded(['default.products -> default.products'])],
  [{ backupCollections: 'both' }, '*', loaded(everything)],
  [{ backupCollections: 'flat' }, 'sales.orders', loaded(['sales.orders -> sales.orders'])],
  [{ backupCollections: 'flat' }, '*', ['everything']],
  [{ backupCollections: 'none' }, 'sales.orders', loaded(['sales.orders -> sales.orders'])],
  [{ backupCollections: 'none' }, '*', ['everything']],
  [{ restoreCollectionEntries: 'several' }, 'sales.*', loaded(everything.slice(2, 4))],
])('a service that plays %o gets the requests for "%s"', async (variants, form, requests) => {
  await using cloud = await startSimulator({ speed: 60, variants })
  const story = await restoreCollections(cloud, { collections: form })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(requested(story)).toEqual(requests)
  expect(story.step.summary.includes('everything restored into')).toBe(requests[0] === 'everything')
  const warnings = story.step.annotations.map(({ level, message }) => `${level}: ${message}`)
  expect(warnings).toEqual(
    requests[0] === 'everything' ? [expect.stringMatching(/^warning: .*arrive unloaded/)] : [],
  )
})

test.each(['flat', 'none'] as const)(
  'sales.* is an error that says why where the list is %s',
  async backupCollections => {
    await using cloud = await startSimulator({ variants: { backupCollections } })
    const story = await restoreCollections(cloud, { collections: 'products\nsales.*' })
    expect(errorOf(story)).toMatch(
      /line 2 "sales\.\*": the service does not list which collections .* in which database/,
    )
    expect(changesSent(story)).toEqual([])
  },
)

test('names that are not in the backup are reported by line, with what the backup contains', async () => {
  await using cloud = await startSimulator()
  const story = await restoreCollections(cloud, {
    collections: 'product\nsales.orders\nbilling.*\nsales.item -> items\nsales.Items\nArchive.*',
  })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story).split('\n')).toEqual([
    'collections: line 1 "product": default.product is not in the backup',
    'collections: line 3 "billing.*": the backup holds no collections of that database',
    'collections: line 4 "sales.item -> items": sales.item is not in the backup',
    'collections: line 5 "sales.Items": sales.Items is not in the backup, but sales.items, which differs by case alone: write it so',
    'collections: line 6 "Archive.*": the backup holds no collections of that database, but of archive, which differs by case alone: write it so',
    'collections: the backup holds default.medium_articles, default.products, sales.orders, sales.items, archive.orders_2023',
    'Nothing was started.',
  ])
  expect(changesSent(story)).toEqual([])
})

test('into the source itself by its id: what would keep its name is a problem before any request', async () => {
  await using cloud = await startSimulator()
  const story = await restoreCollections(cloud, {
    collections: 'products\nsales.*\nsales2.a -> b',
    'target-cluster': cloud.clusterId,
  })
  expect(errorOf(story).split('\n')).toEqual([
    expect.stringMatching(/^collections: .*default\.products would keep its name.*->/),
    expect.stringMatching(/^collections: .*sales\.\* would keep its name.*->/),
    'Nothing was started.',
  ])
  expect(story.requests).toEqual([])
})

test.each(['', ' ', '# all of it'])('"%s" is not taken for everything', async form => {
  await using cloud = await startSimulator()
  const story = await restoreCollections(cloud, { collections: form })
  expect(errorOf(story)).toMatch(/^collections: expected .*collection/)
  expect(story.requests).toEqual([])
})

test('an entry of JSON without collections is not taken for the whole database', async () => {
  await using cloud = await startSimulator()
  const story = await restoreCollections(cloud, { collections: '[{"dbName":"sales","destDbName":"copy"}]' })
  expect(errorOf(story)).toBe(
    'collections: entry 1: has no collections, which must not be taken for the whole database. Name them, or give the line sales.* -> copy.* instead of JSON\nNothing was started.',
  )
  expect(story.requests).toEqual([])
})

test.each(['*', 'products'])('into the source itself by its name: "%s" is the same problem', async form => {
  await using cloud = await startSimulator()
  const story = await restoreCollections(cloud, { collections: form, 'target-cluster': 'production' })
  expect(errorOf(story)).toMatch(/^collections: the target is the source cluster itself/)
  expect(changesSent(story)).toEqual([])
})

test('into the source itself a collection goes under a new name, or where its line says so', async () => {
  await using cloud = await startSimulator({ speed: 60, variants: { existingCollection: 'overwrite' } })
  const story = await restoreCollections(cloud, {
    collections: 'products -> products\nsales.* -> restored.*',
    'target-cluster': 'production',
  })
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', clusterId: cloud.clusterId })
  expect(requested(story)).toHaveLength(3)
})
