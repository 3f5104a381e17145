import { ApiError } from './api-error.ts'
import { clusterNotFound } from './clusters.ts'
import { copyDatabases, type Database } from './databases.ts'
import { isActive, startJob } from './jobs.ts'
import type { Backup, Changes, Cluster } from './records.ts'
import { isReadable, type State, sameId } from './state.ts'

/** Fields that `addBackup` accepts; the others are generated. */
export interface BackupDraft {
  clusterId: string
  backupName?: string
  backupType?: Backup['backupType']
  creationMethod?: Backup['creationMethod']
  status?: Backup['status']
  size?: number
  /** Its age in world seconds; default 3600. Negative: its time is in the future. */
  ageSeconds?: number
  /** World seconds until its automatic deletion; default never. */
  expiresInSeconds?: number
  /** Default: all databases of the cluster. */
  databases?: Database[]
  olderVersion?: boolean
  /** As in `Backup`: what responses show differently, for example `{ createTime: 1700000000 }`. */
  shown?: Changes
  listed?: Changes | 'missing'
}

type NewBackup = Omit<BackupDraft, 'clusterId'> & { now: number }

export function addBackup(state: State, cluster: Cluster, { now, ...draft }: NewBackup): Backup {
  const databases = draft.databases ?? copyDatabases(cluster.databases)
  const backupType = draft.backupType ?? 'CLUSTER'
  const number = ++cluster.backupCount
  const sourceName = backupType === 'CLUSTER' ? cluster.clusterName : databases[0]?.collections[0]?.name
  const status = draft.status ?? 'AVAILABLE'
  const backup: Backup = {
    backupId: state.ids.backup(number, state.variants.backupIdShape),
    backupName: draft.backupName ?? `${sourceName}_backup${number}`,
    backupType,
    creationMethod: draft.creationMethod ?? 'MANUAL',
    source: { ...cluster },
    status,
    size: draft.size ?? (status === 'AVAILABLE' ? sizeOf(databases) : 0),
    createdAt: now - (draft.ageSeconds ?? 3600) * 1000,
    expiresAt: draft.expiresInSeconds === undefined ? undefined : now + draft.expiresInSeconds * 1000,
    databases,
    olderVersion: draft.olderVersion ?? true,
    job: undefined,
    copies: [],
    ...(draft.shown === undefined ? {} : { shown: draft.shown }),
    ...(draft.listed === undefined ? {} : { listed: draft.listed }),
  }
  state.backups.push(backup)
  if (backup.expiresAt !== undefined) {
    state.scheduler.at(backup.expiresAt, () => {
      backup.status = 'DELETED'
    })
  }
  return backup
}

export interface BackupStart {
  /** World milliseconds. */
  now: number
  backupType: Backup['backupType']
  creationMethod: Backup['creationMethod']
  databases: Database[]
  /** Regions that get a copy once the backup job has succeeded. */
  copyRegions?: readonly string[]
  /** Days until an automatic backup is deleted. */
  retentionDays?: number
}

export function startBackup(state: State, cluster: Cluster, start: BackupStart): Backup {
  const { retentionDays, copyRegions, ...rest } = start
  const backup = addBackup(state, cluster, {
    ...rest,
    status: 'CREATING',
    ageSeconds: 0,
    ...(retentionDays === undefined ? {} : { expiresInSeconds: retentionDays * 86_400 }),
  })
  for (const regionId of copyRegions ?? []) backup.copies.push({ regionId, job: undefined })
  backup.job = startJob(state, {
    type: 'BACKUP',
    clusterId: cluster.clusterId,
    now: start.now,
    onEnd: (succeeded, time) => {
      if (backup.status !== 'CREATING') return
      if (succeeded) completeBackup(state, backup, time)
      else failBackup(state, backup)
    },
  })
  return backup
}

function failBackup(state: State, backup: Backup): void {
  const remains = state.variants.backupLeftByFailedJob
  backup.status = remains === 'none' ? 'DELETED' : remains
}

function completeBackup(state: State, backup: Backup, now: number): void {
  backup.status = 'AVAILABLE'
  backup.size = sizeOf(backup.databases)
  for (const copy of backup.copies) {
    copy.job = startJob(state, { type: 'COPY', clusterId: backup.source.clusterId, now })
  }
}

/** A manual or automatic backup that is in progress, of one cluster or of all; undefined when there is none. */
export function runningBackup(
  state: State,
  now: number,
  { clusterId, creationMethod }: { clusterId?: string; creationMethod: Backup['creationMethod'] },
): Backup | undefined {
  return state.backups.find(
    backup =>
      (clusterId === undefined || backup.source.clusterId === clusterId) &&
      backup.creationMethod === creationMethod &&
      backup.job !== undefined &&
      isActive(backup.job, now),
  )
}

/**
 * Finds a backup by the ids of the path. With `deleted`, a deleted backup is found too.
 * @throws {ApiError} 96018 for the cluster, the variant `backupNotFoundCode` for the backup.
 */
export function requireBackup(
  state: State,
  { clusterId, backupId }: { clusterId: string; backupId: string },
  { deleted = false } = {},
): Backup {
  const anyCluster = state.variants.backupLookup === 'any-cluster'
  if (!anyCluster) requireClusterOfBackups(state, clusterId)
  const backup = state.backups.find(
    candidate =>
      sameId(state, candidate.backupId, backupId) &&
      (anyCluster || sameId(state, candidate.source.clusterId, clusterId)),
  )
  if (backup === undefined || !isReadable(state, backup) || (backup.status === 'DELETED' && !deleted)) {
    throw new ApiError(state.variants.backupNotFoundCode, `Backup not found. backupId: ${backupId}`)
  }
  return backup
}

function requireClusterOfBackups(state: State, clusterId: string): void {
  const cluster = state.clusters.find(candidate => sameId(state, candidate.clusterId, clusterId))
  const dropped = cluster?.status === 'DELETED' && state.variants.backupsOfDroppedCluster === 'refused'
  if (cluster === undefined || dropped) throw clusterNotFound(clusterId)
}

function sizeOf(databases: readonly Database[]): number {
  const rows = databases.flatMap(database => database.collections).reduce((sum, entry) => sum + entry.rows, 0)
  return rows * 3_200 + 4_096
}
