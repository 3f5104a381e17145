import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ActionError } from '../../src/errors.ts'
import { dataPlane } from '../../src/zilliz/cluster-party.ts'
import { type CodeGroup, groupOf } from '../../src/zilliz/codes.ts'
import { isNotFound, NoResponseError, type Resource, type ResponseFacts } from '../../src/zilliz/errors.ts'
import { apiError } from '../../src/zilliz/refusals.ts'

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
    'Could not read it: the service refused. Check the id, and that the key belongs to the organization and has the cluster in its scope. ("Cluster not found. in01-a", HTTP 200, code 96018, request id req-1)',
    'not-found',
  ],
  [
    { status: 401, code: 21119, message: 'bad key' },
    'API key refused: could not read it. Check the secret behind api-key, and base-url: keys of the global and the China site differ. ("bad key", HTTP 401, code 21119, no request id)',
    'key',
  ],
  [
    { status: 400, code: 12345 },
    'Could not read it: the service refused. The message gives the reason. (no message, HTTP 400, code 12345, no request id)',
    undefined,
  ],
  [
    { status: 302, code: 0 },
    'Could not read it: the service refused. Redirects are not followed: check base-url. (no message, HTTP 302, code 0, no request id)',
    undefined,
  ],
  [
    { status: 400 },
    'Could not read it: something other than Zilliz Cloud responded at https://host. Check base-url, and what may stand in between, such as a proxy or a firewall. (no message, HTTP 400, no request id)',
    undefined,
  ],
  [
    { status: 302 },
    'Could not read it: something other than Zilliz Cloud responded at https://host. Redirects are not followed: check base-url. (no message, HTTP 302, no request id)',
    undefined,
  ],
  [
    { status: 403, message: 'a\n::error::b' },
    'Could not read it: something other than Zilliz Cloud responded at https://host. Check base-url, and what may stand in between, such as a proxy or a firewall. ("a ::error::b", HTTP 403, no request id)',
    'permission',
  ],
  [
    { status: 401 },
    'Could not read it: something other than Zilliz Cloud responded at https://host. Check base-url, and what may stand in between, such as a proxy or a firewall. Check the secret behind api-key too. (no message, HTTP 401, no request id)',
    'key',
  ],
  [
    { status: 403, code: 96027, message: 'a\n::error::b' },
    'This API key may not read it. It needs read access to the cluster and its project: check the scope of the key. ("a ::error::b", HTTP 403, code 96027, no request id)',
    'permission',
  ],
])(
  'the sentence of %j, which without an envelope names base-url ("What an answer is")',
  (facts: ResponseFacts & { code?: number }, message, group) => {
    const refused = apiError({ tried: 'read it', right: 'read', baseUrl: 'https://host' }, facts)
    expect(refused.message).toEqual(message)
    expect(refused.name).toBe('ApiError')
    const { status, code, requestId } = facts
    expect(refused).toMatchObject({ status, code, requestId, group })
  },
)

test.each([
  [
    'back up cluster in01-a',
    'backup',
    /project admin, or a custom role with the resource backup, .* the cluster\.$/,
  ],
  ['make a cluster', 'cluster', /^It needs the right to make and drop clusters: a project admin, /],
  ['drop cluster in01-a', 'cluster', /^It needs the right to make and drop clusters: a project admin, /],
] as const)('a key that may not %s: the right that it needs is named', (tried, right, next) => {
  const { parts } = apiError({ tried, right, baseUrl: 'https://host' }, { status: 200, code: 96016 })
  expect(parts).toEqual({
    what: `This API key may not ${tried}.`,
    next: expect.stringMatching(next),
    answer: 'no message, HTTP 200, code 96016, no request id',
    help: 'this-api-key-may-not',
  })
})

test.each([
  [96021, 'free clusters', /^Backups are for Dedicated clusters only: choose one, or change the plan /],
  [96022, 'serverless clusters', /^Backups are for Dedicated clusters only: choose one, or change the plan /],
  [
    70001,
    'the quota is used up',
    /^The message gives the reason\. A quota or a plan is changed in the console\.$/,
  ],
])('code %i for %j shows what the service says, and the way on', (code, message, next) => {
  const asked = { tried: 'start a backup', right: 'backup', baseUrl: 'https://host' } as const
  const { parts } = apiError(asked, { status: 200, code, message })
  expect(parts).toEqual({
    what: 'Could not start a backup: the service refused.',
    next: expect.stringMatching(next),
    answer: `"${message}", HTTP 200, code ${code}, no request id`,
  })
})

describe('a cluster that refuses', () => {
  const token =
    'data-token takes what the cluster accepts: an API key with privileges on this cluster (one that is limited to certain clusters may have none on a new one), or user:password.'
  const network =
    'Check whether the network of this runner reaches the cluster: its allow list, a private link or a firewall may keep a runner out.'
  const elsewhere = 'something other than the cluster responded at https://host.'
  const redirected =
    'Redirects are not followed, since the token is for the cluster alone: check what stands between this runner and the cluster.'
  const privileges =
    'It needs privileges on this cluster: data-token takes an API key that has them, or user:password of a user with such a role.'

  test.each([
    [200, 1800, 'Token refused: could not read it.', token],
    [401, 1800, 'Token refused: could not read it.', token],
    [403, 1100, 'This token may not read it.', privileges],
    [200, 100, 'Could not read it: the cluster refused.', 'The message gives the reason.'],
    [404, 100, 'Could not read it: the cluster refused.', 'The message gives the reason.'],
    // The codes of the control plane mean nothing here.
    [200, 96018, 'Could not read it: the cluster refused.', 'The message gives the reason.'],
    [200, 40003, 'Could not read it: the cluster refused.', 'The message gives the reason.'],
    [307, 0, 'Could not read it: the cluster refused.', redirected],
    [401, undefined, `Could not read it: ${elsewhere}`, token],
    [403, undefined, `Could not read it: ${elsewhere}`, `${token} ${network}`],
    [404, undefined, `Could not read it: ${elsewhere}`, network],
    [302, undefined, `Could not read it: ${elsewhere}`, redirected],
  ])('HTTP %i with code %s', (status, code, what, next) => {
    const asked = { tried: 'read it', right: 'data', baseUrl: 'https://host', party: dataPlane } as const
    const { parts } = apiError(asked, { status, code })
    expect(parts).toMatchObject({ what, next })
    expect(parts.next).not.toContain('base-url')
  })
})

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
  const refused = apiError({ tried: 'read it', right: 'read', baseUrl: 'https://host' }, { status, code })
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
  const refused = apiError({ tried: 'read it', right: 'read', baseUrl: 'https://host' }, { status, code })
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
  expect(
    apiError({ tried: 'read it', right: 'read', baseUrl: 'https://host' }, { status: 400 }),
  ).toBeInstanceOf(ActionError)
  expect(new NoResponseError('cut short')).toBeInstanceOf(ActionError)
  const throttled = new NoResponseError('less load', { kind: 'throttled', retryAfter: 5_000 })
  expect(throttled).toMatchObject({ kind: 'throttled', retryAfter: 5_000 })
})
