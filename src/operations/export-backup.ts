/** Copies the files of a backup to the user's own storage, and says so only when the job is SUCCESSFUL. */
import { type BackupRequest, chooseBackup, readBackupChoice } from '../backups/find.ts'
import { refuseSourceByPlan } from '../backups/source.ts'
import { OperationFailed } from '../errors.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { quote, quoteInput } from '../untrusted-text.ts'
import { jobSuccessful, notFoundGrace } from '../waiting/conditions.ts'
import { mayHaveSucceeded } from '../waiting/lost-response.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import { exportBackup } from '../zilliz/changes.ts'
import { send } from '../zilliz/connection.ts'

export interface ExportBackup extends CommonInputs, BackupRequest {
  integrationId: string
  directory?: string | undefined
  wait: boolean
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export function read(reader: Reader, common: CommonInputs): ExportBackup {
  const directory = reader.optional('directory')
  if (directory !== undefined && /[\p{Cc}\p{Zl}\p{Zp}]/u.test(directory)) {
    reader.report(
      'directory',
      `expected a folder without line ends and control characters; got ${quoteInput(directory)}`,
    )
  }
  return {
    ...common,
    clusterId: reader.id('cluster-id'),
    backup: readBackupChoice(reader),
    integrationId: reader.id('integration-id'),
    directory,
    wait: reader.boolean('wait'),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
}

export async function run(request: ExportBackup, step: Step): Promise<Outcome> {
  const { clusterId, integrationId, directory, pollInterval } = request
  const backup = await chooseBackup(step, request, { use: 'exported' })
  const { backupId } = backup
  const change = exportBackup({ clusterId, backupId }, request)
  if (request.dryRun) {
    await refuseSourceByPlan(step, clusterId, 'exported from')
    return planned(step, [change])
  }
  const jobId = await send(step.cloud, change).catch(error => {
    if (!mayHaveSucceeded(error)) throw error
    throw new OperationFailed(
      `${error.message} The export of backup ${backupId} may have started anyway: look at the jobs in the console and at the storage before running this step again.`,
      { cause: error },
    )
  })
  step.inProgress.started({ kind: 'job', jobId })
  const folder = directory === undefined ? '' : `, folder ${quote(directory)}`
  step.note(`Export of backup ${backupId} to integration ${integrationId}${folder}: job ${jobId}.`)
  step.publish('jobId', jobId)
  step.publishList('jobIds', [jobId])
  if (!request.wait) return 'started'
  await waitForAll(step, [jobSuccessful(jobId, { grace: notFoundGrace.created, isReadBack: false })], {
    pollInterval,
  })
  return 'succeeded'
}
