/** Backs up a cluster or collections of one database, and says so only when the backup is AVAILABLE. */

import { backupsRunning, busySentence } from '../backups/busy.ts'
import { type FindToJoin, startBackup, waitUntilAvailable } from '../backups/create.ts'
import { ofCluster, publishBackup } from '../backups/find.ts'
import { newest } from '../backups/newest.ts'
import { describeOrRefusal } from '../backups/read.ts'
import { describeSource, listBackupsOf, refuseByPlan } from '../backups/source.ts'
import { missingCollections } from '../collections/contents.ts'
import { type BackupCollections, parseBackupCollections } from '../collections/selection.ts'
import { formatDuration } from '../duration.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { createBackup, requestedCollections, typeOfNewBackup } from '../zilliz/changes.ts'
import type { Backup } from '../zilliz/decode.ts'
import { ApiError } from '../zilliz/errors.ts'
import { serviceTime } from '../zilliz/service-time.ts'
import { backupState } from '../zilliz/states.ts'

export interface CreateBackup extends CommonInputs {
  clusterId: string
  /** Absent: the whole cluster. */
  collections?: BackupCollections | undefined
  crossRegionCopies: string[]
  /** Milliseconds. */
  skipIfNewerThan?: number | undefined
  ifBusy: 'wait' | 'fail' | 'join'
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
    ifBusy: reader.oneOf('if-busy', ['wait', 'fail', 'join'] as const) ?? 'wait',
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
  const { clusterId, collections, dryRun } = request
  const listed = await listBackupsOf(step, clusterId)
  const fresh = await freshBackup(request, step, listed)
  if (fresh !== undefined) {
    publishBackup(step, fresh)
    step.publishBoolean('created', false)
    return dryRun ? planned(step, []) : 'skipped'
  }
  const findToJoin = (running: readonly Backup[]) => backupToJoin(request, step, running)
  if (dryRun) return planRun(request, step, { listed, findToJoin })
  const start = await startBackup(request, step, { listed, findToJoin })
  const { backupId } = start.backup
  const jobId = start.kind === 'started' ? start.backup.jobId : undefined
  step.publish('jobId', jobId)
  if (jobId !== undefined) step.publishList('jobIds', [jobId])
  publishBackup(step, start.backup)
  step.publishBoolean('created', start.kind === 'started')
  if (collections !== undefined) step.publishList('collections', requestedCollections(request))
  if (!request.wait) return start.kind === 'started' ? 'started' : 'skipped'
  const onRead = ({ size, createTime }: Backup) => publishBackup(step, { size, createTime })
  await waitUntilAvailable(request, step, { running: { clusterId, backupId, jobId }, onRead })
  return 'succeeded'
}

async function planRun(
  request: CreateBackup,
  step: Step,
  { listed, findToJoin }: { listed: readonly Backup[]; findToJoin: FindToJoin },
): Promise<Outcome> {
  refuseByPlan(await describeSource(step, request.clusterId), 'backed up')
  const busy = backupsRunning(listed)
  const joined = await findToJoin(busy)
  if (joined !== undefined) {
    publishBackup(step, joined)
    step.publishBoolean('created', false)
    return planned(step, [])
  }
  if (busy.length > 0) step.log(`${busySentence(request, busy)} The step would wait for it to end.`)
  return planned(step, [createBackup(request)])
}

function holdsAllOf(request: CreateBackup, { contents }: Backup): boolean {
  if (request.collections === undefined) return true
  if (contents.kind !== 'by-database') return false
  return missingCollections(contents, requestedCollections(request))?.length === 0
}

/** An AVAILABLE backup that makes a new one unnecessary. */
async function freshBackup(
  request: CreateBackup,
  step: Step,
  listed: readonly Backup[],
): Promise<Backup | undefined> {
  const { clusterId, skipIfNewerThan } = request
  if (skipIfNewerThan === undefined) return undefined
  const type = typeOfNewBackup(request)
  const ofType = listed.filter(({ backupType, status }) => backupType === type && status === 'AVAILABLE')
  const notBefore = serviceTime(step.cloud).now - skipIfNewerThan
  const candidates = { clusterId, listed: ofType, notBefore }
  const found = await newest(step, candidates, backup => holdsAllOf(request, backup))
  if (found?.createTime === undefined) return undefined
  const age = Math.max(0, serviceTime(step.cloud).now - found.createTime)
  if (age >= skipIfNewerThan) return undefined
  step.notice(
    `No new backup: ${found.backupId} of cluster ${clusterId} is ${formatDuration(age)} old, younger than skip-if-newer-than.`,
  )
  return ofCluster({ clusterId, backupId: found.backupId }, found)
}

/**
 * With `if-busy: join`: a running MANUAL backup of the same type that is taken instead of a new one. It holds at least
 * the requested collections, where its description lists them, and is younger than `skip-if-newer-than`.
 */
async function backupToJoin(
  request: CreateBackup,
  step: Step,
  running: readonly Backup[],
): Promise<Backup | undefined> {
  const { clusterId, ifBusy, skipIfNewerThan = Number.POSITIVE_INFINITY } = request
  if (ifBusy !== 'join') return undefined
  const type = typeOfNewBackup(request)
  for (const { backupId, creationMethod, backupType } of running) {
    if (creationMethod !== 'MANUAL' || backupType !== type) continue
    const found = await describeOrRefusal(step, { clusterId, backupId })
    if (found instanceof ApiError || backupState(found.status) !== 'creating') continue
    const { createTime } = ofCluster({ clusterId, backupId }, found)
    const age = createTime === undefined ? undefined : Math.max(0, serviceTime(step.cloud).now - createTime)
    const isYoung = skipIfNewerThan === Number.POSITIVE_INFINITY || (age ?? Number.NaN) < skipIfNewerThan
    if (!isYoung || !holdsAllOf(request, found)) continue
    const began = age === undefined ? 'at an unknown time' : `${formatDuration(age)} ago`
    step.notice(
      `No new backup: ${backupId} of cluster ${clusterId} is CREATING and is used instead. It began ${began}, so later writes may not be in it.`,
    )
    return found
  }
  return undefined
}
