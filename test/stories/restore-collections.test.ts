import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { cancel, interruptAt, settlesAt } from './arrange.ts'
import { firstSeenInProgress, transcriptOf } from './restores.ts'
import { restoreCollections } from './steps.ts'
import { applied, changesSent, errorOf, logLines, offeredStep, sent } from './story.ts'

describe.each(nodes)('restore-collections on Node %s', node => {
  test('each collection is a request of its own, and all jobs are awaited', async () => {
    await using cloud = await startSimulator({ speed: 20, jobSeconds: 0 })
    firstSeenInProgress(cloud, 2)
    const lines = 'medium_articles\n# a comment\n\nsales.orders -> staging.orders_copy'
    const story = await restoreCollections(cloud, { collections: lines }, { node })
    expect(story.step.outcome).toBe('success')
    expect(cloud.world.collections('staging')).toEqual([
      'default.smoke_test LOADED',
      'default.medium_articles LOADED',
      'staging.orders_copy LOADED',
    ])
    await expect(transcriptOf(story)).toMatchFileSnapshot('transcripts/restore-collections.txt')
  })

  test('one of three fails: the others are awaited, and each is reported', async () => {
    await using cloud = await startSimulator({ speed: 20, jobSeconds: 0 })
    firstSeenInProgress(cloud, 3)
    cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 0 })
    cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 0, outcome: 'FAILED', reason: 'disk full' })
    const story = await restoreCollections(
      cloud,
      { collections: 'medium_articles\nproducts\nsales.orders' },
      { node },
    )
    expect(story.step.outputs.status).toBe('failed')
    expect(JSON.parse(story.step.outputs.jobIds ?? '')).toHaveLength(3)
    expect(cloud.world.collections('staging')).toContain('sales.orders LOADED')
    await expect(transcriptOf(story)).toMatchFileSnapshot('transcripts/restore-collections-one-fails.txt')
  })
})

test('nothing is waited for between the starts', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const story = await restoreCollections(cloud, { collections: 'sales.*' })
  const operations = story.requests.map(({ operationId }) => operationId)
  const first = operations.indexOf('restoreCollection')
  expect(operations.slice(first, first + 3)).toEqual([
    'restoreCollection',
    'restoreCollection',
    'describeJob',
  ])
})

test('one of three is refused: the others go on, and the refusal is reported', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const story = await restoreCollections(cloud, {
    collections: 'medium_articles\nproducts -> smoke_test\nsales.orders',
  })
  expect(story.step.outputs.status).toBe('failed')
  expect(JSON.parse(story.step.outputs.jobIds ?? '')).toHaveLength(2)
  const { clusterId } = cloud.world.cluster('staging')
  const requestId = sent(story, 'restoreCollection')[1]?.requestId
  expect(errorOf(story).split('\n')).toEqual([
    '2 of 3 collections are restored into staging: default.medium_articles, sales.orders. Failed:',
    `default.products as default.smoke_test: the service refused. Cluster ${clusterId} is RUNNING. ("Failed to restore collection backup. Collection already exists: default.smoke_test", HTTP 200, code 96039, request id ${requestId})`,
    'The message gives the reason. A cluster must be running, and no other backup or restore may be in its way. Run the step again with the failed collections alone.',
  ])
  expect(cloud.world.collections('staging')).toEqual(
    expect.arrayContaining(['default.medium_articles LOADED', 'sales.orders LOADED']),
  )
})

test('a lost response to the second: nothing more is started, and the first is awaited', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const fault = { kind: 'reset' } as const
  cloud.faults.inject({ operation: 'restoreCollection', skip: 1, applied: true, fault })
  const story = await restoreCollections(cloud, { collections: 'medium_articles\nproducts\nsales.orders' })
  const { jobId, jobIds } = story.step.outputs
  expect(story.step.outputs.status).toBe('failed')
  expect(jobIds).toBe(JSON.stringify([jobId]))
  expect(logLines(story)).toContain(`Restore of default.medium_articles has started: job ${jobId}.`)
  expect(logLines(story)).toContainEqual(expect.stringMatching(/^\d+s {2}SUCCESSFUL$/))
  const maybe = 'the connection broke. It may have started anyway. (read ECONNRESET)'
  expect(logLines(story)).toContain(`Restore of default.products: ${maybe}`)
  const { clusterId } = cloud.world.cluster('staging')
  expect(errorOf(story).split('\n')).toEqual([
    '1 of 3 collections is restored into staging: default.medium_articles. Failed:',
    `default.products: ${maybe}`,
    `Not started: sales.orders. Look at cluster ${clusterId} first, then run the step again with the collections that are missing there.`,
  ])
  expect(sent(story, 'restoreCollection')).toHaveLength(2)
})

test('throttling of a start is waited out', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'restoreCollection', skip: 1, fault: { kind: 'gateway', status: 429 } })
  const story = await restoreCollections(cloud, { collections: 'sales.*' })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(sent(story, 'restoreCollection')).toHaveLength(3)
  expect(applied(story, 'restoreCollection')).toHaveLength(2)
})

test('a target that each restore blocks is waited for before the next', async () => {
  await using cloud = await startSimulator({
    speed: 60,
    jobSeconds: 20,
    variants: { restoreCollectionBlocks: true },
  })
  const story = await restoreCollections(cloud, { collections: 'sales.*' })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(story.step.log.join('\n')).toContain('is RESTORE_BACKUP and refuses this for now')
  expect(applied(story, 'restoreCollection')).toHaveLength(2)
})

test('a target that is being resized is waited for', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  settlesAt(cloud, 'staging', { status: 'RESIZING', operation: 'describeCluster', skip: 1 })
  const story = await restoreCollections(cloud, { collections: 'products' })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(sent(story, 'restoreCollection')).toHaveLength(2)
})

test('a target that is suspended is a refusal with its state', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = Object.assign(cloud.world.cluster('staging'), { status: 'SUSPENDED' })
  const story = await restoreCollections(cloud, { collections: 'products' })
  expect(story.step.outputs).toMatchObject({ status: 'failed', clusterId })
  expect(errorOf(story)).toMatch(
    new RegExp(
      `^Could not restore into staging:\\ndefault\\.products: the service refused\\. Cluster ${clusterId} is SUSPENDED\\. \\(.*code 40003.*\\)\\nNothing was started\\. The state or the name .* does not allow this: look in the console. Run the step again\\.$`,
    ),
  )
})

test('a name that several clusters have needs the id or the project', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const other = cloud.world.addProject()
  const twin = cloud.world.addCluster({ clusterName: 'staging', projectId: other.projectId })
  const ambiguous = await restoreCollections(cloud, { collections: 'products' })
  expect(errorOf(ambiguous)).toContain('several clusters have the name "staging"')
  expect(errorOf(ambiguous)).toContain(`${twin.clusterId} in project ${other.projectId}, RUNNING`)
  expect(changesSent(ambiguous)).toEqual([])
  const narrowed = await restoreCollections(cloud, {
    collections: 'products',
    'target-project-id': other.projectId,
  })
  expect(narrowed.step.outputs).toMatchObject({ status: 'succeeded', clusterId: twin.clusterId })
})

test('a target that does not exist is named', async () => {
  await using cloud = await startSimulator()
  const story = await restoreCollections(cloud, { collections: 'products', 'target-cluster': 'stagin' })
  expect(errorOf(story)).toContain('There is no cluster with the id or name "stagin"')
})

test.each(['id', 'name'])('nothing is restored into a protected cluster, given by its %s', async by => {
  await using cloud = await startSimulator()
  const { clusterId, clusterName } = cloud.world.cluster('staging')
  const story = await restoreCollections(cloud, {
    collections: 'products', // Asked for by the other of the two.
    'target-cluster': by === 'id' ? clusterName : clusterId,
    'protected-clusters': `production, ${by === 'id' ? clusterId : clusterName}`,
  })
  expect(errorOf(story)).toContain(`Cluster ${clusterId} is one of protected-clusters`)
  expect(changesSent(story)).toEqual([])
})

test('without waiting all jobs are published and none is read', async () => {
  await using cloud = await startSimulator()
  const story = await restoreCollections(cloud, { collections: '*', wait: 'false' })
  const jobIds = cloud.world.jobs.map(({ jobId }) => jobId)
  expect(story.step.outputs).toMatchObject({
    status: 'started',
    jobId: jobIds[0],
    jobIds: JSON.stringify(jobIds),
  })
  expect(sent(story, 'describeJob')).toEqual([])
  expect(story.step.log.join('\n')).toContain(`job-id: ${jobIds.join(', ')}`)
})

test('a timeout names the jobs that still run, and the lines that resume', async () => {
  await using cloud = await startSimulator({ speed: 15 })
  cloud.world.nextJob({ type: 'RESTORE', durationSeconds: Number.POSITIVE_INFINITY })
  cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 0 })
  const story = await restoreCollections(cloud, { collections: 'sales.*', timeout: '30s' })
  const [endless, done] = JSON.parse(story.step.outputs.jobIds ?? '')
  expect(story.step.outputs.status).toBe('timed-out')
  expect(errorOf(story)).toContain(`job ${endless} (sales.orders) is`)
  expect(errorOf(story)).not.toContain(done)
  expect(errorOf(story)).toContain('Do not run this step again as it is')
  expect(story.step.summary).toContain(offeredStep(cloud, 'wait', [`job-id: ${endless}`]))
})

test('a cancelled wait names all that still runs, and the lines that resume', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  const cancelled = interruptAt(cloud, 'describeJob', { act: cancel })
  const story = await restoreCollections(cloud, { collections: 'sales.*' }, cancelled)
  const jobIds = cloud.world.jobs.map(({ jobId }) => jobId)
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs).toMatchObject({ status: 'cancelled', jobIds: JSON.stringify(jobIds) })
  expect(story.step.receipt).toMatchObject({ status: 'cancelled', jobIds })
  expect(story.step.summary).toContain(offeredStep(cloud, 'wait', [`job-id: ${jobIds.join(', ')}`]))
})
