import { type WorldClock, worldNow } from './clock.ts'
import { createIdMaker, type IdMaker } from './ids.ts'
import type { Settings } from './options.ts'
import type { Backup, Cluster, Job, JobPlan, Policy, Project } from './records.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import type { Variants } from './variants.ts'

/** Everything the simulated service knows. Records are never removed; what is gone has the status DELETED. */
export interface State {
  clock: WorldClock
  settings: Settings
  variants: Variants
  ids: IdMaker
  scheduler: Scheduler
  projects: Project[]
  clusters: Cluster[]
  backups: Backup[]
  jobs: Job[]
  policies: Policy[]
  /** Plans for jobs that are still to start, oldest first. */
  jobPlans: JobPlan[]
  /** Given to the next restored or created cluster instead of a generated one. */
  nextPassword: string | undefined
}

export function createState(settings: Settings, variants: Variants): State {
  return {
    clock: { origin: settings.origin, speed: settings.speed },
    settings,
    variants,
    ids: createIdMaker(settings.seed),
    scheduler: createScheduler(),
    projects: [],
    clusters: [],
    backups: [],
    jobs: [],
    policies: [],
    jobPlans: [],
    nextPassword: undefined,
  }
}

/** The moment in the world, milliseconds, after everything due by then has happened. */
export function present(state: State): number {
  const now = worldNow(state.clock)
  state.scheduler.runDue(now)
  return now
}

/** False while something so new is not readable yet (variant `notReadableForSeconds`). */
export function isReadable(state: State, record: { createdAt: number }): boolean {
  return worldNow(state.clock) - record.createdAt >= state.variants.notReadableForSeconds * 1000
}
