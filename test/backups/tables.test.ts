import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backupRows } from '../../src/backups/description.ts'
import { formatSize } from '../../src/backups/size.ts'
import { backupLine, backupsTable } from '../../src/backups/tables.ts'
import { plainText } from '../../src/report.ts'
import { type Backup, decodeBackup } from '../../src/zilliz/decode.ts'

const now = Date.parse('2026-05-04T12:00:00Z')
const hour = 3_600_000

const whole = {
  backupId: 'backup1_a',
  backupName: 'production_backup1',
  projectId: 'proj-a',
  regionId: 'aws-us-west-2',
  clusterId: 'in01-a',
  clusterName: 'production',
  backupType: 'CLUSTER',
  creationMethod: 'MANUAL',
  status: 'AVAILABLE',
  size: 3_400_000_000,
  createTime: '2026-05-04T09:55:00Z',
}
const bare = { backupId: 'backup2_b', status: 'CREATING' }

const backup = (more: object = {}) => decodeBackup({ ...whole, ...more })

/** The rows of one backup, by their names. */
const rowsOf = (one: Backup) =>
  Object.fromEntries(backupRows(one, now).map(({ name, value }) => [name, value]))

test('a table of backups, a row for each in their order', () => {
  expect(backupsTable([backup(), decodeBackup(bare)], now)).toEqual({
    columns: ['Created', 'Backup', 'Cluster', 'Type', 'Method', 'State', 'Size'],
    rows: [
      [
        '2h\u00a0ago,\u00a02026-05-04',
        { code: 'backup1_a' },
        'production (in01-a)',
        'CLUSTER',
        'MANUAL',
        'AVAILABLE',
        '3.4\u00a0GB',
      ],
      ['unknown', { code: 'backup2_b' }, '', '', '', 'CREATING', ''],
    ],
    more: 0,
  })
})

test('a column that is the same in every row is left out, and one for their fate stands last', () => {
  const [one, other] = [backup(), backup({ backupId: 'backup3_c', backupType: 'COLLECTION' })]
  const table = backupsTable([one, other], now, ({ backupId }) => ({ strong: `stays: ${backupId}` }))
  expect(table.columns).toEqual(['Created', 'Backup', 'Type', 'Size', ''])
  expect(table.rows[1]?.slice(2)).toEqual(['COLLECTION', '3.4\u00a0GB', { strong: 'stays: backup3_c' }])
})

test.each([
  [0, 0, 0],
  [500, 500, 0],
  [501, 500, 1],
  [10_000, 500, 9_500],
])('of %i backups a table has %i rows, and the number of the others', (count, shown, more) => {
  const table = backupsTable(Array<Backup>(count).fill(backup()), now)
  expect(table.rows).toHaveLength(shown)
  expect(table.more).toBe(more)
})

test('a table of one backup shows what is known of it', () => {
  const collections = [{ collectionName: 'orders' }, { collectionName: 'items' }]
  const dbCollections = [
    { dbName: '', collections: [{ collectionName: 'articles' }] },
    { dbName: 'sales', collections },
  ]
  expect(Object.entries(rowsOf(backup({ dbCollections })))).toEqual([
    ['Backup id', { code: 'backup1_a' }],
    ['Name in the console', { code: 'production_backup1' }],
    ['Cluster', [{ strong: 'production' }, ' (', { code: 'in01-a' }, ')']],
    ['Project', { code: 'proj-a' }],
    ['Region', 'aws-us-west-2'],
    ['Type', 'CLUSTER'],
    ['Method', 'MANUAL'],
    ['State', 'AVAILABLE'],
    ['Size', '3.4 GB'],
    ['Created', '2h\u00a0ago,\u00a02026-05-04'],
    ['Contents', 'default.articles, sales.orders, sales.items'],
  ])
  expect(Object.entries(rowsOf(decodeBackup(bare)))).toEqual([
    ['Backup id', { code: 'backup2_b' }],
    ['State', 'CREATING'],
    ['Created', 'unknown'],
    ['Contents', 'not listed by the service'],
  ])
})

test.each([
  [{ clusterName: undefined }, { code: 'in01-a' }],
  [{ clusterId: undefined }, 'production'],
  [{ clusterId: undefined, clusterName: '' }, undefined],
])('a cluster with %j', (more, cluster) => {
  expect(rowsOf(backup(more)).Cluster).toEqual(cluster)
})

test.each([
  ['AUTO', '2026-05-11T09:55:00Z', '2026-05-11T09:55:00Z'],
  ['auto', '1778493300000', '2026-05-11T09:55:00Z'],
  ['AUTO', null, undefined],
  ['AUTO', 'never', undefined],
  ['MANUAL', '2026-05-11T09:55:00Z', undefined],
  [undefined, '2026-05-11T09:55:00Z', undefined],
])('a backup created %s that expires %j', (creationMethod, expireTime, shown) => {
  expect(rowsOf(backup({ creationMethod, expireTime })).Expires).toBe(shown)
})

describe('what a backup contains', () => {
  const flat = (names: string[]) =>
    String(rowsOf(backup({ collections: names.map(collectionName => ({ collectionName })) })).Contents)

  test('a flat list has no databases', () => {
    expect(flat(['orders', 'items'])).toBe('orders, items')
  })

  test.each([
    [60, 'orders'],
    [50, 'a_collection_with_a_longer_name'],
    [3, 'x'.repeat(255)],
  ])('of %i names there are as many as a cell can show, and the number of the others', (count, name) => {
    const names = Array.from({ length: count }, (_, index) => `${name}_${index}`)
    const [, listed = '', more] = /^(.*) and (\d+) more$/.exec(flat(names)) ?? []
    const shown = listed.split(', ')
    expect(shown).toEqual(names.slice(0, shown.length))
    expect(shown.length + Number(more)).toBe(count)
    // The job summary cuts a cell at 500.
    expect(flat(names).length).toBeLessThanOrEqual(500)
  })

  test('of names too long for a cell there is the number', () => {
    expect(flat(['x'.repeat(600), 'orders'])).toBe('2 collections')
  })
})

describe('a line', () => {
  test('has what is known', () => {
    expect(backupLine(backup(), now)).toBe('backup1_a CLUSTER MANUAL AVAILABLE, 3.4 GB, 2h 5m old')
    expect(backupLine(decodeBackup(bare), now)).toBe('backup2_b CREATING, of unknown age')
  })

  test('is one, whatever the service gives', () => {
    const odd = backup({ backupType: 'a\n::error::b', status: `x${' '.repeat(9)}${'y'.repeat(9_000)}` })
    const line = backupLine(odd, now)
    expect(line).toMatch(/^backup1_a A ::ERROR::B MANUAL X Y+…, 3\.4 GB, 2h 5m old$/)
    expect(line.length).toBeLessThan(600)
  })
})

test.each([
  [undefined, ''],
  [-1, ''],
  [0, '0 B'],
  [1, '1 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [1_234, '1.2 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [1_000_000, '1.0 MB'],
  [999_999_999, '1.0 GB'],
  [123_456_789_012, '123.5 GB'],
  [5e12, '5.0 TB'],
  [7e15, '7.0 PB'],
  [7e18, '7000.0 PB'],
])('%d bytes are "%s"', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text)
})

test.each([
  ['2026-05-04T12:00:00Z', '0s ago, 2026-05-04', '0s old'],
  // The clock of the service may be ahead.
  ['2026-05-04T12:00:09Z', '0s ago, 2026-05-04', '0s old'],
  [now - 26 * hour, '1d ago, 2026-05-03', '1d 2h old'],
  [now - 0.5, '0s ago, 2026-05-04', '0s old'],
  ['0001-01-01T00:00:00Z', '739739d ago, 0001-01-01', '739739d 12h old'],
  [8.64e15, '0s ago, +275760-09-13', '0s old'],
  [8.64e15 + 2, 'unknown', 'of unknown age'],
  [1e300, 'unknown', 'of unknown age'],
  ['yesterday', 'unknown', 'of unknown age'],
  ['', 'unknown', 'of unknown age'],
  [null, 'unknown', 'of unknown age'],
])('createTime %j', (createTime, shown, age) => {
  const one = backup({ createTime })
  expect(String(rowsOf(one).Created).replaceAll('\u00a0', ' ')).toBe(shown)
  expect(rowsOf(one).Created).not.toContain(' ')
  expect(backupLine(one, now)).toBe(`backup1_a CLUSTER MANUAL AVAILABLE, 3.4 GB, ${age}`)
})

// Without the very words that would show a mistake of the code.
const anyText = fc.string().map(drawn => `.${drawn.replaceAll(/undefined|NaN|Invalid/gi, '')}`)
const anyValue = fc.oneof(
  anyText,
  fc.double(),
  fc.constantFrom(null, true, [], {}, '1e308', 8.64e15, 1e300, -1, 'AUTO', '-271821-04-19T00:00:00Z'),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
)
const anyNames = fc.array(fc.record({ collectionName: anyText }))
const anyResponse = fc.record(
  {
    backupId: fc.constantFrom('backup1_a', 'b'),
    status: anyText,
    ...Object.fromEntries(Object.keys(whole).map(name => [name, anyValue])),
    expireTime: anyValue,
    collections: fc.oneof(anyValue, anyNames),
    dbCollections: fc.oneof(
      fc.constantFrom(null, [], {}),
      fc.array(fc.record({ dbName: anyValue, collections: anyNames })),
    ),
  },
  { requiredKeys: [] },
)

test('no backup makes them throw, and every cell is text', () => {
  fc.assert(
    fc.property(anyResponse, fields => {
      let decoded: Backup
      try {
        decoded = decodeBackup({ ...fields, backupId: 'backup1_a', status: fields.status ?? 'AVAILABLE' })
      } catch {
        return
      }
      const other = backup({ backupId: 'backup2_b' })
      const { columns, rows } = backupsTable([decoded, other], now)
      for (const row of rows) expect(row).toHaveLength(columns.length)
      const cells = [...rows.flat(), ...backupRows(decoded, now).map(({ value }) => value)]
      for (const cell of cells) {
        expect(plainText(cell)).toBeTypeOf('string')
      }
      expect(`${backupLine(decoded, now)} ${JSON.stringify(cells)}`).not.toMatch(/undefined|NaN|Invalid/)
    }),
    { numRuns: 1_000 },
  )
})
