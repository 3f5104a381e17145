import { expect, test } from 'vitest'
import { type Fault, startSimulator } from '../../simulator/index.ts'
import { exportBackup } from './steps.ts'
import { applied, errorOf, sent } from './story.ts'

const inDoubt: Fault[] = [
  { kind: 'reset' },
  { kind: 'gateway', status: 408 },
  { kind: 'envelope', status: 500, code: 96038, message: 'it failed' },
  { kind: 'envelope', status: 504, code: 40003, message: 'it failed' },
  { kind: 'envelope', status: 500, code: 0 },
  { kind: 'envelope', status: 200, code: 'INTERNAL' },
  { kind: 'envelope', status: 200, code: null },
  { kind: 'without-ids', ids: ['jobId'] },
  { kind: 'data-null' },
]

test.each(inDoubt)(
  'carried out and in doubt by %o: it may have started, and none is sent again',
  async fault => {
    await using cloud = await startSimulator({ speed: 60 })
    const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
    cloud.faults.inject({ operation: 'exportBackup', applied: true, fault })
    const story = await exportBackup(cloud)
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed', backupId } })
    expect(story.step.outputs).not.toHaveProperty('jobId')
    expect(errorOf(story)).toContain(`The export of backup ${backupId} may have started anyway`)
    expect(sent(story, 'exportBackup')).toHaveLength(1)
    expect(applied(story, 'exportBackup')).toHaveLength(1)
  },
)

test.each([400, 200])('an envelope of an error with HTTP %s is a refusal', async status => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.world.addBackup({ clusterId: cloud.clusterId })
  const fault = { kind: 'envelope', status, code: 40003, message: 'no' } as const
  cloud.faults.inject({ operation: 'exportBackup', fault })
  const story = await exportBackup(cloud)
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).not.toContain('may have started')
  expect(sent(story, 'exportBackup')).toHaveLength(1)
})

test('a backup that its description puts under another cluster is not exported', async () => {
  await using cloud = await startSimulator({ variants: { backupLookup: 'any-cluster' } })
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const { clusterId } = cloud.world.cluster('staging')
  const story = await exportBackup(cloud, { 'cluster-id': clusterId, 'backup-id': backupId })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toContain(`belongs to cluster ${cloud.clusterId}, not to cluster ${clusterId}`)
  expect(sent(story, 'exportBackup')).toEqual([])
})
