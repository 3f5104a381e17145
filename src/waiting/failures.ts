/** What is said of conditions that have failed. */
import { type Parts, textOf } from '../errors.ts'
import { capitalize } from '../untrusted-text.ts'
import type { Condition, Failed } from './conditions.ts'

export interface Failure {
  condition: Condition
  status: Failed
}

export function partsOf(failures: readonly Failure[]): Parts {
  const [only, ...others] = failures
  if (only !== undefined && others.length === 0) return partsOfOne(only)
  const ofService = failures.find(({ status }) => status.reason !== undefined)?.status
  return {
    what: `${failures.length} have failed:`,
    reasons: failures.map(({ condition, status: { line, reason, refusal } }) => ({
      of: capitalize(condition.what),
      text: refusal
        ? unnamed(refusal)
        : [line, reason && `Reason: ${reason.text}.`].filter(Boolean).join(' '),
      whole: reason?.whole,
    })),
    next: ofService && `${ofService.next} If one fails again, open a ticket at Zilliz with its job.`,
    help: ofService && 'the-job-failed',
  }
}

/** For a line that names it already. */
function unnamed(refusal: Parts): string {
  return textOf({ ...refusal, what: refusal.what.replace(/^Could not read [^:]+: /, '') })
}

function partsOfOne({ condition, status: { line, reason, next, refusal } }: Failure): Parts {
  if (refusal !== undefined) return refusal
  const { what, item } = condition
  if (reason === undefined || item.kind !== 'job') return { what: `${capitalize(what)} is ${line}`, next }
  return {
    what: `The service ended ${what} as ${line}`,
    reasons: [{ of: '', ...reason }],
    next: `${next} If it fails again, open a ticket at Zilliz with job ${item.jobId}.`,
    help: 'the-job-failed',
  }
}
