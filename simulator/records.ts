/** What the simulated service keeps. */
import type { Database } from './databases.ts'

export interface Project {
  readonly projectId: string
  projectName: string
  description: string
  /** Regions bound to the project; a restore can land only there (F50). */
  regionIds: string[]
  plan: 'Standard' | 'Enterprise' | 'BusinessCritical'
  /** World milliseconds. */
  readonly createdAt: number
}

export interface Cluster {
  readonly clusterId: string
  clusterName: string
  readonly projectId: string
  description: string
  readonly regionId: string
  readonly deploymentOption: 'Free' | 'Serverless' | 'Dedicated'
  /** Performance-optimized, Capacity-optimized or Tiered-storage; empty unless Dedicated. */
  readonly cuType: string
  readonly plan: 'Free' | 'Serverless' | 'Standard' | 'Enterprise'
  cuSize: number
  replica: number
  /** A documented status (F69), or SUSPENDING and SUSPENDED, which a variant can show as STOPPING and STOPPED (F70). */
  status: string
  /** World milliseconds. */
  readonly createdAt: number
  /** World milliseconds at which its creation is to be complete. */
  readyAt: number
  databases: Database[]
  /** Number of backups made so far; it numbers backup names. */
  backupCount: number
  autoscaling?: object
}

export interface Backup {
  readonly backupId: string
  readonly backupName: string
  readonly backupType: 'CLUSTER' | 'COLLECTION'
  readonly creationMethod: 'MANUAL' | 'AUTO'
  /** Its cluster as it was when the backup was taken. */
  readonly source: Readonly<Cluster>
  /** FAILED is a variant's word; a deleted backup is DELETED. */
  status: 'CREATING' | 'AVAILABLE' | 'DELETED' | 'FAILED'
  /** Bytes; 0 until it is AVAILABLE. */
  size: number
  /** World milliseconds. */
  readonly createdAt: number
  /** World milliseconds of its automatic deletion. */
  readonly expiresAt: number | undefined
  readonly databases: Database[]
  /** Whether its version is older than the newest, so that ORIGINAL is possible for 30 days (F51). */
  readonly olderVersion: boolean
  /** The job that makes it; undefined for one that was there from the start. */
  job: Job | undefined
  /** Copies in other regions, each with its job once that has begun (F34). */
  readonly copies: { regionId: string; job: Job | undefined }[]
}

/**
 * BACKUP and RESTORE are documented for this endpoint (F60). Export and copy jobs exist but have no documented
 * value: EXPORT and COPY are made up.
 */
export type JobType = 'BACKUP' | 'RESTORE' | 'EXPORT' | 'COPY'

export interface Job {
  readonly jobId: string
  readonly type: JobType
  readonly clusterId: string
  /** World milliseconds. */
  readonly createdAt: number
  /** World milliseconds; Infinity for a job that never ends. */
  readonly endsAt: number
  /** SUCCESSFUL, or how it ends otherwise. */
  readonly outcome: string
  /** Failure text. */
  readonly reason: string
  /** States shown before the end, each for an equal part of the time. */
  readonly statuses: readonly string[]
}

/** How a job that is still to start shall go; what is left out stays as usual. */
export interface JobPlan {
  /** Only for the next job of this type; without it for the next of any. */
  type?: JobType
  /** `FAILED` is shown as the variant `finalFailure` says; any other word is shown as it is. */
  outcome?: 'SUCCESSFUL' | 'FAILED' | 'CANCELED' | (string & {})
  /** Failure text. */
  reason?: string
  /** World seconds; Infinity for a job that never ends. */
  durationSeconds?: number
  /** States shown before the end, each for an equal part of the time. */
  statuses?: readonly string[]
}

/** Automatic backup policy of a cluster. */
export interface Policy {
  readonly clusterId: string
  enabled: boolean
  /** Days of the week, `1,2,5`; 1 is Monday (F41). */
  frequency: string
  /** Two hours in UTC, `HH:mm-HH:mm`. */
  startTime: string
  /** 1 to 30. */
  retentionDays: number
  copies: { regionId: string; retentionDays: number }[]
}
