/** What the states of jobs, backups and clusters mean to a step. Each table is complete for its sources. */

/** F61 and F62: the reference, and what other sources add to it. */
const jobs = {
  PENDING: 'pending',
  IN_PROGRESS: 'pending',
  CANCELING: 'pending',
  CANCELLING: 'pending',
  SUCCESSFUL: 'successful',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  ERROR: 'failed',
  CANCELED: 'failed',
  CANCELLED: 'failed',
  TIMEOUT: 'failed',
} as const

/** `succeeded`: a word that other jobs of the service end with (F62); for these it is no proof by itself. */
type JobState = (typeof jobs)[keyof typeof jobs] | 'unknown'

export function jobState(status: string): JobState {
  return lookUp(jobs, status) ?? 'unknown'
}

/** F66 has CREATING, AVAILABLE and DELETED; no failed state is documented, those of jobs are taken for one. */
const backups = {
  CREATING: 'creating',
  AVAILABLE: 'available',
  FAILED: 'failed',
  ERROR: 'failed',
  CANCELED: 'failed',
  CANCELLED: 'failed',
  DELETING: 'deleted',
  DELETED: 'deleted',
} as const

type BackupState = (typeof backups)[keyof typeof backups] | 'unknown'

export function backupState(status: string): BackupState {
  return lookUp(backups, status) ?? 'unknown'
}

/**
 * F69 and F70. `busy`: it refuses now what it will take a little later. `stopped`: it does not become RUNNING by
 * itself. `deleted`: a drop has been taken.
 */
const clusters = {
  RUNNING: 'running',
  CREATING: 'busy',
  RESTORE_BACKUP: 'busy',
  MODIFYING: 'busy',
  RESIZING: 'busy',
  UPGRADING: 'busy',
  MIGRATING: 'busy',
  RESUMING: 'busy',
  WRITING_OPERATION: 'busy',
  SET_PRIVATE_LINK: 'busy',
  SUSPENDING: 'stopped',
  SUSPENDED: 'stopped',
  STOPPING: 'stopped',
  STOPPED: 'stopped',
  FREEZING: 'stopped',
  FROZEN: 'stopped',
  DELETING: 'deleted',
  DELETED: 'deleted',
} as const

/** ABNORMAL, UNFREEZED and what no source has are `unknown`: they are waited out where a step waits. */
type ClusterState = (typeof clusters)[keyof typeof clusters] | 'unknown'

export function clusterState(status: string): ClusterState {
  return lookUp(clusters, status) ?? 'unknown'
}

function lookUp<States extends Record<string, string>>(
  states: States,
  status: string,
): States[keyof States] | undefined {
  return Object.hasOwn(states, status) ? states[status as keyof States] : undefined
}
