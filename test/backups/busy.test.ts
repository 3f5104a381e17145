import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { type BusyOptions, backupsRunning } from '../../src/backups/busy.ts'
import { startBackup } from '../../src/backups/create.ts'
import { busySentence, waitWhileBusy } from '../../src/backups/in-the-way.ts'
import { OperationFailed, TimedOut } from '../../src/errors.ts'
import { decodeBackup } from '../../src/zilliz/decode.ts'
import { listBackups } from '../../src/zilliz/reads.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const optionsFor = ({ clusterId }: Simulator, more: Partial<BusyOptions> = {}): BusyOptions => ({
  clusterId,
  ifBusy: 'wait',
  pollInterval: 15_000,
  ...more,
})

test.each([
  ['CREATING', true],
  ['creating', true],
  ['AVAILABLE', false],
  ['FAILED', false],
  ['DELETING', false],
  ['DELETED', false],
  ['PAUSED', false],
])('a backup that is %s is running: %s', (status, running) => {
  const backup = decodeBackup({ backupId: 'b', status })
  expect(backupsRunning([backup])).toEqual(running ? [backup] : [])
})

test('the sentence names each that runs and who started it, or is an error that offers to wait', () => {
  const busy = [
    decodeBackup({ backupId: 'b1', status: 'CREATING', creationMethod: 'AUTO' }),
    decodeBackup({ backupId: 'b2', status: 'CREATING' }),
  ]
  const options = { clusterId: 'in01-a', ifBusy: 'wait', pollInterval: 1 } as const
  const sentence = 'Cluster in01-a is being backed up already: b1 (AUTO), b2 is CREATING.'
  expect(busySentence(options, busy)).toBe(sentence)
  expect(() => busySentence({ ...options, ifBusy: 'fail' }, busy)).toThrow(
    new OperationFailed({
      what: sentence,
      next: 'Wait for it, or let this step wait with if-busy: wait.',
      help: 'another-backup-is-running',
    }),
  )
})

test('while nothing runs, nothing is waited for, and nothing is read again', async () => {
  await using cloud = await startSimulator()
  cloud.world.addBackup({ clusterId: cloud.clusterId })
  const { step, reported } = stepIn(cloud)
  const listed = await listBackups(step.cloud, cloud.clusterId)
  const options = { ...optionsFor(cloud, { ifBusy: 'fail' }), crossRegionCopies: [] }
  const { backup } = await startBackup(options, step, { listed })
  expect(cloud.requests.map(({ method }) => method)).toEqual(['GET', 'POST'])
  expect(reported).toEqual([expect.stringMatching(`^Backup ${backup.backupId} of cluster .* has started`)])
})

test('the list that shows the end of it is returned', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: 60 })
  const { step, reported, time } = stepIn(cloud)
  const listed = await listBackups(step.cloud, cloud.clusterId)
  const after = await waitWhileBusy(optionsFor(cloud), step, { listed, elsewhere: [] })
  expect(after).toMatchObject([{ backupId, status: 'AVAILABLE' }])
  expect(time()).toBeGreaterThanOrEqual(60_000)
  expect(reported).toEqual([
    `Cluster ${cloud.clusterId} is being backed up already: ${backupId} (MANUAL) is CREATING. Waiting for it to end, since only one can run at a time.`,
  ])
})

test('a list that lags behind is not read in a tight loop', async () => {
  await using cloud = await startSimulator()
  const { backupId } = cloud.world.addBackup({ clusterId: cloud.clusterId })
  const { step, time } = stepIn(cloud)
  const lagging = [decodeBackup({ backupId, status: 'CREATING' })]
  await waitWhileBusy(optionsFor(cloud), step, { listed: lagging, elsewhere: [] })
  expect(time()).toBe(2_000)
  await waitWhileBusy(optionsFor(cloud, { pollInterval: 1_000 }), step, { listed: lagging, elsewhere: [] })
  expect(time()).toBe(3_000)
})

test.each([
  ['in01-b', 'Another cluster is being backed up: b2 of cluster in01-b (MANUAL) is CREATING.'],
  ['in01-a', 'Cluster in01-a is being backed up already: b2 (MANUAL) is CREATING.'],
])('the sentence says where it runs: cluster %s (F26)', (clusterId, sentence) => {
  const busy = [decodeBackup({ backupId: 'b2', status: 'CREATING', creationMethod: 'MANUAL', clusterId })]
  expect(busySentence({ clusterId: 'in01-a', ifBusy: 'join', pollInterval: 1 }, busy)).toBe(sentence)
})

test('a manual backup of another cluster that is in the way is waited for too (F26)', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud.world.cluster('staging')
  const { backupId } = cloud.world.startManualBackup(clusterId, { durationSeconds: 60 })
  const { step, reported, time } = stepIn(cloud)
  const elsewhere = [decodeBackup({ backupId, clusterId, status: 'CREATING', creationMethod: 'MANUAL' })]
  expect(await waitWhileBusy(optionsFor(cloud), step, { listed: [], elsewhere })).toEqual([])
  expect(time()).toBeGreaterThanOrEqual(60_000)
  expect(reported).toEqual([
    `Another cluster is being backed up: ${backupId} of cluster ${clusterId} (MANUAL) is CREATING. Waiting for it to end, since only one can run at a time.`,
  ])
})

test('what does not end is reported when the step times out', async () => {
  await using cloud = await startSimulator()
  cloud.world.startManualBackup(cloud.clusterId, { durationSeconds: Number.POSITIVE_INFINITY })
  const { step } = stepIn(cloud, 60_000)
  const listed = await listBackups(step.cloud, cloud.clusterId)
  await expect(waitWhileBusy(optionsFor(cloud), step, { listed, elsewhere: [] })).rejects.toThrow(
    new TimedOut(`Timed out after 1m: another backup of cluster ${cloud.clusterId} is still running.`),
  )
})
