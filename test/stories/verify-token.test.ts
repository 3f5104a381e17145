/** What the endpoint is sent, where the token goes, and that nobody reads it. */
import { describe, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { startTlsFront } from '../harness/proxy.ts'
import { nodes } from '../harness/runner.ts'
import { always, refusing, withFields } from './arrange.ts'
import { verify } from './steps.ts'
import { errorOf, sent } from './story.ts'
import { change, expectSucceeded, startWithData } from './verifying.ts'

const token = 'reader:p&ss"word%1'
const word = 'p&ss"word%1'

describe.each(nodes)('data-token on Node %s', node => {
  test('user:password goes to the endpoint alone; it is masked, and so is the password by itself', async () => {
    await using cloud = await startWithData()
    cloud.world.endpoint('production', { acceptsApiKey: false })
    cloud.world.cluster('production').tokens = [token]
    const inputs = { collections: 'products', 'data-token': token }
    // The runner of this story does not know it as a secret, so that it is the action that masks it.
    const story = await verify(cloud, inputs, { node, secrets: [cloud.apiKey], passwords: [word] })
    expectSucceeded(story)
    expect(story.step.masks.map(({ value }) => value)).toEqual(expect.arrayContaining([token, word]))
    const sentTokens = story.dataRequests.map(({ headers }) => headers.authorization)
    expect(new Set(sentTokens)).toEqual(new Set([`Bearer ${token}`]))
    expect(JSON.stringify(story.requests.map(({ headers }) => headers))).not.toContain('reader')
    await expect(story.text).toMatchFileSnapshot('transcripts/verify-data-token.txt')
  })

  test('a message that repeats it: neither it nor its password is shown', async () => {
    await using cloud = await startWithData()
    cloud.world.cluster('production').tokens = [token]
    const message = `no privilege for ${token}, password ${word}, with ${cloud.apiKey}`
    const fault = { kind: 'envelope', status: 200, code: 1100, message } as const
    cloud.faults.inject({ operation: 'describeCollection', fault })
    const inputs = { collections: 'products', 'data-token': token }
    const story = await verify(cloud, inputs, {
      node,
      secrets: [cloud.apiKey],
      passwords: [word],
      debug: true,
    })
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain('"no privilege for ***, password ***, with ***"')
  })
})

test('an API key of its own goes to the endpoint, and the key of the step does not', async () => {
  await using cloud = await startWithData()
  cloud.world.endpoint('production', { acceptsApiKey: false })
  cloud.world.cluster('production').tokens = ['key-of-the-cluster']
  const story = await verify(cloud, { 'data-token': 'key-of-the-cluster' })
  expectSucceeded(story)
  expect(JSON.stringify(story.dataRequests.map(({ headers }) => headers))).not.toContain(cloud.apiKey)
})

test('a wrong one is said to be that of data-token', async () => {
  await using cloud = await startWithData({ speed: 100 })
  const story = await verify(cloud, { 'data-token': 'reader:not-the-word' })
  expect(errorOf(story)).toContain('has not accepted the token for 3m. The token is data-token. ')
})

test('each cluster gets its own token, and only the cluster that is asked for gets one', async () => {
  await using cloud = await startWithData()
  cloud.world.endpoint('staging', { acceptsApiKey: false })
  cloud.world.cluster('staging').tokens = ['reader:of-staging']
  const own = await verify(cloud, { 'target-cluster': 'staging', 'data-token': 'reader:of-staging' })
  const other = await verify(cloud, { collections: 'products' })
  for (const story of [own, other]) {
    expectSucceeded(story)
    const { clusterId } = story.step.outputs
    expect(new Set(story.dataRequests.map(request => request.clusterId))).toEqual(new Set([clusterId]))
  }
  expect(JSON.stringify(other.dataRequests)).not.toContain('of-staging')
})

test('a redirect of a later read is not followed either', async () => {
  await using cloud = await startWithData()
  const fault = { kind: 'redirect', status: 307 } as const
  cloud.faults.inject({ operation: 'describeCollection', fault })
  const story = await verify(cloud, { collections: 'products' })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toContain('Redirects are not followed, since the token is for the cluster alone')
  expect(cloud.elsewhere).toEqual([])
})

describe('the address that the service shows', () => {
  const shows = (cloud: Simulator, connectAddress: string) =>
    cloud.faults.inject({ operation: 'describeCluster', ...always, fault: withFields({ connectAddress }) })

  test.each([
    'http://cluster.example',
    'http://cluster.example:19530',
    'ftp://cluster.example',
    'https://',
    'https://somebody@cluster.example',
    'https://user:s3cret@cluster.example',
    'https://cluster.example/v2',
    'https://cluster.example?to=elsewhere',
    'https://cluster.example#elsewhere',
    'javascript://cluster.example',
    'not an address',
    'http://127.0.0.1.example',
  ])('%s is refused, and gets no token', async connectAddress => {
    await using cloud = await startWithData()
    shows(cloud, connectAddress)
    const story = await verify(cloud)
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story)).toBe(
      `The service shows "${connectAddress}" as the endpoint of the cluster, which is not a plain https address: the token is not sent there. Compare it with the endpoint that the console shows.`,
    )
    expect(story.dataRequests).toEqual([])
  })

  test.each(['', 'https://'])('%slocalhost and a port: https', async scheme => {
    await using cloud = await startWithData()
    const port = Number(new URL(await cloud.connectAddress('production')).port)
    await using front = await startTlsFront(port, 'localhost')
    shows(cloud, `${scheme}localhost:${front.port}`)
    expectSucceeded(await verify(cloud, {}, { env: { NODE_EXTRA_CA_CERTS: front.caFile } }))
  })

  test('without a proxy that can be used, where one is set: the token is not sent around it', async () => {
    await using cloud = await startWithData()
    shows(cloud, 'https://cluster.example:19530')
    const story = await verify(cloud, {}, { env: { https_proxy: 'socks5://proxy.example', no_proxy: '' } })
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toMatch(
      /^The endpoint cluster\.example:19530 is reached through a proxy, and the environment variable https_proxy is not /,
    )
  })
})

describe('requests', () => {
  test('no more than eight are open at once', async () => {
    await using cloud = await startWithData()
    const orders = cloud.world.collection('production', 'sales.orders')
    const copies = Array.from({ length: 40 }, (_, index) => ({ ...orders, name: `copy_${index}` }))
    cloud.world.cluster('production').databases[1]?.collections.push(...copies)
    for (const operation of ['describeCollection', 'countEntities'] as const) {
      cloud.faults.inject({ operation, times: 41, fault: { kind: 'late', ms: 20 } })
    }
    const inputs = { collections: 'sales.*', 'collection-status': 'UNLOADED' }
    const story = await verify(cloud, inputs, { keepFaults: true })
    expectSucceeded(story)
    expect(Math.max(...story.dataRequests.map(({ openAtOnce }) => openAtOnce))).toBe(8)
  })

  test('change nothing: the aliases are only read', async () => {
    await using cloud = await startWithData()
    change(cloud, 'default.products', { aliases: ['live'] })
    const story = await verify(cloud, { collections: '*', 'collection-status': 'UNLOADED' })
    expectSucceeded(story)
    expect(sent(story, 'alterAlias')).toEqual([])
    expect(story.requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  test('faults of reads are waited out for two minutes, and no longer', async () => {
    await using cloud = await startWithData({ speed: 60 })
    cloud.faults.inject({ operation: 'describeCollection', ...always, fault: refusing(8) })
    const story = await verify(cloud, { collections: 'products' })
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toMatch(
      /^Could not describe collection "default\.products": the cluster is not ready for it\..*code 8.*tried \d+ times in/s,
    )
  })
})
