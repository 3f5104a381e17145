import { describe, expect, test } from 'vitest'
import { ApiError, NoResponseError } from '../../src/zilliz/errors.ts'
import { fields, text } from '../../src/zilliz/fields.ts'
import { type Expected, readResponse } from '../../src/zilliz/response.ts'
import type { HttpResponse } from '../../src/zilliz/transport.ts'

const now = Date.parse('2026-01-02T03:04:05Z')
const at = { baseUrl: 'https://api.example.com', now }
const ok = '{"code":0,"data":{"jobId":"job-1"}}'
const no = '{"code":96038,"message":"busy"}'

function respond(
  status: number,
  text: string,
  headers: Record<string, string | string[]> = {},
): HttpResponse {
  return { status, headers: headers as HttpResponse['headers'], receivedAt: 0, text }
}

const job: Expected<string> = {
  tried: 'read job job-1',
  right: 'read',
  decode: data => text(fields(data, 'job'), 'jobId'),
}

/** What a response is: success, refusal, or why it says neither. */
async function kindOf(response: HttpResponse, expected: Expected<unknown>): Promise<string> {
  try {
    await readResponse(response, expected, at)
    return 'success'
  } catch (error) {
    if (error instanceof ApiError) return 'refusal'
    if (error instanceof NoResponseError) return error.kind
    throw error
  }
}

test.each([
  // A whole envelope of success.
  [200, ok, 'success'],
  [200, '{"code":"0","data":{"jobId":"job-1"}}', 'success'],
  [200, '{"code":200,"data":{"jobId":"job-1"}}', 'success'],
  [201, ok, 'success'],
  [299, ok, 'success'],
  // Throttling.
  [425, ok, 'throttled'],
  [429, ok, 'throttled'],
  [429, '', 'throttled'],
  [429, '{"message":"API rate limit exceeded"}', 'throttled'],
  [429, no, 'throttled'],
  [429, '<html>', 'throttled'],
  // A refusal.
  [300, '', 'refusal'],
  [302, ok, 'refusal'],
  [307, '<html>', 'refusal'],
  [304, '', 'refusal'],
  [400, '', 'refusal'],
  [400, ok, 'refusal'],
  [401, '{"code":21119,"message":"key"}', 'refusal'],
  [403, '<html>', 'refusal'],
  [404, '{"message":"no Route matched with those values"}', 'refusal'],
  [409, no, 'refusal'],
  [499, '', 'refusal'],
  [200, no, 'refusal'],
  [200, '{"code":"96038","message":"busy"}', 'refusal'],
  [202, '{"code":-1}', 'refusal'],
  [200, '{"code":1}', 'refusal'],
  [200, '{"code":96038,"data":{"jobId":"job-1"}}', 'refusal'],
  // A 5xx is never a no, with an envelope or without.
  [500, no, 'lost'],
  [503, '{"code":"96038"}', 'lost'],
  [500, '{"code":21119,"message":"key"}', 'lost'],
  [504, no, 'lost'],
  // A code that is a word.
  [200, '{"code":"INTERNAL","message":"busy"}', 'lost'],
  [500, '{"code":"INTERNAL"}', 'lost'],
  [400, '{"code":"INTERNAL"}', 'refusal'],
  // A fault.
  [500, ok, 'lost'],
  [500, '', 'lost'],
  [502, '<html>', 'lost'],
  [503, '{"message":"failure to get a peer from the ring-balancer"}', 'lost'],
  [504, '', 'lost'],
  [599, '', 'lost'],
  [408, '', 'lost'],
  [408, ok, 'lost'],
  [408, no, 'lost'],
  [200, '', 'lost'],
  [204, '', 'lost'],
  [200, '<html>login</html>', 'lost'],
  [200, '{"code":0,"data":{"jobId":"job', 'lost'],
  [200, '{}', 'lost'],
  [200, 'null', 'lost'],
  [200, '0', 'lost'],
  [200, '"ok"', 'lost'],
  [200, '[]', 'lost'],
  [200, '{"data":{"jobId":"job-1"}}', 'lost'],
  [200, '{"code":null,"data":{"jobId":"job-1"}}', 'lost'],
  [200, '{"code":true,"data":{"jobId":"job-1"}}', 'lost'],
  [200, '{"code":"","data":{"jobId":"job-1"}}', 'lost'],
  [200, '{"code":1e999}', 'lost'],
  [200, '{"jobId":"job-1"}', 'lost'],
  [200, '{"code":0}', 'lost'],
  [200, '{"code":0,"data":null}', 'lost'],
  [200, '{"code":0,"data":[]}', 'lost'],
  [200, '{"code":0,"data":"job-1"}', 'lost'],
  [200, '{"code":0,"data":{}}', 'lost'],
  [200, '{"code":0,"data":{"jobId":""}}', 'lost'],
  [200, '{"code":0,"data":{"jobId":7}}', 'lost'],
])('HTTP %d %s is, of a POST as of a read: %s ("What an answer is")', async (status, body, kind) => {
  expect(await kindOf(respond(status, body), job)).toBe(kind)
})

describe('bodies without envelope', () => {
  const bareJob: Expected<string> = {
    ...job,
    bare: json => typeof json === 'object' && json !== null && 'jobId' in json && !('code' in json),
  }
  const bareList: Expected<unknown> = {
    tried: 'list the clusters',
    right: 'read',
    decode: data => data,
    bare: Array.isArray,
  }

  test('are accepted where the documentation shows them', async () => {
    expect(await readResponse(respond(200, '{"jobId":"job-1"}'), bareJob, at)).toBe('job-1')
    expect(await readResponse(respond(200, ok), bareJob, at)).toBe('job-1')
    expect(await readResponse(respond(200, '[{"a":1}]'), bareList, at)).toEqual([{ a: 1 }])
    expect(await readResponse(respond(200, '{"code":0,"data":[2]}'), bareList, at)).toEqual([2])
  })

  test.each([
    [404, '{"jobId":"job-1"}', 'refusal'],
    [500, '{"jobId":"job-1"}', 'lost'],
    [429, '{"jobId":"job-1"}', 'throttled'],
    [200, '{"jobId":"job-1","code":96026}', 'refusal'],
    [200, '{"jobId":""}', 'lost'],
    [200, '{"status":"SUCCESSFUL"}', 'lost'],
  ])('HTTP %d %s is still: %s', async (status, body, kind) => {
    expect(await kindOf(respond(status, body), bareJob)).toBe(kind)
  })
})

test('the data in the response to a DELETE does not matter', async () => {
  const deletion = { tried: 'drop', right: 'cluster' as const, decode: () => undefined }
  expect(await kindOf(respond(200, '{"code":0}'), deletion)).toBe('success')
  expect(await kindOf(respond(200, '{"code":0,"data":null}'), deletion)).toBe('success')
  expect(await kindOf(respond(204, ''), deletion)).toBe('lost')
})

async function thrown(response: HttpResponse): Promise<ApiError | NoResponseError> {
  try {
    await readResponse(response, job, at)
  } catch (error) {
    if (error instanceof ApiError || error instanceof NoResponseError) return error
    throw error
  }
  throw new Error('the response was accepted')
}

test.each([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': 'Fri, 02 Jan 2026 03:05:05 GMT' }, 60_000],
  [{ 'retry-after': 'Fri, 02 Jan 2026 03:00:00 GMT' }, 0],
  [{ 'ratelimit-reset': '3' }, 3_000],
  [{ 'retry-after': '9', 'ratelimit-reset': '3' }, 9_000],
  [{ 'retry-after': 'soon', 'ratelimit-reset': '3' }, 3_000],
  [{ 'retry-after': '', 'ratelimit-reset': '' }, undefined],
  [{ 'retry-after': '12345678901234567890' }, undefined],
  [{ 'ratelimit-reset': 'Fri, 02 Jan 2026 03:05:05 GMT' }, undefined],
  [{ 'retry-after': ['1', '2'] }, undefined],
  [{}, undefined],
])('with the headers %j it asks for a pause of %s ms', async (headers, milliseconds) => {
  expect(await thrown(respond(429, '', headers))).toMatchObject({ retryAfter: milliseconds })
  expect(await thrown(respond(503, '', headers))).toMatchObject({ retryAfter: milliseconds })
})

test.each([
  [{ requestid: 'r1' }, 'request id r1'],
  [{ 'x-request-id': 'r2' }, 'request id r2'],
  [{ 'x-kong-request-id': 'r3' }, 'request id r3'],
  [{ requestid: 'r1', 'x-kong-request-id': 'r3' }, 'request id r1'],
  [{ requestid: '', 'x-request-id': 'r2' }, 'request id r2'],
  [{ 'x-kong-request-id': 'r3' }, 'request id r3'],
  [{ requestid: ['a', 'b'] }, 'no request id'],
  [{ requestid: 'r\u001b[31m' }, 'request id r [31m)'],
  [{}, 'no request id'],
])('the message has the request id of %j', async (headers, expected) => {
  expect((await thrown(respond(400, no, headers))).message).toContain(expected)
  expect((await thrown(respond(500, no, headers))).message).toContain(expected)
})

test.each([
  [
    400,
    no,
    'Could not read job job-1: the service refused. The message gives the reason. A cluster must be running, and no other backup or restore may be in its way. ("busy", HTTP 400, code 96038, no request id)',
  ],
  [
    200,
    '{"code":5}',
    'Could not read job job-1: the service refused. The message gives the reason. (no message, HTTP 200, code 5, no request id)',
  ],
  [
    404,
    '{"message":"no Route"}',
    'Could not read job job-1: something other than Zilliz Cloud responded at https://api.example.com. Check base-url, and what may stand in between, such as a proxy or a firewall. ("no Route", HTTP 404, no request id)',
  ],
  [
    400,
    '{"code":5,"message":{"a":1}}',
    'Could not read job job-1: the service refused. The message gives the reason. (no message, HTTP 400, code 5, no request id)',
  ],
  ...[
    [
      429,
      '{"message":"slow\\ndown"}',
      'the service asks for fewer requests',
      '"slow down", HTTP 429, no request id',
    ],
    [425, '', 'the service asks for fewer requests', 'no message, HTTP 425, no request id'],
    [502, '<html>', 'the service or its gateway failed', 'no message, HTTP 502, no request id'],
    [500, no, 'the service or its gateway failed', '"busy", HTTP 500, code 96038, no request id'],
    [
      200,
      '{"code":"BUSY","message":"busy"}',
      'the code is not a number',
      '"busy", HTTP 200, code BUSY, no request id',
    ],
    [
      200,
      '{"code":"E400","message":"busy"}',
      'the code is not a number',
      '"busy", HTTP 200, code E400, no request id',
    ],
    [200, 'ok', 'the response is not JSON', 'no message, HTTP 200, no request id'],
    [200, '{}', 'the response has no code', 'no message, HTTP 200, no request id'],
    [200, '{"code":0,"data":{}}', 'the response has no jobId', 'no message, HTTP 200, code 0, no request id'],
    [200, '{"code":0}', 'the response has no job', 'no message, HTTP 200, code 0, no request id'],
  ].map(([status, body, what, answer]) => [status, body, `${what}\n(${answer})`] as [number, string, string]),
])('the message of HTTP %d %s', async (status, body, message) => {
  expect((await thrown(respond(status, body))).message).toBe(message)
})

test.each([
  ['<html>', {}],
  ['  <!DOCTYPE HTML>', {}],
  ['Sign in', { 'content-type': 'text/HTML; charset=utf-8' }],
])(
  'a web page instead of the API, %j with %j, is called that, with the addresses of both sites',
  async (body, headers) => {
    expect((await thrown(respond(200, body, headers))).parts).toEqual({
      what: 'a web page was answered instead of the API',
      next: 'Check base-url: https://api.cloud.zilliz.com, or https://api.cloud.zilliz.com.cn for the China site.',
      answer: 'no message, HTTP 200, no request id',
      help: 'a-web-page-was-answered-instead-of-the-api',
    })
  },
)
