import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { type GitHubFault, type GitHubRequest, startGitHub } from '../harness/github.ts'
import { startForwardingProxy, startTlsFront } from '../harness/proxy.ts'
import type { StepControl } from '../harness/runner.ts'
import { findLeaks } from '../harness/secrets.ts'
import { interruptAt } from './arrange.ts'
import { commented, commentsOf, number, saidOf } from './comments.ts'
import { createBackup, deleteCluster, listBackups, restoreCluster } from './steps.ts'

const permission =
  'The job needs "permissions: pull-requests: write". In a run for a pull request from a fork or from Dependabot the token can only read.'

const faults: Record<string, [GitHubFault, said: string | RegExp]> = {
  'the token of a fork': [
    { kind: 'status', status: 403, message: 'Resource not accessible by integration' },
    `GitHub refused it (HTTP 403, "Resource not accessible by integration"). ${permission}`,
  ],
  'a repository that the token does not see': [
    { kind: 'status', status: 404, message: 'Not Found' },
    `GitHub refused it (HTTP 404, "Not Found"). ${permission}`,
  ],
  'a token that has ended': [
    { kind: 'status', status: 401, message: 'Bad credentials' },
    'GitHub refused github-token (HTTP 401, "Bad credentials").',
  ],
  'a failure of GitHub': [
    { kind: 'status', status: 502, message: 'Server Error' },
    'GitHub could not do it (HTTP 502, "Server Error").',
  ],
  'a message that is a command of the runner': [
    { kind: 'status', status: 500, message: '\n::set-output name=a::b\r##[error]c\u0000<b>' },
    'GitHub could not do it (HTTP 500, ": :set-output name=a: :b ## [error]c <b>").',
  ],
  'a web page in place of an error': [
    { kind: 'page', status: 503 },
    'GitHub could not do it (HTTP 503, "<html><body>It is down</body></html>").',
  ],
  'a web page in place of the API': [
    { kind: 'page', status: 200 },
    'No usable answer from GitHub: a web page instead of the API.',
  ],
  'a redirect': [
    { kind: 'redirect', to: 'http://127.0.0.1:9/elsewhere' },
    'No usable answer from GitHub: HTTP 301 is not followed.',
  ],
  'no list': [{ kind: 'json', body: { a: 1 } }, /^No usable answer from GitHub: .*\.$/],
  'an answer that is cut': [{ kind: 'cut' }, 'No usable answer from GitHub: the response was cut short.'],
  'a connection that is reset': [
    { kind: 'reset' },
    /^No usable answer from GitHub: .*(?:ECONNRESET|hang up).*\.$/,
  ],
  'no answer': [{ kind: 'hang' }, 'No usable answer from GitHub: no complete response within 15 s.'],
}

describe.each(['GET', 'POST', 'PATCH'])('GitHub at the %s', method => {
  const rows = Object.entries(faults).filter(([name]) => method === 'GET' || name !== 'no list')
  test.each(rows)('%s is a warning, and the step ends as it would', async (_, [fault, said]) => {
    await using cloud = await startSimulator({ speed: 20 })
    await using github = await startGitHub()
    const both = { cloud, github }
    if (method === 'PATCH') await commented(listBackups, both)
    const asked: GitHubRequest[] = []
    github.fault = request => {
      if (request.method !== method) return undefined
      asked.push(request)
      return fault
    }
    const story = await commented(listBackups, both)
    expect(story.step).toMatchObject({ exitCode: 0, outcome: 'success', outputs: { status: 'succeeded' } })
    const [warning = '', ...others] = saidOf(story)
    expect(others).toEqual([])
    const begin = 'warning: The comment on the pull request is missing or not up to date. '
    expect(warning.slice(0, begin.length)).toBe(begin)
    const sentence = warning.slice(begin.length)
    if (typeof said === 'string') expect(sentence).toBe(said)
    else expect(sentence).toMatch(said)
    expect(story.step.annotationCounts).toEqual({ error: 0, warning: 1, notice: 0 })
    expect(story.step.summary).toContain('<p>comment-on-pr: The comment on the pull request is missing')
    // What went wrong is not sent again.
    expect(asked).toHaveLength(1)
    expect(story.step.commandErrors).toEqual([])
    expect(findLeaks(story.step, { token: github.token })).toEqual([])
  })
})

test('pages that never end are left after 15 s', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  const comment = { id: 1, body: 'Nice.', user: null }
  github.comments.set(number, Array(1_000_000).fill(comment))
  const story = await commented(listBackups, { cloud, github })
  expect(story.step.outcome).toBe('success')
  expect(saidOf(story)).toEqual([expect.stringContaining('no complete response within 15 s')])
})

test('a failed step stays failed, with its own error, when the comment fails too', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  github.fault = () => ({ kind: 'reset' })
  cloud.world.nextJob({ outcome: 'FAILED', reason: 'disk full' })
  const { step } = await commented(createBackup, { cloud, github })
  expect(step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(step.annotationCounts).toEqual({ error: 1, warning: 1, notice: 0 })
})

test('a comment that somebody deleted is added anew', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  await commented(listBackups, { cloud, github })
  github.comments.clear()
  await commented(listBackups, { cloud, github })
  expect(commentsOf(github)).toHaveLength(1)
})

test('without a token there is a warning', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  const story = await commented(listBackups, { cloud, github }, { inputs: { 'github-token': '' } })
  expect(story.step.outcome).toBe('success')
  expect(saidOf(story)).toEqual([
    'warning: The comment on the pull request is missing or not up to date. The input github-token is empty.',
  ])
  expect(github.requests).toEqual([])
})

test('an event that cannot be read is a warning', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  // A file, and no JSON.
  const story = await commented(
    listBackups,
    { cloud, github },
    { env: { GITHUB_EVENT_PATH: import.meta.filename } },
  )
  expect(story.step.outcome).toBe('success')
  expect(saidOf(story)).toEqual([expect.stringContaining('warning: ')])
})

test('a defect while it comments does not change how the step has ended', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  github.fault = () => ({ kind: 'hang' })
  const preload = `
    import Module from 'node:module'
    const load = Module._load
    const defect = () => { throw new Error('a defect') }
    Module._load = function (name, ...rest) {
      if (name.endsWith('octokit.cjs')) setTimeout(defect, 100)
      return load.call(this, name, ...rest)
    }`
  const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(preload)}` }
  const story = await commented(listBackups, { cloud, github }, { env })
  expect(story.step).toMatchObject({ exitCode: 0, outputs: { status: 'succeeded' } })
  expect(saidOf(story)).toEqual([])
  expect(story.step.log.join('\n')).not.toContain('is up to date')
})

describe('a cancelled step', () => {
  test('leaves the comment as it is', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    await using github = await startGitHub()
    const options = interruptAt(cloud, 'listBackups', { act: control => control.cancel() })
    const story = await commented(listBackups, { cloud, github }, options)
    expect(story.step).toMatchObject({ outcome: 'cancelled', outputs: { status: 'cancelled' } })
    expect(github.requests).toEqual([])
    expect(saidOf(story)).toEqual([])
  })

  test('sends nothing more to GitHub, and ends as it has ended', async () => {
    await using cloud = await startSimulator({ speed: 1 })
    await using github = await startGitHub()
    const onStart = (control: StepControl) => {
      github.fault = () => {
        control.cancel()
        return { kind: 'late', ms: 500 }
      }
    }
    const story = await commented(listBackups, { cloud, github }, { onStart })
    expect(story.step).toMatchObject({ exitCode: 0, outputs: { status: 'succeeded' } })
    expect(github.requests.map(({ method }) => method)).toEqual(['GET'])
  })
})

test('delete-cluster that failed leaves the comment of the restore alone', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  await commented(restoreCluster, { cloud, github }, { inputs: { wait: 'false' } })
  const [before] = structuredClone(commentsOf(github))
  const inputs = { 'target-cluster': 'pr-42', 'protected-clusters': 'pr-42' }
  const { step } = await commented(deleteCluster, { cloud, github }, { inputs })
  expect(step.outputs.status).toBe('failed')
  expect(commentsOf(github)).toHaveLength(2)
  expect(commentsOf(github)[0]).toEqual(before)
})

test('proxies are used, with an address that nothing but the proxy knows', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  await using github = await startGitHub()
  const host = 'github.invented.example'
  await using tls = await startTlsFront(github.port, host)
  await using proxy = await startForwardingProxy({ tlsPort: tls.port })
  const env = {
    GITHUB_API_URL: `https://${host}/api/v3`,
    https_proxy: proxy.url,
    NODE_EXTRA_CA_CERTS: tls.caFile,
  }
  const story = await commented(listBackups, { cloud, github }, { env })
  expect(saidOf(story)).toEqual([])
  expect(commentsOf(github)).toHaveLength(1)
  expect(proxy.tunnels.every(tunnel => tunnel === `${host}:443`)).toBe(true)
})
