/** What a step waits for: jobs SUCCESSFUL, backups AVAILABLE, clusters RUNNING. */

import { retryingUntilDeadline } from '../zilliz/connection.ts'
import type { Backup, Cluster } from '../zilliz/decode.ts'
import { quote, sanitize } from '../zilliz/errors.ts'
import { describeBackup, describeCluster, describeJob } from '../zilliz/reads.ts'
import type { Condition } from './wait-for-all.ts'

/** @param of what the job is about, where there are several */
export function jobSuccessful(jobId: string, notFoundGrace: number, of?: string): Condition {
  return {
    what: of === undefined ? `job ${jobId}` : `job ${jobId} (${of})`,
    resource: 'job',
    notFoundGrace: notFoundGrace,
    onDone: running => running.jobIds.delete(jobId),
    async read(step) {
      const { status, progress, reason } = await describeJob(retryingUntilDeadline(step.cloud), jobId)
      if (status === 'SUCCESSFUL') {
        return { line: 'SUCCESSFUL', state: 'reached' }
      }
      if (failedStates.has(status)) {
        const why = reason === undefined ? 'The service gives no reason.' : `Reason: ${quote(reason)}.`
        return { line: `${status}. ${why}`, state: 'failed' }
      }
      const strange = jobStates.has(status) ? '' : ' (a state this action does not know; waiting on)'
      return { line: `${sanitize(status)}${strange}`, state: 'going', progress }
    },
  }
}

/** F61: the reference, and what other sources add to it. */
const jobStates = new Set(['PENDING', 'IN_PROGRESS', 'CANCELING', 'CANCELLING'])
const failedStates = new Set(['FAILED', 'ERROR', 'CANCELED', 'CANCELLED'])

/**
 * @param check looks at the AVAILABLE backup and says what it lacks
 * @param seen is handed every backup that was read
 */
export function backupAvailable(
  backup: { clusterId: string; backupId: string },
  notFoundGrace: number,
  seen: (found: Backup) => string | undefined,
): Condition {
  return {
    what: `backup ${backup.backupId}`,
    resource: 'backup',
    notFoundGrace: notFoundGrace,
    onDone: running => {
      running.backup = undefined
    },
    async read(step) {
      const found = await describeBackup(retryingUntilDeadline(step.cloud), backup.clusterId, backup.backupId)
      const lack = seen(found)
      const { status } = found
      if (status === 'AVAILABLE') {
        return lack === undefined
          ? { line: 'AVAILABLE', state: 'reached' }
          : { line: `AVAILABLE, but ${lack}.`, state: 'failed' }
      }
      if (failedStates.has(status) || status === 'DELETED' || status === 'DELETING') {
        return { line: `is ${status} and will not become AVAILABLE.`, state: 'failed' }
      }
      return { line: sanitize(status), state: 'going' }
    },
  }
}

/** States a cluster does not come back from by itself (F69, F70). */
const endedClusters = new Set([
  'DELETING',
  'DELETED',
  'SUSPENDING',
  'SUSPENDED',
  'STOPPING',
  'STOPPED',
  'FREEZING',
  'FROZEN',
])

/** @param seen is handed every cluster that was read */
export function clusterRunning(
  clusterId: string,
  notFoundGrace: number,
  seen: (found: Cluster) => void,
): Condition {
  return {
    what: `cluster ${clusterId}`,
    resource: 'cluster',
    notFoundGrace: notFoundGrace,
    onDone: running => {
      running.clusterId = undefined
    },
    async read(step) {
      const found = await describeCluster(retryingUntilDeadline(step.cloud), clusterId)
      seen(found)
      const { status } = found
      if (status === 'RUNNING' && found.connectAddress !== undefined) {
        return { line: 'RUNNING', state: 'reached' }
      }
      if (endedClusters.has(status)) {
        return { line: `is ${status} and will not become RUNNING by itself.`, state: 'failed' }
      }
      const line = status === 'RUNNING' ? 'RUNNING, without an address yet' : sanitize(status)
      return { line, state: 'going' }
    },
  }
}
