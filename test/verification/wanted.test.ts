import { describe, expect, test } from 'vitest'
import type { Verify } from '../../src/operations/verify.ts'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'

const common: Inputs = { operation: 'verify', 'api-key': 'key-123456', 'target-cluster': 'copy' }
const withBaseline: Inputs = { ...common, baseline: '[]' }

async function wanted(collections: string, given = common) {
  return ((await parse({ ...given, collections })) as Verify).wanted
}

/** What each line asks for, with its least number. */
async function said(collections: string, given = common) {
  return (await wanted(collections, given))?.map(({ mapping, least }) => {
    if (mapping.kind === 'everything') return ['*', least]
    if (mapping.kind === 'database') return [`${mapping.from}.* -> ${mapping.to}.*`, least]
    const { from, to } = mapping
    return [`${from.database}.${from.collection} -> ${to.database}.${to.collection}`, least]
  })
}

test.each<[string, unknown[]]>([
  ['orders', [['default.orders -> default.orders', undefined]]],
  ['sales.orders >= 1000', [['sales.orders -> sales.orders', 1000]]],
  ['sales.orders>=1', [['sales.orders -> sales.orders', 1]]],
  ['sales.orders >= 0', [['sales.orders -> sales.orders', 0]]],
  ['sales.* >= 5', [['sales.* -> sales.*', 5]]],
  ['* >= 5', [['*', 5]]],
  ['orders >= 999999999999999', [['default.orders -> default.orders', 999_999_999_999_999]]],
  [
    '# all\n*\r\nsales.orders >= 5, items',
    [
      ['*', undefined],
      ['sales.orders -> sales.orders', 5],
      ['default.items -> default.items', undefined],
    ],
  ],
  ['[{"dbName":"s.a","collections":[{"collectionName":"o r"}]}]', [['s.a.o r -> s.a.o r', undefined]]],
])('%j', async (collections, expected) => {
  expect(await said(collections)).toEqual(expected)
})

test.each<[string, unknown[]]>([
  ['sales.orders -> copy.orders >= 5', [['sales.orders -> copy.orders', 5]]],
  ['sales.* -> copy.*', [['sales.* -> copy.*', undefined]]],
  ['orders->orders_2>=7', [['default.orders -> default.orders_2', 7]]],
  [
    '[{"dbName":"a","collections":[{"collectionName":"b","destCollectionName":"c"}]}]',
    [['a.b -> a.c', undefined]],
  ],
  ['[{"dbName":"a","destDbName":"d","collections":[{"collectionName":"b"}]}]', [['a.b -> d.b', undefined]]],
])('with a baseline %j', async (collections, expected) => {
  expect(await said(collections, withBaseline)).toEqual(expected)
})

test('without the input all that is known is wanted', async () => {
  expect(((await parse(common)) as Verify).wanted).toBeUndefined()
})

const expectedLine =
  'expected collection, database.collection, database.* or *, and then perhaps >= and a number of entities'

describe('what is wrong names the line', () => {
  test.each<[string, string[]]>([
    ['#', ['expected at least one collection; got none']],
    [',', ['expected at least one collection; got none']],
    ['orders >= many', [`line 1 "orders >= many": ${expectedLine}; it has no whole number after >=`]],
    ['orders >=', [`line 1 "orders >=": ${expectedLine}; it has no whole number after >=`]],
    ['orders >= -1', [`line 1 "orders >= -1": ${expectedLine}; it has no whole number after >=`]],
    ['orders >= 1.5', [`line 1 "orders >= 1.5": ${expectedLine}; it has no whole number after >=`]],
    ['orders >= 1e3', [`line 1 "orders >= 1e3": ${expectedLine}; it has no whole number after >=`]],
    [
      'orders >= 1000000000000000',
      [`line 1 "orders >= 1000000000000000": ${expectedLine}; it has no whole number after >=`],
    ],
    ['orders >= 5 >= 6', [`line 1 "orders >= 5 >= 6": ${expectedLine}; it has more than one >=`]],
    ['>= 6', [`line 1 ">= 6": ${expectedLine}; it has an empty name`]],
    [
      'a\n\na.b.c',
      [`line 3 "a.b.c": ${expectedLine}; it has more than one dot. Such names can be given as JSON`],
    ],
    ['a\na', ['line 2 "a": default.a is given already in line 1 "a"']],
    ['a >= 5\ndefault.a', ['line 2 "default.a": default.a is given already in line 1 "a >= 5"']],
    ['s.*\ns.* >= 2', ['line 2 "s.* >= 2": s.* is given already in line 1 "s.*"']],
    ['*\n*', ['line 2 "*": * is given already in line 1 "*"']],
    [
      'a -> b\ns.* -> t.*',
      [
        'line 1 "a -> b": an arrow leads from a name in the baseline, and there is no baseline',
        'line 2 "s.* -> t.*": an arrow leads from a name in the baseline, and there is no baseline',
      ],
    ],
    ['* -> a', [`line 1 "* -> a": ${expectedLine}; it has an arrow after *`]],
    [
      '[{"dbName":"a","destDbName":"d","collections":[{"collectionName":"b"}]}]',
      ['entry 1, collection 1: an arrow leads from a name in the baseline, and there is no baseline'],
    ],
    [
      '[{"dbName":"a","collections":[{"collectionName":"b","destCollectionStatus":"LOADED"}]}]',
      ['entry 1, collection 1: destCollectionStatus has no effect here: use collection-status'],
    ],
    ['[', ['begins with [ but is not valid JSON; got "["']],
  ])('%j', async (collections, problems) => {
    expect(await problemsOf({ ...common, collections })).toEqual(
      problems.map(problem => `collections: ${problem}`),
    )
  })

  test('two sources for one destination', async () => {
    expect(await problemsOf({ ...withBaseline, collections: 'a -> c\nb -> c' })).toEqual([
      'collections: line 2 "b -> c": default.c is given already in line 1 "a -> c"',
    ])
  })
})

describe('allow-loss', () => {
  test.each([
    ['0', 0n],
    ['5', 5_000_000n],
    ['0.25', 250_000n],
    ['0.000001', 1n],
    ['99.999999', 99_999_999n],
    ['100', 100_000_000n],
    ['100.000000', 100_000_000n],
    ['007', 7_000_000n],
  ])('%s per cent', async (allowLoss, allowedLoss) => {
    expect(await parse({ ...withBaseline, 'allow-loss': allowLoss })).toMatchObject({ allowedLoss })
  })

  test.each(['100.000001', '101', '-1', '5%', '1,5', '.5', '5.', '0.0000001', 'none', '1e1', '٣'])(
    '%j is a problem',
    async allowLoss => {
      expect(await problemsOf({ ...withBaseline, 'allow-loss': allowLoss })).toEqual([
        `allow-loss: expected a number of per cent from 0 to 100, such as 5 or 0.25, with six decimals at most; got ${JSON.stringify(allowLoss)}`,
      ])
    },
  )

  test('without a baseline is a problem', async () => {
    const problem = 'allow-loss: has an effect only with baseline'
    expect(await problemsOf({ ...common, 'allow-loss': '5' })).toEqual([problem])
    expect(await problemsOf({ ...common, 'allow-loss': '5', baseline: 'none' })).toEqual([problem])
    expect(await problemsOf({ ...common, 'allow-loss': '0' })).toEqual([])
  })
})
