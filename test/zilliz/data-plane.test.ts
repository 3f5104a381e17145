import { describe, expect, test, vi } from 'vitest'
import { OperationFailed } from '../../src/errors.ts'
import { dataPlane } from '../../src/zilliz/cluster-party.ts'
import { type Connection, openSession } from '../../src/zilliz/connection.ts'
import {
  ask,
  decodeNames,
  isTemporary,
  openDataPlane,
  saysMissing,
  saysNotLoaded,
} from '../../src/zilliz/data-plane.ts'
import { NoResponseError } from '../../src/zilliz/errors.ts'
import { apiError } from '../../src/zilliz/refusals.ts'
import { jobId, open } from './tiny-service.ts'

const cloud: Connection = {
  baseUrl: 'https://api.cloud.zilliz.com',
  apiKey: 'key-123456',
  clock: { now: () => 0, elapsed: () => 0, pause: async () => {} },
  deadline: 60_000,
  stop: new AbortController().signal,
  log: () => {},
  session: { ...openSession(), hasResponded: true, clockDifference: 5 },
}

test.each([
  [
    'https://in01-a.aws-us-west-2.vectordb.zillizcloud.com:19530',
    'https://in01-a.aws-us-west-2.vectordb.zillizcloud.com:19530',
  ],
  ['https://in01-a.example/', 'https://in01-a.example'],
  ['https://in01-a.example:443', 'https://in01-a.example'],
  ['HTTPS://IN01-A.Example', 'https://in01-a.example'],
  ['in01-a.example:19530', 'https://in01-a.example:19530'],
  ['https://10.0.0.7:19530', 'https://10.0.0.7:19530'],
  ['https://[2001:db8::1]:19530', 'https://[2001:db8::1]:19530'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
])('%s: the token goes to %s', async (connectAddress, baseUrl) => {
  const connection = await openDataPlane(cloud, connectAddress, 'user:word')
  expect(connection).toMatchObject({ baseUrl, apiKey: 'user:word', party: dataPlane, deadline: 60_000 })
})

test.each([
  'http://in01-a.example:19530',
  'http://in01-a.example',
  'http://127.0.0.1.example',
  'http://localhost.example',
  'http://10.0.0.7:19530',
  'ftp://in01-a.example',
  'https://user@in01-a.example',
  'https://:word@in01-a.example',
  'in01-a.example@evil.example:19530',
  'https://in01-a.example/v2',
  'https://in01-a.example?x',
  'https://in01-a.example/?x=1',
  'https://in01-a.example/#x',
  'in01-a.example/v2',
  '//in01-a.example/v2',
  'https://',
  'in01-a example',
  'https://in01-a.example:99999',
])('%s gets no token', async connectAddress => {
  const openIt = async () => openDataPlane(cloud, connectAddress, 'user:word')
  await expect(openIt()).rejects.toThrow(OperationFailed)
  await expect(openIt()).rejects.toThrow(
    /^The service shows ".*" as the endpoint of the cluster, which is not a plain https address/,
  )
})

test('a proxy that cannot be read is none to send a token around', async () => {
  vi.stubEnv('https_proxy', 'socks5://proxy.example')
  vi.stubEnv('no_proxy', '')
  await expect(openDataPlane(cloud, 'https://in01-a.example:19530', 'user:word')).rejects.toThrow(
    /^The endpoint in01-a\.example:19530 is reached through a proxy, and .* https_proxy is not/,
  )
  vi.stubEnv('no_proxy', 'in01-a.example')
  expect((await openDataPlane(cloud, 'https://in01-a.example:19530', 'x:y')).baseUrl).toContain('in01-a')
  vi.unstubAllEnvs()
})

test('what the endpoint shows says nothing of the control plane; what changes, counts there', async () => {
  const connection = await openDataPlane(cloud, 'https://in01-a.example', 'user:word')
  expect(connection.session).toMatchObject({ hasResponded: false })
  expect(connection.session.kept).not.toBe(cloud.session.kept)
  expect(connection.session.clockDifference).toBeUndefined()
  connection.session.hasResponded = false
  connection.session.clockDifference = 9
  connection.session.changes++
  expect(cloud.session).toMatchObject({ hasResponded: true, clockDifference: 5, changes: 1 })
  cloud.session.changes = 0
  expect(connection.session.changes).toBe(0)
})

test('the codes that mean "not yet", and no others', () => {
  const codes = Array.from({ length: 3_000 }, (_, code) => code).filter(isTemporary)
  expect(codes).toEqual([1, 2, 4, 8, 12, 103, 106])
})

const asked = {
  tried: 'read it',
  right: 'data',
  baseUrl: 'https://in01-a.example',
  party: dataPlane,
} as const
const refused = (code: number, status = 200) => apiError(asked, { status, code })

describe('what a refusal says', () => {
  test.each([
    [100, ['collection']],
    [800, ['database']],
    [1600, ['alias']],
    [101, []],
    [1800, []],
    [65535, []],
  ] as const)('code %i: missing %j', (code, missing) => {
    const all = ['collection', 'database', 'alias'] as const
    expect(all.filter(one => saysMissing(refused(code), one))).toEqual(missing)
    expect(saysMissing(refused(code), ...all)).toBe(missing.length > 0)
    expect(saysNotLoaded(refused(code))).toBe(code === 101)
  })

  test.each([new NoResponseError('code 100'), new Error('100'), undefined, refused(100).message])(
    '%s is none',
    error => {
      expect(saysMissing(error, 'collection', 'database', 'alias')).toBe(false)
      expect(saysNotLoaded(error)).toBe(false)
    },
  )
})

test('a question is a POST with its body, of the token, repeated while the cluster is not ready', async () => {
  const seen: unknown[] = []
  await using service = await open((response, request, number) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      seen.push([request.headers.authorization, Buffer.concat(chunks).toString()])
      response.end(number < 3 ? '{"code":2,"message":"no"}' : '{"code":0,"data":{"jobId":"x"}}')
    })
  })
  const connection = await openDataPlane(service.connection, service.url, 'user:word')
  const body = { dbName: 'a b' }
  expect(await ask(connection, ['a b', 'list'], { body, tried: 'list it', decode: jobId })).toBe('x')
  expect(service.requests).toEqual(Array(3).fill('POST /v2/vectordb/a%20b/list'))
  expect(seen).toEqual(Array(3).fill(['Bearer user:word', '{"dbName":"a b"}']))
  expect(service.lines[0]).toMatch(/^Could not list it: the cluster is not ready for it\. .*code 2/)
  expect(service.connection.session.changes).toBe(0)
})

test('a list of names', () => {
  expect(decodeNames(['a', 'b'])).toEqual(['a', 'b'])
  expect(decodeNames([])).toEqual([])
  expect(decodeNames(null)).toEqual([])
  for (const none of [undefined, {}, 'a', [1], ['a', null]]) {
    expect(() => decodeNames(none)).toThrow('the response has no list of names')
  }
})
