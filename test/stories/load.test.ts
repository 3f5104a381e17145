/** The service takes so many requests a second for each endpoint, and says so. */
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { fillWithCollections } from '../harness/many.ts'
import { nodes } from '../harness/runner.ts'
import { restoreCollections, verify } from './steps.ts'
import { applied, sent } from './story.ts'
import { expectSucceeded, startWithData } from './verifying.ts'

const fields = [{ name: 'id', type: 'Int64', primaryKey: true }]

describe.each(nodes)('on Node %s', node => {
  test('of eight that read at the same time, one is told to stay away: none of them asks before that', async () => {
    await using cloud = await startWithData()
    fillWithCollections(cloud, 60, { fields })
    const seconds = 20
    const fault = { kind: 'gateway', status: 429, retryAfter: seconds } as const
    cloud.faults.inject({ operation: 'describeCollection', skip: 20, fault })
    const story = await verify(cloud, { collections: 'many.*' }, { node })
    expectSucceeded(story)
    const [refused, ...others] = story.dataRequests.filter(({ status }) => status === 429)
    expect(others).toEqual([])
    const until = (refused?.time ?? 0) + seconds * 1_000
    const later = story.dataRequests.filter(({ number }) => number > (refused?.number ?? 0))
    const meanwhile = later.filter(({ time }) => time < until - 500)
    // They were on their way already, or went out while the refusal was.
    expect(meanwhile.length).toBeLessThanOrEqual(16)
    expect(later.length).toBeGreaterThan(40)
  })

  test('many restores are begun and looked at without one refusal', async () => {
    await using cloud = await startSimulator({ requestsPerSecond: 20, jobSeconds: 1 })
    fillWithCollections(cloud, 45, { fields })
    const story = await restoreCollections(cloud, { collections: 'many.*' }, { node })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(applied(story, 'restoreCollection')).toHaveLength(45)
    expect(story.requests.filter(({ status }) => status === 429)).toEqual([])
    const looks = new Set(sent(story, 'describeJob').map(({ connection }) => connection))
    expect(looks.size).toBeLessThanOrEqual(4)
    const starts = new Set(sent(story, 'restoreCollection').map(({ connection }) => connection))
    expect(starts.size).toBe(45)
  })
})
