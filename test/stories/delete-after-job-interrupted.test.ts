import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import type { StepControl } from '../harness/runner.ts'
import { expectDropped, postOf, restoreAndPost, settleAfterRefusal } from './after-job.ts'
import { cancel, interruptAt, kill } from './arrange.ts'
import { password } from './steps.ts'
import { sent } from './story.ts'

test('a cancelled wait leaves ids, password and how to resume, and the cluster is dropped', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  settleAfterRefusal(cloud)
  const story = await restoreAndPost(
    cloud,
    {},
    interruptAt(cloud, 'describeJob', { act: cancel, applied: true }),
  )
  const { clusterId } = cloud.world.cluster('pr-42')
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs).toMatchObject({ status: 'cancelled', clusterId, password })
  expect(story.step.receipt).toMatchObject({ status: 'cancelled', clusterId })
  for (const line of ['operation: wait', `target-cluster: ${clusterId}`, 'operation: delete-cluster']) {
    expect(story.step.summary).toContain(line)
    expect(story.step.log.join('\n')).toContain(line)
  }
  expectDropped(cloud, story)
})

test('a step that gets SIGTERM ends as a cancelled one', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  const terminate = (control: StepControl) => control.kill('SIGTERM')
  const options = interruptAt(cloud, 'describeJob', { act: terminate, applied: true })
  const { step } = await restoreAndPost(cloud, { 'delete-after-job': 'false' }, options)
  const { clusterId } = cloud.world.cluster('pr-42')
  expect(step).toMatchObject({ signal: null, exitCode: 1 })
  expect(step.outputs).toMatchObject({ status: 'cancelled', clusterId, password })
  expect(step.summary).toContain(`target-cluster: ${clusterId}`)
})

test('a POST in flight when the step is cancelled is allowed to finish, and its response kept', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  settleAfterRefusal(cloud)
  const story = await restoreAndPost(
    cloud,
    {},
    interruptAt(cloud, 'restoreCluster', {
      act: cancel,
      applied: true,
      fault: { kind: 'drip', bytes: 9_999, everyMs: 40 },
    }),
  )
  const { clusterId } = cloud.world.cluster('pr-42')
  const [job] = cloud.world.jobs
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs).toMatchObject({ status: 'cancelled', clusterId, password, jobId: job?.jobId })
  expect(sent(story, 'describeJob')).toEqual([])
  expectDropped(cloud, story)
})

test('a POST without a response in time: it may have been carried out, and what it made is dropped', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  settleAfterRefusal(cloud)
  const story = await restoreAndPost(
    cloud,
    {},
    interruptAt(cloud, 'restoreCluster', { act: cancel, applied: true }),
  )
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs.status).toBe('cancelled')
  expect(story.step.outputs).not.toHaveProperty('clusterId')
  expect(story.step.summary).toContain('pr-42')
  expect(postOf(story).log.join('\n')).toContain('has the name it asked for')
  expectDropped(cloud, story)
})

test('cancelled before the restore is sent: none is made, and nothing is dropped', async () => {
  await using cloud = await startSimulator({ speed: 10 })
  const story = await restoreAndPost(
    cloud,
    {},
    interruptAt(cloud, 'describeBackup', { act: cancel, applied: true }),
  )
  expect(story.step).toMatchObject({ outcome: 'cancelled', signal: null, exitCode: 1 })
  expect(story.step.outputs.status).toBe('cancelled')
  expect(story.step.receipt).toMatchObject({ status: 'cancelled' })
  expect(story.requests.map(({ operationId }) => operationId)).toEqual(['describeBackup'])
  expect(postOf(story).rawLines).toEqual([])
})

test('somebody else’s older cluster of the name is not dropped', async () => {
  await using cloud = await startSimulator({ speed: 100 })
  const older = { clusterName: 'pr-42', projectId: cloud.projectId, createdAt: cloud.world.now() - 3_600_000 }
  const act = (control: StepControl) => {
    kill(control)
    cloud.world.addCluster(older)
  }
  const story = await restoreAndPost(cloud, {}, interruptAt(cloud, 'restoreCluster', { act }))
  expect(postOf(story).outcome).toBe('success')
  expect(postOf(story).log.join('\n')).toMatch(
    /no cluster named "pr-42" was created .* so nothing is dropped/,
  )
  expect(sent(story, 'dropCluster')).toEqual([])
})
