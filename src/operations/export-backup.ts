import { chooseBackup } from '../backups/find.ts'
import { OperationFailed, type Outcome, planned, type Step } from '../step.ts'
import { jobSuccessful } from '../waiting/conditions.ts'
import { mayHaveSucceeded } from '../waiting/lost-response.ts'
import { graceOfOwn, waitForAll } from '../waiting/wait-for-all.ts'
import { quote } from '../zilliz/errors.ts'
import { exportBackup, paths } from '../zilliz/reads.ts'
import type { ExportBackup } from './requests.ts'

/** Copies the files of a backup to the user's own storage, and says so only when the job is SUCCESSFUL. */
export async function exportOneBackup(request: ExportBackup, step: Step): Promise<Outcome> {
  const { clusterId, integrationId, directory, pollInterval } = request
  const { backupId } = await chooseBackup(step, clusterId, request.backup, undefined, 'exported')
  const body = { integrationId, ...(directory !== undefined && { directory }) }
  if (request.dryRun) {
    return planned(step, [{ method: 'POST', path: paths.exportBackup(clusterId, backupId), body }])
  }
  const jobId = await exportBackup(step.cloud, { clusterId, backupId }, body).catch(error => {
    if (!mayHaveSucceeded(error)) throw error
    throw new OperationFailed(
      `${error.message} The export of backup ${backupId} may have started all the same: look at the jobs in the console and at the storage before running this step again.`,
      { cause: error },
    )
  })
  step.publish('jobId', jobId)
  step.publishList('jobIds', [jobId])
  step.inProgress.jobIds.add(jobId)
  const folder = directory === undefined ? '' : `, folder ${quote(directory)}`
  step.note(`Export of backup ${backupId} to integration ${integrationId}${folder}: job ${jobId}.`)
  if (!request.wait) return 'started'
  await waitForAll(step, [jobSuccessful(jobId, graceOfOwn)], { pollInterval })
  return 'succeeded'
}
