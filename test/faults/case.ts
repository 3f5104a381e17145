import type { DataRequestRecord, RequestRecord, Simulator, Variants } from '../../simulator/index.ts'
import type { Before } from '../harness/deletions.ts'
import type { NodeVersion, StepResult } from '../harness/runner.ts'
import type { Fixture } from './fixture.ts'

/** One fault at one target. */
export interface Injected {
  target: string
  fault: string
  times: 'once' | 'twice' | 'for ever'
  /** Whether the service carries a start or a deletion out before the response fails. */
  applied: boolean
}

export interface Cancel {
  /** The signal comes so many world milliseconds after this request, counted from 1. */
  afterRequest: number
  delay: number
  signal: 'SIGINT' | 'SIGTERM'
}

/** One run of a step: its inputs, what goes wrong, and how it must end. */
export interface Case {
  scenario: string
  injected: readonly Injected[]
  timeout?: string
  variants?: Partial<Variants>
  /** How the first jobs end. */
  jobs?: readonly ('SUCCESSFUL' | 'FAILED')[]
  cancel?: Cancel
  /** Default: the one that runs the tests. */
  node?: NodeVersion | undefined
  mustEnd?: 'well' | 'badly'
  /** Of the stage after the job. */
  postMustEnd?: 'well' | 'badly'
}

/** Everything that an invariant may read. */
export interface Run {
  given: Case
  fixture: Fixture
  cloud: Simulator
  step: StepResult
  /** Of all stages so far. */
  requests: readonly RequestRecord[]
  /** The same, to the endpoints of clusters. */
  dataRequests: readonly DataRequestRecord[]
  /** Number of requests of the stages before this one. */
  earlier: number
  /** What there was when the step began, each record as it was then. */
  before: Before
  /** `host:port` at which the step reaches the control plane. */
  controlPlane: string
  /** `host:port` of the GitHub that the step may ask. */
  github?: string | undefined
  /** `host:port` of the endpoint of the cluster that the step is about. */
  endpoint?: string | undefined
  /** World milliseconds of the signal. */
  cancelledAt: number | undefined
  /** Requests that the step began after it had received the signal. */
  late: readonly string[]
  /** `host:port` of everything that was connected to. */
  connections: readonly string[]
}

export interface Violation {
  invariant: string
  text: string
  /** Whether a machine that was busy for a moment may be the reason. */
  timed: boolean
}

export interface Trial {
  given: Case
  violations: Violation[]
  /** How often a fault was hit. */
  hit: number
  /** Found at full speed and not again at a quarter of it: the machine was too slow for a wait that short. */
  unsteady: Violation[]
  text: string
}

export function nameOf({ scenario: name, injected, cancel, jobs, timeout, variants, node }: Case): string {
  const faults = injected.map(
    ({ target, fault, times, applied }) => `${fault} at ${target}${applied ? ', carried out' : ''}, ${times}`,
  )
  const rest = Object.entries({ cancel, jobs, timeout, variants, node }).filter(
    ([, value]) => value !== undefined,
  )
  const more = rest.map(([key, value]) => `${key} ${JSON.stringify(value)}`)
  return [name, ...faults, ...more].join(' · ')
}

/** A run that broke an invariant, with all that was seen; '' for one that is right. */
export function describeTrial(
  given: Case,
  seen: {
    violations: readonly Violation[]
    step?: StepResult | undefined
    requests: readonly RequestRecord[]
  },
): string {
  const { violations, step, requests } = seen
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
