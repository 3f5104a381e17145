import { findTarget } from '../clusters/find.ts'
import type { Outcome, Step } from '../step.ts'
import { backupAvailable, clusterRunning, jobSuccessful } from '../waiting/conditions.ts'
import { type Goal, graceOfOthers, reach } from '../waiting/wait-for-all.ts'
import type { Wait } from './requests.ts'

/** Waits for what an earlier step started: every job SUCCESSFUL, the backup AVAILABLE, the cluster RUNNING. */
export async function wait(request: Wait, step: Step): Promise<Outcome> {
  const { jobIds, backup, target } = request
  const goals: Goal[] = []
  if (jobIds.length > 0) {
    step.publish('jobId', jobIds[0])
    step.publishList('jobIds', jobIds)
    for (const jobId of jobIds) {
      step.running.jobIds.add(jobId)
      goals.push(jobSuccessful(jobId, graceOfOthers))
    }
  }
  if (backup !== undefined) {
    step.publish('backupId', backup.backupId)
    step.running.backup = backup
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
    step.running.clusterId = clusterId
    goals.push(
      clusterRunning(clusterId, 0, found => {
        step.publish('clusterName', found.clusterName)
        step.publish('connectAddress', found.connectAddress)
      }),
    )
  }
  await reach(step, goals, { pollInterval: request.pollInterval })
  return 'succeeded'
}
