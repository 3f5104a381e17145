import type { State } from '../state.ts'

/** One request that passed the contract. */
export interface Call {
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string>>
  /** The parsed body; `{}` where the operation has none. */
  body: unknown
  /** The moment in the world, milliseconds. */
  now: number
}

/** Does what the service does and returns the `data` of its answer; throws a Refusal for a "no". */
export type Handler = (state: State, call: Call) => unknown

/** A parameter of the path, which routing has made sure of. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? ''
}
