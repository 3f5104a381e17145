/** What changes between the look and the drop: a cluster is dropped by what was just read, and by nothing older. */
import { describe, expect, test } from 'vitest'
import type { Cluster } from '../../simulator/index.ts'
import { addPull, type GitHubFault } from '../harness/github.ts'
import { atFirst, settlesAt } from './arrange.ts'
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
  isGone,
  openBoth,
  pruneClusters,
} from './sweeps.ts'

/** The older of two clusters is in change, and its drop refused, for longer than an answer of GitHub is taken for new. */
async function withSlowFirst(
  act: (both: Both) => void,
): Promise<Both & { first: Cluster } & AsyncDisposable> {
  const both = await openBoth({ speed: 60 })
  const first = addOwned(both, 7, { hours: 40 })
  addOwned(both, 8, { hours: 30 })
  first.status = 'MODIFYING'
  atFirst(both.cloud, 'dropCluster', () => {
    act(both)
    setTimeout(() => Object.assign(first, { status: 'RUNNING' }), 2_000)
  })
  return { ...both, first }
}

describe('when more than a minute has gone by since GitHub was asked', () => {
  test('one that was opened again meanwhile stays, and the others are dropped', async () => {
    await using both = await withSlowFirst(({ github }) => addPull(github, 8, { state: 'open' }))
    const story = await pruneClusters(both)
    expect(story.step.outputs.status).toBe('succeeded')
    expectDropped(both, story, [both.first])
    expect(fates(story)).toEqual({ 'shop-pr-7': 'dropped', 'shop-pr-8': 'stays: its pull request is open' })
    expect(asked(both.github).slice(2)).toEqual([7, 8])
    const { clusterId } = both.cloud.world.cluster('shop-pr-8')
    expect(sent(story, 'dropCluster').some(({ path }) => path.includes(clusterId))).toBe(false)
  })

  test('so does one whose drop was refused until then', async () => {
    await using both = await withSlowFirst(({ github }) => addPull(github, 7, { state: 'open' }))
    const story = await pruneClusters(both)
    expect(story.step.outputs.status).toBe('succeeded')
    expectDropped(both, story, [both.cloud.world.cluster('shop-pr-8')])
    expect(sent(story, 'dropCluster').map(({ code }) => code)).toEqual([40003, 0])
  })

  test.each<[string, GitHubFault]>([
    ['refuses', { kind: 'status', status: 403, message: 'Resource not accessible by integration' }],
    ['fails for ever', { kind: 'status', status: 500, message: 'Oops' }],
    ['answers with a redirect', { kind: 'redirect', to: 'http://127.0.0.1:9/' }],
  ])('and GitHub %s, nothing more is dropped, and what was is shown', async (_, fault) => {
    await using both = await withSlowFirst(({ github }) => {
      github.fault = ({ path }) => (path.endsWith('/8') ? fault : undefined)
    })
    const { first, cloud } = both
    const story = await pruneClusters(both)
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expectDropped(both, story, [first])
    expect(errorOf(story)).toMatch(/^Could not read pull request 8 from GitHub: /)
    expect(errorOf(story)).toContain(`\n1 of 2 clusters are dropped (${first.clusterId}).\n`)
    expect(fates(story)).toEqual({
      'shop-pr-7': 'dropped',
      'shop-pr-8': 'not reached: the step ended before',
    })
    expect(isGone(cloud.world.cluster('shop-pr-8'))).toBe(false)
  })

  test('one that is not found any more stays, with a notice', async () => {
    await using both = await withSlowFirst(({ github }) => github.pulls.delete(8))
    const story = await pruneClusters(both)
    expectDropped(both, story, [both.first])
    expect(annotated(story, 'notice')).toEqual([expect.stringContaining('its pull request was not found')])
  })
})

test('a description that takes longer than a minute is followed by another question', async () => {
  await using both = await openBoth({ speed: 60 })
  const { cloud, github } = both
  const cluster = addOwned(both, 7)
  cloud.faults.inject({ operation: 'describeCluster', times: 3, fault: { kind: 'stall' } })
  atFirst(cloud, 'describeCluster', () => addPull(github, 7, { state: 'open' }))
  const story = await pruneClusters(both)
  expectAllKept(both, story)
  expect(asked(github)).toEqual([7, 7])
  expect(fates(story)).toEqual({ [cluster.clusterName]: 'stays: its pull request is open' })
})

test('within a minute GitHub is not asked again', async () => {
  await using both = await openBoth({ speed: 2 })
  const clusters = [1, 2, 3].map(number => addOwned(both, number))
  expectDropped(both, await pruneClusters(both), clusters)
  expect(asked(both.github).sort()).toEqual([1, 2, 3])
})

describe('by the description right before its drop', () => {
  test.each<[string, change: (cluster: Cluster, both: Both) => void, words: RegExp]>([
    [
      'renamed',
      cluster => {
        cluster.clusterName = 'production-2'
      },
      /was chosen by the name "shop-pr-7", but its name is "production-2": it is not dropped\./,
    ],
    [
      'without a name',
      cluster => {
        cluster.shown = { clusterName: undefined }
      },
      /was chosen by the name "shop-pr-7", but its name is not shown: it is not dropped\./,
    ],
    [
      'in another project',
      cluster => {
        cluster.shown = { projectId: 'proj-elsewhere' }
      },
      /was chosen in project \S+, but it is in project proj-elsewhere: it is not dropped\./,
    ],
    [
      'in a project that is not shown',
      cluster => {
        cluster.shown = { projectId: undefined }
      },
      /was chosen in project \S+, but it is in a project that is not shown: it is not dropped\./,
    ],
  ])('%s it is not dropped, which is an error, and the others are', async (_, change, words) => {
    await using both = await openBoth()
    const changed = addOwned(both, 7, { hours: 30 })
    const other = addOwned(both, 8, { hours: 20 })
    atFirst(both.cloud, 'describeCluster', () => change(changed, both))
    const story = await pruneClusters(both)
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expectDropped(both, story, [other])
    expect(errorOf(story)).toMatch(
      new RegExp(
        `^1 of 2 clusters could not be dropped\\. Dropped: 1 \\(${other.clusterId}\\)\\.\\nCluster ${changed.clusterId} \\(RUNNING\\) ${words.source}`,
      ),
    )
    expect(Object.values(fates(story))).toEqual(['could not be dropped', 'dropped'])
  })

  test('protected by its new name it is not dropped', async () => {
    await using both = await openBoth()
    const cluster = addOwned(both, 7)
    atFirst(both.cloud, 'describeCluster', () => {
      cluster.clusterName = 'production-2'
    })
    const story = await pruneClusters(both, { 'protected-clusters': 'PRODUCTION-2' })
    expectNothingSent(both, story)
    expect(errorOf(story)).toContain('is one of protected-clusters: it is not dropped.')
  })

  const now = () => new Date().toISOString()
  test.each<[string, shown: Record<string, unknown>, reason: string]>([
    ['younger than older-than', { createTime: now() }, 'it is not older than 7d'],
    ['without a time', { createTime: undefined }, 'the service shows no time of its creation'],
  ])('%s it stays', async (_, shown, reason) => {
    await using both = await openBoth()
    addCluster(both.cloud, 'throw-away-a', 10 * 24, { shown, listed: { createTime: '2026-01-01T00:00:00Z' } })
    const story = await pruneClusters(both, { 'name-pattern': 'throw-away-*', 'older-than': '7d' })
    expectAllKept(both, story)
    expect(fates(story)).toEqual({ 'throw-away-a': `stays: ${reason}` })
  })

  test.each(['DELETING', 'DELETED'])('%s it is gone without this step', async status => {
    await using both = await openBoth()
    const gone = addOwned(both, 7, { hours: 30 })
    const other = addOwned(both, 8)
    atFirst(both.cloud, 'describeCluster', () => {
      gone.status = status
    })
    const story = await pruneClusters(both)
    expect(story.step.outputs).toMatchObject({
      status: 'succeeded',
      deletedClusterIds: JSON.stringify([other.clusterId]),
    })
    expect(fates(story)).toEqual({ 'shop-pr-7': 'gone without this step', 'shop-pr-8': 'dropped' })
    expect(sent(story, 'dropCluster')).toHaveLength(1)
  })
})

test('a cluster in change is dropped once it has settled', async () => {
  await using both = await openBoth({ speed: 60 })
  const cluster = addOwned(both, 7)
  // Described right before the drop, and after the refusal.
  settlesAt(both.cloud, 'shop-pr-7', { status: 'RESTORE_BACKUP', operation: 'describeCluster', skip: 2 })
  expectDropped(both, await pruneClusters(both), [cluster])
})
