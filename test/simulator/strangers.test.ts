import { expect, test } from 'vitest'
import { loadContract } from '../../simulator/contract.ts'
import { LARGEST_BODY } from '../../simulator/incoming.ts'
import { startSimulator } from '../../simulator/index.ts'
import { get, post } from './client.ts'
import { data } from './data-client.ts'

const contract = await loadContract()

test.each(['/v2/jobs/%E0%A4%A', '/v2/jobs/%zz', '/v2/backups?clusterId=%E0%A4%A', '/v2/backups?%', '/%'])(
  'GET %s, with a bad percent escape, gets an answer and is recorded',
  async path => {
    await using cloud = await startSimulator()
    const { status, body } = await get(cloud, path)
    expect([status, body.code]).toEqual([400, 96036])
    expect(contract.checkResponse('describeJob', status, body)).toEqual([])
    expect(cloud.requests).toMatchObject([{ path: path.split('?')[0], status: 400, applied: false }])
    expect(cloud.problems).toMatchObject([{ request: 1, side: 'request' }])
  },
)

test('the data plane answers a bad percent escape too', async () => {
  await using cloud = await startSimulator({ dataPlane: true })
  const { status, body } = await data(cloud, 'databases/list%E0')
  expect([status, body.code]).toEqual([400, 1100])
  expect(cloud.dataRequests).toMatchObject([{ status: 400, applied: false }])
})

/** A body of that many bytes that would be accepted if it was short enough. */
const bodyOf = (bytes: number) => {
  const empty = JSON.stringify({ integrationId: '', directory: 'd' })
  return { integrationId: 'x'.repeat(bytes - empty.length), directory: 'd' }
}

test('a body of 1 MB is read, and a larger one is refused and not kept', async () => {
  await using cloud = await startSimulator()
  const path = `/v2/clusters/${cloud.clusterId}/backups/b/export`
  const read = await post(cloud, path, bodyOf(LARGEST_BODY))
  expect(read.status).toBe(200)
  const refused = await post(cloud, path, bodyOf(LARGEST_BODY + 1))
  expect([refused.status, refused.body.code]).toEqual([413, 96036])
  expect(contract.checkResponse('exportBackup', 413, refused.body)).toEqual([])
  expect(cloud.requests[1]).toMatchObject({ operationId: 'exportBackup', body: undefined, status: 413 })
  expect(cloud.problems).toMatchObject([{ request: 2, side: 'request' }])
})

test('the data plane refuses a large body too', async () => {
  await using cloud = await startSimulator({ dataPlane: true })
  const { status, body } = await data(cloud, 'collections/list', { body: bodyOf(LARGEST_BODY + 1) })
  expect([status, body.code]).toEqual([413, 1100])
  expect(cloud.dataRequests).toMatchObject([{ status: 413, body: undefined }])
})
