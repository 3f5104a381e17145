import { describe, expect, test } from 'vitest'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'

const waitForJob: Inputs = { operation: 'wait', 'api-key': 'key-123456', 'job-id': 'job-1' }

test('everything that is wrong is reported at once', () => {
  expect(
    problemsOf({
      operation: 'create-backup',
      'base-url': 'api.cloud.zilliz.com',
      timeout: '1 hour',
      'cu-size': '4',
      'cluster-id': '..',
      collections: 'a b',
      'if-busy': 'skip',
      wait: 'no',
      'poll-interval': '0s',
      'dry-run': 'on',
    }).map(problem => problem.slice(0, problem.indexOf(':'))),
  ).toEqual([
    'api-key',
    'base-url',
    'timeout',
    'cu-size',
    'cluster-id',
    'collections',
    'if-busy',
    'wait',
    'poll-interval',
    'dry-run',
  ])
})

describe('api-key', () => {
  test.each([
    ['key-from-input', '', 'key-from-input'],
    ['', 'key-from-environment', 'key-from-environment'],
    ['key-from-input', 'key-from-environment', 'key-from-input'],
    ['sixsix', '', 'sixsix'],
  ])('%j and in the environment %j: %s', (input, fallbackKey, key) => {
    expect(parse({ ...waitForJob, 'api-key': input }, fallbackKey)?.apiKey).toBe(key)
  })

  test.each([
    ['five5', ''],
    ['', 'five5'],
    ['two words', ''],
    ['line\nbreak', ''],
    ['schlüssel', ''],
    ['control\u0007key', ''],
  ])('%j or %j is none, and is not shown', (input, fallbackKey) => {
    expect(problemsOf({ ...waitForJob, 'api-key': input }, fallbackKey)).toEqual([
      'api-key: expected an API key of at least 6 visible ASCII characters; got something else (not shown)',
    ])
  })

  test('a missing one says where it may come from, and why it may be missing', () => {
    expect(problemsOf({ ...waitForJob, 'api-key': '' })).toEqual([
      'api-key: expected a Zilliz Cloud API key here or in the environment variable ZILLIZ_API_KEY; it is empty. Runs for pull requests from forks and from Dependabot get no secrets.',
    ])
  })
})

describe('base-url', () => {
  test.each([
    ['', 'https://api.cloud.zilliz.com'],
    ['https://api.cloud.zilliz.com.cn', 'https://api.cloud.zilliz.com.cn'],
    ['https://api.cloud.zilliz.com.cn/', 'https://api.cloud.zilliz.com.cn'],
    ['HTTPS://API.example.com//', 'https://api.example.com'],
    ['https://gateway.example.com:8443/zilliz/', 'https://gateway.example.com:8443/zilliz'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://127.9.9.9', 'http://127.9.9.9'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['https://[2001:db8::1]', 'https://[2001:db8::1]'],
  ])('%j is %s', (written, baseUrl) => {
    expect(parse({ ...waitForJob, 'base-url': written })?.baseUrl).toBe(baseUrl)
  })

  test.each([
    ['api.cloud.zilliz.com'],
    ['http://api.cloud.zilliz.com'],
    ['http://127.example.com'],
    ['http://localhost.example.com'],
    ['http://[::2]'],
    ['http://0.0.0.0'],
    ['ftp://localhost'],
    ['file:///etc/passwd'],
    ['https://'],
    ['https://host?x=1'],
    ['https://host/?'],
    ['https://host#x'],
    ['https://host/#'],
    ['https:\\\\host'],
    ['https://ho st'],
  ])('%j is refused', written => {
    expect(problemsOf({ ...waitForJob, 'base-url': written })).toEqual([
      `base-url: expected an https address without query, fragment or credentials (http only on loopback); got ${JSON.stringify(written)}`,
    ])
  })

  // The last four are how the rules of browsers for addresses allow credentials without the two slashes.
  test.each([
    ['https://user:s3cret-word@host'],
    ['https://s3cret-word@host/path'],
    ['https://user:s3cret-word%40x@host'],
    ['https://a@s3cret-word@host'],
    ['user:s3cret-word@host'],
    ['https:user:s3cret-word@host'],
    ['https:/user:s3cret-word@host'],
    ['https://user:\ns3cret-word@host'],
  ])('%j is refused without a word of its credentials', written => {
    const problems = problemsOf({ ...waitForJob, 'base-url': written })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^base-url: expected an https address without query, fragment or credentials/)
    expect(problems[0]).not.toContain('s3cret')
  })
})
