import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Simulator, startSimulator } from '../simulator/index.ts'
import { inputs, operations } from '../src/contract.ts'
import { createJobFolder, runStep, type StepResult } from './harness/runner.ts'
import { findLeaks } from './harness/secrets.ts'

interface Step {
  id?: string
  uses?: string
  with?: Record<string, unknown>
}

interface Job {
  steps: Step[]
  outputs?: Record<string, string>
}

type Jobs = Record<string, Job>

/** What a workflow is run with, the jobs to run in their order, and what must come of each action step. */
interface Story {
  values?: Record<string, string>
  event?: unknown
  arrange?: (cloud: Simulator) => void
  jobs: { job: string; ends: Record<string, string>[] }[]
  after?: (cloud: Simulator, last: StepResult) => void
}

const root = dirname(import.meta.dirname)
const folder = join(root, 'examples')
const ours = /^OWNER\/zilliz-cloud-backup-restore@v0$/
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
  expect(Object.keys(stories).sort()).toEqual(readdirSync(folder).sort())
})

describe.each(Object.keys(stories))('%s', file => {
  const { jobs } = parse(readFileSync(join(folder, file), 'utf8')) as { jobs: Jobs }

  test('every step that uses the action is run by a story', () => {
    const run = Object.values(stories[file] ?? {}).flatMap(story => story.jobs.map(({ job }) => job))
    const using = Object.keys(jobs).filter(name => actionSteps(jobs, name).length > 0)
    expect([...new Set(run)].sort()).toEqual(using.sort())
  })

  test.each(Object.entries(stories[file] ?? {}))('%s', (_, story) => tell(jobs, story))
})

async function tell(jobs: Jobs, story: Story): Promise<void> {
  await using cloud = await startSimulator({ speed: 10 })
  story.arrange?.(cloud)
  // What stands between ${{ and }}; an expression that is not here fails the test.
  const known = new Map<string, string>([
    ['secrets.ZILLIZ_API_KEY', cloud.apiKey],
    ['vars.ZILLIZ_CLUSTER_ID', cloud.clusterId],
    ['vars.ZILLIZ_TEST_PROJECT_ID', cloud.projectId],
    ['vars.ZILLIZ_INTEGRATION_ID', 'integ-0123456789abcdef'],
    ['github.event.number', '42'],
    ['github.run_id', runId],
    ['github.run_attempt', '1'],
    ...Object.entries(story.values ?? {}),
  ])
  let last: StepResult | undefined
  for (const { job, ends } of story.jobs) {
    await using jobFolder = await createJobFolder()
    const steps = actionSteps(jobs, job)
    expect(steps).toHaveLength(ends.length)
    const handedOn = new Map<string, string>()
    for (const [index, step] of steps.entries()) {
      const given = Object.entries(step.with ?? {})
      last = await runStep({
        with: {
          ...Object.fromEntries(given.map(([name, value]) => [name, evaluate(String(value), known)])),
          'base-url': cloud.baseUrl,
        },
        secrets: [cloud.apiKey],
        event: story.event,
        clock: { origin: cloud.clock.origin, speed: cloud.clock.speed },
        post: 'auto',
        jobFolder,
      })
      expect(last, last.log.join('\n')).toMatchObject({ outcome: 'success', post: { outcome: 'success' } })
      expect(last.outputs).toMatchObject(ends[index] ?? {})
      expect(findLeaks(last, { key: cloud.apiKey })).toEqual([])
      for (const [name, value] of Object.entries(last.outputs)) {
        known.set(`steps.${step.id}.outputs.${name}`, value)
        // Other jobs get nothing that is masked.
        if (name in last.jobOutputs) handedOn.set(`steps.${step.id}.outputs.${name}`, value)
      }
    }
    for (const [name, text] of Object.entries(jobs[job]?.outputs ?? {})) {
      known.set(`needs.${job}.outputs.${name}`, evaluate(text, handedOn))
    }
  }
  expect(cloud.problems).toEqual([])
  if (last !== undefined) story.after?.(cloud, last)
}

function actionSteps(jobs: Jobs, job: string): Step[] {
  return (jobs[job]?.steps ?? []).filter(({ uses }) => uses !== undefined && ours.test(uses))
}

function evaluate(text: string, known: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = known.get(expression)
    if (value === undefined) throw new Error(`There is no value here for the expression ${expression}`)
    return value
  })
}

test('an expression without a value is an error', () => {
  const known = new Map([['vars.A', '1']])
  expect(evaluate('a-${{ vars.A }}-${{vars.A}}', known)).toBe('a-1-1')
  expect(() => evaluate('${{ vars.B }}', known)).toThrow('vars.B')
})

test('the snippets of the README are YAML, and use only operations and inputs that exist', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const snippets = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml]) => yaml ?? '')
  const steps = snippets.flatMap(yaml => stepsIn(parse(yaml)))
  expect(steps.length).toBeGreaterThan(8)
  for (const step of steps) {
    expect(step.uses).toMatch(ours)
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
    const operation = String(step.with?.operation)
    if (operation !== '${{ inputs.operation }}') expect(operations).toContain(operation)
  }
})

test('the README names every example, and its links lead somewhere', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const prose = text.replace(/^```.*?^```$/gms, '')
  const headings = [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )
  const links = [...prose.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
  const lost = links.filter(link => {
    if (link.startsWith('https://')) return false
    return link.startsWith('#') ? !headings.includes(link.slice(1)) : !existsSync(join(root, link))
  })
  expect(lost).toEqual([])
  expect(links).toEqual(expect.arrayContaining(readdirSync(folder).map(file => `examples/${file}`)))
})

/** Steps that use the action, wherever they stand in a piece of a workflow. */
function stepsIn(piece: unknown): Step[] {
  if (typeof piece !== 'object' || piece === null) return []
  const { uses } = piece as Step
  if (typeof uses === 'string' && uses.includes('zilliz-cloud-backup-restore')) return [piece as Step]
  return Object.values(piece).flatMap(stepsIn)
}
