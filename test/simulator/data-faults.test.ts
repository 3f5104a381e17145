import { expect, test, vi } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { answer, data } from './data-client.ts'

const dbName = 'sales'
const orders = { dbName, collectionName: 'orders' }
const count = { ...orders, filter: '', outputFields: ['count(*)'] }
const alias = { dbName, aliasName: 'live' }

async function start(): Promise<Simulator> {
  const cloud = await startSimulator({ dataPlane: true })
  cloud.world.collection('production', 'sales.orders').aliases = ['live']
  return cloud
}

const target = async (cloud: Simulator) =>
  (await answer(cloud, 'aliases/describe', alias)).collectionName as string
const alter = (cloud: Simulator) =>
  data(cloud, 'aliases/alter', { body: { ...alias, collectionName: 'items' } })
const counted = (cloud: Simulator) => data(cloud, 'entities/query', { body: count })

const faults: readonly [Fault, object | RegExp][] = [
  [
    { kind: 'envelope', status: 200, code: 106, message: 'recovering' },
    { status: 200, body: { code: 106 } },
  ],
  [
    { kind: 'envelope', status: 500, code: 2 },
    { status: 500, body: { code: 2 } },
  ],
  [{ kind: 'gateway', status: 503 }, { status: 503 }],
  [{ kind: 'redirect', status: 307 }, { status: 307 }],
  [{ kind: 'edit', edit: response => ({ ...response, data: [] }) }, { body: { code: 0, data: [] } }],
  [{ kind: 'data-null' }, { body: { code: 0, data: null } }],
  [{ kind: 'code-as-text' }, { body: { code: '0' } }],
  [{ kind: 'html', status: 502 }, /JSON/],
  [{ kind: 'reset' }, /fetch failed/],
  [{ kind: 'reset-in-body' }, /terminated/],
  [{ kind: 'cut' }, /terminated/],
]

test.each(faults)('%j hits a count once, and nothing else', async (fault, expected) => {
  await using cloud = await start()
  cloud.faults.inject({ operation: 'countEntities', fault })
  await data(cloud, 'collections/get_stats', { body: orders })
  const hit = counted(cloud)
  if (expected instanceof RegExp) await expect(hit).rejects.toThrow(expected)
  else expect(await hit).toMatchObject(expected)
  expect((await counted(cloud)).body.data).toEqual([{ 'count(*)': 1_000_000 }])
  expect(cloud.dataRequests.map(request => request.fault)).toEqual([undefined, fault.kind, undefined])
  expect([cloud.faults.pending(), cloud.problems, cloud.elsewhere]).toEqual([[], [], []])
})

test('a message and a name may be hostile', async () => {
  await using cloud = await start()
  cloud.faults.inject({ operation: 'getLoadState', fault: { kind: 'hostile', text: '::error::gotcha' } })
  const gone = await data(cloud, 'collections/get_load_state', { body: { collectionName: 'gone' } })
  expect(gone.body).toEqual({ code: 100, message: '::error::gotcha' })
  cloud.faults.inject({ operation: 'describeAlias', fault: { kind: 'hostile', text: 'x' } })
  expect(await target(cloud)).toBe('x')
})

test('a list leaves out one entry once', async () => {
  await using cloud = await start()
  const list = () => answer(cloud, 'collections/list', { dbName })
  cloud.faults.inject({ operation: 'listCollections', fault: { kind: 'without-entry' } })
  expect(await list()).toEqual(['orders'])
  cloud.faults.inject({ operation: 'listCollections', fault: { kind: 'without-entry', id: 'orders' } })
  expect(await list()).toEqual(['items'])
  expect(await list()).toEqual(['orders', 'items'])
})

test('the port of one cluster is closed for a while, that of another is not', async () => {
  await using cloud = await start()
  cloud.faults.inject({ operation: 'countEntities', fault: { kind: 'refuse', ms: 150 } })
  expect((await counted(cloud)).status).toBe(200)
  await expect(counted(cloud)).rejects.toThrow('fetch failed')
  expect(await answer(cloud, 'databases/list', {}, 'staging')).toEqual(['default'])
  await vi.waitFor(async () => expect((await counted(cloud)).status).toBe(200))
})

test.each<[string, { applied?: boolean; fault: Fault }, string]>([
  ['carried out, its response lost', { applied: true, fault: { kind: 'reset' } }, 'items'],
  ['carried out, its response broken', { applied: true, fault: { kind: 'reset-in-body' } }, 'items'],
  ['carried out, and refused', { applied: true, fault: { kind: 'envelope', status: 504, code: 1 } }, 'items'],
  ['lost on the way', { fault: { kind: 'reset' } }, 'orders'],
  ['lost on the way, its response broken', { fault: { kind: 'reset-in-body' } }, 'orders'],
  ['accepted and not carried out', { fault: { kind: 'envelope', status: 200, code: 0, data: {} } }, 'orders'],
])('a change of an alias is %s', async (_, rule, expected) => {
  await using cloud = await start()
  cloud.faults.inject({ operation: 'alterAlias', ...rule })
  await alter(cloud).catch(() => undefined)
  expect(await target(cloud)).toBe(expected)
  expect(cloud.dataRequests[0]?.applied).toBe(rule.applied ?? false)
  expect(cloud.problems).toEqual([])
})

test('a late count has everything else wait for nothing', async () => {
  await using cloud = await start()
  const ended: string[] = []
  cloud.faults.inject({ operation: 'countEntities', fault: { kind: 'late', ms: 200 } })
  const late = counted(cloud).then(({ status }) => ended.push(`count ${status}`))
  await vi.waitFor(() => expect(cloud.dataRequests).toHaveLength(1))
  await answer(cloud, 'databases/list')
  ended.push('list')
  await late
  expect(ended).toEqual(['list', 'count 200'])
  expect(cloud.dataRequests.map(({ openAtOnce }) => openAtOnce)).toEqual([1, 2])
})

test('what happens meanwhile happens before the answer', async () => {
  await using cloud = await start()
  const act = () => {
    cloud.world.collection('production', 'sales.orders').rows = 7
  }
  cloud.faults.inject({ operation: 'countEntities', fault: { kind: 'meanwhile', act } })
  expect((await counted(cloud)).body.data).toEqual([{ 'count(*)': 7 }])
})

test('a fault for all requests hits those of data planes too, and onRequest hears of both', async () => {
  const heard: string[] = []
  await using cloud = await startSimulator({
    dataPlane: true,
    onRequest: ({ operationId, status }) => heard.push(`${operationId} ${status}`),
  })
  cloud.faults.inject({ operation: '*', times: 2, fault: { kind: 'gateway', status: 503 } })
  expect((await counted(cloud)).status).toBe(503)
  await fetch(`${cloud.baseUrl}/v2/projects`)
  expect(heard).toEqual(['countEntities 503', 'listProjects 503'])
})
