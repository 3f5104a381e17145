import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FaultRegistry } from '../faults.ts'
import type { Judge } from '../judge.ts'
import { createLog } from '../kept.ts'
import type { Cluster } from '../records.ts'
import { handleRequest, type RequestHandler } from '../request-handler.ts'
import type { DataRequestRecord, RequestRecord } from '../requests.ts'
import { advance, type State } from '../state.ts'
import { endpointAddress, refusalOf } from './endpoint.ts'
import { EndpointListeners } from './listeners.ts'
import { performData } from './perform.ts'

export interface DataPlaneOptions extends Judge {
  state: State
  faults: FaultRegistry
  /** See `RequestHandler`. */
  elsewhere(): Promise<string>
  onRequest: ((request: RequestRecord) => void) | undefined
}

/** The data planes of all clusters. */
export interface DataPlane {
  requests: readonly DataRequestRecord[]
  /** Gives each cluster its address. */
  openAll(): Promise<void>
  addressOf(cluster: Cluster): Promise<string>
  close(): Promise<void>
}

export function createDataPlane(options: DataPlaneOptions): DataPlane {
  const { state } = options
  const log = createLog<Omit<DataRequestRecord, 'number'>>(state.settings.keepRequests)
  const open = new Map<string, number>()
  const count = ({ clusterId }: Cluster, change: number) => {
    open.set(clusterId, (open.get(clusterId) ?? 0) + change)
  }
  const serve = (cluster: Cluster, incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { clusterId } = cluster
    count(cluster, 1)
    outgoing.once('close', () => count(cluster, -1))
    const keep: RequestHandler['keep'] = request =>
      log.add({ clusterId, openAtOnce: open.get(clusterId) ?? 0, ...request })
    const refuseFor = (ms: number) => listeners.refuseFor(cluster, ms)
    const handler = handlerFor(options, { cluster, keep, refuseFor })
    handleRequest(handler, incoming, outgoing).catch(() => outgoing.destroy())
  }
  const listeners = new EndpointListeners(state, serve)
  return {
    requests: log.entries,
    openAll: () => listeners.openAll(),
    async addressOf(cluster) {
      await listeners.open(cluster)
      return endpointAddress(state, cluster) ?? ''
    },
    close: () => listeners.close(),
  }
}

function handlerFor(
  { state, contract, problems, keepProblems, ...options }: DataPlaneOptions,
  { cluster, keep, refuseFor }: { cluster: Cluster } & Pick<RequestHandler, 'keep' | 'refuseFor'>,
): RequestHandler {
  return {
    ...options,
    state,
    contract,
    keep,
    refuseFor,
    refusal: () => refusalOf(state, cluster, advance(state)),
    perform: (request, record, leaveOut) =>
      performData({ state, contract, problems, keepProblems, cluster, leaveOut }, request, record),
  }
}
