import { expect, test } from 'vitest'
import { loadContract } from '../../simulator/contract.ts'
import { startSimulator } from '../../simulator/index.ts'
import { operations } from '../../simulator/operations/all.ts'
import { fieldsOfOtherSources } from '../../simulator/unknown-fields.ts'
import { backupPath, del, get, post, request, restoreBody } from './client.ts'

const contract = await loadContract()

interface Example {
  value: unknown
}
interface OperationObject {
  operationId: string
  requestBody?: { content: { 'application/json': { examples?: Record<string, Example> } } }
  responses: Record<string, { content?: { 'application/json'?: { examples?: Record<string, Example> } } }>
}

const documented = Object.entries(contract.document.paths ?? {}).flatMap(([path, item]) =>
  Object.entries(item as Record<string, OperationObject>)
    .filter(([method]) => ['get', 'post', 'patch', 'delete'].includes(method))
    .map(([method, operation]) => ({ path, method, operation })),
)

test('all documented operations but those that create or rename clusters are implemented', () => {
  const implemented = Object.keys(operations)
  const ids = documented.map(({ operation }) => operation.operationId)
  expect(implemented.filter(id => !ids.includes(id))).toEqual([])
  expect(ids.filter(id => !implemented.includes(id))).toEqual([
    'createDedicatedCluster',
    'updateDedicatedCluster',
  ])
})

test.each([
  ['POST', 'createDedicatedCluster', '/v2/clusters/createDedicated'],
  ['PATCH', 'updateDedicatedCluster', '/v2/clusters/in01-1'],
])('%s %s is not implemented and says so', async (method, operationId, path) => {
  await using cloud = await startSimulator()
  const before = cloud.world.clusters.length
  const response = await request(cloud, { method, path, body: { clusterName: 'fresh' } })
  const message = `The simulator does not implement ${operationId}`
  expect([response.status, response.body]).toEqual([501, { message }])
  expect(cloud.problems).toEqual([{ request: 1, operationId, side: 'response', text: message }])
  expect(cloud.requests[0]?.applied).toBe(false)
  expect(cloud.world.clusters).toHaveLength(before)
})

const requestExamples = documented.flatMap(({ path, method, operation }) =>
  Object.entries(operation.requestBody?.content['application/json'].examples ?? {}).map(
    ([name, example]) => ({
      name: `${operation.operationId} ${name}`,
      operationId: operation.operationId,
      method,
      path: path.replaceAll(/\{(\w+)\}/g, 'some-$1'),
      value: example.value,
    }),
  ),
)

test.each(requestExamples)('documented request is valid: $name', ({ operationId, method, path, value }) => {
  const headers = { 'content-type': 'application/json', orgid: 'org-1' }
  const example = { method, path, headers, body: value }
  expect(contract.route(example)?.operationId).toBe(operationId)
  expect(contract.checkRequest(operationId, example)).toEqual([])
})

const responseExamples = documented.flatMap(({ operation }) =>
  Object.entries(operation.responses).flatMap(([status, response]) =>
    Object.entries(response.content?.['application/json']?.examples ?? {}).map(([name, example]) => ({
      name: `${operation.operationId} ${status} ${name}`,
      operationId: operation.operationId,
      status: Number(status),
      value: example.value,
    })),
  ),
)

test.each(responseExamples)('documented response is valid: $name', ({ operationId, status, value }) => {
  expect(contract.checkResponse(operationId, status, value)).toEqual([])
})

test('an invalid response is found', () => {
  expect(contract.checkResponse('describeJob', 200, { code: 0, data: { jobId: 'job-1' } })).not.toEqual([])
  expect(contract.checkResponse('describeJob', 401, { code: 0 })).not.toEqual([])
})

test.each([
  ['GET /v2/clusters?pageSize=0', undefined, 96008],
  ['GET /v2/clusters?pageSize=many', undefined, 96008],
  ['GET /v2/backups?pageSize=101', undefined, 96008],
  ['GET /v2/backups?currentPage=0', undefined, 96009],
  ['GET /v2/backups?backupType=cluster', undefined, 96029],
  ['GET /v2/backups?creationMethod=manual', undefined, 96030],
  ['GET /v2/backups?nonsense=1', undefined, 96036],
  ['POST /v2/clusters/in01-1/backups/create', { backupType: 'cluster' }, 96029],
  ['POST /v2/clusters/in01-1/backups/create', {}, 96029],
  ['POST /v2/clusters/in01-1/backups/create', { backupType: 'COLLECTION' }, 96036],
  ['POST /v2/clusters/in01-1/backups/create', { backupType: 'CLUSTER', backupName: 'x' }, 96036],
  ['POST /v2/clusters/in01-1/backups/create', undefined, 96036],
  ['POST /v2/clusters/in01-1/backups/create', ['CLUSTER'], 96036],
  ['POST /v2/clusters/in01-1/backups/b/restoreCollection', {}, 96025],
  ['POST /v2/clusters/in01-1/backups/policy', { enabled: true, retentionDays: 31 }, 96034],
])('%s %j is rejected with code %i and is a problem', async (target, body, code) => {
  const [method = '', path = ''] = target.split(' ')
  await using cloud = await startSimulator()
  const response = await request(cloud, { method: method, path: path, body: body })
  expect([response.status, response.body.code]).toEqual([400, code])
  expect(cloud.problems.length).toBeGreaterThan(0)
  expect(cloud.requests[0]?.applied).toBe(false)
})

test.each([
  [{ cuSize: 0 }, 96002],
  [{ cuSize: 1.5 }, 96023],
  [{ cuSize: 1025 }, 96023],
  [{ cuSize: '1' }, 96023],
  [{ collectionStatus: 'LOADED' }, 96031],
  [{ clusterName: 7 }, 96010],
  [{ projectId: undefined }, 96005],
  [{ restorePolicy: 'LATEST' }, 96036],
])('restoreCluster with %j is rejected with code %i', async (changes, code) => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const response = await post(
    cloud,
    backupPath(cloud, backupId, '/restoreCluster'),
    restoreBody(cloud, changes),
  )
  expect([response.status, response.body.code]).toEqual([400, code])
  expect(cloud.problems).toHaveLength(1)
})

test('a body that is not JSON is rejected', async () => {
  await using cloud = await startSimulator()
  const response = await fetch(`${cloud.baseUrl}/v2/clusters/${cloud.clusterId}/backups/create`, {
    method: 'POST',
    headers: { authorization: `Bearer ${cloud.apiKey}`, 'content-type': 'application/json' },
    body: '{"backupType":',
  })
  expect(response.status).toBe(400)
  expect(cloud.requests[0]?.body).toBe('{"backupType":')
})

test('an unknown field deep in a body is rejected', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const response = await post(cloud, backupPath(cloud, backupId, '/restoreCollection'), {
    destClusterId: cloud.clusterId,
    dbCollections: [{ collections: [{ collectionName: 'products', destinationName: 'x' }] }],
  })
  expect(response.body.code).toBe(96036)
  expect(cloud.problems[0]?.text).toContain('/requestBody/dbCollections/0/collections/0/destinationName')
})

test('fields that only another source documents are accepted', async () => {
  await using cloud = await startSimulator()
  expect(Object.keys(fieldsOfOtherSources)).toEqual([
    'restoreCluster',
    'restoreCollection',
    'setBackupPolicy',
  ])
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const body = restoreBody(cloud, { targetProjectId: cloud.projectId })
  const response = await post(cloud, backupPath(cloud, backupId, '/restoreCluster'), body)
  expect(response.body.code).toBe(0)
  expect(cloud.problems).toEqual([])
})

test('a DELETE with an empty JSON body is accepted, as the CLI of the vendor sends it', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  expect((await del(cloud, backupPath(cloud, backupId), {})).body.code).toBe(0)
  expect(cloud.problems).toEqual([])
})

test('a response of the simulator that violates the contract is a problem', async () => {
  await using cloud = await startSimulator()
  cloud.world.cluster('production').cuSize = 1.5
  await get(cloud, `/v2/clusters/${cloud.clusterId}`)
  expect(cloud.problems.map(problem => problem.side)).toContain('response')
})
