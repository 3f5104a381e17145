/** Drops the clusters of a project whose pull request is closed, or that are old, by a pattern of their names. */
import { type Candidate, findCandidates } from '../clusters/candidates.ts'
import { type NamePattern, readNamePattern, textOfPattern } from '../clusters/name-pattern.ts'
import { readProtectedClusters } from '../clusters/protected.ts'
import { dropAll, judgeAll, noticeKept, warnWhereNoneWasFound } from '../clusters/prune.ts'
import type { Sweep } from '../clusters/prune-one.ts'
import type { PruneRule } from '../clusters/prune-rule.ts'
import { askAll, openAsk } from '../clusters/pull-requests.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { showPlannedSweep, showSweep } from '../reports/prune-clusters.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { dropCluster } from '../zilliz/changes.ts'

export interface PruneClusters extends CommonInputs, PruneRule {
  pattern: NamePattern
  projectId: string
  /** For GitHub; '' where the pattern has no pull requests. */
  token: string
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export async function read(reader: Reader, common: CommonInputs): Promise<PruneClusters> {
  const pattern = readNamePattern(reader)
  const olderThan = reader.optionalDuration('older-than')
  if (pattern?.kind === 'any' && reader.optional('older-than') === undefined) {
    reader.report('older-than', 'with * in name-pattern expected a duration such as 7d; it is any')
  }
  return {
    ...common,
    // The placeholder is never used: without a pattern there is a problem.
    pattern: pattern ?? { kind: 'any', before: '', after: '' },
    projectId: reader.id('target-project-id'),
    olderThan,
    protectedClusters: await readProtectedClusters(reader),
    token: pattern?.kind === 'pull-request' ? readToken(reader) : '',
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
}

/** It is never shown. */
function readToken(reader: Reader): string {
  const token = reader.optional('github-token') ?? ''
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const got = token === '' ? 'it is empty' : 'got something else (not shown)'
    const expected = 'expected a token that may read pull requests, of visible ASCII characters'
    reader.report('github-token', `with {pr} in name-pattern ${expected}; ${got}`)
  }
  return token
}

export async function run(request: PruneClusters, step: Step): Promise<Outcome> {
  const { pattern, projectId, dryRun } = request
  const { report } = step
  report.subject = `Dropping clusters like ${textOfPattern(pattern)}`
  step.publishList('deletedClusterIds', [])
  const candidates = await findCandidates(step, request, request.protectedClusters)
  const sweep = await openSweep(request, step, candidates)
  judgeAll(sweep, candidates)
  const toDrop = candidates.filter(({ cluster }) => sweep.fates.get(cluster.clusterId)?.kind === 'waiting')
  step.log(
    `Clusters of project ${projectId} like ${textOfPattern(pattern)}: ${candidates.length}. To drop: ${toDrop.length}.`,
  )
  warnWhereNoneWasFound(sweep)
  noticeKept(sweep, candidates)
  const shown = { sweep, pattern, candidates }
  if (dryRun) {
    showPlannedSweep(shown)
    return planned(
      step,
      toDrop.map(({ cluster }) => dropCluster(cluster.clusterId)),
    )
  }
  try {
    await dropAll(sweep, toDrop)
  } finally {
    noticeKept(sweep, toDrop)
    showSweep(shown)
  }
  return 'succeeded'
}

/** Every pull request is asked about before anything is dropped. */
async function openSweep(
  request: PruneClusters,
  step: Step,
  candidates: readonly Candidate[],
): Promise<Sweep> {
  const { projectId, pollInterval, token } = request
  const numbers = candidates.flatMap(({ number }) => number ?? [])
  const ask = numbers.length === 0 ? undefined : await openAsk(step, token)
  const owners = ask === undefined ? new Map() : await askAll(step, ask, numbers)
  return { step, rule: request, projectId, pollInterval, ask, owners, fates: new Map() }
}
