import { describe, expect, test } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { unreachableOnce } from './arrange.ts'
import { password, restoreCluster } from './steps.ts'
import { applied, errorOf, type StoryResult, sent } from './story.ts'

/** The cluster exists, its password is lost, and the error shows both ways to go on. */
function expectPasswordLost(cloud: Simulator, story: StoryResult) {
  const { clusterId } = cloud.world.cluster('pr-42')
  expect(story.step.outcome).toBe('failure')
  expect(story.step.outputs).toMatchObject({ status: 'failed', clusterId, created: 'true' })
  expect(story.step.outputs).not.toHaveProperty('password')
  expect(errorOf(story)).toMatch(
    new RegExp(
      ` The restore has started anyway: cluster ${clusterId} is [A-Z_]+, and costs money\\. Its password was in the response that was lost\\. (?:Cluster \\S+, which had the name, is dropped .* in the console\\. )?Two ways forward: reset the password of db_admin in the console, or run the step again with if-exists: replace\\.`,
    ),
  )
  expect(story.step.summary).toContain('failed, but it has started: the password is lost</h2>')
  expect(applied(story, 'restoreCluster')).toHaveLength(1)
}

describe.each(nodes)('a lost response on Node %s', node => {
  test('the restore was carried out: its cluster is found, and not a second one is made', async () => {
    await using cloud = await startSimulator({ speed: 20, jobSeconds: 1e6 })
    cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
    const story = await restoreCluster(cloud, {}, { node })
    expectPasswordLost(cloud, story)
    await expect(story.text).toMatchFileSnapshot('transcripts/restore-cluster-lost.txt')
  })

  test('the restore was not carried out: it is sent once more', async () => {
    await using cloud = await startSimulator({ speed: 30, jobSeconds: 0, restoreLagSeconds: 0 })
    cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'reset' } })
    const story = await restoreCluster(cloud, {}, { node })
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true', password })
    expect(sent(story, 'restoreCluster')).toHaveLength(2)
    // The last read has only what is left of its 30 s, too little on a busy machine.
    const text = story.text.replace(/^Could not list the clusters: no complete response within .*\n/m, '')
    await expect(text).toMatchFileSnapshot('transcripts/restore-cluster-lost-and-sent-again.txt')
  })
})

const losses: Fault[] = [
  { kind: 'stall' },
  // A 5xx is never a no, whatever its body says; nor is a code that is a word.
  { kind: 'envelope', status: 504, code: 96038, message: 'it failed' },
  { kind: 'envelope', status: 500, code: 0 },
  { kind: 'envelope', status: 200, code: 'INTERNAL' },
  { kind: 'envelope', status: 200, code: null },
]

test.each(losses)('carried out, and the response lost by %o', async fault => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault })
  const story = await restoreCluster(cloud)
  expectPasswordLost(cloud, story)
  expect(sent(story, 'restoreCluster')).toHaveLength(1)
})

test('not carried out, and no response: one more POST succeeds', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'stall' } })
  const story = await restoreCluster(cloud)
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true', password })
  expect(sent(story, 'restoreCluster')).toHaveLength(2)
  expect(applied(story, 'restoreCluster')).toHaveLength(1)
})

test('both responses lost and nothing made: it may have started, and no third POST goes out', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'restoreCluster', times: 2, fault: { kind: 'reset' } })
  const story = await restoreCluster(cloud)
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.outputs).not.toHaveProperty('clusterId')
  expect(errorOf(story)).toMatch(
    /: the connection broke\. The list of clusters has no new one of that name\. The restore may have started\. Look for cluster pr-42 of project \S+ in the console before running this step again\. \(read ECONNRESET\)$/,
  )
  expect(sent(story, 'restoreCluster')).toHaveLength(2)
})

test('both responses lost and the second carried out: its cluster is found', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'reset' } })
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  const story = await restoreCluster(cloud)
  expectPasswordLost(cloud, story)
  expect(sent(story, 'restoreCluster')).toHaveLength(2)
})

test('a list that lags: the second POST is refused for the name, and the first one’s cluster is reported', async () => {
  await using cloud = await startSimulator({ speed: 60, variants: { nameTakenCode: 40013 } })
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  // Too new to be read until the second POST comes.
  cloud.variants.notReadableForSeconds = 3_600
  cloud.faults.inject({
    operation: 'restoreCluster',
    fault: {
      kind: 'edit',
      edit: response => {
        cloud.variants.notReadableForSeconds = 0
        return response
      },
    },
  })
  const story = await restoreCluster(cloud)
  expectPasswordLost(cloud, story)
  expect(sent(story, 'restoreCluster').map(({ code }) => code)).toEqual([undefined, 40013])
})

test('a list that lags even longer: still only one restore is accepted', async () => {
  await using cloud = await startSimulator({ speed: 60, variants: { notReadableForSeconds: 45 } })
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  const story = await restoreCluster(cloud)
  expect(story.step.outputs.status).toBe('failed')
  expect(sent(story, 'restoreCluster')).toHaveLength(2)
  expect(applied(story, 'restoreCluster')).toHaveLength(1)
})

test('a list that lags even longer: the refusal does not say that somebody else has the name', async () => {
  await using cloud = await startSimulator({ speed: 60, variants: { notReadableForSeconds: 45 } })
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  const story = await restoreCluster(cloud)
  expect(story.step.outputs.clusterId).toBe(cloud.world.cluster('pr-42').clusterId)
})

test('an older cluster of the name is not taken for the lost one', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const refused = { kind: 'envelope', status: 200, code: 96017, message: 'The name exists' } as const
  cloud.faults.inject({
    operation: 'restoreCluster',
    when: () => {
      cloud.world.addCluster({ clusterName: 'pr-42', createdAt: cloud.world.now() - 3_600_000 })
      return true
    },
    fault: { kind: 'reset' },
  })
  cloud.faults.inject({ operation: 'restoreCluster', fault: refused })
  const story = await restoreCluster(cloud)
  expect(story.step.outputs.status).toBe('failed')
  expect(story.step.outputs).not.toHaveProperty('clusterId')
  expect(errorOf(story)).toContain('code 96017')
})

test('a read that is refused ends the step, which says what may have started', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  const fault = { kind: 'envelope', status: 403, code: 96027, message: 'out of scope' } as const
  cloud.faults.inject({ operation: 'listClusters', skip: 1, times: Number.POSITIVE_INFINITY, fault })
  const story = await restoreCluster(cloud)
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toMatch(
    /: the connection broke\. The check failed: This API key may not list the clusters\. The restore may have started\. Look for cluster pr-42 .* running this step again\. \(read ECONNRESET; "out of scope", HTTP 403, code 96027, request id \S+\)$/,
  )
  expect(sent(story, 'restoreCluster')).toHaveLength(1)
})

test('a POST past the timeout is allowed to finish, and a lost one is searched for anyway', async () => {
  await using cloud = await startSimulator({ speed: 15 })
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'stall' } })
  const story = await restoreCluster(cloud, { timeout: '30s' })
  expectPasswordLost(cloud, story)
})

test('a response that comes after the timeout is kept', async () => {
  await using cloud = await startSimulator({ speed: 5 })
  // After more than the timeout, and within the 30 s that a start is given.
  const fault = { kind: 'drip', bytes: 9_999, everyMs: 3_000 } as const
  cloud.faults.inject({ operation: 'restoreCluster', fault })
  const story = await restoreCluster(cloud, { timeout: '10s' })
  const { clusterId } = cloud.world.cluster('pr-42')
  expect(story.step.outputs).toMatchObject({ status: 'timed-out', clusterId, created: 'true', password })
})

test('throttling is no lost response: the POST is sent again at once', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const fault = { kind: 'gateway', status: 429, retryAfter: 2 } as const
  cloud.faults.inject({ operation: 'restoreCluster', times: 2, fault })
  const story = await restoreCluster(cloud)
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', password })
  expect(sent(story, 'restoreCluster')).toHaveLength(3)
  expect(sent(story, 'listClusters')).toHaveLength(1)
})

test('a refused connection is no lost response: the POST is sent again', async () => {
  await using cloud = await startSimulator({ speed: 30 })
  const story = await restoreCluster(cloud, {}, unreachableOnce('POST', '/restoreCluster$'))
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', password })
  expect(story.step.log.join('\n')).toContain('ECONNREFUSED')
  expect(sent(story, 'restoreCluster')).toHaveLength(1)
  expect(sent(story, 'listClusters')).toHaveLength(1)
})

test.each([500, 503])('refused with HTTP %s and nothing made: one more POST succeeds', async status => {
  await using cloud = await startSimulator({ speed: 60 })
  const fault = { kind: 'envelope', status, code: 96040, message: 'no capacity' } as const
  cloud.faults.inject({ operation: 'restoreCluster', fault })
  const story = await restoreCluster(cloud)
  expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'true', password })
  expect(sent(story, 'restoreCluster')).toHaveLength(2)
  expect(applied(story, 'restoreCluster')).toHaveLength(1)
})

test.each([400, 200])(
  'an envelope of an error with HTTP %s is a refusal, reported and not retried',
  async status => {
    await using cloud = await startSimulator({ speed: 60 })
    const fault = { kind: 'envelope', status, code: 96040, message: 'no capacity' } as const
    cloud.faults.inject({ operation: 'restoreCluster', fault })
    const story = await restoreCluster(cloud)
    expect(story.step.outputs.status).toBe('failed')
    expect(errorOf(story)).toMatch(
      /: the service refused\. Nothing was started\. The message gives the reason\. /,
    )
    expect(errorOf(story)).toContain(`("no capacity", HTTP ${status}, code 96040, request id `)
    expect(sent(story, 'restoreCluster')).toHaveLength(1)
    expect(story.step.outputs).not.toHaveProperty('clusterId')
  },
)

test('lost after a replace: the new cluster is reported, not the dropped one', async () => {
  await using cloud = await startSimulator({ speed: 60, variants: { droppedCluster: 'DELETED' } })
  const existing = cloud.world.addCluster({ clusterName: 'pr-42', projectId: cloud.projectId })
  cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } })
  const story = await restoreCluster(cloud, { 'if-exists': 'replace' })
  expectPasswordLost(cloud, story)
  expect(story.step.outputs.clusterId).not.toBe(existing.clusterId)
})

test('lost after a replace and not made: the error has both, what may have started and what was dropped', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  const existing = cloud.world.addCluster({ clusterName: 'pr-42', projectId: cloud.projectId })
  cloud.faults.inject({ operation: 'restoreCluster', times: 2, fault: { kind: 'reset' } })
  const story = await restoreCluster(cloud, { 'if-exists': 'replace' })
  expect(story.step.outputs.status).toBe('failed')
  expect(errorOf(story)).toContain('The restore may have started.')
  expect(errorOf(story)).toMatch(new RegExp(`Cluster ${existing.clusterId}\\b.* recycle bin for 30 days`))
})
