import type { Backup, Cluster } from './records.ts'
import type { State } from './state.ts'

/** What lists showed from a time on. */
export interface Snapshot {
  /** World milliseconds. */
  time: number
  clusters: readonly Cluster[]
  backups: readonly Backup[]
}

/** Adds the present state to the history, as that of `time`; nothing is kept while lists do not lag. */
export function remember(state: State, time: number): void {
  if (state.history.length === 0) return
  state.history.push(snapshot(state, time))
  const needed = state.history.findLastIndex(entry => entry.time <= time - lagOf(state))
  state.history.splice(0, Math.max(0, needed))
}

/**
 * The clusters and backups of `listLagSeconds` ago. What existed at the first request after the variant was set has
 * always been there.
 */
export function listedState(state: State, now: number): Omit<Snapshot, 'time'> {
  return state.history.findLast(entry => entry.time <= now - lagOf(state)) ?? state
}

/** Starts or ends the history as the variant `listLagSeconds` wants it; called for each request. */
export function followLag(state: State): void {
  if (lagOf(state) === 0) state.history = []
  else if (state.history.length === 0) state.history.push(snapshot(state, Number.NEGATIVE_INFINITY))
}

function lagOf(state: State): number {
  return state.variants.listLagSeconds * 1000
}

function snapshot({ clusters, backups }: State, time: number): Snapshot {
  return {
    time,
    clusters: clusters.map(cluster => ({ ...cluster })),
    backups: backups.map(backup => ({ ...backup })),
  }
}
