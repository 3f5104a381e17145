/** Ids that are none, in `wait`: names, another case; and what is not said to be running then. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { cancel, interruptAt } from './arrange.ts'
import { type Inputs, waitFor } from './steps.ts'
import { errorOf, type StoryResult } from './story.ts'

const never = Number.POSITIVE_INFINITY

/** A backup that is being made, so that its ids are those of something that runs. */
function start(cloud: Simulator) {
  const { backupId, backupName, job } = cloud.world.startManualBackup(cloud.clusterId, {
    durationSeconds: never,
  })
  return { backupId, backupName, jobId: job?.jobId ?? '' }
}

function expectNothingRunning({ step }: StoryResult) {
  expect(step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(step.log.join('\n')).not.toContain('Still running')
  expect(step.summary).not.toContain('Still running')
}

const byCase = (input: string, given: string, right: string) =>
  `${input}: there is no "${given}", but "${right}", which differs by case alone. Write it so.`

describe.each(['exact', 'ignore-case'] as const)('where ids are compared as %s', idMatch => {
  type Slip = (cloud: Simulator, made: ReturnType<typeof start>) => { inputs: Inputs; error: string }
  const slips: [what: string, slip: Slip][] = [
    [
      'the name of its cluster as cluster-id',
      ({ clusterId }, { backupId }) => ({
        inputs: { 'cluster-id': 'production', 'backup-id': backupId },
        error: `belongs to cluster ${clusterId}, not to cluster production`,
      }),
    ],
    [
      'cluster-id in capitals',
      ({ clusterId }, { backupId }) => ({
        inputs: { 'cluster-id': clusterId.toUpperCase(), 'backup-id': backupId },
        error: byCase('cluster-id', clusterId.toUpperCase(), clusterId),
      }),
    ],
    [
      'its name as backup-id',
      ({ clusterId }, { backupId, backupName }) => ({
        inputs: { 'cluster-id': clusterId, 'backup-id': backupName },
        error: `backup-id: "${backupName}" is the name of a backup; expected is its id, ${backupId} (CREATING).`,
      }),
    ],
    [
      'backup-id in capitals',
      ({ clusterId }, { backupId }) => ({
        inputs: { 'cluster-id': clusterId, 'backup-id': backupId.toUpperCase() },
        error: byCase('backup-id', backupId.toUpperCase(), backupId),
      }),
    ],
  ]

  test.each(slips)('a backup with %s is an error with the right id', async (_what, slip) => {
    await using cloud = await startSimulator({ speed: 30, variants: { idMatch } })
    const { inputs, error } = slip(cloud, start(cloud))
    const story = await waitFor(cloud, inputs)
    expect(errorOf(story)).toContain(error)
    expectNothingRunning(story)
  })
})

describe('in capitals, where ids are compared without case,', () => {
  test('a job-id is refused with the right spelling', async () => {
    await using cloud = await startSimulator({ speed: 30, variants: { idMatch: 'ignore-case' } })
    const { jobId } = start(cloud)
    const story = await waitFor(cloud, { 'job-id': jobId.toUpperCase() })
    expect(errorOf(story)).toBe(byCase('job-id', jobId.toUpperCase(), jobId))
    expectNothingRunning(story)
  })

  test('so is a cluster-id', async () => {
    await using cloud = await startSimulator({ speed: 30, variants: { idMatch: 'ignore-case' } })
    const { clusterId } = cloud
    const inputs = { 'cluster-id': clusterId.toUpperCase(), 'backup-id': start(cloud).backupId }
    const story = await waitFor(cloud, inputs)
    expect(errorOf(story)).toBe(byCase('cluster-id', clusterId.toUpperCase(), clusterId))
    expectNothingRunning(story)
  })
})

test('what the wrong key could not read is not said to be running', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const { backupId, jobId } = start(cloud)
  const inputs = { 'job-id': jobId, 'cluster-id': cloud.clusterId, 'backup-id': backupId }
  expectNothingRunning(await waitFor(cloud, { ...inputs, 'api-key': 'another-key-0123456789' }))
})

test('nor is a job that does not exist', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  expectNothingRunning(await waitFor(cloud, { 'job-id': 'job-0123456789abcdefghijkl' }))
})

test('nor a job, where the cluster beside it does not exist', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const story = await waitFor(cloud, { 'job-id': start(cloud).jobId, 'target-cluster': 'never-was' })
  expectNothingRunning(story)
})

test('nor one that could not be read before the timeout', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const { step } = await waitFor(cloud, { 'job-id': 'job-0123456789abcdefghijkl', timeout: '10s' })
  expect(step.outputs.status).toBe('timed-out')
  expect(`${step.log.join('\n')} ${step.summary}`).not.toContain('Still running')
})

test('a step that is cancelled while its target is looked up says how to wait for all of it', async () => {
  await using cloud = await startSimulator({ speed: 20 })
  const { jobId } = start(cloud)
  const inputs = { 'job-id': jobId, 'target-cluster': 'staging' }
  const { step } = await waitFor(cloud, inputs, interruptAt(cloud, 'listClusters', { act: cancel }))
  expect(step).toMatchObject({ outcome: 'cancelled', outputs: { status: 'cancelled' } })
  const log = step.log.join('\n')
  expect(log).toContain('Not read before the end. A step that waits for it:')
  expect(log).toContain(`job-id: ${jobId}`)
  expect(log).toContain('target-cluster: staging')
})
