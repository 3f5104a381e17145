import { describe, expect, test } from 'vitest'
import {
  type Fault,
  type JobPlan,
  type Simulator,
  startSimulator,
  type Variants,
} from '../../simulator/index.ts'
import { nodes, type StepOptions } from '../harness/runner.ts'
import { applied, runStory, type StoryResult, sent } from './story.ts'

const usualPassword = 'p&ss"w0rd%of$db_admin'

/** Restores into pr-42; the new cluster's password is looked for everywhere but in its output. */
function restore(
  cloud: Simulator,
  backupId: string,
  inputs: Readonly<Record<string, string>> = {},
  options: StepOptions = {},
) {
  cloud.world.nextPassword ??= usualPassword
  return runStory(
    cloud,
    {
      operation: 'restore-cluster',
      'cluster-id': cloud.clusterId,
      'backup-id': backupId,
      'target-cluster': 'pr-42',
      ...inputs,
    },
    { passwords: [cloud.world.nextPassword], ...options },
  )
}

function addBackup(cloud: Simulator, more: object = {}) {
  return cloud.world.addBackup({ clusterId: cloud.clusterId, ageSeconds: 86_400, ...more }).backupId
}

/** The log without the marks of lines that are not the first of their text. */
function logOf({ step }: StoryResult): string {
  return step.log.map(line => line.replace(/^ {2}/, '')).join('\n')
}

/**
 * A restore that is done at once but is first seen on its way: a story that is the same on a busy machine.
 * One look at a cluster goes to the source.
 */
function doneAfterOneLook(cloud: Simulator, plan: Omit<JobPlan, 'type'> = {}) {
  cloud.world.nextJob({ ...plan, type: 'RESTORE', durationSeconds: 0 })
  const shown = (more: object): Fault => ({
    kind: 'edit',
    edit: answer => ({ ...answer, data: { ...answer.data, ...more } }),
  })
  cloud.faults.inject({ operation: 'describeJob', fault: shown({ status: 'IN_PROGRESS', progress: '40' }) })
  const inFlight = shown({ status: 'RESTORE_BACKUP', connectAddress: '' })
  cloud.faults.inject({ operation: 'describeCluster', skip: 1, fault: inFlight })
}

/** Without the traces of what arranged it. */
function transcriptOf(story: StoryResult): string {
  return story.text.replaceAll(', fault edit', '')
}

describe.each(nodes)('restore-cluster on Node %s', node => {
  test('a backup becomes a new cluster, and the step is green when that is RUNNING', async () => {
    await using cloud = await startSimulator({ speed: 20, restoreLagSeconds: 0 })
    doneAfterOneLook(cloud)
    const story = await restore(cloud, addBackup(cloud), {}, { node })
    expect(story.step.outcome).toBe('success')
    expect(story.step.outputs.password).toBe(usualPassword)
    expect(applied(story, 'restoreCluster')).toHaveLength(1)
    await expect(transcriptOf(story)).toMatchFileSnapshot('transcripts/restore-cluster.txt')
  })

  test('a restore that fails leaves its password and its ids, and says how to drop what is left', async () => {
    await using cloud = await startSimulator({ speed: 20, restoreLagSeconds: 0 })
    doneAfterOneLook(cloud, { outcome: 'FAILED', reason: 'disk full' })
    const story = await restore(cloud, addBackup(cloud), {}, { node })
    expect(story.step.outcome).toBe('failure')
    expect(story.step.outputs.password).toBe(usualPassword)
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
  const story = await restore(cloud, addBackup(cloud))
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true', clusterName: 'pr-42' })
  const made = cloud.world.cluster('pr-42')
  expect(made).toMatchObject({ status: 'RUNNING', projectId: cloud.projectId, cuSize: 2 })
  expect(story.step.outputs.clusterId).toBe(made.clusterId)
  expect(story.step.outputs.connectAddress).toContain(made.clusterId)
  // Whichever ends first: success is said only when both have.
  expect(cloud.world.jobs.map(job => cloud.world.jobStatus(job.jobId))).toEqual(['SUCCESSFUL'])
})

test('what is asked for is what is sent', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const other = cloud.world.addProject()
  const story = await restore(cloud, addBackup(cloud), {
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
  await restore(cloud, addBackup(cloud))
  expect(cloud.world.collections('pr-42')).toEqual(cloud.world.collections(cloud.clusterId))
  expect(cloud.world.collections('pr-42')).toContain('sales.orders LOADED')
})

test('a source cluster that is gone tells no size, and cu-size makes up for it', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const backupId = addBackup(cloud)
  cloud.world.cluster(cloud.clusterId).status = 'DELETED'
  const without = await restore(cloud, backupId)
  expect(without.step.annotations.map(({ message }) => message)).toEqual([
    `cu-size: source cluster ${cloud.clusterId} is gone, so its size is not known; give the compute units of the new cluster`,
  ])
  expect(sent(without, 'restoreCluster')).toEqual([])
  const given = await restore(cloud, backupId, { 'cu-size': '4' })
  expect(given.step.outputs.status).toBe('succeeded')
  expect(cloud.world.cluster('pr-42').cuSize).toBe(4)
})

test.each([
  [{ backupType: 'COLLECTION' }, /is of type COLLECTION, and a new cluster needs one of type CLUSTER/],
  [{ status: 'CREATING' }, /is CREATING; only an AVAILABLE backup can be restored\. Wait for it with/],
] as const)('a backup that cannot serve is refused: %o', async (draft, sentence) => {
  await using cloud = await startSimulator()
  const backupId = addBackup(cloud, draft)
  const story = await restore(cloud, backupId)
  expect(story.step.outputs).toMatchObject({ status: 'failed', backupId })
  expect(story.step.annotations[0]?.message).toMatch(sentence)
  expect(sent(story, 'restoreCluster')).toEqual([])
})

test.each([
  ['feature/login (v2)', 'feature-login-v2'],
  ['x'.repeat(256), 'x'.repeat(64)],
])('a name no service takes is refused before any request, with a safe one: %s', async (name, safe) => {
  await using cloud = await startSimulator()
  const story = await restore(cloud, addBackup(cloud), { 'target-cluster': name })
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.annotations[0]?.message).toMatch(/^target-cluster: expected at most 255 letters/)
  expect(story.step.annotations[0]?.message).toContain(`A safe name near it is ${safe}.`)
  expect(story.requests).toEqual([])
})

test('a name that this service refuses gets the same offer, and one it takes is taken', async () => {
  await using cloud = await startSimulator({ variants: { nameRule: 'strict' } })
  const backupId = addBackup(cloud)
  const refused = await restore(cloud, backupId, { 'target-cluster': 'pr 42_b' })
  expect(refused.step.outputs.status).toBe('failed')
  expect(refused.step.annotations[0]?.message).toMatch(/code 96010.* A safe name near it is pr-42-b\.$/s)
  expect(sent(refused, 'restoreCluster')).toHaveLength(1)
  cloud.variants.nameRule = 'wide'
  const taken = await restore(cloud, backupId, { 'target-cluster': 'pr 42_b' })
  expect(taken.step.outputs).toMatchObject({ status: 'succeeded', clusterName: 'pr 42_b' })
})

test('a version policy that the backup does not allow is the service’s refusal', async () => {
  await using cloud = await startSimulator()
  const backupId = addBackup(cloud, { ageSeconds: 40 * 86_400 })
  const story = await restore(cloud, backupId, { 'restore-version-policy': 'ORIGINAL' })
  expect(story.step.annotations[0]?.message).toContain('restoreVersionPolicy ORIGINAL is not possible')
  expect(sent(story, 'restoreCluster')).toHaveLength(1)
})

test('without waiting the step ends as started, with all that is known and the lines that resume', async () => {
  await using cloud = await startSimulator()
  const story = await restore(cloud, addBackup(cloud), { wait: 'false' })
  const { clusterId, jobId } = story.step.outputs
  expect(story.step.outcome).toBe('success')
  expect(story.step.outputs).toMatchObject({
    status: 'started',
    created: 'true',
    username: 'db_admin',
    password: usualPassword,
    jobIds: JSON.stringify([jobId]),
  })
  expect(sent(story, 'describeJob')).toEqual([])
  expect(logOf(story)).toContain(`operation: wait\njob-id: ${jobId}\ntarget-cluster: ${clusterId}`)
})

test('a dry run sends no POST and tells the one it would send', async () => {
  await using cloud = await startSimulator()
  const backupId = addBackup(cloud)
  const story = await restore(cloud, backupId, { 'dry-run': 'true' })
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
])('after a failed job the state of the cluster is told: %o', async variants => {
  await using cloud = await startSimulator({ speed: 60, variants })
  cloud.world.nextJob({ type: 'RESTORE', outcome: 'FAILED', reason: 'disk full' })
  const story = await restore(cloud, addBackup(cloud))
  const { clusterId, jobId } = story.step.outputs
  const message = story.step.annotations[0]?.message
  expect(message).toContain(`Job ${jobId}: ${cloud.variants.finalFailure}. Reason: "disk full".`)
  expect(message).toContain(`Cluster ${clusterId} is ${cloud.world.cluster('pr-42').status}`)
})

test('a cluster that went with its failed job is not told in a state it no longer has', async () => {
  await using cloud = await startSimulator({ speed: 60, variants: { clusterLeftByFailedJob: 'gone' } })
  cloud.world.nextJob({ type: 'RESTORE', outcome: 'FAILED', reason: 'disk full' })
  const story = await restore(cloud, addBackup(cloud))
  expect(story.step.annotations[0]?.message).not.toMatch(/CREATING|RESTORE_BACKUP/)
})

test('a time-out is red, and leaves the password, the ids and the lines that resume and remove', async () => {
  await using cloud = await startSimulator({ speed: 60, variants: { restoreOrder: 'job-first' } })
  cloud.world.nextJob({ type: 'RESTORE', durationSeconds: Number.POSITIVE_INFINITY })
  const story = await restore(cloud, addBackup(cloud), { timeout: '30s' })
  const { clusterId, jobId } = story.step.outputs
  expect(story.step.outcome).toBe('failure')
  expect(story.step.outputs).toMatchObject({ status: 'timed-out', password: usualPassword, created: 'true' })
  for (const text of [logOf(story), story.step.summary]) {
    expect(text).toContain(`operation: wait\njob-id: ${jobId}\ntarget-cluster: ${clusterId}`)
    expect(text).toContain(`operation: delete-cluster\ntarget-cluster: ${clusterId}`)
  }
})

test.each(['DELETING', 'DELETED', 'SUSPENDING', 'SUSPENDED', 'STOPPING', 'STOPPED', 'FREEZING', 'FROZEN'])(
  'a cluster that becomes %s ends the wait at once',
  async status => {
    await using cloud = await startSimulator({ speed: 60, variants: { droppedCluster: 'DELETED' } })
    cloud.world.nextJob({ type: 'RESTORE', durationSeconds: Number.POSITIVE_INFINITY })
    cloud.faults.inject({
      operation: 'describeJob',
      fault: {
        kind: 'edit',
        edit: answer => {
          cloud.world.cluster('pr-42').status = status
          return answer
        },
      },
    })
    const story = await restore(cloud, addBackup(cloud))
    const { clusterId } = story.step.outputs
    expect(story.step.outputs).toMatchObject({ status: 'failed', password: usualPassword })
    expect(story.step.annotations[0]?.message).toContain(
      `Cluster ${clusterId}: is ${status} and will not become RUNNING by itself.`,
    )
    const dropIt = `It may stay and cost money: drop it with operation: delete-cluster and target-cluster: ${clusterId}.`
    const ends = status.startsWith('DELET') ? '' : ` ${dropIt}`
    expect(story.step.annotations[0]?.message.endsWith(`\nCluster ${clusterId} is ${status}.${ends}`)).toBe(
      true,
    )
  },
)

test('an ABNORMAL cluster is told and waited out', async () => {
  await using cloud = await startSimulator({ speed: 60, jobSeconds: 20 })
  const become = (status: string) => (answer: unknown) => {
    cloud.world.cluster('pr-42').status = status
    return answer
  }
  // The first is the look at the source.
  const operation = 'describeCluster'
  cloud.faults.inject({ operation, skip: 1, fault: { kind: 'edit', edit: become('ABNORMAL') } })
  cloud.faults.inject({ operation, skip: 3, fault: { kind: 'edit', edit: become('RUNNING') } })
  const story = await restore(cloud, addBackup(cloud))
  expect(story.step.outputs.status).toBe('succeeded')
  expect(story.step.log.join('\n')).toContain(`Cluster ${story.step.outputs.clusterId}: ABNORMAL`)
})

const oddPasswords: [kind: string, password: string][] = [
  ['two lines', 'first-half\nsecond-half'],
  ['a carriage return', 'first-half\r\nsecond-half\rthird-part'],
  ['quotes and percent signs', `a"b'c%0Ad%25e\`f`],
  ['a command of the runner', '::set-output name=status::hacked'],
  ['an older command', 'ab##[error]boom##[endgroup]'],
  ['a stop of all commands', '::stop-commands::Zk29sLq'],
  ['an emoji and accents', 'pÄss😀wörd漢字'],
  ['a leading blank', '  \tleading-blank'],
  ['JSON', '{"user":"db_admin","key":"v4lue"}'],
  ['JSON over lines', '{\n  "key-of-it": "v4lue",\n}'],
  ['the end of a file command', 'ghadelimiter_x\nEOF<<EOF\nname=value'],
]

test.each(oddPasswords)('a password with %s leaves as it came, masked first', async (_kind, password) => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.world.nextPassword = password
  const { step } = await restore(cloud, addBackup(cloud))
  const { clusterId = '', connectAddress, username } = step.outputs
  expect(step.outputs).toMatchObject({ status: 'succeeded', password })
  expect(step.commandErrors).toEqual([])
  // Line by line, as the log is: short lines are let go, or they would blank out ids.
  const lines = password.split(/[\r\n]+/).filter(line => line.trim().length >= 6)
  expect(step.masks.map(({ value }) => value)).toEqual(expect.arrayContaining(lines))
  const first = step.rawLines.findIndex(({ text }) => lines.some(line => text.includes(escaped(line))))
  expect(step.rawLines[first]?.text).toBe(`::add-mask::${escaped(lines[0] ?? '')}`)
  expect(step.droppedJobOutputs).toEqual(['password'])
  expect(step.jobOutputs).toMatchObject({ clusterId, clusterName: 'pr-42', connectAddress, username })
})

function escaped(text: string): string {
  return text.replaceAll('%', '%25')
}

test.each([true, false])('a very short password is a warning in place of a mask, wait: %o', async wait => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.world.nextPassword = '~Q7~'
  const { step } = await restore(cloud, addBackup(cloud), { wait: `${wait}` })
  expect(step.outputs.password).toBe('~Q7~')
  expect(step.masks.map(({ value }) => value)).not.toContain('~Q7~')
  expect(step.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    expect.stringMatching(/^warning: A secret of only 4 characters is not masked/),
  ])
})

test('an answer without a password is a warning, and the cluster is used', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'without-ids', ids: ['password'] } })
  const { step } = await restore(cloud, addBackup(cloud))
  expect(step.outputs).toMatchObject({ status: 'succeeded', username: 'db_admin' })
  expect(step.outputs.password).toBeUndefined()
  expect(step.annotations[0]).toMatchObject({ level: 'warning' })
})
