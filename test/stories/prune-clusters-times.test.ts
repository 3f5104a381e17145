/** What the times of a cluster and of its pull request say: in doubt it stays. */
import { describe, expect, test } from 'vitest'
import type { ClusterDraft } from '../../simulator/index.ts'
import { addPull, type Pull } from '../harness/github.ts'
import {
  addCluster,
  addOwned,
  annotated,
  type Both,
  expectAllKept,
  expectDropped,
  fates,
  openBoth,
  pruneClusters,
} from './sweeps.ts'

const name = 'shop-pr-7'

/** It stays for that reason, which a notice says. */
async function expectNoticed(both: Both, reason: string): Promise<void> {
  const story = await pruneClusters(both)
  expectAllKept(both, story)
  const { clusterId } = both.cloud.world.cluster(name)
  expect(fates(story)).toEqual({ [name]: `stays: ${reason}` })
  expect(annotated(story, 'notice')).toEqual([`Kept:\n"${name}" (${clusterId}): ${reason}`])
}

const older = 'it seems to be older than its pull request'
const later = 'it was created more than 6h after its pull request was closed'

describe('a cluster of a pull request that was opened ten hours ago and closed nine hours ago', () => {
  test.each<[hours: number, kept: string | undefined]>([
    [10.01, older],
    [9.99, undefined],
    [7, undefined],
    [3.01, undefined],
    [2.99, later],
    [2, later],
  ])('made %d hours ago', async (hours, kept) => {
    await using both = await openBoth()
    addPull(both.github, 7, { state: 'closed', opened: 10, closed: 9 })
    const cluster = addCluster(both.cloud, name, hours)
    if (kept === undefined) expectDropped(both, await pruneClusters(both), [cluster])
    else await expectNoticed(both, kept)
  })
})

describe('the two clocks', () => {
  const skews = [
    { service: 600, github: 0 },
    { service: -600, github: 0 },
    { service: 0, github: 900 },
    { service: 600, github: -900 },
  ]

  test.each(skews)('are allowed for where they are off by %o seconds', async ({ service, github: ahead }) => {
    await using both = await openBoth({ variants: { clockSkewSeconds: service } })
    const { cloud, github } = both
    github.now = () => cloud.world.now() + ahead * 1_000
    // Each by three minutes: less than the clocks are off.
    addPull(github, 7, { state: 'closed', opened: 10, closed: 9 })
    addPull(github, 8, { state: 'closed', opened: 10, closed: 9 })
    addPull(github, 9, { state: 'closed', opened: 10, closed: 9 })
    const dropped = [addCluster(cloud, 'shop-pr-7', 9.95), addCluster(cloud, 'shop-pr-07', 3.05)]
    addCluster(cloud, 'shop-pr-8', 10.05)
    addCluster(cloud, 'shop-pr-9', 2.95)
    const story = await pruneClusters(both)
    expectDropped(both, story, dropped)
    expect(fates(story)).toMatchObject({ 'shop-pr-8': `stays: ${older}`, 'shop-pr-9': `stays: ${later}` })
  })

  test.each(['service', 'GitHub'])(
    'are in doubt by five minutes where the %s shows no time of its own',
    async who => {
      const serverDate = who === 'service' ? 'missing' : 'world'
      await using both = await openBoth({ variants: { serverDate } })
      const { cloud, github } = both
      for (const number of [7, 8]) addPull(github, number, { state: 'closed', opened: 10, closed: 9 })
      if (who === 'GitHub') github.now = () => Number.NaN
      addCluster(cloud, 'shop-pr-7', 9.95)
      const dropped = addCluster(cloud, 'shop-pr-8', 9.85)
      expectDropped(both, await pruneClusters(both), [dropped])
    },
  )
})

describe('without a readable time', () => {
  test.each<[string, ClusterDraft]>([
    ['none', { shown: { createTime: undefined } }],
    ['no date', { shown: { createTime: 'yesterday' } }],
    ['one in the future', { shown: { createTime: '2099-01-01T00:00:00Z' } }],
    [
      'none in its description',
      { shown: { createTime: undefined }, listed: { createTime: '2001-01-01T00:00:00Z' } },
    ],
  ])('of the cluster (%s) it stays', async (_, draft) => {
    await using both = await openBoth()
    addPull(both.github, 7, { state: 'closed' })
    addCluster(both.cloud, name, 24, draft)
    const reason = draft.listed === undefined ? 'the service shows no time of its creation' : older
    await expectNoticed(both, reason)
  })

  test.each<Partial<Pull>>([{ created_at: null }, { created_at: 'yesterday' }, { closed_at: null }])(
    'of the pull request (%o) it stays',
    async change => {
      await using both = await openBoth()
      Object.assign(addPull(both.github, 7, { state: 'closed' }), change)
      addCluster(both.cloud, name)
      await expectNoticed(both, 'GitHub shows no times of its pull request')
    },
  )

  test('in the list alone its description has it', async () => {
    await using both = await openBoth({ variants: { listOmits: ['createTime'] } })
    expectDropped(both, await pruneClusters(both), [])
    const cluster = addOwned(both, 7)
    expectDropped(both, await pruneClusters(both), [cluster])
  })
})

test('older-than keeps what is younger, whatever its pull request', async () => {
  await using both = await openBoth()
  const old = addOwned(both, 7, { hours: 25 })
  addOwned(both, 8, { hours: 23 })
  const story = await pruneClusters(both, { 'older-than': '1d' })
  expectDropped(both, story, [old])
  expect(fates(story)).toEqual({ 'shop-pr-7': 'dropped', 'shop-pr-8': 'stays: it is not older than 1d' })
})
