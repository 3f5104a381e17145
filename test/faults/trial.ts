import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { inOrder } from '../harness/data-requests.ts'
import { type Before, worldOf } from '../harness/deletions.ts'
import {
  createJobFolder,
  type JobFolder,
  runPost,
  runStep,
  type StepControl,
  type StepOptions,
  type StepResult,
} from '../harness/runner.ts'
import { type Cancel, type Case, describeTrial, type Run, type Trial, type Violation } from './case.ts'
import { openDoor } from './door.ts'
import { openGitHub } from './github.ts'
import { type Counter, injectAll, type World } from './inject.ts'
import { evaluate, evaluatePost } from './invariants.ts'
import { scenario } from './scenarios.ts'

const speed = 60
/** What may be two seconds old must not be older for a busy machine. */
const tlsSpeed = 10
/** A cancel ends in two seconds of the world, which must be long enough for a process to do something. */
const cancelSpeed = 6
const preload = fileURLToPath(new URL('./wire.cjs', import.meta.url))

/** Runs a case. What depends on time counts only when a slower world shows it too. */
export async function attempt(given: Case): Promise<Trial> {
  const usual = scenario(given.scenario).tls ? tlsSpeed : speed
  const pace = given.cancel === undefined ? usual : cancelSpeed
  const first = await runAt(pace, given)
  const idle = first.hit === 0 && given.injected.length === 1 && given.cancel === undefined
  const valid = first.violations.length === 0 && !idle
  if (valid || first.violations.some(violation => !violation.timed)) return first
  const second = await runAt(pace / 4, given)
  return { ...second, unsteady: first.violations }
}

async function runAt(pace: number, given: Case): Promise<Trial> {
  const { dataPlane = false, open } = scenario(given.scenario)
  await using cloud = await startSimulator({
    speed: pace,
    keepStatuses: true,
    dataPlane,
    ...(given.variants && { variants: given.variants }),
  })
  await using jobFolder = await createJobFolder()
  const fixture = open(cloud)
  await using github = await openGitHub(cloud, fixture)
  await using door = await openDoor(cloud, scenario(given.scenario))
  const trial = prepare({ cloud, github, fixture, door }, given, { pace, jobFolder })
  const { violations, step } = await runAndEvaluate(trial)
  return {
    given,
    violations,
    hit: trial.hits() + (await trial.notes('hit')).length,
    unsteady: [],
    text: describeTrial(given, {
      violations,
      step,
      requests: inOrder(cloud.requests, cloud.dataRequests),
    }),
  }
}

interface Prepared extends World {
  given: Case
  before: Before
  options: StepOptions
  signal: Signal
  /** Injects the faults of the stage and gives what the process needs to inject its own. */
  environment: (stage: 'main' | 'post') => Record<string, string>
  /** How often a fault of the case was hit on the side of the service. */
  hits: () => number
  /** What the preload has written down of that kind. */
  notes: (kind: 'connect' | 'late' | 'hit') => Promise<string[]>
}

function prepare(
  world: World,
  given: Case,
  { pace, jobFolder }: { pace: number; jobFolder: JobFolder },
): Prepared {
  const { cloud, github, fixture, door } = world
  const before = worldOf(cloud, github)
  for (const outcome of given.jobs ?? []) cloud.world.nextJob({ outcome, reason: 'disk full' })
  const path = join(jobFolder.path, 'wire.txt')
  const counters: Counter[] = []
  return {
    given,
    ...world,
    before,
    options: optionsOf({ given, ...world, jobFolder, pace }),
    signal: signalLater(cloud, given.cancel, pace),
    environment: stage => ({
      ...door.env,
      NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
      ...(fixture.pulls && { GITHUB_API_URL: github.url }),
      FAULTS_WIRE: JSON.stringify({
        notes: path,
        rules: injectAll(world, { given, stage, counters }),
      }),
    }),
    hits: () => counters.reduce((sum, count) => sum + count(), 0),
    notes: kind => notesIn(path, kind),
  }
}

function optionsOf(trial: World & { given: Case; jobFolder: JobFolder; pace: number }): StepOptions {
  const { given, cloud, github, fixture, jobFolder, pace, door } = trial
  const { apiKey } = cloud
  return {
    with: { 'api-key': apiKey, 'base-url': door.baseUrl, timeout: given.timeout ?? '3m', ...fixture.inputs },
    secrets: [apiKey],
    githubToken: github.token,
    clock: cloud.clock,
    ...(given.node !== undefined && { node: given.node }),
    jobFolder,
    timeoutMs: (30_000 * speed) / pace,
  }
}

/** When the step got its signal, and what hands out its control. */
interface Signal {
  onStart: (control: StepControl) => void
  /** World milliseconds. */
  sentAt: () => number | undefined
}

function signalLater(cloud: Simulator, cancel: Cancel | undefined, pace: number): Signal {
  let control: StepControl | undefined
  let sentAt: number | undefined
  const send = () => {
    sentAt = cloud.world.now()
    if (cancel?.signal === 'SIGINT') control?.cancel()
    else control?.kill(cancel?.signal)
  }
  let seen = 0
  const when = () => {
    seen++
    if (cancel !== undefined && seen === cancel.afterRequest) setTimeout(send, cancel.delay / pace)
    // The fault is never due: this only sees every request.
    return false
  }
  if (cancel !== undefined) cloud.faults.inject({ operation: '*', when, fault: { kind: 'reset' } })
  return {
    onStart(given) {
      control = given
    },
    sentAt: () => sentAt,
  }
}

async function runAndEvaluate(trial: Prepared): Promise<{ violations: Violation[]; step?: StepResult }> {
  const { given, fixture, cloud, github, before, door, options, signal, environment, notes } = trial
  let step: StepResult | undefined
  try {
    step = await runStep({ ...options, env: environment('main'), onStart: signal.onStart })
    const run: Run = {
      given,
      fixture,
      cloud,
      step,
      requests: [...cloud.requests],
      dataRequests: [...cloud.dataRequests],
      earlier: 0,
      before,
      controlPlane: new URL(door.baseUrl).host,
      endpoint: await endpointOf(cloud, given, step.outputs.clusterId),
      github: fixture.pulls && new URL(github.url).host,
      cancelledAt: signal.sentAt(),
      late: await notes('late'),
      connections: await notes('connect'),
    }
    const violations = evaluate(run)
    if (!fixture.post) return { violations, step }
    const post = await runPost(step, { env: environment('post') })
    const after = {
      ...run,
      step: post,
      requests: [...cloud.requests],
      dataRequests: cloud.dataRequests.slice(run.dataRequests.length),
      earlier: run.requests.length,
      connections: await notes('connect'),
    }
    return { violations: [...violations, ...evaluatePost(after, step)], step: { ...step, post } }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return { violations: [{ invariant: 'ends', text, timed: false }], ...(step && { step }) }
  }
}

async function endpointOf(
  cloud: Simulator,
  given: Case,
  clusterId: string | undefined,
): Promise<string | undefined> {
  const isThere = cloud.world.clusters.some(cluster => cluster.clusterId === clusterId)
  if (!scenario(given.scenario).dataPlane || clusterId === undefined || !isThere) return undefined
  return new URL(await cloud.connectAddress(clusterId)).host
}

async function notesIn(path: string, kind: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter(line => line.startsWith(`${kind} `))
    .map(line => line.slice(kind.length + 1))
}
