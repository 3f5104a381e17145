import fc from 'fast-check'
import type { Variants } from '../../simulator/index.ts'
import type { Cancel, Case, Injected, Trial } from './case.ts'
import { type FaultKind, faultKinds } from './faults.ts'
import type { Scenario, Target } from './fixture.ts'
import { appliedOptions } from './rows.ts'
import { attempt } from './trial.ts'

/** What no read can disprove: the service says twice, in different words, that a cluster is gone which is not. */
const cannotBeDisproved = ({ dropped }: Target, { is }: FaultKind) => dropped === true && is === 'not-found'

function injectedAt(scenario: Scenario, counts: readonly Injected['times'][]): fc.Arbitrary<Injected> {
  const all = scenario.targets.flatMap(target =>
    faultKinds
      .filter(kind => !cannotBeDisproved(target, kind))
      .flatMap(kind =>
        appliedOptions(kind, target).map(applied => ({ target: target.name, fault: kind.name, applied })),
      ),
  )
  return fc
    .tuple(fc.constantFrom(...all), fc.constantFrom(...counts))
    .map(([injected, times]) => ({ ...injected, times }))
}

/** A service that caps its pages can be read only if it counts more than the page. */
const listCounts = fc.constantFrom<Partial<Variants>>({}, { listCount: 'page' }, { pageCap: 50 })

/** Sides of the conflicts under which the same invariants hold. */
const independent = fc.record(
  {
    restoreOrder: fc.constantFrom('job-first' as const, 'cluster-first' as const),
    jobEnvelope: fc.boolean(),
    clusterList: fc.constantFrom('page' as const, 'array' as const, 'bare' as const),
    listOrder: fc.constantFrom('newest-first' as const, 'oldest-first' as const, 'shuffled' as const),
    listCreateTime: fc.constantFrom('backup' as const, 'cluster' as const),
    successCode: fc.constantFrom(0 as const, '0' as const, 200 as const),
    progress: fc.constantFrom('text' as const, 'percent' as const, 'missing' as const),
    listLagSeconds: fc.constantFrom(0, 5, 30),
    // Not what an order, a rule of retention or a look-up by name goes by.
    listOmits: fc.constantFrom([], ['projectId']),
    // Not 'missing': by what has no time nothing is deleted and nothing is found again.
    timeFormat: fc.constantFrom(
      'text' as const,
      'seconds' as const,
      'milliseconds' as const,
      'seconds-text' as const,
      'milliseconds-text' as const,
    ),
    serverDate: fc.constantFrom('world' as const, 'missing' as const),
    idMatch: fc.constantFrom('exact' as const, 'ignore-case' as const),
    backupLookup: fc.constantFrom('own-cluster' as const, 'any-cluster' as const),
    restoreClusterOmits: fc.constantFrom('nothing' as const, 'jobId' as const, 'clusterId' as const),
    finalSuccess: fc.constantFrom('SUCCESSFUL' as const, 'SUCCEEDED' as const),
    finalFailure: fc.constantFrom(
      'FAILED' as const,
      'CANCELED' as const,
      'ERROR' as const,
      'TIMEOUT' as const,
    ),
    // Not 'gone': a cluster that failed and went before any read may be made once more, so two starts are right.
    clusterLeftByFailedJob: fc.constantFrom('ABNORMAL' as const, 'CREATING' as const),
    backupLeftByFailedJob: fc.constantFrom('none' as const, 'CREATING' as const, 'FAILED' as const),
    deletedBackup: fc.constantFrom('gone' as const, 'DELETED' as const),
    droppedCluster: fc.constantFrom('gone' as const, 'DELETED' as const),
    errorHttpStatus: fc.constantFrom(200 as const, 400 as const),
    notReadableForSeconds: fc.constantFrom(0, 5),
    loadSeconds: fc.constantFrom(0, 5),
    entityCount: fc.constantFrom('number' as const, 'text' as const),
    describedLoad: fc.constantFrom('shown' as const, 'missing' as const),
    describedAliases: fc.constantFrom('list' as const, 'null-when-none' as const, 'missing' as const),
    clockSkewSeconds: fc.constantFrom(0, 600, -600),
  },
  { requiredKeys: [] },
)

const variants = fc
  .tuple(independent, listCounts)
  // Without a clock of the service nobody can tell that the runner's is wrong.
  .map(
    ([one, other]): Partial<Variants> => ({
      ...one,
      ...other,
      ...(one.serverDate === 'missing' && { clockSkewSeconds: 0 }),
    }),
  )

const jobs = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom('SUCCESSFUL' as const, 'FAILED' as const), { maxLength: 2 }),
  },
)

/** Draws from the runs of those scenarios. */
export type Draw = (among: readonly Scenario[]) => fc.Arbitrary<Case>

/** Up to four faults. */
export const randomCase: Draw = among =>
  fc.constantFrom(...among).chain(scenario =>
    fc
      .record({
        injected: fc.array(injectedAt(scenario, ['once', 'once', 'twice', 'for ever']), {
          minLength: 1,
          maxLength: 4,
        }),
        timeout: fc.constantFrom('20s', '1m', '3m', '3m'),
        variants,
        jobs,
      })
      .map(drawn => withoutUndefined({ scenario: scenario.name, ...drawn })),
  )

/** A signal at any time, with or without a fault before it. */
export const cancelledCase: Draw = among =>
  fc.constantFrom(...among).chain(scenario =>
    fc
      .record({
        injected: fc.array(injectedAt(scenario, ['once']), { maxLength: 1 }),
        cancel: fc.record<Cancel>({
          afterRequest: fc.integer({ min: 1, max: 11 }),
          delay: fc.integer({ min: 0, max: 3_000 }),
          signal: fc.constantFrom('SIGINT' as const, 'SIGTERM' as const),
        }),
        variants,
      })
      .map(drawn => ({ scenario: scenario.name, ...drawn })),
  )

function withoutUndefined(drawn: Omit<Case, 'jobs'> & { jobs: Case['jobs'] | undefined }): Case {
  const { jobs: planned, ...rest } = drawn
  return planned === undefined ? rest : { ...rest, jobs: planned }
}

export interface Found {
  /** Seed and path repeat it; the text says what happened. */
  seed: number
  path: string
  text: string
}

/** Draws and runs cases one after the other; a violation is shrunk to the smallest case that shows it. */
export async function drawCases(
  arbitrary: fc.Arbitrary<Case>,
  options: { seed: number; runs: number; milliseconds: number; path?: string },
  onTrial: (trial: Trial) => void,
): Promise<Found | undefined> {
  const property = fc.asyncProperty(arbitrary, async given => {
    const trial = await attempt(given)
    onTrial(trial)
    if (trial.violations.length > 0) throw new Error(trial.text)
  })
  const { seed, runs, milliseconds, path } = options
  const result = await fc.check(property, {
    seed,
    numRuns: runs,
    interruptAfterTimeLimit: milliseconds,
    ...(path !== undefined && { path }),
  })
  if (!result.failed || result.counterexample === null) return undefined
  const text =
    result.errorInstance instanceof Error ? result.errorInstance.message : `${result.errorInstance}`
  return { seed: result.seed, path: result.counterexamplePath ?? '', text }
}
