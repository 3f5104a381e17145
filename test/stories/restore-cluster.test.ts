import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { respondAnd } from './arrange.ts'
import { doneAfterOneRead, transcriptOf } from './restores.ts'
import { password, restoreCluster } from './steps.ts'
import { applied, errorOf, offeredStep, type StoryResult, sent } from './story.ts'

function addBackup(cloud: Simulator, more: object = {}) {
  return cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 86_400, ...more }).backupId
}

/** The log without the marks of lines that are not the first of their text. */
function logOf({ step }: StoryResult): string {
  return step.log.map(line => line.replace(/^ {2}/, '')).join('\n')
}

describe.each(nodes)('restore-cluster on Node %s', node => {
  test('a backup becomes a new cluster, and the step succeeds when that is RUNNING', async () => {
    await using cloud = await startSimulator({ speed: 20, restoreLagSeconds: 0 })
    doneAfterOneRead(cloud)
    const story = await restoreCluster(cloud, { 'backup-id': addBackup(cloud) }, { node })
    expect(story.step.outcome).toBe('success')
    expect(story.step.outputs.password).toBe(password)
    expect(applied(story, 'restoreCluster')).toHaveLength(1)
    await expect(transcriptOf(story)).toMatchFileSnapshot('transcripts/restore-cluster.txt')
  })

  test('a restore that fails leaves its password and its ids, and says how to drop what is left', async () => {
    await using cloud = await startSimulator({ speed: 20, restoreLagSeconds: 0 })
    doneAfterOneRead(cloud, { outcome: 'FAILED', reason: 'disk full' })
    const story = await restoreCluster(cloud, { 'backup-id': addBackup(cloud) }, { node })
    expect(story.step.outcome).toBe('failure')
    expect(story.step.outputs.password).toBe(password)
    await expect(transcriptOf(story)).toMatchFileSnapshot('transcripts/restore-cluster-failed.txt')
  })
})

test.each<Partial<Variants>>([
  { restoreOrder: 'cluster-first' },
  { restoreOrder: 'job-first' },
  { projectField: 'projectId' },
  { projectField: 'targetProjectId' },
  { projectField: 'either' },
  { notReadableForSeconds: 20 },
])('it succeeds where the service plays %o', async variants => {
  await using cloud = await startSimulator({ speed: 60, variants })
  const story = await restoreCluster(cloud, { 'backup-id': addBackup(cloud) })
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true', clusterName: 'pr-42' })
  const made = cloud.world.cluster('pr-42')
  expect(made).toMatchObject({ status: 'RUNNING', projectId: cloud.projectId, cuSize: 2 })
  expect(story.step.outputs.clusterId).toBe(made.clusterId)
  expect(story.step.outputs.connectAddress).toContain(made.clusterId)
  // Whichever ends first: it is a success only when both have ended.
  expect(cloud.world.jobs.map(job => cloud.world.jobStatus(job.jobId))).toEqual(['SUCCESSFUL'])
})

test('what is requested is what is sent', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const other = cloud.world.addProject()
  const story = await restoreCluster(cloud, {
    'backup-id': addBackup(cloud),
    'target-project-id': other.projectId,
    'cu-size': '8',
    'collection-status': 'release',
    'restore-version-policy': 'original',
  })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(sent(story, 'restoreCluster').map(({ body }) => body)).toEqual([
    {
      projectId: other.projectId,
      targetProjectId: other.projectId,
      clusterName: 'pr-42',
      cuSize: 8,
      collectionStatus: 'RELEASE',
      restoreVersionPolicy: 'ORIGINAL',
    },
  ])
  expect(cloud.world.collections('pr-42').every(line => line.endsWith(' UNLOADED'))).toBe(true)
})

test('by default every collection keeps its load state', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  await restoreCluster(cloud, { 'backup-id': addBackup(cloud) })
  expect(cloud.world.collections('pr-42')).toEqual(cloud.world.collections(cloud.clusterId))
  expect(cloud.world.collections('pr-42')).toContain('sales.orders LOADED')
})

test('a source cluster that is gone has no size, and cu-size replaces it', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const backupId = addBackup(cloud)
  cloud.world.cluster(cloud.clusterId).status = 'DELETED'
  const without = await restoreCluster(cloud, { 'backup-id': backupId })
  expect(without.step.annotations.map(({ message }) => message)).toEqual([
    `cu-size: source cluster ${cloud.clusterId} is gone, so its size is not known; set the compute units of the new cluster\nNothing was started.`,
  ])
  expect(sent(without, 'restoreCluster')).toEqual([])
  const given = await restoreCluster(cloud, { 'backup-id': backupId, 'cu-size': '4' })
  expect(given.step.outputs.status).toBe('succeeded')
  expect(cloud.world.cluster('pr-42').cuSize).toBe(4)
})

test.each([
  [{ backupType: 'COLLECTION' }, /is of type COLLECTION, and a new cluster needs one of type CLUSTER/],
  [
    { status: 'CREATING' },
    /is CREATING; only an AVAILABLE backup can be restored\. Nothing was started\. Wait for it with/,
  ],
] as const)('a backup that cannot serve is refused: %o', async (draft, sentence) => {
  await using cloud = await startSimulator()
  const backupId = addBackup(cloud, draft)
  const story = await restoreCluster(cloud, { 'backup-id': backupId })
  expect(story.step.outputs).toMatchObject({ status: 'failed', backupId })
  expect(story.step.annotations[0]?.message).toMatch(sentence)
  expect(sent(story, 'restoreCluster')).toEqual([])
})

test.each([
  ['feature/login (v2)', 'feature-login-v2'],
  ['x'.repeat(256), 'x'.repeat(64)],
])('a name no service takes is refused before any request, with a safe one: %s', async (name, safe) => {
  await using cloud = await startSimulator()
  const story = await restoreCluster(cloud, { 'backup-id': addBackup(cloud), 'target-cluster': name })
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.annotations[0]?.message).toMatch(/^target-cluster: expected at most 255 letters/)
  expect(story.step.annotations[0]?.message).toContain(`Try ${safe}.`)
  expect(story.requests).toEqual([])
})

test('a name that this service refuses gets the same offer, and one it takes is taken', async () => {
  await using cloud = await startSimulator({ variants: { nameRule: 'strict' } })
  const backupId = addBackup(cloud)
  const refused = await restoreCluster(cloud, { 'backup-id': backupId, 'target-cluster': 'pr 42_b' })
  expect(refused.step.outputs.status).toBe('failed')
  expect(refused.step.annotations[0]?.message).toMatch(/ Try pr-42-b\. \(".*", HTTP 200, code 96010, .*\)$/)
  expect(sent(refused, 'restoreCluster')).toHaveLength(1)
  cloud.variants.nameRule = 'wide'
  const taken = await restoreCluster(cloud, { 'backup-id': backupId, 'target-cluster': 'pr 42_b' })
  expect(taken.step.outputs).toMatchObject({ status: 'succeeded', clusterName: 'pr 42_b' })
})

test('a version policy that the backup does not allow is the service’s refusal', async () => {
  await using cloud = await startSimulator()
  const backupId = addBackup(cloud, { ageSeconds: 40 * 86_400 })
  const story = await restoreCluster(cloud, { 'backup-id': backupId, 'restore-version-policy': 'ORIGINAL' })
  expect(story.step.annotations[0]?.message).toContain('restoreVersionPolicy ORIGINAL is not possible')
  expect(sent(story, 'restoreCluster')).toHaveLength(1)
})

test('without waiting the step ends as started, with all that is known and the lines that resume', async () => {
  await using cloud = await startSimulator()
  const story = await restoreCluster(cloud, { 'backup-id': addBackup(cloud), wait: 'false' })
  const { clusterId, jobId } = story.step.outputs
  expect(story.step.outcome).toBe('success')
  expect(story.step.outputs).toMatchObject({
    status: 'started',
    created: 'true',
    username: 'db_admin',
    password: password,
    jobIds: JSON.stringify([jobId]),
  })
  expect(sent(story, 'describeJob')).toEqual([])
  expect(logOf(story)).toContain(
    offeredStep(cloud, 'wait', [`job-id: ${jobId}`, `target-cluster: ${clusterId}`]),
  )
})

test('a dry run sends no POST and shows the one it would send', async () => {
  await using cloud = await startSimulator()
  const backupId = addBackup(cloud)
  const story = await restoreCluster(cloud, { 'backup-id': backupId, 'dry-run': 'true' })
  expect(story.step.outputs.status).toBe('planned')
  expect(story.requests.every(({ method }) => method === 'GET')).toBe(true)
  const body = {
    projectId: cloud.projectId,
    targetProjectId: cloud.projectId,
    clusterName: 'pr-42',
    cuSize: 2,
    collectionStatus: 'KEEP',
  }
  const path = `/v2/clusters/${cloud.clusterId}/backups/${backupId}/restoreCluster`
  expect(JSON.parse(story.step.outputs.plan ?? '')).toEqual([{ method: 'POST', path, body }])
})

test.each<Partial<Variants>>([
  { clusterLeftByFailedJob: 'ABNORMAL' },
  { clusterLeftByFailedJob: 'CREATING', finalFailure: 'CANCELED' },
  { clusterLeftByFailedJob: 'gone', droppedCluster: 'DELETED', finalFailure: 'ERROR' },
])('after a failed job the state of the cluster is reported: %o', async variants => {
  await using cloud = await startSimulator({ speed: 60, variants })
  cloud.world.nextJob({ type: 'RESTORE', outcome: 'FAILED', reason: 'disk full' })
  const story = await restoreCluster(cloud, { 'backup-id': addBackup(cloud) })
  const { clusterId, jobId } = story.step.outputs
  const message = story.step.annotations[0]?.message
  const { finalFailure } = cloud.variants
  expect(message).toMatch(
    new RegExp(`(The service ended job|Job) ${jobId}( as|:) ${finalFailure}\\. Reason: "disk full"\\.`),
  )
  // Once.
  const { status } = cloud.world.cluster('pr-42')
  expect(message?.split(new RegExp(`Cluster ${clusterId}(?: is|:) ${status}`))).toHaveLength(2)
  expect(message).toMatch(/\sRun the step again\. If .* fails again, open a ticket at Zilliz with .*\.$/)
})

test('a cluster that went with its failed job is not reported in a state it no longer has', async () => {
  await using cloud = await startSimulator({ speed: 60, variants: { clusterLeftByFailedJob: 'gone' } })
  cloud.world.nextJob({ type: 'RESTORE', outcome: 'FAILED', reason: 'disk full' })
  const story = await restoreCluster(cloud, { 'backup-id': addBackup(cloud) })
  expect(story.step.annotations[0]?.message).not.toMatch(/CREATING|RESTORE_BACKUP/)
})

test('a timeout fails, and leaves the password, the ids and the lines that resume and remove', async () => {
  await using cloud = await startSimulator({ speed: 15, variants: { restoreOrder: 'job-first' } })
  cloud.world.nextJob({ type: 'RESTORE', durationSeconds: Number.POSITIVE_INFINITY })
  const story = await restoreCluster(cloud, { 'backup-id': addBackup(cloud), timeout: '30s' })
  const { clusterId, jobId } = story.step.outputs
  expect(story.step.outcome).toBe('failure')
  expect(story.step.outputs).toMatchObject({ status: 'timed-out', password: password, created: 'true' })
  for (const text of [logOf(story), story.step.summary]) {
    expect(text).toContain(offeredStep(cloud, 'wait', [`job-id: ${jobId}`, `target-cluster: ${clusterId}`]))
    expect(text).toContain(offeredStep(cloud, 'delete-cluster', [`target-cluster: ${clusterId}`]))
  }
})

test.each(['DELETING', 'DELETED', 'SUSPENDING', 'SUSPENDED', 'STOPPING', 'STOPPED', 'FREEZING', 'FROZEN'])(
  'a cluster that becomes %s ends the wait at once',
  async status => {
    await using cloud = await startSimulator({ speed: 60, variants: { droppedCluster: 'DELETED' } })
    cloud.world.nextJob({ type: 'RESTORE', durationSeconds: Number.POSITIVE_INFINITY })
    cloud.faults.inject({
      operation: 'describeJob',
      fault: respondAnd(() => {
        cloud.world.cluster('pr-42').status = status
      }),
    })
    const story = await restoreCluster(cloud, { 'backup-id': addBackup(cloud) })
    const { clusterId } = story.step.outputs
    expect(story.step.outputs).toMatchObject({ status: 'failed', password: password })
    const sentence = `Cluster ${clusterId} is ${status} and will not become RUNNING by itself.`
    const dropIt = `It may stay, keep the name and cost money: before this step runs again, drop it with operation: delete-cluster and target-cluster: ${clusterId}.`
    const isLeaving = status.startsWith('DELET')
    expect(errorOf(story)).toBe(isLeaving ? sentence : `${sentence} ${dropIt}`)
    const offered = offeredStep(cloud, 'delete-cluster', [`target-cluster: ${clusterId}`])
    expect(story.step.summary.split(offered)).toHaveLength(isLeaving ? 1 : 2)
  },
)

test('an ABNORMAL cluster is logged and waited out', async () => {
  await using cloud = await startSimulator({ speed: 60, jobSeconds: 20 })
  const become = (status: string) =>
    respondAnd(() => {
      cloud.world.cluster('pr-42').status = status
    })
  // The first is the read of the source.
  const operation = 'describeCluster'
  cloud.faults.inject({ operation, skip: 1, fault: become('ABNORMAL') })
  cloud.faults.inject({ operation, skip: 3, fault: become('RUNNING') })
  const story = await restoreCluster(cloud, { 'backup-id': addBackup(cloud) })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(story.step.log).toContainEqual(expect.stringMatching(/^\d+s {2}cluster ABNORMAL$/))
})
