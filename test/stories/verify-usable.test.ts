/** RUNNING does not say that the endpoint answers: what is waited out, for how long, and what ends the step at once. */
import { describe, expect, test } from 'vitest'
import type {
  DataRequestRecord,
  EndpointPlan,
  Fault,
  RequestRecord,
  Simulator,
} from '../../simulator/index.ts'
import { startTlsFront } from '../harness/proxy.ts'
import { type NodeVersion, nodes } from '../harness/runner.ts'
import { always, atFirst, refusing, unreachable, withFields } from './arrange.ts'
import { verify } from './steps.ts'
import { errorOf, logLines, type StoryResult, sent } from './story.ts'
import { expectSucceeded, startWithData } from './verifying.ts'

/** Half a minute for one exchange is a third of a second: what takes longer is waited out here. */
const start = () => startWithData({ speed: 100 })

/** World seconds between the first and the last request for which that holds. */
function secondsOf(story: StoryResult, of: (request: DataRequestRecord) => boolean): number {
  const times = story.dataRequests.filter(of).map(({ time }) => time)
  return ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000
}

const refused = ({ code, status }: DataRequestRecord) => code === 1800 || status === 401 || status === 403

const refusals: [string, NonNullable<EndpointPlan['refusal']>, RegExp][] = [
  ['401', { kind: 'gateway', status: 401 }, /something other than the cluster responded .*HTTP 401/],
  ['403', { kind: 'gateway', status: 403 }, /something other than the cluster responded .*HTTP 403/],
  ['code 1800', refusing(1800) as EndpointPlan['refusal'] & object, /^\w+ {2}Token refused: .*code 1800/m],
  ['503', { kind: 'gateway', status: 503 }, /the cluster or its gateway failed.*HTTP 503/],
  ['429', { kind: 'gateway', status: 429 }, /the cluster asks for fewer requests.*HTTP 429/],
  ['code 1', refusing(1) as EndpointPlan['refusal'] & object, /the cluster is not ready for it.*code 1,/],
  ['code 2', refusing(2) as EndpointPlan['refusal'] & object, /the cluster is not ready for it.*code 2,/],
  ['a reset', { kind: 'reset' }, /Could not list the databases of the cluster: /],
  ['nothing', { kind: 'stall' }, /no complete response within 30 s/],
]

/** How often a wait polls, and says again what it said, depends on the machine. */
function withoutProgress(text: string): string {
  const lines = text.split('\n').filter(line => !/^<duration> {2}(Token|Could)|^ {4}\(more/.test(line))
  return lines.join('\n').replace(/<uuid-\d+>/g, '<uuid>')
}

/** From when the step looks for the address, however long it takes to start. */
function refusesFromNow(cloud: Simulator, plan: EndpointPlan): void {
  atFirst(cloud, 'describeCluster', () => cloud.world.endpoint('production', plan))
}

async function expectWaitedFor(
  cloud: Simulator,
  { refusal, words }: { refusal: NonNullable<EndpointPlan['refusal']>; words: RegExp },
  node?: NodeVersion,
): Promise<void> {
  refusesFromNow(cloud, { refusesForSeconds: 120, refusal })
  const story = await verify(cloud, {}, node && { node })
  expectSucceeded(story)
  expect(story.step.log.join('\n')).toMatch(words)
  // The wait asks again, and not each of its questions by itself.
  expect(story.step.log.join('\n')).not.toContain('Trying again')
  expect(logLines(story)).toContain(`The endpoint of cluster ${cloud.clusterId} answers.`)
}

describe.each(nodes)('on Node %s', node => {
  test('an endpoint whose port is closed for two minutes is waited for', async () => {
    await using cloud = await start()
    const words = /no connection to 127\.0\.0\.1:\d+, so the cluster was not reached/
    await expectWaitedFor(cloud, { refusal: 'port-closed', words }, node)
  })

  test('a name that is not resolved yet is waited for', async () => {
    await using cloud = await start()
    const options = unreachable('unresolved', { method: 'POST', path: 'databases/list', times: 6 })
    const story = await verify(cloud, {}, { node, ...options })
    expectSucceeded(story)
    expect(story.step.log.join('\n')).toMatch(/no DNS answer for 127\.0\.0\.1:\d+, so the cluster was not/)
    expect(story.dataRequests).toHaveLength(1)
  })

  test('a token that is refused for three minutes fails the step', async () => {
    await using cloud = await start()
    cloud.world.endpoint('production', { acceptsApiKey: false })
    const story = await verify(cloud, {}, { node })
    expectTokenRefused(story)
    await expect(withoutProgress(story.text)).toMatchFileSnapshot('transcripts/verify-token-refused.txt')
  })
})

test('a cluster that is being made, or has no address yet, is waited for first', async () => {
  await using cloud = await start()
  const operation = 'describeCluster'
  cloud.faults.inject({ operation, times: 2, fault: withFields({ status: 'CREATING' }) })
  cloud.faults.inject({ operation, times: 2, fault: withFields({ connectAddress: '' }) })
  const story = await verify(cloud)
  expectSucceeded(story)
  expect(logLines(story).join('\n')).toMatch(/CREATING(.|\n)*RUNNING, without an address yet(.|\n)*answers\./)
  expect(story.dataRequests).toHaveLength(1)
})

test.each(refusals)('%s for two minutes is waited for', async (_, refusal, words) => {
  await using cloud = await start()
  await expectWaitedFor(cloud, { refusal, words })
})

function expectTokenRefused(story: StoryResult): void {
  const { clusterId } = story.step.outputs
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  const error = errorOf(story)
  expect(error).toContain(
    `Cluster ${clusterId} is RUNNING, but its endpoint has not accepted the token for 3m. The token is the API key. `,
  )
  expect(error).toContain(
    'data-token takes what the cluster accepts: an API key with privileges on this cluster (one that is limited to certain clusters may have none on a new one), or user:password.',
  )
  expect(secondsOf(story, refused)).toBeGreaterThanOrEqual(178)
  expect(secondsOf(story, refused)).toBeLessThan(300)
}

test.each([401, 403])('a token that is answered with %i for three minutes fails the step', async status => {
  await using cloud = await start()
  cloud.world.endpoint('production', { acceptsApiKey: false, rejection: { kind: 'gateway', status } })
  expectTokenRefused(await verify(cloud))
})

test('the three minutes begin with the first refusal, and whatever comes between does not end them', async () => {
  await using cloud = await start()
  cloud.world.endpoint('production', { acceptsApiKey: false })
  let number = 0
  const between = { kind: 'gateway', status: 503 } as const
  const when = () => ++number % 2 === 0
  cloud.faults.inject({ operation: 'listDatabases', ...always, when, fault: between })
  const story = await verify(cloud)
  expectTokenRefused(story)
  expect(story.dataRequests.map(({ status }) => status)).toContain(503)
})

test('faults before the first refusal do not count', async () => {
  await using cloud = await start()
  cloud.world.endpoint('production', { acceptsApiKey: false })
  let first: number | undefined
  const when = ({ time }: RequestRecord) => {
    first ??= time
    return time - first < 100_000
  }
  const fault = { kind: 'gateway', status: 503 } as const
  cloud.faults.inject({ operation: 'listDatabases', ...always, when, fault })
  const story = await verify(cloud)
  expectTokenRefused(story)
  expect(secondsOf(story, () => true)).toBeGreaterThan(270)
})

test('a token that the cluster learns late is waited for', async () => {
  await using cloud = await start()
  cloud.world.endpoint('production', { acceptsApiKey: false })
  const production = cloud.world.cluster('production')
  const act = () => {
    production.tokens = [cloud.apiKey]
  }
  cloud.faults.inject({ operation: 'listDatabases', skip: 4, fault: { kind: 'meanwhile', act } })
  expectSucceeded(await verify(cloud))
})

const check =
  'Check whether the network of this runner reaches the cluster: its allow list, a private link or a firewall may keep a runner out.'

test.each<[string, Fault, (at: string) => string]>([
  [
    '404',
    { kind: 'gateway', status: 404 },
    at => `something other than the cluster responded at ${at}. ${check} (`,
  ],
  [
    'a redirect',
    { kind: 'redirect', status: 307 },
    at =>
      `something other than the cluster responded at ${at}. Redirects are not followed, since the token is for the cluster alone: check what stands between this runner and the cluster. (`,
  ],
  [
    'another code',
    refusing(1100),
    () => 'the cluster refused. The message gives the reason. ("Not now", HTTP 200, code 1100',
  ],
  ['a code with 404', refusing(100, 404), () => 'the cluster refused. The message gives the reason. ('],
])('%s ends the step at once', async (_, fault, words) => {
  await using cloud = await start()
  cloud.faults.inject({ operation: 'listDatabases', ...always, fault })
  const story = await verify(cloud, {}, { keepFaults: true })
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  const address = await cloud.connectAddress('production')
  expect(errorOf(story)).toContain(`Could not list the databases of the cluster: ${words(address)}`)
  expect(sent(story, 'listDatabases')).toHaveLength(1)
  expect(cloud.elsewhere).toEqual([])
})

const reasons =
  /^The endpoint has not responded for 3m\. Usual reasons: .*allow list.*private link.*self-hosted runner.*blocks 127\.0\.0\.1:\d+\.$/

describe('nothing but the network fails', () => {
  test('for three minutes: the usual reasons are said, once', async () => {
    await using cloud = await start()
    cloud.world.endpoint('production', {
      refusesForSeconds: Number.POSITIVE_INFINITY,
      refusal: 'port-closed',
    })
    const story = await verify(cloud, { timeout: '8m' })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
    expect(logLines(story).filter(line => reasons.test(line))).toHaveLength(1)
    expect(errorOf(story)).toMatch(
      new RegExp(
        `^Timed out after 8m: the endpoint of cluster ${cloud.clusterId} is not usable yet\\.\\nCould not list the databases of the cluster: no connection to 127\\.0\\.0\\.1:\\d+, so the cluster was not reached\\.\\nCheck whether the network .* \\(.*\\)$`,
      ),
    )
    await expect(withoutProgress(story.text)).toMatchFileSnapshot('transcripts/verify-not-reached.txt')
  })

  test('but for one response in between: they are not said', async () => {
    await using cloud = await start()
    const refuse = { refusesForSeconds: 150, refusal: 'port-closed' } as const
    refusesFromNow(cloud, refuse)
    const again = () => cloud.world.endpoint('production', refuse)
    // The port is closed again as soon as it has responded once.
    const when = () => {
      setImmediate(again)
      return true
    }
    cloud.faults.inject({ operation: 'listDatabases', when, fault: { kind: 'gateway', status: 503 } })
    const story = await verify(cloud)
    expectSucceeded(story)
    expect(story.dataRequests.map(({ status }) => status)).toEqual([503, 200])
    expect(logLines(story).filter(line => line.includes('Usual reasons'))).toEqual([])
  })
})

describe('TLS', () => {
  /** The endpoint is `localhost` behind a certificate of its own. */
  async function behindTls(cloud: Simulator) {
    const port = Number(new URL(await cloud.connectAddress('production')).port)
    const front = await startTlsFront(port, 'localhost')
    const connectAddress = `https://localhost:${front.port}`
    cloud.faults.inject({ operation: 'describeCluster', ...always, fault: withFields({ connectAddress }) })
    return front
  }

  test('a certificate that is not trusted is waited out, and the sentence names NODE_EXTRA_CA_CERTS', async () => {
    await using cloud = await start()
    await using front = await behindTls(cloud)
    const story = await verify(cloud, { timeout: '4m' })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
    expect(errorOf(story)).toMatch(
      new RegExp(
        `the certificate of localhost:${front.port} is not trusted, so the cluster was not reached\\.\\nWhere a proxy or a private certificate authority signs, set NODE_EXTRA_CA_CERTS to its certificate\\. \\(`,
      ),
    )
    expect(story.dataRequests).toEqual([])
    expect(logLines(story).filter(line => line.includes('Usual reasons'))).toEqual([])
  })

  test('with that variable it is trusted', async () => {
    await using cloud = await start()
    await using front = await behindTls(cloud)
    const story = await verify(
      cloud,
      { collections: 'products' },
      { env: { NODE_EXTRA_CA_CERTS: front.caFile } },
    )
    expectSucceeded(story)
    expect(sent(story, 'countEntities')).toHaveLength(1)
  })
})
