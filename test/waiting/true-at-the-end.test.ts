import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { OperationFailed, TimedOut } from '../../src/errors.ts'
import { clusterRunning } from '../../src/waiting/cluster.ts'
import type { Condition, Status } from '../../src/waiting/conditions.ts'
import { jobSuccessful } from '../../src/waiting/job.ts'
import { waitForAll } from '../../src/waiting/wait-for-all.ts'
import { runIn } from '../harness/run-in.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'
import { startBackup } from './started-backup.ts'

stopTheWorld()

const options = { pollInterval: 15_000 }

/** A condition that shows these, one after the other, and the last one ever after. */
function scripted(clusterId: string, statuses: readonly Status[]) {
  const left = [...statuses]
  let reads = 0
  const condition: Condition = {
    what: `cluster ${clusterId}`,
    item: { kind: 'cluster', clusterId },
    notFoundGrace: 0,
    async read() {
      reads++
      return (left.length > 1 ? left.shift() : left[0]) as Status
    },
  }
  return { condition, reads: () => reads }
}

const met: Status = { state: 'met', line: 'RUNNING' }
const pending: Status = { state: 'pending', line: 'RESTORE_BACKUP' }
const failed: Status = { state: 'failed', line: 'DELETING and will not become RUNNING by itself.' }

test('when the last goal is reached, those reached before it are looked at again ("What success means")', async () => {
  await using cloud = await startSimulator()
  const early = scripted('in01-a', [met])
  const late = scripted('in01-b', [pending, pending, met])
  await waitForAll(stepIn(cloud).step, [early.condition, late.condition], options)
  expect(early.reads()).toBe(2)
  expect(late.reads()).toBe(3)
})

test('of goals that are reached in one round the earlier ones are read once more', async () => {
  await using cloud = await startSimulator()
  const [one, other] = [scripted('in01-a', [met]), scripted('in01-b', [met])]
  await waitForAll(stepIn(cloud).step, [one.condition, other.condition], options)
  expect([one.reads(), other.reads()]).toEqual([2, 1])
})

test('one that has left its goal is waited for, and the other is looked at again then', async () => {
  await using cloud = await startSimulator()
  const early = scripted('in01-a', [met, pending, pending, met])
  const late = scripted('in01-b', [pending, met])
  const { step, reported } = stepIn(cloud)
  await waitForAll(step, [early.condition, late.condition], options)
  expect(early.reads()).toBe(4)
  // Met a moment after the other, so read once more when that one is met at last.
  expect(late.reads()).toBe(3)
  expect(reported.filter(line => line.includes('in01-a')).map(line => line.split(' ').at(-1))).toEqual([
    'RUNNING',
    'RESTORE_BACKUP',
    'RUNNING',
  ])
  expect(step.inProgress.items).toEqual([])
})

test.each([true, false])('one that has failed since fails the step, with failFast %s', async failFast => {
  await using cloud = await startSimulator()
  const early = scripted('in01-a', [met, failed])
  const late = scripted('in01-b', [pending, met])
  const wait = waitForAll(stepIn(cloud).step, [early.condition, late.condition], { ...options, failFast })
  const error = await wait.catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).toBe('Cluster in01-a is DELETING and will not become RUNNING by itself.')
})

test('one that has left its goal for good is still in progress when the step times out', async () => {
  await using cloud = await startSimulator()
  const early = scripted('in01-a', [met, pending])
  const late = scripted('in01-b', [pending, met])
  const { step } = stepIn(cloud, 60_000)
  await expect(waitForAll(step, [early.condition, late.condition], options)).rejects.toThrow(
    new TimedOut('Timed out after 1m: cluster in01-a is RESTORE_BACKUP.'),
  )
  expect(step.inProgress.items).toEqual([early.condition.item])
})

test('a cluster that leaves RUNNING while its job goes on is waited for (F71, U10)', async () => {
  await using cloud = await startSimulator()
  const { jobId } = startBackup(cloud, { durationSeconds: 60 })
  cloud.world.scriptStates('staging', [
    [0, 'RUNNING'],
    [5, 'RESTORE_BACKUP'],
    [90, 'RUNNING'],
  ])
  const { step, time } = stepIn(cloud)
  const { clusterId } = cloud.world.cluster('staging')
  const conditions = [
    clusterRunning(clusterId, 0, () => {}),
    jobSuccessful(jobId, { grace: 0, isReadBack: true }),
  ]
  await waitForAll(step, conditions, options)
  expect(time()).toBeGreaterThanOrEqual(90_000)
})

test.each(['gone', 'DELETED'] as const)(
  'a backup that is deleted while the cluster beside it is read is no success, shown as %s',
  async deletedBackup => {
    await using cloud = await startSimulator({ variants: { deletedBackup } })
    const { world, clusterId } = cloud
    const backup = world.addBackup({ clusterId })
    const act = () => {
      backup.status = 'DELETED'
    }
    cloud.faults.inject({ operation: 'describeCluster', fault: { kind: 'meanwhile', act } })
    const ids = { 'cluster-id': clusterId, 'backup-id': backup.backupId }
    const { ended, error } = await runIn(cloud, 'wait', { ...ids, 'target-cluster': 'staging' })
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(error).toContain(`ackup ${backup.backupId}`)
  },
)
