/** Copies the files of a backup to the user's own storage, and says so only when the job is SUCCESSFUL. */

import { type BackupRequest, readBackupChoice } from '../backups/choice.ts'
import { chooseBackup } from '../backups/find.ts'
import { backupRow } from '../backups/size.ts'
import { withMore } from '../errors.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type Outcome, planned, type Step, tookSoFar } from '../step.ts'
import { quote, quoteInput } from '../untrusted-text.ts'
import { notFoundGrace } from '../waiting/conditions.ts'
import { jobSuccessful } from '../waiting/job.ts'
import { waitForAll } from '../waiting/wait-for-all.ts'
import { expectChange } from '../zilliz/ahead.ts'
import { exportBackup } from '../zilliz/changes.ts'
import { send } from '../zilliz/connection.ts'
import { mayHaveSucceeded } from '../zilliz/errors.ts'
import type { Change } from '../zilliz/requests.ts'
import { serviceTime } from '../zilliz/service-time.ts'

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
  const { report } = step
  report.subject = `Export of a backup of ${clusterId}`
  if (!request.dryRun) expectChange(step.cloud)
  const backup = await chooseBackup(step, request, { use: 'exported' })
  const { backupId } = backup
  const change = exportBackup({ clusterId, backupId }, request)
  const what = `backup ${backupId} of ${backup.clusterName ?? clusterId}`
  report.subject = `Export of ${what}`
  report.rows.push(
    backupRow(backup, serviceTime(step.cloud).now),
    { name: 'Integration', value: { code: integrationId } },
    ...(directory === undefined ? [] : [{ name: 'Folder', value: { code: directory } }]),
  )
  if (request.dryRun) return plan(step, clusterId, { what, change })
  const jobId = await send(step.cloud, change).catch(error => {
    throw mayHaveSucceeded(error) ? inDoubt(error, backupId) : error
  })
  step.inProgress.started({ kind: 'job', jobId })
  const folder = directory === undefined ? '' : `, folder ${quote(directory)}`
  step.log(`Export of backup ${backupId} to integration ${integrationId}${folder}: job ${jobId}.`)
  step.publish('jobId', jobId)
  step.publishList('jobIds', [jobId])
  if (!request.wait) {
    report.heading = `Export of ${what} has started`
    report.sentence = 'The step does not wait for it.'
    return 'started'
  }
  const job = jobSuccessful(jobId, { grace: notFoundGrace.created, isReadBack: false })
  await waitForAll(step, [job], { pollInterval, isNew: true })
  report.heading = `Export of ${what} is complete`
  report.sentence = `In ${tookSoFar(step)}. The files stay in your storage until you delete them.`
  return 'succeeded'
}

async function plan(
  step: Step,
  clusterId: string,
  { what, change }: { what: string; change: Change<string> },
): Promise<Outcome> {
  const { refuseSourceByPlan } = await import('../backups/plans.ts')
  await refuseSourceByPlan(step, clusterId, 'exported from')
  step.report.heading = `Dry run: ${what} would be exported`
  step.report.sentence = 'Nothing was started.'
  return planned(step, [change])
}

function inDoubt(error: unknown, backupId: string): Error {
  return withMore(error, {
    stake: `The export of backup ${backupId} may have started anyway.`,
    next: 'Look at the jobs in the console and at the storage before running this step again.',
    help: 'it-may-have-started',
  })
}
