/** A cluster of a thousand collections. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { fillWithCollections } from '../harness/many.ts'
import { createJobFolder, nodes } from '../harness/runner.ts'
import { cancel, interruptAt } from './arrange.ts'
import { verify } from './steps.ts'
import { annotationsOf, errorOf, logLines, type StoryOptions, type StoryResult, sent } from './story.ts'
import { change, expectSucceeded, lose, seen, startWithData, warningsOf } from './verifying.ts'

const count = 1_000

/** So many fields that the pictures are more than an output may hold. */
const fields = Array.from({ length: 20 }, (_, index) => ({
  name: `attribute_with_a_long_name_${index}`,
  type: index === 0 ? 'Int64' : 'VarChar',
  primaryKey: index === 0,
}))

async function startWithMany(length = count): Promise<Simulator> {
  const cloud = await startWithData()
  fillWithCollections(cloud, length, { fields })
  return cloud
}

const all = { collections: 'many.*' }

/** Against the receipt that a step would have left before. */
async function compared(cloud: Simulator, options: StoryOptions = {}): Promise<StoryResult> {
  await using jobFolder = await createJobFolder()
  const verifiedCollections = Array.from({ length: count }, (_, index) => ({
    database: 'many',
    collection: `part_${index}`,
    loadState: 'LoadStateLoaded',
    entities: index,
    exact: true,
    fields: fields.map(({ name, type, primaryKey }) => `${name} ${type}${primaryKey ? ' primary' : ''}`),
    aliases: [],
  }))
  const receipt = { status: 'succeeded', clusterId: cloud.clusterId, verifiedCollections }
  writeFileSync(join(jobFolder.workspace, 'before.json'), JSON.stringify(receipt))
  return await verify(cloud, { baseline: 'before.json' }, { jobFolder, ...options })
}

describe.each(nodes)('on Node %s', node => {
  test('all of them are looked at, eight at a time, and the receipt keeps the whole picture', async () => {
    await using cloud = await startWithMany()
    change(cloud, 'many.part_999', { rows: 998 })
    lose(cloud, 'many.part_500')
    const story = await compared(cloud, { node })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story).split('\n')).toEqual([
      'Cluster production does not hold what it should: 2 of 1000 collections fall short.',
      'many.part_500: is not there.',
      'many.part_999: has too few entities: 998, before 999.',
      'Do not use the cluster as it is. The job summary shows each collection.',
    ])
    expect(Math.max(...story.dataRequests.map(({ openAtOnce }) => openAtOnce))).toBeLessThanOrEqual(8)
    expect(sent(story, 'describeCollection')).toHaveLength(count)
    const { verifiedCollections = '' } = story.step.outputs
    expect(Buffer.byteLength(verifiedCollections)).toBeLessThanOrEqual(400_000)
    expect(seen(story).length).toBeLessThan(count - 1)
    expect(story.step.receipt).toMatchObject({ verifiedCollections: { length: count - 1 } })
    expect(warningsOf(story)).toEqual([
      expect.stringMatching(/^Output verifiedCollections holds the first \d+ of 999 entries/),
    ])
    // The first twenty are logged; of the page the first rows are those that fall short.
    expect(logLines(story)).toContain('And 980 more.')
    const rows = [...story.step.summary.matchAll(/<tr><td><code>many\.(part_\d+)</g)].map(([, name]) => name)
    expect(rows.slice(0, 3)).toEqual(['part_500', 'part_999', 'part_0'])
  })
})

test('that are all gone: the annotation, the page and the log stay readable', async () => {
  await using cloud = await startWithMany()
  lose(cloud, 'many')
  const story = await compared(cloud)
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toMatch(/^Cluster production .*: 1000 of 1000 collections fall short\.\n/)
  expect(errorOf(story).length).toBeLessThanOrEqual(4_096)
  const { summary, receipt } = story.step
  expect(summary.match(/<blockquote>/g)).toHaveLength(21)
  expect(summary).toContain('<blockquote>And 980 more.</blockquote>')
  expect((receipt as { error: string }).error.split('\n')).toHaveLength(count + 2)
  expect(
    logLines(story).filter(line => /^many\.part_\d+: is not there, nor is its database$/.test(line)),
  ).toHaveLength(20)
})

test('a step that is cancelled in the middle keeps what it has seen, and judges nothing by it', async () => {
  await using cloud = await startWithMany()
  lose(cloud, 'many.part_0')
  const how = interruptAt(cloud, 'describeCollection', { act: cancel, skip: 100 })
  const story = await compared(cloud, { ...how, keepFaults: true })
  expect(story.step).toMatchObject({ outcome: 'cancelled', outputs: { status: 'cancelled' } })
  expect(sent(story, 'describeCollection').length).toBeLessThan(120)
  expect(seen(story).length).toBeGreaterThan(80)
  expect(annotationsOf(story, 'error')).toMatch(/^The step was cancelled\./)
  expect(annotationsOf(story, 'error')).not.toContain('many.part_0')
})

test('a long look says once a minute that it lives', async () => {
  await using cloud = await startWithMany(200)
  cloud.faults.inject({ operation: 'countEntities', times: 200, fault: { kind: 'late', ms: 200 } })
  const story = await verify(cloud, all)
  expectSucceeded(story)
  expect(logLines(story).join('\n')).toMatch(/^\d[\dms ]* {2}\d+ of 200 collections looked at$/m)
})
