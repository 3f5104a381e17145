/** A backup that was found, and whose description is refused right before it would be deleted: the list decides. */
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

/** The first description finds it; from the second on it is refused, and that happens meanwhile. */
async function remove(cloud: Simulator, meanwhile: (backupId: string) => void) {
  const { clusterId } = cloud
  const { backupId } = cloud.world.addBackup({ clusterId })
  const describing = { operation: 'describeBackup', skip: 1 } as const
  cloud.faults.inject({ ...describing, fault: { kind: 'meanwhile', act: () => meanwhile(backupId) } })
  const fault = { kind: 'envelope', status: 200, code: 12345 } as const
  cloud.faults.inject({ ...describing, times: Number.POSITIVE_INFINITY, fault })
  return runIn(cloud, 'delete-backup', { 'cluster-id': clusterId, 'backup-id': backupId })
}

test('it is gone already where the list has it no more', async () => {
  await using cloud = await startSimulator()
  const act = (backupId: string) => {
    cloud.world.backup(backupId).status = 'DELETED'
  }
  const { ended, changes, reported } = await remove(cloud, act)
  expect(ended).toBe('skipped')
  expect(changes).toEqual([])
  expect(reported).toContain('deletedBackupIds=[]')
  expect(reported.at(-1)).toMatch(/^Nothing to delete: backup \S+ of cluster \S+ is DELETED already\.$/)
})

test('the refusal ends the step where the list has it, and nothing was sent', async () => {
  await using cloud = await startSimulator()
  const { ended, changes, error, reported } = await remove(cloud, () => undefined)
  expect(reported.at(-1)).toMatch(/^Deleting backup backup\S+ of cluster in01-\S+, which is AVAILABLE\.$/)
  expect(ended).toBeInstanceOf(ApiError)
  expect(changes).toEqual([])
  expect(error).toContain('code 12345')
  expect(error).not.toContain('may be deleted')
})
