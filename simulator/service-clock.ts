import { worldNow } from './clock.ts'
import type { State } from './state.ts'

/**
 * The service's own clock in milliseconds since the epoch: world time, which a client with the clock of `clock.ts` has
 * too, and the variant `clockSkewSeconds` on top. Every time that the service shows, its header `Date` included, is by
 * this clock, as if it had always been wrong by that much; records and jobs go by world time.
 */
export function serviceNow(state: State): number {
  return worldNow(state.clock) + state.variants.clockSkewSeconds * 1000
}

/** The header of every response, a gateway's too; whole seconds, as HTTP has it. */
export function dateHeader(state: State): Record<string, string> {
  return state.variants.serverDate === 'missing' ? {} : { date: new Date(serviceNow(state)).toUTCString() }
}
