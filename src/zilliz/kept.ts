/** Connections that stay open between the reads of one address. A change never goes over one of them. */
import type { Agent, AgentOptions } from 'node:http'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { getProxyUrl, HttpClient } from '@actions/http-client'

export interface Kept {
  /** Made by the first read. */
  agent?: Agent
  /** Of the last read over TLS. */
  session?: Buffer | undefined
  /** Where a change follows. */
  ahead?: Ahead
}

/** What makes the connection of a change ahead (ahead.ts). */
export interface Ahead {
  /** Is told of the agent of the reads, before its first connection. */
  follow(agent: Agent, elapsed: Elapsed): void
  /** Once. Undefined where there is none that is as good as one made now. */
  take(elapsed: Elapsed): Socket | undefined
}

/** The clock of the step. */
type Elapsed = () => number

/** Milliseconds. One that is idle for longer is closed: something on the way may have dropped it without a word. */
const longestIdle = 30_000

/** Undefined behind a proxy: the toolkit's tunnels serve one request each. */
export function agentOf(kept: Kept, url: string, elapsed: Elapsed): Agent | undefined {
  if (getProxyUrl(url) !== '') return undefined
  if (kept.agent === undefined) {
    const client = new HttpClient(undefined, [], { keepAlive: true })
    const made = client.getAgent(url) as Agent & { options: AgentOptions }
    // Node obeys a `Keep-Alive: timeout=` of the other side only where it is shorter than this.
    made.options.timeout = longestIdle
    kept.ahead?.follow(made, elapsed)
    kept.agent = made
  }
  return kept.agent
}

/** What a new connection to the same host may begin with: it spares both sides most of the handshake. */
export function noteSession(kept: Kept, socket: Socket): void {
  kept.session = (socket as Partial<TLSSocket>).getSession?.()
}

/** Once: after a handshake that failed, the next one is a whole one. */
export function takeSession(kept: Kept): { session?: Buffer | undefined } {
  const { session } = kept
  kept.session = undefined
  return { session }
}

/** The other side may have closed an idle connection at the very moment of the request. */
export function maySayClosed(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ECONNRESET' || code === 'EPIPE'
}
