/** What `post` may drop when nothing but the name is known, and what it must not. */
import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import { runPost, type StepControl } from '../harness/runner.ts'
import { expectDropped, postOf, restoreAlone, restoreAndPost } from './after-job.ts'
import { interruptAt, kill } from './arrange.ts'
import { restoreCluster } from './steps.ts'
import { type StoryResult, sent } from './story.ts'

/** What is restored is RUNNING at once, and slowly enough for times of whole seconds to be apart. */
const stableTimes = { speed: 10, jobSeconds: 0, restoreLagSeconds: 0, clusterSeconds: 1e6 }

/** The step is killed in its POST; `applied`: that was carried out. */
function killInPost(cloud: Simulator, { applied, act }: { applied: boolean; act?: () => void }) {
  const killAnd = (control: StepControl) => {
    kill(control)
    act?.()
  }
  return restoreAndPost(cloud, {}, interruptAt(cloud, 'restoreCluster', { act: killAnd, applied }))
}

/** A cluster of the same name, made by another job so many seconds ago. */
function addSibling(cloud: Simulator, secondsAgo: number) {
  const createdAt = cloud.world.now() - secondsAgo * 1000
  return cloud.world.addCluster({ clusterName: 'pr-42', projectId: cloud.projectId, createdAt })
}

function expectKept(cloud: Simulator, story: StoryResult) {
  expect(sent(story, 'dropCluster')).toEqual([])
  expect(cloud.world.clusters.filter(({ clusterName }) => clusterName === 'pr-42')).not.toEqual([])
  for (const { status } of cloud.world.clusters) expect(status).not.toMatch(/^DELET/)
}

function expectRedWithIds(cloud: Simulator, story: StoryResult) {
  expectKept(cloud, story)
  const named = cloud.world.clusters.filter(({ clusterName }) => clusterName === 'pr-42')
  expect(postOf(story).outcome).toBe('failure')
  expect(postOf(story).annotations).toHaveLength(1)
  expect(postOf(story).annotations[0]?.message).toContain('Nothing was dropped.')
  for (const { clusterId } of named) expect(postOf(story).annotations[0]?.message).toContain(clusterId)
}

describe.each<Partial<Variants>>([
  {},
  { clockSkewSeconds: 600 },
  { clockSkewSeconds: -600 },
  { timeFormat: 'milliseconds' },
])('where the service plays %o', variants => {
  test('the cluster of a job beside, 30 s older, is kept', async () => {
    await using cloud = await startSimulator({ ...stableTimes, variants })
    const story = await killInPost(cloud, { applied: false, act: () => void addSibling(cloud, 30) })
    expectKept(cloud, story)
    expect(postOf(story).outcome).toBe('success')
    expect(postOf(story).log.join('\n')).toMatch(
      /no cluster named "pr-42" was created .* so nothing is dropped/,
    )
  })

  test('its own is dropped', async () => {
    await using cloud = await startSimulator({ ...stableTimes, variants })
    const story = await killInPost(cloud, { applied: true })
    expectDropped(cloud, story)
    expect(postOf(story).log.join('\n')).toContain('was created after it asked, by the clock of the service')
  })
})

test.each<Partial<Variants>>([{ serverDate: 'missing' }, { timeFormat: 'missing' }])(
  'where %o nothing can be known: red with the id, nothing dropped',
  async variants => {
    await using cloud = await startSimulator({ ...stableTimes, variants })
    expectRedWithIds(cloud, await killInPost(cloud, { applied: true }))
  },
)

test('several that were made since: red with each id, nothing dropped', async () => {
  await using cloud = await startSimulator({ ...stableTimes, variants: { clusterProjectFilter: false } })
  const act = () => {
    addSibling(cloud, -1)
    addSibling(cloud, -1)
  }
  expectRedWithIds(cloud, await killInPost(cloud, { applied: false, act }))
})

test('a cluster of the name in another project is kept', async () => {
  await using cloud = await startSimulator({ ...stableTimes, variants: { clusterProjectFilter: false } })
  const { projectId } = cloud.world.addProject()
  const act = () =>
    void cloud.world.addCluster({ clusterName: 'pr-42', projectId, createdAt: cloud.world.now() })
  const story = await killInPost(cloud, { applied: false, act })
  expectKept(cloud, story)
  expect(postOf(story).outcome).toBe('success')
})

const inDoubt: Fault[] = [
  { kind: 'envelope', status: 504, code: 96038, message: 'it failed' },
  { kind: 'envelope', status: 200, code: 'INTERNAL' },
  { kind: 'gateway', status: 502 },
]

test.each(inDoubt)('carried out and in doubt by %o: its cluster is dropped', async fault => {
  await using cloud = await startSimulator({ ...stableTimes, speed: 30 })
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault })
  const story = await restoreAndPost(cloud)
  const { clusterId } = cloud.world.cluster('pr-42')
  expect(story.step.outputs).toMatchObject({ status: 'failed', clusterId })
  expect(sent(story, 'restoreCluster')).toHaveLength(1)
  expectDropped(cloud, story)
})

test('cancelled before a refusal arrives: the cluster of a job beside is kept', async () => {
  await using cloud = await startSimulator(stableTimes)
  const act = (control: StepControl) => {
    control.cancel()
    addSibling(cloud, 30)
  }
  const story = await restoreAndPost(cloud, {}, interruptAt(cloud, 'restoreCluster', { act }))
  expect(story.step.outputs.status).toBe('cancelled')
  expectKept(cloud, story)
  expect(postOf(story).outcome).toBe('success')
})

describe('the description right before the drop decides:', () => {
  const running = { ...stableTimes, speed: 30 }

  test('a cluster that was given another name since is kept, red with its id', async () => {
    await using cloud = await startSimulator(running)
    const main = await restoreAlone(cloud)
    const kept = cloud.world.cluster('pr-42')
    kept.clusterName = 'keep-me'
    const post = await runPost(main.step)
    expect(post.outcome).toBe('failure')
    expect(post.annotations[0]?.message).toContain(`Cluster ${kept.clusterId} may still be there`)
    expect(post.annotations[0]?.message).toContain('but its name is "keep-me": it is not dropped')
    expect(kept.status).toBe('RUNNING')
  })

  test('one whose name cannot be read is kept, with names among the protected', async () => {
    await using cloud = await startSimulator(running)
    const main = await restoreCluster(cloud, {
      'delete-after-job': 'true',
      'protected-clusters': 'production',
    })
    const kept = cloud.world.cluster('pr-42')
    kept.shown = { clusterName: undefined }
    const post = await runPost(main.step)
    expect(post.outcome).toBe('failure')
    expect(post.annotations[0]?.message).toContain(kept.clusterId)
    expect(kept.status).toBe('RUNNING')
  })
})

test('the cluster of a job beside, made while the restore was throttled, is kept', async () => {
  await using cloud = await startSimulator({ ...stableTimes, speed: 30 })
  const act = () => void addSibling(cloud, 20)
  cloud.faults.inject({
    operation: 'restoreCluster',
    fault: { kind: 'gateway', status: 429, retryAfter: 60 },
  })
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'meanwhile', act } })
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'envelope', status: 504, code: 96017 } })
  const story = await restoreAndPost(cloud)
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.outputs).not.toHaveProperty('clusterId')
  expectKept(cloud, story)
  expect(postOf(story).outcome).toBe('success')
  expect(postOf(story).log.join('\n')).toMatch(/since \S+, so nothing is dropped/)
})

test('lists that lag behind by 45 s are asked until a minute after the POST: its own is dropped', async () => {
  await using cloud = await startSimulator({ ...stableTimes, speed: 30, variants: { listLagSeconds: 45 } })
  expectDropped(cloud, await killInPost(cloud, { applied: true }))
})
