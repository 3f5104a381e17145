/** A dry run changes nothing, and its plan is what the run itself sends. */
import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { withCopy } from '../harness/aliases.ts'
import { inOrder, isChange } from '../harness/data-requests.ts'
import { addBackup } from './deletions.ts'
import { dryRuns, restoring } from './dry-runs.ts'
import { runStory, type StoryResult } from './story.ts'

const password = 'Tq7~of-the-new-cluster'

/** Everything the service knows. */
function worldOf({ world }: Simulator): string {
  return JSON.stringify([world.projects, world.clusters, world.backups, world.jobs, world.nextPassword])
}

interface Planned {
  method: string
  path: string
  body?: unknown
}

/** The step with `dry-run: true`, which must change nothing. */
async function plan(cloud: Simulator, inputs: Record<string, string>) {
  const before = worldOf(cloud)
  const story = await runStory(cloud, { ...inputs, 'dry-run': 'true' }, { passwords: [password] })
  expect(story.step).toMatchObject({ exitCode: 0, outcome: 'success', outputs: { status: 'planned' } })
  expect([...story.requests, ...story.dataRequests].filter(isChange)).toEqual([])
  expect(worldOf(cloud)).toBe(before)
  // That the key and the password are nowhere is checked in every story.
  expect(story.step.outputs.plan).not.toMatch(/authorization|bearer|ghs_/i)
  const planned: Planned[] = JSON.parse(story.step.outputs.plan ?? '')
  expect(story.step.receipt).toMatchObject({ status: 'planned', plan: planned })
  expect(story.step.state).toEqual({})
  return { story, planned }
}

/** What a run sent to change something, in its order. */
function changing({ requests, dataRequests }: StoryResult): Planned[] {
  const sent = inOrder(requests, dataRequests).filter(isChange)
  // As JSON, in which what has no body has no field for it.
  return JSON.parse(JSON.stringify(sent.map(({ method, path, body }) => ({ method, path, body }))))
}

test.each(dryRuns)('$name: nothing is changed, and the plan is what is sent', async ({ name, ...given }) => {
  await using cloud = await startSimulator({
    speed: given.speed ?? 30,
    dataPlane: given.dataPlane ?? false,
  })
  cloud.world.nextPassword = password
  const inputs = given.inputs(cloud)
  const { story, planned } = await plan(cloud, inputs)
  const kinds = planned.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)
  expect(kinds.map(kind => kind.replace(/backup\d+_\w+/, '<id>'))).toEqual(given.requests)
  await expect(story.text).toMatchFileSnapshot(`transcripts/dry-run-${name}.txt`)

  const run = await runStory(cloud, inputs, { passwords: [password] })
  expect(run.step.outputs.status).toBe('succeeded')
  expect(run.step.outputs).not.toHaveProperty('plan')
  expect(changing(run)).toStrictEqual(planned)
})

const fresh = (cloud: Simulator) => ({
  operation: 'create-backup',
  'cluster-id': cloud.clusterId,
  'skip-if-newer-than': '1d',
})

test.each<[name: string, inputs: (cloud: Simulator) => Record<string, string>]>([
  [
    'a fresh backup',
    cloud => {
      addBackup(cloud)
      return fresh(cloud)
    },
  ],
  [
    'a cluster to reuse',
    cloud => ({
      ...restoring(cloud, 'restore-cluster'),
      'target-cluster': 'staging',
      'if-exists': 'reuse',
    }),
  ],
  [
    'a backup that is gone',
    cloud => ({
      operation: 'delete-backup',
      'cluster-id': cloud.clusterId,
      'backup-id': addBackup(cloud, { status: 'DELETED' }),
    }),
  ],
  [
    'nothing to prune',
    cloud => {
      addBackup(cloud)
      return { operation: 'prune-backups', 'cluster-id': cloud.clusterId, 'keep-last': '1' }
    },
  ],
  [
    'an alias that points there already',
    cloud => {
      withCopy(cloud)
      return {
        operation: 'switch-alias',
        'target-cluster': 'production',
        alias: 'orders_live',
        collections: 'sales.orders',
      }
    },
  ],
  ['a cluster that is not there', () => ({ operation: 'delete-cluster', 'target-cluster': 'pr-42' })],
  [
    'no cluster to sweep',
    cloud => ({
      operation: 'prune-clusters',
      'name-pattern': 'shop-pr-{pr}',
      'target-project-id': cloud.projectId,
    }),
  ],
])('%s: the plan is empty, and the run sends nothing', async (_, inputsOf) => {
  await using cloud = await startSimulator({ speed: 30, dataPlane: true })
  const inputs = inputsOf(cloud)
  expect((await plan(cloud, inputs)).planned).toEqual([])
  const before = worldOf(cloud)
  const run = await runStory(cloud, inputs)
  expect(run.step.outcome).toBe('success')
  expect(changing(run)).toEqual([])
  expect(worldOf(cloud)).toBe(before)
})
