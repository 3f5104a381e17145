import { type WorldClock, worldNow } from './clock.ts'
import { type Endpoint, type EndpointPlan, noteEndpoints } from './data-plane/endpoint.ts'
import { remember, type Snapshot } from './history.ts'
import { createIdMaker, type IdMaker } from './ids.ts'
import type { Settings } from './options.ts'
import type { Backup, Cluster, Job, JobPlan, Policy, Project, StateScript } from './records.ts'
import type { RestoredPlan } from './restored.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import { noteStatuses, type StatusChange } from './timeline.ts'
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
  /** Scripts for clusters that do not exist yet, by name. */
  scripts: Map<string, StateScript>
  /** Earlier states, oldest first; empty while lists do not lag. */
  history: Snapshot[]
  /** By id, oldest first; empty without `keepStatuses`. */
  statuses: Map<string, StatusChange[]>
  /** How collections come out of their next restore, by `database.collection` in the target. */
  restoredPlans: Map<string, RestoredPlan>
  /** The data planes by cluster id. */
  endpoints: Map<string, Endpoint>
  /** Plans for data planes of clusters that do not exist yet, by name. */
  endpointPlans: Map<string, EndpointPlan>
  /** Called when the cluster came up or went down. */
  onEndpointChange: ((cluster: Cluster) => void) | undefined
  /** World milliseconds of the latest read. */
  readAt: number
}

export function createState(settings: Settings, variants: Variants): State {
  return {
    clock: { origin: settings.origin, start: settings.start, speed: settings.speed },
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
    scripts: new Map(),
    history: [],
    statuses: new Map(),
    restoredPlans: new Map(),
    endpoints: new Map(),
    endpointPlans: new Map(),
    onEndpointChange: undefined,
    readAt: settings.start,
  }
}

/** Runs everything that is due and returns the world time in milliseconds. */
export function advance(state: State): number {
  const now = worldNow(state.clock)
  // Whatever a request or a test changed, it changed right after it had read the state.
  keep(state, state.readAt)
  state.scheduler.runDue(now, time => keep(state, time))
  state.readAt = now
  return now
}

function keep(state: State, time: number): void {
  remember(state, time)
  noteStatuses(state, time)
  noteEndpoints(state, time)
}

/** False for a record that is too new to be readable (variant `notReadableForSeconds`). */
export function isReadable(state: State, record: { createdAt: number }): boolean {
  const age = worldNow(state.clock) - record.createdAt
  // A record from the future is a lie about its age and as readable as any.
  return age < 0 || age >= state.variants.notReadableForSeconds * 1000
}

/** Whether two ids are the same (variant `idMatch`). */
export function sameId(state: State, one: string, other: string): boolean {
  if (state.variants.idMatch === 'exact') return one === other
  return one.toLowerCase() === other.toLowerCase()
}
