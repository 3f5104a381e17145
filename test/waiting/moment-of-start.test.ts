/** A POST that was throttled or never arrived has made nothing: what is there by the next one is somebody else's. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { OperationFailed } from '../../src/errors.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

/** Throttled for a minute; then, while somebody else did something, a response that leaves it in doubt, applied or not. */
function throttleAndLose(
  cloud: Simulator,
  operation: 'restoreCluster' | 'createBackup',
  { act = () => {}, applied = false }: { act?: () => void; applied?: boolean },
) {
  cloud.faults.inject({ operation, fault: { kind: 'gateway', status: 429, retryAfter: 60 } })
  cloud.faults.inject({ operation, fault: { kind: 'meanwhile', act } })
  cloud.faults.inject({ operation, applied, fault: { kind: 'envelope', status: 504, code: 96038 } })
}

describe('restore-cluster', () => {
  const restore = (cloud: Simulator) =>
    runIn(cloud, 'restore-cluster', {
      'cluster-id': cloud.clusterId,
      'backup-id': cloud.world.addBackup({ clusterId: cloud.clusterId }).backupId,
      'target-cluster': 'pr-42',
      'delete-after-job': 'true',
    })

  test('takes no cluster of a job beside for its own that was made between its POSTs', async () => {
    await using cloud = await startSimulator()
    const { world, projectId } = cloud
    const act = () =>
      void world.addCluster({ clusterName: 'pr-42', projectId, createdAt: world.now() - 20_000 })
    throttleAndLose(cloud, 'restoreCluster', { act })
    const { ended, reported, state, inProgress, changes } = await restore(cloud)
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(reported.filter(line => line.startsWith('clusterId='))).toEqual([])
    expect(state.clusterId).toBeUndefined()
    expect(inProgress.createdClusterId).toBeUndefined()
    // Not there by the look, so sent once more, which the name refuses.
    expect(changes).toEqual(['restoreCluster', 'restoreCluster', 'restoreCluster'])
  })

  test('saves the moment of the last POST that may have been carried out', async () => {
    await using cloud = await startSimulator()
    const { world } = cloud
    const start = world.now()
    throttleAndLose(cloud, 'restoreCluster', {})
    cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'gateway', status: 502 } })
    const { state, requests } = await restore(cloud)
    const [throttled, lost, lostAgain] = requests.filter(
      ({ operationId }) => operationId === 'restoreCluster',
    )
    expect(throttled?.time).toBe(start)
    expect(lost?.time).toBeGreaterThanOrEqual(start + 60_000)
    expect(lostAgain?.time).toBeGreaterThan((lost?.time ?? 0) + 20_000)
    expect(JSON.parse(state.intent ?? '')).toMatchObject({ clusterName: 'pr-42', since: lost?.time })
  })

  test('takes its own', async () => {
    await using cloud = await startSimulator()
    throttleAndLose(cloud, 'restoreCluster', { applied: true })
    const { error, state } = await restore(cloud)
    const { clusterId } = cloud.world.cluster('pr-42')
    expect(error).toContain(`The restore has started anyway: cluster ${clusterId} is`)
    expect(state.clusterId).toBe(clusterId)
  })
})

describe('create-backup', () => {
  const create = (cloud: Simulator) => runIn(cloud, 'create-backup', { 'cluster-id': cloud.clusterId })

  test('adopts no backup of somebody else that was begun between its POSTs', async () => {
    await using cloud = await startSimulator()
    const { world, clusterId } = cloud
    const act = () => void world.addBackup({ clusterId, ageSeconds: 20, status: 'CREATING' })
    throttleAndLose(cloud, 'createBackup', { act })
    const { ended, error, reported, changes } = await create(cloud)
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(error).toContain('the list of backups has none that this step could have started')
    expect(reported.filter(line => /^(backupId|created)=/.test(line))).toEqual([])
    expect(changes).toEqual(['createBackup', 'createBackup'])
  })

  test('adopts its own', async () => {
    await using cloud = await startSimulator()
    throttleAndLose(cloud, 'createBackup', { applied: true })
    const { ended, reported } = await create(cloud)
    expect(ended).toBe('succeeded')
    expect(reported).toContain(`backupId=${cloud.world.backups[0]?.backupId}`)
  })
})
