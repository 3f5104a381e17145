import { expect, test } from 'vitest'
import { describeContents, listContents, missingCollections } from '../../src/collections/contents.ts'
import type { Contents } from '../../src/zilliz/decode.ts'

const requested = [
  { database: 'sales', collection: 'orders' },
  { database: 'default', collection: 'articles' },
]

test.each([
  [{ kind: 'unlisted' } as const, undefined],
  [{ kind: 'flat' as const, collections: ['orders', 'articles'] }, []],
  [{ kind: 'flat' as const, collections: ['orders'] }, ['default.articles']],
  [{ kind: 'by-database' as const, collections: [...requested] }, []],
  [
    { kind: 'by-database' as const, collections: [{ database: 'archive', collection: 'orders' }] },
    ['sales.orders', 'default.articles'],
  ],
])('of %j these are missing: %j', (contents, names) => {
  expect(missingCollections(contents, requested)).toEqual(names)
})

test('a dot in a name makes no other name of it', () => {
  const contents = { kind: 'by-database' as const, collections: [{ database: 'a.b', collection: 'c' }] }
  expect(missingCollections(contents, [{ database: 'a', collection: 'b.c' }])).toEqual(['a.b.c'])
  expect(missingCollections(contents, [{ database: 'a.b', collection: 'c' }])).toEqual([])
})

test.each<[Contents, names: string[], sentence: string]>([
  [{ kind: 'unlisted' }, [], 'collections that the service does not list'],
  [{ kind: 'flat', collections: ['orders', 'articles'] }, ['orders', 'articles'], 'orders, articles'],
  [
    { kind: 'by-database', collections: requested },
    ['sales.orders', 'default.articles'],
    'sales.orders, default.articles',
  ],
])('%j is listed as %j', (contents, names, sentence) => {
  expect(listContents(contents)).toEqual(names)
  expect(describeContents(contents)).toBe(sentence)
})
