import { describe, expect, test } from 'vitest'
import {
  countExactly,
  countFromMetadata,
  describeCollection,
  listCollections,
  listDatabases,
  readLoadState,
} from '../../src/zilliz/collection-reads.ts'
import type { Connection } from '../../src/zilliz/connection.ts'
import { openDataPlane } from '../../src/zilliz/data-plane.ts'
import { openService, success } from './scripted-service.ts'

const name = { database: 'sales', collection: 'orders' }
const body = { dbName: 'sales', collectionName: 'orders' }

/** The result of one read whose response has that data, and the request. */
async function readFrom<T>(data: unknown, read: (to: Connection) => Promise<T>) {
  await using service = await openService(success(data))
  const { connection } = service
  const to = { ...(await openDataPlane(connection, connection.baseUrl, 'user:word')), triesOnce: true }
  const result = await read(to).catch((error: Error) => error)
  return { result, request: service.requests[0] }
}

const post = (path: string, sent: object) => ({ method: 'POST', url: `/v2/vectordb/${path}`, body: sent })

test.each<[string, (to: Connection) => Promise<unknown>, unknown, unknown, object]>([
  ['databases', listDatabases, ['default', 'sales'], ['default', 'sales'], post('databases/list', {})],
  [
    'collections',
    to => listCollections(to, 'sales'),
    ['orders'],
    ['orders'],
    post('collections/list', { dbName: 'sales' }),
  ],
  [
    'no collections, as Go has it',
    to => listCollections(to, 'sales'),
    null,
    [],
    post('collections/list', { dbName: 'sales' }),
  ],
  [
    'a load state',
    to => readLoadState(to, name),
    { loadState: 'LoadStateLoading', loadProgress: 50 },
    'LoadStateLoading',
    post('collections/get_load_state', body),
  ],
  [
    'a count of metadata',
    to => countFromMetadata(to, name),
    { rowCount: 5 },
    5,
    post('collections/get_stats', body),
  ],
  [
    'the same as text',
    to => countFromMetadata(to, name),
    { rowCount: '5' },
    5,
    post('collections/get_stats', body),
  ],
  [
    'an exact count',
    to => countExactly(to, name),
    [{ 'count(*)': 1_000_000 }],
    1_000_000,
    post('entities/query', { ...body, filter: '', outputFields: ['count(*)'], consistencyLevel: 'Strong' }),
  ],
  [
    'the same as text',
    to => countExactly(to, name),
    [{ 'count(*)': '1000000' }],
    1_000_000,
    post('entities/query', { ...body, filter: '', outputFields: ['count(*)'], consistencyLevel: 'Strong' }),
  ],
])('%s', async (_, read, data, expected, request) => {
  expect(await readFrom(data, read)).toEqual({ result: expected, request })
})

describe('what is none', () => {
  test.each([
    [[]],
    [[{}]],
    [{ 'count(*)': 5 }],
    [[{ 'count(*)': null }]],
    [[{ 'count(*)': -1 }]],
    [[{ 'count(*)': 1.5 }]],
    [[{ 'count(*)': 'many' }]],
    [[{ 'count(*)': '' }]],
    [[{ 'count(*)': 2 ** 53 }]],
    [[{ 'count(*)': true }]],
  ])('%j is no exact count', async data => {
    const { result } = await readFrom(data, to => countExactly(to, name))
    expect(result).toBeInstanceOf(Error)
    expect((result as Error).message).toMatch(/^Could not count the entities of collection "sales\.orders": /)
  })

  test.each([[null], [undefined], [{}], [{ rowCount: -1 }], [{ rowCount: 'x' }]])(
    '%j is no count of metadata',
    async data => {
      const { result } = await readFrom(data, to => countFromMetadata(to, name))
      expect((result as Error).message).toMatch(
        /^Could not read the number of entities of collection "sales\.orders": /,
      )
    },
  )

  test.each([[null], [undefined], [{}], [[1]]])(
    '%j is no list of databases, which are one at least',
    async data => {
      const { result } = await readFrom(data, listDatabases)
      expect((result as Error).message).toBe(
        'Could not list the databases of the cluster: the response has no list of names. (no message, HTTP 200, code 0, no request id)',
      )
    },
  )

  test.each([[null], [{}], [{ loadState: 1 }], [{ loadState: '' }]])('%j is no load state', async data => {
    const { result } = await readFrom(data, to => readLoadState(to, name))
    expect((result as Error).message).toMatch(
      /^Could not read the load state of collection "sales\.orders": /,
    )
  })
})

describe('a description', () => {
  const describing = async (data: unknown) =>
    (await readFrom(data, to => describeCollection(to, name))).result

  test('with everything', async () => {
    const { result, request } = await readFrom(
      {
        collectionName: 'orders',
        load: 'LoadStateLoaded',
        aliases: ['live', 'old'],
        fields: [
          { name: 'id', type: 'Int64', primaryKey: true, autoId: true },
          {
            name: 'title',
            type: 'VarChar',
            primaryKey: false,
            params: [{ key: 'max_length', value: '512' }],
          },
          { name: 'vector', type: 'FloatVector', params: [{ key: 'mmap' }, { key: 'dim', value: '768' }] },
          { name: 'other', type: 'BinaryVector', params: [{ key: 'dim', value: 128 }] },
          { name: 'sparse', type: 'SparseFloatVector', params: null },
        ],
      },
      to => describeCollection(to, name),
    )
    expect(request).toEqual(post('collections/describe', body))
    expect(result).toEqual({
      collection: 'orders',
      loadState: 'LoadStateLoaded',
      aliases: ['live', 'old'],
      fields: [
        'id Int64 primary',
        'title VarChar',
        'vector FloatVector(768)',
        'other BinaryVector(128)',
        'sparse SparseFloatVector',
      ],
    })
  })

  test.each([
    [{}, undefined],
    [{ aliases: null }, undefined],
    [{ aliases: [] }, []],
  ])('%j: what is not shown, or null, is not known', async (more, aliases) => {
    expect(await describing({ fields: [], ...more })).toEqual({
      collection: undefined,
      loadState: undefined,
      fields: [],
      aliases,
    })
  })

  test.each([
    [null],
    [[]],
    [{}],
    [{ fields: null }],
    [{ fields: [null] }],
    [{ fields: [{ name: 'id' }] }],
    [{ fields: [{ type: 'Int64' }] }],
    [{ fields: [], aliases: 'live' }],
    [{ fields: [], aliases: [1] }],
    [{ fields: [{ name: 'a', type: 'b', params: ['dim'] }] }],
  ])('%j is none', async data => {
    const result = await describing(data)
    expect(result).toBeInstanceOf(Error)
    expect((result as Error).message).toMatch(/^Could not describe collection "sales\.orders": /)
  })
})
