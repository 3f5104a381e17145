/** The output `collections`, kept up to date, and what the input of that name refuses. */
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { fillWithCollections } from '../harness/many.ts'
import { cancel, interruptAt, refusing } from './arrange.ts'
import { restoreCollections } from './steps.ts'
import { changesSent, errorOf, type StoryResult, sent } from './story.ts'

interface Entry {
  database: string
  collection: string
  targetDatabase: string
  targetCollection: string
  jobId?: string
  status: string
}

/** A line for each entry, and whether it has a job. */
function shown({ step }: StoryResult): string[] {
  const entries: Entry[] = JSON.parse(step.outputs.collections ?? 'null')
  expect(step.receipt).toMatchObject({ collections: entries })
  return entries.map(
    ({ database, collection, targetDatabase, targetCollection, jobId, status }) =>
      `${database}.${collection} -> ${targetDatabase}.${targetCollection} ${status}${jobId ? ' with a job' : ''}`,
  )
}

const three = { collections: 'medium_articles, products -> goods, sales.orders -> copy.orders' }
const lines = (...states: string[]) =>
  [
    'default.medium_articles -> default.medium_articles',
    'default.products -> default.goods',
    'sales.orders -> copy.orders',
  ].map((line, index) => `${line} ${states[index]}`)

describe('the output collections', () => {
  test('says started where nothing is waited for', async () => {
    await using cloud = await startSimulator()
    const story = await restoreCollections(cloud, { ...three, wait: 'false' })
    const started = 'started with a job'
    expect(shown(story)).toEqual(lines(started, started, started))
  })

  test('says what failed and what succeeded', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    cloud.world.nextJob({ type: 'RESTORE' })
    cloud.world.nextJob({ type: 'RESTORE', outcome: 'FAILED', reason: 'disk full' })
    const story = await restoreCollections(cloud, three)
    expect(shown(story)).toEqual(lines('succeeded with a job', 'failed with a job', 'succeeded with a job'))
  })

  test('says what was refused', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    cloud.faults.inject({ operation: 'restoreCollection', skip: 1, fault: refusing(96038) })
    const story = await restoreCollections(cloud, three)
    expect(shown(story)).toEqual(lines('succeeded with a job', 'refused', 'succeeded with a job'))
  })

  test.each([
    ['lost', { kind: 'reset' }],
    ['a 5xx with an envelope', { kind: 'envelope', status: 504, code: 96038 }],
    ['a word as code', { kind: 'envelope', status: 200, code: 'Busy' }],
  ] as const)('says unknown where the response was %s, and what was not started', async (_, fault) => {
    await using cloud = await startSimulator({ speed: 60 })
    cloud.faults.inject({ operation: 'restoreCollection', skip: 1, applied: true, fault })
    const story = await restoreCollections(cloud, three)
    expect(story.step.outputs.status).toBe('failed')
    expect(shown(story)).toEqual(lines('succeeded with a job', 'unknown', 'not-started'))
    expect(sent(story, 'restoreCollection')).toHaveLength(2)
    expect(errorOf(story)).toContain('may have started anyway')
  })

  test('says what ran when the step was cancelled', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 0 })
    for (let others = 0; others < 2; others++) cloud.world.nextJob({ durationSeconds: 1e6 })
    const cancelled = interruptAt(cloud, 'describeJob', { act: cancel, skip: 3 })
    const story = await restoreCollections(cloud, three, cancelled)
    expect(story.step.outputs.status).toBe('cancelled')
    expect(shown(story)).toEqual(lines('succeeded with a job', 'started with a job', 'started with a job'))
  })

  test('says unknown of the one whose start was in flight when the step was cancelled', async () => {
    await using cloud = await startSimulator({ speed: 10 })
    const cancelled = interruptAt(cloud, 'restoreCollection', { act: cancel, skip: 1, applied: true })
    const story = await restoreCollections(cloud, three, cancelled)
    expect(story.step.outputs.status).toBe('cancelled')
    expect(shown(story)).toEqual(lines('started with a job', 'unknown', 'not-started'))
    expect(sent(story, 'restoreCollection')).toHaveLength(2)
    expect(story.step.log.join('\n')).toContain('may have started')
  })

  test('of very many is whole at the end', async () => {
    await using cloud = await startSimulator({ speed: 60, jobSeconds: 5 })
    // Published after each third change, and there are 410.
    fillWithCollections(cloud, 205)
    const story = await restoreCollections(cloud, { collections: 'many.*' })
    expect(story.step.outputs.status).toBe('succeeded')
    const states = shown(story).map(line => line.replace(/^\S+ -> \S+ /, ''))
    expect(states).toEqual(Array(205).fill('succeeded with a job'))
  })

  test('is empty for the one request without a list', async () => {
    await using cloud = await startSimulator({ speed: 60, variants: { backupCollections: 'none' } })
    const story = await restoreCollections(cloud, { collections: '*' })
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', collections: '[]' })
  })
})

describe('the input collections', () => {
  test('may have commas, since the text box of a dispatched workflow has one line', async () => {
    await using cloud = await startSimulator()
    const collections = '# all, of it\nproducts, sales.orders -> copy, # not, these\n,sales.items'
    const story = await restoreCollections(cloud, { collections, wait: 'false' })
    expect(shown(story).map(line => line.split(' ')[2])).toEqual([
      'default.products',
      'sales.copy',
      'sales.items',
    ])
  })

  test.each([
    ['my-orders', 'has "-"; a name is ASCII letters, digits, _ and $. Other names can be given as JSON'],
    ['\u043erders', 'has U+043E'],
    ['sales.orders -> 1st', 'begins with "1"'],
    ['sales.orders -> copy.orders-2', 'has "-"'],
    ['sales orders', 'has blank'],
    ['"orders"', 'has """'],
    ['orders\u200b', 'has U+200B'],
    ['[{"dbName":"sales","collections":[]}]', 'entry 1'],
    [
      '[{"dbName":"sales","collections":[{"collectionName":"orders"}]},{"dbName":"hr","collections":[]}]',
      'entry 2',
    ],
  ])('%j is a problem before any request', async (collections, problem) => {
    await using cloud = await startSimulator()
    const story = await restoreCollections(cloud, { collections })
    expect(errorOf(story)).toMatch(/^collections: /)
    expect(errorOf(story)).toContain(problem)
    expect(story.requests).toEqual([])
  })
})

test('a target that the list shows under another name than its description gets nothing', async () => {
  await using cloud = await startSimulator()
  cloud.world.cluster('staging').listed = { clusterName: 'old' }
  const story = await restoreCollections(cloud, { collections: '*', 'target-cluster': 'old' })
  expect(errorOf(story)).toContain('was chosen by the name "old", but its name is "staging"')
  const guarded = await restoreCollections(cloud, {
    collections: '*',
    'target-cluster': 'old',
    'protected-clusters': 'Staging',
  })
  expect(errorOf(guarded)).toContain('is one of protected-clusters: nothing is restored into it.')
  expect([...changesSent(story), ...changesSent(guarded)]).toEqual([])
})

test('a target that a list shows in the asked project, and its description in another, gets nothing', async () => {
  await using cloud = await startSimulator({ variants: { clusterProjectFilter: false } })
  const other = cloud.world.addProject()
  cloud.world.cluster('staging').listed = { projectId: undefined }
  const story = await restoreCollections(cloud, {
    collections: '*',
    'target-project-id': other.projectId,
  })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toContain(
    `was chosen in project ${other.projectId}, but it is in project ${cloud.projectId}`,
  )
  expect(changesSent(story)).toEqual([])
})

test('a dry run refuses a target of a plan without backups', async () => {
  await using cloud = await startSimulator()
  cloud.world.addCluster({ clusterName: 'free', plan: 'Serverless' })
  const story = await restoreCollections(cloud, {
    collections: '*',
    'target-cluster': 'free',
    'dry-run': 'true',
  })
  expect(errorOf(story)).toContain('is of plan "Serverless" and cannot be restored into')
})
