/** Puts the faults of a case where they are to be hit. */
import type { RequestRecord, Simulator } from '../../simulator/index.ts'
import type { GitHub } from '../harness/github.ts'
import type { Case, Injected } from './case.ts'
import type { Door } from './door.ts'
import { faultKind } from './faults.ts'
import { type Fixture, fits, isInside, type Matcher, type Target } from './fixture.ts'
import { injectAtGitHub } from './github.ts'
import { scenario } from './scenarios.ts'

/** What a case runs in. */
export interface World {
  cloud: Simulator
  github: GitHub
  fixture: Fixture
  door: Door
}

function matcherOf(fixture: Fixture, target: string): Matcher {
  const matcher = fixture.matchers[target]
  if (matcher === undefined) throw new Error(`no requests are called "${target}"`)
  return matcher
}

/** A fault on the side of the step, as the preload understands it. */
interface WireRule {
  kind: 'unresolved' | 'refused'
  method: string
  path: string
  skip: number
  /** `null`: for ever. */
  times: number | null
}

/** How often a rule was hit. */
export type Counter = () => number

/** Injects the faults of a stage on the side of the service, and gives the rules for the side of the step. */
export function injectAll(
  world: World,
  { given, stage, counters }: { given: Case; stage: 'main' | 'post'; counters: Counter[] },
): WireRule[] {
  const { targets } = scenario(given.scenario)
  const rules: WireRule[] = []
  for (const injected of given.injected) {
    const target = targets.find(one => one.name === injected.target)
    if (target === undefined) throw new Error(`${given.scenario} has no target "${injected.target}"`)
    if ((target.after ?? false) !== (stage === 'post')) continue
    const made = injectOne(world, { target, injected })
    if (typeof made === 'function') counters.push(made)
    else rules.push(made)
  }
  return rules
}

function injectOne(
  { cloud, github, fixture }: World,
  { target, injected }: { target: Target; injected: Injected },
): WireRule | Counter {
  const { of, big = false, name } = target
  const { fault, times, applied } = injected
  const matcher = matcherOf(fixture, name)
  const { method, path, skip = 0 } = matcher
  const notFoundCode = notFoundCodes(cloud)[of]
  const made = faultKind(fault).make({ keep: fixture.keep, big, notFoundCode })
  const count = { once: 1, twice: 2, 'for ever': Number.POSITIVE_INFINITY }[times]
  if (made === 'unresolved' || made === 'refused') {
    return { kind: made, method, path, skip, times: Number.isFinite(count) ? count : null }
  }
  if (of === 'pull-request') return injectAtGitHub(github, matcher, { fault, times: count })
  const isFitting = (request: RequestRecord) => fits(matcher, request)
  const all = isInside(of) ? cloud.dataRequests : cloud.requests
  const before = all.length
  let hits = 0
  const when = (request: RequestRecord) => {
    // Those that were met by what the scenario itself injects count too.
    const isDue = isFitting(request) && all.slice(before, -1).filter(isFitting).length >= skip
    if (isDue && hits < count) hits++
    return isDue
  }
  cloud.faults.inject({ operation: '*', when, times: count, applied, fault: made })
  return () => hits
}

function notFoundCodes({ variants }: Simulator): Record<Target['of'], number> {
  return {
    job: 96026,
    backup: variants.backupNotFoundCode,
    cluster: 96018,
    'pull-request': 0,
    database: 800,
    collection: 100,
    alias: 1600,
  }
}
