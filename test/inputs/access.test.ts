import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { judgeAddress } from '../../src/inputs/address.ts'
import { fromVariable, type Inputs, parse, problemsOf, waitForJob } from '../harness/inputs.ts'

const proxyVariables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY']

beforeEach(() => {
  for (const name of proxyVariables) vi.stubEnv(name, undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

describe('base-url', () => {
  test.each([
    ['', 'https://api.cloud.zilliz.com'],
    ['https://api.cloud.zilliz.com.cn', 'https://api.cloud.zilliz.com.cn'],
    ['https://api.cloud.zilliz.com.cn/', 'https://api.cloud.zilliz.com.cn'],
    ['HTTPS://API.example.com//', 'https://api.example.com'],
    ['https://gateway.example.com:8443/zilliz/', 'https://gateway.example.com:8443/zilliz'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['https://localhost:8443', 'https://localhost:8443'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://127.9.9.9', 'http://127.9.9.9'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['https://[2001:db8::1]', 'https://[2001:db8::1]'],
  ])('%j is %s', async (written, baseUrl) => {
    expect((await parse({ ...waitForJob, 'base-url': written }))?.baseUrl).toBe(baseUrl)
  })

  test.each([
    ['api.cloud.zilliz.com'],
    ['gateway.example.com/v2/zilliz'],
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
  ])('%j is refused', async written => {
    expect(await problemsOf({ ...waitForJob, 'base-url': written })).toEqual([
      `base-url: expected an https address without query, fragment or credentials (http only on loopback); got ${JSON.stringify(written)}`,
    ])
  })

  test('what is taken without a closer look is what the closer look finds right', async () => {
    const other = fc.string({ maxLength: 3 })
    const oneOf = (...texts: string[]) =>
      fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...texts) }, { weight: 1, arbitrary: other })
    const near = fc.tuple(
      oneOf('http://', 'https://'),
      oneOf('api.', 'localhost', '127.0.0.1'),
      oneOf('', 'example.com'),
      oneOf('', ':443', ':65536'),
      oneOf('', '/', '/v2'),
    )
    await fc.assert(
      fc.asyncProperty(near, async parts => {
        const written = parts.join('').trim()
        fc.pre(written !== '')
        const { address, problems } = judgeAddress(written, '')
        const inputs = { ...waitForJob, 'base-url': written }
        if (problems.length === 0) expect((await parse(inputs))?.baseUrl).toBe(address)
        else expect(await problemsOf(inputs)).toEqual(problems.map(problem => `base-url: ${problem}`))
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    ['', 'https://gateway.example.com', 'https://gateway.example.com'],
    ['https://api.example.com/', 'https://gateway.example.com', 'https://api.example.com'],
    ['', '', 'https://api.cloud.zilliz.com'],
  ])(
    'the input %j goes before ZILLIZ_BASE_URL %j, and that before the default',
    async (input, baseUrl, expected) => {
      expect((await parse({ ...waitForJob, 'base-url': input }, '', { baseUrl }))?.baseUrl).toBe(expected)
      if (input === '') expect((await parse(waitForJob, '', { baseUrl }))?.baseUrl).toBe(expected)
    },
  )

  test('what is wrong with ZILLIZ_BASE_URL is a problem too', async () => {
    expect(await problemsOf(waitForJob, '', { baseUrl: 'http://api.cloud.zilliz.com' })).toEqual([
      expect.stringMatching(
        /^base-url: expected an https address .*; got "http:\/\/api\.cloud\.zilliz\.com" \(from the environment variable ZILLIZ_BASE_URL\)$/,
      ),
    ])
  })

  const api = 'https://api.cloud.zilliz.com'
  const china = 'https://api.cloud.zilliz.com.cn'

  test.each([
    ['https://api.cloud.zilliz.com/v2', api],
    ['https://api.cloud.zilliz.com/v2?x', api],
    ['https://api.cloud.zilliz.com/v2/#x', api],
    ['https://api.cloud.zilliz.com/V2', api],
    ['https://api.cloud.zilliz.com/v2/v2', api],
    ['https://api.cloud.zilliz.com/v2//v2//', api],
    ['http://api.cloud.zilliz.com/v2', api],
    ['api.cloud.zilliz.com/v2', api],
    ['api.cloud.zilliz.com.cn/v2/', china],
    ['https://gateway.example.com/zilliz/v2/', 'https://gateway.example.com/zilliz'],
    ['gateway.example.com:8443/v2', 'https://gateway.example.com:8443'],
    ['http://127.0.0.1:8080/v2', 'http://127.0.0.1:8080'],
  ])('%j is a problem that offers %s', async (written, right) => {
    const problem = `base-url: expected the address without /v2, ${right}; got ${JSON.stringify(written)}`
    expect(await problemsOf({ ...waitForJob, 'base-url': written })).toEqual([problem])
    expect(await problemsOf(waitForJob, '', { baseUrl: written })).toEqual([
      `${problem}${fromVariable('ZILLIZ_BASE_URL')}`,
    ])
    expect(await problemsOf({ ...waitForJob, 'base-url': right })).toEqual([])
  })

  test.each([
    ['https://cloud.zilliz.com', api],
    ['https://cloud.zilliz.com/?x=1', api],
    ['https://cloud.zilliz.com/#/orgs', api],
    ['https://cloud.zilliz.com./', api],
    ['https://cloud.zilliz.com/v2', api],
    ['https://cloud.zilliz.com:443/orgs/1', api],
    ['http://cloud.zilliz.com', api],
    ['cloud.zilliz.com', api],
    ['cloud.zilliz.com/orgs?x=1', api],
    ['https://Cloud.Zilliz.com.cn/orgs/1', china],
    ['cloud.zilliz.com.cn.', china],
  ])('%j is that of the console, and the problem offers %s', async (written, right) => {
    const problem = `base-url: expected the address of the API, ${right}, not that of the console; got ${JSON.stringify(written)}`
    expect(await problemsOf({ ...waitForJob, 'base-url': written })).toEqual([problem])
    expect(await problemsOf(waitForJob, '', { baseUrl: written })).toEqual([
      `${problem}${fromVariable('ZILLIZ_BASE_URL')}`,
    ])
  })

  test.each([
    'https://api.cloud.zilliz.com/v2x',
    'https://api.cloud.zilliz.com/xv2',
    'https://gateway.example.com/v2/zilliz',
    'https://my.cloud.zilliz.com',
  ])('%j is as good as any other', async written => {
    expect((await parse({ ...waitForJob, 'base-url': written }))?.baseUrl).toBe(written)
  })

  // Four of them are how the rules of browsers for addresses allow credentials without the two slashes.
  test.each([
    ['https://user:s3cret-word@host'],
    ['https://s3cret-word@host/path'],
    ['https://user:s3cret-word%40x@host'],
    ['https://a@s3cret-word@host'],
    ['user:s3cret-word@host'],
    ['https:user:s3cret-word@host'],
    ['https:/user:s3cret-word@host'],
    ['https://user:\ns3cret-word@host'],
    ['https://user:s3cret-word@cloud.zilliz.com/v2'],
    ['user:s3cret-word@api.cloud.zilliz.com/v2'],
  ])('%j is refused without a word of its credentials', async written => {
    const problems = await problemsOf({ ...waitForJob, 'base-url': written })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^base-url: expected an https address without query, fragment or credentials/)
    expect(problems[0]).not.toContain('s3cret')
  })
})

describe('a proxy variable ("Requests")', () => {
  const problem = (name: string) =>
    `base-url: is reached through a proxy, and the environment variable ${name} is not an http:// or https:// address of one whose credentials can be decoded (its value is not shown)`

  const ofHttp: Inputs = { ...waitForJob, 'base-url': 'http://127.0.0.1:8080' }

  test.each(['https_proxy', 'HTTPS_PROXY'])(
    '%s that cannot be used is a problem without its value',
    async name => {
      for (const value of [
        'user:s3cret@proxy.example.com:3128',
        'proxy.example.com',
        'socks5://proxy.example.com',
        'https://',
        'http://user:%zz-s3cret@proxy.example.com',
        'http://100%:s3cret@proxy.example.com',
        'http://user:s3cret#1@proxy.example.com',
      ]) {
        vi.stubEnv(name, value)
        expect([value, await problemsOf(waitForJob)]).toEqual([value, [problem(name)]])
      }
    },
  )

  test.each(['http://proxy.example.com:3128', 'HTTPS://user:s%40cret@proxy.example.com'])(
    'that has an address of one is none: %s',
    async value => {
      vi.stubEnv('https_proxy', value)
      expect(await problemsOf(waitForJob)).toEqual([])
    },
  )

  test('is none of our business where no_proxy covers the host', async () => {
    vi.stubEnv('https_proxy', 'nonsense')
    vi.stubEnv('no_proxy', 'zilliz.com')
    expect(await problemsOf(waitForJob)).toEqual([])
    vi.stubEnv('no_proxy', undefined)
    expect(await problemsOf({ ...waitForJob, 'base-url': 'https://127.0.0.1:8443' })).toEqual([])
    // The toolkit never asks a proxy for loopback.
    expect(await problemsOf(ofHttp)).toEqual([])
  })

  test.each(['HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'])(
    'counts also where another one is used: %s',
    async name => {
      vi.stubEnv('https_proxy', 'http://proxy.example.com')
      vi.stubEnv(name, 'nonsense')
      expect(await problemsOf(waitForJob)).toEqual([
        expect.stringContaining(`the environment variable ${name} is not`),
      ])
    },
  )
})
