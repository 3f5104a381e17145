import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EndpointListeners } from '../../simulator/data-plane/listeners.ts'
import { defaultVariants, type EndpointPlan, type Simulator, startSimulator } from '../../simulator/index.ts'
import { settingsOf } from '../../simulator/options.ts'
import { createState } from '../../simulator/state.ts'
import { World } from '../../simulator/world.ts'
import { get, pass, post, stopClock } from './client.ts'
import { data } from './data-client.ts'

beforeEach(stopClock)
afterEach(() => {
  vi.useRealTimers()
})

const start = () => startSimulator({ dataPlane: true })

/** What a client sees: the HTTP status, then the code; or why there is no response. */
async function seen(cloud: Simulator, cluster = 'staging'): Promise<string> {
  try {
    const { status, body } = await data(cloud, 'databases/list', { cluster })
    return body?.code === undefined ? `${status}` : `${status} ${body.code}`
  } catch (error) {
    return ((error as Error).cause as NodeJS.ErrnoException).code ?? 'no response'
  }
}

/** Lets the port follow: a listener opens and closes in real time. */
const settled = (cloud: Simulator, expected: string) =>
  vi.waitFor(async () => expect(await seen(cloud)).toBe(expected))

const ways: readonly [EndpointPlan['refusal'], string][] = [
  [undefined, '503'],
  [{ kind: 'gateway', status: 401 }, '401'],
  [{ kind: 'gateway', status: 403 }, '403'],
  [{ kind: 'gateway', status: 404 }, '404'],
  [{ kind: 'envelope', status: 200, code: 1800 }, '200 1800'],
  [{ kind: 'envelope', status: 200, code: 2 }, '200 2'],
  [{ kind: 'redirect', status: 307 }, '307'],
  [{ kind: 'reset' }, 'ECONNRESET'],
  ['port-closed', 'ECONNREFUSED'],
]

test.each(ways)('a cluster refuses by %j until its time has come', async (refusal, expected) => {
  await using cloud = await start()
  cloud.world.endpoint('staging', { refusesForSeconds: 20, ...(refusal === undefined ? {} : { refusal }) })
  await settled(cloud, expected)
  pass(cloud, 19)
  expect(await seen(cloud)).toBe(expected)
  expect(await seen(cloud, 'production')).toBe('200 0')
  pass(cloud, 2)
  await settled(cloud, '200 0')
  expect(cloud.problems).toEqual([])
})

test('a refused request is recorded and not performed, and a redirect never gets the token', async () => {
  await using cloud = await start()
  cloud.world.endpoint('staging', { refusesForSeconds: 20, refusal: { kind: 'redirect', status: 307 } })
  const { headers } = await data(cloud, 'databases/list', { cluster: 'staging' })
  expect(headers.get('location')).toMatch(/\/elsewhere$/)
  expect(cloud.dataRequests).toMatchObject([
    { operationId: 'listDatabases', status: 307, applied: false, fault: undefined },
  ])
  expect(cloud.elsewhere).toEqual([])
})

test('a plan for a cluster that does not exist yet counts from its RUNNING', async () => {
  await using cloud = await start()
  cloud.world.endpoint('staging-2', { refusesForSeconds: 20, refusal: 'port-closed' })
  cloud.world.scriptStates('staging-2', [
    [0, 'CREATING'],
    [10, 'RUNNING'],
  ])
  cloud.world.addCluster({ clusterName: 'staging-2' })
  const expectSeen = (expected: string) =>
    vi.waitFor(async () => expect(await seen(cloud, 'staging-2')).toBe(expected))
  await expectSeen('ECONNREFUSED')
  // From then on nothing but the clock opens it.
  pass(cloud, 29)
  expect(cloud.world.cluster('staging-2').status).toBe('RUNNING')
  await expectSeen('ECONNREFUSED')
  pass(cloud, 2)
  await expectSeen('200 0')
})

test('a port that is closed opens by itself, without any request', async () => {
  vi.useRealTimers()
  await using cloud = await startSimulator({ dataPlane: true, speed: 100 })
  const address = await cloud.connectAddress('staging')
  const opensAt = cloud.world.now() + 200_000
  cloud.world.endpoint('staging', { refusesForSeconds: 200, refusal: 'port-closed' })
  await vi.waitFor(() => expect(fetch(address)).rejects.toThrow())
  await vi.waitFor(() => fetch(address), { timeout: 20_000 })
  expect(cloud.dataRequests[0]?.time).toBeGreaterThanOrEqual(opensAt)
})

test('a cluster answers while it is modified, not while it is suspended, and is gone when it was dropped', async () => {
  await using cloud = await start()
  const { clusterId } = cloud.world.cluster('staging')
  const change = (action: string, body?: object) => post(cloud, `/v2/clusters/${clusterId}/${action}`, body)
  await change('modify', { cuSize: 2 })
  expect(await seen(cloud)).toBe('200 0')
  pass(cloud, 5)
  await change('suspend')
  expect(await seen(cloud)).toBe('503')
  pass(cloud, 5)
  expect(await seen(cloud)).toBe('503')
  await change('resume')
  pass(cloud, 5)
  expect(await seen(cloud)).toBe('200 0')
  const address = await cloud.connectAddress('staging')
  await fetch(`${cloud.baseUrl}/v2/clusters/${clusterId}/drop`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${cloud.apiKey}` },
  })
  pass(cloud, 5)
  expect(cloud.world.cluster('staging').status).toBe('DELETED')
  await vi.waitFor(() => expect(fetch(address)).rejects.toThrow())
})

test('a request waits for the listeners that another one opens', async () => {
  const state = createState(settingsOf({ dataPlane: true }), defaultVariants())
  const { clusterId } = new World(state).addCluster()
  const listeners = new EndpointListeners(state, () => {})
  const first = listeners.openAll()
  await listeners.openAll()
  expect(state.endpoints.get(clusterId)?.port).toEqual(expect.any(Number))
  await first
  await listeners.close()
})

test('an address may have a name in place of a number', async () => {
  await using cloud = await start()
  cloud.world.endpoint('staging', { host: 'localhost' })
  const { clusterId } = cloud.world.cluster('staging')
  const { connectAddress } = (await get(cloud, `/v2/clusters/${clusterId}`)).body.data
  expect(connectAddress).toMatch(/^http:\/\/localhost:\d+$/)
})
