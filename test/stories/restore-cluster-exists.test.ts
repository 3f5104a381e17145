import { describe, expect, test } from 'vitest'
import {
  type ClusterDraft,
  type OperationId,
  type Simulator,
  startSimulator,
  type Variants,
} from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { respondAnd } from './arrange.ts'
import { password, restoreCluster } from './steps.ts'
import { applied, changesSent, errorOf, sent } from './story.ts'

/** A cluster that has the name already, of yesterday. */
function addExisting(cloud: Simulator, draft: ClusterDraft = {}) {
  const createdAt = cloud.world.now() - 86_400_000
  return cloud.world.addCluster({ clusterName: 'pr-42', projectId: cloud.projectId, createdAt, ...draft })
}

/** Gives a cluster another status once a request got so many responses; each must happen. */
function changeStatus(
  cloud: Simulator,
  cluster: { status: string },
  to: { status: string; operation: OperationId; times: number },
) {
  const { status, operation, times } = to
  const fault = respondAnd(() => {
    cluster.status = status
  })
  cloud.faults.inject({ operation, skip: times - 1, fault })
}

describe.each(nodes)('if-exists on Node %s', node => {
  test('replace drops the cluster of that name, waits for the name and restores', async () => {
    await using cloud = await startSimulator({ speed: 20, restoreLagSeconds: 0, clusterSeconds: 1e6 })
    const existing = addExisting(cloud)
    changeStatus(cloud, existing, { status: 'DELETED', operation: 'listClusters', times: 2 })
    cloud.world.nextJob({ type: 'RESTORE', durationSeconds: 0 })
    const story = await restoreCluster(cloud, { 'if-exists': 'replace' }, { node })
    expect(story.step.outcome).toBe('success')
    expect(existing.status).toBe('DELETED')
    expect(changesSent(story)).toEqual(['dropCluster', 'restoreCluster'])
    await expect(story.text.replaceAll(', fault edit', '')).toMatchFileSnapshot(
      'transcripts/restore-cluster-replace.txt',
    )
  })

  test('reuse takes the cluster of that name and makes none', async () => {
    await using cloud = await startSimulator()
    const { clusterId } = addExisting(cloud)
    const story = await restoreCluster(cloud, { 'if-exists': 'reuse' }, { node })
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'false', clusterId })
    await expect(story.text.replaceAll(', fault edit', '')).toMatchFileSnapshot(
      'transcripts/restore-cluster-reuse.txt',
    )
  })
})

test('fail names the cluster that has the name, and its state', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = addExisting(cloud, { status: 'SUSPENDED' })
  const story = await restoreCluster(cloud, { 'if-exists': 'fail' })
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.outputs.created).toBeUndefined()
  expect(errorOf(story)).toBe(
    `The name "pr-42" is used in project ${cloud.projectId} by cluster ${clusterId} (SUSPENDED). Nothing was started. Choose another target-cluster, or set if-exists to reuse (keeps the cluster, restores nothing) or replace (drops it first).`,
  )
  expect(changesSent(story)).toEqual([])
})

test.each(['CREATING', 'RESTORE_BACKUP', 'RESUMING'])('reuse waits for a %s cluster', async status => {
  await using cloud = await startSimulator({ speed: 60 })
  const existing = addExisting(cloud, { status })
  changeStatus(cloud, existing, { status: 'RUNNING', operation: 'describeCluster', times: 3 })
  const { step } = await restoreCluster(cloud, { 'if-exists': 'reuse' })
  expect(step.outputs).toMatchObject({ status: 'succeeded', created: 'false', clusterName: 'pr-42' })
  expect(step.outputs.connectAddress).toContain(existing.clusterId)
  expect(step.outputs).not.toHaveProperty('password')
  expect(step.outputs).not.toHaveProperty('jobId')
})

test('reuse without waiting is skipped, whatever the state', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = addExisting(cloud, { status: 'CREATING' })
  const story = await restoreCluster(cloud, { 'if-exists': 'reuse', wait: 'false' })
  expect(story.step.outcome).toBe('success')
  expect(story.step.outputs).toMatchObject({ status: 'skipped', created: 'false', clusterId })
  expect(story.step.outputs).not.toHaveProperty('backupId')
  // It is described once for the guards, and not waited for.
  expect(sent(story, 'describeCluster')).toHaveLength(1)
})

test('reuse of a cluster that is asleep ends at once and names its state', async () => {
  await using cloud = await startSimulator({ variants: { suspendedStatus: 'STOPPED' } })
  const { clusterId } = addExisting(cloud, { status: 'SUSPENDED' })
  const story = await restoreCluster(cloud, { 'if-exists': 'reuse' })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toContain(`Cluster ${clusterId} is STOPPED and will not become RUNNING by itself.`)
})

test.each(['fail', 'reuse', 'replace'])(
  'a cluster that is being deleted is on its way out: %s waits for the name',
  async ifExists => {
    await using cloud = await startSimulator({ speed: 60 })
    const existing = addExisting(cloud, { status: 'DELETING' })
    changeStatus(cloud, existing, { status: 'DELETED', operation: 'listClusters', times: 3 })
    const story = await restoreCluster(cloud, { 'if-exists': ifExists })
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true', password })
    expect(story.step.outputs.clusterId).not.toBe(existing.clusterId)
    expect(changesSent(story)).toEqual(['restoreCluster'])
  },
)

test('a dry run with reuse plans nothing', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = addExisting(cloud)
  const { step } = await restoreCluster(cloud, { 'if-exists': 'reuse', 'dry-run': 'true' })
  expect(step.outputs).toMatchObject({ status: 'planned', plan: '[]', clusterId, created: 'false' })
})

test.each([
  ['RUNNING', ['DELETE', 'POST']],
  ['DELETING', ['POST']],
])('a dry run with replace of a %s cluster plans %o', async (status, methods) => {
  await using cloud = await startSimulator()
  const { clusterId } = addExisting(cloud, { status })
  const story = await restoreCluster(cloud, { 'if-exists': 'replace', 'dry-run': 'true' })
  const plan = JSON.parse(story.step.outputs.plan ?? '')
  expect(plan.map(({ method }: { method: string }) => method)).toEqual(methods)
  if (status === 'RUNNING')
    expect(plan[0]).toEqual({ method: 'DELETE', path: `/v2/clusters/${clusterId}/drop` })
  expect(changesSent(story)).toEqual([])
})

test.each<Partial<Variants>>([
  { droppedCluster: 'gone' },
  { droppedCluster: 'DELETED' },
  { clusterProjectFilter: false },
  { clusterList: 'bare', listOrder: 'shuffled' },
])('replace succeeds where the service plays %o', async variants => {
  await using cloud = await startSimulator({ speed: 60, variants })
  const elsewhere = cloud.world.addProject()
  const other = addExisting(cloud, { projectId: elsewhere.projectId })
  const existing = addExisting(cloud)
  const story = await restoreCluster(cloud, { 'if-exists': 'replace' })
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true', password })
  expect(story.step.outputs.clusterId).not.toBe(existing.clusterId)
  expect([existing.status, other.status]).toEqual(['DELETED', 'RUNNING'])
})

test.each<Partial<Variants>>([{ clusterProjectFilter: false }, { droppedCluster: 'DELETED' }])(
  'neither a DELETED cluster nor one of another project is in the way where the service plays %o',
  async variants => {
    await using cloud = await startSimulator({ speed: 60, variants })
    addExisting(cloud, { status: 'DELETED' })
    addExisting(cloud, { projectId: cloud.world.addProject().projectId })
    const story = await restoreCluster(cloud, { 'if-exists': 'fail' })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(changesSent(story)).toEqual(['restoreCluster'])
  },
)

test('the source cluster is never replaced', async () => {
  await using cloud = await startSimulator()
  const story = await restoreCluster(cloud, { 'if-exists': 'replace', 'target-cluster': 'production' })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toMatch(
    /\(RUNNING\)\. It is the source cluster, which is never replaced\. Nothing was started\. Choose another target-cluster\.$/,
  )
  expect(changesSent(story)).toEqual([])
})

test('a protected cluster is never replaced, by its id', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = addExisting(cloud)
  const story = await restoreCluster(cloud, {
    'if-exists': 'replace',
    'protected-clusters': `other\n${clusterId}`,
  })
  expect(errorOf(story)).toMatch(
    /It is one of protected-clusters, which is never replaced\. Nothing was started\. Choose another target-cluster\.$/,
  )
  expect(changesSent(story)).toEqual([])
})

test('a protected name is a problem before any request', async () => {
  await using cloud = await startSimulator()
  addExisting(cloud)
  const story = await restoreCluster(cloud, { 'if-exists': 'replace', 'protected-clusters': 'other, pr-42' })
  expect(errorOf(story)).toMatch(
    /^protected-clusters: has "pr-42", the name of the new cluster, which if-exists: replace may drop/,
  )
  expect(story.requests).toEqual([])
})

test.each(['reuse', 'replace'] as const)(
  'with several clusters of the name, %s takes none',
  async ifExists => {
    await using cloud = await startSimulator()
    const ids = [addExisting(cloud), addExisting(cloud)].map(({ clusterId }) => clusterId)
    const story = await restoreCluster(cloud, { 'if-exists': ifExists })
    expect(story.step.outputs.status).toBe('failed')
    for (const id of ids) expect(errorOf(story)).toContain(`${id} (RUNNING)`)
    expect(changesSent(story)).toEqual([])
  },
)

test('nothing is dropped for a backup that cannot be restored', async () => {
  await using cloud = await startSimulator()
  const existing = addExisting(cloud)
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId, status: 'CREATING' })
  const story = await restoreCluster(cloud, { 'if-exists': 'replace', 'backup-id': backupId })
  expect(story.step.outputs.status).toBe('failed')
  expect(changesSent(story)).toEqual([])
  expect(existing.status).toBe('RUNNING')
})

test('nothing is dropped while the size of the new cluster is not known', async () => {
  await using cloud = await startSimulator()
  const existing = addExisting(cloud)
  cloud.faults.inject({
    operation: 'describeCluster',
    when: ({ path }) => path.endsWith(cloud.clusterId),
    fault: { kind: 'envelope', status: 200, code: 96018, message: 'Cluster not found' },
  })
  const story = await restoreCluster(cloud, { 'if-exists': 'replace' })
  expect(errorOf(story)).toMatch(/^cu-size: source cluster .* is gone/)
  expect(changesSent(story)).toEqual([])
  expect(existing.status).toBe('RUNNING')
})

test('a cluster in change is dropped when it has settled', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const existing = addExisting(cloud, { status: 'RESIZING' })
  // The one that has the name, the source's size, a look before the drop, the state after its refusal, and one of the wait.
  changeStatus(cloud, existing, { status: 'RUNNING', operation: 'describeCluster', times: 5 })
  const story = await restoreCluster(cloud, { 'if-exists': 'replace' })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(changesSent(story)).toEqual(['dropCluster', 'dropCluster', 'restoreCluster'])
  expect(story.step.log.join('\n')).toContain(`Cluster ${existing.clusterId} is RESIZING and refuses this`)
})

test.each([96017, 40013])('a name still taken after the drop is waited out, code %s', async code => {
  await using cloud = await startSimulator({ speed: 60 })
  const existing = addExisting(cloud)
  const fault = { kind: 'envelope', status: 200, code, message: 'The name exists' } as const
  cloud.faults.inject({ operation: 'restoreCluster', times: 2, fault })
  const story = await restoreCluster(cloud, { 'if-exists': 'replace' })
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', password })
  expect(story.step.log.join('\n')).toContain(`still used by dropped cluster ${existing.clusterId}`)
  expect(sent(story, 'restoreCluster')).toHaveLength(3)
  expect(applied(story, 'restoreCluster')).toHaveLength(1)
})

test('a refusal after the drop names what was dropped and how long it can be had back', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const { clusterId } = addExisting(cloud)
  cloud.faults.inject({
    operation: 'restoreCluster',
    fault: { kind: 'envelope', status: 400, code: 96040, message: 'no capacity' },
  })
  const story = await restoreCluster(cloud, { 'if-exists': 'replace' })
  expect(story.step.outputs.status).toBe('failed')
  const requestId = sent(story, 'restoreCluster')[0]?.requestId
  expect(errorOf(story)).toMatch(
    /^Could not restore backup \S+ into a new cluster "pr-42": the service refused\. Cluster /,
  )
  expect(errorOf(story)).toMatch(new RegExp(`Cluster ${clusterId}\\b.*dropped.* recycle bin for 30 days`))
  expect(errorOf(story)).not.toContain('Nothing was started')
  expect(errorOf(story).endsWith(` ("no capacity", HTTP 400, code 96040, request id ${requestId})`)).toBe(
    true,
  )
  expect(changesSent(story)).toEqual(['dropCluster', 'restoreCluster'])
})

test('a timeout while the name is still used names what uses it', async () => {
  await using cloud = await startSimulator({ speed: 20, clusterSeconds: 1e6 })
  const { clusterId } = addExisting(cloud)
  const story = await restoreCluster(cloud, { 'if-exists': 'replace', timeout: '40s' })
  expect(story.step.outputs.status).toBe('timed-out')
  expect(errorOf(story)).toContain(`Timed out after 40s: the name is still used by ${clusterId} (DELETING).`)
  expect(sent(story, 'restoreCluster')).toEqual([])
})
