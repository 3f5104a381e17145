import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type RequestRecord, type Simulator, startSimulator, type Variants } from '../../simulator/index.ts'
import {
  createJobFolder,
  type NodeVersion,
  runPost,
  runStep,
  type StepControl,
  type StepResult,
} from '../harness/runner.ts'
import { type FaultKind, faultKind } from './faults.ts'
import { judge, judgePost, type Violation } from './invariants.ts'
import { scenario } from './scenarios.ts'
import type { Place, Scene } from './scene.ts'

/** One fault at one moment. */
export interface Laid {
  moment: string
  fault: string
  times: 'once' | 'twice' | 'for ever'
  /** Whether the service carries a start or a deletion out before the answer fails. */
  applied: boolean
}

export interface Cancel {
  /** The signal comes so many world milliseconds after this request, counted from 1. */
  afterRequest: number
  delay: number
  signal: 'SIGINT' | 'SIGTERM'
}

/** One run of a step: what it is asked, what goes wrong, and what must come of it. */
export interface Case {
  scenario: string
  laid: readonly Laid[]
  timeout?: string
  variants?: Partial<Variants>
  /** How the first jobs end. */
  jobs?: readonly ('SUCCESSFUL' | 'FAILED')[]
  cancel?: Cancel
  /** Default: the one that runs the tests. */
  node?: NodeVersion | undefined
  mustEnd?: 'well' | 'badly'
}

/** Everything that an invariant may look at. */
export interface Run {
  given: Case
  scene: Scene
  cloud: Simulator
  step: StepResult
  requests: readonly RequestRecord[]
  /** World milliseconds of the signal. */
  cancelledAt: number | undefined
  /** Requests that the step began after it had received the signal. */
  late: readonly string[]
  /** `host:port` of everything that was connected to. */
  connections: readonly string[]
}

export interface Trial {
  given: Case
  violations: Violation[]
  /** Faults that the step truly met. */
  met: number
  /** Found at full speed and not again at a quarter of it: the machine was too slow for a wait that short. */
  unsteady: Violation[]
  text: string
}

const speed = 60
/** A cancel ends in two seconds of the world, which must be long enough for a process to do something. */
const cancelSpeed = 6
const preload = fileURLToPath(new URL('./wire.cjs', import.meta.url))

/** Runs a case. What depends on time counts only when a slower world shows it too. */
export async function attempt(given: Case): Promise<Trial> {
  const pace = given.cancel === undefined ? speed : cancelSpeed
  const first = await runAt(pace, given)
  const idle = first.met === 0 && given.laid.length === 1 && given.cancel === undefined
  const sound = first.violations.length === 0 && !idle
  if (sound || first.violations.some(violation => !violation.timed)) return first
  const second = await runAt(pace / 4, given)
  return { ...second, unsteady: first.violations }
}

async function runAt(pace: number, given: Case): Promise<Trial> {
  await using cloud = await startSimulator({
    speed: pace,
    ...(given.variants && { variants: given.variants }),
  })
  await using jobFolder = await createJobFolder()
  const scene = scenario(given.scenario).open(cloud)
  for (const outcome of given.jobs ?? []) cloud.world.nextJob({ outcome, reason: 'disk full' })
  let control: StepControl | undefined
  let cancelledAt: number | undefined
  if (given.cancel !== undefined) {
    const { afterRequest, delay, signal } = given.cancel
    const fire = () => {
      cancelledAt = cloud.world.now()
      if (signal === 'SIGINT') control?.cancel()
      else control?.kill(signal)
    }
    // A rule that is never due sees every request.
    const when = (request: RequestRecord) => {
      if (request.number === afterRequest) setTimeout(fire, delay / pace)
      return false
    }
    cloud.faults.lay({ operation: '*', when, fault: { kind: 'reset' } })
  }
  const notes = join(jobFolder.path, 'wire.txt')
  const options = {
    with: {
      'api-key': cloud.apiKey,
      'base-url': cloud.baseUrl,
      timeout: given.timeout ?? '3m',
      ...scene.inputs,
    },
    secrets: [cloud.apiKey],
    clock: cloud.clock,
    ...(given.node !== undefined && { node: given.node }),
    jobFolder,
    timeoutMs: (30_000 * speed) / pace,
  }
  const lay = (after: boolean) => {
    const rules = given.laid
      .filter(({ moment }) => (placeOf(scene, moment).after ?? false) === after)
      .map(laid => layOne(cloud, given.scenario, scene, laid))
    return {
      NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
      FAULTS_WIRE: JSON.stringify({ notes, rules: rules.filter(rule => rule !== undefined) }),
    }
  }
  let violations: Violation[]
  let step: StepResult | undefined
  try {
    const onStart = (given: StepControl) => {
      control = given
    }
    step = await runStep({ ...options, env: lay(false), onStart })
    const connections = await notesIn(notes, 'connect')
    const late = await notesIn(notes, 'late')
    const run = {
      given,
      scene,
      cloud,
      step,
      requests: [...cloud.requests],
      cancelledAt,
      late,
      connections,
    }
    violations = judge(run)
    if (scene.post) {
      const post = await runPost(step, { env: lay(true) })
      const all = await notesIn(notes, 'connect')
      violations.push(...judgePost({ ...run, step: post, connections: all }, step))
      step = { ...step, post }
    }
  } catch (error) {
    violations = [
      { invariant: 'ends', text: error instanceof Error ? error.message : String(error), timed: false },
    ]
  }
  const served = cloud.requests.filter(({ fault }) => fault !== undefined).length
  const met = served + (await notesIn(notes, 'met')).length
  return { given, violations, met, unsteady: [], text: tellOf(given, violations, step, cloud.requests) }
}

export function placeOf(scene: Scene, moment: string): Place {
  const place = scene.places[moment]
  if (place === undefined) throw new Error(`no requests are called "${moment}"`)
  return place
}

/** Lays a fault on the side of the service, or gives the rule for the side of the step. */
function layOne(cloud: Simulator, name: string, scene: Scene, { moment, fault, times, applied }: Laid) {
  const { method, path, skip = 0 } = placeOf(scene, moment)
  const { of, big = false } = scenario(name).moments.find(one => one.name === moment) ?? {}
  const notFoundCode = { job: 96026, backup: cloud.variants.backupNotFoundCode, cluster: 96018 }[
    of ?? 'cluster'
  ]
  const made = faultKind(fault).make({ keep: scene.keep, big, notFoundCode })
  const count = { once: 1, twice: 2, 'for ever': Number.POSITIVE_INFINITY }[times]
  if (made === 'unresolved' || made === 'refused') {
    return { kind: made, method, path, skip, times: Number.isFinite(count) ? count : null }
  }
  const pattern = new RegExp(path)
  const when = (request: RequestRecord) =>
    request.method === method && pattern.test(`${request.path}${queryOf(request)}`)
  cloud.faults.lay({ operation: '*', when, skip, times: count, applied, fault: made })
  return undefined
}

function queryOf({ query }: RequestRecord): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? '' : `?${text}`
}

async function notesIn(path: string, kind: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter(line => line.startsWith(`${kind} `))
    .map(line => line.slice(kind.length + 1))
}

export function nameOf({ scenario: name, laid, cancel, jobs, timeout, variants, node }: Case): string {
  const faults = laid.map(
    ({ moment, fault, times, applied }) => `${fault} at ${moment}${applied ? ', carried out' : ''}, ${times}`,
  )
  const rest = Object.entries({ cancel, jobs, timeout, variants, node }).filter(
    ([, value]) => value !== undefined,
  )
  const more = rest.map(([key, value]) => `${key} ${JSON.stringify(value)}`)
  return [name, ...faults, ...more].join(' · ')
}

export function classOf(fault: string): FaultKind['is'] {
  return faultKind(fault).is
}

function tellOf(
  given: Case,
  violations: readonly Violation[],
  step: StepResult | undefined,
  requests: readonly RequestRecord[],
): string {
  if (violations.length === 0) return ''
  return [
    nameOf(given),
    ...violations.map(({ invariant, text }) => `  VIOLATION ${invariant}: ${text}`),
    ...requests.map(
      ({ time, method, path, status, code, fault, applied }) =>
        `  ${(Math.round(time / 100) / 10) % 10_000} ${method} ${path} -> ${status} ${code} ${fault ?? ''}${applied ? ' applied' : ''}`,
    ),
    ...(step?.log ?? []).map(line => `  | ${line}`),
    ...(step?.post?.log ?? []).map(line => `  post | ${line}`),
    `  exit ${step?.exitCode}, outputs ${JSON.stringify(step?.outputs)?.slice(0, 2_000)}`,
    '',
  ].join('\n')
}
