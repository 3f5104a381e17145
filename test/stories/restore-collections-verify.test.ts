/** `verify: true` on a restore into an existing cluster. */
import { describe, expect, test } from 'vitest'
import type { EndpointPlan, Simulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { cancel, interruptAt, onRequest, withFields } from './arrange.ts'
import { firstSeenInProgress, seen, startForVerify, transcriptOf } from './restores.ts'
import { type Inputs, restoreCollections } from './steps.ts'
import { errorOf, type StoryOptions, type StoryResult, sent } from './story.ts'

const lines = 'medium_articles\nsales.orders -> staging.orders_copy'

const verified = (cloud: Simulator, inputs: Inputs = {}, options: StoryOptions = {}) =>
  restoreCollections(cloud, { collections: lines, verify: 'true', ...inputs }, options)

const whole = ['default.medium_articles LoadStateLoaded 5979', 'staging.orders_copy LoadStateLoaded 1000000']

/** The restores succeeded and the look behind them did not: all outputs stay, and nothing is billed by it. */
function expectShort(cloud: Simulator, story: StoryResult, status = 'failed'): string {
  const { clusterId } = cloud.world.cluster('staging')
  const jobIds = cloud.world.jobs.map(({ jobId }) => jobId)
  expect(story.step).toMatchObject({ exitCode: 1, outcome: 'failure' })
  expect(story.step.outputs).toMatchObject({ status, clusterId, jobIds: JSON.stringify(jobIds) })
  const entries: { status: string }[] = JSON.parse(story.step.outputs.collections ?? '')
  expect(entries.map(entry => entry.status)).toEqual(jobIds.map(() => 'succeeded'))
  expect(errorOf(story)).toContain('The restore itself has succeeded.')
  expect(errorOf(story)).not.toContain('costs money')
  return errorOf(story)
}

describe.each(nodes)('restore-collections with verify: true on Node %s', node => {
  const stable = { speed: 20, jobSeconds: 0 }

  test('a collection that did not come along under its new name fails the step', async () => {
    await using cloud = await startForVerify(stable)
    firstSeenInProgress(cloud, 2)
    cloud.world.nextRestored('staging.orders_copy', { missing: true })
    const story = await verified(cloud, {}, { node })
    expect(seen(story)).toEqual(whole.slice(0, 1))
    expect(expectShort(cloud, story)).toContain('\nstaging.orders_copy: is not there, nor is its database.\n')
    await expect(transcriptOf(story)).toMatchFileSnapshot(
      'transcripts/restore-collections-verify-missing.txt',
    )
  })

  test('what was restored is there, under its new names', async () => {
    await using cloud = await startForVerify(stable)
    firstSeenInProgress(cloud, 2)
    const story = await verified(cloud, {}, { node })
    expect(story.step.outcome).toBe('success')
    expect(seen(story)).toEqual(whole)
    await expect(transcriptOf(story)).toMatchFileSnapshot('transcripts/restore-collections-verify.txt')
  })
})

test('what else the target holds is not looked at', async () => {
  await using cloud = await startForVerify()
  const story = await verified(cloud)
  expect(story.step.outputs.status).toBe('succeeded')
  const names = sent(story, 'describeCollection').map(({ body }) => JSON.stringify(body))
  expect(names.join()).not.toContain('smoke_test')
  expect(names).toHaveLength(2)
})

test.each<[what: string, plan: Parameters<Simulator['world']['nextRestored']>[1], words: string]>([
  ['not loaded', { status: 'UNLOADED' }, 'staging.orders_copy: is not loaded (LoadStateNotLoad).'],
  ['missing', { missing: true }, 'staging.orders_copy: is not there, nor is its database.'],
])('one that was to be loaded and is %s', async (_, plan, words) => {
  await using cloud = await startForVerify()
  cloud.world.nextRestored('staging.orders_copy', plan)
  expect(expectShort(cloud, await verified(cloud))).toContain(`\n${words}\n`)
})

test('with few entities is in order: the backup does not say how many there were', async () => {
  await using cloud = await startForVerify()
  cloud.world.nextRestored('staging.orders_copy', { rows: 1 })
  const story = await verified(cloud)
  expect(story.step.outputs.status).toBe('succeeded')
  expect(seen(story)).toContain('staging.orders_copy LoadStateLoaded 1')
})

test('with UNLOADED, as asked for all or for one of them, no load state is asked for', async () => {
  await using cloud = await startForVerify()
  const one = '[{"collections":[{"collectionName":"products","destCollectionStatus":"UNLOADED"}]}]'
  for (const inputs of [{ 'collection-status': 'UNLOADED' }, { collections: one }]) {
    const story = await verified(cloud, { ...inputs, 'target-cluster': 'scratch' })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(seen(story).every(line => line.includes('LoadStateNotLoad about'))).toBe(true)
  }
})

describe('a target', () => {
  test('that is in change after the restores is waited for', async () => {
    await using cloud = await startForVerify({ jobSeconds: 0 })
    const inChange = withFields({ status: 'MODIFYING' })
    cloud.faults.inject({ operation: 'describeCluster', skip: 1, fault: inChange })
    const story = await verified(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
  })

  test('that is put to sleep after the restores: these have succeeded anyway', async () => {
    await using cloud = await startForVerify({ jobSeconds: 0 })
    const asleep = withFields({ status: 'SUSPENDED' })
    cloud.faults.inject({ operation: 'describeCluster', skip: 1, fault: asleep })
    const story = await verified(cloud)
    expect(expectShort(cloud, story)).toMatch(
      /^Cluster \S+ is SUSPENDED and will not become RUNNING by itself\./,
    )
    expect(story.dataRequests).toEqual([])
  })

  test.each<[string, EndpointPlan]>([
    ['a closed port', { refusal: 'port-closed' }],
    ['a gateway', {}],
  ])('whose endpoint does not answer for a while is waited for: %s', async (_, plan) => {
    await using cloud = await startForVerify({ speed: 30 })
    const refuse = () => cloud.world.endpoint('staging', { refusesForSeconds: 20, ...plan })
    const restored = () => cloud.world.jobs.every(({ endsAt }) => endsAt <= cloud.world.now())
    let isRefused = false
    onRequest(cloud, 'describeCluster', () => {
      if (isRefused || cloud.world.jobs.length === 0 || !restored()) return
      isRefused = true
      refuse()
    })
    const story = await verified(cloud)
    expect(story.step.outputs.status, story.step.log.join('\n')).toBe('succeeded')
    expect(story.step.log.join('\n')).toContain('Could not list the databases of the cluster: ')
    expect(seen(story)).toEqual(whole)
  })

  test('whose endpoint never answers: the step times out', async () => {
    await using cloud = await startForVerify({ speed: 30 })
    cloud.world.endpoint('staging', { refusesForSeconds: Number.POSITIVE_INFINITY })
    const story = await verified(cloud, { timeout: '40s' })
    expect(expectShort(cloud, story, 'timed-out')).toMatch(
      /^Timed out after 40s: the endpoint of cluster \S+ is not usable yet\./,
    )
  })

  test('that does not accept the key: after three minutes, what data-token may be', async () => {
    await using cloud = await startForVerify({ speed: 120 })
    cloud.world.endpoint('staging', { acceptsApiKey: false })
    const story = await verified(cloud, { timeout: '30m' })
    expect(expectShort(cloud, story)).toMatch(
      /The token is the API key\. .*data-token takes what the cluster accepts/,
    )
  })

  test('that accepts data-token gets that', async () => {
    await using cloud = await startForVerify()
    const token = 'reader:S3cret-of-reader'
    cloud.world.cluster('staging').tokens = [token]
    cloud.world.endpoint('staging', { acceptsApiKey: false })
    const story = await verified(cloud, { 'data-token': token })
    expect(story.step.outputs.status).toBe('succeeded')
    expect(seen(story)).toEqual(whole)
  })
})

test('a collection that is still being loaded at the time-out', async () => {
  await using cloud = await startForVerify({ speed: 20 })
  cloud.world.nextRestored('staging.orders_copy', { loadSeconds: Number.POSITIVE_INFINITY })
  const story = await verified(cloud, { timeout: '40s' })
  const error = expectShort(cloud, story, 'timed-out')
  expect(error).toMatch(/^Timed out after 40s: collection staging\.orders_copy is still loading\./)
  expect(error).not.toContain('Run this step again')
})

test.each(['flat', 'none'] as const)(
  'everything, of a backup whose contents are listed %s: usability only, and a warning says so',
  async backupCollections => {
    await using cloud = await startForVerify({ variants: { backupCollections } })
    const story = await verified(cloud, { collections: '*' })
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', verifiedCollections: '[]' })
    expect(story.step.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      expect.stringMatching(/^warning: .* Its collections arrive unloaded\.$/),
      'warning: The service does not list by database what the backup holds, so what was restored is not looked for. Checked: that the cluster is usable.',
    ])
    expect(story.dataRequests.map(({ operationId }) => operationId)).toEqual(['listDatabases'])
  },
)

test('a cancel in the middle: what was restored is published', async () => {
  await using cloud = await startForVerify({ speed: 10, jobSeconds: 0 })
  const cancelled = interruptAt(cloud, 'describeCollection', { act: cancel })
  const story = await verified(cloud, {}, cancelled)
  expect(story.step).toMatchObject({ exitCode: 1, outcome: 'cancelled' })
  expect(story.step.outputs.status).toBe('cancelled')
  expect(story.step.receipt).toMatchObject({
    error: 'The step was cancelled. The restore itself has succeeded.',
    collections: [{ status: 'succeeded' }, { status: 'succeeded' }],
  })
})

test.each<[string, (cloud: Simulator) => void, Inputs, string]>([
  ['a dry run', () => {}, { 'dry-run': 'true' }, 'planned'],
  [
    'a restore of which one failed',
    cloud => cloud.world.nextJob({ type: 'RESTORE', outcome: 'FAILED', reason: 'disk full' }),
    {},
    'failed',
  ],
])('after %s nothing is looked at', async (_, prepare, inputs, status) => {
  await using cloud = await startForVerify()
  prepare(cloud)
  const story = await verified(cloud, inputs)
  expect(story.step.outputs.status).toBe(status)
  expect(story.dataRequests).toEqual([])
})
