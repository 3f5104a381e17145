/** The name of a cluster in `cluster-id`, however the service takes it. */
import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import type { OperationName } from '../../src/contract.ts'
import { OperationFailed } from '../../src/errors.ts'
import { ApiError } from '../../src/zilliz/errors.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const isName = ({ clusterId }: Simulator, name = 'production') =>
  `No cluster "${name}". That is the name of a cluster, and cluster-id takes its id: ${clusterId}.`

const differsByCase = ({ clusterId }: Simulator) =>
  `cluster-id: there is no "${clusterId.toUpperCase()}", but "${clusterId}", which differs by case alone. Write it so.`

describe('delete-backup never says "skipped"', () => {
  const remove = (cloud: Simulator, clusterId: string, backupId: string) =>
    runIn(cloud, 'delete-backup', { 'cluster-id': clusterId, 'backup-id': backupId })
  const nowhere = 'backup9_000000000000000'

  test.each<Fault>([
    { kind: 'envelope', status: 500, code: 96018 },
    { kind: 'envelope', status: 504, code: 40020 },
    { kind: 'gateway', status: 502 },
  ])('where its description gets %o for ever', async fault => {
    await using cloud = await startSimulator()
    cloud.faults.inject({ operation: 'describeBackup', times: Number.POSITIVE_INFINITY, fault })
    for (const name of ['production', 'Production']) {
      const { ended, error, changes } = await remove(cloud, name, nowhere)
      expect(ended).toBeInstanceOf(OperationFailed)
      expect(error).toContain(isName(cloud, name))
      expect(changes).toEqual([])
    }
    expect((await remove(cloud, cloud.clusterId.toUpperCase(), nowhere)).error).toBe(differsByCase(cloud))
    // With the id itself, the list of all decides.
    expect((await remove(cloud, cloud.clusterId, nowhere)).ended).toBe('skipped')
  })

  test('where a backup is found by its id alone', async () => {
    await using cloud = await startSimulator({ variants: { backupLookup: 'any-cluster' } })
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
    expect((await remove(cloud, 'production', nowhere)).error).toContain(isName(cloud))
    const { error, changes } = await remove(cloud, 'production', backupId)
    expect(error).toContain(`belongs to cluster ${cloud.clusterId}, not to cluster production`)
    expect(changes).toEqual([])
  })
})

describe('where the list of backups itself says that there is no such cluster', () => {
  const operations: [OperationName, Inputs][] = [
    ['list-backups', {}],
    ['prune-backups', { 'keep-last': '1' }],
    ['create-backup', {}],
    ['describe-backup', { 'backup-id': 'latest' }],
    ['restore-cluster', { 'backup-id': 'latest', 'target-cluster': 'pr-42' }],
  ]

  test.each(operations)('%s %o tells the right id', async (operation, inputs) => {
    await using cloud = await startSimulator()
    cloud.world.addBackup({ clusterId: cloud.clusterId })
    const fault: Fault = { kind: 'envelope', status: 200, code: 96018, message: 'Cluster not found' }
    cloud.faults.inject({ operation: 'listBackups', times: Number.POSITIVE_INFINITY, fault })
    const run = (clusterId: string) => runIn(cloud, operation, { 'cluster-id': clusterId, ...inputs })
    expect((await run('production')).error).toContain(isName(cloud))
    expect((await run(cloud.clusterId.toUpperCase())).error).toBe(differsByCase(cloud))
    const { ended, error } = await run('in01-nowhere')
    expect((ended as Error).cause).toBeInstanceOf(ApiError)
    expect(error).toMatch(/^No cluster "in01-nowhere"\. Check the id, .*code 96018, [^)]*\)$/)
  })

  test('it stays as it is where the key may not list clusters', async () => {
    await using cloud = await startSimulator()
    const refusing = (code: number) => ({ kind: 'envelope', status: 200, code }) as const
    cloud.faults.inject({ operation: 'listBackups', times: Number.POSITIVE_INFINITY, fault: refusing(96018) })
    cloud.faults.inject({
      operation: 'listClusters',
      times: Number.POSITIVE_INFINITY,
      fault: refusing(96016),
    })
    const { error } = await runIn(cloud, 'list-backups', { 'cluster-id': 'production' })
    expect(error).toMatch(/^No cluster "production"\. That looks like a name.*code 96018, [^)]*\)$/)
  })
})
