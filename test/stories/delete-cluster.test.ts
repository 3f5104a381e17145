import { describe, expect, test } from 'vitest'
import { type Fault, startSimulator, type Variants } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { settlesAt } from './arrange.ts'
import { deleteCluster } from './steps.ts'
import { applied, errorOf, type StoryResult, sent } from './story.ts'

function messagesOf({ step }: StoryResult): string[] {
  return step.annotations.map(({ level, message }) => `${level}: ${message}`)
}

describe.each(nodes)('delete-cluster on Node %s', node => {
  test('a cluster is dropped by its name, and a read shows it DELETING', async () => {
    await using cloud = await startSimulator({ speed: 20, clusterSeconds: 1e6 })
    const story = await deleteCluster(cloud, { 'target-cluster': 'staging' }, { node })
    expect(story.step.outcome).toBe('success')
    expect(applied(story, 'dropCluster')).toHaveLength(1)
    expect(story.requests.at(-1)?.operationId).toBe('describeCluster')
    await expect(story.text).toMatchFileSnapshot('transcripts/delete-cluster.txt')
  })
})

test.each<Partial<Variants>>([
  { droppedCluster: 'gone' },
  { droppedCluster: 'DELETED' },
  { clusterList: 'array' },
  { errorHttpStatus: 400 },
])('a cluster is dropped by its id where the service plays %o', async variants => {
  await using cloud = await startSimulator({ variants })
  const { clusterId } = cloud.world.cluster('staging')
  const story = await deleteCluster(cloud, { 'target-cluster': clusterId })
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', clusterId, clusterName: 'staging' })
  expect(sent(story, 'dropCluster')).toHaveLength(1)
  const again = await deleteCluster(cloud, { 'target-cluster': clusterId })
  expect(again.step.outcome).toBe('success')
  expect(again.step.outputs.status).toBe('skipped')
  expect(sent(again, 'dropCluster')).toEqual([])
})

test('a name that several clusters have drops none of them', async () => {
  await using cloud = await startSimulator()
  const other = cloud.world.addProject()
  const twin = cloud.world.addCluster({ clusterName: 'staging', projectId: other.projectId })
  const ambiguous = await deleteCluster(cloud, { 'target-cluster': 'staging' })
  expect(ambiguous.step.outputs.status).toBe('failed')
  expect(messagesOf(ambiguous)[0]).toContain(`${twin.clusterId} in project ${other.projectId}, RUNNING`)
  expect(sent(ambiguous, 'dropCluster')).toEqual([])
  const narrowed = await deleteCluster(cloud, {
    'target-cluster': 'staging',
    'target-project-id': other.projectId,
  })
  expect(narrowed.step.outputs).toMatchObject({ status: 'succeeded', clusterId: twin.clusterId })
})

test.each(['id', 'name'])('a protected cluster is not dropped, given by its %s', async by => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud.world.cluster('production')
  const story = await deleteCluster(cloud, {
    'target-cluster': by === 'id' ? 'production' : clusterId,
    'protected-clusters': by === 'id' ? clusterId : 'production',
  })
  expect(story.step.outputs.status).toBe('failed')
  expect(messagesOf(story)).toEqual([
    expect.stringContaining(`Cluster ${clusterId} (RUNNING) is one of protected-clusters`),
  ])
  expect(sent(story, 'dropCluster')).toEqual([])
})

test('what does not exist is skipped, with a notice of what was searched and where', async () => {
  await using cloud = await startSimulator()
  const story = await deleteCluster(cloud, {
    'target-cluster': 'pr-42',
    'target-project-id': cloud.projectId,
  })
  expect(story.step.outcome).toBe('success')
  expect(story.step.outputs.status).toBe('skipped')
  expect(messagesOf(story)).toEqual([
    `notice: Nothing to drop: there is no cluster with the id or name "pr-42" in project ${cloud.projectId}.`,
  ])
})

test('a cluster of another project is not the one that is meant: by name none is there, by id it is an error', async () => {
  await using cloud = await startSimulator({ variants: { clusterProjectFilter: false } })
  const { clusterId, projectId } = cloud.world.cluster('scratch')
  const inputs = { 'target-project-id': cloud.projectId }
  const byName = await deleteCluster(cloud, { ...inputs, 'target-cluster': 'scratch' })
  expect(byName.step.outputs.status).toBe('skipped')
  const byId = await deleteCluster(cloud, { ...inputs, 'target-cluster': clusterId })
  expect(byId.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(errorOf(byId)).toBe(
    `target-project-id: cluster ${clusterId} is in project ${projectId}, not in project ${cloud.projectId}, so nothing is done with it. Check target-cluster and target-project-id. Nothing was started.`,
  )
  expect(cloud.world.cluster(clusterId).status).toBe('RUNNING')
})

test('a cluster that is DELETING already is skipped, with a notice', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = Object.assign(cloud.world.cluster('staging'), { status: 'DELETING' })
  const story = await deleteCluster(cloud, { 'target-cluster': 'staging' })
  expect(story.step.outputs).toMatchObject({ status: 'skipped', clusterId })
  expect(messagesOf(story)).toEqual([`notice: Nothing to drop: cluster ${clusterId} is DELETING already.`])
  expect(sent(story, 'dropCluster')).toEqual([])
})

test.each(['CREATING', 'RESTORE_BACKUP', 'MODIFYING', 'UPGRADING', 'SET_PRIVATE_LINK'])(
  'a %s cluster is dropped once it has settled',
  async status => {
    await using cloud = await startSimulator({ speed: 60 })
    // Described to be judged, right before the drop, and after the refusal.
    settlesAt(cloud, 'staging', { status, operation: 'describeCluster', skip: 3 })
    const story = await deleteCluster(cloud, { 'target-cluster': 'staging' })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(sent(story, 'dropCluster').map(({ code }) => code)).toEqual([40003, 0])
    expect(story.step.log.join('\n')).toContain(`is ${status} and refuses this for now`)
  },
)

test('a cluster that stays in change is a timeout that names its state', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  const { clusterId } = Object.assign(cloud.world.cluster('staging'), { status: 'MIGRATING' })
  const story = await deleteCluster(cloud, { 'target-cluster': 'staging', timeout: '30s' })
  expect(story.step.outputs).toMatchObject({ status: 'timed-out', clusterId })
  expect(messagesOf(story)[0]).toContain(`cluster ${clusterId} is still MIGRATING`)
})

test('a cluster that refuses in another state is an error with that state', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = Object.assign(cloud.world.cluster('staging'), { status: 'FROZEN' })
  const story = await deleteCluster(cloud, { 'target-cluster': 'staging' })
  expect(story.step.outputs).toMatchObject({ status: 'failed', clusterId })
  expect(messagesOf(story)[0]).toMatch(
    new RegExp(
      `the service refused\\. Nothing was started\\. Cluster ${clusterId} is FROZEN\\. .* \\(.*, code 40003, .*\\)$`,
    ),
  )
  expect(sent(story, 'dropCluster')).toHaveLength(1)
})

test.each<[fault: Fault, applied: boolean]>([
  [{ kind: 'reset' }, true],
  [{ kind: 'reset' }, false],
  [{ kind: 'stall' }, true],
  [{ kind: 'html', status: 502 }, true],
  [{ kind: 'envelope', status: 500, code: 96036 }, true],
  [{ kind: 'envelope', status: 500, code: 96036 }, false],
  [{ kind: 'envelope', status: 200, code: 'Busy' }, true],
  [{ kind: 'gateway', status: 429, retryAfter: 1 }, false],
])(
  'after a DELETE without a response a read decides whether it is sent again: %o, carried out: %s',
  async (fault, done) => {
    await using cloud = await startSimulator({ speed: 60 })
    cloud.faults.inject({ operation: 'dropCluster', applied: done, fault })
    const story = await deleteCluster(cloud, { 'target-cluster': 'staging' })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(sent(story, 'dropCluster')).toHaveLength(done ? 1 : 2)
    expect(applied(story, 'dropCluster')).toHaveLength(1)
    expect(cloud.world.cluster('staging').status).toMatch(/^DELET/)
  },
)

test.each([
  ['describeCluster', { kind: 'envelope', status: 401, code: 21119 }, 'API key refused: could not read'],
  ['describeCluster', { kind: 'envelope', status: 200, code: 96027 }, 'This API key may not read'],
  ['describeCluster', { kind: 'gateway', status: 404 }, 'something other than Zilliz Cloud responded at '],
  ['listClusters', { kind: 'envelope', status: 403, code: 96016 }, 'This API key may not list'],
  ['dropCluster', { kind: 'envelope', status: 200, code: 96013 }, 'This API key may not drop'],
] as const)(
  'a refusal for the key or the path is never "already gone": %s, %o',
  async (operation, fault, who) => {
    await using cloud = await startSimulator()
    cloud.faults.inject({ operation, times: 1, fault })
    const { clusterId, clusterName } = cloud.world.cluster('staging')
    const story = await deleteCluster(cloud, {
      'target-cluster': operation === 'listClusters' ? clusterName : clusterId,
    })
    expect(story.step.outcome).toBe('failure')
    expect(story.step.outputs.status).toBe('failed')
    expect(messagesOf(story)[0]).toMatch(/^error: .* Nothing was started\. .*\)$/)
    expect(messagesOf(story)[0]).toContain(who)
    expect(cloud.world.cluster('staging').status).toBe('RUNNING')
  },
)

test.each<[status: string, plan: (clusterId: string) => unknown]>([
  ['RUNNING', clusterId => [{ method: 'DELETE', path: `/v2/clusters/${clusterId}/drop` }]],
  ['DELETING', () => []],
])('a dry run for a %s cluster shows its plan and drops nothing', async (status, plan) => {
  await using cloud = await startSimulator()
  const { clusterId } = Object.assign(cloud.world.cluster('staging'), { status })
  const story = await deleteCluster(cloud, { 'target-cluster': 'staging', 'dry-run': 'true' })
  expect(story.step.outputs.status).toBe('planned')
  expect(JSON.parse(story.step.outputs.plan ?? '')).toEqual(plan(clusterId))
  expect(sent(story, 'dropCluster')).toEqual([])
  const notice = `notice: Nothing to drop: cluster ${clusterId} is DELETING already.`
  expect(messagesOf(story)).toEqual(status === 'DELETING' ? [notice] : [])
})

test('a dry run for nothing plans nothing', async () => {
  await using cloud = await startSimulator()
  const story = await deleteCluster(cloud, { 'target-cluster': 'pr-42', 'dry-run': 'true' })
  expect(story.step.outputs).toMatchObject({ status: 'planned', plan: '[]' })
})
