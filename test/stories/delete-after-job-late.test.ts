/** A cluster of the name that was made so long after the restore was asked for that the restore has not made it. */
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { runPost } from '../harness/runner.ts'
import { interruptAt, kill } from './arrange.ts'
import { restoreCluster } from './steps.ts'

const second = 1_000

/** The step is killed in its POST, which is not carried out, and the job ends so many seconds later. */
async function killAndWait(cloud: Simulator, seconds: number) {
  const options = interruptAt(cloud, 'restoreCluster', { act: kill, applied: false })
  const { step } = await restoreCluster(cloud, { 'delete-after-job': 'true' }, options)
  const intent = JSON.parse(step.state.intent ?? '')
  expect(intent.until).toBe(intent.since)
  // As long ago as it would be then: nobody waits for it here.
  const moved = { since: intent.since - seconds * second, until: intent.until - seconds * second }
  step.state.intent = JSON.stringify({ ...intent, ...moved })
  return step
}

const addSibling = ({ world, projectId }: Simulator) =>
  world.addCluster({ clusterName: 'pr-42', projectId, createdAt: world.now() })

test('more than five minutes after: red with the id, and nothing is dropped', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const step = await killAndWait(cloud, 330)
  const sibling = addSibling(cloud)
  const post = await runPost(step)
  expect(post.outcome).toBe('failure')
  expect(post.annotations.map(({ message }) => message)).toEqual([
    expect.stringContaining(
      `A cluster has the name "pr-42", and nothing shows whether this job made it: ${sibling.clusterId}. Nothing was dropped.`,
    ),
  ])
  expect(sibling.status).toBe('RUNNING')
  expect(cloud.requests.some(({ operationId }) => operationId === 'dropCluster')).toBe(false)
})

test('less than that after: it may be the one, and is dropped', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const step = await killAndWait(cloud, 120)
  const sibling = addSibling(cloud)
  const post = await runPost(step)
  expect(post.annotations).toEqual([])
  expect(post.outcome).toBe('success')
  expect(sibling.status).toMatch(/^DELET/)
})

test('the state is empty in the pause of a throttled restore: killed then, nothing is looked for', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const fault = { kind: 'gateway', status: 429, retryAfter: 3_600 } as const
  cloud.faults.inject({ operation: 'restoreCluster', fault })
  const { step } = await restoreCluster(
    cloud,
    { 'delete-after-job': 'true' },
    {
      // The response has come: the pause has begun.
      onLine: ({ text }, control) => text.includes('Trying again.') && setTimeout(() => kill(control), 300),
    },
  )
  expect(step.signal).toBe('SIGKILL')
  const sibling = addSibling(cloud)
  const before = cloud.requests.length
  const post = await runPost(step)
  expect(post.rawLines).toEqual([])
  expect(cloud.requests).toHaveLength(before)
  expect(sibling.status).toBe('RUNNING')
})
