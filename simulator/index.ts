import type { WorldClock } from './clock.ts'
import { loadContract } from './contract.ts'
import { createFaultBook, type Faults } from './faults.ts'
import { type Listener, listen } from './listener.ts'
import { type SimulatorOptions, settingsOf } from './options.ts'
import { createRateLimit } from './rate-limit.ts'
import { handleRequest, type RequestHandler } from './request-handler.ts'
import type { Problem, RequestRecord } from './requests.ts'
import { seed } from './seed.ts'
import { createState } from './state.ts'
import { defaultVariants, type Variants } from './variants.ts'
import { createWorld, type World } from './world.ts'

export type { BackupDraft } from './backups.ts'
export type { ClusterDraft } from './clusters.ts'
export type { Collection, Database } from './databases.ts'
export type { Fault, FaultRule, Faults } from './faults.ts'
export type { OperationId } from './operations/all.ts'
export type { SimulatorOptions } from './options.ts'
export type { Backup, Cluster, Job, JobPlan, Project } from './records.ts'
export type { Problem, RequestRecord } from './requests.ts'
export { defaultVariants, type Variants } from './variants.ts'
export type { World } from './world.ts'

/** A request that followed a laid redirect to the other origin. */
export interface Visit {
  method: string
  path: string
  headers: Record<string, string>
}

/** A pretend Zilliz Cloud control plane on loopback. */
export interface Simulator extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly baseUrl: string
  readonly apiKey: string
  /** The project of the seeded cluster. */
  readonly projectId: string
  /** A RUNNING Dedicated cluster with several databases. */
  readonly clusterId: string
  /** The moment in the world is `origin + (Date.now() - origin) * speed`. */
  readonly clock: WorldClock
  readonly world: World
  /** May be changed at any time. */
  readonly variants: Variants
  readonly faults: Faults
  /** Every request, oldest first. */
  readonly requests: readonly RequestRecord[]
  /** What broke the OpenAPI contract. A well-behaved client leaves it empty. */
  readonly problems: readonly Problem[]
  /** Who followed a laid redirect; a client that sends its key there is not to be trusted. */
  readonly elsewhere: readonly Visit[]
  /** Closes the port at once for that many real milliseconds, so that connections are refused. */
  refuseFor(ms: number): void
  close(): Promise<void>
}

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = settingsOf(options)
  const variants: Variants = { ...defaultVariants(), ...options.variants }
  const state = createState(settings, variants)
  const world = createWorld(state)
  const { projectId, clusterId } = seed(world)
  const faults = createFaultBook()
  const requests: RequestRecord[] = []
  const problems: Problem[] = []
  const visits: Visit[] = []
  const contract = await loadContract()
  let other: Promise<Listener> | undefined

  const handler: RequestHandler = {
    service: { state, contract, rateLimit: createRateLimit(settings.requestsPerSecond), problems },
    faults,
    requests,
    refuseFor: ms => listener.refuseFor(ms),
    async elsewhere() {
      other ??= listen((request, response) => {
        visits.push({
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers as Record<string, string>,
        })
        response.setHeader('content-type', 'application/json').end('{"code":0,"data":{}}')
      }, 0)
      return `http://127.0.0.1:${(await other).port}/elsewhere`
    },
  }
  const listener = await listen((request, response) => {
    // A client that goes away in the middle of its request leaves nothing to answer.
    handleRequest(handler, request, response).catch(() => response.destroy())
  }, options.port ?? 0)

  const close = async () => {
    await Promise.all([listener.close(), other?.then(opened => opened.close())])
  }
  return {
    baseUrl: `http://127.0.0.1:${listener.port}`,
    apiKey: settings.apiKey,
    projectId,
    clusterId,
    clock: state.clock,
    world,
    variants,
    faults,
    requests,
    problems,
    elsewhere: visits,
    refuseFor: ms => listener.refuseFor(ms),
    close,
    [Symbol.asyncDispose]: close,
  }
}
