import { expect, test } from 'vitest'
import { alterAlias, describeAlias, listAliases } from '../../src/zilliz/aliases.ts'
import type { Connection } from '../../src/zilliz/connection.ts'
import { send } from '../../src/zilliz/connection.ts'
import { openDataPlane } from '../../src/zilliz/data-plane.ts'
import { openService, success } from './scripted-service.ts'

const alias = { database: 'sales', alias: 'live' }

async function askFor<T>(data: unknown, read: (to: Connection) => Promise<T>) {
  await using service = await openService(success(data))
  const { connection } = service
  const to = { ...(await openDataPlane(connection, connection.baseUrl, 'user:word')), triesOnce: true }
  const result = await read(to).catch((error: Error) => error.message)
  return { result, request: service.requests[0], changes: connection.session.changes }
}

test('all of a database, or those of one collection', async () => {
  expect(await askFor(['live'], to => listAliases(to, 'sales'))).toMatchObject({
    result: ['live'],
    request: { url: '/v2/vectordb/aliases/list', body: { dbName: 'sales' } },
    changes: 0,
  })
  expect(await askFor(null, to => listAliases(to, 'sales', 'orders'))).toMatchObject({
    result: [],
    request: { body: { dbName: 'sales', collectionName: 'orders' } },
  })
})

test('where one points', async () => {
  const data = { dbName: 'sales', aliasName: 'live', collectionName: 'orders' }
  expect(await askFor(data, to => describeAlias(to, alias))).toMatchObject({
    result: 'orders',
    request: {
      method: 'POST',
      url: '/v2/vectordb/aliases/describe',
      body: { dbName: 'sales', aliasName: 'live' },
    },
    changes: 0,
  })
})

test.each([
  [{ aliasName: 'other', collectionName: 'orders' }, 'the response is about another alias'],
  [{ aliasName: 'live' }, 'the response has no collectionName'],
  [{ collectionName: 'orders' }, 'the response has no aliasName'],
  [null, 'alias'],
])('%j says nothing of it', async (data, words) => {
  const { result } = await askFor(data, to => describeAlias(to, alias))
  expect(result).toMatch(/^Could not read where alias "live" of database "sales" points: /)
  expect(result).toContain(words)
})

test('pointing one elsewhere is the one request to a cluster that counts as a change', async () => {
  const change = alterAlias(alias, 'orders_2')
  expect(await askFor({}, to => send(to, change))).toMatchObject({
    result: undefined,
    request: {
      method: 'POST',
      url: '/v2/vectordb/aliases/alter',
      body: { dbName: 'sales', aliasName: 'live', collectionName: 'orders_2' },
    },
    changes: 1,
  })
})
