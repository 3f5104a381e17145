/** Each POST and DELETE of the service as a value. The bodies, with the service's own field names, are made here alone. */
import { messageOf } from '../errors.ts'
import { quote } from '../untrusted-text.ts'
import type { BackupRef, BackupType, CollectionName } from './decode.ts'
import { IncompleteResponse, type PartialResponse } from './errors.ts'
import { type Fields, fields, id, optionalId, optionalText } from './fields.ts'
import { type Change, pathOf } from './requests.ts'

export interface NewBackup {
  clusterId: string
  /** Collections of one database (F24). Absent: the whole cluster. */
  collections?: { database: string; collections: readonly string[] } | undefined
  /** Region ids. */
  crossRegionCopies: readonly string[]
}

export function typeOfNewBackup({ collections }: Pick<NewBackup, 'collections'>): BackupType {
  return collections === undefined ? 'CLUSTER' : 'COLLECTION'
}

export function requestedCollections({ collections }: Pick<NewBackup, 'collections'>): CollectionName[] {
  if (collections === undefined) return []
  return collections.collections.map(collection => ({ database: collections.database, collection }))
}

export interface StartedBackup {
  backupId: string
  backupName?: string | undefined
  /** Absent: the backup alone is waited for. */
  jobId?: string | undefined
}

/** POST /v2/clusters/{clusterId}/backups/create (F24, F25). Not idempotent. */
export function createBackup(backup: NewBackup): Change<StartedBackup> {
  const { clusterId, collections, crossRegionCopies } = backup
  return {
    method: 'POST',
    path: pathOf('clusters', clusterId, 'backups', 'create'),
    body: {
      backupType: typeOfNewBackup(backup),
      ...(collections && {
        dbCollections: [{ dbName: collections.database, collectionNames: collections.collections }],
      }),
      ...(crossRegionCopies.length > 0 && {
        crossRegionCopies: crossRegionCopies.map(regionId => ({ regionId })),
      }),
    },
    tried: `start a backup of cluster ${clusterId}`,
    right: 'backup',
    decode(data) {
      const from = fields(data, 'backup')
      const jobId = optionalId(from, 'jobId')
      const backupId = required(from, 'backupId', { jobId })
      return { backupId, backupName: optionalText(from, 'backupName'), jobId }
    },
  }
}

export interface NewCluster {
  clusterName: string
  projectId: string
  cuSize: number
  collectionStatus: 'KEEP' | 'RELEASE'
  /** Absent: the service's choice. */
  versionPolicy?: 'LATEST' | 'ORIGINAL' | undefined
}

export interface RestoredCluster {
  clusterId: string
  username?: string | undefined
  /** Shown once by the service: mask it before anything else (F53). */
  password?: string | undefined
  /** Older guides show a success without it (F53): the cluster alone is waited for then. */
  jobId?: string | undefined
}

/** POST …/backups/{backupId}/restoreCluster (F45 to F53). Makes and bills a cluster; not idempotent. */
export function restoreCluster(source: BackupRef, cluster: NewCluster): Change<RestoredCluster> {
  const { clusterName, projectId, cuSize, collectionStatus, versionPolicy } = cluster
  return {
    method: 'POST',
    path: backupPath(source, 'restoreCluster'),
    body: {
      // Sources disagree about the name of this field, so it goes out under both (F47).
      projectId,
      targetProjectId: projectId,
      clusterName,
      cuSize,
      collectionStatus,
      ...(versionPolicy && { restoreVersionPolicy: versionPolicy }),
    },
    tried: `restore backup ${source.backupId} into a new cluster ${quote(clusterName)}`,
    right: 'cluster',
    decode(data) {
      const from = fields(data, 'restored cluster')
      const rest = {
        username: optionalText(from, 'username'),
        password: optionalText(from, 'password'),
        jobId: optionalId(from, 'jobId'),
      }
      return { clusterId: required(from, 'clusterId', rest), ...rest }
    },
  }
}

/** One collection of a backup and where it goes (F55, F57, F58). */
export interface CollectionRestore {
  from: CollectionName
  to: CollectionName
  status: 'LOADED' | 'UNLOADED'
}

/**
 * POST …/backups/{backupId}/restoreCollection (F55 to F58). Not idempotent. Gives the id of its job.
 *
 * @param what names it in a sentence
 * @param collection absent: everything in the backup, which arrives unloaded
 */
export function restoreCollection(
  source: BackupRef,
  target: { clusterId: string; what: string; collection?: CollectionRestore | undefined },
): Change<string> {
  const { clusterId: destClusterId, what, collection } = target
  return {
    method: 'POST',
    path: backupPath(source, 'restoreCollection'),
    body: { destClusterId, ...(collection && { dbCollections: [databaseEntry(collection)] }) },
    tried: `restore ${what} from backup ${source.backupId}`,
    right: 'backup',
    decode: decodeJobId,
  }
}

function databaseEntry({ from, to, status }: CollectionRestore) {
  const collection = {
    collectionName: from.collection,
    destCollectionName: to.collection,
    destCollectionStatus: status,
  }
  return { dbName: from.database, destDbName: to.database, collections: [collection] }
}

/** POST …/backups/{backupId}/export (F40). Copies files to the user's storage; not idempotent. Gives the id of its job. */
export function exportBackup(
  source: BackupRef,
  { integrationId, directory }: { integrationId: string; directory?: string | undefined },
): Change<string> {
  return {
    method: 'POST',
    path: backupPath(source, 'export'),
    body: { integrationId, ...(directory !== undefined && { directory }) },
    tried: `export backup ${source.backupId}`,
    right: 'backup',
    decode: decodeJobId,
  }
}

/** DELETE /v2/clusters/{clusterId}/backups/{backupId} (F39). */
export function deleteBackup(backup: BackupRef): Change<void> {
  return {
    method: 'DELETE',
    path: backupPath(backup),
    tried: `delete backup ${backup.backupId} of cluster ${backup.clusterId}`,
    right: 'backup',
    decode: () => undefined,
  }
}

/** DELETE /v2/clusters/{clusterId}/drop (F77): into the recycle bin for 30 days (F78). */
export function dropCluster(clusterId: string): Change<void> {
  return {
    method: 'DELETE',
    path: pathOf('clusters', clusterId, 'drop'),
    tried: `drop cluster ${clusterId}`,
    right: 'cluster',
    decode: () => undefined,
  }
}

function backupPath({ clusterId, backupId }: BackupRef, ...more: string[]): string {
  return pathOf('clusters', clusterId, 'backups', backupId, ...more)
}

/** What makes a success known; without it, what the response holds besides is not thrown away. */
function required(from: Fields, name: string, partial: PartialResponse): string {
  try {
    return id(from, name)
  } catch (error) {
    throw new IncompleteResponse(messageOf(error), partial, { cause: error })
  }
}

function decodeJobId(data: unknown): string {
  return id(fields(data, 'job'), 'jobId')
}
