import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { nodes, runPost, type StepControl, type StepOptions } from '../harness/runner.ts'
import { findLeaks } from '../harness/secrets.ts'
import { restoreFresh } from './restores.ts'
import { type StoryResult, sent } from './story.ts'

const password = 'Vk3~dropped-after-the-job'

/** What is restored is RUNNING at once, and what is dropped DELETING for long: one story on every machine. */
const calmTimes = { speed: 20, jobSeconds: 0, restoreLagSeconds: 0, clusterSeconds: 1e6 }

const withPost = { post: 'auto' } as const

/** A restore and, unless the options say otherwise, the post stage at the end of its job. */
function restore(
  cloud: Simulator,
  inputs: Readonly<Record<string, string>> = {},
  options: StepOptions = withPost,
) {
  return restoreFresh(cloud, password, { 'delete-after-job': 'true', ...inputs }, options)
}

/** Meets the first request of an operation with a fault, and with what the world does to the step then. */
function atFirst(
  cloud: Simulator,
  operation: 'restoreCluster' | 'describeJob' | 'describeBackup',
  fault: Fault,
  act: (control: StepControl) => void,
): StepOptions {
  return {
    ...withPost,
    onStart: control =>
      cloud.faults.inject({
        operation,
        applied: true,
        when: () => {
          act(control)
          return true
        },
        fault,
      }),
  }
}

/** The new cluster stays in change until its drop has been refused and its state was looked at a few times. */
function settleAfterRefusal(cloud: Simulator) {
  cloud.variants.restoreOrder = 'job-first'
  cloud.world.nextJob({ type: 'RESTORE', durationSeconds: Number.POSITIVE_INFINITY })
  cloud.faults.inject({
    operation: 'describeCluster',
    when: () => cloud.requests.some(({ operationId }) => operationId === 'dropCluster'),
    skip: 2,
    fault: {
      kind: 'edit',
      edit: answer => {
        cloud.world.cluster('pr-42').status = 'RUNNING'
        return answer
      },
    },
  })
}

const kill = (control: StepControl) => control.kill('SIGKILL')
const cancel = (control: StepControl) => control.cancel()

function postOf({ step }: StoryResult) {
  if (step.post === undefined) throw new Error('no post stage was run')
  return step.post
}

function expectDropped(cloud: Simulator, story: StoryResult) {
  expect(postOf(story).annotations.map(({ message }) => message)).toEqual([])
  expect(postOf(story).outcome).toBe('success')
  expect(cloud.world.cluster('pr-42').status).toMatch(/^DELET(ING|ED)$/)
}

describe.each(nodes)('delete-after-job on Node %s', node => {
  test('what the step has made is dropped when the job ends', async () => {
    await using cloud = await startSimulator(calmTimes)
    const story = await restore(cloud, {}, { node, ...withPost })
    expectDropped(cloud, story)
    await expect(story.text).toMatchFileSnapshot('transcripts/delete-after-job.txt')
  })

  test('a step killed between its POST and the answer: the cluster is found by its name', async () => {
    await using cloud = await startSimulator(calmTimes)
    const story = await restore(
      cloud,
      {},
      { node, ...atFirst(cloud, 'restoreCluster', { kind: 'stall' }, kill) },
    )
    expect(story.step.signal).toBe('SIGKILL')
    expectDropped(cloud, story)
    await expect(story.text).toMatchFileSnapshot('transcripts/delete-after-job-killed.txt')
  })

  test('a step killed right after the answer has left its ids and its password', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    settleAfterRefusal(cloud)
    const story = await restore(
      cloud,
      {},
      { node, ...atFirst(cloud, 'describeJob', { kind: 'stall' }, kill) },
    )
    const { clusterId } = cloud.world.cluster('pr-42')
    expect(story.step.signal).toBe('SIGKILL')
    expect(story.step.outputs).toMatchObject({
      clusterId,
      clusterName: 'pr-42',
      username: 'db_admin',
      password,
      created: 'true',
      jobId: cloud.world.jobs[0]?.jobId,
    })
    expect(story.step.masks.map(({ value }) => value)).toContain(password)
    expect(postOf(story).log.join('\n')).toContain(`dropping cluster ${clusterId}`)
    expectDropped(cloud, story)
  })
})

test.each<[how: string, prepare: (cloud: Simulator) => void, inputs: Record<string, string>, status: string]>(
  [
    [
      'failed',
      cloud => cloud.world.nextJob({ type: 'RESTORE', outcome: 'FAILED', reason: 'disk full' }),
      {},
      'failed',
    ],
    ['was not waited for', settleAfterRefusal, { wait: 'false' }, 'started'],
    ['timed out', settleAfterRefusal, { timeout: '30s' }, 'timed-out'],
    [
      'lost its answer',
      cloud => cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } }),
      {},
      'failed',
    ],
  ],
)('a restore that %s is cleaned up too', async (_how, prepare, inputs, status) => {
  await using cloud = await startSimulator({ speed: 60 })
  prepare(cloud)
  const story = await restore(cloud, inputs)
  expect(story.step.outputs.status).toBe(status)
  expectDropped(cloud, story)
})

test('a cancelled wait leaves ids, password and the ways on, and the cluster is dropped', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  settleAfterRefusal(cloud)
  const story = await restore(cloud, {}, atFirst(cloud, 'describeJob', { kind: 'stall' }, cancel))
  const { clusterId } = cloud.world.cluster('pr-42')
  // The first signal of the ladder was enough.
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs).toMatchObject({ status: 'cancelled', clusterId, password })
  expect(story.step.receipt).toMatchObject({ status: 'cancelled', clusterId })
  for (const line of ['operation: wait', `target-cluster: ${clusterId}`, 'operation: delete-cluster']) {
    expect(story.step.summary).toContain(line)
    expect(story.step.log.join('\n')).toContain(line)
  }
  expectDropped(cloud, story)
})

test('a step that is told to terminate ends as a cancelled one', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  const terminate = (control: StepControl) => control.kill('SIGTERM')
  const options = atFirst(cloud, 'describeJob', { kind: 'stall' }, terminate)
  const { step } = await restore(cloud, { 'delete-after-job': 'false' }, options)
  const { clusterId } = cloud.world.cluster('pr-42')
  expect(step).toMatchObject({ signal: null, exitCode: 1 })
  expect(step.outputs).toMatchObject({ status: 'cancelled', clusterId, password })
  expect(step.summary).toContain(`target-cluster: ${clusterId}`)
})

test('a POST on its way when the step is cancelled is heard out, and its answer kept', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  settleAfterRefusal(cloud)
  const story = await restore(
    cloud,
    {},
    atFirst(cloud, 'restoreCluster', { kind: 'drip', bytes: 9_999, everyMs: 40 }, cancel),
  )
  const { clusterId } = cloud.world.cluster('pr-42')
  const [job] = cloud.world.jobs
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs).toMatchObject({ status: 'cancelled', clusterId, password, jobId: job?.jobId })
  expect(sent(story, 'describeJob')).toEqual([])
  expectDropped(cloud, story)
})

test('a POST that is not answered in time: it may have been carried out, and what it made is dropped', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  settleAfterRefusal(cloud)
  const story = await restore(cloud, {}, atFirst(cloud, 'restoreCluster', { kind: 'stall' }, cancel))
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs.status).toBe('cancelled')
  expect(story.step.outputs).not.toHaveProperty('clusterId')
  expect(story.step.summary).toContain('pr-42')
  expect(postOf(story).log.join('\n')).toContain('has the name it asked for')
  expectDropped(cloud, story)
})

test('cancelled before the restore is sent: none is made, and nothing is dropped', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  const story = await restore(cloud, {}, atFirst(cloud, 'describeBackup', { kind: 'stall' }, cancel))
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs.status).toBe('cancelled')
  expect(story.step.receipt).toMatchObject({ status: 'cancelled' })
  expect(story.requests.map(({ operationId }) => operationId)).toEqual(['describeBackup'])
  expect(postOf(story).rawLines).toEqual([])
})

test.each<[how: string, inputs: Record<string, string>, prepare: (cloud: Simulator) => void]>([
  [
    'was refused',
    {},
    cloud =>
      cloud.faults.inject({
        operation: 'restoreCluster',
        fault: { kind: 'envelope', status: 500, code: 96040 },
      }),
  ],
  ['was never sent', { 'backup-id': 'backup0_nosuchbackup' }, () => undefined],
  [
    'reused a cluster',
    { 'if-exists': 'reuse' },
    cloud => cloud.world.addCluster({ clusterName: 'pr-42', projectId: cloud.projectId }),
  ],
  ['was only planned', { 'dry-run': 'true' }, () => undefined],
  [
    'was refused since somebody has just taken the name',
    {},
    cloud =>
      cloud.faults.inject({
        operation: 'restoreCluster',
        when: () => {
          cloud.world.addCluster({ clusterName: 'pr-42', projectId: cloud.projectId })
          return true
        },
        fault: { kind: 'envelope', status: 200, code: 96017 },
      }),
  ],
])(
  'a restore that %s leaves nothing to drop, and the end of the job says nothing',
  async (_how, inputs, prepare) => {
    await using cloud = await startSimulator({ speed: 60 })
    prepare(cloud)
    const story = await restore(cloud, inputs)
    expect(postOf(story)).toMatchObject({ outcome: 'success', rawLines: [] })
    expect(sent(story, 'dropCluster')).toEqual([])
  },
)

test('without delete-after-job the end of the job says nothing', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const story = await restore(cloud, { 'delete-after-job': 'false' })
  expect(postOf(story)).toMatchObject({ outcome: 'success', rawLines: [] })
  expect(cloud.world.cluster('pr-42').status).toBe('RUNNING')
})

test('somebody else’s older cluster of the name is not dropped', async () => {
  await using cloud = await startSimulator({ speed: 100 })
  const older = { clusterName: 'pr-42', projectId: cloud.projectId, createdAt: cloud.world.now() - 3_600_000 }
  const options: StepOptions = {
    ...withPost,
    onStart: control =>
      cloud.faults.inject({
        operation: 'restoreCluster',
        when: () => {
          control.kill('SIGKILL')
          cloud.world.addCluster(older)
          return true
        },
        fault: { kind: 'stall' },
      }),
  }
  const story = await restore(cloud, {}, options)
  expect(postOf(story).outcome).toBe('success')
  expect(postOf(story).log.join('\n')).toMatch(/no cluster named "pr-42" was made .* so nothing is dropped/)
  expect(sent(story, 'dropCluster')).toEqual([])
})

test('a cluster that is still being made is waited out, and its id is told first', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  settleAfterRefusal(cloud)
  const story = await restore(cloud, { wait: 'false' })
  const { clusterId } = story.step.outputs
  const log = postOf(story).log.filter(line => line.includes(clusterId ?? ''))
  expect(log[0]).toContain(`dropping cluster ${clusterId}`)
  expect(log.join('\n')).toContain('refuses this for now')
  expectDropped(cloud, story)
})

test('a drop that is refused fails with the id, and is not repeated', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'dropCluster', fault: { kind: 'envelope', status: 403, code: 96013 } })
  const story = await restore(cloud)
  const { clusterId } = story.step.outputs
  expect(story.step.outcome).toBe('success')
  expect(postOf(story).outcome).toBe('failure')
  expect(postOf(story).annotations).toHaveLength(1)
  expect(postOf(story).annotations[0]?.message).toContain(
    `cluster ${clusterId} may still be there and cost money`,
  )
  expect(sent(story, 'dropCluster')).toHaveLength(1)
})

test('faults on the drop are repeated', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'dropCluster', fault: { kind: 'reset' } })
  cloud.faults.inject({ operation: 'dropCluster', fault: { kind: 'gateway', status: 502 } })
  const story = await restore(cloud)
  expect(postOf(story).outcome).toBe('success')
  expect(sent(story, 'dropCluster')).toHaveLength(3)
})

test('a drop whose answer is lost is not sent again and again once a read shows it going', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'dropCluster', applied: true, fault: { kind: 'reset' } })
  const story = await restore(cloud)
  expect(sent(story, 'dropCluster')).toHaveLength(2)
})

test('a cluster that is not readable yet is waited for', async () => {
  await using cloud = await startSimulator({
    speed: 60,
    jobSeconds: 3,
    variants: { notReadableForSeconds: 30 },
  })
  const story = await restore(cloud, { wait: 'false' })
  expectDropped(cloud, story)
})

test('a cluster that somebody has dropped in the meantime is gone, and that is fine', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const main = await restore(cloud, {}, {})
  cloud.world.cluster('pr-42').status = 'DELETED'
  const post = await runPost(main.step)
  expect(post.outcome).toBe('success')
  expect(post.log.join('\n')).toContain(`cluster ${main.step.outputs.clusterId} is gone`)
  expect(findLeaks(post, { key: cloud.apiKey, password })).toEqual([])
})

test('a cluster that the drop does not find and the look does is dropped after all', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const main = await restore(cloud, {}, {})
  const fault = { kind: 'envelope', status: 200, code: 96018, message: 'Cluster not found' } as const
  cloud.faults.inject({ operation: 'dropCluster', fault })
  const post = await runPost(main.step)
  expect(post.annotations).toEqual([])
  expect(post.outcome).toBe('success')
  expect(cloud.world.cluster('pr-42').status).toMatch(/^DELET(ING|ED)$/)
})

test('a cluster that becomes readable between the drop and the look is dropped after all', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const main = await restore(cloud, {}, {})
  const fault = { kind: 'envelope', status: 200, code: 96018, message: 'Cluster not found' } as const
  cloud.faults.inject({ operation: 'dropCluster', fault })
  cloud.faults.inject({ operation: 'describeCluster', fault })
  await runPost(main.step, { timeoutMs: 4_000 })
  expect(cloud.world.cluster('pr-42').status).toMatch(/^DELET(ING|ED)$/)
})
