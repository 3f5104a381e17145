/** A deletion that was only throttled has deleted nothing, and nothing is to say that it may have. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { Cancelled } from '../../src/errors.ts'
import { NoResponseError } from '../../src/zilliz/errors.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const always = Number.POSITIVE_INFINITY
const throttled = { kind: 'gateway', status: 429 } as const

const operations = ['delete-backup', 'prune-backups'] as const

/** Two backups, of which each operation deletes the older one. */
function prepare({ world, clusterId }: Simulator) {
  const { backupId } = world.addBackup({ clusterId, ageSeconds: 7_200 })
  world.addBackup({ clusterId, ageSeconds: 3_600 })
  const inputs: Record<(typeof operations)[number], Inputs> = {
    'delete-backup': { 'cluster-id': clusterId, 'backup-id': backupId },
    'prune-backups': { 'cluster-id': clusterId, 'keep-last': '1' },
  }
  return { backupId, inputs }
}

const published = (reported: readonly string[]) =>
  reported.findLast(line => line.startsWith('deletedBackupIds='))

describe.each(operations)('%s', operation => {
  test('whose deletion is throttled to the end', async () => {
    await using cloud = await startSimulator()
    const { inputs } = prepare(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', times: always, fault: throttled })
    const { ended, error, reported } = await runIn(cloud, operation, inputs[operation])
    expect(`${(ended as Error).cause}`).toContain('HTTP 429')
    expect(error).toMatch(/^Could not delete backup [\s\S]*, HTTP 429, /)
    expect(error).not.toMatch(/may be deleted/)
    expect(published(reported)).toBe('deletedBackupIds=[]')
  })

  test('whose deletion is throttled, and which is then cancelled', async () => {
    await using cloud = await startSimulator()
    const { inputs } = prepare(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', times: always, fault: throttled })
    const act = (stop: AbortController) => stop.abort(new Cancelled())
    const { ended, error } = await runIn(cloud, operation, inputs[operation], {
      onPause: ({ stop }) => void (cloud.requests.at(-1)?.operationId === 'deleteBackup' && act(stop)),
    })
    expect(ended).toBeInstanceOf(Cancelled)
    expect(error).not.toMatch(/may be deleted/)
  })

  test('is said to have deleted it perhaps, where one of them got no response', async () => {
    await using cloud = await startSimulator()
    const { inputs } = prepare(cloud)
    cloud.faults.inject({ operation: 'deleteBackup', fault: throttled })
    cloud.faults.inject({ operation: 'deleteBackup', times: always, fault: { kind: 'reset' } })
    const { error } = await runIn(cloud, operation, inputs[operation])
    expect(error).toMatch(/may be deleted anyway/)
  })
})

/** The first deletion is throttled; before it is sent again somebody else has deleted the backup. */
function deletedMeanwhile(cloud: Simulator, backupId: string) {
  const act = () => {
    cloud.world.backup(backupId).status = 'DELETED'
  }
  cloud.faults.inject({ operation: 'deleteBackup', fault: { kind: 'meanwhile', act } })
  cloud.faults.inject({ operation: 'deleteBackup', fault: throttled })
}

describe('deleted by somebody else while it was throttled:', () => {
  test.each(operations)('%s has deleted none', async operation => {
    await using cloud = await startSimulator({ variants: { deletedBackup: 'DELETED' } })
    const { backupId, inputs } = prepare(cloud)
    deletedMeanwhile(cloud, backupId)
    const { ended, reported, changes } = await runIn(cloud, operation, inputs[operation])
    expect([ended, published(reported)]).toEqual(['skipped', 'deletedBackupIds=[]'])
    expect(changes).toEqual(['deleteBackup'])
    expect(reported.join('\n')).toMatch(new RegExp(`ackup ${backupId} .*is DELETED already`))
  })

  test('prune-backups has deleted none where the description is refused, either', async () => {
    await using cloud = await startSimulator()
    const { backupId, inputs } = prepare(cloud)
    deletedMeanwhile(cloud, backupId)
    const { ended, reported } = await runIn(cloud, 'prune-backups', inputs['prune-backups'])
    expect([ended, published(reported)]).toEqual(['skipped', 'deletedBackupIds=[]'])
    expect(reported).toContain(`Skipped:\nBackup ${backupId} is gone already.`)
  })
})

test('a deletion whose goal is not reached was sent, not accepted: nothing shows that it was', async () => {
  await using cloud = await startSimulator()
  const { backupId, inputs } = prepare(cloud)
  cloud.faults.inject({ operation: 'deleteBackup', fault: { kind: 'envelope', status: 200, code: 0 } })
  const one = await runIn(cloud, 'delete-backup', inputs['delete-backup'])
  expect(one.error).toBe(
    `The deletion was sent, but cluster ${cloud.clusterId} still has backup ${backupId} (AVAILABLE). Look at it in the console.`,
  )
  cloud.faults.inject({ operation: 'deleteBackup', fault: { kind: 'envelope', status: 200, code: 0 } })
  const many = await runIn(cloud, 'prune-backups', inputs['prune-backups'])
  expect(many.error).toContain(
    `Backup ${backupId}: the deletion was sent, but it is still there. Now it is AVAILABLE.`,
  )
})

test('restore-cluster whose drop of the old cluster is only throttled does not say that it is dropped', async () => {
  await using cloud = await startSimulator()
  const { world, clusterId, projectId } = cloud
  const { backupId } = world.addBackup({ clusterId })
  world.addCluster({ clusterName: 'pr-42', projectId })
  cloud.faults.inject({ operation: 'dropCluster', times: always, fault: throttled })
  const ids = { 'cluster-id': clusterId, 'backup-id': backupId, 'target-cluster': 'pr-42' }
  const result = await runIn(cloud, 'restore-cluster', { ...ids, 'if-exists': 'replace' })
  expect(result.ended).toBeInstanceOf(NoResponseError)
  expect(result.error).toMatch(/^Could not drop cluster .*HTTP 429/)
  expect(result.error).not.toContain('may be dropped')
  // What the end of the step says by it: "is dropped or may be".
  expect(result.inProgress.droppedClusterId).toBeUndefined()
})
