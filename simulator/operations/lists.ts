import { ApiError } from '../api-error.ts'
import { backupSummary } from '../backup-responses.ts'
import { timestamp } from '../clock.ts'
import { clusterSummary, isVisible } from '../clusters.ts'
import { phantomBackup, phantomCluster } from '../endless.ts'
import { listedState } from '../history.ts'
import { listPage } from '../listing.ts'
import type { Backup, Cluster } from '../records.ts'
import { claims, listedChanges } from '../shown.ts'
import { isReadable, type State, sameId } from '../state.ts'
import type { Call, Handler } from './call.ts'

export const listBackups: Handler = (state, call) => {
  const { query, now, leaveOut } = call
  const start = timeBound(state, query.start, Number.NEGATIVE_INFINITY)
  const end = timeBound(state, query.end, Number.POSITIVE_INFINITY)
  if (start > end) throw new ApiError(96035, 'Invalid time range: start is after end', 400)
  const items = listedState(state, now).backups.filter(
    backup =>
      isListed(state, backup) &&
      matchesFilters(state, backup, call) &&
      backup.createdAt >= start &&
      backup.createdAt <= end,
  )
  const { page, paging } = listPage(state, query, {
    items,
    id: backup => backup.backupId,
    leaveOut,
    phantom: number => phantomBackup(state, query, number),
  })
  const ofCluster = state.variants.listCreateTime === 'cluster'
  const shown = page.map(backup => ({
    ...backupSummary(state, backup, now),
    ...(ofCluster ? { createTime: timestamp(backup.source.createdAt) } : {}),
  }))
  return { ...paging, backups: shown }
}

/** A backup with another `listed` status is listed by that, even when it is deleted. */
function isListed(state: State, backup: Backup): boolean {
  const status = claims(backup, 'status') ? listedChanges(backup).status : backup.status
  return (status === 'AVAILABLE' || status === 'CREATING') && isReadable(state, backup)
}

/** The filters of the query; what the entry itself will show decides. */
function matchesFilters(state: State, backup: Backup, { query }: Call): boolean {
  const { projectId, clusterId } = backup.source
  const { creationMethod, backupType } = backup
  const fields = { projectId, clusterId, creationMethod, backupType }
  return Object.entries(fields).every(([name, value]) => {
    const asked = query[name]
    if (asked === undefined) return true
    const shown = claims(backup, name) ? String(listedChanges(backup)[name]) : value
    return name === 'clusterId' ? sameId(state, shown, asked) : shown === asked
  })
}

/** By the service's own clock. The format of `start` and `end` is undocumented; ISO 8601 is assumed (U17). */
function timeBound(state: State, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time))
    throw new ApiError(96007, `Invalid timestamp, should be ISO 8601 in UTC: ${text}`, 400)
  return time - state.variants.clockSkewSeconds * 1000
}

export const listClusters: Handler = (state, { query, now, leaveOut }) => {
  const region = query.region ?? query.regionId
  const projectId = state.variants.clusterProjectFilter ? query.projectId : undefined
  const items = listedState(state, now).clusters.filter(
    cluster =>
      (claims(cluster, 'status') || isVisible(state, cluster)) &&
      (region === undefined || cluster.regionId === region) &&
      (projectId === undefined || projectIdListed(cluster) === projectId),
  )
  const { page, paging } = listPage(state, query, {
    items,
    id: cluster => cluster.clusterId,
    leaveOut,
    phantom: number => phantomCluster(state, query, number),
  })
  return { ...paging, clusters: page.map(cluster => clusterSummary(state, cluster)) }
}

function projectIdListed(cluster: Cluster): unknown {
  return claims(cluster, 'projectId') ? listedChanges(cluster).projectId : cluster.projectId
}
