/** What is said of a cluster that does not hold what it should. */
import { OperationFailed, type Reason } from '../errors.ts'
import type { Step } from '../step.ts'
import { counted } from '../untrusted-text.ts'
import type { Verdict } from './judge.ts'

/** With all that falls short. */
export function short(
  step: Step,
  { name, verdicts, next }: { name: string; verdicts: readonly Verdict[]; next: string | undefined },
): OperationFailed {
  const reasons = reasonsOf(verdicts)
  const all = counted(verdicts.length, 'collection')
  const what = `${reasons.length} of ${all} ${reasons.length === 1 ? 'falls' : 'fall'} short`
  step.report.outcome = what
  return new OperationFailed({
    what: `Cluster ${name} does not hold what it should: ${what}.`,
    reasons,
    next: next ?? 'Do not use the cluster as it is. The job summary shows each collection.',
    help: 'not-all-is-there',
  })
}

export function nothingCompared(name: string, verdicts: readonly Verdict[]): OperationFailed {
  const hasAny = verdicts.some(({ before }) => before !== undefined)
  return new OperationFailed({
    what: hasAny
      ? `Cluster ${name} could not be compared with the baseline: no collection was counted exactly both times.`
      : `Cluster ${name} could not be compared with the baseline, which has no collection that was looked at.`,
    next: hasAny
      ? 'Only loaded collections are counted exactly: load them before both steps.'
      : 'Give the receipt of a verify that looked at them, such as one with collections: "*".',
    help: 'not-all-is-there',
  })
}

/** Each collection that falls short, one per line. */
export function reasonsOf(verdicts: readonly Verdict[]): Reason[] {
  return verdicts
    .filter(({ faults }) => faults.length > 0)
    .map(({ name, faults }) => ({ of: name, text: `${faults.join('; ')}.` }))
}
