import { whileWaiting } from '../step.ts'
import { quotedReason, sanitize } from '../untrusted-text.ts'
import { describeJob, otherCase } from '../zilliz/reads.ts'
import { jobState } from '../zilliz/states.ts'
import type { Condition, Status } from './conditions.ts'

interface JobOptions {
  grace: number
  /** What the job is about, where there are several. */
  of?: string | undefined
  /** What the job makes is read back too: then the word SUCCEEDED counts as well (F62). */
  isReadBack: boolean
  /** Its id is an input, where case matters. */
  isInput?: boolean
}

/** A job that says SUCCEEDED and whose work is not read back: after that long the step fails. */
const mostAfterSucceeded = 300_000

export function jobSuccessful(jobId: string, options: JobOptions): Condition {
  const { grace, of, isReadBack, isInput = false } = options
  let succeededAt: number | undefined
  const succeeded = (elapsed: number, status: string): Status => {
    if (isReadBack) return { state: 'met', line: status }
    succeededAt ??= elapsed
    const line = `${status}, a word that is not documented for such a job`
    return elapsed - succeededAt < mostAfterSucceeded
      ? { state: 'pending', line, hasEnded: true }
      : { state: 'failed', line: `${line}. Check in the console whether its work is done.` }
  }
  return {
    what: of === undefined ? `job ${jobId}` : `job ${jobId} (${of})`,
    item: { kind: 'job', jobId },
    notFoundGrace: grace,
    async read(step) {
      const { jobId: found, status, progress, reason } = await describeJob(whileWaiting(step).cloud, jobId)
      if (isInput && found !== jobId) throw otherCase('job-id', jobId, found)
      switch (jobState(status)) {
        case 'successful':
          return { state: 'met', line: 'SUCCESSFUL' }
        case 'succeeded':
          return succeeded(step.clock.elapsed(), status)
        case 'failed':
          return {
            state: 'failed',
            line: `${sanitize(status)}.`,
            reason: reason === undefined ? { text: 'none is given' } : quotedReason(reason),
            next: isInput ? 'Run again the step that started it.' : 'Run the step again.',
          }
        case 'pending':
          return { state: 'pending', line: sanitize(status), progress }
        case 'unknown': {
          const line = `${sanitize(status)} (a state this action does not know; it keeps waiting)`
          return { state: 'pending', line, progress }
        }
      }
    },
  }
}
