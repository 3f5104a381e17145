/** A backup of which the job, or the backup itself, is not told as it should be. */
import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { OperationFailed } from '../../src/errors.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const always = Number.POSITIVE_INFINITY

const create = (cloud: Simulator, more: Inputs = {}) =>
  runIn(cloud, 'create-backup', { 'cluster-id': cloud.clusterId, ...more })

describe('a backup that is AVAILABLE is not to be relied on', () => {
  test('where its job can never be read, and has not failed', async () => {
    await using cloud = await startSimulator()
    const fault = { kind: 'envelope', status: 404, code: 96026 } as const
    cloud.faults.inject({ operation: 'describeJob', times: always, fault })
    const { ended, error } = await create(cloud)
    const { backupId } = cloud.world.backups[0] ?? {}
    const [jobId] = /job-\w+/.exec(error) ?? []
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(error.replace(/\(.*\)$/, '')).toBe(
      `Could not read job ${jobId}: the service refused. Backup ${backupId} is AVAILABLE although its job cannot be read: do not rely on it. Run the step again. If the job cannot be read again, open a ticket at Zilliz with job ${jobId}. `,
    )
    expect(error).toMatch(/, HTTP 404, code 96026, request id [^)]*\)$/)
    expect(error).not.toMatch(/job failed/)
  })

  test('where its job failed', async () => {
    await using cloud = await startSimulator()
    cloud.world.nextJob({ outcome: 'FAILED', reason: 'no space' })
    const edit = ({ data, ...envelope }: { data: object }) => ({
      ...envelope,
      data: { ...data, status: 'AVAILABLE' },
    })
    cloud.faults.inject({ operation: 'describeBackup', times: always, fault: { kind: 'edit', edit } })
    cloud.variants.backupLeftByFailedJob = 'FAILED'
    const { error } = await create(cloud)
    expect(error).toMatch(
      /"no space"\. Backup \S+ is AVAILABLE although its job failed: do not rely on it\. Run/,
    )
  })
})

test('refused while another backup was running, which has ended meanwhile: one sentence with if-busy: fail', async () => {
  await using cloud = await startSimulator()
  const { clusterId, world } = cloud
  const act = () => void world.addBackup({ clusterId, ageSeconds: 0 })
  cloud.faults.inject({ operation: 'createBackup', fault: { kind: 'meanwhile', act } })
  const fault = { kind: 'envelope', status: 200, code: 96038, message: 'busy' } as const
  cloud.faults.inject({ operation: 'createBackup', fault })
  const { ended, error } = await create(cloud, { 'if-busy': 'fail' })
  expect(ended).toBeInstanceOf(OperationFailed)
  expect(error).toMatch(/^Could not start a backup of cluster \S+: the service refused\. /)
  expect(error).toMatch(
    new RegExp(
      ` Another backup of cluster ${clusterId} was running until a moment ago\\. Run the step again, or let it wait with if-busy: wait\\. \\("busy", HTTP 200, code 96038, [^)]*\\)$`,
    ),
  )
  expect(error).not.toMatch(/\n|The state of/)
  expect(error.match(/the service refused/g)).toHaveLength(1)
})

describe('an answer that names the job and not the backup, of which nothing is found,', () => {
  const jobId = 'job-0123456789'

  function arrange(cloud: Simulator) {
    const fault = { kind: 'envelope', status: 200, code: 0, data: { jobId } } as const
    cloud.faults.inject({ operation: 'createBackup', fault })
  }

  test('is an error that names it, and the job is an output', async () => {
    await using cloud = await startSimulator()
    arrange(cloud)
    const { ended, error, reported } = await create(cloud)
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(error).toMatch(new RegExp(` The response named its job, ${jobId}\\. \\(`))
    expect(reported).toContain(`jobId=${jobId}`)
    expect(reported).toContain(`jobIds=["${jobId}"]`)
    expect(reported.join('\n')).not.toMatch(/^backupId=/m)
  })

  test('is no output of restore-collections for its safety backup, whose job is not among jobIds', async () => {
    await using cloud = await startSimulator()
    const { clusterId, world } = cloud
    arrange(cloud)
    const { ended, error, reported, changes } = await runIn(cloud, 'restore-collections', {
      'cluster-id': clusterId,
      'backup-id': world.addBackup({ clusterId }).backupId,
      'target-cluster': 'staging',
      collections: '*',
      'safety-backup': 'true',
    })
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(error).toContain(jobId)
    expect(changes).toEqual(['createBackup'])
    expect(reported.filter(line => /^(jobIds?|safetyBackupId)=/.test(line))).toEqual([])
  })
})
