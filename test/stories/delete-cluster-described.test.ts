/** A cluster is dropped by its description right before, and not by a list. */
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { atFirst } from './arrange.ts'
import { deleteCluster, type Inputs } from './steps.ts'
import { errorOf, sent } from './story.ts'

async function expectKept(cloud: Simulator, inputs: Inputs, words: string): Promise<void> {
  const story = await deleteCluster(cloud, inputs)
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toContain(words)
  expect(sent(story, 'dropCluster')).toEqual([])
  expect(cloud.world.cluster('staging').status).toBe('RUNNING')
}

test('a list that is behind a rename drops nothing', async () => {
  await using cloud = await startSimulator()
  cloud.world.cluster('staging').listed = { clusterName: 'old' }
  await expectKept(
    cloud,
    { 'target-cluster': 'old' },
    'was chosen by the name "old", but its name is "staging": it is not dropped.',
  )
  await expectKept(
    cloud,
    { 'target-cluster': 'old', 'protected-clusters': 'staging' },
    'is one of protected-clusters',
  )
})

test('a list without projects, of a service that does not filter by them, drops nothing', async () => {
  await using cloud = await startSimulator({ variants: { clusterProjectFilter: false } })
  const other = cloud.world.addProject()
  cloud.world.cluster('staging').listed = { projectId: undefined }
  await expectKept(
    cloud,
    { 'target-cluster': 'staging', 'target-project-id': other.projectId },
    `was chosen in project ${other.projectId}, but it is in project ${cloud.projectId}: it is not dropped.`,
  )
})

test('a cluster that is renamed while it is waited for is not dropped', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const cluster = Object.assign(cloud.world.cluster('staging'), { status: 'MODIFYING' })
  atFirst(cloud, 'dropCluster', () => {
    setTimeout(() => Object.assign(cluster, { status: 'RUNNING', clusterName: 'production-2' }), 200)
  })
  const story = await deleteCluster(cloud, { 'target-cluster': 'staging' })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toContain('was chosen by the name "staging", but its name is "production-2"')
  expect(sent(story, 'dropCluster').map(({ code }) => code)).toEqual([40003])
  expect(cluster.status).toBe('RUNNING')
})

test.each(['exact', 'ignore-case'] as const)(
  'an id in another case, which the service compares as %s, is an error with the right one',
  async idMatch => {
    await using cloud = await startSimulator({ variants: { idMatch } })
    const { clusterId } = cloud.world.cluster('staging')
    await expectKept(
      cloud,
      { 'target-cluster': clusterId.toUpperCase() },
      `target-cluster: there is no "${clusterId.toUpperCase()}", but "${clusterId}", which differs by case alone.`,
    )
  },
)

test('a name in another case is an error with the right one, and not "nothing to drop"', async () => {
  await using cloud = await startSimulator()
  await expectKept(cloud, { 'target-cluster': 'Staging' }, 'but "staging", which differs by case alone')
})

test.each([{ pageSizeShown: 'asked' }, { pageSizeShown: 'missing' }, { pageSizeShown: 'served' }] as const)(
  'one on the second page of a service that caps its pages is found: %o',
  async variants => {
    await using cloud = await startSimulator({
      variants: { ...variants, pageCap: 50, listOrder: 'newest-first' },
    })
    for (let number = 0; number < 60; number++) cloud.world.addCluster({ clusterName: `other-${number}` })
    const story = await deleteCluster(cloud, { 'target-cluster': 'staging' })
    expect(story.step.outputs.status).toBe('succeeded')
  },
)
