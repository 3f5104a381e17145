/** Backs up a cluster or collections of one database, and says so only when the backup is AVAILABLE. */

import { backupsRunning, logThatItWouldWait } from '../backups/busy.ts'
import { type FindToJoin, startBackup, waitUntilAvailable } from '../backups/create.ts'
import { publishBackup } from '../backups/find.ts'
import { newest } from '../backups/newest.ts'
import { describeOrRefusal, ofCluster } from '../backups/read.ts'
import { describeSource, listAny, refuseSourceByPlan } from '../backups/source.ts'
import { missingCollections } from '../collections/contents.ts'
import { type BackupCollections, parseBackupCollections } from '../collections/selection.ts'
import { formatDuration } from '../duration.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
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
  if (request.crossRegionCopies.length > 0) {
    const why = 'cannot be combined with cross-region-copies: a backup does not show which copies it has'
    if (request.skipIfNewerThan !== undefined) reader.report('skip-if-newer-than', why)
    if (request.ifBusy === 'join') reader.report('if-busy', `join ${why}`)
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
  const listed = await listAny(step, clusterId)
  if (listed.length === 0) await refuseSlip(step, clusterId)
  const fresh = await freshBackup(request, step, listed)
  if (fresh !== undefined) {
    publishUsed(request, step, fresh)
    return dryRun ? planned(step, []) : 'skipped'
  }
  const findToJoin = (running: readonly Backup[]) => backupToJoin(request, step, running)
  if (dryRun) return planRun(request, step, { listed, findToJoin })
  const onJob = (jobId: string) => {
    step.publish('jobId', jobId)
    step.publishList('jobIds', [jobId])
  }
  const start = await startBackup(request, step, { listed, findToJoin, onJob })
  const { backupId } = start.backup
  const jobId = start.kind === 'started' ? start.backup.jobId : undefined
  if (jobId !== undefined) onJob(jobId)
  publishBackup(step, start.backup)
  step.publishBoolean('created', start.kind === 'started')
  publishCollections(request, step)
  if (!request.wait) return start.kind === 'started' ? 'started' : 'skipped'
  const onRead = (found: Backup) => publishBackup(step, found)
  await waitUntilAvailable(request, step, { running: { clusterId, backupId, jobId }, onRead })
  return 'succeeded'
}

function publishUsed(request: CreateBackup, step: Step, backup: Backup): void {
  publishBackup(step, backup)
  step.publishBoolean('created', false)
  publishCollections(request, step)
}

function publishCollections(request: CreateBackup, step: Step): void {
  if (request.collections !== undefined) step.publishList('collections', requestedCollections(request))
}

/** A name or a slip has no backups either. A key that may back a cluster up need not be allowed to describe it (F85). */
async function refuseSlip(step: Step, clusterId: string): Promise<void> {
  await describeSource(step, clusterId).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.group !== 'permission') throw error
  })
}

async function planRun(
  request: CreateBackup,
  step: Step,
  { listed, findToJoin }: { listed: readonly Backup[]; findToJoin: FindToJoin },
): Promise<Outcome> {
  await refuseSourceByPlan(step, request.clusterId, 'backed up')
  const busy = backupsRunning(listed)
  const joined = await findToJoin(busy)
  if (joined !== undefined) {
    publishUsed(request, step, joined)
    return planned(step, [])
  }
  logThatItWouldWait(request, step, busy)
  publishCollections(request, step)
  return planned(step, [createBackup(request)])
}

/** Whether a backup is of the requested type and holds at least what was asked for, by its description. */
function serves(request: CreateBackup, { backupType, contents }: Backup): boolean {
  if (backupType !== typeOfNewBackup(request)) return false
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
  // Where the list does not show the type, the description decides.
  const ofType = listed.filter(
    ({ backupType = type, status }) => backupType === type && status === 'AVAILABLE',
  )
  const notBefore = serviceTime(step.cloud).now - skipIfNewerThan
  const candidates = { clusterId, listed: ofType, notBefore }
  const found = await newest(step, candidates, backup => serves(request, backup))
  if (found?.createTime === undefined) return undefined
  const age = Math.max(0, serviceTime(step.cloud).now - found.createTime)
  if (age >= skipIfNewerThan) return undefined
  const used = ofCluster({ clusterId, backupId: found.backupId }, found)
  step.notice(
    `No new backup: ${found.backupId} of cluster ${clusterId} is ${formatDuration(age)} old, younger than skip-if-newer-than.`,
  )
  return used
}

/**
 * With `if-busy: join`: a running MANUAL backup of the same type that is taken instead of a new one. It holds at least
 * the requested collections, where its description lists them, and is younger than `skip-if-newer-than`. What the list
 * shows as running may have ended since, and serves all the more.
 */
async function backupToJoin(
  request: CreateBackup,
  step: Step,
  running: readonly Backup[],
): Promise<Backup | undefined> {
  const { clusterId, ifBusy, skipIfNewerThan = Number.POSITIVE_INFINITY } = request
  if (ifBusy !== 'join') return undefined
  for (const { backupId, creationMethod } of running) {
    if (creationMethod === 'AUTO') continue
    const found = await describeOrRefusal(step, { clusterId, backupId })
    if (found instanceof ApiError || found.creationMethod !== 'MANUAL') continue
    if (!['creating', 'available'].includes(backupState(found.status))) continue
    const { createTime } = ofCluster({ clusterId, backupId }, found)
    const age = createTime === undefined ? undefined : Math.max(0, serviceTime(step.cloud).now - createTime)
    const isYoung = skipIfNewerThan === Number.POSITIVE_INFINITY || (age ?? Number.NaN) < skipIfNewerThan
    if (!isYoung || !serves(request, found)) continue
    const began = age === undefined ? 'at an unknown time' : `${formatDuration(age)} ago`
    step.notice(
      `No new backup: ${backupId} of cluster ${clusterId} is ${sanitize(found.status)} and is used instead. It began ${began}, so later writes may not be in it.`,
    )
    return found
  }
  return undefined
}
