import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { type DropRule, drop } from '../../src/clusters/drop.ts'
import { OperationFailed } from '../../src/errors.ts'
import { ApiError, NoResponseError } from '../../src/zilliz/errors.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const sent = (cloud: Simulator) => cloud.requests.map(({ operationId }) => operationId)
const drops = (cloud: Simulator) => sent(cloud).filter(operation => operation === 'dropCluster').length

/** Drops the cluster `staging` by that rule. */
function prepare(cloud: Simulator, more: Partial<DropRule> = {}) {
  const { step } = stepIn(cloud)
  const { clusterId } = cloud.world.cluster('staging')
  const heard: (string | undefined)[] = []
  const onSend = (id: string | undefined) => void heard.push(id)
  const rule: DropRule = { clusterId, protectedClusters: [], onSend, ...more }
  const run = () => drop(step, rule, { pollInterval: 15_000 })
  return { clusterId, heard, run }
}

test('the last thing before a drop is a description of that very cluster ("Look again")', async () => {
  await using cloud = await startSimulator()
  const { run, clusterId, heard } = prepare(cloud, {
    clusterName: 'staging',
    projectId: cloud.projectId,
    protectedClusters: ['production', cloud.clusterId],
    neverIds: [cloud.clusterId],
  })
  expect(await run()).toBe('dropped')
  expect(sent(cloud).slice(0, 2)).toEqual(['describeCluster', 'dropCluster'])
  expect(cloud.requests[0]?.path).toBe(`/v2/clusters/${clusterId}`)
  expect(heard).toEqual([clusterId])
})

test.each<[string, Partial<DropRule>, why: string]>([
  [
    'a name that it was not chosen by',
    { clusterName: 'copy' },
    'was chosen by the name "copy", but its name is "staging"',
  ],
  [
    'a project that it was not chosen in',
    { projectId: 'proj-other' },
    'was chosen in project proj-other, but it is in project <project>',
  ],
  [
    'a time before this step',
    { createdSince: Number.POSITIVE_INFINITY },
    'was chosen as one that this step made, but its description does not show that it is so young',
  ],
  ['a protected name', { protectedClusters: ['Staging'] }, 'is one of protected-clusters'],
])('described with %s it is not dropped ("Look again")', async (_, more, why) => {
  await using cloud = await startSimulator()
  const { clusterId, run, heard } = prepare(cloud, more)
  await expect(run()).rejects.toThrow(
    new OperationFailed(
      `Cluster ${clusterId} (RUNNING) ${why.replace('<project>', cloud.projectId)}: it is not dropped.`,
    ),
  )
  expect(sent(cloud)).toEqual(['describeCluster'])
  expect(heard).toEqual([])
})

test('nor as the source, by either id, nor as protected by its id in another case', async () => {
  await using cloud = await startSimulator()
  const { clusterId } = cloud.world.cluster('staging')
  const why = (text: string) => `Cluster ${clusterId} (RUNNING) ${text}: it is not dropped.`
  await expect(prepare(cloud, { neverIds: ['in01-x', clusterId] }).run()).rejects.toThrow(
    why('is the source cluster'),
  )
  const protectedClusters = ['in01-x', clusterId.toUpperCase()]
  await expect(prepare(cloud, { protectedClusters }).run()).rejects.toThrow(
    why('is one of protected-clusters'),
  )
  expect(drops(cloud)).toBe(0)
})

test('one whose name cannot be read is protected where names are, and else is what its id says', async () => {
  await using cloud = await startSimulator()
  cloud.world.cluster('staging').shown = { clusterName: undefined, projectId: undefined }
  await expect(prepare(cloud, { protectedClusters: ['production'] }).run()).rejects.toThrow(
    'has no name that can be read, and protected-clusters has names: it is not dropped.',
  )
  const rule = { protectedClusters: [cloud.clusterId], projectId: cloud.projectId, clusterName: 'staging' }
  expect(await prepare(cloud, rule).run()).toBe('dropped')
})

test.each<[string, Partial<DropRule>, why: string]>([
  ['name', { clusterName: 'staging' }, 'was chosen by the name "staging", but its name is not shown'],
  [
    'project',
    { projectId: 'proj-1' },
    'was chosen in project proj-1, but it is in a project that is not shown',
  ],
])('chosen by a pattern it is not dropped when its description shows no %s', async (_, more, why) => {
  await using cloud = await startSimulator()
  cloud.world.cluster('staging').shown = { clusterName: undefined, projectId: undefined }
  const { run } = prepare(cloud, { ...more, isByPattern: true })
  await expect(run()).rejects.toThrow(`${why}: it is not dropped.`)
  expect(drops(cloud)).toBe(0)
})

test('what else it depends on is looked at before each description, and its description is checked last', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'dropCluster', fault: { kind: 'gateway', status: 503 } })
  const seen: string[] = []
  const { run } = prepare(cloud, {
    lookAgain: async () => void seen.push(`look after ${sent(cloud).join()}`),
    check: ({ status }) => void seen.push(`check of ${status} after ${sent(cloud).join()}`),
  })
  expect(await run()).toBe('dropped')
  const once = 'describeCluster,dropCluster'
  expect(seen).toEqual([
    'look after ',
    'check of RUNNING after describeCluster',
    `look after ${once}`,
    `check of RUNNING after ${once},describeCluster`,
  ])
})

test('what is old by the time of the description is looked at again, and the cluster too', async () => {
  await using cloud = await startSimulator()
  const looks: string[] = []
  const { run } = prepare(cloud, {
    lookAgain: async () => void looks.push(sent(cloud).join()),
    isFresh: () => looks.length > 2,
  })
  expect(await run()).toBe('dropped')
  expect(looks).toEqual(['', 'describeCluster', 'describeCluster,describeCluster'])
  expect(drops(cloud)).toBe(1)
})

test.each(['lookAgain', 'check'] as const)('what %s throws forbids the drop', async hook => {
  await using cloud = await startSimulator()
  const { run, heard } = prepare(cloud, {
    [hook]: () => {
      throw new OperationFailed('Not this one.')
    },
  })
  await expect(run()).rejects.toThrow(new OperationFailed('Not this one.'))
  expect(drops(cloud)).toBe(0)
  expect(heard).toEqual([])
})

test.each([false, true])('it is described again before a repeated drop, carried out: %s', async applied => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'dropCluster', applied, fault: { kind: 'reset' } })
  const { run } = prepare(cloud)
  expect(await run()).toBe('dropped')
  expect(drops(cloud)).toBe(applied ? 1 : 2)
  expect(sent(cloud).slice(0, 3)).toEqual(['describeCluster', 'dropCluster', 'describeCluster'])
})

test('renamed between two drops it is left alone, and the error says that it may be dropped anyway', async () => {
  await using cloud = await startSimulator()
  const { run, clusterId } = prepare(cloud, { protectedClusters: ['production-2'] })
  const act = () => {
    cloud.world.cluster(clusterId).clusterName = 'production-2'
  }
  cloud.faults.inject({ operation: 'dropCluster', fault: { kind: 'meanwhile', act } })
  cloud.faults.inject({ operation: 'dropCluster', fault: { kind: 'gateway', status: 503 } })
  const error = await run().catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).toBe(
    `Cluster ${clusterId} (RUNNING) is one of protected-clusters: it is not dropped. Cluster ${clusterId} may be dropped anyway.`,
  )
  expect(drops(cloud)).toBe(1)
})

test('a drop without a response may be carried out anyway, and the error says so', async () => {
  await using cloud = await startSimulator()
  const fault = { kind: 'gateway', status: 503 } as const
  cloud.faults.inject({ operation: 'dropCluster', times: Number.POSITIVE_INFINITY, fault })
  const { run, clusterId, heard } = prepare(cloud)
  await expect(run()).rejects.toThrow(
    new RegExp(
      `^Could not drop cluster .*\\. Cluster ${clusterId} may be dropped anyway\\. Look at .*, HTTP 503, .*\\)$`,
    ),
  )
  expect(new Set(heard)).toEqual(new Set([clusterId]))
})

test('a refused drop is taken back, and is not said to be carried out', async () => {
  await using cloud = await startSimulator()
  const fault = { kind: 'envelope', status: 200, code: 40003 } as const
  cloud.faults.inject({ operation: 'dropCluster', times: 9, fault })
  const { run, heard } = prepare(cloud)
  const error = await run().catch(thrown => thrown)
  expect(error).toBeInstanceOf(OperationFailed)
  expect(error.message).not.toContain('may be dropped')
  expect(heard.at(-1)).toBeUndefined()
})

test('a description that is refused, or gets no response, sends nothing', async () => {
  await using cloud = await startSimulator()
  cloud.faults.inject({ operation: 'describeCluster', fault: { kind: 'envelope', status: 200, code: 96016 } })
  await expect(prepare(cloud).run()).rejects.toMatchObject({
    name: 'OperationFailed',
    message: expect.stringMatching(/^This API key may not read cluster .*, code 96016, [^)]*\)$/),
    cause: expect.any(ApiError),
  })
  const fault = { kind: 'reset' } as const
  cloud.faults.inject({ operation: 'describeCluster', times: Number.POSITIVE_INFINITY, fault })
  const error = await prepare(cloud)
    .run()
    .catch(thrown => thrown)
  expect(error).toBeInstanceOf(NoResponseError)
  expect(error.message).not.toContain('may be dropped')
  expect(drops(cloud)).toBe(0)
})
