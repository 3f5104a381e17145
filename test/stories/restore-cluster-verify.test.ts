/** `verify: true` on a restore into a new cluster: it succeeds only when what was restored is there. */
import { describe, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { nodes } from '../harness/runner.ts'
import { postOf } from './after-job.ts'
import { atFirst, cancel, interruptAt, withFields } from './arrange.ts'
import {
  doneAfterOneRead,
  expectShort,
  seen,
  startForVerify,
  transcriptOf,
  verifiedRestore,
} from './restores.ts'
import { type Inputs, password } from './steps.ts'
import { changesSent, errorOf, sent } from './story.ts'

const stable = { speed: 20, restoreLagSeconds: 0 }

const loaded = [
  'default.medium_articles LoadStateLoaded 5979',
  'default.products LoadStateLoaded 120000',
  'sales.orders LoadStateLoaded 1000000',
]
const unloaded = [
  'sales.items LoadStateNotLoad about 4000000',
  'archive.orders_2023 LoadStateNotLoad about 750000',
]

describe.each(nodes)('restore-cluster with verify: true on Node %s', node => {
  test('a collection that did not come along: the step fails, and all outputs stay', async () => {
    await using cloud = await startForVerify(stable)
    doneAfterOneRead(cloud)
    cloud.world.nextRestored('sales.orders', { missing: true })
    const story = await verifiedRestore(cloud, {}, { node })
    const [first, second] = loaded
    expect(seen(story)).toEqual([first, second, ...unloaded])
    expect(expectShort(cloud, story)).toContain('\nsales.orders: is not there.\n')
    await expect(transcriptOf(story)).toMatchFileSnapshot('transcripts/restore-cluster-verify-missing.txt')
  })

  test('what the backup holds is there: the step succeeds', async () => {
    await using cloud = await startForVerify(stable)
    doneAfterOneRead(cloud)
    const story = await verifiedRestore(cloud, {}, { node })
    expect(story.step.outcome).toBe('success')
    expect(seen(story)).toEqual([...loaded, ...unloaded])
    expect(Math.max(...story.dataRequests.map(({ openAtOnce }) => openAtOnce))).toBeLessThanOrEqual(8)
    await expect(transcriptOf(story)).toMatchFileSnapshot('transcripts/restore-cluster-verify.txt')
  })
})

test('all that falls short is told at once', async () => {
  await using cloud = await startForVerify()
  cloud.world.nextRestored('sales.orders', { missing: true })
  cloud.world.nextRestored('default.products', { status: 'UNLOADED' })
  cloud.world.nextRestored('archive.orders_2023', { missing: true })
  const story = await verifiedRestore(cloud)
  expect(expectShort(cloud, story).split('\n').slice(0, 4)).toEqual([
    'Cluster pr-42 does not hold what it should: 3 of 5 collections fall short.',
    'default.products: is not loaded (LoadStateNotLoad).',
    'sales.orders: is not there.',
    'archive.orders_2023: is not there.',
  ])
})

test('how many entities there are is shown, and not judged: the backup does not say it', async () => {
  await using cloud = await startForVerify()
  cloud.world.nextRestored('sales.orders', { rows: 10 })
  const story = await verifiedRestore(cloud)
  expect(story.step.outputs.status).toBe('succeeded')
  expect(seen(story)).toContain('sales.orders LoadStateLoaded 10')
})

test('with RELEASE no load state is asked for, and numbers are from metadata', async () => {
  await using cloud = await startForVerify()
  const story = await verifiedRestore(cloud, { 'collection-status': 'RELEASE' })
  expect(story.step.outputs.status).toBe('succeeded')
  expect(seen(story)).toContain('sales.orders LoadStateNotLoad about 1000000')
  expect(sent(story, 'countEntities')).toEqual([])
})

describe('a collection that is being loaded', () => {
  test('is waited for', async () => {
    await using cloud = await startForVerify({ speed: 20 })
    cloud.world.nextRestored('sales.orders', { loadSeconds: 30 })
    const story = await verifiedRestore(cloud)
    expect(story.step.outputs.status).toBe('succeeded')
    expect(seen(story)).toEqual([...loaded, ...unloaded])
  })

  test('until the timeout, which is said with all else that falls short', async () => {
    await using cloud = await startForVerify({ speed: 20 })
    cloud.world.nextRestored('sales.orders', { loadSeconds: Number.POSITIVE_INFINITY })
    cloud.world.nextRestored('default.products', { missing: true })
    const story = await verifiedRestore(cloud, { timeout: '40s' })
    const error = expectShort(cloud, story, 'timed-out')
    expect(error).toMatch(/^Timed out after 40s: collection sales\.orders is still loading\./)
    expect(error).toContain('\ndefault.products: is not there.\n')
    expect(error).toContain('\nsales.orders: is still loading.\n')
    expect(error).not.toContain('Run this step again')
  })
})

test.each(['flat', 'none'] as const)(
  'a backup whose contents are listed %s: usability only, and a warning',
  async backupCollections => {
    await using cloud = await startForVerify({ variants: { backupCollections } })
    cloud.world.nextRestored('sales.orders', { missing: true })
    const story = await verifiedRestore(cloud)
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', verifiedCollections: '[]' })
    expect(story.step.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'warning: The service does not list by database what the backup holds, so the cluster is not compared with it. Checked: that the cluster is usable.',
    ])
    expect(story.dataRequests.map(({ operationId }) => operationId)).toEqual(['listDatabases'])
  },
)

test('delete-after-job drops the cluster that falls short, and no cost is told', async () => {
  await using cloud = await startForVerify({ restoreLagSeconds: 0, clusterSeconds: 1e6 })
  cloud.world.nextRestored('sales.orders', { missing: true })
  const story = await verifiedRestore(cloud, { 'delete-after-job': 'true' }, { post: 'auto' })
  expect(story.step.outputs).toMatchObject({ status: 'failed', password })
  expect(errorOf(story)).toContain('The restore itself has succeeded. ')
  expect(errorOf(story)).not.toContain('costs money')
  expect(postOf(story).outcome).toBe('success')
  expect(cloud.world.cluster('pr-42').status).toBe('DELETING')
})

test('a cancel in the middle: what was seen stays, and that the cluster costs money is said', async () => {
  await using cloud = await startForVerify({ speed: 10, jobSeconds: 0, restoreLagSeconds: 0 })
  const cancelled = interruptAt(cloud, 'countEntities', { act: cancel, skip: 1 })
  const story = await verifiedRestore(cloud, {}, cancelled)
  const { clusterId } = cloud.world.cluster('pr-42')
  expect(story.step).toMatchObject({ exitCode: 1, outcome: 'cancelled' })
  expect(story.step.outputs).toMatchObject({ status: 'cancelled', clusterId, password })
  expect(story.step.receipt).toMatchObject({
    error: `The step was cancelled. The restore itself has succeeded. Cluster ${clusterId} costs money until it is dropped.`,
  })
  expect(seen(story).length).toBeLessThan(5)
})

test.each<[string, (cloud: Simulator) => void, Inputs, string]>([
  ['a dry run', () => {}, { 'dry-run': 'true' }, 'planned'],
  [
    'a restore that failed',
    cloud => cloud.world.nextJob({ type: 'RESTORE', outcome: 'FAILED', reason: 'disk full' }),
    {},
    'failed',
  ],
  [
    'a restore whose response was lost',
    cloud => cloud.faults.inject({ operation: 'restoreCluster', applied: true, fault: { kind: 'reset' } }),
    {},
    'failed',
  ],
])('after %s nothing is looked at', async (_, prepare, inputs, status) => {
  await using cloud = await startForVerify()
  prepare(cloud)
  const story = await verifiedRestore(cloud, inputs)
  expect(story.step.outputs.status).toBe(status)
  expect(story.dataRequests).toEqual([])
  expect(story.step.log.join('\n')).not.toContain('The restore itself has succeeded')
})

describe('with if-exists: reuse', () => {
  const reuse = { 'if-exists': 'reuse' }
  const addExisting = (cloud: Simulator) =>
    cloud.world.addCluster({ clusterName: 'pr-42', projectId: cloud.projectId })

  test('only whether the cluster is usable is looked at', async () => {
    await using cloud = await startForVerify()
    addExisting(cloud)
    atFirst(cloud, 'describeCluster', () => cloud.world.endpoint('pr-42', { refusesForSeconds: 30 }))
    const story = await verifiedRestore(cloud, reuse)
    expect(story.step.outputs).toMatchObject({ status: 'succeeded', created: 'false' })
    expect(story.step.outputs.verifiedCollections).toBe('[]')
    expect(story.dataRequests.length).toBeGreaterThan(1)
    expect(new Set(story.dataRequests.map(({ operationId }) => operationId))).toEqual(
      new Set(['listDatabases']),
    )
    expect(changesSent(story)).toEqual([])
  })

  test('one that is not usable fails the step, and no word is said of a restore', async () => {
    await using cloud = await startForVerify()
    addExisting(cloud)
    cloud.world.endpoint('pr-42', { refusesForSeconds: Number.POSITIVE_INFINITY, refusal: 'port-closed' })
    const story = await verifiedRestore(cloud, { ...reuse, timeout: '20s' })
    expect(story.step.outputs).toMatchObject({ status: 'timed-out', created: 'false' })
    expect(errorOf(story)).not.toMatch(/restore itself|costs money/)
  })

  test('one that is seen in change is waited for first', async () => {
    await using cloud = await startForVerify()
    addExisting(cloud)
    cloud.faults.inject({ operation: 'describeCluster', fault: withFields({ status: 'RESIZING' }) })
    const story = await verifiedRestore(cloud, reuse)
    expect(story.step.outputs.status).toBe('succeeded')
  })
})
