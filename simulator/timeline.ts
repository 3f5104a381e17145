import type { State } from './state.ts'

/** The status that a cluster or backup had from a time on. */
export interface StatusChange {
  id: string
  /** World milliseconds. */
  time: number
  status: string
}

/** Adds what has changed since the last call as changes of `time`; nothing without `keepStatuses`. */
export function noteStatuses(state: State, time: number): void {
  if (!state.settings.keepStatuses) return
  for (const { clusterId, status } of state.clusters) noteOne(state, { id: clusterId, time, status })
  for (const { backupId, status } of state.backups) noteOne(state, { id: backupId, time, status })
}

function noteOne({ statuses }: State, change: StatusChange): void {
  const changes = statuses.get(change.id) ?? []
  if (changes.at(-1)?.status !== change.status) statuses.set(change.id, [...changes, change])
}

/** The status of a cluster or backup at a world time; undefined before its creation, and when there is none. */
export function statusAt(state: State, id: string, time: number): string | undefined {
  if (!state.settings.keepStatuses) throw new Error('statuses are kept with keepStatuses alone')
  return state.statuses.get(id)?.findLast(change => change.time <= time)?.status
}
