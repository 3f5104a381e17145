import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { nodes, runPost } from '../harness/runner.ts'
import { findLeaks } from '../harness/secrets.ts'
import { expectDropped, postOf, restoreAlone, restoreAndPost, settleAfterRefusal } from './after-job.ts'
import { interruptAt, kill } from './arrange.ts'
import { password } from './steps.ts'
import { sent } from './story.ts'

/** What is restored is RUNNING at once, and what is dropped DELETING for long: one story on every machine. */
const stableTimes = { speed: 20, jobSeconds: 0, restoreLagSeconds: 0, clusterSeconds: 1e6 }

/** The same, so slowly that the minute in which a cluster may not be readable yet is not over on a busy machine. */
const withinGrace = { ...stableTimes, speed: 4 }

describe.each(nodes)('delete-after-job on Node %s', node => {
  test('what the step has made is dropped when the job ends', async () => {
    await using cloud = await startSimulator(stableTimes)
    const story = await restoreAndPost(cloud, {}, { node })
    expectDropped(cloud, story)
    await expect(story.text).toMatchFileSnapshot('transcripts/delete-after-job.txt')
  })

  test('a step killed between its POST and the response: the cluster is found by its name', async () => {
    await using cloud = await startSimulator(stableTimes)
    const story = await restoreAndPost(
      cloud,
      {},
      { node, ...interruptAt(cloud, 'restoreCluster', { act: kill, applied: true }) },
    )
    expect(story.step.signal).toBe('SIGKILL')
    expectDropped(cloud, story)
    await expect(story.text).toMatchFileSnapshot('transcripts/delete-after-job-killed.txt')
  })

  test('a step killed right after the response has published its ids and its password', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    settleAfterRefusal(cloud)
    const story = await restoreAndPost(
      cloud,
      {},
      { node, ...interruptAt(cloud, 'describeJob', { act: kill, applied: true }) },
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
      'lost its response',
      cloud => cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } }),
      {},
      'failed',
    ],
  ],
)('a restore that %s is cleaned up too', async (_how, prepare, inputs, status) => {
  await using cloud = await startSimulator({ speed: 20 })
  prepare(cloud)
  const story = await restoreAndPost(cloud, inputs)
  expect(story.step.outputs.status).toBe(status)
  expectDropped(cloud, story)
})

test.each<[how: string, inputs: Record<string, string>, prepare: (cloud: Simulator) => void]>([
  [
    'was refused',
    {},
    cloud =>
      cloud.faults.inject({
        operation: 'restoreCluster',
        fault: { kind: 'envelope', status: 400, code: 96040 },
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
  'a restore that %s leaves nothing to drop, and the end of the job logs nothing',
  async (_how, inputs, prepare) => {
    await using cloud = await startSimulator({ speed: 60 })
    prepare(cloud)
    const story = await restoreAndPost(cloud, inputs)
    expect(postOf(story)).toMatchObject({ outcome: 'success', rawLines: [] })
    expect(sent(story, 'dropCluster')).toEqual([])
  },
)

test('without delete-after-job the end of the job logs nothing', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const story = await restoreAndPost(cloud, { 'delete-after-job': 'false' })
  expect(postOf(story)).toMatchObject({ outcome: 'success', rawLines: [] })
  expect(cloud.world.cluster('pr-42').status).toBe('RUNNING')
})

test('a cluster that is still being made is waited out, and its id is logged first', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  settleAfterRefusal(cloud)
  const story = await restoreAndPost(cloud, { wait: 'false' })
  const { clusterId } = story.step.outputs
  const log = postOf(story).log.filter(line => line.includes(clusterId ?? ''))
  expect(log[0]).toContain(`dropping cluster ${clusterId}`)
  expect(log.join('\n')).toContain('refuses this for now')
  expectDropped(cloud, story)
})

test('a drop that is refused fails with the id, and is not retried', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'dropCluster', fault: { kind: 'envelope', status: 403, code: 96013 } })
  const story = await restoreAndPost(cloud)
  const { clusterId } = story.step.outputs
  expect(story.step.outcome).toBe('success')
  expect(postOf(story).outcome).toBe('failure')
  expect(postOf(story).annotations).toHaveLength(1)
  expect(postOf(story).annotations[0]).toMatchObject({ level: 'error', title: 'delete-after-job failed' })
  expect(postOf(story).annotations[0]?.message).toMatch(
    new RegExp(
      `^This API key may not drop cluster ${clusterId}\\. Cluster ${clusterId} may still be there and cost money\\. .* Drop it with operation: delete-cluster or in the console\\. \\(.*, code 96013, .*\\)$`,
    ),
  )
  expect(sent(story, 'dropCluster')).toHaveLength(1)
})

test('faults on the drop are retried', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'dropCluster', fault: { kind: 'reset' } })
  cloud.faults.inject({ operation: 'dropCluster', fault: { kind: 'gateway', status: 502 } })
  const story = await restoreAndPost(cloud)
  expect(postOf(story).outcome).toBe('success')
  expect(sent(story, 'dropCluster')).toHaveLength(3)
})

test('a drop whose response is lost is not sent again once a read shows it DELETING', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'dropCluster', applied: true, fault: { kind: 'reset' } })
  const story = await restoreAndPost(cloud)
  expect(sent(story, 'dropCluster')).toHaveLength(1)
  expectDropped(cloud, story)
})

test('a cluster that is not readable yet is waited for', async () => {
  await using cloud = await startSimulator({
    speed: 60,
    jobSeconds: 3,
    variants: { notReadableForSeconds: 30 },
  })
  const story = await restoreAndPost(cloud, { wait: 'false' })
  expectDropped(cloud, story)
})

test('a cluster that somebody has dropped in the meantime is a success', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const main = await restoreAlone(cloud)
  cloud.world.cluster('pr-42').status = 'DELETED'
  const post = await runPost(main.step)
  expect(post.outcome).toBe('success')
  expect(post.log.join('\n')).toContain(`cluster ${main.step.outputs.clusterId} is gone`)
  expect(findLeaks(post, { key: cloud.apiKey, password })).toEqual([])
})

test('a cluster that the drop does not find and the read does is dropped anyway', async () => {
  await using cloud = await startSimulator(withinGrace)
  const main = await restoreAlone(cloud)
  const fault = { kind: 'envelope', status: 200, code: 96018, message: 'Cluster not found' } as const
  cloud.faults.inject({ operation: 'dropCluster', fault })
  const post = await runPost(main.step)
  expect(post.annotations).toEqual([])
  expect(post.outcome).toBe('success')
  expect(cloud.world.cluster('pr-42').status).toMatch(/^DELET(ING|ED)$/)
})

test('a cluster that becomes readable between the drop and the read is dropped anyway', async () => {
  await using cloud = await startSimulator(withinGrace)
  const main = await restoreAlone(cloud)
  const fault = { kind: 'envelope', status: 200, code: 96018, message: 'Cluster not found' } as const
  cloud.faults.inject({ operation: 'dropCluster', fault })
  cloud.faults.inject({ operation: 'describeCluster', fault })
  await runPost(main.step)
  expect(cloud.world.cluster('pr-42').status).toMatch(/^DELET(ING|ED)$/)
})

describe('a cluster that stays unreadable', () => {
  const notFound = { kind: 'envelope', status: 404, code: 96018, message: 'Cluster not found' } as const
  const unreadable = async (cloud: Simulator) => {
    const main = await restoreAlone(cloud)
    cloud.faults.inject({ operation: 'describeCluster', times: Number.POSITIVE_INFINITY, fault: notFound })
    return main
  }

  test('and is listed is not dropped unread: it is named, and the job is red', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const main = await unreadable(cloud)
    const { clusterId } = cloud.world.cluster('pr-42')
    const post = await runPost(main.step)
    expect(post.exitCode).toBe(1)
    expect(post.annotations.map(({ message }) => message)).toEqual([
      `Cluster ${clusterId} cannot be read, but the list of clusters has it as RUNNING: it is not dropped unread. Cluster ${clusterId} may still be there and cost money. Drop it with operation: delete-cluster or in the console.`,
    ])
    expect(post.summary).toContain('<h2>❌ pr-42 could not be dropped after the job and costs money</h2>')
    expect(post.summary).toContain(`operation: delete-cluster\n    api-key: `)
    expect(post.summary).toContain(`target-cluster: ${clusterId}`)
    expect(cloud.requests.filter(({ operationId }) => operationId === 'dropCluster')).toHaveLength(0)
  })

  test('and is not listed either is gone', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    const main = await unreadable(cloud)
    cloud.world.cluster('pr-42').status = 'DELETED'
    const post = await runPost(main.step)
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(post.summary).toContain('<h2>🗑️ pr-42 is dropped after the job</h2>')
  })
})
