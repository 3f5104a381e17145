/** A job that the service describes under its id in another case. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import type { OperationName } from '../../src/contract.ts'
import { OperationFailed } from '../../src/errors.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'
import { startBackup } from './started-backup.ts'

stopTheWorld()

/** Every description of a job, or the first so many. */
function shoutJobIds(cloud: Simulator, times = Number.POSITIVE_INFINITY) {
  const edit = ({ data, ...envelope }: { data: { jobId: string } }) => ({
    ...envelope,
    data: { ...data, jobId: data.jobId.toUpperCase() },
  })
  cloud.faults.inject({ operation: 'describeJob', times, fault: { kind: 'edit', edit } })
}

const operations: [OperationName, Inputs][] = [
  ['create-backup', {}],
  ['restore-cluster', { 'target-cluster': 'pr-42' }],
  ['restore-collections', { 'target-cluster': 'staging', collections: 'sales.orders, sales.items' }],
  ['export-backup', { 'integration-id': 'integ-0123456789' }],
]

function inputsOf({ world, clusterId }: Simulator, operation: OperationName, more: Inputs): Inputs {
  const { backupId } = world.addBackup({ clusterId })
  return {
    'cluster-id': clusterId,
    ...(operation !== 'create-backup' && { 'backup-id': backupId }),
    ...more,
  }
}

describe.each(operations)('%s', (operation, more) => {
  test('is followed to the end of its own jobs, whatever the case', async () => {
    await using cloud = await startSimulator({ jobSeconds: 30 })
    shoutJobIds(cloud)
    const { ended, error } = await runIn(cloud, operation, inputsOf(cloud, operation, more))
    expect([ended, error]).toEqual(['succeeded', ''])
    for (const { jobId } of cloud.world.jobs) expect(cloud.world.jobStatus(jobId)).toBe('SUCCESSFUL')
  })

  test('does not succeed where they fail', async () => {
    await using cloud = await startSimulator({ jobSeconds: 30 })
    const jobs = operation === 'restore-collections' ? 2 : 1
    for (let job = 0; job < jobs; job++) cloud.world.nextJob({ outcome: 'FAILED', reason: 'no space' })
    shoutJobIds(cloud, 2)
    const { ended, error, time } = await runIn(cloud, operation, inputsOf(cloud, operation, more))
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(error).toContain('Reason: "no space"')
    expect(time).toBeGreaterThanOrEqual(30_000)
  })
})

test('wait refuses the id of an input in another case, and shows the right one', async () => {
  await using cloud = await startSimulator()
  const { jobId } = startBackup(cloud, { durationSeconds: 30 })
  shoutJobIds(cloud)
  const { ended, error } = await runIn(cloud, 'wait', { 'job-id': jobId })
  expect(ended).toBeInstanceOf(OperationFailed)
  expect(error).toBe(
    `job-id: there is no "${jobId}", but "${jobId.toUpperCase()}", which differs by case alone. Write it so.`,
  )
})
