/** A way to a server that takes a while, as between a runner and a service in another region. */
import { setTimeout as pause } from 'node:timers/promises'
import { close, createRelay, listen } from '../test/harness/proxy.ts'

export interface Distance extends AsyncDisposable {
  port: number
}

/** @param wayMs milliseconds that all which is sent takes, either way; that a connection is opened takes no time */
export async function startDistance(port: number, wayMs: number): Promise<Distance> {
  const { relay, sockets } = createRelay(port, (from, to) => {
    from.setNoDelay()
    from.on('data', part => void pause(wayMs).then(() => to.write(part)))
    from.on('close', () => void pause(wayMs).then(() => to.destroy()))
  })
  return {
    port: await listen(relay),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await close(relay)
    },
  }
}
