/** How entities are counted, and what a number is worth. */
import { describe, expect, test } from 'vitest'
import { nodes } from '../harness/runner.ts'
import { always, refusing } from './arrange.ts'
import { verify } from './steps.ts'
import { errorOf, sent } from './story.ts'
import { change, expectSucceeded, seen, shortcomings, startWithData, warningsOf } from './verifying.ts'

const aboutLeast =
  'The least number of these is compared with metadata, which may count deleted entities too: default.products. Only loaded collections are counted exactly, and only where that takes less than 30s.'

describe.each(nodes)('a count, on Node %s', node => {
  test('that takes longer than one exchange may: metadata, told as "about", once', async () => {
    await using cloud = await startWithData({ speed: 40 })
    change(cloud, 'default.products', { deleted: 500 })
    cloud.faults.inject({ operation: 'countEntities', ...always, fault: { kind: 'stall' } })
    const story = await verify(cloud, { collections: 'products >= 120000' }, { node })
    expectSucceeded(story)
    expect(sent(story, 'countEntities')).toHaveLength(1)
    expect(seen(story)).toMatchObject([{ entities: 120_500, exact: false, loadState: 'LoadStateLoaded' }])
    expect(warningsOf(story)).toEqual([aboutLeast])
    await expect(story.text).toMatchFileSnapshot('transcripts/verify-about.txt')
  })

  test('as text', async () => {
    await using cloud = await startWithData({ variants: { entityCount: 'text' } })
    const story = await verify(cloud, { collections: 'products >= 120000' }, { node })
    expectSucceeded(story)
    expect(seen(story)).toMatchObject([{ entities: 120_000, exact: true }])
  })
})

test('exactly: deleted entities do not count, as they do in metadata', async () => {
  await using cloud = await startWithData()
  change(cloud, 'default.products', { rows: 900, deleted: 100 })
  change(cloud, 'sales.items', { rows: 900, deleted: 100 })
  const collections = 'products >= 1000\nsales.items >= 1000'
  const story = await verify(cloud, { collections, 'collection-status': 'UNLOADED' })
  expect(shortcomings(story)).toEqual(['default.products: has too few entities: 900, asked for 1,000.'])
  expect(seen(story)).toMatchObject([
    { entities: 900, exact: true },
    { entities: 1_000, exact: false },
  ])
  expect(warningsOf(story)).toEqual([expect.stringContaining('deleted entities too: sales.items.')])
})

test('a least number that metadata cannot reach either falls short, and the warning stays', async () => {
  await using cloud = await startWithData()
  const story = await verify(cloud, {
    collections: 'sales.items >= 4000001',
    'collection-status': 'UNLOADED',
  })
  expect(shortcomings(story)).toEqual([
    'sales.items: has too few entities: about 4,000,000, asked for 4,000,001.',
  ])
  expect(warningsOf(story)).toHaveLength(1)
})

test.each([103, 106])('code %i says that it is not ready: it is asked again', async code => {
  await using cloud = await startWithData()
  cloud.faults.inject({ operation: 'countEntities', times: 2, fault: refusing(code) })
  const story = await verify(cloud, { collections: 'products' })
  expectSucceeded(story)
  expect(sent(story, 'countEntities')).toHaveLength(3)
  expect(story.step.log.join('\n')).toContain(
    `the cluster is not ready for it. ("Not now", HTTP 200, code ${code}`,
  )
})

test('a refused count ends the step, with what else falls short', async () => {
  await using cloud = await startWithData()
  cloud.faults.inject({ operation: 'countEntities', fault: refusing(65535) })
  const story = await verify(cloud, { collections: 'gone\nproducts' })
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(errorOf(story).split('\n')).toEqual([
    'Could not count the entities of collection "default.products": the cluster refused.',
    'default.gone: is not there.',
    expect.stringMatching(
      /^The message gives the reason\. \("Not now", HTTP 200, code 65535, request id \S+\)$/,
    ),
  ])
})
