import { expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { OperationFailed } from '../../src/errors.ts'
import { stopTheWorld } from '../harness/step.ts'
import { prepare, starts } from './restoring.ts'

stopTheWorld()

const copies = (cloud: Simulator) => cloud.world.clusters.filter(({ clusterName }) => clusterName === 'copy')

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
  expect(error.message).toContain('The restore may have started. Look for cluster copy')
  expect(starts(cloud)).toBe(2)
  // What may have been created stays for the end of the job to search for.
  expect(state.intent).not.toBe('')
})

test('a second try that is refused for the name shows what the first one created', async () => {
  await using cloud = await startSimulator()
  // Carried out, but listed only after it has been searched for.
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  const hide = ({ data }: { data: { clusters: { clusterName: string }[] } }) => {
    const clusters = data.clusters.filter(each => each.clusterName !== 'copy')
    return { code: 0, data: { ...data, clusters, count: clusters.length } }
  }
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
  const { send, state } = prepare(cloud, { before: [old.clusterId] })
  const { clusterId } = await send()
  expect(clusterId).not.toBe(old.clusterId)
  expect(state.clusterId).toBe(clusterId)
  expect(starts(cloud)).toBe(3)
  expect(copies(cloud).map(copy => copy.clusterId)).toEqual([old.clusterId, clusterId])
})

const named = (cloud: Simulator, more: object = {}) =>
  cloud.world.addCluster({ clusterName: 'copy', projectId: cloud.projectId, ...more })

/** Something else happens while the POST is in flight, and its response is lost. */
function loseWhile(cloud: Simulator, act: () => void) {
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'meanwhile', act } })
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'gateway', status: 502 } })
}

test.each<[Fault, string]>([
  [{ kind: 'envelope', status: 504, code: 96038 }, 'a 5xx with an envelope'],
  [{ kind: 'envelope', status: 200, code: 'INTERNAL' }, 'a word as code'],
])('%j leaves the restore in doubt: %s is never a no, and the intent stays ("Requests")', async fault => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault })
  const { send, state } = prepare(cloud)
  const error = await send().catch(thrown => thrown)
  const [created] = copies(cloud)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).toContain(`The restore has started anyway: cluster ${created?.clusterId} is`)
  expect(state.clusterId).toBe(created?.clusterId)
  expect(starts(cloud)).toBe(1)
})

test('a password in an answer without the id is masked and published, and the step goes on with the cluster', async () => {
  await using cloud = await startSimulator({ variants: { restoreClusterOmits: 'clusterId' } })
  cloud.world.nextPassword = 'S3cret-password!'
  const { send, reported, state } = prepare(cloud)
  const created = await send()
  const [copy] = copies(cloud)
  expect(created).toMatchObject({ clusterId: copy?.clusterId, password: 'S3cret-password!' })
  expect(created.jobId).toMatch(/^job-/)
  expect(reported[0]).toBe('mask S3cret-password!')
  expect(reported).toContain('password=S3cret-password!')
  expect(reported).toContain(`clusterId=${copy?.clusterId}`)
  expect(state.clusterId).toBe(copy?.clusterId)
  expect(starts(cloud)).toBe(1)
})

test.each([600, -600])(
  "what was created since the POST is said by the service's own clock, %d s off",
  async clockSkewSeconds => {
    await using cloud = await startSimulator({ variants: { clockSkewSeconds } })
    const { send, state, step } = prepare(cloud)
    step.cloud.session.clockDifference = clockSkewSeconds * 1_000
    // Four minutes before the POST: within what the runner's clock would be allowed.
    const old = named(cloud, { createdAt: cloud.world.now() - 240_000 })
    cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'reset' } })
    await expect(send()).rejects.toThrow(OperationFailed)
    expect(state.clusterId).toBeUndefined()
    expect(copies(cloud)).toEqual([old])
  },
)

test('one that is described without a time cannot be told: nothing is taken, and its id is named', async () => {
  await using cloud = await startSimulator()
  const { send, state, step } = prepare(cloud)
  let other = ''
  loseWhile(cloud, () => {
    other = named(cloud, { shown: { createTime: undefined } }).clusterId
  })
  const error = await send().catch(thrown => thrown)
  expect(error.message).toContain(
    `New clusters have that name, and nothing shows which is this step's: ${other}.`,
  )
  expect(state.clusterId).toBeUndefined()
  expect(state.intent).not.toBe('')
  expect(step.inProgress.createdClusterId).toBeUndefined()
  expect(starts(cloud)).toBe(1)
})

test('several new ones are named, and none is taken', async () => {
  await using cloud = await startSimulator()
  const { send, state } = prepare(cloud)
  const ids: string[] = []
  loseWhile(cloud, () => ids.push(named(cloud).clusterId, named(cloud).clusterId))
  const error = await send().catch(thrown => thrown)
  expect(error.message).toContain("New clusters have that name, and nothing shows which is this step's: ")
  for (const id of ids) expect(error.message).toContain(id)
  expect(state.clusterId).toBeUndefined()
})
