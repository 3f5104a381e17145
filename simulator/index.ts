import type { WorldClock } from './clock.ts'
import { loadContract } from './contract.ts'
import { createFaultRegistry, type Faults } from './faults.ts'
import { Listener } from './listener.ts'
import { type SimulatorOptions, settingsOf } from './options.ts'
import { OtherOrigin, type RedirectedRequest } from './other-origin.ts'
import { createRateLimit } from './rate-limit.ts'
import { handleRequest, type RequestHandler } from './request-handler.ts'
import type { Problem, RequestRecord } from './requests.ts'
import { seed } from './seed.ts'
import { createState } from './state.ts'
import { defaultVariants, type Variants } from './variants.ts'
import { World } from './world.ts'

export type { BackupDraft } from './backups.ts'
export type { ClusterDraft } from './clusters.ts'
export type { Collection, Database } from './databases.ts'
export type { Fault, FaultRule, Faults } from './faults.ts'
export type { OperationId } from './operations/all.ts'
export type { SimulatorOptions } from './options.ts'
export type { RedirectedRequest } from './other-origin.ts'
export type { Backup, Cluster, Job, JobPlan, Project } from './records.ts'
export type { Problem, RequestRecord } from './requests.ts'
export { defaultVariants, type Variants } from './variants.ts'
export type { World } from './world.ts'

/** A simulated Zilliz Cloud control plane on loopback. */
export interface Simulator extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly baseUrl: string
  readonly apiKey: string
  /** The project of the seeded cluster. */
  readonly projectId: string
  /** A RUNNING Dedicated cluster with several databases. */
  readonly clusterId: string
  /** World time is `start + (Date.now() - origin) * speed`. */
  readonly clock: WorldClock
  readonly world: World
  /** May be changed at any time. */
  readonly variants: Variants
  readonly faults: Faults
  /** Every request, oldest first. */
  readonly requests: readonly RequestRecord[]
  /** Violations of the OpenAPI contract. A correct client leaves it empty. */
  readonly problems: readonly Problem[]
  /** Requests that followed an injected redirect. They must not contain the API key. */
  readonly elsewhere: readonly RedirectedRequest[]
  /** Closes the port immediately for that many real milliseconds, so that connections are refused. */
  refuseFor(ms: number): void
  close(): Promise<void>
}

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = settingsOf(options)
  const variants: Variants = { ...defaultVariants(), ...options.variants }
  const state = createState(settings, variants)
  const world = new World(state)
  const { projectId, clusterId } = seed(world)
  const faults = createFaultRegistry()
  const requests: RequestRecord[] = []
  const problems: Problem[] = []
  const otherOrigin = new OtherOrigin()
  const rateLimit = createRateLimit(settings.requestsPerSecond)
  const handler: RequestHandler = {
    service: { state, contract: await loadContract(), rateLimit, problems },
    faults,
    requests,
    refuseFor: ms => listener.refuseFor(ms),
    elsewhere: () => otherOrigin.url(),
    onRequest: options.onRequest,
  }
  const listener = await listen(handler, options.port ?? 0)
  const close = async () => {
    await Promise.all([listener.close(), otherOrigin.close()])
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
    elsewhere: otherOrigin.requests,
    refuseFor: ms => listener.refuseFor(ms),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function listen(handler: RequestHandler, port: number): Promise<Listener> {
  return Listener.listen((request, response) => {
    // A client that disconnects in the middle of its request gets no response.
    handleRequest(handler, request, response).catch(() => response.destroy())
  }, port)
}
