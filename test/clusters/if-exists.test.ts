import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { existingCluster, makeRoom, type NameOptions } from '../../src/clusters/if-exists.ts'
import { OperationFailed } from '../../src/errors.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const add = (cloud: Simulator, more: object = {}) =>
  cloud.world.addCluster({ clusterName: 'copy', projectId: cloud.projectId, ...more }).clusterId

const drops = (cloud: Simulator) =>
  cloud.requests.filter(({ operationId }) => operationId === 'dropCluster').length

describe('the cluster that has the name', () => {
  const find = (cloud: Simulator, more: Partial<NameOptions> = {}) => {
    const { clusterId: sourceId, projectId } = cloud
    const options: NameOptions = {
      clusterName: 'copy',
      projectId,
      ifExists: 'replace',
      sourceId,
      protectedClusters: [],
      ...more,
    }
    return existingCluster(stepIn(cloud).step, options)
  }

  const refusal = (cloud: Simulator, clusters: string, why: string) =>
    new OperationFailed(
      `The name "copy" is used in project ${cloud.projectId} by cluster ${clusters}. ${why}`,
    )

  test.each(['fail', 'reuse', 'replace'] as const)(
    'with if-exists: %s is none where there is none',
    async ifExists => {
      await using cloud = await startSimulator({ variants: { droppedCluster: 'DELETED' } })
      add(cloud, { status: 'DELETED' })
      add(cloud, { projectId: cloud.world.cluster('scratch').projectId })
      expect(await find(cloud, { ifExists })).toBeUndefined()
    },
  )

  test('with if-exists: fail is an error', async () => {
    await using cloud = await startSimulator()
    const clusterId = add(cloud)
    await expect(find(cloud, { ifExists: 'fail' })).rejects.toThrow(
      refusal(
        cloud,
        `${clusterId} (RUNNING)`,
        'Choose another target-cluster, or set if-exists to reuse or replace.',
      ),
    )
  })

  test.each(['reuse', 'replace'] as const)('with if-exists: %s is returned', async ifExists => {
    await using cloud = await startSimulator()
    const clusterId = add(cloud)
    const protectedClusters = ['in01-other', 'production']
    expect(await find(cloud, { ifExists, protectedClusters })).toMatchObject({ clusterId, status: 'RUNNING' })
  })

  test('is never replaced when it is the source cluster or protected, but may be reused', async () => {
    await using cloud = await startSimulator()
    const clusterId = add(cloud)
    const source = { sourceId: clusterId }
    await expect(find(cloud, source)).rejects.toThrow(
      refusal(cloud, `${clusterId} (RUNNING)`, 'It is the source cluster, which is never replaced.'),
    )
    const isProtected = { protectedClusters: ['in01-other', clusterId] }
    await expect(find(cloud, isProtected)).rejects.toThrow(
      refusal(cloud, `${clusterId} (RUNNING)`, 'It is one of protected-clusters, which are never replaced.'),
    )
    for (const more of [source, isProtected]) {
      expect(await find(cloud, { ...more, ifExists: 'reuse' })).toMatchObject({ clusterId })
    }
  })

  test.each(['fail', 'reuse', 'replace'] as const)(
    'with if-exists: %s is an error where there are several',
    async ifExists => {
      await using cloud = await startSimulator()
      const ids = [add(cloud), add(cloud)]
      const error = await find(cloud, { ifExists }).catch(thrown => thrown)
      expect(error).toBeInstanceOf(OperationFailed)
      for (const id of ids) expect(error.message).toContain(`${id} (RUNNING)`)
      expect(error.message).toMatch(/\. With several, none is reused or replaced\.$/)
      expect(drops(cloud)).toBe(0)
    },
  )
})

describe('making room', () => {
  const start = (cloud: Simulator, clusterId: string) => {
    const { step, reported, time } = stepIn(cloud)
    const { status } = cloud.world.cluster(clusterId)
    const options = { clusterName: 'copy', projectId: cloud.projectId, pollInterval: 15_000 }
    return { done: makeRoom(step, { clusterId, status }, options), reported, time }
  }

  test('drops the cluster, and ends when the name is free', async () => {
    await using cloud = await startSimulator()
    const clusterId = add(cloud)
    const { done, reported } = start(cloud, clusterId)
    await done
    expect(reported).toEqual([`Dropping cluster ${clusterId} to replace it.`])
    expect(drops(cloud)).toBe(1)
    expect(cloud.requests.at(-1)?.operationId).toBe('listClusters')
    expect(cloud.world.cluster(clusterId).status).toBe('DELETED')
  })

  test('drops no cluster that is being deleted, and waits for its name', async () => {
    await using cloud = await startSimulator()
    const clusterId = add(cloud, { status: 'DELETING' })
    const edit = (response: unknown) => {
      cloud.world.cluster(clusterId).status = 'DELETED'
      return response
    }
    cloud.faults.inject({ operation: 'listClusters', skip: 2, fault: { kind: 'edit', edit } })
    const { done, reported, time } = start(cloud, clusterId)
    await done
    expect(reported).toEqual([])
    expect(drops(cloud)).toBe(0)
    expect(time()).toBeGreaterThan(0)
  })
})
