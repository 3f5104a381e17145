/**
 * The connections to one address. Reads share theirs, which stay open between them. A change never goes over one of
 * them: it has one that nothing else uses, which may be made ahead.
 */
import type { Agent, AgentOptions, ClientRequestArgs } from 'node:http'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { getProxyUrl, HttpClient } from '@actions/http-client'

export interface Kept {
  /** Made by the first read. */
  agent?: Agent
  /** Of the last read over TLS. */
  session?: Buffer | undefined
  /** A change follows the next reads. */
  expectsChange?: boolean
  /** For that change. Nothing has gone over it. */
  ahead?: { socket: Socket; madeAt: number } | undefined
}

/** Milliseconds. One that is idle for longer is closed: something on the way may have dropped it without a word. */
const longestIdle = 30_000
/** Milliseconds. No service is known that closes a connection which is so young, so no change is lost on it. */
const longestAhead = 2_000

interface Reach {
  url: string
  /** The clock of the step. */
  elapsed: () => number
}

/** Undefined behind a proxy: the toolkit's tunnels serve one request each. */
export function agentOf(kept: Kept, { url, elapsed }: Reach): Agent | undefined {
  if (getProxyUrl(url) !== '') return undefined
  if (kept.agent === undefined) {
    const client = new HttpClient(undefined, [], { keepAlive: true })
    const made = client.getAgent(url) as Agent & { options: AgentOptions }
    // Node obeys a `Keep-Alive: timeout=` of the other side only where it is shorter than this.
    made.options.timeout = longestIdle
    connectAhead(kept, made, elapsed)
    kept.agent = made
  }
  return kept.agent
}

/** A change follows the next reads of this step. */
export function expectChange({ session }: { session: { kept: Kept } }): void {
  session.kept.expectsChange = true
}

/**
 * Where a change follows, its connection is made while the first read is on its way: that spares it two ways to the
 * service and back. Over TLS alone, once its session is known.
 */
function connectAhead(kept: Kept, agent: Agent, elapsed: () => number): void {
  const connect = agent.createConnection.bind(agent)
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback)
    socket?.once('session', () => {
      if (!kept.expectsChange) return
      kept.expectsChange = false
      // An end of the read is no end of what is made for another request.
      const own = { ...options, signal: undefined } as ClientRequestArgs
      const ahead = connect(own) as Socket
      // Whatever goes wrong with it, the change makes its own; and node leaves a step that is stuck all the same.
      ahead.on('error', () => undefined).unref()
      kept.ahead = { socket: ahead, madeAt: elapsed() }
    })
    return socket
  }
}

/** Once. Undefined where there is none that is as good as one made now. */
export function takeAhead(kept: Kept, elapsed: () => number): Socket | undefined {
  const { ahead } = kept
  kept.ahead = undefined
  if (ahead === undefined) return undefined
  const { socket, madeAt } = ahead
  // What came over it without a request would be taken for the response to the change.
  const isUntouched = !socket.destroyed && socket.readableLength === 0
  if (isUntouched && elapsed() - madeAt <= longestAhead) return socket.ref()
  socket.destroy()
  return undefined
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
