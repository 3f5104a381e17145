import { describe, expect, test } from 'vitest'
import { type ClusterDraft, type Simulator, startSimulator } from '../../simulator/index.ts'
import { cancel, interruptAt, respondAnd } from './arrange.ts'
import { password, restoreCluster } from './steps.ts'
import { changesSent, errorOf, type StoryResult, sent } from './story.ts'

/** A cluster that has the name already, of yesterday. */
function addExisting(cloud: Simulator, draft: ClusterDraft = {}) {
  const createdAt = cloud.world.now() - 86_400_000
  return cloud.world.addCluster({ clusterName: 'pr-42', projectId: cloud.projectId, createdAt, ...draft })
}

function expectNothingChanged(cloud: Simulator, story: StoryResult) {
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(changesSent(story)).toEqual([])
  expect(cloud.world.clusters.filter(({ status }) => status !== 'RUNNING')).toEqual([])
}

const modes = ['fail', 'reuse', 'replace'] as const
const taking = ['reuse', 'replace'] as const

describe.each(taking)('%s never takes the source cluster', ifExists => {
  const inputs = { 'if-exists': ifExists, 'target-cluster': 'production' }

  test('by its name', async () => {
    await using cloud = await startSimulator()
    const story = await restoreCluster(cloud, inputs)
    expectNothingChanged(cloud, story)
    expect(errorOf(story)).toMatch(
      /It is the source cluster, which is never (reused|replaced)\. Nothing was started\. Choose another target-cluster\.$/,
    )
  })

  test('where ids are compared without case: the right id is shown', async () => {
    await using cloud = await startSimulator({ variants: { idMatch: 'ignore-case' } })
    const story = await restoreCluster(cloud, { ...inputs, 'cluster-id': cloud.clusterId.toUpperCase() })
    expectNothingChanged(cloud, story)
    expect(errorOf(story)).toMatch(/^cluster-id: .*by case alone/)
    expect(errorOf(story)).toContain(cloud.clusterId)
  })

  test('where a backup is found under any cluster: the description decides', async () => {
    await using cloud = await startSimulator({ variants: { backupLookup: 'any-cluster' } })
    const { clusterId } = cloud.world.cluster('staging')
    const story = await restoreCluster(cloud, { ...inputs, 'cluster-id': clusterId })
    expectNothingChanged(cloud, story)
    expect(errorOf(story)).toContain(`belongs to cluster ${cloud.clusterId}, not to cluster ${clusterId}`)
  })
})

describe.each(taking)('%s never takes a protected cluster', ifExists => {
  test('by its id, whatever the case', async () => {
    await using cloud = await startSimulator()
    const { clusterId } = addExisting(cloud)
    const protectedClusters = `["other", "${clusterId.toUpperCase()}"]`
    const inputs = { 'if-exists': ifExists, 'protected-clusters': protectedClusters }
    const story = await restoreCluster(cloud, inputs)
    expectNothingChanged(cloud, story)
    expect(errorOf(story)).toMatch(
      /It is one of protected-clusters, which is never (reused|replaced)\. Nothing was started\. Choose another target-cluster\.$/,
    )
  })

  test('whose name cannot be read, with names among the protected', async () => {
    await using cloud = await startSimulator()
    addExisting(cloud, { shown: { clusterName: undefined }, listed: { clusterName: 'pr-42' } })
    const story = await restoreCluster(cloud, { 'if-exists': ifExists, 'protected-clusters': 'production' })
    expectNothingChanged(cloud, story)
  })

  test('by the name that its description has, not the list', async () => {
    await using cloud = await startSimulator()
    addExisting(cloud, { clusterName: 'Prod', listed: { clusterName: 'pr-42' } })
    const story = await restoreCluster(cloud, { 'if-exists': ifExists, 'protected-clusters': 'prod' })
    expectNothingChanged(cloud, story)
  })
})

test('the new name in another case among the protected is a problem that quotes it', async () => {
  await using cloud = await startSimulator()
  const inputs = { 'protected-clusters': 'other\nPR-42', 'delete-after-job': 'true' }
  const story = await restoreCluster(cloud, inputs)
  expect(errorOf(story)).toBe(
    'protected-clusters: has "PR-42", the name of the new cluster, which delete-after-job may drop\nNothing was started.',
  )
  expect(story.requests).toEqual([])
})

test('protected entries that the key cannot see are named in one notice', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const inputs = { 'protected-clusters': 'Production\nprod-eu, in01-0000000000000000' }
  const { step } = await restoreCluster(cloud, inputs)
  expect(step.outputs.status).toBe('succeeded')
  const notices = step.annotations.filter(({ level }) => level === 'notice')
  expect(notices.map(({ message }) => message)).toEqual([
    'protected-clusters: not among the clusters that this key can see: "prod-eu", "in01-0000000000000000".',
  ])
})

test('reuse by a protected name takes nothing', async () => {
  await using cloud = await startSimulator()
  addExisting(cloud)
  const story = await restoreCluster(cloud, { 'if-exists': 'reuse', 'protected-clusters': 'PR-42' })
  expectNothingChanged(cloud, story)
  expect(errorOf(story)).toMatch(
    /It is one of protected-clusters, which is never reused\. Nothing was started\. Choose another target-cluster\.$/,
  )
})

test.each<[what: string, draft: ClusterDraft, sentence: RegExp]>([
  [
    'under another name',
    { clusterName: 'prod', listed: { clusterName: 'pr-42' } },
    /Its own name is another one, "prod"/,
  ],
  [
    'in another project',
    { shown: { projectId: 'proj-0123456789abcdef012345' }, listed: { projectId: undefined } },
    /another project, proj-0123456789abcdef012345/,
  ],
])('replace: a cluster that is described %s is not dropped', async (_what, draft, sentence) => {
  await using cloud = await startSimulator()
  addExisting(cloud, draft)
  const story = await restoreCluster(cloud, { 'if-exists': 'replace' })
  expectNothingChanged(cloud, story)
  expect(errorOf(story)).toMatch(sentence)
})

test('replace: one that is renamed between the checks and the drop is not dropped', async () => {
  await using cloud = await startSimulator()
  const existing = addExisting(cloud)
  const rename = () => {
    existing.clusterName = 'prod'
  }
  const when = ({ path }: { path: string }) => path.endsWith(existing.clusterId)
  cloud.faults.inject({ operation: 'describeCluster', when, fault: respondAnd(rename) })
  const story = await restoreCluster(cloud, { 'if-exists': 'replace' })
  expectNothingChanged(cloud, story)
  expect(errorOf(story)).toContain('was chosen by the name "pr-42", but its name is "prod"')
})

describe('names', () => {
  test.each(modes)('one that differs from another by case alone is an error, %s', async ifExists => {
    await using cloud = await startSimulator()
    const { clusterId } = addExisting(cloud, { clusterName: 'Pr-42' })
    const story = await restoreCluster(cloud, { 'if-exists': ifExists })
    expectNothingChanged(cloud, story)
    expect(errorOf(story)).toContain(`cluster ${clusterId} has the name "Pr-42", which differs from "pr-42"`)
  })

  test.each(['in01-92409d3fb64afeb', 'IN05-0123456789'])('%s is shaped like an id', async name => {
    await using cloud = await startSimulator()
    const story = await restoreCluster(cloud, { 'target-cluster': name })
    expect(errorOf(story)).toMatch(/^target-cluster: .*id/)
    expect(errorOf(story)).toContain('restore-collections')
    expect(story.requests).toEqual([])
  })
})

describe('however a step ends after the drop, it names what was dropped and its 30 days:', () => {
  const bin = (clusterId: string) => new RegExp(`Cluster ${clusterId}\\b.* recycle bin for 30 days`)
  const inputs = { 'if-exists': 'replace' }

  test('the name was taken by another cluster, which is not waited for', async () => {
    await using cloud = await startSimulator({ speed: 30, clusterSeconds: 1e6 })
    const existing = addExisting(cloud)
    const take = () => void addExisting(cloud, { createdAt: cloud.world.now() })
    cloud.faults.inject({ operation: 'dropCluster', fault: respondAnd(take) })
    const story = await restoreCluster(cloud, inputs)
    const other = cloud.world.clusters.at(-1)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toContain(`taken meanwhile by another cluster: ${other?.clusterId} (RUNNING)`)
    expect(errorOf(story)).toMatch(bin(existing.clusterId))
    expect(changesSent(story)).toEqual(['dropCluster'])
    expect(other?.status).toBe('RUNNING')
  })

  test('a timeout', async () => {
    await using cloud = await startSimulator({ speed: 20, clusterSeconds: 1e6 })
    const { clusterId } = addExisting(cloud)
    const story = await restoreCluster(cloud, { ...inputs, timeout: '40s' })
    expect(story.step.outputs.status).toBe('timed-out')
    expect(errorOf(story)).toMatch(bin(clusterId))
    expect(story.step.summary).toContain(clusterId)
    expect(sent(story, 'restoreCluster')).toEqual([])
  })

  test('a cancel', async () => {
    await using cloud = await startSimulator({ speed: 20, clusterSeconds: 1e6 })
    const { clusterId } = addExisting(cloud)
    const options = interruptAt(cloud, 'listClusters', { act: cancel, skip: 1, applied: true })
    const story = await restoreCluster(cloud, inputs, options)
    expect(story.step).toMatchObject({ outcome: 'cancelled', exitCode: 1, outputs: { status: 'cancelled' } })
    expect(story.step.log.join('\n')).toMatch(bin(clusterId))
    expect(story.step.summary).toMatch(bin(clusterId))
    expect(sent(story, 'restoreCluster')).toEqual([])
  })

  test('a failed restore', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const { clusterId } = addExisting(cloud)
    cloud.world.nextJob({ type: 'RESTORE', outcome: 'FAILED', reason: 'disk full' })
    const story = await restoreCluster(cloud, inputs)
    expect(story.step.outputs).toMatchObject({ status: 'failed', password })
    expect(errorOf(story)).toMatch(bin(clusterId))
  })
})
