import { type WorldClock, worldNow } from './clock.ts'
import { createIdMaker, type IdMaker } from './ids.ts'
import type { Settings } from './options.ts'
import type { Backup, Cluster, Job, JobPlan, Policy, Project } from './records.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import type { Variants } from './variants.ts'

/** The state of the simulated service. Records are never removed; deleted ones have the status DELETED. */
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
  /** Plans for jobs that have not started yet, oldest first. */
  jobPlans: JobPlan[]
  /** Password of the next new cluster; undefined for a generated one. */
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

/** Runs everything that is due and returns the world time in milliseconds. */
export function advance(state: State): number {
  const now = worldNow(state.clock)
  state.scheduler.runDue(now)
  return now
}

/** False for a record that is too new to be readable (variant `notReadableForSeconds`). */
export function isReadable(state: State, record: { createdAt: number }): boolean {
  return worldNow(state.clock) - record.createdAt >= state.variants.notReadableForSeconds * 1000
}
