import type { IncomingMessage, ServerResponse } from 'node:http'
import { Listener } from '../listener.ts'
import type { Cluster } from '../records.ts'
import { advance, type State } from '../state.ts'
import { endpointOf, isPortClosed, opensAt } from './endpoint.ts'

/** A longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647

export type Serve = (cluster: Cluster, incoming: IncomingMessage, outgoing: ServerResponse) => void

/** The listeners of the data planes, one for each cluster, so that each has a port of its own. */
export class EndpointListeners {
  readonly #state: State
  readonly #serve: Serve
  readonly #listeners = new Map<string, Promise<Listener>>()
  /** Clusters whose port is closed by plan. */
  readonly #shut = new Set<string>()
  readonly #timers = new Map<string, NodeJS.Timeout>()
  #closed = false

  constructor(state: State, serve: Serve) {
    this.#state = state
    this.#serve = serve
    state.onEndpointChange = cluster => {
      this.#follow(cluster).catch(() => {})
    }
  }

  /** Opens the listeners of clusters that have none yet, and waits for those that another request opens. */
  async openAll(): Promise<void> {
    const missing = this.#state.clusters.filter(
      cluster => cluster.status !== 'DELETED' && endpointOf(this.#state, cluster).port === undefined,
    )
    await Promise.all(missing.map(cluster => this.open(cluster)))
  }

  async open(cluster: Cluster): Promise<Listener> {
    const { clusterId } = cluster
    const opening =
      this.#listeners.get(clusterId) ??
      Listener.listen((incoming, outgoing) => this.#serve(cluster, incoming, outgoing), 0)
    this.#listeners.set(clusterId, opening)
    const listener = await opening
    endpointOf(this.#state, cluster).port = listener.port
    // The timer of a closed port knows nothing of a test that sets the clock.
    await this.#follow(cluster)
    return listener
  }

  refuseFor({ clusterId }: Cluster, ms: number): void {
    this.#listeners.get(clusterId)?.then(
      listener => listener.refuseFor(ms),
      () => {},
    )
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    const listeners = await Promise.all(this.#listeners.values())
    await Promise.all(listeners.map(listener => listener.close()))
  }

  /** Closes or opens the port as the plan wants it now, and again when that changes. */
  async #follow(cluster: Cluster): Promise<void> {
    const { clusterId } = cluster
    const listener = await this.#listeners.get(clusterId)
    if (listener === undefined || this.#closed) return
    clearTimeout(this.#timers.get(clusterId))
    const now = advance(this.#state)
    if (!isPortClosed(this.#state, cluster, now)) {
      // A port that an injected fault has closed opens when that is over.
      const wasShut = this.#shut.delete(clusterId)
      return wasShut ? listener.accept() : undefined
    }
    this.#shut.add(clusterId)
    listener.refuse()
    const wait = (opensAt(this.#state, endpointOf(this.#state, cluster)) - now) / this.#state.clock.speed
    if (cluster.status === 'DELETED' || !Number.isFinite(wait)) return
    const again = () => {
      this.#follow(cluster).catch(() => {})
    }
    this.#timers.set(clusterId, setTimeout(again, Math.min(Math.ceil(wait), LONGEST_TIMER_MS)))
  }
}
