import { describe, expect, test } from 'vitest'
import { nodes } from '../harness/runner.ts'
import { problemsOf } from './problems.ts'
import { verify } from './steps.ts'
import { errorOf } from './story.ts'
import { startWithData } from './verifying.ts'

describe.each(nodes)('the inputs of verify on Node %s', node => {
  test('that are wrong are reported all at once, before any request', async () => {
    await using cloud = await startWithData()
    const inputs = {
      'target-cluster': '',
      'cluster-id': cloud.clusterId,
      'max-age': '1d',
      collections: 'orders >= many\nsales.a -> sales.b\nproducts\nproducts',
      'collection-status': 'RELEASE',
      'allow-loss': '5',
      'data-token': 'reader:',
      'poll-interval': 'often',
      alias: 'live',
      verify: 'true',
      'dry-run': 'true',
    }
    const story = await verify(cloud, inputs, { node })
    expect(story.step).toMatchObject({ exitCode: 1, outcome: 'failure', outputs: { status: 'failed' } })
    expect([...story.requests, ...story.dataRequests]).toEqual([])
    const expected = [
      /^target-cluster: expected .*; it is empty/,
      /^max-age: has an effect only with backup-id: latest$/,
      /^collections: line 1 "orders >= many": expected .*; it has no whole number after >=$/,
      /^collections: line 2 "sales\.a -> sales\.b": an arrow leads from a name in the baseline, and there is no baseline$/,
      /^collections: line 4 "products": default\.products is given already in line 3 "products"$/,
      /^collection-status: expected one of KEEP, LOADED, UNLOADED; got "RELEASE"$/,
      /^allow-loss: has an effect only with baseline$/,
      /^data-token: has no password after the colon: the secret behind it is empty$/,
      /^poll-interval: expected a duration/,
      /^alias: verify does not use it; got "live"$/,
      /^verify: verify does not use it; got "true"$/,
      /^dry-run: verify does not use it; got "true"$/,
      /^backup-id: expected .*; it is empty/,
    ]
    const problems = problemsOf(story, 'verify')
    expect(problems).toHaveLength(expected.length)
    for (const [index, problem] of expected.entries()) expect(problems[index]).toMatch(problem)
    await expect(story.text).toMatchFileSnapshot('transcripts/verify-inputs-wrong.txt')
  })
})

test('a cluster that is not there is not looked into', async () => {
  await using cloud = await startWithData()
  const story = await verify(cloud, { 'target-cluster': 'prodution' })
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } })
  expect(errorOf(story)).toContain('prodution')
  expect(story.dataRequests).toEqual([])
})

test('a cluster that is asleep is not looked into', async () => {
  await using cloud = await startWithData()
  const { clusterId } = cloud.world.addCluster({ clusterName: 'asleep', status: 'SUSPENDED' })
  const story = await verify(cloud, { 'target-cluster': 'asleep' })
  expect(story.step).toMatchObject({ exitCode: 1, outputs: { status: 'failed', clusterId } })
  expect(errorOf(story)).toContain('is SUSPENDED and will not become RUNNING by itself')
  expect(story.dataRequests).toEqual([])
})

test('a backup that is not there ends the step before the cluster is looked into', async () => {
  await using cloud = await startWithData()
  const source = { 'cluster-id': cloud.clusterId, 'backup-id': 'backup1_0123456789abcde' }
  const story = await verify(cloud, source)
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toContain('backup1_0123456789abcde')
  expect(story.dataRequests).toEqual([])
})

test('one that is narrowed to another project is not there', async () => {
  await using cloud = await startWithData()
  const { projectId } = cloud.world.addProject()
  const story = await verify(cloud, { 'target-project-id': projectId })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toContain('There is no cluster with the id or name')
})
