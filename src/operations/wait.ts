import { findTarget } from '../clusters/find.ts'
import type { Outcome, Step } from '../step.ts'
import { backupAvailable, clusterRunning, jobSuccessful } from '../waiting/conditions.ts'
import { type Condition, graceOfOthers, waitForAll } from '../waiting/wait-for-all.ts'
import type { Wait } from './requests.ts'

/** Waits for what an earlier step started: every job SUCCESSFUL, the backup AVAILABLE, the cluster RUNNING. */
export async function wait(request: Wait, step: Step): Promise<Outcome> {
  const { jobIds, backup, target } = request
  const goals: Condition[] = []
  if (jobIds.length > 0) {
    step.publish('jobId', jobIds[0])
    step.publishList('jobIds', jobIds)
    for (const jobId of jobIds) {
      step.inProgress.jobIds.add(jobId)
      goals.push(jobSuccessful(jobId, graceOfOthers))
    }
  }
  if (backup !== undefined) {
    step.publish('backupId', backup.backupId)
    step.inProgress.backup = backup
    goals.push(
      backupAvailable(backup, 0, found => {
        step.publish('backupName', found.backupName)
        return undefined
      }),
    )
  }
  if (target !== undefined) {
    const { clusterId } = await findTarget(step, target)
    step.publish('clusterId', clusterId)
    step.inProgress.clusterId = clusterId
    goals.push(
      clusterRunning(clusterId, 0, found => {
        step.publish('clusterName', found.clusterName)
        step.publish('connectAddress', found.connectAddress)
      }),
    )
  }
  await waitForAll(step, goals, { pollInterval: request.pollInterval })
  return 'succeeded'
}
