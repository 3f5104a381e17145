import { describe, expect, test } from 'vitest'
import { fields, text } from '../../src/zilliz/decode.ts'
import { ApiError, NoResponseError } from '../../src/zilliz/errors.ts'
import { type Expected, type HttpResponse, readResponse } from '../../src/zilliz/response.ts'

const now = Date.parse('2026-01-02T03:04:05Z')
const ok = '{"code":0,"data":{"jobId":"job-1"}}'
const no = '{"code":96038,"message":"busy"}'

function answer(status: number, body: string, headers: HttpResponse['headers'] = {}): HttpResponse {
  return { status, headers, text: body }
}

const job: Omit<Expected<string>, 'start'> = {
  tried: 'read job job-1',
  decode: data => text(fields(data, 'job'), 'jobId'),
}

/** What an answer is, in the words of the contract. */
function kindOf(whole: HttpResponse, reading: Expected<unknown>): string {
  try {
    readResponse(whole, reading, now)
    return 'success'
  } catch (error) {
    if (error instanceof ApiError) return 'refusal'
    if (error instanceof NoResponseError) return error.arrived ? error.kind : 'never arrived'
    throw error
  }
}

test.each([
  // A whole envelope of success.
  [200, ok, 'success', 'success'],
  [200, '{"code":"0","data":{"jobId":"job-1"}}', 'success', 'success'],
  [200, '{"code":200,"data":{"jobId":"job-1"}}', 'success', 'success'],
  [201, ok, 'success', 'success'],
  [299, ok, 'success', 'success'],
  // Load.
  [425, ok, 'load', 'load'],
  [429, ok, 'load', 'load'],
  [429, '', 'load', 'load'],
  [429, '{"message":"API rate limit exceeded"}', 'load', 'load'],
  [429, no, 'load', 'load'],
  [429, '<html>', 'load', 'load'],
  // A refusal.
  [300, '', 'refusal', 'refusal'],
  [302, ok, 'refusal', 'refusal'],
  [307, '<html>', 'refusal', 'refusal'],
  [304, '', 'refusal', 'refusal'],
  [400, '', 'refusal', 'refusal'],
  [400, ok, 'refusal', 'refusal'],
  [401, '{"code":21119,"message":"key"}', 'refusal', 'refusal'],
  [403, '<html>', 'refusal', 'refusal'],
  [404, '{"message":"no Route matched with those values"}', 'refusal', 'refusal'],
  [409, no, 'refusal', 'refusal'],
  [499, '', 'refusal', 'refusal'],
  [200, no, 'refusal', 'refusal'],
  [200, '{"code":"96038","message":"busy"}', 'refusal', 'refusal'],
  [202, '{"code":-1}', 'refusal', 'refusal'],
  [200, '{"code":1}', 'refusal', 'refusal'],
  [200, '{"code":96038,"data":{"jobId":"job-1"}}', 'refusal', 'refusal'],
  // The service's own word with 5xx: a start was refused, a read may do better later.
  [500, no, 'refusal', 'fault'],
  [503, '{"code":"96038"}', 'refusal', 'fault'],
  // A fault.
  [500, ok, 'fault', 'fault'],
  [500, '', 'fault', 'fault'],
  [502, '<html>', 'fault', 'fault'],
  [503, '{"message":"failure to get a peer from the ring-balancer"}', 'fault', 'fault'],
  [504, '', 'fault', 'fault'],
  [599, '', 'fault', 'fault'],
  [408, '', 'fault', 'fault'],
  [408, ok, 'fault', 'fault'],
  [408, no, 'fault', 'fault'],
  [200, '', 'fault', 'fault'],
  [204, '', 'fault', 'fault'],
  [200, '<html>login</html>', 'fault', 'fault'],
  [200, '{"code":0,"data":{"jobId":"job', 'fault', 'fault'],
  [200, '{}', 'fault', 'fault'],
  [200, 'null', 'fault', 'fault'],
  [200, '0', 'fault', 'fault'],
  [200, '"ok"', 'fault', 'fault'],
  [200, '[]', 'fault', 'fault'],
  [200, '{"data":{"jobId":"job-1"}}', 'fault', 'fault'],
  [200, '{"code":null,"data":{"jobId":"job-1"}}', 'fault', 'fault'],
  [200, '{"code":true,"data":{"jobId":"job-1"}}', 'fault', 'fault'],
  [200, '{"code":"","data":{"jobId":"job-1"}}', 'fault', 'fault'],
  [200, '{"code":1e999}', 'fault', 'fault'],
  [200, '{"jobId":"job-1"}', 'fault', 'fault'],
  [200, '{"code":0}', 'fault', 'fault'],
  [200, '{"code":0,"data":null}', 'fault', 'fault'],
  [200, '{"code":0,"data":[]}', 'fault', 'fault'],
  [200, '{"code":0,"data":"job-1"}', 'fault', 'fault'],
  [200, '{"code":0,"data":{}}', 'fault', 'fault'],
  [200, '{"code":0,"data":{"jobId":""}}', 'fault', 'fault'],
  [200, '{"code":0,"data":{"jobId":7}}', 'fault', 'fault'],
])('HTTP %d %s: for a start a %s, for a read a %s', (status, body, ofStart, ofRead) => {
  expect(kindOf(answer(status, body), { ...job, start: true })).toBe(ofStart)
  expect(kindOf(answer(status, body), { ...job, start: false })).toBe(ofRead)
})

describe('bodies without envelope', () => {
  const bareJob: Expected<string> = {
    ...job,
    start: false,
    bare: json => typeof json === 'object' && json !== null && 'jobId' in json && !('code' in json),
  }
  const bareList: Expected<unknown> = {
    tried: 'list the clusters',
    start: false,
    decode: data => data,
    bare: Array.isArray,
  }

  test('count where the documentation shows them', () => {
    expect(readResponse(answer(200, '{"jobId":"job-1"}'), bareJob, now)).toBe('job-1')
    expect(readResponse(answer(200, ok), bareJob, now)).toBe('job-1')
    expect(readResponse(answer(200, '[{"a":1}]'), bareList, now)).toEqual([{ a: 1 }])
    expect(readResponse(answer(200, '{"code":0,"data":[2]}'), bareList, now)).toEqual([2])
  })

  test.each([
    [404, '{"jobId":"job-1"}', 'refusal'],
    [500, '{"jobId":"job-1"}', 'fault'],
    [429, '{"jobId":"job-1"}', 'load'],
    [200, '{"jobId":"job-1","code":96026}', 'refusal'],
    [200, '{"jobId":""}', 'fault'],
    [200, '{"status":"SUCCESSFUL"}', 'fault'],
  ])('HTTP %d %s is a %s all the same', (status, body, kind) => {
    expect(kindOf(answer(status, body), bareJob)).toBe(kind)
  })
})

test('what a deletion answers as data does not matter', () => {
  const deletion = { tried: 'drop', start: false, decode: () => undefined }
  expect(kindOf(answer(200, '{"code":0}'), deletion)).toBe('success')
  expect(kindOf(answer(200, '{"code":0,"data":null}'), deletion)).toBe('success')
  expect(kindOf(answer(204, ''), deletion)).toBe('fault')
})

function thrown(whole: HttpResponse): ApiError | NoResponseError {
  try {
    readResponse(whole, { ...job, start: false }, now)
  } catch (error) {
    if (error instanceof ApiError || error instanceof NoResponseError) return error
    throw error
  }
  throw new Error('the answer was taken')
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
])('with the headers %j it asks to stay away for %s ms', (headers, milliseconds) => {
  expect(thrown(answer(429, '', headers))).toMatchObject({ retryAfter: milliseconds })
  expect(thrown(answer(503, '', headers))).toMatchObject({ retryAfter: milliseconds })
})

test.each([
  [{ requestid: 'r1' }, 'request id r1'],
  [{ 'x-request-id': 'r2' }, 'request id r2'],
  [{ 'x-kong-request-id': 'r3' }, 'request id r3'],
  [{ requestid: 'r1', 'x-kong-request-id': 'r3' }, 'request id r1'],
  [{ requestid: '', 'x-request-id': 'r2' }, 'request id r2'],
  [{ requestid: ['a', 'b'] }, 'no request id'],
  [{ requestid: 'r\u001b[31m' }, 'request id r [31m)'],
  [{}, 'no request id'],
])('the request id of %j is told', (headers, told) => {
  expect(thrown(answer(400, no, headers)).message).toContain(told)
  expect(thrown(answer(500, no, headers)).message).toContain(told)
})

test.each([
  [400, no, 'Could not read job job-1. The service refused: "busy" (HTTP 400, code 96038, no request id). '],
  [
    200,
    '{"code":5}',
    'Could not read job job-1. The service refused: no message (HTTP 200, code 5, no request id). ',
  ],
  [
    404,
    '{"message":"no Route"}',
    'Could not read job job-1. The service refused: "no Route" (HTTP 404, no request id). ',
  ],
  [
    400,
    '{"code":5,"message":{"a":1}}',
    'Could not read job job-1. The service refused: no message (HTTP 400, code 5,',
  ],
  [429, '{"message":"slow\\ndown"}', 'the service asks for less load: "slow down" (HTTP 429, no request id)'],
  [502, '<html>', 'the service or its gateway failed: no message (HTTP 502, no request id)'],
  [500, no, 'the service or its gateway failed: "busy" (HTTP 500, code 96038, no request id)'],
  [200, '<html>', 'the answer is no JSON: no message (HTTP 200, no request id)'],
  [200, '{}', 'the answer has no code: no message (HTTP 200, no request id)'],
  [200, '{"code":0,"data":{}}', 'the answer holds no jobId: no message (HTTP 200, code 0, no request id)'],
  [200, '{"code":0}', 'the answer holds no job: no message (HTTP 200, code 0, no request id)'],
])('HTTP %d %s is told in words', (status, body, message) => {
  expect(thrown(answer(status, body)).message.startsWith(message)).toBe(true)
})
