/** Responses to a restore that lack something, and a runner that cannot write what they hold. */
import { describe, expect, test } from 'vitest'
import { startSimulator, type Variants } from '../../simulator/index.ts'
import { postOf, restoreAndPost } from './after-job.ts'
import { diskFullAt, hasFullDisk } from './arrange.ts'
import { password, restoreCluster } from './steps.ts'
import { errorOf, sent } from './story.ts'

test('without jobId the cluster alone is waited for', async () => {
  const variants = { restoreClusterOmits: 'jobId', restoreOrder: 'job-first' } as const
  await using cloud = await startSimulator({ speed: 20, variants })
  const story = await restoreCluster(cloud)
  const { clusterId } = cloud.world.cluster('pr-42')
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', clusterId, created: 'true', password })
  expect(story.step.outputs.connectAddress).toContain(clusterId)
  expect(story.step.outputs).not.toHaveProperty('jobId')
  expect(sent(story, 'describeJob')).toEqual([])
  expect(sent(story, 'restoreCluster')).toHaveLength(1)
})

describe('without clusterId', () => {
  const variants = { restoreClusterOmits: 'clusterId' } as const

  test('the cluster is looked for by its name, and its password is kept', async () => {
    await using cloud = await startSimulator({ speed: 20, variants })
    const story = await restoreCluster(cloud)
    const { clusterId } = cloud.world.cluster('pr-42')
    expect(story.step.outputs).toMatchObject({
      status: 'succeeded',
      clusterId,
      created: 'true',
      password,
      username: 'db_admin',
      jobId: cloud.world.jobs[0]?.jobId,
    })
    expect(story.step.masks.map(({ value }) => value)).toContain(password)
    expect(sent(story, 'restoreCluster')).toHaveLength(1)
  })

  test('nor in any list: the password is published anyway, and what may have started is said', async () => {
    await using cloud = await startSimulator({ speed: 60, variants })
    cloud.faults.inject({
      operation: 'listClusters',
      skip: 1,
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'without-entry' },
    })
    const story = await restoreCluster(cloud)
    expect(story.step.outputs).toMatchObject({ status: 'failed', password })
    expect(errorOf(story)).toMatch(
      / The restore may have started\. Look for cluster pr-42 of project \S+ in the console before running this step again\. \(/,
    )
  })
})

test('without ids and password it is a lost response', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'data-null' } })
  const story = await restoreCluster(cloud)
  const { clusterId } = cloud.world.cluster('pr-42')
  expect(story.step.outputs).toMatchObject({ status: 'failed', clusterId, created: 'true' })
  expect(errorOf(story)).toMatch(/reset the password .* in the console/)
  expect(sent(story, 'restoreCluster')).toHaveLength(1)
})

describe.each<Partial<Variants>>([
  { clockSkewSeconds: 600 },
  { clockSkewSeconds: -600 },
  { serverDate: 'missing' },
  { listOmits: ['createTime'] },
])('a lost response where the service plays %o', variants => {
  test('the cluster that was made is found', async () => {
    await using cloud = await startSimulator({ speed: 30, variants })
    cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
    const story = await restoreCluster(cloud)
    const { clusterId } = cloud.world.cluster('pr-42')
    expect(errorOf(story)).toContain(clusterId)
    expect(sent(story, 'restoreCluster')).toHaveLength(1)
  })

  test('one of an hour ago, made by somebody else, is not', async () => {
    await using cloud = await startSimulator({ speed: 30, variants: { ...variants, listOmits: [] } })
    const act = () =>
      void cloud.world.addCluster({
        clusterName: 'pr-42',
        projectId: cloud.projectId,
        createdAt: cloud.world.now() - 3_600_000,
      })
    cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'meanwhile', act } })
    cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'reset' } })
    const story = await restoreCluster(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(story.step.outputs).not.toHaveProperty('clusterId')
    expect(errorOf(story)).toContain('code 96017')
  })
})

describe.runIf(hasFullDisk)('the disk is full when the response with the password comes', () => {
  test('the ids are logged, the password is masked and nowhere', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    using disk = diskFullAt(cloud, 'restoreCluster', { file: 'GITHUB_OUTPUT' })
    const story = await restoreCluster(cloud, {}, { env: disk.env })
    const { clusterId } = cloud.world.cluster('pr-42')
    const jobId = cloud.world.jobs[0]?.jobId ?? ''
    expect(story.step).toMatchObject({ exitCode: 1 })
    const log = story.step.log.join('\n')
    expect(log).toContain(`Restore into the new cluster ${clusterId} has started: job ${jobId}.`)
    expect(log).toContain(`target-cluster: ${clusterId}`)
    expect(story.step.masks.map(({ value }) => value)).toContain(password)
    expect(errorOf(story)).toContain('ENOSPC')
    expect(errorOf(story)).not.toMatch(/defect|bug/i)
    expect(story.step.summary).toContain(clusterId)
    expect(sent(story, 'restoreCluster')).toHaveLength(1)
  })

  test('only the state cannot be written: ids and password are outputs', async () => {
    await using cloud = await startSimulator({ speed: 20 })
    using disk = diskFullAt(cloud, 'restoreCluster', { file: 'GITHUB_STATE' })
    const story = await restoreCluster(cloud, { 'delete-after-job': 'true' }, { env: disk.env })
    const { clusterId } = cloud.world.cluster('pr-42')
    expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed', clusterId, password } })
    expect(errorOf(story)).toContain('ENOSPC')
  })
})

test('a 5xx that was carried out, with delete-after-job: post drops the cluster', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const fault = { kind: 'envelope', status: 504, code: 96038 } as const
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault })
  const story = await restoreAndPost(cloud)
  expect(postOf(story).outcome).toBe('success')
  expect(cloud.world.cluster('pr-42').status).toMatch(/^DELET(ING|ED)$/)
})
