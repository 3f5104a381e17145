/** The connection of a change, made while the first read is on its way: that spares it two ways to the service and back. */
import type { Agent, ClientRequestArgs } from 'node:http'
import type { Socket } from 'node:net'
import type { Ahead, Kept } from './kept.ts'

/** Milliseconds. No service is known that closes a connection which is so young, so no change is lost on it. */
const longest = 2_000

/** A change follows the next reads of this step. */
export function expectChange({ session }: { session: { kept: Kept } }): void {
  session.kept.ahead = openAhead()
}

/** Over TLS alone, once its session is known. */
function openAhead(): Ahead {
  /** Nothing has gone over it. */
  let made: { socket: Socket; at: number } | undefined
  let isMade = false
  return {
    follow(agent, elapsed) {
      const connect = agent.createConnection.bind(agent)
      agent.createConnection = (options, callback) => {
        const ofRead = connect(options, callback)
        ofRead?.once('session', () => {
          if (isMade) return
          isMade = true
          made = { socket: another(connect, options), at: elapsed() }
        })
        return ofRead
      }
    },
    take(elapsed) {
      const taken = made
      made = undefined
      if (taken === undefined) return undefined
      const { socket, at } = taken
      // What came over it without a request would be taken for the response to the change.
      const isUntouched = !socket.destroyed && socket.readableLength === 0
      if (isUntouched && elapsed() - at <= longest) return socket.ref()
      socket.destroy()
      return undefined
    },
  }
}

function another(connect: Agent['createConnection'], options: ClientRequestArgs): Socket {
  // An end of the read is no end of what is made for another request.
  const { signal: _, ...own } = options
  // Whatever goes wrong with it, the change makes its own; and node leaves a step that is stuck all the same.
  return (connect(own) as Socket).on('error', () => undefined).unref()
}
