import type { State } from '../state.ts'

/** One request that satisfies the contract. */
export interface Call {
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string>>
  /** The parsed body; `{}` where the operation has none. */
  body: unknown
  /** World milliseconds. */
  now: number
  /** Id of the entry that a list leaves out, or `newest`. */
  leaveOut?: string | undefined
}

/** Performs the operation and returns the `data` of its response; throws an ApiError to reject the request. */
export type Handler = (state: State, call: Call) => unknown

/** The ids in the path of one backup. */
export function backupIds(call: Call): { clusterId: string; backupId: string } {
  return { clusterId: param(call, 'clusterId'), backupId: param(call, 'backupId') }
}

/** A path parameter; routing guarantees that it exists. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? ''
}
