import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { refuseProjectSlip } from '../../src/clusters/project.ts'
import type { OperationName } from '../../src/contract.ts'
import { Cancelled, OperationFailed } from '../../src/errors.ts'
import type { Inputs } from '../harness/inputs.ts'
import { runIn } from '../harness/run-in.ts'
import { stepIn, stopTheWorld } from '../harness/step.ts'

stopTheWorld()

const unknown = 'proj-0123456789abcdef012345'

/** What stands for no project, and how the error about it ends. */
const slips: [what: string, given: (cloud: Simulator) => string, end: (cloud: Simulator) => string][] = [
  [
    'another case',
    ({ projectId }) => projectId.toUpperCase(),
    ({ projectId }) =>
      `there is no "${projectId.toUpperCase()}", but "${projectId}", which differs by case alone. Write it so.`,
  ],
  [
    'the name of a project',
    () => 'team-a',
    ({ world }) => `"team-a" is the name of a project; expected is its id, ${world.projects[0]?.projectId}.`,
  ],
  [
    'the name in another case',
    () => 'Team-A',
    ({ world }) => `"Team-A" is the name of a project; expected is its id, ${world.projects[0]?.projectId}.`,
  ],
  [
    'a project that the key cannot see',
    () => unknown,
    ({ world }) =>
      `the key can see no project "${unknown}". It can see ${world.projects
        .map(({ projectId }) => projectId)
        .join(', ')}.`,
  ],
]

async function start(): Promise<Simulator> {
  const cloud = await startSimulator()
  for (const project of cloud.world.projects.slice(0, 1)) project.projectName = 'team-a'
  return cloud
}

describe('a project', () => {
  const judge = (cloud: Simulator, projectId: string) => refuseProjectSlip(stepIn(cloud).step, projectId)
  const refusing = (cloud: Simulator, code: number) =>
    cloud.faults.inject({ operation: 'listProjects', fault: { kind: 'envelope', status: 200, code } })

  test('that has clusters is there, and projects are not listed', async () => {
    await using cloud = await start()
    await judge(cloud, cloud.projectId)
    expect(cloud.requests.map(({ operationId }) => operationId)).toEqual(['listClusters'])
  })

  test('that is empty is there', async () => {
    await using cloud = await start()
    await judge(cloud, cloud.world.addProject().projectId)
  })

  test.each(slips)('that is none: %s', async (_what, given, end) => {
    await using cloud = await start()
    await expect(judge(cloud, given(cloud))).rejects.toThrow(
      new OperationFailed(`target-project-id: ${end(cloud)}`),
    )
  })

  test('in another case is told by the clusters where the key may not list projects', async () => {
    await using cloud = await start()
    refusing(cloud, 96016)
    await expect(judge(cloud, cloud.projectId.toUpperCase())).rejects.toThrow(`but "${cloud.projectId}"`)
  })

  test('that nothing is known of is believed where the key may not list projects', async () => {
    await using cloud = await start()
    refusing(cloud, 96016)
    await judge(cloud, unknown)
  })

  test('of which a read gets no response for ten seconds is believed: this check only explains', async () => {
    await using cloud = await start()
    const fault = { kind: 'gateway', status: 503 } as const
    cloud.faults.inject({ operation: 'listProjects', times: Number.POSITIVE_INFINITY, fault })
    expect(await judge(cloud, unknown)).toBeUndefined()
  })

  test('is not believed after a cancel, which ends the step', async () => {
    await using cloud = await start()
    const { step, stop } = stepIn(cloud)
    stop.abort(new Cancelled())
    await expect(refuseProjectSlip(step, unknown)).rejects.toThrow(new Cancelled())
  })
})

const operations: [OperationName, Inputs][] = [
  ['delete-cluster', { 'target-cluster': 'staging' }],
  ['delete-cluster', { 'target-cluster': 'staging', 'protected-clusters': 'production' }],
  ['restore-cluster', { 'target-cluster': 'pr-42' }],
  ['restore-cluster', { 'target-cluster': 'pr-42', 'dry-run': 'true' }],
  ['restore-cluster', { 'target-cluster': 'pr-42', 'protected-clusters': 'production' }],
  ['restore-collections', { 'target-cluster': 'staging', collections: '*' }],
  ['wait', { 'target-cluster': 'staging' }],
]

/** Of an operation that restores. */
function addSource({ world, clusterId }: Simulator): Inputs {
  return { 'cluster-id': clusterId, 'backup-id': world.addBackup({ clusterId }).backupId }
}

describe.each(operations)('target-project-id of %s %o', (operation, inputs) => {
  test.each(slips)('that is %s', async (_what, given, end) => {
    await using cloud = await start()
    const source = operation.startsWith('restore') ? addSource(cloud) : {}
    const all = { ...source, ...inputs, 'target-project-id': given(cloud) }
    const { ended, error, changes } = await runIn(cloud, operation, all)
    expect(ended).toBeInstanceOf(OperationFailed)
    expect(error).toBe(`target-project-id: ${end(cloud)}`)
    expect(changes).toEqual([])
  })
})

test('a sweep of a project that has clusters asks nothing more about it', async () => {
  await using cloud = await start()
  const inputs = { 'name-pattern': 'tmp-*', 'older-than': '1d', 'target-project-id': cloud.projectId }
  const { ended, requests } = await runIn(cloud, 'prune-clusters', inputs)
  expect(ended).toBe('succeeded')
  expect(requests.map(({ operationId }) => operationId)).toEqual(['listClusters'])
})

test('in an existing project without clusters nothing is to be dropped', async () => {
  await using cloud = await start()
  const { projectId } = cloud.world.addProject()
  const inputs = { 'target-cluster': 'staging', 'target-project-id': projectId }
  expect(await runIn(cloud, 'delete-cluster', inputs)).toMatchObject({ ended: 'skipped', changes: [] })
})

test('and one is restored into', async () => {
  await using cloud = await start()
  const { projectId } = cloud.world.addProject()
  const inputs = { 'target-cluster': 'pr-42', 'target-project-id': projectId, wait: 'false' }
  const { ended } = await runIn(cloud, 'restore-cluster', { ...addSource(cloud), ...inputs })
  expect(ended).toBe('started')
  expect(cloud.world.cluster('pr-42').projectId).toBe(projectId)
})

test.each<OperationName>(['delete-cluster', 'wait'])(
  'a cluster of another project, given by its id, is an error in %s',
  async operation => {
    await using cloud = await start()
    const { clusterId, projectId } = cloud.world.cluster('staging')
    const other = cloud.world.addProject().projectId
    for (const [given, end] of [
      [other, `cluster ${clusterId} is in project ${projectId}, not in project ${other}`],
      [projectId.toUpperCase(), `but "${projectId}", which differs by case alone`],
    ] as const) {
      const inputs = { 'target-cluster': clusterId, 'target-project-id': given }
      const { ended, error, changes } = await runIn(cloud, operation, inputs)
      expect(ended).toBeInstanceOf(OperationFailed)
      expect(error).toMatch(/^target-project-id: /)
      expect(error).toContain(end)
      expect(changes).toEqual([])
    }
  },
)
