/** What a description shows to be impossible is refused in a dry run, too. */
import { expect, test } from 'vitest'
import { type ClusterDraft, type Simulator, startSimulator } from '../../simulator/index.ts'
import { createBackup, type Inputs, restoreCluster, restoreCollections } from './steps.ts'
import { errorOf, type StoryResult } from './story.ts'

const dry = { 'dry-run': 'true' }

const plans: ClusterDraft[] = [{ plan: 'Serverless' }, { plan: 'Free' }]

function expectRefused(cloud: Simulator, story: StoryResult, { clusterId, plan }: ClusterDraft) {
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(story.step.outputs).not.toHaveProperty('plan')
  expect(errorOf(story)).toContain(`Cluster ${clusterId} is of plan "${plan}" and cannot be `)
  expect(story.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  expect(cloud.world.jobs).toEqual([])
}

test.each(plans)('a backup of a cluster of %o', async draft => {
  await using cloud = await startSimulator()
  const cluster = cloud.world.addCluster({ clusterName: 'small', ...draft })
  expectRefused(cloud, await createBackup(cloud, { ...dry, 'cluster-id': cluster.clusterId }), cluster)
})

test.each([{}, { 'cu-size': '1' }])('a restore from a cluster of them, %o', async (size: Inputs) => {
  await using cloud = await startSimulator()
  const cluster = cloud.world.addCluster({ clusterName: 'small', plan: 'Serverless' })
  const { clusterId } = cluster
  const { backupId } = cloud.world.addBackup({ clusterId })
  const inputs = { ...dry, ...size, 'cluster-id': clusterId, 'backup-id': backupId }
  expectRefused(cloud, await restoreCluster(cloud, inputs), cluster)
})

test.each(plans)('a restore of collections into a cluster of %o', async draft => {
  await using cloud = await startSimulator()
  const cluster = cloud.world.addCluster({ clusterName: 'small', ...draft })
  const inputs = { ...dry, collections: '*', 'target-cluster': 'small' }
  expectRefused(cloud, await restoreCollections(cloud, inputs), cluster)
})
