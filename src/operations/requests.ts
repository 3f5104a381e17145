/** What a step is to do: one shape for each operation, so that an impossible request cannot be held. */

import type { LoadStatus, Selection } from '../collections/mappings.ts'
import type { BackupCollections } from '../collections/names.ts'

export interface Common {
  apiKey: string
  /** Without a slash at its end. */
  baseUrl: string
  /** Milliseconds. */
  timeout: number
}

export interface CreateBackup extends Common {
  operation: 'create-backup'
  clusterId: string
  /** Absent: the whole cluster. */
  collections?: BackupCollections | undefined
  crossRegionCopies: string[]
  /** Milliseconds. */
  skipIfNewerThan?: number | undefined
  ifBusy: 'wait' | 'fail'
  wait: boolean
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export type BackupType = 'CLUSTER' | 'COLLECTION'

export interface ListBackups extends Common {
  operation: 'list-backups'
  /** Absent: of all clusters that the key can see. */
  clusterId?: string | undefined
  /** Absent: both. */
  backupType?: BackupType | undefined
}

export interface DescribeBackup extends Common {
  operation: 'describe-backup'
  clusterId: string
  backup: BackupChoice
  /** With `latest` only. Absent: both. */
  backupType?: BackupType | undefined
}

export interface DeleteBackup extends Common {
  operation: 'delete-backup'
  clusterId: string
  backupId: string
  dryRun: boolean
}

export interface PruneBackups extends Common {
  operation: 'prune-backups'
  clusterId: string
  /** Of each backup type, at least 1. */
  keepLast: number
  /** Milliseconds. Absent: whatever is not kept is deleted. */
  olderThan?: number | undefined
  /** Absent: both. */
  backupType?: BackupType | undefined
  dryRun: boolean
}

export interface ExportBackup extends Common {
  operation: 'export-backup'
  clusterId: string
  backup: BackupChoice
  integrationId: string
  directory?: string | undefined
  wait: boolean
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export interface Wait extends Common {
  operation: 'wait'
  jobIds: string[]
  backup?: { clusterId: string; backupId: string } | undefined
  target?: Target | undefined
  /** Milliseconds. */
  pollInterval: number
}

/** An existing cluster, by id or exact name. */
export interface Target {
  cluster: string
  projectId?: string | undefined
}

export interface RestoreCluster extends Common {
  operation: 'restore-cluster'
  clusterId: string
  backup: BackupChoice
  /** Of the new cluster. */
  clusterName: string
  /** Absent: the project of the backup. */
  projectId?: string | undefined
  /** Absent: that of the source cluster. */
  cuSize?: number | undefined
  collectionStatus: 'KEEP' | 'RELEASE'
  versionPolicy?: 'LATEST' | 'ORIGINAL' | undefined
  ifExists: 'fail' | 'reuse' | 'replace'
  protectedClusters: string[]
  deleteAfterJob: boolean
  wait: boolean
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export interface RestoreCollections extends Common {
  operation: 'restore-collections'
  clusterId: string
  backup: BackupChoice
  target: Target
  selections: Selection[]
  collectionStatus: LoadStatus
  safetyBackup: boolean
  ifBusy: 'wait' | 'fail'
  protectedClusters: string[]
  wait: boolean
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export interface DeleteCluster extends Common {
  operation: 'delete-cluster'
  target: Target
  protectedClusters: string[]
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

/** One backup by its id, or the newest that serves, not older than `maxAge` milliseconds. */
export type BackupChoice = { backupId: string } | { latest: true; maxAge?: number | undefined }

export type Request =
  | CreateBackup
  | RestoreCluster
  | RestoreCollections
  | Wait
  | ListBackups
  | DescribeBackup
  | DeleteBackup
  | PruneBackups
  | ExportBackup
  | DeleteCluster
