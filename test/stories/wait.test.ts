import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { endAtRead, withFields } from './arrange.ts'
import { waitFor } from './steps.ts'
import { errorOf, logLines, runStory, type StoryResult, sent, withoutLastRead } from './story.ts'

const never = Number.POSITIVE_INFINITY

/** A job that runs on its own, as one that an earlier step has started. */
function startJob(
  cloud: Simulator,
  plan: { outcome?: string; reason?: string; durationSeconds?: number } = {},
) {
  const jobId = cloud.world.startManualBackup(cloud.clusterId, plan).job?.jobId
  if (jobId === undefined) throw new Error('A backup without a job')
  return jobId
}

/** After the time that was waited. */
function expectLogged(story: StoryResult, state: string) {
  expect(logLines(story).map(line => line.replace(/^\d[\dhms ]* {2}/, ''))).toContain(state)
}

describe.each(nodes)('wait on Node %s', node => {
  test('for a job, a backup and a cluster', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const { backupId, job } = cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: never })
    endAtRead(cloud, 3)
    const goals = { 'cluster-id': cloud.clusterId, 'backup-id': backupId, 'target-cluster': 'staging' }
    const story = await waitFor(cloud, { ...goals, 'job-id': job?.jobId ?? '' }, { node })
    expect(story.step).toMatchObject({ outcome: 'success', outputs: { status: 'succeeded', backupId } })
    expect(story.requests.map(({ method }) => method)).not.toContain('POST')
    await expect(story.text).toMatchFileSnapshot('transcripts/wait-all.txt')
  })

  test('one job fails, the others are awaited, and each is reported', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const good = startJob(cloud, { durationSeconds: never })
    const full = startJob(cloud, { outcome: 'FAILED', reason: 'disk full', durationSeconds: never })
    const cancelled = startJob(cloud, { outcome: 'CANCELED', durationSeconds: never })
    endAtRead(cloud, 1, [full])
    endAtRead(cloud, 3, [good])
    endAtRead(cloud, 5, [cancelled])
    const story = await waitFor(cloud, { 'job-id': `${good}, ${full}\n${cancelled}` }, { node })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed', jobId: good } })
    expect(errorOf(story).split('\n')).toEqual([
      '2 have failed:',
      `Job ${full}: FAILED. Reason: "disk full".`,
      `Job ${cancelled}: CANCELED. Reason: "The service met an internal error".`,
      'Run again the step that started it. If one fails again, open a ticket at Zilliz with its job.',
    ])
    expectLogged(story, `job ${good} SUCCESSFUL`)
    expectLogged(story, `job ${full} FAILED. Reason: "disk full".`)
    await expect(story.text).toMatchFileSnapshot('transcripts/wait-one-failed.txt')
  })
})

describe('jobs', () => {
  test('one', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const jobId = startJob(cloud)
    const { step } = await waitFor(cloud, { 'job-id': jobId })
    expect(step.outputs).toMatchObject({ status: 'succeeded', jobId, jobIds: JSON.stringify([jobId]) })
  })

  test('several, by commas and lines, each once', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const [one = '', two = '', three = ''] = [startJob(cloud), startJob(cloud), startJob(cloud)]
    const story = await waitFor(cloud, { 'job-id': `${one},${two}\n\n ${three} , ${one},` })
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', jobId: one })
    expect(JSON.parse(story.step.outputs.jobIds ?? '')).toEqual([one, two, three])
    for (const id of [one, two, three]) expectLogged(story, `job ${id} SUCCESSFUL`)
  })

  const unknown = { kind: 'envelope', status: 200, code: 96026, message: 'Job not found' } as const

  test('that cannot be read at first are waited for', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.faults.inject({ operation: 'describeJob', times: 4, fault: unknown })
    const story = await waitFor(cloud, { 'job-id': startJob(cloud) })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(story.step.log.join('\n')).toContain('not readable yet')
  })

  test('that cannot be read for 15 s are not there', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    // As many reads as fit into 15 s, far fewer than fit into a minute.
    cloud.faults.inject({ operation: 'describeJob', times: 40, fault: unknown })
    const jobId = startJob(cloud)
    const story = await runStory(cloud, { operation: 'wait', 'job-id': jobId }, { keepFaults: true })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    const answer = `"Job not found", HTTP 200, code 96026, request id ${sent(story, 'describeJob').at(-1)?.requestId}`
    expect(errorOf(story)).toBe(
      `Could not read job ${jobId}: the service refused. Check the id, and that the key belongs to the organization and has the cluster in its scope. (${answer})`,
    )
    const reads = sent(story, 'describeJob').map(({ time }) => time)
    expect((reads.at(-1) ?? 0) - (reads[0] ?? 0)).toBeGreaterThan(14_000)
    await expect(story.text).toMatchFileSnapshot('transcripts/wait-no-such-job.txt')
  })

  test('are reported each, also where one of them does not exist', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const failed = startJob(cloud, { outcome: 'FAILED', reason: 'disk full' })
    const story = await waitFor(cloud, { 'job-id': `${failed}\njob-0123456789abcdefghijkl` })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    expect(errorOf(story).split('\n')).toEqual([
      '2 have failed:',
      `Job ${failed}: FAILED. Reason: "disk full".`,
      expect.stringMatching(
        /^Job job-0123456789abcdefghijkl: the service refused\. Check the id, .*\(".*code 96026, request id \S+\)$/,
      ),
      'Run again the step that started it. If one fails again, open a ticket at Zilliz with its job.',
    ])
  })

  test('refused for the key end the wait at once', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const fault = { kind: 'envelope', status: 200, code: 96016, message: 'Out of scope' } as const
    cloud.faults.inject({ operation: 'describeJob', fault })
    const story = await waitFor(cloud, { 'job-id': startJob(cloud, { durationSeconds: never }) })
    expect(story.step.outputs.status).toBe('failed')
    expect(sent(story, 'describeJob')).toHaveLength(1)
    // What was never read is offered only to a step that was cut short.
    expect(logLines(story).join('\n')).not.toContain('A step that waits for it:')
  })

  test.each(nodes)('that do not end in time are never a success, on Node %s', async node => {
    await using cloud = await startSimulator({ speed: 10 })
    const [quick, slow] = [
      startJob(cloud, { durationSeconds: never }),
      startJob(cloud, { durationSeconds: never }),
    ]
    endAtRead(cloud, 2, [quick])
    const goals = { 'job-id': `${quick}, ${slow}`, 'target-cluster': 'staging', timeout: '20s' }
    const story = await waitFor(cloud, goals, { node })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'timed-out' } })
    expect(errorOf(story)).toBe(
      `Timed out after 20s: job ${slow} is PENDING, 0 %. Job ${slow} goes on at the service. Run this step again, with a longer timeout.`,
    )
    expect(logLines(story)).toContain(`job-id: ${slow}`)
    expect(logLines(story).join('\n')).not.toMatch(/^target-cluster:/m)
    await expect(withoutLastRead(story.text)).toMatchFileSnapshot('transcripts/wait-timed-out.txt')
  })
})

describe('a backup', () => {
  test('that is being made is waited for', async () => {
    await using cloud = await startSimulator({ speed: 30, jobSeconds: 20 })
    const { backupId, backupName } = cloud.world.startManualBackup(cloud.clusterId)
    const story = await waitFor(cloud, { 'cluster-id': cloud.clusterId, 'backup-id': backupId })
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', backupId, backupName })
    expect(story.step.outputs).not.toHaveProperty('jobId')
    expect(cloud.world.backup(backupId).status).toBe('AVAILABLE')
  })

  test.each([
    ['FAILED', 'failed', /^Backup \S+ is FAILED and will not become AVAILABLE\.$/],
    ['none', 'failed', /Could not read backup .* code 40020/],
    [
      'CREATING',
      'timed-out',
      /^Timed out after 12s: backup (\S+) is CREATING\. Backup \1 goes on at the service\. Run this step again, with a longer timeout\.$/,
    ],
  ] as const)(
    'whose job fails and leaves %s is never a success',
    async (backupLeftByFailedJob, status, error) => {
      await using cloud = await startSimulator({ speed: 8, variants: { backupLeftByFailedJob } })
      const plan = { outcome: 'FAILED', durationSeconds: 1 }
      const { backupId } = cloud.world.startManualBackup(cloud.clusterId, plan)
      const goals = { 'cluster-id': cloud.clusterId, 'backup-id': backupId, timeout: '12s' }
      const story = await waitFor(cloud, goals)
      expect(story.step).toMatchObject({ exitCode: 1, outputs: { status, backupId } })
      expect(errorOf(story)).toMatch(error)
    },
  )
})

describe('a cluster', () => {
  test.each(['page', 'array', 'bare'] as const)('by id and by name (listed as %s)', async clusterList => {
    await using cloud = await startSimulator({ speed: 30, variants: { clusterList } })
    const { clusterId } = cloud.world.cluster('staging')
    const connectAddress = `https://${clusterId}.aws-us-west-2.vectordb.zillizcloud.com:19530`
    for (const target of [clusterId, 'staging']) {
      const { step } = await waitFor(cloud, { 'target-cluster': target })
      expect(step.outputs).toMatchObject({ status: 'succeeded', clusterId, clusterName: 'staging' })
      expect(step.jobOutputs.connectAddress).toBe(connectAddress)
    }
  })

  test('whose name looks like an id', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { clusterId } = cloud.world.addCluster({ clusterName: 'in01-prod' })
    const { step } = await waitFor(cloud, { 'target-cluster': 'in01-prod' })
    expect(step.outputs).toMatchObject({ status: 'succeeded', clusterId })
  })

  test('of a name that two have is refused, with both', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    const other = cloud.world.addProject()
    const first = cloud.world.addCluster({ clusterName: 'shared' })
    const second = cloud.world.addCluster({ clusterName: 'shared', projectId: other.projectId })
    const story = await waitFor(cloud, { 'target-cluster': 'shared' })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
    for (const { clusterId, projectId } of [first, second]) {
      expect(errorOf(story)).toContain(`${clusterId} in project ${projectId}, RUNNING`)
    }
    await expect(story.text).toMatchFileSnapshot('transcripts/wait-ambiguous-name.txt')
  })

  test.each([true, false])(
    'of such a name in one project (filter heeded: %s)',
    async clusterProjectFilter => {
      await using cloud = await startSimulator({ speed: 30, variants: { clusterProjectFilter } })
      const { projectId } = cloud.world.addProject()
      cloud.world.addCluster({ clusterName: 'shared' })
      const { clusterId } = cloud.world.addCluster({ clusterName: 'shared', projectId })
      const goals = { 'target-cluster': 'shared', 'target-project-id': projectId }
      const { step } = await waitFor(cloud, goals)
      expect(step.outputs).toMatchObject({ status: 'succeeded', clusterId })
    },
  )

  test('in another project than the given one is not there, also by id', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    const { projectId } = cloud.world.addProject()
    for (const target of ['production', cloud.clusterId]) {
      const goals = { 'target-cluster': target, 'target-project-id': projectId }
      const story = await waitFor(cloud, goals)
      expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
      const there =
        target === 'production'
          ? 'There is no cluster with the id or name'
          : `cluster ${target} is in project`
      expect(errorOf(story)).toContain(there)
    }
  })

  test.each([
    ['SUSPENDING', 'SUSPENDING'],
    ['SUSPENDED', 'SUSPENDED'],
    ['SUSPENDING', 'STOPPING'],
    ['SUSPENDED', 'STOPPED'],
    ['DELETING', 'DELETING'],
    ['FREEZING', 'FREEZING'],
    ['FROZEN', 'FROZEN'],
    ['DELETED', 'DELETED'],
  ])('that is %s (shown as %s) ends the wait at once', async (status, word) => {
    const suspendedStatus = word.startsWith('STOP') ? 'STOPPED' : 'SUSPENDED'
    const variants = { suspendedStatus, droppedCluster: 'DELETED' } as const
    await using cloud = await startSimulator({ speed: 30, variants })
    const { clusterId } = cloud.world.addCluster({ clusterName: 'asleep', status })
    const story = await waitFor(cloud, { 'target-cluster': clusterId })
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed', clusterName: 'asleep' } })
    expect(errorOf(story)).toBe(`Cluster ${clusterId} is ${word} and will not become RUNNING by itself.`)
    expect(story.step.log.join('\n')).not.toContain('operation: wait')
  })

  test('that is ABNORMAL is logged and waited out', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.faults.inject({ operation: 'describeCluster', times: 5, fault: withFields({ status: 'ABNORMAL' }) })
    const story = await waitFor(cloud, { 'target-cluster': cloud.clusterId })
    expect(story.step.outputs.status).toBe('succeeded')
    expectLogged(story, 'ABNORMAL')
  })

  test('is ready only with an address', async () => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.faults.inject({ operation: 'describeCluster', times: 5, fault: withFields({ connectAddress: '' }) })
    const story = await waitFor(cloud, { 'target-cluster': cloud.clusterId })
    expect(story.step.outputs.connectAddress).toContain(`https://${cloud.clusterId}.`)
    expect(story.step.log.join('\n')).toContain('RUNNING, without an address yet')
  })

  test.each(['CREATING', 'RESTORE_BACKUP', 'MODIFYING', 'INITIALIZING'])('%s is waited out', async status => {
    await using cloud = await startSimulator({ speed: 30 })
    cloud.faults.inject({ operation: 'describeCluster', times: 5, fault: withFields({ status }) })
    const { step } = await waitFor(cloud, { 'target-cluster': cloud.clusterId })
    expect(step.outputs.status).toBe('succeeded')
  })
})
