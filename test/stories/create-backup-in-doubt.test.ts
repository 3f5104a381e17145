import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { atFirst, endAtList, endNow } from './arrange.ts'
import { createBackup } from './steps.ts'
import { applied } from './story.ts'

const never = Number.POSITIVE_INFINITY

describe('refused by a server that failed', () => {
  const refusal = { kind: 'envelope', status: 500, code: 96038, message: 'it failed' } as const

  test('though it was carried out: the backup is adopted, and no second one is made', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    cloud.world.nextJob({ durationSeconds: never })
    cloud.faults.inject({ operation: 'createBackup', applied: true, fault: refusal })
    // However late the action reads the list, the backup is still CREATING then.
    atFirst(cloud, 'describeBackup', () => endNow(cloud, cloud.world.jobs[0]))
    const story = await createBackup(cloud)
    expect(applied(story, 'createBackup')).toHaveLength(1)
    const [backup] = cloud.world.backups
    expect(story.step.outputs).toMatchObject({
      status: 'succeeded',
      created: 'true',
      backupId: backup?.backupId,
    })
    expect(story.step.outputs.jobId).toBeUndefined()
  })

  test('while an automatic backup is running: that one is waited for', async () => {
    await using cloud = await startSimulator({ speed: 60 })
    cloud.faults.inject({
      operation: 'createBackup',
      fault: refusal,
      when: () => {
        cloud.world.startAutomaticBackup(cloud.clusterId, { durationSeconds: never })
        return true
      },
    })
    // One before the POST, one after its refusal, and then those that wait.
    endAtList(cloud, 3)
    const story = await createBackup(cloud)
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true' })
    expect(story.step.outputs.jobId).toBeDefined()
    expect(applied(story, 'createBackup')).toHaveLength(1)
  })
})
