/** A way to a server that takes a while, as between a runner and a service in another region. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface Distance extends AsyncDisposable {
  port: number
}

/** @param wayMs milliseconds that all which is sent takes, either way; that a connection is opened takes no time */
export async function startDistance(port: number, wayMs: number): Promise<Distance> {
  const sockets = new Set<Socket>()
  const server = createServer(client => {
    const target = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from)
      from.setNoDelay()
      from.on('data', part => void pause(wayMs).then(() => to.write(part)))
      from.on('error', () => to.destroy())
      from.on('close', () => void pause(wayMs).then(() => to.destroy()))
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
