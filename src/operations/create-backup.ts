import {
  backupBody,
  backupsRunning,
  backupType,
  busySentence,
  requestedCollections,
  startBackup,
  waitUntilAvailable,
} from '../backups/create.ts'
import { missingCollections, newest } from '../backups/find.ts'
import { formatDuration } from '../duration.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import type { Backup } from '../zilliz/decode.ts'
import { describeCluster, listBackups, paths } from '../zilliz/reads.ts'
import type { CreateBackup } from './requests.ts'

/** Backs up a cluster or collections of one database, and says so only when the backup is AVAILABLE. */
export async function createBackup(request: CreateBackup, step: Step): Promise<Outcome> {
  const { clusterId } = request
  const listed = await listBackups(step.cloud, clusterId)
  const fresh = await freshBackup(request, step, listed)
  if (fresh !== undefined) {
    step.publish('backupId', fresh.backupId)
    step.publish('backupName', fresh.backupName)
    step.publishFlag('created', false)
    return request.dryRun ? planned(step, []) : 'skipped'
  }
  if (request.dryRun) {
    await describeCluster(step.cloud, clusterId)
    const busy = backupsRunning(listed)
    if (busy.length > 0) step.log(`${busySentence(request, busy)} The step would wait for it to end.`)
    const path = paths.createBackup(clusterId)
    return planned(step, [{ method: 'POST', path, body: backupBody(request) }])
  }
  const started = await startBackup(request, step, listed)
  step.publish('jobId', started.jobId)
  if (started.jobId !== undefined) step.publishList('jobIds', [started.jobId])
  step.publish('backupId', started.backupId)
  step.publish('backupName', started.backupName)
  step.publishFlag('created', true)
  if (!request.wait) return 'started'
  await waitUntilAvailable(request, step, started)
  return 'succeeded'
}

async function freshBackup(
  request: CreateBackup,
  step: Step,
  listed: readonly Backup[],
): Promise<Backup | undefined> {
  const { clusterId, skipIfNewerThan } = request
  if (skipIfNewerThan === undefined) return undefined
  const ofType = listed.filter(
    backup => backup.backupType === backupType(request) && backup.status === 'AVAILABLE',
  )
  const holdsAll = ({ contents }: Backup) =>
    request.collections === undefined ||
    (contents.kind === 'by-database' &&
      missingCollections(contents, requestedCollections(request))?.length === 0)
  const found = await newest(step, clusterId, ofType, holdsAll)
  if (found?.createTime === undefined) return undefined
  const age = step.clock.now() - found.createTime
  if (age >= skipIfNewerThan) return undefined
  step.notice(
    `No new backup: ${found.backupId} of cluster ${clusterId} is ${formatDuration(age)} old, younger than skip-if-newer-than.`,
  )
  return found
}
