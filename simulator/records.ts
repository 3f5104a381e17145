/** The records of the simulated service. */
import type { Database } from './databases.ts'

/** Response fields with other values than the record has; undefined leaves a field out. */
export type Changes = Readonly<Record<string, unknown>>

/** How responses differ from what is true of a cluster or backup. The service itself goes by what is true. */
export interface Shown {
  readonly createdAt: number
  /** In lists and in its description, verbatim: `{ createTime: 1700000000 }`. */
  shown?: Changes
  /** In lists alone, over `shown`; lists filter by it, and a deleted record with a `status` here is listed. */
  listed?: Changes | 'missing'
}

export interface Project {
  readonly projectId: string
  projectName: string
  description: string
  /** Regions bound to the project; a backup can be restored only into these (F50). */
  regionIds: string[]
  plan: 'Standard' | 'Enterprise' | 'BusinessCritical'
  /** World milliseconds. */
  readonly createdAt: number
}

export interface Cluster extends Shown {
  readonly clusterId: string
  clusterName: string
  readonly projectId: string
  description: string
  readonly regionId: string
  readonly deploymentOption: 'Free' | 'Serverless' | 'Dedicated'
  /** Performance-optimized, Capacity-optimized or Tiered-storage; empty if not Dedicated. */
  readonly cuType: string
  readonly plan: 'Free' | 'Serverless' | 'Standard' | 'Enterprise'
  cuSize: number
  replica: number
  /** A documented status (F69), or SUSPENDING and SUSPENDED, which a variant can show as STOPPING and STOPPED (F70). */
  status: string
  /** World milliseconds. */
  readonly createdAt: number
  /** World milliseconds at which its creation will be complete. */
  readyAt: number
  databases: Database[]
  /** Number of backups so far; part of the next backup's name. */
  backupCount: number
  autoscaling?: object
  /** What its data plane accepts besides the API key, each as `user:password`. */
  tokens?: readonly string[]
  /** Its scripted states; a restore leaves them alone, and any other change of its status ends them. */
  script?: StateScript | undefined
}

/** World seconds after the script's start, and the status from then on. */
export type StateScript = readonly (readonly [seconds: number, status: string])[]

export interface Backup extends Shown {
  readonly backupId: string
  readonly backupName: string
  readonly backupType: 'CLUSTER' | 'COLLECTION'
  readonly creationMethod: 'MANUAL' | 'AUTO'
  /** Its cluster at the time of the backup. */
  readonly source: Readonly<Cluster>
  /** FAILED occurs only with the variant `backupLeftByFailedJob`. */
  status: 'CREATING' | 'AVAILABLE' | 'DELETED' | 'FAILED'
  /** Bytes; 0 until it is AVAILABLE. */
  size: number
  /** World milliseconds. */
  readonly createdAt: number
  /** World milliseconds of its automatic deletion; undefined for never. */
  readonly expiresAt: number | undefined
  readonly databases: Database[]
  /** Whether its version is older than the latest, so that ORIGINAL is possible for 30 days (F51). */
  readonly olderVersion: boolean
  /** The job that creates it; undefined when the backup was added as finished. */
  job: Job | undefined
  /** Copies in other regions, each with its job once it has started (F34). */
  readonly copies: { regionId: string; job: Job | undefined }[]
}

/**
 * BACKUP and RESTORE are documented for this endpoint (F60). Export and copy jobs exist without a documented
 * value: EXPORT and COPY are assumptions.
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
  /** Final status. SUCCESSFUL is reported as the variant `finalSuccess`. */
  readonly outcome: string
  /** Why it failed; empty when it succeeds. */
  readonly reason: string
  /** Statuses before the end, each for an equal part of the duration. */
  readonly statuses: readonly string[]
}

/** How a job that has not started yet will run; omitted fields have their defaults. */
export interface JobPlan {
  /** Only for the next job of this type; default: the next job of any type. */
  type?: JobType
  /** `FAILED` is reported as the variant `finalFailure`, SUCCESSFUL as `finalSuccess`; any other status unchanged. */
  outcome?: 'SUCCESSFUL' | 'SUCCEEDED' | 'FAILED' | 'CANCELED' | (string & {})
  /** Why it fails. */
  reason?: string
  /** World seconds; Infinity for a job that never ends. */
  durationSeconds?: number
  /** Statuses before the end, each for an equal part of the duration. */
  statuses?: readonly string[]
}

/** Automatic backup policy of a cluster. */
export interface Policy {
  readonly clusterId: string
  enabled: boolean
  /** Days of the week, `1,2,5`; 1 is Monday (F41). */
  frequency: string
  /** A window of two hours in UTC, `HH:mm-HH:mm`. */
  startTime: string
  /** 1 to 30 days. */
  retentionDays: number
  copies: { regionId: string; retentionDays: number }[]
}
