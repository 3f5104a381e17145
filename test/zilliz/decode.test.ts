import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBackup, decodeCluster, decodeJob, decodeList } from '../../src/zilliz/decode.ts'
import { fields, text } from '../../src/zilliz/fields.ts'

test.each([
  ['100', 100],
  ['42', 42],
  ['42%', 42],
  ['42 % ', 42],
  ['12.5', 12.5],
  [' 7 ', 7],
  [0, 0],
  [99.9, 99.9],
  ['', undefined],
  ['  ', undefined],
  ['%', undefined],
  ['almost', undefined],
  ['101', undefined],
  [-1, undefined],
  [Number.NaN, undefined],
  [null, undefined],
  [undefined, undefined],
  [{}, undefined],
  [true, undefined],
])('the progress %j is %s percent', (progress, percent) => {
  expect(decodeJob({ jobId: 'j', status: 'in_progress', progress })).toEqual({
    jobId: 'j',
    status: 'IN_PROGRESS',
    progress: percent,
    reason: undefined,
  })
})

const orders = { collectionName: 'orders', description: '', status: 'LOADED' }
const items = { collectionName: 'items' }

test.each([
  [{ dbCollections: [{ dbName: 's', collections: [orders, items] }] }, ['s.orders', 's.items']],
  [{ dbCollections: [{ dbName: '', collections: [orders] }] }, ['default.orders']],
  [
    { dbCollections: [{ collections: [orders] }, { dbName: 's', collections: [items] }] },
    ['default.orders', 's.items'],
  ],
  [{ dbCollections: [{ dbName: 's', collections: [orders] }], collections: [items] }, ['s.orders']],
  [
    {
      dbCollections: [
        { dbName: 's', collections: null },
        { dbName: 't', collections: [items] },
      ],
    },
    ['t.items'],
  ],
])('the contents of %j by database', (backup, expected) => {
  const { contents } = decodeBackup({ backupId: 'b', status: 'AVAILABLE', ...backup })
  expect(contents).toMatchObject({
    kind: 'by-database',
    collections: expected.map(name => {
      const [database, collection] = name.split('.')
      return { database, collection }
    }),
  })
})

test('the load state of a collection in a backup, where it is shown (F36)', () => {
  const collections = [{ collectionName: 'orders', status: 'loaded' }, { collectionName: 'items' }]
  const backup = { backupId: 'b', status: 'AVAILABLE', dbCollections: [{ dbName: 's', collections }] }
  const { contents } = decodeBackup(backup)
  expect(contents.kind === 'by-database' && contents.collections.map(({ status }) => status)).toEqual([
    'LOADED',
    undefined,
  ])
})

test.each([
  [{ collections: [orders, items] }, { kind: 'flat', collections: ['orders', 'items'] }],
  [
    { dbCollections: [], collections: [orders] },
    { kind: 'flat', collections: ['orders'] },
  ],
  [{ dbCollections: [{ dbName: 's', collections: [] }] }, { kind: 'unlisted' }],
  [{ dbCollections: null, collections: null }, { kind: 'unlisted' }],
  [{ collections: [] }, { kind: 'unlisted' }],
  [{}, { kind: 'unlisted' }],
])('the contents of %j without databases', (backup, contents) => {
  expect(decodeBackup({ backupId: 'b', status: 'AVAILABLE', ...backup }).contents).toEqual(contents)
})

test('a backup and a cluster need only an id and a state', () => {
  expect(
    decodeBackup({ backupId: 'b', status: 'available', creationMethod: 'manual', backupType: 'cluster' }),
  ).toMatchObject({
    status: 'AVAILABLE',
    creationMethod: 'MANUAL',
    backupType: 'CLUSTER',
    createTime: undefined,
  })
  expect(
    decodeCluster({ clusterId: 'c', status: 'running', cuSize: '2', connectAddress: '', clusterName: null }),
  ).toEqual({
    clusterId: 'c',
    status: 'RUNNING',
    cuSize: 2,
    clusterName: undefined,
    projectId: undefined,
    connectAddress: undefined,
    createTime: undefined,
  })
})

test.each([
  [decodeBackup, { status: 'AVAILABLE' }, 'the response has no backupId'],
  [decodeBackup, { backupId: 'b' }, 'the response has no status'],
  [decodeBackup, { backupId: 'b', status: 'A', collections: [{}] }, 'the response has no collectionName'],
  [decodeBackup, null, 'the response has no backup'],
  [decodeCluster, { status: 'RUNNING' }, 'the response has no clusterId'],
  [decodeCluster, [], 'the response has no cluster'],
  [decodeJob, { jobId: 'j' }, 'the response has no status'],
  [decodeJob, 'job', 'the response has no job'],
])('%o rejects %j', (decode, data, message) => {
  expect(() => decode(data)).toThrow(message)
})

test('a list is an array, or in a page object; anything else is an error', () => {
  const decode = (item: unknown) => text(fields(item, 'thing'), 'id')
  expect(decodeList([{ id: 'a' }], 'things', decode)).toEqual({ items: ['a'], pageSize: undefined })
  expect(decodeList({ things: [{ id: 'b' }, { id: 'a' }], pageSize: '5' }, 'things', decode)).toEqual({
    items: ['b', 'a'],
    pageSize: 5,
  })
  for (const data of [null, 'x', {}, { things: null }, { others: [] }]) {
    expect(() => decodeList(data, 'things', decode)).toThrow('the response has no list of things')
  }
  expect(() => decodeList([{}], 'things', decode)).toThrow('the response has no id')
})

test('any data is decoded, or rejected with an error that says what is missing', () => {
  const value = fc.oneof(fc.constantFrom('a', '', null, 7, true), fc.jsonValue())
  const lists = fc.array(fc.record({ dbName: value, collectionName: value, collections: value }), {
    maxLength: 2,
  })
  const whole = fc.record(
    { status: value, createTime: value, progress: value, dbCollections: lists, collections: lists },
    { requiredKeys: [] },
  )
  const ids = { backupId: 'b', clusterId: 'c', jobId: 'j' }
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        whole.map(data => ({ ...ids, ...data })),
      ),
      data => {
        for (const decode of [decodeBackup, decodeCluster, decodeJob]) {
          try {
            expect(decode(data).status).not.toBe('')
          } catch (error) {
            expect((error as Error).message).toMatch(/^the response has no /)
          }
        }
      },
    ),
  )
})
