import { expect, test } from 'vitest'
import { describeRestore, expand } from '../../src/collections/expand.ts'
import { parseMappings } from '../../src/collections/mappings.ts'
import { InputError } from '../../src/errors.ts'
import type { CollectionRestore } from '../../src/zilliz/changes.ts'
import type { Contents } from '../../src/zilliz/decode.ts'

const listed: Contents = {
  kind: 'by-database',
  collections: [
    { database: 'default', collection: 'medium' },
    { database: 'sales', collection: 'orders' },
    { database: 'sales', collection: 'items' },
  ],
}
const flat: Contents = { kind: 'flat', collections: ['medium', 'orders'] }
const unlisted: Contents = { kind: 'unlisted' }

async function expanded(text: string, contents: Contents, status: 'LOADED' | 'UNLOADED' = 'LOADED') {
  const expansion = await expand((await parseMappings(text, () => {})) ?? [], contents, status)
  if (expansion.kind === 'everything') return 'everything'
  return expansion.entries.map(
    ({ from, to, status: load }) =>
      `${from.database}.${from.collection} -> ${to.database}.${to.collection} ${load}`,
  )
}

async function refused(text: string, contents: Contents): Promise<readonly string[]> {
  try {
    await expanded(text, contents)
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
  return []
}

test.each([
  ['sales.orders', listed, ['sales.orders -> sales.orders LOADED']],
  ['medium -> sales.m', listed, ['default.medium -> sales.m LOADED']],
  ['sales.*', listed, ['sales.orders -> sales.orders LOADED', 'sales.items -> sales.items LOADED']],
  ['sales.* -> x.*', listed, ['sales.orders -> x.orders LOADED', 'sales.items -> x.items LOADED']],
  [
    '*',
    listed,
    [
      'default.medium -> default.medium LOADED',
      'sales.orders -> sales.orders LOADED',
      'sales.items -> sales.items LOADED',
    ],
  ],
  [
    'sales.* -> x.*\nmedium',
    listed,
    [
      'sales.orders -> x.orders LOADED',
      'sales.items -> x.items LOADED',
      'default.medium -> default.medium LOADED',
    ],
  ],
  ['anything\nx.y -> z', unlisted, ['default.anything -> default.anything LOADED', 'x.y -> x.z LOADED']],
  ['*', unlisted, 'everything'],
  ['*', flat, 'everything'],
  ['anywhere.orders -> s.o', flat, ['anywhere.orders -> s.o LOADED']],
])('%j of %j', async (text, contents, expected) => {
  expect(await expanded(text, contents)).toEqual(expected)
})

test('the status of an entry overrides the input', async () => {
  const text =
    '[{"dbName":"sales","collections":[{"collectionName":"orders","destCollectionStatus":"LOADED"},{"collectionName":"items"}]}]'
  expect(await expanded(text, listed, 'UNLOADED')).toEqual([
    'sales.orders -> sales.orders LOADED',
    'sales.items -> sales.items UNLOADED',
  ])
  expect(await expanded('sales.*', listed, 'UNLOADED')).toEqual([
    'sales.orders -> sales.orders UNLOADED',
    'sales.items -> sales.items UNLOADED',
  ])
})

const contains = 'collections: the backup holds default.medium, sales.orders, sales.items'

test.each<[text: string, contents: Contents, problems: string[]]>([
  ['orders', listed, ['collections: line 1 "orders": default.orders is not in the backup', contains]],
  [
    'medium\nsales.x -> y\n\nother.*',
    listed,
    [
      'collections: line 2 "sales.x -> y": sales.x is not in the backup',
      'collections: line 4 "other.*": the backup holds no collections of that database',
      contains,
    ],
  ],
  [
    'sales.*\nmedium -> sales.orders',
    listed,
    [
      'collections: line 2 "medium -> sales.orders": sales.orders is a destination already in line 1 "sales.*"',
    ],
  ],
  [
    'sales.items\nsales.orders\nx',
    flat,
    [
      'collections: line 1 "sales.items": sales.items is not in the backup',
      'collections: line 3 "x": default.x is not in the backup',
      'collections: the backup holds medium, orders',
    ],
  ],
  [
    'sales.Orders',
    listed,
    [
      'collections: line 1 "sales.Orders": sales.Orders is not in the backup, but sales.orders, which differs by case alone: write it so',
      contains,
    ],
  ],
  [
    'SALES.items -> x',
    listed,
    [
      'collections: line 1 "SALES.items -> x": SALES.items is not in the backup, but sales.items, which differs by case alone: write it so',
      contains,
    ],
  ],
  [
    'Sales.*',
    listed,
    [
      'collections: line 1 "Sales.*": the backup holds no collections of that database, but of sales, which differs by case alone: write it so',
      contains,
    ],
  ],
  [
    'any.Orders',
    flat,
    [
      'collections: line 1 "any.Orders": any.Orders is not in the backup, but orders, which differs by case alone: write it so',
      'collections: the backup holds medium, orders',
    ],
  ],
  [
    'a.B',
    { kind: 'by-database', collections: ['b', 'c', 'b'].map(collection => ({ database: 'A', collection })) },
    [
      'collections: line 1 "a.B": a.B is not in the backup, but A.b, which differs by case alone: write it so',
      'collections: the backup holds A.b, A.c, A.b',
    ],
  ],
  [
    '[{"dbName":"s","collections":[{"collectionName":"a\\n\u200b"}]}]',
    listed,
    ['collections: entry 1, collection 1: s.a\\n\\u200b is not in the backup', contains],
  ],
])('%j of %j is refused by its lines', async (text, contents, problems) => {
  expect(await refused(text, contents)).toEqual(problems)
})

test('a dot in a name makes no other name of it', async () => {
  const dotted = [
    { database: 'a', collection: 'b.c' },
    { database: 'a.b', collection: 'c' },
  ]
  const contents: Contents = { kind: 'by-database', collections: dotted }
  expect(await expanded('*', contents)).toEqual(['a.b.c -> a.b.c LOADED', 'a.b.c -> a.b.c LOADED'])
  expect(describeRestore({ from: dotted[0], to: dotted[1], status: 'LOADED' } as CollectionRestore)).toBe(
    'a.b.c as a.b.c',
  )
})

test.each([unlisted, flat])('a whole database of %j is an error that says why', async contents => {
  const [first, ...rest] = await refused('sales.*', contents)
  expect(first).toBe(
    'collections: line 1 "sales.*": the service does not list which collections of the backup are in which database. Name them, or take everything with *',
  )
  expect(rest).toHaveLength(1)
})

test('of a big backup the first fifty names are listed, each as one harmless line', async () => {
  const collections = Array.from({ length: 60 }, (_, index) => ({ database: 'd', collection: `c${index}` }))
  const [, listing = ''] = await refused('x', { kind: 'by-database', collections })
  expect(listing).toContain('d.c0, d.c1,')
  expect(listing).toMatch(/d\.c49 and 10 more$/)
  const [, hostile] = await refused('x', { kind: 'flat', collections: ['a\n::error::b\u001b[0m'] })
  expect(hostile).toBe('collections: the backup holds a ::error::b [0m')
})
