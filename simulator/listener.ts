import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** An HTTP server on 127.0.0.1 that can close its port for some time. */
export class Listener {
  readonly port: number
  readonly #handler: RequestListener
  readonly #sockets: Set<Socket>
  #server: Server
  #reopening: NodeJS.Timeout | undefined
  #refusing = false
  #closed = false

  private constructor(server: Server, handler: RequestListener, sockets: Set<Socket>) {
    this.port = (server.address() as AddressInfo).port
    this.#server = server
    this.#handler = handler
    this.#sockets = sockets
  }

  static async listen(handler: RequestListener, port: number): Promise<Listener> {
    const sockets = new Set<Socket>()
    const server = port === 0 ? openAnywhere(handler, sockets) : openServer(handler, port, sockets)
    return new Listener(await server, handler, sockets)
  }

  /** Closes the port immediately for `ms` real milliseconds; connections with a request in progress stay open. */
  refuseFor(ms: number): void {
    this.refuse()
    this.#reopening = setTimeout(() => this.accept(), ms)
  }

  /** The same until `accept`. */
  refuse(): void {
    this.#refusing = true
    clearTimeout(this.#reopening)
    this.#server.close()
  }

  /** Opens the port again. Retried, because another process may have taken it in the meantime. */
  async accept(): Promise<void> {
    this.#refusing = false
    clearTimeout(this.#reopening)
    if (this.#closed || this.#server.listening) return
    try {
      const server = await openServer(this.#handler, this.port, this.#sockets)
      if (this.#closed || this.#refusing) server.close()
      else this.#server = server
    } catch {
      this.#reopening = setTimeout(() => this.accept(), 10)
    }
  }

  /** Closes the port and destroys every connection. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#reopening)
    const ended = new Promise(resolve => this.#server.close(resolve))
    for (const socket of this.#sockets) socket.destroy()
    await ended
  }
}

/**
 * Below the ports that the system hands out: one that is closed for a while, so that connections are refused, would
 * soon be the port of somebody else, who would get requests that are not his.
 */
const ports = { first: 12_000, count: 20_000 }
const mostTries = 50

async function openAnywhere(handler: RequestListener, sockets: Set<Socket>): Promise<Server> {
  for (let tries = 1; ; tries++) {
    const port = ports.first + Math.floor(Math.random() * ports.count)
    try {
      return await openServer(handler, port, sockets)
    } catch (error) {
      if (tries === mostTries) throw error
    }
  }
}

async function openServer(handler: RequestListener, port: number, sockets: Set<Socket>): Promise<Server> {
  // As long as the gateway keeps idle connections; a shorter time would reset a slow poller at random.
  const server = createServer({ keepAliveTimeout: 75_000 }, handler)
  server.on('connection', socket => {
    sockets.add(socket)
    // Without this listener, a reset by a client would end the process.
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return server
}
