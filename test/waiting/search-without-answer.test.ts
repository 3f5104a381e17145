/** The response to a start is lost, and the list that would show what it made cannot be believed: it may have started. */
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { OperationFailed } from '../../src/errors.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const times = Number.POSITIVE_INFINITY

/** From then on pages of a list are full of something else, and so large that it is given up. */
function listsWithoutEnd(cloud: Simulator, what: 'backups' | 'clusters', id: 'backupId' | 'clusterId') {
  const started = what === 'backups' ? 'createBackup' : 'restoreCluster'
  const operation = what === 'backups' ? 'listBackups' : 'listClusters'
  let pages = 0
  const edit = () => {
    pages++
    const entry = (_: unknown, index: number) => ({ [id]: `in01-${pages}x${index}`, status: 'RUNNING' })
    const data = { count: 1_000_000, [what]: Array.from({ length: 100 }, entry), more: 'x'.repeat(6_000_000) }
    return { code: 0, data }
  }
  const when = () => cloud.requests.some(({ operationId }) => operationId === started)
  cloud.faults.inject({ operation, times, when, fault: { kind: 'edit', edit } })
}

test('create-backup says that it may have started', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'createBackup', applied: true, fault: { kind: 'reset' } })
  listsWithoutEnd(cloud, 'backups', 'backupId')
  const { ended, error, changes } = await runIn(cloud, 'create-backup', { 'cluster-id': cloud.clusterId })
  expect(ended).toBeInstanceOf(OperationFailed)
  expect(error).toMatch(/^Could not start a backup .* The check failed: Could not list the backups /)
  expect(error).toContain('the list is too long, or has no end')
  expect(error).toContain('The backup may have started anyway: look at the backups of the cluster')
  expect(changes).toEqual(['createBackup'])
})

test('restore-cluster says that it may have started, and keeps what the end of the job needs', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  listsWithoutEnd(cloud, 'clusters', 'clusterId')
  const { clusterId, world } = cloud
  const { ended, error, changes, state } = await runIn(cloud, 'restore-cluster', {
    'cluster-id': clusterId,
    'backup-id': world.addBackup({ clusterId }).backupId,
    'target-cluster': 'pr-42',
    'delete-after-job': 'true',
  })
  expect(ended).toBeInstanceOf(OperationFailed)
  expect(error).toMatch(/^Could not restore backup .* The check failed: Could not list the clusters/)
  expect(error).toContain('The restore may have started. Look for cluster pr-42 of project')
  expect(changes).toEqual(['restoreCluster'])
  expect(state.intent).toContain('"clusterName":"pr-42"')
})
