/** What GitHub says, or does not say, of the pull requests. A question that failed is never "closed". */
import { describe, expect, test } from 'vitest'
import { addPull, type GitHubFault, type GitHubRequest } from '../harness/github.ts'
import { startForwardingProxy, startTlsFront } from '../harness/proxy.ts'
import { errorOf, sent } from './story.ts'
import {
  addCluster,
  addOwned,
  annotated,
  asked,
  type Both,
  expectAllKept,
  expectDropped,
  expectNothingSent,
  fates,
  openBoth,
  pruneClusters,
} from './sweeps.ts'

const failed = (status: number, message = 'Oops', headers: Record<string, string> = {}): GitHubFault => ({
  kind: 'status',
  status,
  message,
  headers,
})

/** Two clusters of closed pull requests, and a fault at the question about the second. */
async function withFault(
  fault: GitHubFault,
  times = Number.POSITIVE_INFINITY,
): Promise<Both & AsyncDisposable> {
  const both = await openBoth({ speed: 60 })
  addOwned(both, 7)
  addOwned(both, 8)
  let left = times
  both.github.fault = ({ path }) => (path.endsWith('/8') && left-- > 0 ? fault : undefined)
  return both
}

const permission = 'The job needs "permissions: pull-requests: read".'
const later = 'Look at the status page of GitHub, then run the step again.'
const address = 'Check GITHUB_API_URL, and what may stand in between, such as a proxy.'

describe('a question that is refused', () => {
  test.each<[string, GitHubFault, said: string]>([
    [
      'for a permission',
      failed(403, 'Resource not accessible by integration'),
      `GitHub refused it. Nothing was started. ${permission} (HTTP 403, "Resource not accessible by integration")`,
    ],
    [
      'for a permission, with requests left',
      failed(403, 'Forbidden', { 'x-ratelimit-remaining': '12' }),
      `GitHub refused it. Nothing was started. ${permission} (HTTP 403, "Forbidden")`,
    ],
    [
      'for the token',
      failed(401, 'Bad credentials'),
      'GitHub refused github-token. Nothing was started. Check github-token: the token of a workflow ends with its job. (HTTP 401, "Bad credentials")',
    ],
    [
      'in some other way',
      failed(410, 'Gone'),
      `GitHub refused it. Nothing was started. ${permission} (HTTP 410, "Gone")`,
    ],
    [
      'by a redirect',
      { kind: 'redirect', to: 'http://127.0.0.1:9/elsewhere' },
      `GitHub answered with a redirect, which is not followed. Nothing was started. Was the repository renamed or moved? Then start a new workflow run. ${address} (HTTP 301 is not followed)`,
    ],
    [
      'by something else that knows no such page',
      { kind: 'page', status: 404 },
      `something other than GitHub responded. Nothing was started. ${address} (HTTP 404, "<html><body>It is down</body></html>")`,
    ],
    [
      'by a command of the runner',
      failed(403, '\n::set-output name=a::b\r##[error]c\u0000<b>'),
      `GitHub refused it. Nothing was started. ${permission} (HTTP 403, ": :set-output name=a: :b ## [error]c <b>")`,
    ],
  ])('%s drops nothing, and is not repeated', async (_, fault, said) => {
    await using both = await withFault(fault)
    const story = await pruneClusters(both)
    expectNothingSent(both, story)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toBe(`Could not read pull request 8 from GitHub: ${said}`)
    expect(asked(both.github).filter(number => number === 8)).toHaveLength(1)
    expect(story.step.commandErrors).toEqual([])
  })
})

const faults: Record<string, [GitHubFault, said: RegExp]> = {
  'a failure of GitHub': [
    failed(500),
    /: GitHub failed\. Nothing was started\. .*\(HTTP 500, "Oops", tried \d+ times/,
  ],
  'a gateway': [{ kind: 'page', status: 502 }, /: GitHub failed\..*HTTP 502/],
  'a time-out of GitHub': [failed(408), /: GitHub failed\..*HTTP 408/],
  'a web page': [{ kind: 'page', status: 200 }, /: no usable answer\..*a web page instead of the API/],
  'an answer that is cut': [{ kind: 'cut' }, /: no usable answer\..*the response was cut short/],
  'a connection that is reset': [{ kind: 'reset' }, /: no usable answer\..*(?:ECONNRESET|hang up)/],
  'no answer': [{ kind: 'hang' }, /: no usable answer\..*no complete response within 30 s/],
  'a list': [{ kind: 'json', body: [] }, /: no usable answer\..*the response is not JSON/],
  'another pull request': [
    { kind: 'json', body: { number: 7, state: 'closed', created_at: '2026-01-01T00:00:00Z' } },
    /: no usable answer\..*the response is about another pull request/,
  ],
  'a number as text': [
    { kind: 'json', body: { number: '8', state: 'closed' } },
    /: no usable answer\..*the response is about another pull request/,
  ],
  'no state': [{ kind: 'json', body: { number: 8 } }, /: no usable answer\..*the response has no state/],
  'another state': [
    { kind: 'json', body: { number: 8, state: 'CLOSED' } },
    /: no usable answer\..*the response has no state/,
  ],
  'load, by 429': [failed(429, 'Slow down'), /: GitHub asks for fewer requests\..*HTTP 429, "Slow down"/],
  'load, by 403 with a time': [
    failed(403, 'Secondary limit', { 'retry-after': '20' }),
    /: GitHub asks for fewer requests\..*HTTP 403, "Secondary limit".*asked to wait 20s/,
  ],
  'load, by 403 with nothing left': [
    failed(403, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0' }),
    /: GitHub asks for fewer requests\..*HTTP 403, "API rate limit exceeded"/,
  ],
}

describe.concurrent.each(Object.entries(faults))('a question that gets %s', (_, [fault, said]) => {
  test('for ever drops nothing', async () => {
    await using both = await withFault(fault)
    const story = await pruneClusters(both)
    expectNothingSent(both, story)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toMatch(/^Could not read pull request 8 from GitHub: /)
    expect(errorOf(story)).toMatch(said)
    expect(asked(both.github).filter(number => number === 8).length).toBeGreaterThan(2)
  })

  test('once is asked again', async () => {
    await using both = await withFault(fault, 1)
    const story = await pruneClusters(both)
    expect(story.step.outputs.status).toBe('succeeded')
    expectDropped(
      both,
      story,
      ['shop-pr-7', 'shop-pr-8'].map(name => both.cloud.world.cluster(name)),
    )
    expect(asked(both.github).filter(number => number === 8).length).toBeGreaterThan(1)
  })
})

test('a failure of GitHub ends in the way on', async () => {
  await using both = await withFault(failed(503))
  expect(errorOf(await pruneClusters(both))).toContain(later)
})

test('the moment when requests are left again is by GitHub’s own clock', async () => {
  await using both = await openBoth({ speed: 60 })
  const { cloud, github } = both
  github.now = () => cloud.world.now() - 900_000
  const cluster = addOwned(both, 7)
  const reset = Math.ceil(github.now() / 1_000) + 40
  const limited = failed(403, 'Wait', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset}` })
  github.fault = () => (github.now() < reset * 1_000 ? limited : undefined)
  const story = await pruneClusters(both)
  expectDropped(both, story, [cluster])
  // Once more right before the drop, where a minute of the world has gone by on a busy machine.
  expect(asked(github).length).toBeLessThanOrEqual(3)
})

test('a timeout while GitHub is asked is one, and drops nothing', async () => {
  await using both = await withFault({ kind: 'hang' })
  const story = await pruneClusters(both, { timeout: '20s' })
  expectNothingSent(both, story)
  expect(story.step.outputs.status).toBe('timed-out')
  expect(errorOf(story)).toMatch(/^(?:The step timed out\. )?Could not read pull request 8 from GitHub: /)
})

test('a cancel while GitHub is asked drops nothing', async () => {
  await using both = await openBoth({ speed: 1 })
  addOwned(both, 7)
  const story = await pruneClusters(
    both,
    {},
    {
      onStart(control) {
        both.github.fault = () => {
          control.cancel()
          return { kind: 'hang' }
        }
      },
    },
  )
  expect(story.step).toMatchObject({ outcome: 'cancelled', outputs: { status: 'cancelled' } })
  expectDropped(both, story, [])
  expect(sent(story, 'dropCluster')).toEqual([])
})

describe('a pull request that is not found', () => {
  test('keeps its cluster, and a notice says so', async () => {
    await using both = await openBoth()
    const dropped = addOwned(both, 7)
    const { clusterId } = addCluster(both.cloud, 'shop-pr-12')
    const story = await pruneClusters(both)
    expectDropped(both, story, [dropped])
    expect(annotated(story, 'notice')).toEqual([
      `Kept:\n"shop-pr-12" (${clusterId}): its pull request was not found`,
    ])
    expect(annotated(story, 'warning')).toEqual([])
  })

  test('like all others is a warning that the token may not see them', async () => {
    await using both = await openBoth()
    for (const number of [7, 8, 0]) addCluster(both.cloud, `shop-pr-${number}`)
    const story = await pruneClusters(both)
    expectAllKept(both, story)
    expect(annotated(story, 'warning')).toEqual([
      'No pull request of these clusters was found, so all of them are kept. Either they belong to another repository, or github-token may not see the pull requests of this one: the job needs "permissions: pull-requests: read".',
    ])
    expect(new Set(Object.values(fates(story)))).toEqual(new Set(['stays: its pull request was not found']))
  })
})

test('of open pull requests alone nothing is dropped, in silence', async () => {
  await using both = await openBoth()
  for (const number of [7, 8]) addOwned(both, number, { state: 'open' })
  const story = await pruneClusters(both)
  expectAllKept(both, story)
  expect(story.step.annotations).toEqual([])
})

test('every one is asked about before anything is dropped, a few at a time, and nothing else is asked', async () => {
  await using both = await openBoth({ speed: 10 })
  const { cloud, github } = both
  for (let number = 1; number <= 12; number++)
    addOwned(both, number, { state: number < 3 ? 'merged' : 'open' })
  let most = 0
  let open = 0
  const dropsBefore: number[] = []
  github.fault = () => {
    open++
    most = Math.max(most, open)
    dropsBefore.push(cloud.requests.filter(({ method }) => method === 'DELETE').length)
    setTimeout(() => open--, 100)
    return { kind: 'late', ms: 100 }
  }
  const story = await pruneClusters(both)
  expectDropped(
    both,
    story,
    ['shop-pr-1', 'shop-pr-2'].map(name => cloud.world.cluster(name)),
  )
  expect(most).toBeLessThanOrEqual(4)
  expect(new Set(dropsBefore)).toEqual(new Set([0]))
  const kinds = new Set(
    github.requests.map(({ method, path }: GitHubRequest) => `${method} ${path.replace(/\d+$/, '')}`),
  )
  expect([...kinds]).toEqual(['GET /api/v3/repos/octo-org/octo-repo/pulls/'])
})

test('another address of GitHub, through a proxy: the token goes there alone', async () => {
  await using both = await openBoth()
  const { github } = both
  const cluster = addOwned(both, 7)
  const host = 'github.invented.example'
  await using tls = await startTlsFront(github.port, host)
  await using proxy = await startForwardingProxy({ tlsPort: tls.port })
  const env = {
    GITHUB_API_URL: `https://${host}/api/v3`,
    https_proxy: proxy.url,
    NODE_EXTRA_CA_CERTS: tls.caFile,
  }
  const story = await pruneClusters(both, {}, { env })
  expectDropped(both, story, [cluster])
  expect(proxy.tunnels).toEqual([`${host}:443`])
  expect(github.requests.map(({ authorization }) => authorization)).toEqual([`token ${github.token}`])
  expect(JSON.stringify(both.cloud.requests)).not.toContain(github.token)
})

test('with comment-on-pr the comment is about this sweep, and another sweep has another', async () => {
  await using both = await openBoth()
  const { github } = both
  addOwned(both, 7)
  addPull(github, 42, { state: 'open' })
  const event = { number: 42, pull_request: { number: 42 } }
  const run = (inputs: Record<string, string>) =>
    pruneClusters(both, { 'comment-on-pr': 'true', ...inputs }, { event })
  await run({})
  await run({})
  await run({ 'name-pattern': 'blog-pr-{pr}' })
  const comments = (github.comments.get(42) ?? []).map(({ body }) => body.replace(/^.*\n/, ''))
  expect(comments).toHaveLength(2)
  expect(comments[0]).toContain('Nothing to drop: no cluster like shop-pr-{pr}')
  expect(comments[0]).toContain('<td>Dropped clusters</td><td><code>0</code></td>')
  expect(comments[1]).toContain('Nothing to drop: no cluster like blog-pr-{pr}')
})
