import { describe, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { worldOf } from '../harness/deletions.ts'
import type { Run } from './case.ts'
import { evaluate } from './invariants.ts'
import { began, goodRun, sent, simulator, stepOf } from './run-by-hand.ts'

/** A sweep that has dropped a cluster of pull request 7, which was closed an hour ago. */
function sweepRun(cloud: Simulator, more: { shown?: object; closed?: false; hours?: number } = {}): Run {
  const { world, projectId } = cloud
  const { shown = {}, closed = true, hours = 2 } = more
  const createdAt = world.now() - hours * 3_600_000
  const cluster = world.addCluster({ clusterName: 'shop-pr-7', projectId, createdAt })
  const { clusterId } = cluster
  const opened = world.now() - 10_800_000
  const before = {
    ...worldOf(cloud),
    pulls: new Map([[7, { isClosed: closed, opened, closed: opened + 7_200_000 }]]),
  }
  cluster.status = 'DELETED'
  const path = `/v2/clusters/${clusterId}`
  const createTime = new Date(began - hours * 3_600_000).toISOString()
  const data = { clusterId, clusterName: 'shop-pr-7', projectId, status: 'RUNNING', createTime, ...shown }
  const run = goodRun(cloud)
  const inputs = {
    operation: 'prune-clusters',
    'name-pattern': 'shop-pr-{pr}',
    'target-project-id': projectId,
  }
  return {
    ...run,
    before,
    fixture: { ...run.fixture, inputs: { ...inputs, 'older-than': '1h' } },
    step: stepOf({ deletedClusterIds: JSON.stringify([clusterId]) }),
    requests: [
      sent(1, { path, data }),
      sent(2, { operationId: 'dropCluster', method: 'DELETE', path: `${path}/drop` }),
      sent(3, { path, code: 96018, applied: false }),
    ],
  }
}

describe('of a sweep', () => {
  const besides = 'nothing else is deleted'
  const unread = 'nothing is deleted unread'
  test.each<[string, Parameters<typeof sweepRun>[1], broken: string[]]>([
    ['that is right', {}, []],
    ['of an open pull request', { closed: false }, [besides]],
    ['of a cluster that is older than its pull request', { hours: 4 }, [besides]],
    ['of a young cluster', { hours: 0.5 }, [besides, unread]],
    ['of a cluster with another name', { shown: { clusterName: 'production' } }, [unread]],
    ['of a cluster whose project is not shown', { shown: { projectId: undefined } }, [unread]],
  ])('%s', async (_, more, names) => {
    await using cloud = await simulator()
    const found = evaluate(sweepRun(cloud, more)).map(({ invariant }) => invariant)
    // The world here has not kept what it was like when the step ended.
    const besidesThat = found.filter(name => name !== 'what succeeded is true at the end')
    expect([...new Set(besidesThat)]).toEqual(names)
  })

  test.each<[string, outputs: (clusterId: string) => Record<string, string>]>([
    ['that reports nothing', () => ({ deletedClusterIds: '[]' })],
    ['that reports what is there', id => ({ deletedClusterIds: JSON.stringify([id, 'in01-x']) })],
  ])('%s', async (name, outputs) => {
    await using cloud = await simulator()
    const run = sweepRun(cloud)
    const other = cloud.clusterId
    const { clusterId } = cloud.world.cluster('shop-pr-7')
    const given = outputs(clusterId)
    const step = stepOf(
      Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value.replace('in01-x', other)])),
    )
    const found = evaluate({ ...run, step }).map(({ invariant }) => invariant)
    expect(found, name).toContain('what is deleted is reported')
  })
})
