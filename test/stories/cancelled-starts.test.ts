/** Cancelled while a start is on its way that is answered in time, in a step that does not wait for what it starts. */
import { expect, test } from 'vitest'
import { type OperationId, type Simulator, startSimulator } from '../../simulator/index.ts'
import { cancel, interruptAt } from './arrange.ts'
import { createBackup, exportBackup, password, restoreCluster, restoreCollections } from './steps.ts'
import { sent } from './story.ts'

const backupIds = ({ world }: Simulator) => ({ backupId: world.backups.at(-1)?.backupId })
const noWait = { wait: 'false' }

const starts = [
  [
    'create-backup',
    'createBackup',
    createBackup,
    noWait,
    backupIds,
    'that would start a second backup, unless it has if-busy: join and skip-if-newer-than.',
  ],
  [
    'restore-cluster',
    'restoreCluster',
    restoreCluster,
    noWait,
    ({ world }: Simulator) => ({ clusterId: world.cluster('pr-42').clusterId, password }),
    'the name is taken now.',
  ],
  [
    'restore-collections',
    'restoreCollection',
    restoreCollections,
    { ...noWait, collections: 'sales.orders' },
    ({ world }: Simulator) => ({ clusterId: world.cluster('staging').clusterId }),
    'that would send the same restores again.',
  ],
  ['export-backup', 'exportBackup', exportBackup, noWait, backupIds, 'that would start a second export.'],
] as const

test.each(starts)('%s is cancelled, and not started: its ids are kept', async (...row) => {
  const [operation, operationId, run, inputs, expected, notAgain] = row
  await using cloud = await startSimulator({ speed: 2 })
  if (operation === 'export-backup') cloud.world.addBackup({ clusterId: cloud.clusterId })
  const options = interruptAt(cloud, operationId as OperationId, {
    act: cancel,
    applied: true,
    fault: { kind: 'drip', bytes: 9_999, everyMs: 40 },
  })
  const story = await run(cloud, inputs, options)
  const [job] = cloud.world.jobs
  const { step } = story
  expect(step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(step.outputs).toMatchObject({
    ...expected(cloud),
    status: 'cancelled',
    jobIds: JSON.stringify([job?.jobId]),
  })
  expect(step.receipt).toMatchObject({ status: 'cancelled', jobIds: [job?.jobId] })
  expect(step.log.join('\n')).toContain(`job-id: ${job?.jobId}`)
  expect(step.summary).toContain(`job-id: ${job?.jobId}`)
  // The other error is the runner's.
  const [error] = step.annotations.filter(({ title }) => title === `${operation} was cancelled`)
  expect(error?.message).toMatch(
    new RegExp(`^The step was cancelled\\. .*ob ${job?.jobId}.* Do not run this step again as it is: `),
  )
  expect(error?.message).toMatch(/(?:These go|goes) on at the service/)
  expect(error?.message.split('as it is: ')[1]).toBe(
    `${notAgain} Wait with the step that stands in the log and on the job summary.`,
  )
  expect(sent(story, operationId)).toHaveLength(1)
})
