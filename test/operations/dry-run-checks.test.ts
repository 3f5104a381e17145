/** What a real run would meet is met in a dry run, too. */
import { describe, expect, test } from 'vitest'
import { type ClusterDraft, startSimulator } from '../../simulator/index.ts'
import type { OperationName } from '../../src/contract.ts'
import { OperationFailed } from '../../src/errors.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const operations: [OperationName, Inputs, what: string][] = [
  ['restore-collections', { 'target-cluster': 'staging', collections: '*' }, 'restored from'],
  ['export-backup', { 'integration-id': 'integ-0123456789' }, 'exported from'],
]

describe.each(operations)('%s %o', (operation, inputs, what) => {
  test.each<ClusterDraft>([{ plan: 'Serverless' }, { plan: 'Free' }])(
    'refuses a source of %o in a dry run',
    async draft => {
      await using cloud = await startSimulator()
      const { clusterId } = cloud.world.addCluster({ clusterName: 'small', ...draft })
      const { backupId } = cloud.world.addBackup({ clusterId })
      const source = { 'cluster-id': clusterId, 'backup-id': backupId, 'dry-run': 'true' }
      const { ended, error, changes, reported } = await runIn(cloud, operation, { ...source, ...inputs })
      expect(ended).toBeInstanceOf(OperationFailed)
      expect(error).toContain(`Cluster ${clusterId} is of plan "${draft.plan}" and cannot be ${what}`)
      expect(changes).toEqual([])
      expect(reported.filter(line => line.startsWith('plan='))).toEqual([])
    },
  )

  test('plans where the source is gone: its backups stay', async () => {
    await using cloud = await startSimulator()
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
    cloud.world.cluster(cloud.clusterId).status = 'DELETED'
    const source = { 'cluster-id': cloud.clusterId, 'backup-id': backupId, 'dry-run': 'true' }
    expect((await runIn(cloud, operation, { ...source, ...inputs })).ended).toBe('planned')
  })
})

describe('a dry run with a safety backup, while the target is being backed up,', () => {
  const run = async (ifBusy: string) => {
    await using cloud = await startSimulator()
    const { clusterId } = cloud.world.cluster('staging')
    const running = cloud.world.startAutomaticBackup(clusterId, { durationSeconds: Infinity })
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
    const result = await runIn(cloud, 'restore-collections', {
      'cluster-id': cloud.clusterId,
      'backup-id': backupId,
      'target-cluster': 'staging',
      collections: '*',
      'safety-backup': 'true',
      'if-busy': ifBusy,
      'dry-run': 'true',
    })
    expect(result.changes).toEqual([])
    const sentence = `Cluster ${clusterId} is being backed up already: ${running.backupId} (AUTO) is CREATING.`
    return { ...result, sentence }
  }

  test('fails with if-busy: fail', async () => {
    const { ended, error, sentence } = await run('fail')
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(error).toContain(sentence)
  })

  test('says with if-busy: wait that the step would wait', async () => {
    const { ended, reported, sentence } = await run('wait')
    expect(ended).toBe('planned')
    expect(reported).toContain(`${sentence} The step would wait for it to end.`)
  })
})
