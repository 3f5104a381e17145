import { expect, test, vi } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { type RestoreOptions, sendRestore } from '../../src/clusters/restore.ts'
import { Cancelled, OperationFailed, TimedOut } from '../../src/errors.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

/** A restore about to be sent, and the step it is sent from. */
function prepare(cloud: Simulator, more: Partial<RestoreOptions> = {}, timeout?: number) {
  const { step, reported, state, stop } = stepIn(cloud, timeout)
  const { clusterId, projectId } = cloud
  const { backupId } = cloud.world.addBackup({ clusterId })
  const options: RestoreOptions = {
    source: { clusterId, backupId },
    cluster: { clusterName: 'copy', projectId, cuSize: 1, collectionStatus: 'KEEP' },
    before: [],
    deleteAfterJob: true,
    pollInterval: 15_000,
    ...more,
  }
  return { step, options, reported, state, stop, send: () => sendRestore(options, step) }
}

const starts = (cloud: Simulator) =>
  cloud.requests.filter(({ operationId }) => operationId === 'restoreCluster').length

const copies = (cloud: Simulator) => cloud.world.clusters.filter(({ clusterName }) => clusterName === 'copy')

test('what comes back is published at once, the password first, and saved for the end of the job', async () => {
  await using cloud = await startSimulator()
  cloud.world.nextPassword = 'S3cret-password!'
  const { reported, state, step, send } = prepare(cloud)
  const { clusterId, jobId } = await send()
  expect(reported).toEqual([
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
  expect(step.inProgress.items).toEqual([
    { kind: 'cluster', clusterId },
    { kind: 'job', jobId },
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
  expect(error.message).toMatch(/ Try my-copy\.$/)
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

test('after replace, a name that somebody else has taken is waited for, and the intent is taken back', async () => {
  await using cloud = await startSimulator()
  // Younger than the request, and not ours: `post` would take it for the one that this step created.
  const other = cloud.world.addCluster({ clusterName: 'copy', projectId: cloud.projectId })
  const { state, send } = prepare(cloud, { droppedId: 'in01-old' }, 60_000)
  const error = await send().catch(thrown => thrown)
  expect(error).toBeInstanceOf(TimedOut)
  expect(error.message).toContain(`the name is still used by ${other.clusterId}`)
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

test('a lost response: the cluster is found, published and saved, and its password is said to be lost', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  const { send, state, reported, step } = prepare(cloud)
  const error = await send().catch(thrown => thrown)
  const [created] = copies(cloud)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).toContain(`cluster ${created?.clusterId} is`)
  expect(error.message).toMatch(/reset the password of db_admin in the console.*if-exists: replace/)
  expect(reported).toContain(`clusterId=${created?.clusterId}`)
  expect(state.clusterId).toBe(created?.clusterId)
  expect(step.inProgress.createdClusterId).toBe(created?.clusterId)
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

test('a restore whose response is lost twice is not sent a third time', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'restoreCluster', times: 9, fault: { kind: 'gateway', status: 502 } })
  const { send, state } = prepare(cloud)
  const error = await send().catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).toContain('The restore may have started: look for cluster copy')
  expect(starts(cloud)).toBe(2)
  // What may have been created stays for the end of the job to search for.
  expect(state.intent).not.toBe('')
})

test('a second try that is refused for the name shows what the first one created', async () => {
  await using cloud = await startSimulator()
  // Carried out, but listed only after it has been searched for.
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  const hide = (response: { data: { clusters: { clusterName: string }[] } }) => ({
    ...response,
    data: { ...response.data, clusters: response.data.clusters.filter(each => each.clusterName !== 'copy') },
  })
  cloud.faults.inject({ operation: 'listClusters', times: 15, fault: { kind: 'edit', edit: hide } })
  const { send, state } = prepare(cloud)
  const error = await send().catch(thrown => thrown)
  const [created] = copies(cloud)
  expect(error.message).toContain(`cluster ${created?.clusterId} is`)
  expect(state.clusterId).toBe(created?.clusterId)
  expect(starts(cloud)).toBe(2)
  expect(cloud.faults.pending()).toEqual([])
})

test('a cluster of that name that is older than the request is not taken for the new one', async () => {
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

test('a cluster that had the name before is not taken for the new one, however young it is', async () => {
  await using cloud = await startSimulator()
  const old = cloud.world.addCluster({
    clusterName: 'copy',
    projectId: cloud.projectId,
    status: 'DELETING',
  })
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'reset' } })
  // The second POST is refused for the name, and the name is free a little later.
  const edit = (response: unknown) => {
    if (starts(cloud) === 2) cloud.world.cluster(old.clusterId).status = 'DELETED'
    return response
  }
  const times = Number.POSITIVE_INFINITY
  cloud.faults.inject({ operation: 'listClusters', times, fault: { kind: 'edit', edit } })
  const { send, state } = prepare(cloud, { before: [old.clusterId], droppedId: old.clusterId })
  const { clusterId } = await send()
  expect(clusterId).not.toBe(old.clusterId)
  expect(state.clusterId).toBe(clusterId)
  expect(starts(cloud)).toBe(3)
  expect(copies(cloud).map(copy => copy.clusterId)).toEqual([old.clusterId, clusterId])
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

test.each(['password', 'username'])(
  'an output that cannot be written cancels no clean-up: %s',
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
