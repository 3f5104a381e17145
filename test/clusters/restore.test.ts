import { expect, test, vi } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { Cancelled, OperationFailed, RunnerFileError } from '../../src/errors.ts'
import { stopTheWorld } from '../harness/step.ts'
import { prepare, starts } from './restoring.ts'

stopTheWorld()

test('what comes back is masked, logged, then published, and saved for the end of the job ("Requests")', async () => {
  await using cloud = await startSimulator()
  cloud.world.nextPassword = 'S3cret-password!'
  const { reported, state, step, send } = prepare(cloud)
  const { clusterId, jobId } = await send()
  expect(reported).toEqual([
    'mask S3cret-password!',
    `Restore into the new cluster ${clusterId} has started: job ${jobId}.`,
    'password=S3cret-password!',
    `clusterId=${clusterId}`,
    'clusterName=copy',
    'created=true',
    'username=db_admin',
    `jobId=${jobId}`,
    `jobIds=["${jobId}"]`,
  ])
  expect(JSON.parse(state.intent ?? '')).toEqual({
    clusterName: 'copy',
    projectId: cloud.projectId,
    since: cloud.world.now(),
    until: cloud.world.now(),
    neverIds: [cloud.clusterId],
    protectedClusters: [],
  })
  expect(state.clusterId).toBe(clusterId)
  expect(step.inProgress.items).toEqual([
    { kind: 'job', jobId },
    { kind: 'cluster', clusterId },
  ])
  expect(step.inProgress.createdClusterId).toBe(clusterId)
})

test('nothing is saved for the end of the job where the workflow does not want it', async () => {
  await using cloud = await startSimulator()
  const { options, state, send } = prepare(cloud)
  options.deleteAfterJob = false
  await send()
  expect(state).toEqual({})
})

test('a refusal takes the intent back, and offers a safe name where the name was refused', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'envelope', status: 200, code: 96010 } })
  const { options, state, send } = prepare(cloud)
  options.cluster.clusterName = 'my copy'
  const error = await send().catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).toMatch(
    /: the service refused\. Check the inputs of .* message\. Try my-copy\. \(.*code 96010, /,
  )
  expect(state.intent).toBe('')
  expect(starts(cloud)).toBe(1)
})

test.each([
  ['a port that refuses', (cloud: Simulator) => cloud.refuseFor(10_000)],
  [
    'load',
    (cloud: Simulator) =>
      cloud.faults.inject({
        operation: 'restoreCluster',
        times: 99,
        fault: { kind: 'gateway', status: 429 },
      }),
  ],
])('a restore that got nothing but %s takes the intent back', async (_, trouble) => {
  await using cloud = await startSimulator()
  const { state, send } = prepare(cloud)
  trouble(cloud)
  await expect(send()).rejects.toThrow(/^Could not restore backup/)
  expect(state.intent).toBe('')
})

test('after replace, a name that somebody else has taken ends it at once, and the intent is taken back', async () => {
  await using cloud = await startSimulator()
  // Younger than the request, and not ours: `post` would take it for the one that this step created.
  const other = cloud.world.addCluster({ clusterName: 'copy', projectId: cloud.projectId })
  const { state, send } = prepare(cloud, { before: ['in01-old'] }, 60_000)
  await expect(send()).rejects.toThrow(
    new OperationFailed(
      `The name "copy" was taken meanwhile by another cluster: ${other.clusterId} (RUNNING). It is not waited for.`,
    ),
  )
  expect(starts(cloud)).toBe(1)
  expect(state.intent).toBe('')
})

test('after replace, the restore is sent again once the name is free', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({
    operation: 'restoreCluster',
    times: 2,
    fault: { kind: 'envelope', status: 200, code: 40013 },
  })
  const { send, state } = prepare(cloud, { before: ['in01-old'] })
  const { clusterId } = await send()
  expect(starts(cloud)).toBe(3)
  expect(state.clusterId).toBe(clusterId)
})

test('without replace, a taken name is a refusal', async () => {
  await using cloud = await startSimulator()
  cloud.world.addCluster({ clusterName: 'copy', projectId: cloud.projectId })
  const { send, state } = prepare(cloud)
  await expect(send()).rejects.toThrow(OperationFailed)
  expect(starts(cloud)).toBe(1)
  expect(state.intent).toBe('')
})

test('a step that is cancelled before it sends takes the intent back; while it is in flight the intent is kept', async () => {
  await using cloud = await startSimulator()
  const before = prepare(cloud)
  before.stop.abort(new Cancelled())
  await expect(before.send()).rejects.toThrow(Cancelled)
  expect(before.state.intent).toBe('')

  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'stall' } })
  const during = prepare(cloud)
  const sending = during.send()
  await vi.waitFor(() => expect(starts(cloud)).toBe(1), { timeout: 20_000 })
  during.stop.abort(new Cancelled())
  await expect(sending).rejects.toThrow(Cancelled)
  expect(during.state.intent).not.toBe('')
})

test.each(['password', 'clusterId', 'username'])(
  'an output that cannot be written hides nothing of what was made: %s ("Requests")',
  async broken => {
    await using cloud = await startSimulator()
    cloud.world.nextPassword = 'S3cret-password!'
    const { step, state, reported, send } = prepare(cloud)
    const publish = step.publish
    const full = new RunnerFileError('no space left')
    step.publish = (name, value) => {
      if (name === broken) throw full
      publish(name, value)
    }
    await expect(send()).rejects.toBe(full)
    const { clusterId } = cloud.world.cluster('copy')
    expect(reported.slice(0, 2)).toEqual([
      'mask S3cret-password!',
      expect.stringContaining(`Restore into the new cluster ${clusterId} has started: job job-`),
    ])
    // The others are written.
    const outputs = ['password', 'clusterId', 'clusterName', 'username', 'jobId'].filter(
      name => name !== broken,
    )
    for (const name of outputs) expect(reported.some(line => line.startsWith(`${name}=`))).toBe(true)
    expect(state.clusterId).toBe(clusterId)
    expect(step.inProgress.createdClusterId).toBe(clusterId)
    expect(cloud.world.cluster('copy').status).not.toBe('DELETED')
  },
)

test('a state that cannot be saved sends nothing', async () => {
  await using cloud = await startSimulator()
  const { step, send } = prepare(cloud)
  const full = new RunnerFileError('no space left')
  step.saveState = () => {
    throw full
  }
  await expect(send()).rejects.toBe(full)
  expect(starts(cloud)).toBe(0)
})

test('without a jobId the cluster alone is awaited (F53)', async () => {
  await using cloud = await startSimulator({ variants: { restoreClusterOmits: 'jobId' } })
  const { step, reported, send } = prepare(cloud)
  const { clusterId, jobId } = await send()
  expect(jobId).toBeUndefined()
  expect(reported).toContain(`Restore into the new cluster ${clusterId} has started.`)
  expect(reported.some(line => line.startsWith('jobId'))).toBe(false)
  expect(step.inProgress.items).toEqual([{ kind: 'cluster', clusterId }])
})

test("the difference of the service's clock is saved with the intent, where it is known", async () => {
  await using cloud = await startSimulator({ variants: { clockSkewSeconds: 600 } })
  const first = prepare(cloud)
  first.step.cloud.session.clockDifference = 600_000
  await first.send()
  expect(JSON.parse(first.state.intent ?? '')).toEqual({
    clusterName: 'copy',
    projectId: cloud.projectId,
    since: cloud.world.now(),
    until: cloud.world.now(),
    neverIds: [cloud.clusterId],
    protectedClusters: [],
    clockDifference: 600_000,
  })
})
