import { ApiError } from './api-error.ts'
import { timestamp } from './clock.ts'
import { clusterNotFound } from './clusters.ts'
import { copyDatabases, type Database } from './databases.ts'
import { isActive, startJob } from './jobs.ts'
import type { Backup, Cluster } from './records.ts'
import { isReadable, type State } from './state.ts'

const DAY = 86_400_000

/** Fields that `addBackup` accepts; the others are generated. */
export interface BackupDraft {
  clusterId: string
  backupName?: string
  backupType?: Backup['backupType']
  creationMethod?: Backup['creationMethod']
  status?: Backup['status']
  size?: number
  /** Its age in world seconds; default 3600. */
  ageSeconds?: number
  /** World seconds until its automatic deletion; default never. */
  expiresInSeconds?: number
  /** Default: all databases of the cluster. */
  databases?: Database[]
  olderVersion?: boolean
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

/** The backup of a cluster that is in progress, manual or automatic; undefined when there is none. */
export function runningBackup(
  state: State,
  now: number,
  { clusterId, creationMethod }: { clusterId: string; creationMethod: Backup['creationMethod'] },
): Backup | undefined {
  return state.backups.find(
    backup =>
      backup.source.clusterId === clusterId &&
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
  const cluster = state.clusters.find(candidate => candidate.clusterId === clusterId)
  const dropped = cluster?.status === 'DELETED' && state.variants.backupsOfDroppedCluster === 'refused'
  if (cluster === undefined || dropped) throw clusterNotFound(clusterId)
  const backup = state.backups.find(
    candidate => candidate.backupId === backupId && candidate.source.clusterId === clusterId,
  )
  if (backup === undefined || !isReadable(state, backup) || (backup.status === 'DELETED' && !deleted)) {
    throw new ApiError(state.variants.backupNotFoundCode, `Backup not found. backupId: ${backupId}`)
  }
  return backup
}

/** Values of `restoreVersionPolicy` that this backup allows (F51). */
export function versionPolicies(backup: Backup, now: number): ('LATEST' | 'ORIGINAL')[] {
  return backup.olderVersion && now - backup.createdAt <= 30 * DAY ? ['LATEST', 'ORIGINAL'] : ['LATEST']
}

/** The fields that list and describe have in common; what `createTime` means in a list is a variant. */
export function backupSummary(state: State, backup: Backup, now: number) {
  return {
    projectId: backup.source.projectId,
    clusterId: backup.source.clusterId,
    clusterName: backup.source.clusterName,
    backupId: backup.backupId,
    backupName: backup.backupName,
    backupType: backup.backupType,
    creationMethod: backup.creationMethod,
    status: backup.status,
    size: backup.size,
    createTime: timestamp(backup.createdAt),
    ...expireTime(state, backup),
    ...(backup.backupType === 'CLUSTER' ? { restoreNewInstancePolicies: versionPolicies(backup, now) } : {}),
  }
}

export function backupDetails(state: State, backup: Backup, now: number) {
  const { backupCollections, defaultDbName } = state.variants
  const content = backup.databases.map(database => ({
    dbName: database.name === 'default' ? defaultDbName : database.name,
    collections: database.collections.map(entry => ({
      collectionName: entry.name,
      description: entry.description,
      status: entry.status,
    })),
  }))
  return {
    ...backupSummary(state, backup, now),
    regionId: backup.source.regionId,
    ...(backupCollections === 'nested' || backupCollections === 'both' ? { dbCollections: content } : {}),
    ...(backupCollections === 'flat' || backupCollections === 'both'
      ? { collections: content.flatMap(database => database.collections) }
      : {}),
  }
}

function expireTime(state: State, backup: Backup) {
  if (backup.expiresAt !== undefined) return { expireTime: timestamp(backup.expiresAt) }
  if (state.variants.manualExpireTime === 'missing') return {}
  return {
    expireTime: state.variants.manualExpireTime === 'null' ? null : timestamp(backup.createdAt + 31 * DAY),
  }
}

function sizeOf(databases: readonly Database[]): number {
  const rows = databases.flatMap(database => database.collections).reduce((sum, entry) => sum + entry.rows, 0)
  return rows * 3_200 + 4_096
}
