import { describe, expect, test } from 'vitest'
import type { Expectation } from '../../src/verification/expectations.ts'
import type { Finding } from '../../src/verification/finding.ts'
import { judge, warningsOf } from '../../src/verification/judge.ts'
import { verdictLine, verdictTable } from '../../src/verification/table.ts'
import { nameOf, picture } from './pictures.ts'

function verdictOf(expectation: Partial<Expectation>, finding: Finding, allowedLoss = 0n) {
  return judge({ name: nameOf('sales.orders'), mustBeLoaded: false, ...expectation }, finding, allowedLoss)
}

const there = (
  more: Parameters<typeof picture>[1] = {},
  lostAliases: { alias: string; at?: string }[] = [],
) => ({
  kind: 'there' as const,
  now: picture('sales.orders', more),
  lostAliases,
})

const unloaded = { loadState: 'LoadStateNotLoad', exact: false }

test.each<[string, Partial<Expectation>, Finding, string[]]>([
  ['as expected', { mustBeLoaded: true, least: 10 }, there(), []],
  ['missing', {}, { kind: 'missing' }, ['is not there']],
  [
    'missing with its database',
    {},
    { kind: 'missing', hasNoDatabase: true },
    ['is not there, nor is its database'],
  ],
  [
    'another case',
    {},
    { kind: 'missing', other: 'Orders' },
    ['is not there, but sales.Orders, which differs by case alone: write it so'],
  ],
  ['an alias', {}, { kind: 'missing', aliasOf: 'items' }, ['is not a collection, but an alias of "items"']],
  ['loading', { mustBeLoaded: true }, { kind: 'loading' }, ['is still loading']],
  ['not loaded', { mustBeLoaded: true }, there(unloaded), ['is not loaded (LoadStateNotLoad)']],
  ['not loaded, nor to be', {}, there(unloaded), []],
  ['too few', { least: 11 }, there(), ['has too few entities: 10, asked for 11']],
  [
    'too few by metadata',
    { least: 1_100 },
    there({ ...unloaded, entities: 1_099 }),
    ['has too few entities: about 1,099, asked for 1,100'],
  ],
  [
    'lost',
    { before: picture('sales.orders', { entities: 12_345 }) },
    there(),
    ['has too few entities: 10, before 12,345'],
  ],
  [
    'too few and lost',
    { least: 11, before: picture('sales.orders', { entities: 12 }) },
    there(),
    ['has too few entities: 10, asked for 11, and before 12'],
  ],
  [
    'lost, but only metadata say so',
    { before: picture('sales.orders', { entities: 12 }) },
    there(unloaded),
    [],
  ],
  [
    'lost, but metadata said more',
    { before: picture('sales.orders', { entities: 12, exact: false }) },
    there(),
    [],
  ],
  [
    'aliases',
    { before: picture('sales.orders') },
    there({}, [{ alias: 'live' }, { alias: 'old', at: 'items' }]),
    ['alias "live" is gone', 'alias "old" points at "items"'],
  ],
  [
    'everything',
    { mustBeLoaded: true, least: 99, before: picture('sales.orders', { fields: ['gone Bool'] }) },
    there(unloaded),
    [
      'is not loaded (LoadStateNotLoad)',
      'has too few entities: about 10, asked for 99',
      'field "gone" is gone',
    ],
  ],
])('%s', (_, expectation, finding, faults) => {
  expect(verdictOf(expectation, finding).faults).toEqual(faults)
})

test('a loss that is allowed is none, and a larger one is said to be larger', () => {
  const before = picture('sales.orders', { entities: 20 })
  expect(verdictOf({ before }, there(), 50_000_000n).faults).toEqual([])
  expect(verdictOf({ before }, there({ entities: 9 }), 50_000_000n).faults).toEqual([
    'has too few entities: 9, before 20, a loss beyond allow-loss',
  ])
})

test.each([
  [true, true, true],
  [true, false, false],
  [false, true, false],
  [false, false, false],
])('counted exactly before %s, now %s: compared %s', (wasExact, isExact, isCompared) => {
  const before = picture('sales.orders', { exact: wasExact })
  expect(verdictOf({ before }, there({ exact: isExact })).isCompared).toBe(isCompared)
})

test('what is not there, or has no picture, is not compared', () => {
  expect(verdictOf({ before: picture('sales.orders') }, { kind: 'missing' }).isCompared).toBe(false)
  expect(verdictOf({}, there()).isCompared).toBe(false)
})

test('texts of the cluster are cleaned', () => {
  const finding = there({ loadState: 'a\n::error::b', fields: [] })
  const before = picture('sales.orders', { fields: ['x\u202ey Bool'] })
  const verdict = verdictOf(
    { name: { database: 'a\nb', collection: 'c' }, mustBeLoaded: true, before },
    finding,
  )
  expect(verdict.name).toBe('a b.c')
  expect(verdict.faults).toEqual(['is not loaded (a ::error::b)', 'field "x y" is gone'])
})

describe('warnings', () => {
  const exactly = 'Only loaded collections are counted exactly, and only where that takes less than 30s.'

  test('what is not compared, and least numbers of metadata', () => {
    const before = picture('sales.orders')
    const verdicts = [
      verdictOf({ before, least: 5 }, there(unloaded)),
      verdictOf({ name: nameOf('a.gone'), before }, { kind: 'missing' }),
      verdictOf({ name: nameOf('a.new'), least: 5 }, there(unloaded)),
      verdictOf({ name: nameOf('a.zero'), least: 0 }, there(unloaded)),
      verdictOf({ name: nameOf('a.good'), before, least: 5 }, there()),
    ]
    expect(warningsOf(verdicts)).toEqual([
      `Not compared with the baseline, since these were not counted exactly both times: sales.orders. ${exactly}`,
      `The least number of these is compared with metadata, which may count deleted entities too: sales.orders, a.new. ${exactly}`,
    ])
    expect(warningsOf([])).toEqual([])
  })

  test('of many name ten', () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      verdictOf({ name: nameOf(`a.${index}`), least: 1 }, there(unloaded)),
    )
    expect(warningsOf(many)).toEqual([expect.stringContaining('a.8, a.9 and 2 more. Only')])
  })
})

describe('the table and the log', () => {
  const before = picture('a.b', { entities: 2_000, exact: false, aliases: ['live', 'old'] })
  const good = verdictOf({ name: nameOf('a.good') }, there())
  const short = verdictOf({ name: nameOf('a.gone'), before }, { kind: 'missing' })
  const uncompared = verdictOf({ name: nameOf('a.about'), before }, there({ ...unloaded, aliases: ['old'] }))

  test('those that fall short come first', () => {
    expect(verdictTable([good, short], false)).toEqual({
      columns: ['Collection', 'Entities', 'Load state', 'Result'],
      rows: [
        [{ code: 'a.gone' }, '', '', { strong: 'Is not there' }],
        [{ code: 'a.good' }, '10', 'loaded', 'As expected'],
      ],
      more: 0,
    })
  })

  test('with a baseline: before and now, what is not compared, what the baseline does not have', () => {
    expect(verdictTable([good, short, uncompared], true)).toMatchObject({
      columns: ['Collection', 'Before', 'Now', 'Load state', 'Result'],
      rows: [
        [{ code: 'a.gone' }, 'about 2,000', '', '', { strong: 'Is not there' }],
        [{ code: 'a.good' }, '', '10', 'loaded', 'Not in the baseline'],
        [
          { code: 'a.about' },
          'about 2,000',
          'about 10',
          'not loaded',
          'Not compared: not counted exactly; aliases of the original: live',
        ],
      ],
    })
  })

  test('five hundred rows at most', () => {
    const { rows, more } = verdictTable(
      Array.from({ length: 600 }, () => good),
      false,
    )
    expect([rows.length, more]).toEqual([500, 100])
  })

  test.each([
    [good, 'a.good: 10 entities, loaded'],
    [short, 'a.gone: is not there'],
    [uncompared, 'a.about: about 10 entities (before about 2,000), not loaded'],
  ])('a line of the log', (verdict, line) => {
    expect(verdictLine(verdict)).toBe(line)
  })
})
