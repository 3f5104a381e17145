import { ApiError } from './api-error.ts'
import { timestamp } from './clock.ts'
import type { Job, JobType } from './records.ts'
import { isReadable, type State, sameId } from './state.ts'

export interface JobStart {
  type: JobType
  clusterId: string
  /** World milliseconds. */
  now: number
  onEnd?: (succeeded: boolean, time: number) => void
}

export function startJob(state: State, start: JobStart): Job {
  const planned = state.jobPlans.findIndex(plan => plan.type === undefined || plan.type === start.type)
  const plan = planned === -1 ? {} : (state.jobPlans.splice(planned, 1)[0] ?? {})
  const outcome = plan.outcome ?? 'SUCCESSFUL'
  const job: Job = {
    jobId: state.ids.job(state.variants.jobIdPrefix),
    type: start.type,
    clusterId: start.clusterId,
    createdAt: start.now,
    endsAt: start.now + (plan.durationSeconds ?? state.settings.jobSeconds) * 1000,
    outcome: outcome === 'FAILED' ? state.variants.finalFailure : outcome,
    reason: succeeds(outcome) ? '' : (plan.reason ?? 'The service met an internal error'),
    statuses: plan.statuses ?? defaultStatuses(state.variants.unknownJobState),
  }
  state.jobs.push(job)
  state.scheduler.at(job.endsAt, time => start.onEnd?.(succeeds(outcome), time))
  return job
}

/** Whether a job with this final status did its work; SUCCEEDED is the word of other jobs behind the same path (F62). */
export function succeeds(outcome: string): boolean {
  return outcome === 'SUCCESSFUL' || outcome === 'SUCCEEDED'
}

function defaultStatuses(unknown: string): string[] {
  const middle = unknown === '' ? 'IN_PROGRESS' : unknown
  return [
    'PENDING',
    'IN_PROGRESS',
    'IN_PROGRESS',
    'IN_PROGRESS',
    middle,
    middle,
    middle,
    'IN_PROGRESS',
    'IN_PROGRESS',
  ]
}

export function isActive(job: Job, now: number): boolean {
  return now < job.endsAt
}

export function jobStatus(job: Job, now: number): string {
  if (!isActive(job, now)) return job.outcome
  return job.statuses[Math.floor(jobFraction(job, now) * job.statuses.length)] ?? 'PENDING'
}

/** 0 or more and below 1 while the job runs; 1 when it has ended. */
function jobFraction(job: Job, now: number): number {
  if (!isActive(job, now)) return 1
  return Math.max(0, (now - job.createdAt) / (job.endsAt - job.createdAt))
}

/** @throws {ApiError} 96026 when there is no such job, or it is not readable yet. */
export function requireJob(state: State, jobId: string): Job {
  const job = state.jobs.find(candidate => sameId(state, candidate.jobId, jobId))
  if (job === undefined || !isReadable(state, job))
    throw new ApiError(96026, `Job not found. jobId: ${jobId}`)
  return job
}

/** The job in the documented format; a job that did not succeed never shows 100. */
export function jobDetails(job: Job, now: number) {
  const status = jobStatus(job, now)
  const ended = !isActive(job, now)
  const progress = ended && succeeds(status) ? 100 : Math.min(99, Math.floor(jobFraction(job, now) * 100))
  return {
    jobId: job.jobId,
    type: job.type,
    status,
    progress: String(progress),
    startTime: timestamp(job.createdAt),
    ...(ended ? { endTime: timestamp(job.endsAt) } : {}),
    reason: ended ? job.reason : '',
  }
}
