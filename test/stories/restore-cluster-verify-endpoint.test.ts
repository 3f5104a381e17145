/** `verify: true` on a restore into a new cluster: its endpoint may answer late, or never, and takes a token of its own. */
import { describe, expect, test } from 'vitest'
import type { EndpointPlan, Simulator } from '../../simulator/index.ts'
import { expectShort, seen, startForVerify, verifiedRestore } from './restores.ts'
import { password } from './steps.ts'
import type { StoryResult } from './story.ts'

describe('the endpoint', () => {
  const forEver = { refusesForSeconds: Number.POSITIVE_INFINITY }

  test.each<[string, EndpointPlan]>([
    ['a closed port', { refusal: 'port-closed' }],
    ['a gateway', {}],
    ['a web page', { refusal: { kind: 'html' } }],
    ['a token that it has yet to learn', { refusal: { kind: 'envelope', status: 200, code: 1800 } }],
    ['the same from a gateway', { refusal: { kind: 'gateway', status: 403 } }],
  ])('that refuses for a while after RUNNING is waited for: %s', async (_, plan) => {
    await using cloud = await startForVerify({ speed: 30 })
    cloud.world.endpoint('pr-42', { refusesForSeconds: 20, ...plan })
    const story = await verifiedRestore(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(seen(story)).toHaveLength(5)
    expect(story.step.annotations).toEqual([])
    expect(story.step.log.join('\n')).toMatch(/could not list the databases of the cluster/i)
  })

  test.each<[string, EndpointPlan, RegExp]>([
    [
      'is closed',
      { refusal: 'port-closed' },
      /no connection to 127\.0\.0\.1:\d+, so the cluster was not reached/,
    ],
    ['never answers', { refusal: { kind: 'gateway', status: 503 } }, /HTTP 503/],
  ])('that %s: the time-out says that it is not usable', async (_, plan, words) => {
    await using cloud = await startForVerify({ speed: 30 })
    cloud.world.endpoint('pr-42', { ...forEver, ...plan })
    const story = await verifiedRestore(cloud, { timeout: '40s' })
    const error = expectShort(cloud, story, 'timed-out')
    expect(error).toMatch(/^Timed out after 40s: the endpoint of cluster \S+ is not usable yet\./)
    expect(error).toMatch(words)
    expect(story.step.outputs).not.toHaveProperty('verifiedCollections')
  })

  test('that does not accept the token for three minutes ends the step', async () => {
    await using cloud = await startForVerify({ speed: 120 })
    cloud.world.endpoint('pr-42', { ...forEver, refusal: { kind: 'envelope', status: 200, code: 1800 } })
    const story = await verifiedRestore(cloud, { timeout: '30m' })
    expect(expectShort(cloud, story)).toMatch(
      /its endpoint has not accepted the token for 3m\. The token is db_admin and the password of the restore\./,
    )
  })
})

describe('the token', () => {
  const withoutPassword = { kind: 'without-ids', ids: ['password'] } as const
  const lost = (cloud: Simulator) =>
    cloud.faults.inject({ operation: 'restoreCluster', fault: withoutPassword })
  const authorizations = ({ dataRequests }: StoryResult) => [
    ...new Set(dataRequests.map(({ headers }) => headers.authorization)),
  ]

  test('is the user of the response and its password, whatever data-token says', async () => {
    await using cloud = await startForVerify()
    cloud.world.endpoint('pr-42', { acceptsApiKey: false })
    const story = await verifiedRestore(cloud, { 'data-token': 'other:password-of-other' })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(authorizations(story)).toEqual([`Bearer db_admin:${password}`])
  })

  test('is data-token where the response has no password', async () => {
    await using cloud = await startForVerify()
    cloud.world.endpoint('pr-42', { acceptsApiKey: false })
    lost(cloud)
    // Whatever the next restored cluster accepts.
    const story = await verifiedRestore(cloud, { 'data-token': `db_admin:${password}` })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(story.step.outputs).not.toHaveProperty('password')
    expect(authorizations(story)).toEqual([`Bearer db_admin:${password}`])
  })

  test('else the key', async () => {
    await using cloud = await startForVerify()
    lost(cloud)
    const story = await verifiedRestore(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(authorizations(story)).toEqual([`Bearer ${cloud.apiKey}`])
  })

  test.each(['first-half\nsecond-half', 'pÄss😀wörd漢字'])(
    'is not a password that no header can hold: %j',
    async odd => {
      await using cloud = await startForVerify()
      cloud.world.nextPassword = odd
      const story = await verifiedRestore(cloud)
      expect(story.step.outputs).toMatchObject({ status: 'succeeded', password: odd })
      expect(authorizations(story)).toEqual([`Bearer ${cloud.apiKey}`])
    },
  )
})
