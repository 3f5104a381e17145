import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { pruneBackups } from '../../src/operations/prune-backups.ts'
import type { Step } from '../../src/step.ts'
import { stepIn } from '../harness/step.ts'

/** Each list that a step has published, oldest first. */
function published(told: readonly string[]): string[][] {
  const name = 'deletedBackupIds='
  return told.filter(line => line.startsWith(name)).map(line => JSON.parse(line.slice(name.length)))
}

function prune(cloud: Simulator, step: Step, backups: number) {
  const { clusterId } = cloud
  for (let age = 1; age <= backups; age++) cloud.world.addBackup({ clusterId, ageSeconds: age * 60 })
  return pruneBackups({ operation: 'prune-backups', clusterId, keepLast: 1 } as never, step)
}

const deleted = ({ world }: Simulator) =>
  world.backups.filter(({ status }) => status === 'DELETED').map(({ backupId }) => backupId)

test('of hundreds each deletion is published, of more only now and then, and all at the end', async () => {
  await using cloud = await startSimulator()
  const { step, told } = stepIn(cloud)
  expect(await prune(cloud, step, 421)).toBe('succeeded')
  const sizes = published(told).map(({ length }) => length)
  expect(sizes).toEqual([...sizes].sort((one, other) => one - other))
  expect(new Set(sizes.filter(size => size <= 300)).size).toBeGreaterThan(270)
  // A twentieth more each time: 315, 331, 348, 366, 385, 405 and the end, 420.
  expect(sizes.filter(size => size > 300).length).toBeLessThanOrEqual(8)
  expect(published(told).at(-1)?.toSorted()).toEqual(deleted(cloud).toSorted())
  expect(published(told).at(-1)).toHaveLength(420)
}, 60_000)

test('an end in the middle publishes all that is deleted by then', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({
    operation: 'deleteBackup',
    skip: 312,
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'envelope', status: 401, code: 21119 },
  })
  const { step, told } = stepIn(cloud)
  await expect(prune(cloud, step, 330)).rejects.toThrow(/\n312 of 329 backups were deleted\./)
  expect(published(told).at(-1)?.toSorted()).toEqual(deleted(cloud).toSorted())
}, 60_000)
