/** The source cluster is never reused, replaced or written over, whatever the case of its id and whatever is shown. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { refuseDrop } from '../../src/clusters/drop.ts'
import type { OperationName } from '../../src/contract.ts'
import { InputError, OperationFailed } from '../../src/errors.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

/** A backup whose description does not show its cluster. */
function addBackup({ world, clusterId }: Simulator, more: object = {}): string {
  return world.addBackup({ clusterId, shown: { clusterId: undefined }, ...more }).backupId
}

const restores: [OperationName, Inputs][] = [
  ['restore-cluster', { 'target-cluster': 'production', 'if-exists': 'replace' }],
  ['restore-cluster', { 'target-cluster': 'production', 'if-exists': 'replace', 'cu-size': '1' }],
  ['restore-cluster', { 'target-cluster': 'production', 'if-exists': 'reuse' }],
  ['restore-collections', { 'target-cluster': 'production', collections: '*' }],
  ['restore-collections', { 'target-cluster': 'production', collections: 'medium_articles' }],
]

describe.each(restores)('%s %o', (operation, inputs) => {
  test.each([
    [false, /It is the source cluster|the target is the source cluster itself/],
    [true, /^cluster-id: .* differs by case alone/],
  ])(
    'refuses the source in capitals; the list shows the cluster of the backup: %s ("Case")',
    async (isListed, why) => {
      await using cloud = await startSimulator({ variants: { idMatch: 'ignore-case' } })
      const { clusterId } = cloud
      const backupId = addBackup(cloud, isListed ? { listed: { clusterId } } : {})
      for (const id of [backupId, 'latest']) {
        const ids = { 'cluster-id': clusterId.toUpperCase(), 'backup-id': id }
        const { ended, error, changes } = await runIn(cloud, operation, { ...ids, ...inputs })
        expect(ended instanceof OperationFailed || ended instanceof InputError).toBe(true)
        expect(error).toMatch(why)
        expect(changes).toEqual([])
      }
      expect(cloud.world.cluster('production').status).toBe('RUNNING')
    },
  )
})

const uses: [OperationName, Inputs][] = [
  ['describe-backup', {}],
  ['delete-backup', {}],
  ['export-backup', { 'integration-id': 'integ-0123456789' }],
  ['restore-cluster', { 'target-cluster': 'production', 'if-exists': 'replace' }],
  ['restore-collections', { 'target-cluster': 'production', collections: '*' }],
]

test.each(uses)(
  'where the description shows no cluster and the list another one, it is an error in %s %o',
  async (operation, inputs) => {
    await using cloud = await startSimulator({ variants: { backupLookup: 'any-cluster' } })
    const backupId = addBackup(cloud, { listed: { clusterId: cloud.clusterId } })
    // The backup is of production; the id of the cluster is a slip.
    const { clusterId } = cloud.world.cluster('staging')
    const ids = { 'cluster-id': clusterId, 'backup-id': backupId }
    const { error, changes } = await runIn(cloud, operation, { ...ids, ...inputs })
    expect(error).toContain(
      `Backup ${backupId} (AVAILABLE) belongs to cluster ${cloud.clusterId}, not to cluster ${clusterId}`,
    )
    expect(changes).toEqual([])
  },
)

test('no drop is sent for the source, whatever the case of its id', () => {
  const rule = { clusterId: 'in01-a', neverIds: ['IN01-A'], protectedClusters: [] }
  expect(() => refuseDrop(rule, { clusterId: 'in01-a', status: 'RUNNING' })).toThrow(
    'Cluster in01-a (RUNNING) is the source cluster: it is not dropped.',
  )
})
