import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { run } from '../../src/operations/prune-backups.ts'
import type { Step } from '../../src/step.ts'
import { type Inputs, parse, problemsOf } from '../harness/inputs.ts'
import { stepIn } from '../harness/step.ts'
import { commonRequest, expected, ofCluster } from './common.ts'

const least: Inputs = { ...ofCluster, operation: 'prune-backups', 'keep-last': '7' }

test('the least, and everything', async () => {
  const request = {
    ...commonRequest,
    clusterId: 'in01-a',
    keepLast: 7,
    keepDaily: undefined,
    keepWeekly: undefined,
    keepMonthly: undefined,
    protectedBackups: [],
    olderThan: undefined,
    backupType: undefined,
    dryRun: false,
  }
  expect(await parse(least)).toEqual(request)
  const numbers = { 'keep-daily': '14', 'keep-weekly': '8', 'keep-monthly': '12' }
  const others = { 'protected-backups': 'b1, b2', 'older-than': '30d', 'backup-type': 'CLUSTER' }
  expect(await parse({ ...least, ...numbers, ...others, 'dry-run': 'true' })).toEqual({
    ...request,
    keepDaily: 14,
    keepWeekly: 8,
    keepMonthly: 12,
    protectedBackups: ['b1', 'b2'],
    olderThan: 2_592_000_000,
    backupType: 'CLUSTER',
    dryRun: true,
  })
})

const keepLast = (got: string) => [`keep-last: expected a whole number from 1 to 1000000; ${got}`]

test.each<[Inputs, string[]]>([
  [{ 'keep-last': '' }, keepLast('it is empty')],
  [{ 'keep-last': '0' }, keepLast('got "0"')],
  [{ 'keep-last': '-1' }, keepLast('got "-1"')],
  [{ 'keep-last': '1.5' }, keepLast('got "1.5"')],
  [{ 'keep-last': '1e3' }, keepLast('got "1e3"')],
  [{ 'keep-last': 'all' }, keepLast('got "all"')],
  [{ 'keep-last': '1000001' }, keepLast('got "1000001"')],
  [{ 'keep-last': '9'.repeat(40) }, keepLast(`got "${'9'.repeat(40)}"`)],
  [{ 'keep-last': '1' }, []],
  [{ 'keep-last': '1000000' }, []],
  [{ 'older-than': '30' }, [`older-than: ${expected.duration} "30"`]],
  [{ 'backup-type': 'AUTO' }, [`backup-type: ${expected.type} "AUTO"`]],
])('with %j', async (more, problems) => {
  expect(await problemsOf({ ...least, ...more })).toEqual(problems)
})

/** Each list that a step has published, oldest first. */
function published(reported: readonly string[]): string[][] {
  const name = 'deletedBackupIds='
  return reported.filter(line => line.startsWith(name)).map(line => JSON.parse(line.slice(name.length)))
}

function prune(cloud: Simulator, step: Step, backups: number) {
  const { clusterId } = cloud
  for (let age = 1; age <= backups; age++) cloud.world.addBackup({ clusterId, ageSeconds: age * 60 })
  return run({ ...commonRequest, clusterId, keepLast: 1, dryRun: false }, step)
}

const deleted = ({ world }: Simulator) =>
  world.backups.filter(({ status }) => status === 'DELETED').map(({ backupId }) => backupId)

test('of hundreds each deletion is published, of more only now and then, and all at the end', async () => {
  await using cloud = await startSimulator()
  const { step, reported } = stepIn(cloud)
  expect(await prune(cloud, step, 421)).toBe('succeeded')
  const sizes = published(reported).map(({ length }) => length)
  expect(sizes).toEqual([...sizes].sort((one, other) => one - other))
  expect(new Set(sizes.filter(size => size <= 300)).size).toBeGreaterThan(270)
  // A twentieth more each time: 315, 331, 348, 366, 385, 405 and the end, 420.
  expect(sizes.filter(size => size > 300).length).toBeLessThanOrEqual(8)
  expect(published(reported).at(-1)?.toSorted()).toEqual(deleted(cloud).toSorted())
  expect(published(reported).at(-1)).toHaveLength(420)
}, 60_000)

test('an end in the middle publishes all that is deleted by then', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({
    operation: 'deleteBackup',
    skip: 312,
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'envelope', status: 401, code: 21119 },
  })
  const { step, reported } = stepIn(cloud)
  await expect(prune(cloud, step, 330)).rejects.toThrow(/\n312 of 329 backups were deleted\./)
  expect(published(reported).at(-1)?.toSorted()).toEqual(deleted(cloud).toSorted())
}, 60_000)
