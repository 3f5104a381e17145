/** What the new cluster needs, and the service does not show of the backup or of its source. */
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { InputError } from '../../src/errors.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

async function restore(cloud: Simulator) {
  const { clusterId } = cloud
  const { backupId } = cloud.world.addBackup({ clusterId })
  const inputs = { 'cluster-id': clusterId, 'backup-id': backupId, 'target-cluster': 'copy' }
  const { ended, error, changes } = await runIn(cloud, 'restore-cluster', inputs)
  expect(ended).toBeInstanceOf(InputError)
  expect(changes).toEqual([])
  return error.replaceAll(clusterId, 'in01-source')
}

const hide = (cloud: Simulator, operation: 'describeBackup' | 'describeCluster', field: string) => {
  const edit = ({ data, ...envelope }: { data: object }) => ({
    ...envelope,
    data: { ...data, [field]: null },
  })
  const fault = { kind: 'edit', edit } as const
  cloud.faults.inject({ operation, times: Number.POSITIVE_INFINITY, fault })
}

test('the project of the backup', async () => {
  await using cloud = await startSimulator()
  hide(cloud, 'describeBackup', 'projectId')
  expect(await restore(cloud)).toBe(
    'target-project-id: the backup does not show its project; set the project of the new cluster',
  )
})

test('the size of the source', async () => {
  await using cloud = await startSimulator()
  hide(cloud, 'describeCluster', 'cuSize')
  expect(await restore(cloud)).toBe(
    'cu-size: the service does not show the size of source cluster in01-source; set the compute units of the new cluster',
  )
})
