/** What an operation works with: the service, the clock, and the ways to say what became known. */
import type { Clock } from './clock.ts'
import type { OutputName } from './contract.ts'
import { formatDuration } from './duration.ts'
import type { Parts } from './errors.ts'
import { publish, publishBoolean, publishList, publishNumber, publishObject } from './github/outputs.ts'
import { log, mask, note, notice, saveState, warning } from './github/runner.ts'
import type { InProgress } from './in-progress.ts'
import type { Report } from './report.ts'
import { type Connection, retryingUntilDeadline, type Session } from './zilliz/connection.ts'
import type { Change } from './zilliz/requests.ts'

export interface Step {
  cloud: Connection
  clock: Clock
  /** On the scale of `clock.elapsed()`. */
  deadline: number
  /** Milliseconds from the start of the step to its deadline, for sentences. */
  timeout: number
  log: (line: string) => void
  /** To the log, and to the job summary. */
  note: (text: string) => void
  /** An annotation. */
  notice: (text: string) => void
  /** An annotation, and to the job summary. */
  warning: (text: string) => void
  publish: (name: OutputName, value: string | undefined) => void
  publishBoolean: (name: OutputName, value: boolean) => void
  publishNumber: (name: OutputName, value: number | undefined) => void
  publishList: (name: OutputName, items: readonly unknown[]) => void
  publishObject: (name: OutputName, value: Record<string, unknown>) => void
  /** For the job summary. */
  report: Report
  /** Hides a secret from everything that follows. */
  mask: (secret: string) => void
  /** Survives into the `post` process. */
  saveState: (name: StateName, value: string) => void
  inProgress: InProgress
}

/** `intent`: what a restore is about to make, as JSON; `clusterId`: what it has made. */
type StateName = 'intent' | 'clusterId'

/** Opens the service for one step, and the runner for what becomes known. */
export function openStep(
  { apiKey, baseUrl, timeout }: { apiKey: string; baseUrl: string; timeout: number },
  time: { clock: Clock; deadline: number; stop: AbortSignal },
  { inProgress, session, report }: { inProgress: InProgress; session: Session; report: Report },
): Step {
  const { clock, deadline } = time
  const say = { log, mask, note, notice, warning, report }
  const keep = { publish, publishBoolean, publishList, publishNumber, publishObject, saveState }
  const cloud = { ...time, apiKey, baseUrl, log, session }
  return { ...say, ...keep, cloud, clock, deadline, timeout, inProgress }
}

/** The same step, for reads while it waits: faults are waited out to its deadline. */
export function whileWaiting(step: Step): Step {
  return { ...step, cloud: retryingUntilDeadline(step.cloud) }
}

/** What became of the cluster of `delete-after-job`, for the job summary. */
export type AfterJob = {
  /** Its id is '' where it is not known. */
  cluster: { clusterId: string; clusterName: string }
} & ({ dropped: true; text: string } | { dropped: false; said: Parts })

/** How an operation ended well; every other end is an error. */
export type Outcome = 'succeeded' | 'started' | 'skipped' | 'planned'

/** The end of a dry run. */
export async function planned(step: Step, changes: readonly Change<unknown>[]): Promise<Outcome> {
  const { showPlan } = await import('./plan.ts')
  showPlan(step, changes)
  return 'planned'
}

/** Since the step began. */
export function tookSoFar({ clock, deadline, timeout }: Step): string {
  return formatDuration(clock.elapsed() - (deadline - timeout))
}
