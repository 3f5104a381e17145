/** Backs up a cluster or collections of one database, and says so only when the backup is AVAILABLE. */
import { backupsRunning, busySentence } from '../backups/busy.ts'
import { requestedCollections, startBackup, waitUntilAvailable } from '../backups/create.ts'
import { newest } from '../backups/newest.ts'
import { missingCollections } from '../collections/contents.ts'
import { type BackupCollections, parseBackupCollections } from '../collections/selection.ts'
import { formatDuration } from '../duration.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { createBackup, typeOfNewBackup } from '../zilliz/changes.ts'
import type { Backup } from '../zilliz/decode.ts'
import { describeCluster, listBackups } from '../zilliz/reads.ts'

export interface CreateBackup extends CommonInputs {
  clusterId: string
  /** Absent: the whole cluster. */
  collections?: BackupCollections | undefined
  crossRegionCopies: string[]
  /** Milliseconds. */
  skipIfNewerThan?: number | undefined
  ifBusy: 'wait' | 'fail'
  wait: boolean
  /** Milliseconds. */
  pollInterval: number
  dryRun: boolean
}

export function read(reader: Reader, common: CommonInputs): CreateBackup {
  const request: CreateBackup = {
    ...common,
    clusterId: reader.id('cluster-id'),
    collections: readCollections(reader),
    crossRegionCopies: reader.ids('cross-region-copies'),
    skipIfNewerThan: reader.optionalDuration('skip-if-newer-than'),
    ifBusy: reader.oneOf('if-busy', ['wait', 'fail'] as const) ?? 'wait',
    wait: reader.boolean('wait'),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
  if (request.skipIfNewerThan !== undefined && request.crossRegionCopies.length > 0) {
    reader.report(
      'skip-if-newer-than',
      'cannot be combined with cross-region-copies: a backup does not show which copies it has',
    )
  }
  return request
}

function readCollections(reader: Reader): BackupCollections | undefined {
  const text = reader.optional('collections')
  if (text === undefined) return undefined
  return parseBackupCollections(text, problem => reader.report('collections', problem))
}

export async function run(request: CreateBackup, step: Step): Promise<Outcome> {
  const { clusterId, dryRun } = request
  const listed = await listBackups(step.cloud, clusterId)
  const fresh = await freshBackup(request, step, listed)
  if (fresh !== undefined) {
    step.publish('backupId', fresh.backupId)
    step.publish('backupName', fresh.backupName)
    step.publishBoolean('created', false)
    return dryRun ? planned(step, []) : 'skipped'
  }
  if (dryRun) {
    await describeCluster(step.cloud, clusterId)
    const busy = backupsRunning(listed)
    if (busy.length > 0) step.log(`${busySentence(request, busy)} The step would wait for it to end.`)
    return planned(step, [createBackup(request)])
  }
  const started = await startBackup(request, step, listed)
  step.publish('jobId', started.jobId)
  if (started.jobId !== undefined) step.publishList('jobIds', [started.jobId])
  step.publish('backupId', started.backupId)
  step.publish('backupName', started.backupName)
  step.publishBoolean('created', true)
  if (!request.wait) return 'started'
  await waitUntilAvailable(request, step, started)
  return 'succeeded'
}

/** An AVAILABLE backup that makes a new one unnecessary. */
async function freshBackup(
  request: CreateBackup,
  step: Step,
  listed: readonly Backup[],
): Promise<Backup | undefined> {
  const { clusterId, collections, skipIfNewerThan } = request
  if (skipIfNewerThan === undefined) return undefined
  const type = typeOfNewBackup(request)
  const ofType = listed.filter(({ backupType, status }) => backupType === type && status === 'AVAILABLE')
  const holdsAll = ({ contents }: Backup) =>
    collections === undefined ||
    (contents.kind === 'by-database' &&
      missingCollections(contents, requestedCollections(request))?.length === 0)
  const found = await newest(step, { clusterId, listed: ofType }, holdsAll)
  if (found?.createTime === undefined) return undefined
  const age = step.clock.now() - found.createTime
  if (age >= skipIfNewerThan) return undefined
  step.notice(
    `No new backup: ${found.backupId} of cluster ${clusterId} is ${formatDuration(age)} old, younger than skip-if-newer-than.`,
  )
  return found
}
