import type { WorldClock } from './clock.ts'
import { loadContract, loadDataContract } from './contract.ts'
import { createDataPlane, type DataPlane } from './data-plane/data-plane.ts'
import { createFaultRegistry, type Faults } from './faults.ts'
import type { ArrivedRequest } from './incoming.ts'
import { createLog } from './kept.ts'
import { Listener } from './listener.ts'
import { type SimulatorOptions, settingsOf } from './options.ts'
import { OtherOrigin, type RedirectedRequest } from './other-origin.ts'
import { createRateLimit } from './rate-limit.ts'
import type { Cluster } from './records.ts'
import { handleRequest, type RequestHandler } from './request-handler.ts'
import type { DataRequestRecord, Problem, RequestRecord } from './requests.ts'
import { seed } from './seed.ts'
import { perform } from './service.ts'
import { createState } from './state.ts'
import { defaultVariants, type Variants } from './variants.ts'
import { World } from './world.ts'

export type { BackupDraft } from './backups.ts'
export type { ClusterDraft } from './clusters.ts'
export type { EndpointPlan } from './data-plane/endpoint.ts'
export type { DataOperationId } from './data-plane/operations.ts'
export type { Collection } from './databases.ts'
export type { Fault, FaultRule } from './faults.ts'
export type { OperationId } from './operations/all.ts'
export type { SimulatorOptions } from './options.ts'

export type { Backup, Cluster, Job, JobPlan } from './records.ts'
export type { DataRequestRecord, RequestRecord } from './requests.ts'
export type { RestoredPlan } from './restored.ts'
export { defaultVariants, type Variants } from './variants.ts'

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
  /** Every request, oldest first; with the option `keepRequests` the last ones, as of the next two lists. */
  readonly requests: readonly RequestRecord[]
  /** Every request to the data plane of a cluster, oldest first. */
  readonly dataRequests: readonly DataRequestRecord[]
  /** Violations of the OpenAPI contracts. A correct client leaves it empty. */
  readonly problems: readonly Problem[]
  /** Requests that followed an injected redirect. They must not contain the API key. */
  readonly elsewhere: readonly RedirectedRequest[]
  /** The address of a cluster's data plane, with the option `dataPlane`: what its description shows. */
  connectAddress(clusterIdOrName: string): Promise<string>
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
  const log = createLog<ArrivedRequest>(settings.keepRequests)
  const problems: Problem[] = []
  const judge = { problems, keepProblems: settings.keepRequests }
  const otherOrigin = new OtherOrigin()
  const shared = { state, faults, elsewhere: () => otherOrigin.url(), onRequest: options.onRequest }
  const dataPlane = settings.dataPlane
    ? createDataPlane({ ...shared, ...judge, contract: await loadDataContract() })
    : undefined
  const contract = await loadContract()
  const rateLimit = createRateLimit(settings.requestsPerSecond)
  const service = { ...judge, state, contract, rateLimit }
  const handler: RequestHandler = {
    ...shared,
    contract,
    keep: log.add,
    prepare: dataPlane?.openAll,
    perform: (request, record, leaveOut) =>
      perform(leaveOut === undefined ? service : { ...service, leaveOut }, request, record),
    refuseFor: ms => listener.refuseFor(ms),
  }
  const listener = await listen(handler, options.port ?? 0)
  const close = async () => {
    await Promise.all([listener.close(), otherOrigin.close(), dataPlane?.close()])
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
    requests: log.entries,
    dataRequests: dataPlane?.requests ?? [],
    problems,
    elsewhere: otherOrigin.requests,
    connectAddress: idOrName => addressOf(dataPlane, world.cluster(idOrName)),
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

async function addressOf(dataPlane: DataPlane | undefined, cluster: Cluster): Promise<string> {
  if (dataPlane === undefined) throw new Error('there is an address with the option dataPlane alone')
  return await dataPlane.addressOf(cluster)
}
