import { describe, expect, test } from 'vitest'
import { addPull } from '../harness/github.ts'
import { nodes } from '../harness/runner.ts'
import {
  addCluster,
  addOwned,
  annotated,
  asked,
  expectAllKept,
  expectDropped,
  fates,
  openBoth,
  pruneClusters,
} from './sweeps.ts'

describe.each(nodes)('prune-clusters on Node %s', node => {
  test('clusters of closed and merged pull requests are dropped, the others stay', async () => {
    await using both = await openBoth()
    const { cloud, github } = both
    const merged = addOwned(both, 7, { state: 'merged', hours: 30 })
    const closed = addOwned(both, 8, { hours: 20 })
    addOwned(both, 9, { state: 'open', hours: 10 })
    addCluster(cloud, 'shop-pr-12')
    addCluster(cloud, 'shop-pr-12-copy')
    const story = await pruneClusters(both, { 'protected-clusters': 'production' }, { node })
    expect(story.step.outputs.status).toBe('succeeded')
    expectDropped(both, story, [merged, closed])
    expect(asked(github).sort()).toEqual([12, 7, 8, 9])
    await expect(story.text).toMatchFileSnapshot('transcripts/prune-clusters.txt')
  })
})

const anyName = { 'name-pattern': 'throw-away-*', 'older-than': '7d' }

test('with * old clusters are dropped, and GitHub is asked nothing', async () => {
  await using both = await openBoth()
  const { cloud, github } = both
  const old = addCluster(cloud, 'throw-away-a', 8 * 24)
  addCluster(cloud, 'throw-away-b', 6 * 24)
  addCluster(cloud, 'throw-away-', 9 * 24)
  addCluster(cloud, 'not-throw-away-c', 9 * 24)
  const story = await pruneClusters(both, { ...anyName, 'github-token': '' })
  expect(story.step.outputs.status).toBe('succeeded')
  expectDropped(both, story, [old])
  expect(github.requests).toEqual([])
  expect(fates(story)).toEqual({
    'throw-away-a': 'dropped',
    'throw-away-b': 'stays: it is not older than 7d',
  })
})

test.each([{}, anyName])('a sweep that finds nothing has done its work: %o', async inputs => {
  await using both = await openBoth()
  const story = await pruneClusters(both, inputs)
  expectAllKept(both, story)
  expect(both.github.requests).toEqual([])
  expect(story.step.annotations).toEqual([])
  expect(story.step.summary).toContain('<h2>✅ Nothing to drop: no cluster like ')
})

test('a dry run drops nothing, and its table shows what would be dropped', async () => {
  await using both = await openBoth()
  const { clusterId } = addOwned(both, 7)
  addOwned(both, 8, { state: 'open' })
  const story = await pruneClusters(both, { 'dry-run': 'true' })
  expect(story.step.outputs).toMatchObject({
    status: 'planned',
    deletedClusterIds: '[]',
    plan: JSON.stringify([{ method: 'DELETE', path: `/v2/clusters/${clusterId}/drop` }]),
  })
  expectDropped(both, story, [])
  expect(fates(story)).toEqual({
    'shop-pr-7': 'would be dropped',
    'shop-pr-8': 'stays: its pull request is open',
  })
})

test('shop-pr-007 is pull request 7, which is asked about once', async () => {
  await using both = await openBoth()
  const both7 = [addOwned(both, 7), addCluster(both.cloud, 'shop-pr-007')]
  const story = await pruneClusters(both)
  expectDropped(both, story, both7)
  expect(asked(both.github)).toEqual([7])
})

test('only whole names match, and their case matters', async () => {
  await using both = await openBoth()
  const { cloud, github } = both
  const owned = addOwned(both, 7)
  const others = ['a-shop-pr-7', 'shop-pr-7-db', 'shop-pr-', 'shop-pr-7a', 'shop-pr-12345678901', 'Shop-PR-7']
  for (const name of others) addCluster(cloud, name)
  const story = await pruneClusters(both)
  expectDropped(both, story, [owned])
  expect(asked(github)).toEqual([7])
  expect(annotated(story, 'notice')).toEqual([
    'name-pattern: kept, since these names differ from "shop-pr-{pr}" by case: "Shop-PR-7".',
  ])
})

test('where all there is differs by case, it is an error that shows the names', async () => {
  await using both = await openBoth()
  addPull(both.github, 7, { state: 'closed' })
  addCluster(both.cloud, 'Shop-PR-7')
  const { step } = await pruneClusters(both)
  expect(step.outputs).toMatchObject({ status: 'failed', deletedClusterIds: '[]' })
  expect(step.annotations.map(({ message }) => message)).toEqual([
    'name-pattern: no name of a cluster matches "shop-pr-{pr}", but some differ by case alone: "Shop-PR-7". Nothing was started.',
  ])
})

describe('clusters that are not asked about', () => {
  test('are those of other projects, whatever the service filters by', async () => {
    await using both = await openBoth({ variants: { clusterProjectFilter: false } })
    const other = both.cloud.world.addProject()
    addOwned(both, 8, { state: 'open' })
    addPull(both.github, 7, { state: 'closed' })
    addCluster(both.cloud, 'shop-pr-7', 24, { projectId: other.projectId })
    expectAllKept(both, await pruneClusters(both))
    expect(asked(both.github)).toEqual([8])
  })

  test.each(['DELETING', 'DELETED'])('are those that are %s', async status => {
    await using both = await openBoth({ variants: { droppedCluster: 'DELETED' } })
    Object.assign(addOwned(both, 7), { status })
    const story = await pruneClusters(both)
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', deletedClusterIds: '[]' })
    expect(both.github.requests).toEqual([])
  })
})

test('every page of the list is read', async () => {
  await using both = await openBoth({ variants: { pageCap: 50, listOrder: 'newest-first' } })
  const owned = addOwned(both, 7, { hours: 40 })
  for (let number = 0; number < 60; number++) addCluster(both.cloud, `other-${number}`, 1)
  expectDropped(both, await pruneClusters(both), [owned])
})

test.each(['name', 'id'] as const)('a cluster that is protected by its %s in any case stays', async by => {
  await using both = await openBoth()
  const dropped = addOwned(both, 7)
  const { clusterId, clusterName } = addOwned(both, 8)
  const entry = (by === 'id' ? clusterId : clusterName).toUpperCase()
  const story = await pruneClusters(both, { 'protected-clusters': `${entry}, staging` })
  expect(story.step.outputs.status).toBe('succeeded')
  expectDropped(both, story, [dropped])
  expect(fates(story)).toEqual({
    'shop-pr-7': 'dropped',
    'shop-pr-8': 'stays: it is one of protected-clusters',
  })
})

test('the name of a project is an error, and not "nothing to drop"', async () => {
  await using both = await openBoth()
  const story = await pruneClusters(both, { 'target-project-id': 'Sandbox' })
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.annotations[0]?.message).toContain('"Sandbox" is the name of a project')
})

test.each<[Record<string, string>, problem: string]>([
  [{ 'github-token': '' }, 'github-token: with {pr} in name-pattern expected a token'],
  [
    { 'name-pattern': 'shop-pr-{PR}' },
    'name-pattern: expected a name with exactly one {pr} or exactly one *',
  ],
  [
    { 'name-pattern': 'shop-pr-*' },
    'older-than: with * in name-pattern expected a duration such as 7d; it is any',
  ],
  [{ 'name-pattern': '-{pr}' }, 'name-pattern: expected at least 3 other characters around {pr}'],
  [{ 'older-than': '' }, 'older-than: it is empty, which must not be taken for any.'],
  [{ dry_run: 'true' }, 'dry_run: no such input; did you mean dry-run?'],
])('with %o nothing is asked of anybody', async (inputs, problem) => {
  await using both = await openBoth()
  addOwned(both, 7)
  const { step, requests } = await pruneClusters(both, inputs)
  expect(step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(step.annotations.map(({ message }) => message).join()).toContain(problem)
  expect([...requests, ...both.github.requests]).toEqual([])
})
