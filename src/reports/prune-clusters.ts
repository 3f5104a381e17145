/** What the job summary says of a sweep: every cluster that matches, its pull request, and what became of it. */
import type { Candidate } from '../clusters/candidates.ts'
import { type NamePattern, textOfPattern } from '../clusters/name-pattern.ts'
import { type Fate, ownerIn, type Sweep } from '../clusters/prune-one.ts'
import { describeReason, type PruneRule } from '../clusters/prune-rule.ts'
import { formatDuration } from '../duration.ts'
import { pullRequestUrl } from '../github/pull-request-url.ts'
import { ageAndDate, type Cell, type Column, largestUnit, tableOf } from '../report.ts'
import { serviceTime } from '../zilliz/service-time.ts'

interface Shown {
  sweep: Sweep
  pattern: NamePattern
  candidates: readonly Candidate[]
}

export function showPlannedSweep(shown: Shown): void {
  const { report } = shown.sweep.step
  report.heading = `Dry run: ${countOf(shown, 'waiting')} would be dropped`
  report.sentence = `${describeSweepRule(shown)} Nothing was dropped.`
  showTable(shown, 'would be dropped')
}

/** Also of a run that ended early. */
export function showSweep(shown: Shown): void {
  const { sweep, candidates } = shown
  const { report } = sweep.step
  const isIdle = candidates.every(candidate => ['kept', 'gone'].includes(fateIn(sweep, candidate).kind))
  const isDropped = candidates.some(candidate => fateIn(sweep, candidate).kind === 'dropped')
  report.heading = isIdle
    ? `Nothing to drop: ${nothingOf(shown)}`
    : `${countOf(shown, 'dropped')} are dropped`
  report.sentence = `${describeSweepRule(shown)}${isDropped ? ` ${bin}` : ''}`
  showTable(shown, { strong: 'not reached: the step ended before' })
}

const bin =
  'Dropped clusters stay in the recycle bin for 30 days, where the console can restore them; free ones do not.'

function nothingOf({ pattern, candidates }: Shown): string {
  const like = textOfPattern(pattern)
  if (candidates.length === 0) return `no cluster like ${like}`
  return candidates.length === 1
    ? `1 cluster like ${like} stays`
    : `${candidates.length} clusters like ${like} stay`
}

function countOf({ sweep, pattern, candidates }: Shown, kind: Fate['kind']): string {
  const count = candidates.filter(candidate => fateIn(sweep, candidate).kind === kind).length
  return `${count} of ${candidates.length} clusters like ${textOfPattern(pattern)}`
}

function describeSweepRule({ sweep, pattern }: Shown): string {
  const { olderThan } = sweep.rule
  const old = olderThan === undefined ? '' : ` when older than ${formatDuration(olderThan)}`
  if (pattern.kind === 'any') return `Rule: drop each cluster of that name${old}.`
  return `Rule: drop each cluster whose pull request is closed or merged${old}.`
}

function fateIn({ fates }: Sweep, { cluster }: Candidate): Fate {
  return fates.get(cluster.clusterId) ?? { kind: 'waiting' }
}

/** @param waiting what is said of those that the rule drops and that nothing was sent for */
function showTable({ sweep, pattern, candidates }: Shown, waiting: Cell): void {
  if (candidates.length === 0) return
  const { now } = serviceTime(sweep.step.cloud)
  const columns: Column<Candidate>[] = [
    { name: 'Created', cell: ({ cluster }) => ageAndDate(cluster, now) },
    { name: 'Cluster', cell: ({ cluster }) => cluster.clusterName },
    { name: 'Id', cell: ({ cluster }) => ({ code: cluster.clusterId }) },
    { name: 'State', cell: ({ cluster }) => cluster.status, isOptional: true },
    ...(pattern.kind === 'any'
      ? []
      : [{ name: 'Pull request', cell: (candidate: Candidate) => pullRequestCell(sweep, candidate, now) }]),
    { name: '', cell: candidate => fateCell(fateIn(sweep, candidate), { rule: sweep.rule, waiting }) },
  ]
  sweep.step.report.tables.push(tableOf(columns, candidates))
}

/** `7, merged 3d ago`. */
function pullRequestCell(sweep: Sweep, candidate: Candidate, now: number): Cell {
  const { number = 0 } = candidate
  const owner = ownerIn(sweep, candidate)
  const href = pullRequestUrl(number)
  const text = String(number)
  if (owner === undefined || owner.state === 'not-found') return `${text}, not found`
  const { state, closedAt } = owner
  const age = state === 'open' || closedAt === undefined ? '' : ` ${largestUnit(now - closedAt)} ago`
  return [href === undefined ? text : { text, href }, `, ${state}${age}`]
}

function fateCell(fate: Fate, { rule, waiting }: { rule: PruneRule; waiting: Cell }): Cell {
  switch (fate.kind) {
    case 'kept':
      return [{ strong: 'stays' }, `: ${describeReason(fate.reason, rule)}`]
    case 'waiting':
      return waiting
    case 'sent':
      return { strong: 'may be dropped' }
    case 'dropped':
      return 'dropped'
    case 'gone':
      return 'gone without this step'
    case 'failed':
      return {
        strong: fate.mayBeDropped ? 'may be dropped: it could not be confirmed' : 'could not be dropped',
      }
  }
}
