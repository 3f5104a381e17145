/** What the job summary says of a cluster that holds what it should. The table of collections stands there already. */
import { backupRow } from '../backups/size.ts'
import { endpointRows } from '../report.ts'
import { type Step, tookSoFar } from '../step.ts'
import { counted } from '../untrusted-text.ts'
import type { Picture } from '../verification/baseline.ts'
import { formatCount, type Verdict } from '../verification/judge.ts'
import type { ClusterToSee } from '../verification/look-into.ts'
import type { Backup } from '../zilliz/decode.ts'
import { serviceTime } from '../zilliz/service-time.ts'

interface Seen {
  verdicts: readonly Verdict[]
  withBaseline: boolean
}

type Named = Pick<ClusterToSee, 'clusterId' | 'clusterName' | 'connectAddress'>

/** Before it is known how it ends. */
export function showChecked(
  step: Step,
  { clusterId, connectAddress }: Named,
  backup: Backup | undefined,
): void {
  step.report.rows.push(
    ...endpointRows(connectAddress),
    { name: 'Cluster id', value: { code: clusterId } },
    ...(backup === undefined ? [] : [backupRow(backup, serviceTime(step.cloud).now)]),
  )
}

export function showVerified(
  step: Step,
  { clusterId, clusterName }: Omit<Named, 'connectAddress'>,
  { verdicts, withBaseline }: Seen,
): void {
  const { report } = step
  const name = clusterName ?? clusterId
  report.heading = verdicts.length === 0 ? `${name} is usable` : `${name} is usable and holds what it should`
  report.sentence = `${summaryOf(verdicts, withBaseline)} Checked in ${tookSoFar(step)}.`
}

/** Of a restore: its own heading stays. */
export function showRestoredIsThere({ report }: Step, verdicts: readonly Verdict[]): void {
  report.rows.push({ name: 'Verified', value: summaryOf(verdicts, false) })
}

/** For a sentence: how many collections, how many entities, and how these were counted. */
function summaryOf(verdicts: readonly Verdict[], withBaseline: boolean): string {
  if (verdicts.length === 0) return 'Its endpoint answers; no collection was looked at.'
  const all = counted(verdicts.length, 'collection')
  const compared = verdicts.filter(({ isCompared }) => isCompared).length
  const baseline = withBaseline ? ` ${compared} compared with the baseline.` : ''
  return `${all}: ${entitiesIn(verdicts)}.${baseline}`
}

function entitiesIn(verdicts: readonly Verdict[]): string {
  const seen = verdicts.flatMap(({ now }) => now ?? [])
  const exact = seen.filter(({ exact }) => exact)
  const sum = (pictures: readonly Picture[]) =>
    formatCount(pictures.reduce((total, { entities }) => total + entities, 0))
  if (exact.length === seen.length) return `${sum(seen)} entities, counted one by one`
  if (exact.length === 0) return `about ${sum(seen)} entities, as metadata shows them`
  return `about ${sum(seen)} entities, ${sum(exact)} of them counted one by one`
}
