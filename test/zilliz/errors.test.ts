import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ActionError } from '../../src/errors.ts'
import {
  ApiError,
  type CodeGroup,
  groupOf,
  isNotFound,
  NoResponseError,
  type Resource,
  type ResponseFacts,
} from '../../src/zilliz/errors.ts'

const root = join(import.meta.dirname, '..', '..')
const document = parse(readFileSync(join(root, 'api', 'zilliz-cloud.openapi.yaml'), 'utf8'))

test('the groups of codes are those of the OpenAPI file', () => {
  const names: Record<string, CodeGroup> = {
    auth: 'key',
    permission: 'permission',
    notFound: 'not-found',
    conflict: 'conflict',
    unsupported: 'unsupported',
    invalidParameter: 'parameter',
    operationFailed: 'operation-failed',
  }
  const block: Record<string, Record<string, string>> = document.components.schemas.ErrorEnvelope[
    'x-error-codes'
  ]
  const documented = Object.entries(block).flatMap(([name, codes]) =>
    Object.keys(codes).map((code): [number, CodeGroup | undefined] => [Number(code), names[name]]),
  )
  const known = Array.from({ length: 100_000 }, (_, code): [number, CodeGroup | undefined] => [
    code,
    groupOf(code),
  ]).filter(([, group]) => group !== undefined)
  // The old edition's twin of 96022, which the OpenAPI file leaves out.
  const missing: [number, CodeGroup] = [80021, 'unsupported']
  expect(new Map(known)).toEqual(new Map([...documented, missing]))
  expect(groupOf(undefined)).toBeUndefined()
})

test.each([
  [
    { status: 200, code: 96018, message: 'Cluster not found. in01-a', requestId: 'req-1' },
    'Could not read it. The service refused: "Cluster not found. in01-a" (HTTP 200, code 96018, request id req-1). Check the id, and that the key belongs to the organization and has the cluster in its scope.',
    'not-found',
  ],
  [
    { status: 401, code: 21119, message: 'bad key' },
    'Could not read it. The service refused: "bad key" (HTTP 401, code 21119, no request id). Check that `api-key` holds a valid API key of this site, and that `base-url` names the right site: the global and the China site have different keys.',
    'key',
  ],
  [
    { status: 400, code: 12345 },
    'Could not read it. The service refused: no message (HTTP 400, code 12345, no request id). The message gives the reason.',
    undefined,
  ],
  [
    { status: 400 },
    'Could not read it. Something other than the service responded at https://host: no message (HTTP 400, no request id). Check `base-url`, and what may stand in between, such as a proxy or a firewall.',
    undefined,
  ],
  [
    { status: 302 },
    'Could not read it. Something other than the service responded at https://host: no message (HTTP 302, no request id). Redirects are not followed: check `base-url`.',
    undefined,
  ],
  [
    { status: 403, message: 'a\n::error::b' },
    'Could not read it. Something other than the service responded at https://host: "a ::error::b" (HTTP 403, no request id). Check `base-url`, and what may stand in between, such as a proxy or a firewall.',
    'permission',
  ],
  [
    { status: 401 },
    expect.stringMatching(
      /^Could not read it\. Something other than the service responded at https:\/\/host: .* Check `base-url`, and what .* a firewall\. Check that `api-key` holds a valid API key/,
    ),
    'key',
  ],
  [
    { status: 403, code: 96027, message: 'a\n::error::b' },
    expect.stringMatching(
      /^Could not read it\. The service refused: "a ::error::b" \(HTTP 403, code 96027, no request id\)\. The key is valid but may not do this\./,
    ),
    'permission',
  ],
])(
  'the sentence of %j, which without an envelope names base-url ("What an answer is")',
  (facts: ResponseFacts & { code?: number }, message, group) => {
    const refused = new ApiError('read it', facts, 'https://host')
    expect(refused.message).toEqual(message)
    expect(refused.name).toBe('ApiError')
    const { status, code, requestId } = facts
    expect(refused).toMatchObject({ status, code, requestId, group })
  },
)

test.each([
  [401, undefined, 'key', true],
  [403, undefined, 'permission', true],
  [404, undefined, 'not-found', false],
  [400, undefined, undefined, false],
  [200, 21119, 'key', true],
  [200, 1800, 'key', true],
  [200, 96027, 'permission', true],
  [200, 96017, 'conflict', false],
  [200, 96022, 'unsupported', false],
  [200, 96031, 'parameter', false],
  [200, 96038, 'operation-failed', false],
  [200, 50000, undefined, false],
  [401, 96018, 'not-found', true],
  [404, 96038, 'operation-failed', false],
])('HTTP %d with code %s is of group %s', (status, code, group, isAuthError) => {
  const refused = new ApiError('read it', { status, code })
  expect(refused.group).toBe(group)
  expect(refused.isAuthError).toBe(isAuthError)
})

test.each<[number, number | undefined, Resource[]]>([
  [200, 96026, ['job']],
  [200, 96018, ['cluster']],
  [200, 40021, ['cluster']],
  [404, 80020, ['cluster']],
  [200, 50001, ['backup']],
  [404, 50001, ['job', 'backup', 'cluster']],
  [400, 50001, ['backup']],
  [404, undefined, []],
  [200, undefined, []],
  [401, 50001, []],
  [403, 50001, []],
  [200, 21119, []],
  [200, 96027, []],
  [200, 96038, []],
  [404, 96000, []],
])('HTTP %d with code %s says "not found" of %j', (status, code, resources) => {
  const refused = new ApiError('read it', { status, code })
  const all: Resource[] = ['job', 'backup', 'cluster']
  expect(all.filter(resource => isNotFound(refused, resource))).toEqual(resources)
})

test.each([new NoResponseError('cut short'), new Error('not found'), 'not found', undefined])(
  '%o never says "not found"',
  error => {
    const all: Resource[] = ['job', 'backup', 'cluster']
    expect(all.filter(resource => isNotFound(error, resource))).toEqual([])
  },
)

test('a request without a response is lost where nothing else is known', () => {
  const cause = new Error('reset')
  expect(new NoResponseError('cut short', { cause })).toMatchObject({
    name: 'NoResponseError',
    message: 'cut short',
    kind: 'lost',
    retryAfter: undefined,
    cause,
  })
})

test('the errors of the service are errors of this action', () => {
  expect(new ApiError('read it', { status: 400 })).toBeInstanceOf(ActionError)
  expect(new NoResponseError('cut short')).toBeInstanceOf(ActionError)
  const throttled = new NoResponseError('less load', { kind: 'throttled', retryAfter: 5_000 })
  expect(throttled).toMatchObject({ kind: 'throttled', retryAfter: 5_000 })
})
