/** Starting one backup and seeing it through: never two, and none called done that is not there. */

import type { CreateBackup } from '../operations/requests.ts'
import { Failed, type Step } from '../step.ts'
import { backupAvailable, jobSuccessful } from '../waiting/conditions.ts'
import { lookForLost, maybeStarted } from '../waiting/lost-response.ts'
import { Cancelled, waitUntil } from '../waiting/poll.ts'
import { graceOfOwn, reach } from '../waiting/wait-for-all.ts'
import { patiently } from '../zilliz/connection.ts'
import type { Backup } from '../zilliz/decode.ts'
import { plain, Refused } from '../zilliz/errors.ts'
import { createBackup, describeCluster, listBackups, type StartedBackup } from '../zilliz/reads.ts'
import { lacking } from './find.ts'

/** What a backup is to hold and how to go about it; `restore-collections` takes its safety backup so too. */
export type BackupOrder = Pick<
  CreateBackup,
  'clusterId' | 'collections' | 'crossRegionCopies' | 'ifBusy' | 'pollInterval'
>

/** A backup that was started; without a job when its answer was lost and it was found by looking. */
export type Started = Omit<StartedBackup, 'jobId'> & { jobId?: string | undefined }

/**
 * Starts one backup: after another that is running, if the workflow wants that, and never twice.
 *
 * @param listed the backups of the cluster, read a moment ago
 */
export async function startBackup(
  order: BackupOrder,
  step: Step,
  listed: readonly Backup[],
): Promise<Started> {
  const { clusterId } = order
  const remember = (started: Started) => {
    if (started.jobId !== undefined) step.running.jobIds.add(started.jobId)
    step.running.backup = { clusterId, backupId: started.backupId }
    const job = started.jobId === undefined ? '' : `: job ${started.jobId}`
    step.log(`Backup ${started.backupId} of cluster ${clusterId} has started${job}.`)
    if (order.crossRegionCopies.length > 0) {
      step.log(
        'Its copies in other regions start after it. The service tells no jobs of theirs, so they are not waited for.',
      )
    }
    return started
  }
  let before = listed
  for (;;) {
    before = await freeOfBackups(order, step, before)
    try {
      return remember(await createBackup(step.cloud, clusterId, backupBody(order)))
    } catch (error) {
      if (maybeStarted(error)) return remember(await adoptBackup(order, step, before, error))
      if (!(error instanceof Refused)) throw error
      const running = await afterRefusal(order, step, error)
      // Refused by a server that failed, or in words nobody knows, and yet there is one that may be ours.
      const inDoubt = error.status >= 500 || typeof error.code === 'string'
      if (inDoubt && addedSince(order, before, running).length > 0) {
        return remember(await adoptBackup(order, step, before, error))
      }
      before = running
    }
  }
}

/** Waits until a started backup is truly there: its job SUCCESSFUL, itself AVAILABLE with what was asked. */
export async function backupDone(order: BackupOrder, step: Step, started: Started): Promise<void> {
  const { pollInterval } = order
  if (started.jobId !== undefined) {
    await reach(step, [jobSuccessful(started.jobId, graceOfOwn)], { pollInterval })
  }
  const backup = { clusterId: order.clusterId, backupId: started.backupId }
  const check = (found: Backup) => {
    const lack = lacking(found.contents, askedNames(order)) ?? []
    return lack.length === 0 ? undefined : `it does not hold ${lack.map(plain).join(', ')}`
  }
  await reach(step, [backupAvailable(backup, graceOfOwn, check)], { pollInterval })
}

export function backupType(order: BackupOrder): 'CLUSTER' | 'COLLECTION' {
  return order.collections === undefined ? 'CLUSTER' : 'COLLECTION'
}

export function askedNames({ collections }: BackupOrder) {
  return (collections?.collections ?? []).map(collection => ({
    database: collections?.database ?? '',
    collection,
  }))
}

/** The request body (F24). */
export function backupBody(order: BackupOrder) {
  const { collections, crossRegionCopies } = order
  return {
    backupType: backupType(order),
    ...(collections && {
      dbCollections: [{ dbName: collections.database, collectionNames: collections.collections }],
    }),
    ...(crossRegionCopies.length > 0 && {
      crossRegionCopies: crossRegionCopies.map(regionId => ({ regionId })),
    }),
  }
}

export function backupsRunning(backups: readonly Backup[]): Backup[] {
  return backups.filter(backup => backup.status === 'CREATING')
}

/** Says which backups are running already; with `if-busy: fail` that is an error. */
export function busySentence(order: BackupOrder, busy: readonly Backup[]): string {
  const names = busy.map(({ backupId, creationMethod }) =>
    creationMethod ? `${backupId} (${plain(creationMethod)})` : backupId,
  )
  const sentence = `Cluster ${order.clusterId} is being backed up already: ${names.join(', ')} is CREATING.`
  if (order.ifBusy === 'wait') return sentence
  throw new Failed(`${sentence} Wait for it, or let this step wait with if-busy: wait.`)
}

/** Waits until no backup of the cluster is running (F26, F27), and gives the list that showed it. */
async function freeOfBackups(
  order: BackupOrder,
  step: Step,
  listed: readonly Backup[],
): Promise<readonly Backup[]> {
  const busy = backupsRunning(listed)
  if (busy.length === 0) return listed
  step.log(`${busySentence(order, busy)} Waiting for it to end, since only one can run at a time.`)
  const { clock, deadline } = step
  // A list that lags behind must not be asked in a tight loop.
  await clock.pause(Math.min(order.pollInterval, 2_000))
  const late = () => `The time is over: another backup of cluster ${order.clusterId} is still running.`
  return waitUntil<readonly Backup[]>(
    async () => {
      const now = await listBackups(patiently(step.cloud), order.clusterId)
      return backupsRunning(now).length === 0 ? { done: now } : { progress: undefined }
    },
    { clock, deadline, longest: order.pollInterval, late },
  )
}

/**
 * A refusal with a code of its own kind, while another backup is running, means "busy": no code is
 * documented for that (F27, U5).
 */
async function afterRefusal(order: BackupOrder, step: Step, refused: Refused): Promise<readonly Backup[]> {
  const otherwise = ['key', 'permission', 'not-found', 'parameter'] as const
  if (otherwise.some(group => group === refused.group) || [401, 403, 404].includes(refused.status))
    throw refused
  const { clusterId } = order
  try {
    const listed = await listBackups(step.cloud, clusterId)
    if (backupsRunning(listed).length > 0) return listed
    const { status } = await describeCluster(step.cloud, clusterId)
    throw new Failed(`${refused.message} Cluster ${clusterId} is ${plain(status)}.`, { cause: refused })
  } catch (error) {
    if (error instanceof Cancelled || error instanceof Failed) throw error
    const cause = error instanceof Error ? error.message : String(error)
    throw new Failed(`${refused.message}\nThe state of cluster ${clusterId} is not known. ${cause}`, {
      cause: refused,
    })
  }
}

/** Manual backups of the asked type that were not there before. */
function addedSince(order: BackupOrder, before: readonly Backup[], now: readonly Backup[]): Backup[] {
  const known = new Set(before.map(({ backupId }) => backupId))
  const type = backupType(order)
  return now.filter(
    ({ backupId, creationMethod, backupType }) =>
      !known.has(backupId) && creationMethod === 'MANUAL' && backupType === type,
  )
}

/** The answer to the POST was lost: the one manual backup that was not there before is ours. */
async function adoptBackup(
  order: BackupOrder,
  step: Step,
  before: readonly Backup[],
  lost: Error,
): Promise<Started> {
  step.log(`${lost.message} Looking whether the backup has started.`)
  const result = await lookForLost(step, lost, async cloud => {
    const added = addedSince(order, before, await listBackups(cloud, order.clusterId))
    return added.length > 0 ? added : undefined
  })
  const added = typeof result === 'object' && 'found' in result ? result.found : []
  const [only] = added
  if (only !== undefined && added.length === 1)
    return { backupId: only.backupId, backupName: only.backupName }
  const seen =
    added.length > 1
      ? `These are new, and any may be it: ${added.map(({ backupId }) => backupId).join(', ')}.`
      : result instanceof Error
        ? `It could not be looked for: ${result.message}`
        : 'No new backup is listed.'
  throw new Failed(
    `${lost.message} The backup may have started all the same. ${seen} Look at the backups of cluster ${order.clusterId} in the console before running this step again.`,
    { cause: lost },
  )
}
