import { describe, expect, test } from 'vitest'
import { InputError, OperationFailed } from '../../src/errors.ts'
import { type Expectation, expectationsOf, type Sources } from '../../src/verification/expectations.ts'
import { needsList } from '../../src/verification/stars.ts'
import type { Contents } from '../../src/zilliz/decode.ts'
import { holding, nameOf, picture, wantedOf } from './pictures.ts'

const nothing: Sources = {
  wanted: undefined,
  contents: undefined,
  baseline: undefined,
  clusterId: 'in01-a',
  loadRule: 'KEEP',
  listed: [],
}

const expectationsFor = (sources: Partial<Sources>) => expectationsOf({ ...nothing, ...sources }).expectations

/** Names with what is expected besides. */
function said(sources: Partial<Sources>) {
  return expectationsFor(sources).map(({ name, mustBeLoaded, least, before }) =>
    [
      `${name.database}.${name.collection}`,
      mustBeLoaded && 'loaded',
      least !== undefined && `>= ${least}`,
      before && `before ${before.database}.${before.collection}`,
    ]
      .filter(Boolean)
      .join(', '),
  )
}

const backup = holding({ 'a.one': 'LOADED', 'a.two': 'UNLOADED', 'b.three': undefined })
const before = {
  clusterId: 'in01-a',
  pictures: [
    picture('a.two'),
    picture('b.three'),
    picture('b.four', { loadState: 'LoadStateLoading' }),
    picture('c.five', { loadState: 'LoadStateNotLoad' }),
  ],
}
const listed = ['a.one', 'b.three', 'd.six'].map(nameOf)

test('without any source nothing is expected', () => {
  expect(expectationsOf(nothing)).toEqual({ expectations: [], warnings: [] })
  expect(expectationsOf({ ...nothing, listed })).toEqual({ expectations: [], warnings: [] })
})

describe('without collections', () => {
  test('all that the backup holds', () => {
    expect(said({ contents: backup })).toEqual(['a.one, loaded', 'a.two', 'b.three'])
  })

  test('all that the baseline shows', () => {
    expect(said({ baseline: before })).toEqual([
      'a.two, loaded, before a.two',
      'b.three, loaded, before b.three',
      'b.four, before b.four',
      'c.five, before c.five',
    ])
  })

  test('what either of them has; a load state of the backup goes before that of the baseline', () => {
    expect(said({ contents: backup, baseline: before })).toEqual([
      'a.one, loaded',
      'a.two, before a.two',
      'b.three, loaded, before b.three',
      'b.four, before b.four',
      'c.five, before c.five',
    ])
  })
})

test.each([
  ['LOADED', ['a.one, loaded', 'a.two, loaded', 'b.three, loaded']],
  ['UNLOADED', ['a.one', 'a.two', 'b.three']],
] as const)('with %s the backup does not say what is to be loaded', (loadRule, expected) => {
  expect(said({ contents: backup, loadRule })).toEqual(expected)
})

describe('stars', () => {
  test.each<[string, Partial<Sources>, string[]]>([
    ['*', { contents: backup, listed }, ['a.one, loaded', 'a.two', 'b.three']],
    ['a.*', { contents: backup, listed }, ['a.one, loaded', 'a.two']],
    ['*', { listed }, ['a.one', 'b.three', 'd.six']],
    ['d.* >= 5', { listed }, ['d.six, >= 5']],
    ['b.*', { listed, baseline: before }, ['b.three, loaded, before b.three', 'b.four, before b.four']],
    [
      'b.*',
      { contents: backup, listed, baseline: before },
      ['b.three, loaded, before b.three', 'b.four, before b.four'],
    ],
  ])('%s', async (text, sources, expected) => {
    expect(said({ wanted: await wantedOf(text), ...sources })).toEqual(expected)
  })

  test.each([
    ['a.one >= 7\n* >= 5', ['a.one, loaded, >= 7', 'a.two, >= 5', 'b.three, >= 5']],
    ['a.one >= 0\na.* >= 6\n* >= 5', ['a.one, loaded, >= 0', 'a.two, >= 6', 'b.three, >= 5']],
    ['*\na.one', ['a.one, loaded', 'a.two', 'b.three']],
    ['a.one\n* >= 5', ['a.one, loaded, >= 5', 'a.two, >= 5', 'b.three, >= 5']],
    ['*\nz.new >= 1', ['a.one, loaded', 'a.two', 'b.three', 'z.new, >= 1']],
  ])('%j: the nearest line says the least number', async (text, expected) => {
    expect(said({ wanted: await wantedOf(text), contents: backup })).toEqual(expected)
  })
})

test('names that neither backup nor baseline has are looked for, and no state is asked for', async () => {
  expect(said({ wanted: await wantedOf('z.new'), contents: backup, baseline: before })).toEqual(['z.new'])
  expect(said({ wanted: await wantedOf('z.new'), loadRule: 'LOADED' })).toEqual(['z.new, loaded'])
})

describe('arrows', () => {
  test.each([
    ['a.two -> x.copy', ['x.copy, loaded, before a.two']],
    ['b.* -> x.*', ['x.three, loaded, before b.three', 'x.four, before b.four']],
    ['a.two -> a.two', ['a.two, loaded, before a.two']],
    ['c.five -> a.one >= 3', ['a.one, >= 3, before c.five']],
  ])('%s: from the baseline to the cluster', async (text, expected) => {
    expect(said({ wanted: await wantedOf(text), baseline: before, listed })).toEqual(expected)
  })

  test('from the backup: its load state', async () => {
    const sources = { contents: backup, baseline: before }
    expect(said({ ...sources, wanted: await wantedOf('a.one -> x.copy') })).toEqual(['x.copy, loaded'])
  })

  test.each([
    [undefined, 'the baseline has no '],
    [backup, 'neither the backup nor the baseline has a '],
    [{ kind: 'unlisted' } as const, 'the baseline has no '],
  ])('from what is not there: a problem (%j)', async (contents, words) => {
    const wanted = await wantedOf('a.gone -> x.copy')
    expect(() => expectationsFor({ wanted, contents, baseline: before, listed })).toThrow(
      new InputError([`collections: line 1 "a.gone -> x.copy": ${words}collection a.gone`]),
    )
  })

  test('the cluster has no part in them', async () => {
    const wanted = await wantedOf('d.* -> x.*')
    expect(() => expectationsFor({ wanted, baseline: before, listed })).toThrow(
      new InputError(['collections: line 1 "d.* -> x.*": the baseline has no collection of database d']),
    )
    expect(needsList(wanted, undefined)).toBe(false)
    expect(needsList(await wantedOf('d.*'), undefined)).toBe(true)
    expect(needsList(await wantedOf('*'), undefined)).toBe(true)
    expect(needsList(await wantedOf('*'), backup)).toBe(false)
    expect(needsList(await wantedOf('d.six'), undefined)).toBe(false)
    expect(needsList(undefined, undefined)).toBe(false)
  })
})

describe('aliases', () => {
  const keeps = (sources: Partial<Sources>) =>
    expectationsFor({ baseline: before, ...sources }).map(({ keepsAliases }: Expectation) => keepsAliases)

  test('are kept by the same collection of the same cluster, and by no copy', async () => {
    expect(keeps({})).toEqual([true, true, true, true])
    expect(keeps({ clusterId: 'in01-b' })).toEqual([false, false, false, false])
    expect(keeps({ wanted: await wantedOf('a.two -> a.copy') })).toEqual([false])
    expect(keeps({ wanted: await wantedOf('a.two -> a.two') })).toEqual([true])
    expect(keeps({ baseline: { ...before, clusterId: undefined } })).toEqual([false, false, false, false])
  })
})

describe('nothing for a star', () => {
  test.each<[string, Partial<Sources>, Error]>([
    [
      'z.*',
      { contents: backup },
      new InputError(['collections: line 1 "z.*": the backup has no collection of database z']),
    ],
    [
      '*',
      { contents: holding({}) },
      new InputError(['collections: line 1 "*": the backup has no collection']),
    ],
    [
      'z.*',
      { contents: backup, baseline: before },
      new InputError([
        'collections: line 1 "z.*": neither the backup nor the baseline has a collection of database z',
      ]),
    ],
  ])('%s of a backup is a problem with the inputs', async (text, sources, error) => {
    const wanted = await wantedOf(text)
    expect(() => expectationsFor({ wanted, listed, ...sources })).toThrow(error)
  })

  test.each<[string, Partial<Sources>, string]>([
    ['z.*', { listed }, 'The cluster has no collection of database z.'],
    ['*', {}, 'The cluster has no collection.'],
    [
      'z.*',
      { listed, baseline: before },
      'Neither the cluster nor the baseline has a collection of database z.',
    ],
  ])('%s of a cluster is a failure', async (text, sources, what) => {
    const wanted = await wantedOf(text)
    const look = () => expectationsFor({ wanted, ...sources })
    expect(look).toThrow(OperationFailed)
    expect(look).toThrow(`${what} Check collections, and target-cluster.`)
  })

  test('all problems at once', async () => {
    const wanted = await wantedOf('y.*\na.one\nz.*')
    expect(() => expectationsFor({ wanted, contents: backup })).toThrow(
      new InputError([
        'collections: line 1 "y.*": the backup has no collection of database y',
        'collections: line 3 "z.*": the backup has no collection of database z',
      ]),
    )
  })
})

describe.each<Contents>([{ kind: 'unlisted' }, { kind: 'flat', collections: ['one'] }])(
  'a backup whose contents are %o',
  contents => {
    const warning = (...more: string[]) => [
      `The service does not list by database what the backup holds, so the cluster is not compared with it. Checked: ${['that the cluster is usable', ...more].join(', ')}.`,
    ]

    test.each<[string | undefined, Partial<Sources>, string[], string[]]>([
      [undefined, {}, [], warning()],
      ['*', {}, [], warning()],
      ['a.one', {}, ['a.one'], []],
      ['*\na.one >= 5', {}, ['a.one, >= 5'], warning('the collections that are named')],
      [
        undefined,
        { baseline: { ...before, pictures: [picture('a.two')] } },
        ['a.two, loaded, before a.two'],
        warning('those of the baseline'),
      ],
    ])('%j', async (text, sources, expected, warnings) => {
      const wanted = text === undefined ? undefined : await wantedOf(text)
      expect(said({ wanted, contents, listed, ...sources })).toEqual(expected)
      expect(expectationsOf({ ...nothing, wanted, contents, listed, ...sources }).warnings).toEqual(warnings)
    })

    test('a star of one database is a problem that says why', async () => {
      const wanted = await wantedOf('a.*')
      expect(() => expectationsFor({ wanted, contents, baseline: before })).toThrow(
        new InputError([
          'collections: line 1 "a.*": the service does not list which collections of the backup are in which database. Name them, or take * for whether the cluster is usable',
        ]),
      )
    })
  },
)

test('names may have dots: no two of them are taken for one', () => {
  const contents: Contents = {
    kind: 'by-database',
    collections: [
      { database: 'a', collection: 'b.c', status: 'LOADED' },
      { database: 'a.b', collection: 'c', status: 'UNLOADED' },
    ],
  }
  expect(said({ contents })).toEqual(['a.b.c, loaded', 'a.b.c'])
})
