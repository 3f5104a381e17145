import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeBackup,
  decodeCluster,
  decodeJob,
  decodeList,
  fields,
  text,
  time,
} from '../../src/zilliz/decode.ts'

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

const moment = Date.UTC(2024, 6, 30, 16, 49, 50)

test.each([
  ['2024-07-30T16:49:50Z', moment],
  ['2024-07-30T16:49:50z', moment],
  ['2024-07-30T16:49:50', moment],
  ['2024-07-30 16:49:50', moment],
  ['2024-07-30T16:49:50.250Z', moment + 250],
  ['2024-07-30T18:49:50+02:00', moment],
  ['2024-07-30T18:49:50+0200', moment],
  ['2024-07-30 11:49:50-05:00', moment],
  ['2024-07-30', Date.UTC(2024, 6, 30)],
  [moment, moment],
  [String(moment), moment],
  ['', undefined],
  ['yesterday', undefined],
  ['0000-00-00T00:00:00Z', undefined],
  [0, undefined],
  [-5, undefined],
  [8.64e15, 8.64e15],
  [8.64e15 + 2, undefined],
  ['1e300', undefined],
  [null, undefined],
  [undefined, undefined],
  [{}, undefined],
])('the time %j', (told, milliseconds) => {
  expect(time(told)).toBe(milliseconds)
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
  expect(contents).toEqual({
    kind: 'by-database',
    collections: expected.map(name => {
      const [database, collection] = name.split('.')
      return { database, collection }
    }),
  })
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

test('of a backup and a cluster only id and state are insisted on', () => {
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
    regionId: undefined,
    connectAddress: undefined,
    createTime: undefined,
  })
})

test.each([
  [decodeBackup, { status: 'AVAILABLE' }, 'the answer holds no backupId'],
  [decodeBackup, { backupId: 'b' }, 'the answer holds no status'],
  [decodeBackup, { backupId: 'b', status: 'A', collections: [{}] }, 'the answer holds no collectionName'],
  [decodeBackup, null, 'the answer holds no backup'],
  [decodeCluster, { status: 'RUNNING' }, 'the answer holds no clusterId'],
  [decodeCluster, [], 'the answer holds no cluster'],
  [decodeJob, { jobId: 'j' }, 'the answer holds no status'],
  [decodeJob, 'job', 'the answer holds no job'],
])('%o does not take %j', (decode, data, message) => {
  expect(() => decode(data)).toThrow(message)
})

test('a list is an array, or in a page object; anything else is none', () => {
  const decode = (item: unknown) => text(fields(item, 'thing'), 'id')
  expect(decodeList([{ id: 'a' }], 'things', decode)).toEqual({ items: ['a'], pageSize: undefined })
  expect(decodeList({ things: [{ id: 'b' }, { id: 'a' }], pageSize: '5' }, 'things', decode)).toEqual({
    items: ['b', 'a'],
    pageSize: 5,
  })
  for (const data of [null, 'x', {}, { things: null }, { others: [] }]) {
    expect(() => decodeList(data, 'things', decode)).toThrow('the answer holds no list of things')
  }
  expect(() => decodeList([{}], 'things', decode)).toThrow('the answer holds no id')
})

test('whatever comes is decoded or refused with an error of ours', () => {
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
            expect((error as Error).message).toMatch(/^the answer holds no /)
          }
        }
      },
    ),
  )
})
