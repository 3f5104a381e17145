/** A dry run changes nothing, and its plan is what the run itself sends. */
import { expect, test } from 'vitest'
import { type BackupDraft, type Simulator, startSimulator } from '../../simulator/index.ts'
import { runStory, type StoryResult } from './story.ts'

const day = 86_400
const password = 'Tq7~of-the-new-cluster'

function add(cloud: Simulator, more: Omit<BackupDraft, 'clusterId'> = {}) {
  return cloud.world.addBackup({ clusterId: cloud.clusterId, ...more }).backupId
}

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
  expect(new Set(story.requests.map(({ method }) => method))).toEqual(new Set(['GET']))
  expect(worldOf(cloud)).toBe(before)
  // That the key and the password are nowhere is checked in every story.
  expect(story.step.outputs.plan).not.toMatch(/authorization|bearer|ghs_/i)
  const planned: Planned[] = JSON.parse(story.step.outputs.plan ?? '')
  expect(story.step.receipt).toMatchObject({ status: 'planned', plan: planned })
  expect(story.step.state).toEqual({})
  return { story, planned }
}

/** What a run sent to change something, in its order. */
function changing({ requests }: StoryResult): Planned[] {
  const sent = requests.filter(({ method }) => method !== 'GET')
  // As JSON, in which what has no body has no field for it.
  return JSON.parse(JSON.stringify(sent.map(({ method, path, body }) => ({ method, path, body }))))
}

interface Case {
  /** Names the transcript. */
  name: string
  /** The requests of its plan, each as the method and the end of the path. */
  requests: string[]
  inputs: (cloud: Simulator) => Record<string, string>
  speed?: number
}

const restoring = (cloud: Simulator, operation: string) => ({
  operation,
  'cluster-id': cloud.clusterId,
  'backup-id': add(cloud, { ageSeconds: day }),
})

const cases: Case[] = [
  {
    name: 'create-backup',
    requests: ['POST create'],
    inputs: cloud => ({ operation: 'create-backup', 'cluster-id': cloud.clusterId }),
  },
  {
    name: 'create-backup-collections',
    requests: ['POST create'],
    inputs: cloud => ({
      operation: 'create-backup',
      'cluster-id': cloud.clusterId,
      collections: 'sales.orders\nsales.items',
    }),
  },
  {
    name: 'create-backup-copies',
    requests: ['POST create'],
    inputs: cloud => ({
      operation: 'create-backup',
      'cluster-id': cloud.clusterId,
      'cross-region-copies': 'aws-us-east-1, aws-eu-central-1',
    }),
  },
  {
    name: 'restore-cluster',
    requests: ['POST restoreCluster'],
    inputs: cloud => ({
      ...restoring(cloud, 'restore-cluster'),
      'target-cluster': 'pr-42',
      'collection-status': 'RELEASE',
      'restore-version-policy': 'ORIGINAL',
      'delete-after-job': 'true',
    }),
  },
  {
    name: 'restore-cluster-replace',
    requests: ['DELETE drop', 'POST restoreCluster'],
    inputs: cloud => ({
      ...restoring(cloud, 'restore-cluster'),
      'target-cluster': 'staging',
      'cu-size': '4',
      'if-exists': 'replace',
    }),
  },
  {
    name: 'restore-collections',
    requests: ['POST restoreCollection', 'POST restoreCollection', 'POST restoreCollection'],
    inputs: cloud => ({
      ...restoring(cloud, 'restore-collections'),
      'target-cluster': 'staging',
      collections: 'products -> products_old\nsales.* -> restored.*',
    }),
  },
  {
    name: 'restore-collections-safety-backup',
    requests: ['POST create', 'POST restoreCollection'],
    inputs: cloud => ({
      ...restoring(cloud, 'restore-collections'),
      'target-cluster': 'staging',
      collections: 'sales.orders',
      'collection-status': 'UNLOADED',
      'safety-backup': 'true',
    }),
  },
  {
    name: 'delete-backup',
    requests: ['DELETE <id>'],
    inputs: cloud => ({
      operation: 'delete-backup',
      'cluster-id': cloud.clusterId,
      'backup-id': add(cloud),
    }),
  },
  {
    name: 'prune-backups',
    requests: ['DELETE <id>', 'DELETE <id>', 'DELETE <id>'],
    inputs(cloud) {
      // Half days, so that a second more does not show.
      for (const age of [3.5, 50.5, 40.5, 8.5]) add(cloud, { ageSeconds: age * day })
      for (const age of [45.5, 60.5]) add(cloud, { ageSeconds: age * day, backupType: 'COLLECTION' })
      add(cloud, { ageSeconds: 70.5 * day, creationMethod: 'AUTO' })
      return {
        operation: 'prune-backups',
        'cluster-id': cloud.clusterId,
        'keep-last': '1',
        'older-than': '30d',
      }
    },
    // So that the fifth of a second between two deletions keeps them in their order.
    speed: 1,
  },
  {
    name: 'export-backup',
    requests: ['POST export'],
    inputs(cloud) {
      add(cloud)
      return {
        operation: 'export-backup',
        'cluster-id': cloud.clusterId,
        'backup-id': 'latest',
        'integration-id': 'integ-0123456789',
        directory: 'nightly/2026',
      }
    },
  },
  {
    name: 'delete-cluster',
    requests: ['DELETE drop'],
    inputs: () => ({ operation: 'delete-cluster', 'target-cluster': 'staging' }),
  },
]

test.each(cases)('$name: nothing is changed, and the plan is what is sent', async ({ name, ...given }) => {
  await using cloud = await startSimulator({ speed: given.speed ?? 30 })
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
      add(cloud)
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
      'backup-id': add(cloud, { status: 'DELETED' }),
    }),
  ],
  [
    'nothing to prune',
    cloud => {
      add(cloud)
      return { operation: 'prune-backups', 'cluster-id': cloud.clusterId, 'keep-last': '1' }
    },
  ],
  ['a cluster that is not there', () => ({ operation: 'delete-cluster', 'target-cluster': 'pr-42' })],
])('%s: the plan is empty, and the run sends nothing', async (_, inputsOf) => {
  await using cloud = await startSimulator({ speed: 30 })
  const inputs = inputsOf(cloud)
  expect((await plan(cloud, inputs)).planned).toEqual([])
  const before = worldOf(cloud)
  const run = await runStory(cloud, inputs)
  expect(run.step.outcome).toBe('success')
  expect(changing(run)).toEqual([])
  expect(worldOf(cloud)).toBe(before)
})
