import { expect, test } from 'vitest'
import { loadContract } from '../../simulator/contract.ts'
import { startSimulator } from '../../simulator/index.ts'
import { get, post, request } from './client.ts'

test.each([{}, { authorization: 'Bearer wrong' }, { authorization: 'Basic eDp5' }])(
  'a request with the headers %j is rejected',
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
])('%s %s gets the 404 of the gateway', async (method, path) => {
  await using cloud = await startSimulator()
  const response = await request(cloud, { method: method, path: path })
  expect(response.status).toBe(404)
  expect(response.body).toEqual({ message: 'no Route matched with those values' })
  expect(cloud.problems).toHaveLength(1)
})

test('too many requests within a world second exceed the rate limit of their operation only', async () => {
  await using cloud = await startSimulator({ requestsPerSecond: 2 })
  await get(cloud, '/v2/projects')
  await get(cloud, '/v2/projects')
  const response = await get(cloud, '/v2/projects')
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('1')
  expect(response.body).toEqual({ message: 'API rate limit exceeded' })
  expect((await get(cloud, '/v2/regions')).status).toBe(200)
  expect(cloud.requests.map(request => request.applied)).toEqual([true, true, false, true])
})

test('answers of the gateway fit the document', async () => {
  await using cloud = await startSimulator({ requestsPerSecond: 1, speed: 0.001 })
  const notFound = await get(cloud, '/v2/nothing')
  await get(cloud, '/v2/projects')
  const limited = await get(cloud, '/v2/projects')
  const missing = await request(cloud, { method: 'POST', path: '/v2/clusters/createDedicated', body: {} })
  const answers = [notFound, limited, missing]
  expect(answers.map(({ status }) => status)).toEqual([404, 429, 501])
  const contract = await loadContract()
  for (const { status, body } of answers) {
    expect(contract.checkResponse('listProjects', status, body)).toEqual([])
  }
  expect(contract.checkResponse('listProjects', 429, {})).not.toEqual([])
})

test('the rate limit is based on world time', async () => {
  await using cloud = await startSimulator({ requestsPerSecond: 1, speed: 100_000 })
  expect((await get(cloud, '/v2/projects')).status).toBe(200)
  expect((await get(cloud, '/v2/projects')).status).toBe(200)
})

test('requests are recorded as they arrive', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  await post(cloud, `/v2/clusters/${cloud.clusterId}/backups/create`, { backupType: 'CLUSTER' })
  const response = await get(cloud, '/v2/backups?clusterId=a%20b&pageSize=5')
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
  expect(cloud.requests[1]?.requestId).toBe(response.headers.get('requestid'))
  expect(response.headers.get('requestid')).toMatch(
    /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/,
  )
  const { time, realTime } = cloud.requests[1] ?? { time: 0, realTime: 0 }
  expect(Math.abs(cloud.clock.origin + (realTime - cloud.clock.origin) * 60 - time)).toBeLessThan(300)
})

test('two simulators with the same seed generate the same ids', async () => {
  await using one = await startSimulator()
  await using two = await startSimulator()
  await using other = await startSimulator({ seed: 7 })
  expect(one.clusterId).toBe(two.clusterId)
  expect(one.clusterId).not.toBe(other.clusterId)
  expect(one.clusterId).toMatch(/^in01-[\da-f]{15}$/)
  expect(one.projectId).toMatch(/^proj-[\da-f]{22}$/)
})

test('an invalid speed is rejected', async () => {
  await expect(startSimulator({ speed: 0 })).rejects.toThrow('speed must be a number above 0')
})

test('each request is passed to onRequest after it was handled, also when a fault prevents a response', async () => {
  const handled: unknown[] = []
  await using cloud = await startSimulator({
    onRequest: ({ path, status, code, fault }) => handled.push([path, status, code, fault]),
  })
  cloud.faults.inject({ operation: 'listCloudRegions', fault: { kind: 'reset' } })
  await get(cloud, '/v2/projects')
  await get(cloud, '/v2/regions').catch(() => undefined)
  expect(handled).toEqual([
    ['/v2/projects', 200, 0, undefined],
    ['/v2/regions', undefined, undefined, 'reset'],
  ])
})
