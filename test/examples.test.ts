import { describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../simulator/index.ts'
import { createJobFolder, runStep, type StepResult } from './harness/runner.ts'
import { findLeaks } from './harness/secrets.ts'
import { actionSteps, examples, readJobs, type WorkflowJob, type WorkflowStep } from './harness/workflows.ts'

/** The outputs that each action step of a job must have. */
type Ends = readonly Record<string, string>[]

/** What a workflow is run with, the jobs to run in their order, and how each action step must end. */
interface Story {
  values?: Record<string, string>
  event?: unknown
  arrange?: (cloud: Simulator) => void
  jobs: { job: string; ends: Ends }[]
  after?: (cloud: Simulator, last: StepResult) => void
}

const runId = '1658821493'
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
const backedUp = { status: 'succeeded', created: 'true' }

const byHand = (operation: string, target: string, collections = '') => ({
  'inputs.operation': operation,
  'inputs.target-cluster': target,
  'inputs.backup-id': 'latest',
  'inputs.collections': collections,
})
const planned = { job: 'plan', ends: [{ status: 'planned', backupName: 'production_backup1' }] }

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
      jobs: [{ job: 'export', ends: [backedUp, { ...succeeded, backupName: 'production_backup1' }] }],
      after({ world, requests }, { outputs }) {
        expect(world.jobStatus(outputs.jobId ?? '')).toBe('SUCCESSFUL')
        expect(requests.find(({ operationId }) => operationId === 'exportBackup')?.body).toEqual({
          integrationId: 'integ-0123456789abcdef',
          directory: `zilliz-backups/${outputs.backupId}`,
        })
      },
    },
    'exports the backup of today': {
      arrange: oldBackup,
      jobs: [{ job: 'export', ends: [{ status: 'skipped', created: 'false' }, succeeded] }],
      after: ({ world }) => expect(world.backups).toHaveLength(1),
    },
  },
  'nightly-prune.yml': {
    'shows by hand what would be deleted': {
      values: { 'inputs.dry-run': 'true' },
      arrange: backupsOf(50, 40, 8, 7, 6, 5, 4, 3, 2, 1),
      jobs: [{ job: 'prune', ends: [{ status: 'planned', deletedBackupIds: '[]' }] }],
      after(cloud, { outputs }) {
        expect(JSON.parse(outputs.plan ?? '')).toHaveLength(2)
        expect(agesOf(cloud)).toEqual([50, 40, 8, 7, 6, 5, 4, 3, 2, 1, 60])
      },
    },
    'deletes at night what is neither new nor automatic': {
      values: { 'inputs.dry-run': '' },
      arrange: backupsOf(50, 40, 8, 7, 6, 5, 4, 3, 2, 1),
      jobs: [{ job: 'prune', ends: [succeeded] }],
      after(cloud, { outputs }) {
        expect(JSON.parse(outputs.deletedBackupIds ?? '')).toHaveLength(2)
        expect(agesOf(cloud)).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 60])
      },
    },
    'keeps the newest, however old they are': {
      values: { 'inputs.dry-run': '' },
      arrange: backupsOf(70, 60, 50, 40),
      jobs: [{ job: 'prune', ends: [{ status: 'skipped', deletedBackupIds: '[]' }] }],
      after: cloud => expect(agesOf(cloud)).toEqual([70, 60, 50, 40, 60]),
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
      values: byHand('restore-cluster', 'second-look'),
      arrange: oldBackup,
      jobs: [
        planned,
        { job: 'restore', ends: [{ ...succeeded, created: 'true', clusterName: 'second-look' }] },
      ],
      after: cloud => expect(cloud.world.collections('second-look')).toHaveLength(5),
    },
    'restores collections into a cluster that is there': {
      values: byHand('restore-collections', 'staging', 'sales.* -> restored.*'),
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
    const values = valuesOf(cloud, story)
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

/** What may stand between ${{ and }}; an expression that is not here fails the test. */
type Values = Map<string, string>

function valuesOf(cloud: Simulator, { values }: Story): Values {
  return new Map([
    ['secrets.ZILLIZ_API_KEY', cloud.apiKey],
    ['vars.ZILLIZ_CLUSTER_ID', cloud.clusterId],
    ['vars.ZILLIZ_TEST_PROJECT_ID', cloud.projectId],
    ['vars.ZILLIZ_INTEGRATION_ID', 'integ-0123456789abcdef'],
    ['github.event.number', '42'],
    ['github.run_id', runId],
    ['github.run_attempt', '1'],
    ...Object.entries(values ?? {}),
  ])
}

/** Runs the action steps of a job, and adds their outputs to the values. */
async function runJob(
  cloud: Simulator,
  { job, ends, values, event }: { job: WorkflowJob; ends: Ends; values: Values; event: unknown },
): Promise<Map<string, StepResult>> {
  await using jobFolder = await createJobFolder()
  const steps = actionSteps(job)
  expect(steps).toHaveLength(ends.length)
  const results = new Map<string, StepResult>()
  for (const [index, step] of steps.entries()) {
    const result = await runStep({
      with: { ...evaluateInputs(step, values), 'base-url': cloud.baseUrl },
      secrets: [cloud.apiKey],
      event,
      clock: { origin: cloud.clock.origin, speed: cloud.clock.speed },
      post: 'auto',
      jobFolder,
    })
    expect(result, result.log.join('\n')).toMatchObject({ outcome: 'success', post: { outcome: 'success' } })
    expect(result.outputs).toMatchObject(ends[index] ?? {})
    expect(findLeaks(result, { key: cloud.apiKey })).toEqual([])
    for (const [name, value] of outputsOf(step, result.outputs)) values.set(name, value)
    results.set(step.id ?? `${index}`, result)
  }
  return results
}

function evaluateInputs({ with: given = {} }: WorkflowStep, values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, evaluate(String(value), values)]),
  )
}

function outputsOf({ id }: Pick<WorkflowStep, 'id'>, outputs: Record<string, string>): [string, string][] {
  return Object.entries(outputs).map(([name, value]) => [`steps.${id}.outputs.${name}`, value])
}

/** The outputs of a job: other jobs get nothing that is masked. */
function jobOutputs(job: WorkflowJob, results: ReadonlyMap<string, StepResult>): Record<string, string> {
  const values = new Map([...results].flatMap(([id, result]) => outputsOf({ id }, result.jobOutputs)))
  return Object.fromEntries(
    Object.entries(job.outputs ?? {}).map(([name, text]) => [name, evaluate(text, values)]),
  )
}

function evaluate(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = values.get(expression)
    if (value === undefined) throw new Error(`There is no value here for the expression ${expression}`)
    return value
  })
}

test('an expression without a value is an error', () => {
  const values = new Map([['vars.A', '1']])
  expect(evaluate('a-${{ vars.A }}-${{vars.A}}', values)).toBe('a-1-1')
  expect(() => evaluate('${{ vars.B }}', values)).toThrow('vars.B')
})
