import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, type Server as HttpServer, request } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { Server as ProxyServer } from 'proxy-chain'
import { selfSigned } from './certificate.ts'

/** A proxy on loopback. */
export type ForwardingProxy = AsyncDisposable & {
  /** For `https_proxy`; has the right credentials when some are required. */
  url: string
  /** The same without credentials. */
  bareUrl: string
  /** `host:port` of each tunnel that was requested with the right credentials. */
  tunnels: string[]
  /** How many requests were refused with 407. */
  refused(): number
}

/**
 * A proxy whose every tunnel ends at one local TLS port, whatever host was requested, so that an invented https host can be reached only through it.
 */
export async function startForwardingProxy(options: {
  tlsPort: number
  credentials?: { username: string; password: string }
}): Promise<ForwardingProxy> {
  const tunnels: string[] = []
  let refused = 0
  const { relay, sockets } = createRelay(options.tlsPort)
  const { credentials } = options
  const server = new ProxyServer({
    port: 0,
    host: '127.0.0.1',
    prepareRequestFunction({ hostname, port, username, password, isHttp }) {
      if (credentials && (username !== credentials.username || password !== credentials.password)) {
        refused++
        return { requestAuthentication: true }
      }
      tunnels.push(`${hostname}:${port}`)
      // It is handed nothing but the tunnel's bare socket, for which any server will do.
      return isHttp ? undefined : { customConnectServer: relay as unknown as HttpServer }
    },
  })
  await server.listen()
  const address = `127.0.0.1:${server.port}`
  return {
    url: credentials
      ? `http://${credentials.username}:${credentials.password}@${address}`
      : `http://${address}`,
    bareUrl: `http://${address}`,
    tunnels,
    refused: () => refused,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await server.close(true)
    },
  }
}

/** Connects whoever comes with one local port. */
export function createRelay(
  port: number,
  join: (from: Socket, to: Socket) => void = (from, to) => void from.pipe(to),
): { relay: Server; sockets: ReadonlySet<Socket> } {
  const sockets = new Set<Socket>()
  const relay = createTcpServer(client => {
    const target = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => sockets.delete(from))
      join(from, to)
    }
  })
  return { relay, sockets }
}

/** For each connection that comes in, one that goes on: what comes over one arrives over one. */
function createPairs(): (incoming: Socket) => Agent {
  const agents = new WeakMap<Socket, Agent>()
  return incoming => {
    const agent = agents.get(incoming) ?? new Agent({ keepAlive: true, maxSockets: 1 })
    if (!agents.has(incoming)) incoming.once('close', () => agent.destroy())
    agents.set(incoming, agent)
    return agent
  }
}

/** One that came in, once its handshake was done. */
export type TlsConnection = {
  /** Its handshake resumed the session of an earlier one. */
  resumed: boolean
  /** The methods of its requests. */
  requests: string[]
  socket: TLSSocket
}

/** A TLS server before a plain one. */
export type TlsFront = AsyncDisposable & {
  port: number
  /** For `NODE_EXTRA_CA_CERTS`. */
  caFile: string
  connections: readonly TlsConnection[]
}

type FrontOptions = {
  /** A request, by its method, goes on when this is done. */
  hold?: (method: string, connections: readonly TlsConnection[]) => unknown
  /** Which connection, counted from 1, is reset before its handshake. */
  reset?: number
}

/** Puts TLS, for a host name that need not exist, before a plain HTTP server on loopback. */
export async function startTlsFront(
  targetHttpPort: number,
  hostName: string,
  { hold, reset }: FrontOptions = {},
): Promise<TlsFront> {
  const certificate = selfSigned(hostName)
  const folder = await mkdtemp(join(tmpdir(), 'tls-front-'))
  const caFile = join(folder, 'ca.pem')
  await writeFile(caFile, certificate.cert)
  const agentOf = createPairs()
  const connections: TlsConnection[] = []
  const server = createTlsServer(certificate, async (incoming, outgoing) => {
    const { method = '', url, headers } = incoming
    connections.find(({ socket }) => socket === incoming.socket)?.requests.push(method)
    await hold?.(method, connections)
    const forwarded = request(
      {
        host: '127.0.0.1',
        port: targetHttpPort,
        method,
        path: url,
        headers,
        agent: agentOf(incoming.socket),
      },
      response => {
        outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, response.rawHeaders)
        response.pipe(outgoing)
        // A cut response must arrive cut, not merely short.
        response.on('aborted', () => outgoing.destroy())
      },
    )
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  })
  let count = 0
  server.on('connection', (socket: Socket) => {
    if (++count === reset) socket.resetAndDestroy()
  })
  server.on('secureConnection', (socket: TLSSocket) => {
    connections.push({ resumed: socket.isSessionReused(), requests: [], socket })
  })
  return {
    port: await listen(server),
    caFile,
    connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await close(server)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

export function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => server.close(error => (error ? reject(error) : resolve())))
}
