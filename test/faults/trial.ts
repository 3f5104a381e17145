import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type RequestRecord, type Simulator, startSimulator } from '../../simulator/index.ts'
import { worldOf } from '../harness/deletions.ts'
import { createJobFolder, runPost, runStep, type StepControl, type StepResult } from '../harness/runner.ts'
import { type Case, describeTrial, type Injected, type Trial, type Violation } from './case.ts'
import { faultKind } from './faults.ts'
import type { Fixture, Matcher } from './fixture.ts'
import { evaluate, evaluatePost } from './invariants.ts'
import { scenario } from './scenarios.ts'

const speed = 60
/** A cancel ends in two seconds of the world, which must be long enough for a process to do something. */
const cancelSpeed = 6
const preload = fileURLToPath(new URL('./wire.cjs', import.meta.url))

/** Runs a case. What depends on time counts only when a slower world shows it too. */
export async function attempt(given: Case): Promise<Trial> {
  const pace = given.cancel === undefined ? speed : cancelSpeed
  const first = await runAt(pace, given)
  const idle = first.hit === 0 && given.injected.length === 1 && given.cancel === undefined
  const valid = first.violations.length === 0 && !idle
  if (valid || first.violations.some(violation => !violation.timed)) return first
  const second = await runAt(pace / 4, given)
  return { ...second, unsteady: first.violations }
}

async function runAt(pace: number, given: Case): Promise<Trial> {
  await using cloud = await startSimulator({
    speed: pace,
    ...(given.variants && { variants: given.variants }),
  })
  await using jobFolder = await createJobFolder()
  const fixture = scenario(given.scenario).open(cloud)
  const before = worldOf(cloud)
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
    cloud.faults.inject({ operation: '*', when, fault: { kind: 'reset' } })
  }
  const notes = join(jobFolder.path, 'wire.txt')
  const options = {
    with: {
      'api-key': cloud.apiKey,
      'base-url': cloud.baseUrl,
      timeout: given.timeout ?? '3m',
      ...fixture.inputs,
    },
    secrets: [cloud.apiKey],
    clock: cloud.clock,
    ...(given.node !== undefined && { node: given.node }),
    jobFolder,
    timeoutMs: (30_000 * speed) / pace,
  }
  const inject = (after: boolean) => {
    const rules = given.injected
      .filter(({ target }) => (matcherOf(fixture, target).after ?? false) === after)
      .map(injected => injectOne(cloud, given.scenario, fixture, injected))
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
    step = await runStep({ ...options, env: inject(false), onStart })
    const connections = await notesIn(notes, 'connect')
    const late = await notesIn(notes, 'late')
    const run = {
      given,
      fixture,
      cloud,
      step,
      requests: [...cloud.requests],
      before,
      cancelledAt,
      late,
      connections,
    }
    violations = evaluate(run)
    if (fixture.post) {
      const post = await runPost(step, { env: inject(true) })
      const all = await notesIn(notes, 'connect')
      const requests = [...cloud.requests]
      violations.push(...evaluatePost({ ...run, step: post, requests, connections: all }, step))
      step = { ...step, post }
    }
  } catch (error) {
    violations = [
      { invariant: 'ends', text: error instanceof Error ? error.message : String(error), timed: false },
    ]
  }
  const served = cloud.requests.filter(({ fault }) => fault !== undefined).length
  const hit = served + (await notesIn(notes, 'met')).length
  return {
    given,
    violations,
    hit: hit,
    unsteady: [],
    text: describeTrial(given, violations, step, cloud.requests),
  }
}

function matcherOf(fixture: Fixture, target: string): Matcher {
  const place = fixture.matchers[target]
  if (place === undefined) throw new Error(`no requests are called "${target}"`)
  return place
}

/** Lays a fault on the side of the service, or gives the rule for the side of the step. */
function injectOne(
  cloud: Simulator,
  name: string,
  fixture: Fixture,
  { target, fault, times, applied }: Injected,
) {
  const { method, path, skip = 0 } = matcherOf(fixture, target)
  const { of, big = false } = scenario(name).targets.find(one => one.name === target) ?? {}
  const notFoundCode = { job: 96026, backup: cloud.variants.backupNotFoundCode, cluster: 96018 }[
    of ?? 'cluster'
  ]
  const made = faultKind(fault).make({ keep: fixture.keep, big, notFoundCode })
  const count = { once: 1, twice: 2, 'for ever': Number.POSITIVE_INFINITY }[times]
  if (made === 'unresolved' || made === 'refused') {
    return { kind: made, method, path, skip, times: Number.isFinite(count) ? count : null }
  }
  const pattern = new RegExp(path)
  const when = (request: RequestRecord) =>
    request.method === method && pattern.test(`${request.path}${queryOf(request)}`)
  cloud.faults.inject({ operation: '*', when, skip, times: count, applied, fault: made })
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
