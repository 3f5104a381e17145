import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { nameState } from '../../src/clusters/if-exists.ts'
import { makeRoom } from '../../src/clusters/make-room.ts'
import type { NameOptions, UsedName } from '../../src/clusters/name-used.ts'
import { OperationFailed } from '../../src/errors.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const add = (cloud: Simulator, more: object = {}) =>
  cloud.world.addCluster({ clusterName: 'copy', projectId: cloud.projectId, ...more }).clusterId

const drops = (cloud: Simulator) =>
  cloud.requests.filter(({ operationId }) => operationId === 'dropCluster').length

describe('the cluster that has the name', () => {
  const find = (cloud: Simulator, more: Partial<NameOptions> = {}) => {
    const { clusterId, projectId } = cloud
    const options: NameOptions = {
      clusterName: 'copy',
      projectId,
      ifExists: 'replace',
      sourceIds: [clusterId],
      protectedClusters: [],
      ...more,
    }
    return nameState(stepIn(cloud).step, options)
  }

  const refusal = (
    cloud: Simulator,
    clusters: string,
    { why = '', next = 'Choose another target-cluster.' },
  ) =>
    new OperationFailed({
      what: `The name "copy" is used in project ${cloud.projectId} by cluster ${clusters}.${why}`,
      next,
      help: 'the-name-is-used',
    })

  test.each(['fail', 'reuse', 'replace'] as const)(
    'with if-exists: %s is none where there is none',
    async ifExists => {
      await using cloud = await startSimulator({ variants: { droppedCluster: 'DELETED' } })
      add(cloud, { status: 'DELETED' })
      add(cloud, { projectId: cloud.world.cluster('scratch').projectId })
      expect(await find(cloud, { ifExists })).toEqual({ kind: 'free' })
    },
  )

  test('with if-exists: fail is an error', async () => {
    await using cloud = await startSimulator()
    const clusterId = add(cloud)
    await expect(find(cloud, { ifExists: 'fail' })).rejects.toThrow(
      refusal(cloud, `${clusterId} (RUNNING)`, {
        next: 'Choose another target-cluster, or set if-exists to reuse (keeps the cluster, restores nothing) or replace (drops it first).',
      }),
    )
  })

  test.each(['reuse', 'replace'] as const)('with if-exists: %s is described and returned', async ifExists => {
    await using cloud = await startSimulator()
    const clusterId = add(cloud)
    const protectedClusters = ['in01-0123456789ab', 'production']
    expect(await find(cloud, { ifExists, protectedClusters })).toMatchObject({
      kind: 'held',
      cluster: { clusterId, status: 'RUNNING' },
    })
    // The second list is of all clusters, for the notice alone.
    expect(cloud.requests.map(({ operationId }) => operationId)).toEqual([
      'listClusters',
      'listClusters',
      'describeCluster',
    ])
  })

  test.each([
    ['reuse', 'reused'],
    ['replace', 'replaced'],
  ] as const)(
    'with if-exists: %s is neither the source cluster, by either id, nor a protected one',
    async (ifExists, done) => {
      await using cloud = await startSimulator()
      const clusterId = add(cloud)
      const running = `${clusterId} (RUNNING)`
      await expect(find(cloud, { ifExists, sourceIds: ['in01-x', clusterId] })).rejects.toThrow(
        refusal(cloud, running, { why: ` It is the source cluster, which is never ${done}.` }),
      )
      for (const entry of [clusterId.toUpperCase(), 'Copy']) {
        await expect(find(cloud, { ifExists, protectedClusters: ['in01-x', entry] })).rejects.toThrow(
          refusal(cloud, running, { why: ` It is one of protected-clusters, which is never ${done}.` }),
        )
      }
    },
  )

  test.each([
    [{ clusterName: 'other' }, 'Its own name is another one, "other"'],
    [{ projectId: 'proj-other' }, 'It is in another project, proj-other'],
  ])('that is described with %j is not the one that was listed ("Look again")', async (shown, why) => {
    await using cloud = await startSimulator()
    const clusterId = add(cloud, { shown, listed: { clusterName: 'copy', projectId: cloud.projectId } })
    await expect(find(cloud)).rejects.toThrow(
      refusal(cloud, `${clusterId} (RUNNING)`, { why: ` ${why}, which is never replaced.` }),
    )
  })

  test.each(['clusterName', 'projectId'])(
    'whose description shows no %s is the one that was listed',
    async field => {
      await using cloud = await startSimulator()
      const listed = { clusterName: 'copy', projectId: cloud.projectId }
      const clusterId = add(cloud, { shown: { [field]: null }, listed })
      expect(await find(cloud)).toMatchObject({ kind: 'held', cluster: { clusterId } })
    },
  )

  test.each(['fail', 'reuse', 'replace'] as const)(
    'with if-exists: %s is waited for where it is on its way out',
    async ifExists => {
      await using cloud = await startSimulator()
      const clusterId = add(cloud, { status: 'DELETING' })
      expect(await find(cloud, { ifExists })).toEqual({ kind: 'leaving', clusterIds: [clusterId] })
    },
  )

  test.each(['fail', 'reuse', 'replace'] as const)(
    'with if-exists: %s is on its way out where a list still has what was dropped',
    async ifExists => {
      await using described = await startSimulator({ variants: { droppedCluster: 'DELETED' } })
      const ghost = add(described, { status: 'DELETED', listed: { status: 'RUNNING' } })
      expect(await find(described, { ifExists })).toEqual({ kind: 'leaving', clusterIds: [ghost] })
      await using cloud = await startSimulator()
      const clusterId = add(cloud, { status: 'DELETING', listed: { status: 'RUNNING' } })
      expect(await find(cloud, { ifExists })).toEqual({ kind: 'leaving', clusterIds: [clusterId] })
    },
  )

  test.each(['RUNNING', 'CREATING'])(
    'and is listed as %s, but is not found, is read until the list has dropped it, or for a minute',
    async status => {
      await using cloud = await startSimulator({ variants: { droppedCluster: 'gone' } })
      const clusterId = add(cloud, { status: 'DELETED', listed: { status } })
      await expect(find(cloud)).rejects.toThrow(
        `Cluster ${clusterId} cannot be read, although the list of clusters has it as ${status}. Look at it in the console and try again.`,
      )
      const act = () => void Object.assign(cloud.world.cluster(clusterId), { listed: undefined })
      cloud.faults.inject({ operation: 'describeCluster', fault: { kind: 'meanwhile', act } })
      expect(await find(cloud)).toEqual({ kind: 'leaving', clusterIds: [clusterId] })
    },
  )

  test('and is so new that it cannot be read yet is described a little later', async () => {
    await using cloud = await startSimulator()
    const clusterId = add(cloud, { listed: { status: 'CREATING' } })
    const fault = { kind: 'envelope', status: 404, code: 96018 } as const
    cloud.faults.inject({ operation: 'describeCluster', times: 3, fault })
    expect(await find(cloud)).toMatchObject({ kind: 'held', cluster: { clusterId } })
  })

  test.each(['fail', 'reuse', 'replace'] as const)(
    'with if-exists: %s must not differ by case alone',
    async ifExists => {
      await using cloud = await startSimulator()
      const clusterId = add(cloud, { clusterName: 'Copy' })
      await expect(find(cloud, { ifExists })).rejects.toThrow(
        new OperationFailed(
          `target-cluster: cluster ${clusterId} has the name "Copy", which differs from "copy" by case alone. Choose another name, or write it so.`,
        ),
      )
    },
  )

  test.each(['fail', 'reuse', 'replace'] as const)(
    'with if-exists: %s is an error where there are several',
    async ifExists => {
      await using cloud = await startSimulator()
      const ids = [add(cloud), add(cloud)]
      const error = await find(cloud, { ifExists }).catch(thrown => thrown)
      expect(error).toBeInstanceOf(OperationFailed)
      for (const id of ids) expect(error.message).toContain(`${id} (RUNNING)`)
      expect(error.message).toMatch(
        /\. With several, none is reused or replaced\. Choose another target-cluster\.$/,
      )
      expect(drops(cloud)).toBe(0)
    },
  )
})

describe('making room', () => {
  const start = (cloud: Simulator, state: UsedName, more: Partial<NameOptions> = {}) => {
    const { step, reported, time } = stepIn(cloud)
    const options: NameOptions & { pollInterval: number } = {
      clusterName: 'copy',
      projectId: cloud.projectId,
      ifExists: 'replace',
      sourceIds: [cloud.clusterId],
      protectedClusters: [],
      pollInterval: 15_000,
      ...more,
    }
    return { done: makeRoom(step, state, options), step, reported, time }
  }

  const held = (clusterId: string): UsedName => ({ kind: 'held', cluster: { clusterId, status: 'RUNNING' } })

  test('drops the cluster, which is remembered, and ends when the name is free', async () => {
    await using cloud = await startSimulator()
    const clusterId = add(cloud)
    const { done, step, reported } = start(cloud, held(clusterId))
    expect(await done).toEqual([clusterId])
    expect(reported).toEqual([
      `Dropping cluster ${clusterId} to replace it.`,
      `Cluster ${clusterId}, which had the name, is dropped. It stays in the recycle bin for 30 days.`,
    ])
    expect(drops(cloud)).toBe(1)
    expect(cloud.requests.at(-1)?.operationId).toBe('listClusters')
    expect(cloud.world.cluster(clusterId).status).toBe('DELETED')
    expect(step.inProgress.droppedClusterId).toBe(clusterId)
  })

  test.each<[string, (cloud: Simulator, clusterId: string) => Partial<NameOptions>]>([
    ['the source cluster', (_, clusterId) => ({ sourceIds: [clusterId] })],
    ['protected', () => ({ protectedClusters: ['copy'] })],
    ['of another name', () => ({ clusterName: 'other' })],
    ['in another project', () => ({ projectId: 'proj-other' })],
  ])('drops nothing that right before the drop is described as %s ("Look again")', async (_, more) => {
    await using cloud = await startSimulator()
    const clusterId = add(cloud)
    const { done, step } = start(cloud, held(clusterId), more(cloud, clusterId))
    await expect(done).rejects.toThrow(': it is not dropped.')
    expect(drops(cloud)).toBe(0)
    expect(step.inProgress.droppedClusterId).toBeUndefined()
  })

  test('drops no cluster that is on its way out, and waits for its name', async () => {
    await using cloud = await startSimulator()
    const clusterId = add(cloud, { status: 'DELETING' })
    cloud.world.scriptStates(clusterId, [[10, 'DELETED']])
    const { done, reported, time, step } = start(cloud, { kind: 'leaving', clusterIds: [clusterId] })
    expect(await done).toEqual([clusterId])
    expect(reported).toEqual([`The name is used by ${clusterId}, which is on its way out. Waiting for it.`])
    expect(drops(cloud)).toBe(0)
    expect(time()).toBeGreaterThanOrEqual(10_000)
    expect(step.inProgress.droppedClusterId).toBeUndefined()
  })
})
