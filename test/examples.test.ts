import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../simulator/index.ts'
import type { StepResult } from './harness/runner.ts'
import { type Ends, evaluate, jobOutputs, runId, runJob, valuesOf } from './harness/workflow-run.ts'
import { actionSteps, examples, readJobs } from './harness/workflows.ts'

/** What a workflow is run with, the jobs to run in their order, and how each action step must end. */
interface Story {
  values?: (cloud: Simulator) => Record<string, string>
  event?: unknown
  arrange?: (cloud: Simulator) => void
  jobs: { job: string; ends: Ends }[]
  after?: (cloud: Simulator, last: StepResult) => void
}

const oldBackup = (cloud: Simulator) => void cloud.world.addBackup({ clusterId: cloud.clusterId })
const throwAway = `throw-away-${runId}`
const leftByAnEarlierAttempt = (cloud: Simulator) =>
  void cloud.world.addCluster({ clusterName: throwAway, projectId: cloud.projectId })
/** Backups of those ages in days, manual ones and an automatic one. */
const backupsOf =
  (...ages: number[]) =>
  ({ world, clusterId }: Simulator) => {
    for (const age of ages) world.addBackup({ clusterId, ageSeconds: age * 86_400 })
    world.addBackup({ clusterId, ageSeconds: 60 * 86_400, creationMethod: 'AUTO' })
  }
/** The ages in days of what is there. */
const agesOf = ({ world }: Simulator) =>
  world.backups
    .filter(({ status }) => status === 'AVAILABLE')
    .map(({ createdAt }) => Math.round((world.now() - createdAt) / 86_400_000))
const succeeded = { status: 'succeeded' }
const exportStarted = { status: 'started' }
const backedUp = { status: 'succeeded', created: 'true' }

const byHand = (operation: string, target: string, collections = '') => ({
  'inputs.operation': operation,
  'inputs.target-cluster': target,
  'inputs.backup-id': 'latest',
  'inputs.collections': collections,
})
const planned = {
  job: 'plan',
  ends: [
    { status: 'planned', backupName: 'production_backup1' },
    { status: 'succeeded', backupName: 'production_backup1' },
  ],
}
/** A run of the nightly workflow: by schedule, or by hand with those inputs. */
const pruning = (dryRun: 'true' | 'false' | '', backupId = '') => ({
  'inputs.dry-run': dryRun,
  // Of a schedule there are no inputs.
  "github.event_name == 'workflow_dispatch' && inputs.dry-run": dryRun || 'false',
  'inputs.backup-id': backupId,
})

const stories: Record<string, Record<string, Story>> = {
  'backup-on-dispatch.yml': {
    'backs up the cluster': {
      jobs: [{ job: 'backup', ends: [backedUp] }],
      after: cloud => expect(cloud.world.backups.map(({ status }) => status)).toEqual(['AVAILABLE']),
    },
  },
  'backup-before-migration.yml': {
    'hands the backup to the migration': {
      jobs: [{ job: 'backup', ends: [backedUp] }],
      after: (_, last) => expect(last.jobOutputs.backupId).toMatch(/^backup1_/),
    },
  },
  'export-backup.yml': {
    'makes a backup and exports it': {
      jobs: [
        { job: 'export', ends: [backedUp, { ...exportStarted, backupName: 'production_backup1' }] },
        { job: 'finish', ends: [succeeded] },
      ],
      after({ world, requests }, { outputs }) {
        expect(world.jobs.map(({ type }) => type)).toEqual(['BACKUP', 'EXPORT'])
        expect(outputs.jobId).toBe(world.jobs[1]?.jobId)
        expect(world.jobStatus(outputs.jobId ?? '')).toBe('SUCCESSFUL')
        expect(requests.find(({ operationId }) => operationId === 'exportBackup')?.body).toEqual({
          integrationId: 'integ-0123456789abcdef',
          directory: `zilliz-backups/${world.backups[0]?.backupId}`,
        })
      },
    },
    'exports the backup of today': {
      arrange: oldBackup,
      jobs: [
        { job: 'export', ends: [{ status: 'skipped', created: 'false' }, exportStarted] },
        { job: 'finish', ends: [succeeded] },
      ],
      after: ({ world }) => expect(world.backups).toHaveLength(1),
    },
  },
  'nightly-prune.yml': {
    'shows by hand what would be deleted': {
      values: () => pruning('true'),
      arrange: backupsOf(50, 40, 8, 7, 6, 5, 4, 3, 2, 1),
      jobs: [{ job: 'prune', ends: [succeeded, { status: 'planned', deletedBackupIds: '[]' }] }],
      after(cloud, { outputs }) {
        expect(JSON.parse(outputs.plan ?? '')).toHaveLength(2)
        expect(agesOf(cloud)).toEqual([50, 40, 8, 7, 6, 5, 4, 3, 2, 1, 60])
      },
    },
    'deletes at night what is neither new nor automatic': {
      values: () => pruning(''),
      arrange: backupsOf(50, 40, 8, 7, 6, 5, 4, 3, 2, 1),
      jobs: [{ job: 'prune', ends: [succeeded, succeeded] }],
      after(cloud, { outputs }) {
        expect(JSON.parse(outputs.deletedBackupIds ?? '')).toHaveLength(2)
        expect(agesOf(cloud)).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 60])
      },
    },
    'keeps the newest, however old they are': {
      values: () => pruning(''),
      arrange: backupsOf(70, 60, 50, 40),
      jobs: [{ job: 'prune', ends: [succeeded, { status: 'skipped', deletedBackupIds: '[]' }] }],
      after: cloud => expect(agesOf(cloud)).toEqual([70, 60, 50, 40, 60]),
    },
    'deletes by hand the one that is named': {
      values: ({ world }) => pruning('false', world.backups[0]?.backupId),
      arrange: backupsOf(50, 1),
      jobs: [{ job: 'delete-one', ends: [succeeded] }],
      after: cloud => expect(agesOf(cloud)).toEqual([1, 60]),
    },
  },
  'pull-request-environment.yml': {
    'makes the cluster once, keeps it for the next push, drops it at the end': {
      event: { number: 42, pull_request: { number: 42 } },
      arrange: oldBackup,
      jobs: [
        { job: 'environment', ends: [{ ...backedUp, clusterName: 'shop-pr-42', username: 'db_admin' }] },
        { job: 'environment', ends: [{ ...succeeded, created: 'false', clusterName: 'shop-pr-42' }] },
        { job: 'drop', ends: [{ ...succeeded, clusterName: 'shop-pr-42' }] },
      ],
      after(cloud) {
        expect(['DELETING', 'DELETED']).toContain(cloud.world.cluster('shop-pr-42').status)
        expect(cloud.world.cluster('production').status).toBe('RUNNING')
      },
    },
    'is content when there is nothing to drop': {
      event: { number: 42, pull_request: { number: 42 } },
      jobs: [{ job: 'drop', ends: [{ status: 'skipped' }] }],
    },
  },
  'restore-by-hand.yml': {
    'restores a cluster from the backup of the plan': {
      values: () => byHand('restore-cluster', 'second-copy'),
      arrange: oldBackup,
      jobs: [
        planned,
        { job: 'restore', ends: [{ ...succeeded, created: 'true', clusterName: 'second-copy' }] },
      ],
      after: cloud => expect(cloud.world.collections('second-copy')).toHaveLength(5),
    },
    'restores collections into a cluster that is there': {
      values: () => byHand('restore-collections', 'staging', 'sales.* -> restored.*'),
      arrange: oldBackup,
      jobs: [planned, { job: 'restore', ends: [{ ...succeeded, clusterName: 'staging' }] }],
      after: cloud =>
        expect(cloud.world.collections('staging')).toEqual([
          'default.smoke_test LOADED',
          'restored.orders LOADED',
          'restored.items LOADED',
        ]),
    },
  },
  'rollback-collections.yml': {
    'restores beside the live collection': {
      jobs: [{ job: 'migrate', ends: [backedUp, succeeded] }],
      after: cloud =>
        expect(cloud.world.collections('production')).toEqual(
          expect.arrayContaining(['sales.orders LOADED', `sales.orders_run_${runId}_1 LOADED`]),
        ),
    },
  },
  'throw-away-cluster.yml': {
    'makes the cluster and drops it at the end of the job, so that nothing is left to sweep': {
      arrange: oldBackup,
      jobs: [
        { job: 'test', ends: [{ ...backedUp, clusterName: throwAway, username: 'db_admin' }] },
        { job: 'sweep', ends: [{ status: 'skipped' }] },
      ],
      after: ({ world }) => expect(['DELETING', 'DELETED']).toContain(world.cluster(throwAway).status),
    },
    'replaces what an earlier attempt has left': {
      arrange(cloud) {
        oldBackup(cloud)
        leftByAnEarlierAttempt(cloud)
      },
      jobs: [{ job: 'test', ends: [backedUp] }],
      after({ world }) {
        const made = world.clusters.filter(({ clusterName }) => clusterName === throwAway)
        expect(made.map(({ status }) => status.replace('DELETING', 'DELETED'))).toEqual([
          'DELETED',
          'DELETED',
        ])
        expect(world.cluster('production').status).toBe('RUNNING')
      },
    },
    'sweeps up a cluster whose job was lost': {
      arrange: leftByAnEarlierAttempt,
      jobs: [{ job: 'sweep', ends: [{ ...succeeded, clusterName: throwAway }] }],
      after: ({ world }) => expect(['DELETING', 'DELETED']).toContain(world.cluster(throwAway).status),
    },
  },
}

test('every example has its story', () => {
  expect(Object.keys(stories).sort()).toEqual(examples)
})

describe.each(Object.keys(stories))('%s', file => {
  const jobs = readJobs(file)

  test('every step that uses the action is run by a story', () => {
    const run = Object.values(stories[file] ?? {}).flatMap(story => story.jobs.map(({ job }) => job))
    const using = Object.keys(jobs).filter(name => actionSteps(jobs[name]).length > 0)
    expect([...new Set(run)].sort()).toEqual(using.sort())
  })

  test.each(Object.entries(stories[file] ?? {}))('%s', async (_, story) => {
    await using cloud = await startSimulator({ speed: 10 })
    story.arrange?.(cloud)
    const values = valuesOf(cloud, story.values?.(cloud))
    let last: StepResult | undefined
    for (const { job: name, ends } of story.jobs) {
      const job = jobs[name] ?? { steps: [] }
      const results = await runJob(cloud, { job, ends, values, event: story.event })
      for (const [output, value] of Object.entries(jobOutputs(job, results))) {
        values.set(`needs.${name}.outputs.${output}`, value)
      }
      last = [...results.values()].at(-1)
    }
    expect(cloud.problems).toEqual([])
    if (last !== undefined) story.after?.(cloud, last)
  })
})

test('an expression without a value is an error', () => {
  const values = new Map([['vars.A', '1']])
  expect(evaluate('a-${{ vars.A }}-${{vars.A}}', values)).toBe('a-1-1')
  expect(() => evaluate('${{ vars.B }}', values)).toThrow('vars.B')
})
