import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** An HTTP server on 127.0.0.1 that can close its port for a while. */
export interface Listener {
  readonly port: number
  /** Closes the port at once for `ms` real milliseconds; connections that are busy stay. */
  refuseFor(ms: number): void
  /** Ends everything, connections included. */
  close(): Promise<void>
}

export async function listen(handler: RequestListener, port: number): Promise<Listener> {
  const sockets = new Set<Socket>()
  let reopening: NodeJS.Timeout | undefined
  let closed = false
  let server = await open(port)
  const used = (server.address() as AddressInfo).port

  async function open(wanted: number): Promise<Server> {
    // As long as the gateway keeps an idle connection, so that a slow poller does not meet a reset by chance.
    const opened = createServer({ keepAliveTimeout: 75_000 }, handler)
    opened.on('connection', socket => {
      sockets.add(socket)
      // Without a listener the reset of a client would end the process.
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    })
    await new Promise<void>((resolve, reject) => {
      opened.once('error', reject)
      opened.listen(wanted, '127.0.0.1', resolve)
    })
    return opened
  }

  // Another process may hold the port for a moment.
  function reopen(): void {
    open(used).then(
      opened => {
        server = opened
        if (closed) opened.close()
      },
      () => {
        if (!closed) reopening = setTimeout(reopen, 10)
      },
    )
  }

  return {
    port: used,
    refuseFor(ms) {
      clearTimeout(reopening)
      server.close()
      reopening = setTimeout(reopen, ms)
    },
    async close() {
      closed = true
      clearTimeout(reopening)
      const ended = new Promise(resolve => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await ended
    },
  }
}
