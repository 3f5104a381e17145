import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** An HTTP server on 127.0.0.1 that can close its port for some time. */
export class Listener {
  readonly port: number
  readonly #handler: RequestListener
  readonly #sockets: Set<Socket>
  #server: Server
  #reopening: NodeJS.Timeout | undefined
  #closed = false

  private constructor(server: Server, handler: RequestListener, sockets: Set<Socket>) {
    this.port = (server.address() as AddressInfo).port
    this.#server = server
    this.#handler = handler
    this.#sockets = sockets
  }

  static async listen(handler: RequestListener, port: number): Promise<Listener> {
    const sockets = new Set<Socket>()
    return new Listener(await openServer(handler, port, sockets), handler, sockets)
  }

  /** Closes the port immediately for `ms` real milliseconds; connections with a request in progress stay open. */
  refuseFor(ms: number): void {
    clearTimeout(this.#reopening)
    this.#server.close()
    this.#reopening = setTimeout(() => this.#reopen(), ms)
  }

  /** Closes the port and destroys every connection. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#reopening)
    const ended = new Promise(resolve => this.#server.close(resolve))
    for (const socket of this.#sockets) socket.destroy()
    await ended
  }

  /** Retried, because another process may have taken the port in the meantime. */
  #reopen(): void {
    openServer(this.#handler, this.port, this.#sockets).then(
      server => {
        this.#server = server
        if (this.#closed) server.close()
      },
      () => {
        if (!this.#closed) this.#reopening = setTimeout(() => this.#reopen(), 10)
      },
    )
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
