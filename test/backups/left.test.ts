/** What a job that has failed leaves of its backup. */

import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { waitUntilAvailable } from '../../src/backups/available.ts'
import { startBackup } from '../../src/backups/create.ts'
import { OperationFailed } from '../../src/errors.ts'
import type { BackupRef } from '../../src/zilliz/decode.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

function prepare(cloud: Simulator) {
  const { step } = stepIn(cloud)
  const { clusterId } = cloud
  const options = { clusterId, crossRegionCopies: [], ifBusy: 'wait', pollInterval: 15_000 } as const
  const start = async () => {
    const result = await startBackup(options, step, { listed: [] })
    if (result.kind !== 'started') throw new Error('another one was joined')
    return { ...result.backup, clusterId }
  }
  /** Up to its end. */
  const wait = (running: BackupRef & { jobId?: string | undefined }) =>
    waitUntilAvailable(options, step, { running })
  return { step, start, wait }
}

test.each([
  ['none', 'Your data is unchanged. No backup was left (looked up after the failure).', []],
  [
    'FAILED',
    'Your data is unchanged. Backup <id> is left, FAILED. Delete it with operation: delete-backup.',
    [],
  ],
  ['CREATING', 'Your data is unchanged. Backup <id> is left, CREATING. It may stay so.', ['backup']],
] as const)(
  'after a failed job one look tells what is left: %s ("What success means")',
  async (left, said, goesOn) => {
    await using cloud = await startSimulator({ variants: { backupLeftByFailedJob: left } })
    cloud.world.nextJob({ type: 'BACKUP', outcome: 'FAILED', reason: 'disk full', durationSeconds: 5 })
    const { step, start, wait } = prepare(cloud)
    const { backupId, jobId } = await start()
    const error = await wait({ clusterId: cloud.clusterId, backupId, jobId }).catch(thrown => thrown)
    expect(error).toBeInstanceOf(OperationFailed)
    expect(error.message).toBe(
      `The service ended job ${jobId} as FAILED. Reason: "disk full". ${said.replace('<id>', backupId)} Run the step again. If it fails again, open a ticket at Zilliz with job ${jobId}.`,
    )
    expect(step.report.outcome).toBe('nothing was backed up')
    // "Still running" is said only of what the look showed to be running.
    expect(step.inProgress.items.map(({ kind }) => kind)).toEqual(goesOn)
  },
)

test('an AVAILABLE backup of a failed job is no success, and nothing that cannot be read is called running', async () => {
  await using cloud = await startSimulator({ variants: { backupLeftByFailedJob: 'CREATING' } })
  const plan = { type: 'BACKUP', outcome: 'FAILED', durationSeconds: 0 } as const
  cloud.world.nextJob(plan)
  const first = prepare(cloud)
  const edit = (body: { data: object }) => ({ ...body, data: { ...body.data, status: 'AVAILABLE' } })
  cloud.faults.inject({ operation: 'describeBackup', fault: { kind: 'edit', edit } })
  const started = await first.start()
  await expect(first.wait(started)).rejects.toThrow(
    ` Backup ${started.backupId} is AVAILABLE although its job failed: do not rely on it.`,
  )
  expect(first.step.inProgress.items).toEqual([])
  const second = prepare(cloud)
  const { clusterId, backupId } = started
  second.step.inProgress.started({ kind: 'backup', clusterId, backupId })
  cloud.faults.inject({ operation: 'describeBackup', fault: { kind: 'envelope', status: 200, code: 96016 } })
  await expect(second.wait(started)).rejects.toThrow(
    new RegExp(
      ` What is left of backup ${started.backupId} is not known: This API key may not read backup .*, code 96016, `,
    ),
  )
  expect(second.step.inProgress.items).toEqual([])
})
