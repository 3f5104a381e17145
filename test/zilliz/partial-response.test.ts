/** What a response that says neither yes nor no holds anyway is kept: it cannot be had again. */
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { NoResponseError } from '../../src/zilliz/errors.ts'
import { readResponse } from '../../src/zilliz/response.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const secret = 'S3cret-password!'
const data = { username: 'db_admin', password: secret, jobId: 'job-0123456789' }

/** What is kept of a response to a start. */
async function kept(status: number, body: unknown) {
  const response = { status, headers: {}, receivedAt: 0, text: JSON.stringify(body) }
  const decode = () => expect.unreachable()
  try {
    const expected = { tried: 'restore', right: 'cluster', decode } as const
    await readResponse(response, expected, { baseUrl: 'https://api.example.com', now: 0 })
  } catch (error) {
    if (error instanceof NoResponseError) return error.partial
    throw error
  }
  return expect.unreachable()
}

describe('kept are name, password and job of', () => {
  test.each([
    ['a 5xx with an envelope', 500, { code: 96038, message: 'it failed', data }],
    ['a 5xx that says success', 504, { code: 0, data }],
    ['a word as code', 200, { code: 'INTERNAL', data }],
    ['a response without a code', 200, { data }],
    ['a bare body', 200, data],
    ['a bare body of a gateway', 502, data],
  ])('%s', async (_what, status, body) => {
    expect(await kept(status, body)).toEqual(data)
  })

  test('what is there of them', async () => {
    expect(await kept(500, { code: 1, data: { password: secret } })).toEqual({ password: secret })
    expect(await kept(500, { code: 1, data: { jobId: 'job-1', password: '' } })).toEqual({ jobId: 'job-1' })
  })
})

test.each<[unknown]>([
  [{ code: 96038, message: 'it failed' }],
  [{ code: 1, data: null }],
  [{ code: 1, data: { password: 7, username: {}, jobId: [] } }],
  // Not an id: it would go into a path.
  [{ code: 1, data: { jobId: '../clusters' } }],
  [[data]],
  ['text'],
])('nothing is kept of %j', async body => {
  expect(await kept(500, body)).toBeUndefined()
})

const envelope = (status: number, code: number | string) =>
  ({ kind: 'envelope', status, code, data }) as const

test.each([
  ['a 5xx with an envelope', envelope(504, 96038)],
  ['a word as code', envelope(200, 'INTERNAL')],
  ['a bare body', { kind: 'response', status: 200, body: data } as const],
])('restore-cluster answered with %s: masked, published, found, and on to the end', async (_what, fault) => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault })
  // The service has given the job that id.
  const edit = () => {
    const status = cloud.world.jobStatus(cloud.world.jobs.at(-1)?.jobId ?? '')
    return { code: 0, data: { jobId: data.jobId, status } }
  }
  cloud.faults.inject({ operation: 'describeJob', times: 99, fault: { kind: 'edit', edit } })
  const { clusterId, world } = cloud
  const { ended, error, changes, reported } = await runIn(cloud, 'restore-cluster', {
    'cluster-id': clusterId,
    'backup-id': world.addBackup({ clusterId }).backupId,
    'target-cluster': 'pr-42',
  })
  expect([ended, error]).toEqual(['succeeded', ''])
  expect(changes).toEqual(['restoreCluster'])
  const at = (text: string) => reported.findIndex(line => line.includes(text))
  expect(at(`mask ${secret}`)).toBeGreaterThan(-1)
  expect(at(`mask ${secret}`)).toBe(at(secret))
  expect(reported).toContain(`password=${secret}`)
  expect(reported).toContain('username=db_admin')
  expect(reported).toContain(`jobId=${data.jobId}`)
  expect(reported).toContain(`clusterId=${world.cluster('pr-42').clusterId}`)
})
