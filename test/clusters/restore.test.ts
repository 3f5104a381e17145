import { expect, test, vi } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { type RestoreOptions, sendRestore } from '../../src/clusters/restore.ts'
import { OperationFailed } from '../../src/step.ts'
import { Cancelled, TimedOut } from '../../src/waiting/poll.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

/** A restore about to be sent, and the step it is sent from. */
function prepare(cloud: Simulator, more: Partial<RestoreOptions> = {}, timeout?: number) {
  const { step, told, state, stop } = stepIn(cloud, timeout)
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const { projectId, clusterId } = cloud
  const request = { clusterName: 'copy', clusterId, pollInterval: 15_000, deleteAfterJob: true }
  const body = { projectId, clusterName: 'copy', cuSize: 1, collectionStatus: 'KEEP' }
  const order: RestoreOptions = { request, backupId, projectId, body, before: [], ...more }
  return { step, order, told, state, stop, send: () => sendRestore(order, step) }
}

const starts = (cloud: Simulator) =>
  cloud.requests.filter(({ operationId }) => operationId === 'restoreCluster').length

const copies = (cloud: Simulator) => cloud.world.clusters.filter(({ clusterName }) => clusterName === 'copy')

test('what comes back is told at once, the password first, and kept for the end of the job', async () => {
  await using cloud = await startSimulator()
  cloud.world.nextPassword = 'S3cret-password!'
  const { told, state, step, send } = prepare(cloud)
  const { clusterId, jobId } = await send()
  expect(told).toEqual([
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
  })
  expect(state.clusterId).toBe(clusterId)
  expect(step.inProgress).toEqual({ jobIds: new Set([jobId]), clusterId, createdClusterId: clusterId })
})

test('nothing is kept for the end of the job where the workflow does not want it', async () => {
  await using cloud = await startSimulator()
  const { order, state, send } = prepare(cloud)
  order.request.deleteAfterJob = false
  await send()
  expect(state).toEqual({})
})

test('a refusal takes the intent back, and offers a safe name where the name was refused', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'envelope', status: 200, code: 96010 } })
  const { order, state, send } = prepare(cloud)
  order.request.clusterName = 'my copy'
  const error = await send().catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).toMatch(/ A safe name near it is my-copy\.$/)
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
])('a restore that met nothing but %s takes the intent back', async (_, trouble) => {
  await using cloud = await startSimulator()
  const { state, send } = prepare(cloud)
  trouble(cloud)
  await expect(send()).rejects.toThrow(/^Could not restore backup/)
  expect(state.intent).toBe('')
})

test('after replace, a name that somebody else has taken is waited for, and the intent is taken back', async () => {
  await using cloud = await startSimulator()
  // Younger than the request, and not ours: `post` would take it for the one that this step made.
  const other = cloud.world.addCluster({ clusterName: 'copy', projectId: cloud.projectId })
  const { state, send } = prepare(cloud, { droppedId: 'in01-old' }, 60_000)
  const error = await send().catch(thrown => thrown)
  expect(error).toBeInstanceOf(TimedOut)
  expect(error.message).toContain(`the name is still held by ${other.clusterId}`)
  expect(error.message).toContain('in01-old')
  expect(error.message).toContain('30 days')
  expect(state.intent).toBe('')
})

test('after replace, the restore is sent again once the name is free', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({
    operation: 'restoreCluster',
    times: 2,
    fault: { kind: 'envelope', status: 200, code: 40013 },
  })
  const { send, state } = prepare(cloud, { droppedId: 'in01-old' })
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

test('a lost answer: the cluster is found, told and kept, and its password is said to be lost', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  const { send, state, told, step } = prepare(cloud)
  const error = await send().catch(thrown => thrown)
  const [made] = copies(cloud)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).toContain(`cluster ${made?.clusterId} is`)
  expect(error.message).toMatch(/reset the password of db_admin in the console.*if-exists: replace/)
  expect(told).toContain(`clusterId=${made?.clusterId}`)
  expect(state.clusterId).toBe(made?.clusterId)
  expect(step.inProgress.createdClusterId).toBe(made?.clusterId)
  expect(starts(cloud)).toBe(1)
})

test('a lost request: it is sent once more, and no cluster that was there before is taken for it', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'reset' } })
  const { send, state } = prepare(cloud)
  const { clusterId } = await send()
  expect(starts(cloud)).toBe(2)
  expect(copies(cloud).map(copy => copy.clusterId)).toEqual([clusterId])
  expect(state.clusterId).toBe(clusterId)
})

test('an answer that is lost twice is not sent for a third time', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'restoreCluster', times: 9, fault: { kind: 'gateway', status: 502 } })
  const { send, state } = prepare(cloud)
  const error = await send().catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).toContain('The restore may have started: look for cluster copy')
  expect(starts(cloud)).toBe(2)
  // What may have been made stays for the end of the job to look for.
  expect(state.intent).not.toBe('')
})

test('a second try that is refused for the name shows what the first one made', async () => {
  await using cloud = await startSimulator()
  // Carried out, but listed only after it has been looked for.
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  const hide = (answer: { data: { clusters: { clusterName: string }[] } }) => ({
    ...answer,
    data: { ...answer.data, clusters: answer.data.clusters.filter(each => each.clusterName !== 'copy') },
  })
  cloud.faults.inject({ operation: 'listClusters', times: 15, fault: { kind: 'edit', edit: hide } })
  const { send, state } = prepare(cloud)
  const error = await send().catch(thrown => thrown)
  const [made] = copies(cloud)
  expect(error.message).toContain(`cluster ${made?.clusterId} is`)
  expect(state.clusterId).toBe(made?.clusterId)
  expect(starts(cloud)).toBe(2)
  expect(cloud.faults.pending()).toEqual([])
})

test('a cluster of that name that is older than the request is not taken for its own', async () => {
  await using cloud = await startSimulator()
  const day = 86_400_000
  const old = cloud.world.addCluster({
    clusterName: 'copy',
    projectId: cloud.projectId,
    createdAt: Date.now() - day,
  })
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'reset' } })
  const { send, state } = prepare(cloud)
  await expect(send()).rejects.toThrow(OperationFailed)
  expect(state.clusterId).toBeUndefined()
  expect(copies(cloud).map(copy => copy.clusterId)).toEqual([old.clusterId])
})

test('a step that is cancelled before it sends takes the intent back; on its way it is kept', async () => {
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

test.each(['password', 'username'])(
  'an output that cannot be written calls no clean-up off: %s',
  async broken => {
    await using cloud = await startSimulator()
    const { step, state, send } = prepare(cloud)
    const publish = step.publish
    step.publish = (name, value) => {
      if (name === broken) throw new Error('no space left')
      publish(name, value)
    }
    await expect(send()).rejects.toThrow('no space left')
    expect(JSON.parse(state.intent ?? '')).toMatchObject({ clusterName: 'copy' })
    expect(cloud.world.cluster('copy').status).not.toBe('DELETED')
  },
)
