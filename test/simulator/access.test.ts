import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { ask } from './ask.ts'

test.each([{}, { authorization: 'Bearer wrong' }, { authorization: 'Basic eDp5' }])(
  'the key %j is refused',
  async headers => {
    await using cloud = await startSimulator()
    const response = await fetch(`${cloud.baseUrl}/v2/projects`, {
      headers: headers as Record<string, string>,
    })
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ code: 21119, message: 'The apikey is illegal' })
    expect(cloud.problems).toEqual([])
  },
)

test.each([
  ['GET', '/v2/backup'],
  ['POST', '/v2/clusters/in01-1/drop'],
  ['GET', '/'],
])('%s %s is unknown to the gateway', async (method, path) => {
  await using cloud = await startSimulator()
  const reply = await ask(cloud, method, path)
  expect(reply.status).toBe(404)
  expect(reply.body).toEqual({ message: 'no Route matched with those values' })
  expect(cloud.problems).toHaveLength(1)
})

test('one request too many in a world second meets the rate limit, for its operation only', async () => {
  await using cloud = await startSimulator({ requestsPerSecond: 2 })
  await ask(cloud, 'GET', '/v2/projects')
  await ask(cloud, 'GET', '/v2/projects')
  const reply = await ask(cloud, 'GET', '/v2/projects')
  expect(reply.status).toBe(429)
  expect(reply.headers.get('retry-after')).toBe('1')
  expect(reply.body).toEqual({ message: 'API rate limit exceeded' })
  expect((await ask(cloud, 'GET', '/v2/regions')).status).toBe(200)
  expect(cloud.requests.map(request => request.applied)).toEqual([true, true, false, true])
})

test('the rate limit goes by the clock of the world', async () => {
  await using cloud = await startSimulator({ requestsPerSecond: 1, speed: 100_000 })
  expect((await ask(cloud, 'GET', '/v2/projects')).status).toBe(200)
  expect((await ask(cloud, 'GET', '/v2/projects')).status).toBe(200)
})

test('requests are written down as they came', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  await ask(cloud, 'POST', `/v2/clusters/${cloud.clusterId}/backups/create`, { backupType: 'CLUSTER' })
  const reply = await ask(cloud, 'GET', '/v2/backups?clusterId=a%20b&pageSize=5')
  expect(cloud.requests).toMatchObject([
    {
      number: 1,
      operationId: 'createBackup',
      method: 'POST',
      body: { backupType: 'CLUSTER' },
      status: 200,
      code: 0,
    },
    {
      number: 2,
      operationId: 'listBackups',
      path: '/v2/backups',
      query: { clusterId: 'a b', pageSize: '5' },
    },
  ])
  expect(cloud.requests[1]?.headers.authorization).toBe(`Bearer ${cloud.apiKey}`)
  expect(cloud.requests[1]?.requestId).toBe(reply.headers.get('requestid'))
  expect(reply.headers.get('requestid')).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/)
  const { time, realTime } = cloud.requests[1] ?? { time: 0, realTime: 0 }
  expect(Math.abs(cloud.clock.origin + (realTime - cloud.clock.origin) * 60 - time)).toBeLessThan(300)
})

test('two simulators with one seed give the same ids', async () => {
  await using one = await startSimulator()
  await using two = await startSimulator()
  await using other = await startSimulator({ seed: 7 })
  expect(one.clusterId).toBe(two.clusterId)
  expect(one.clusterId).not.toBe(other.clusterId)
  expect(one.clusterId).toMatch(/^in01-[\da-f]{15}$/)
  expect(one.projectId).toMatch(/^proj-[\da-f]{22}$/)
})

test('a speed that is no speed is refused', async () => {
  await expect(startSimulator({ speed: 0 })).rejects.toThrow('speed must be a number above 0')
})
