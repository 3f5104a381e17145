/** How figures are judged, printed and written. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { figure, meets, missed, type Table } from '../../bench/figures.ts'
import { lagLimit } from '../../bench/lag-limit.ts'
import { linesOf } from '../../bench/print.ts'
import { resultJson } from '../../bench/result.ts'

const nodes = ['20', '24'] as const

const start: Table = {
  title: 'Start',
  better: 'lower',
  figures: [
    { name: 'backup', unit: 'ms', values: { '20': 81.4, '24': 1_290 } },
    { name: 'backup / bare', unit: '×', limit: 1.25, values: { '20': 1.25, '24': 1.25049 } },
  ],
  notes: ['Medians.'],
}
const ahead: Table = {
  title: 'Ahead of the loops',
  better: 'higher',
  figures: [
    { name: 'job of 1 s', unit: 's', limit: 0, values: { '20': -0.5, '24': 2 } },
    { name: 'only newer', unit: 's', limit: 0, values: { '24': 0 } },
  ],
}

test('a value at its limit is inside, on either side', () => {
  const judged = (table: Table) =>
    table.figures.map(one => Object.values(one.values).map(value => meets(value, one, table)))
  expect(judged(start)).toEqual([
    [undefined, undefined],
    [true, false],
  ])
  expect(judged(ahead)).toEqual([[false, true], [true]])
})

test('what could not be measured is not inside its limit', () => {
  const table: Table = {
    ...start,
    figures: [{ name: 'nothing', unit: 's', limit: 1, values: { '20': Number.NaN } }],
  }
  expect(missed([table])).toEqual(['Start, nothing: NaN s on Node 20; at most 1.00 s'])
})

test('what is outside its limit is named with both', () => {
  expect(missed([start, ahead])).toEqual([
    'Start, backup / bare: 1.25 × on Node 24; at most 1.25 ×',
    'Ahead of the loops, job of 1 s: -0.50 s on Node 20; at least 0.00 s',
  ])
})

test('a table has a column for each Node, and says which direction is good', () => {
  expect(linesOf(start, nodes)).toEqual([
    'Start (lower is better)',
    '                  Node 20    Node 24    limit   met',
    '  backup            81 ms   1,290 ms',
    '  backup / bare    1.25 ×     1.25 ×   1.25 ×    NO',
    '  Medians.',
  ])
  expect(linesOf(ahead, nodes)).toEqual([
    'Ahead of the loops (higher is better)',
    '               Node 20   Node 24    limit   met',
    '  job of 1 s   -0.50 s    2.00 s   0.00 s    NO',
    '  only newer         -    0.00 s   0.00 s   yes',
  ])
})

test('a table without limits has no columns for them', () => {
  const table = { ...start, figures: start.figures.slice(0, 1), notes: [] }
  expect(linesOf(table, ['20'])).toEqual([
    'Start (lower is better)',
    '           Node 20',
    '  backup     81 ms',
  ])
})

test('the result is JSON with a line for each figure', () => {
  const taken = {
    date: '2026-01-02',
    cpu: 'a CPU',
    cores: 2,
    load: 0.1,
    system: 'linux x64',
    node: { '20': '20.1.2' },
  }
  const text = resultJson(taken, { start: [start], lag: [ahead] })
  expect(text.split('\n').filter(line => line.startsWith('    {'))).toHaveLength(4)
  expect(JSON.parse(text)).toEqual({
    ...taken,
    figures: [
      {
        measurement: 'start',
        table: 'Start',
        name: 'backup',
        unit: 'ms',
        better: 'lower',
        node: { '20': { value: 81.4 }, '24': { value: 1290 } },
      },
      {
        measurement: 'start',
        table: 'Start',
        name: 'backup / bare',
        unit: '×',
        better: 'lower',
        limit: 1.25,
        node: { '20': { value: 1.25, isMet: true }, '24': { value: 1.25, isMet: false } },
      },
      expect.objectContaining({ measurement: 'lag', name: 'job of 1 s', better: 'higher', limit: 0 }),
      expect.objectContaining({ name: 'only newer', node: { '24': { value: 0, isMet: true } } }),
    ],
  })
})

test('a figure has a value for the Nodes that gave one', () => {
  const made = figure({ name: 'cache', unit: 'ms' }, nodes, node => (node === '24' ? 5 : undefined))
  expect(made.values).toEqual({ '24': 5 })
})

test.each([
  [0.3, 'linear', 0.35],
  [61, 'linear', 1.22],
  [4.7, 'none', 0.6],
  [61, 'none', 3.05],
  [61, 'stuck', 3.05],
  [61, 'jumping', 3.05],
] as const)('a step may end after its job of %d s with %s progress by %d s', (seconds, course, most) => {
  expect(lagLimit(seconds, course)).toBeCloseTo(most)
})

test('bench/result.json has the figures of every measurement, on both Nodes', () => {
  const text = readFileSync(new URL('../../bench/result.json', import.meta.url), 'utf8')
  const { date, node, figures } = JSON.parse(text)
  expect(date).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(Object.keys(node)).toEqual(['20', '24'])
  const measured = new Set(figures.map(({ measurement }: { measurement: string }) => measurement))
  expect([...measured]).toEqual([
    ...['dist', 'loaded', 'start', 'compile-cache', 'memory', 'looks', 'lag', 'lists', 'restores', 'fan'],
  ])
})
