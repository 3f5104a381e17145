/** Backs up a cluster or collections of one database, and says so only when the backup is AVAILABLE. */

import { backupsRunning } from '../backups/busy.ts'
import { type FindToJoin, type Start, startBackup } from '../backups/create.ts'
import { clusterNameIn } from '../backups/format.ts'
import { publishBackup } from '../backups/publish.ts'
import { describeSource, listAny, unknownWhereForbidden } from '../backups/source.ts'
import type { BackupCollections } from '../collections/selection.ts'
import { formatDuration } from '../duration.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type How, showBackup, showPlannedBackup } from '../reports/backup.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { expectChange } from '../zilliz/ahead.ts'
import { createBackup, requestedCollections } from '../zilliz/changes.ts'
import type { Backup } from '../zilliz/decode.ts'

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

export async function read(reader: Reader, common: CommonInputs): Promise<CreateBackup> {
  const request: CreateBackup = {
    ...common,
    clusterId: reader.id('cluster-id'),
    collections: await readCollections(reader),
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

async function readCollections(reader: Reader): Promise<BackupCollections | undefined> {
  const text = reader.optional('collections')
  if (text === undefined) return undefined
  const { parseBackupCollections } = await import('../collections/selection.ts')
  return parseBackupCollections(text, problem => reader.report('collections', problem))
}

export async function run(request: CreateBackup, step: Step): Promise<Outcome> {
  const { clusterId, dryRun } = request
  step.report.subject = `Backup of ${clusterId}`
  if (!dryRun) expectChange(step.cloud)
  const listed = await listAny(step, clusterId)
  const clusterName = listed.length === 0 ? await refuseSlip(step, clusterId) : clusterNameIn(listed)
  step.report.subject = `Backup of ${clusterName ?? clusterId}`
  const fresh = await findFresh(request, step, listed)
  if (fresh !== undefined) {
    publishUsed(request, step, fresh)
    showBackup(step, asked(request), { backup: fresh, how: young(request) })
    return dryRun ? planned(step, []) : 'skipped'
  }
  const findToJoin = request.ifBusy === 'join' ? joinFor(request, step) : undefined
  if (dryRun) return planRun(request, step, { listed, findToJoin, clusterName })
  const start = await startBackup(request, step, { listed, findToJoin, onJob: publishJob(step) })
  return follow(request, step, { start, clusterName })
}

async function findFresh(
  { skipIfNewerThan, ...wanted }: CreateBackup,
  step: Step,
  listed: readonly Backup[],
): Promise<Backup | undefined> {
  if (skipIfNewerThan === undefined) return undefined
  const { freshBackup } = await import('../backups/instead.ts')
  return freshBackup({ ...wanted, skipIfNewerThan }, step, listed)
}

function joinFor(wanted: CreateBackup, step: Step): FindToJoin {
  return async running => {
    const { backupToJoin } = await import('../backups/instead.ts')
    return backupToJoin(wanted, step, running)
  }
}

/** Publishes what has started, and waits for it. */
async function follow(
  request: CreateBackup,
  step: Step,
  { start, clusterName }: { start: Start; clusterName: string | undefined },
): Promise<Outcome> {
  const { clusterId } = request
  const isOurs = start.kind === 'started'
  const { backupId } = start.backup
  const jobId = isOurs ? start.backup.jobId : undefined
  if (jobId !== undefined) publishJob(step)(jobId)
  publishBackup(step, start.backup)
  step.publishBoolean('created', isOurs)
  publishCollections(request, step)
  if (!request.wait) {
    const backup = { clusterName, ...start.backup }
    showBackup(step, asked(request), { backup, how: isOurs ? 'started' : wasRunning })
    return isOurs ? 'started' : 'skipped'
  }
  const read: { backup: Partial<Backup> } = { backup: start.backup }
  const onRead = (found: Backup) => {
    read.backup = found
    publishBackup(step, found)
  }
  const { waitUntilAvailable } = await import('../backups/available.ts')
  await waitUntilAvailable(request, step, { running: { clusterId, backupId, jobId }, onRead })
  showBackup(step, asked(request), { backup: read.backup, how: isOurs ? 'made' : wasRunning })
  return 'succeeded'
}

function publishJob(step: Step): (jobId: string) => void {
  return jobId => {
    step.publish('jobId', jobId)
    step.publishList('jobIds', [jobId])
  }
}

/** What the summary says was asked for. */
function asked(request: CreateBackup) {
  const { clusterId, collections, crossRegionCopies } = request
  return { clusterId, collections: collections && requestedCollections(request), crossRegionCopies }
}

function publishUsed(request: CreateBackup, step: Step, backup: Backup): void {
  publishBackup(step, backup)
  step.publishBoolean('created', false)
  publishCollections(request, step)
}

const wasRunning: How = { used: 'It was running already when this step began.' }

function young({ skipIfNewerThan = 0 }: CreateBackup): How {
  return { used: `It is younger than skip-if-newer-than (${formatDuration(skipIfNewerThan)}).` }
}

function publishCollections(request: CreateBackup, step: Step): void {
  if (request.collections !== undefined) step.publishList('collections', requestedCollections(request))
}

/** A name or a slip has no backups either. */
async function refuseSlip(step: Step, clusterId: string): Promise<string | undefined> {
  const found = await describeSource(step, clusterId).catch(unknownWhereForbidden)
  return found?.clusterName
}

interface Before {
  listed: readonly Backup[]
  findToJoin: FindToJoin | undefined
  clusterName: string | undefined
}

async function planRun(
  request: CreateBackup,
  step: Step,
  { listed, findToJoin, clusterName }: Before,
): Promise<Outcome> {
  const { refuseSourceByPlan } = await import('../backups/plans.ts')
  await refuseSourceByPlan(step, request.clusterId, 'backed up')
  const busy = backupsRunning(listed)
  const joined = await findToJoin?.(busy)
  if (joined !== undefined) {
    publishUsed(request, step, joined)
    showBackup(step, asked(request), { backup: joined, how: wasRunning })
    return planned(step, [])
  }
  if (busy.length > 0) {
    const { logThatItWouldWait } = await import('../backups/in-the-way.ts')
    logThatItWouldWait(request, step, busy)
  }
  publishCollections(request, step)
  showPlannedBackup(step, asked(request), { clusterName, busy })
  return planned(step, [createBackup(request)])
}
