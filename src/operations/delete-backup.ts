/** Deletes one backup, and says so only when a read shows it gone. */

import { isLatest } from '../backups/choice.ts'
import { deleteAndRead, waitUntilGone } from '../backups/delete.ts'
import { backupRows } from '../backups/description.ts'
import { ofClusterOrListed } from '../backups/find.ts'
import { describeStatesOf } from '../backups/format.ts'
import { ofCluster } from '../backups/of-cluster.ts'
import { isProtectedBackup } from '../backups/protected.ts'
import { publishBackup } from '../backups/publish.ts'
import { isDeleted } from '../backups/read.ts'
import { OperationFailed, withMore } from '../errors.ts'
import type { CommonInputs } from '../inputs/inputs.ts'
import type { Reader } from '../inputs/reader.ts'
import { type Outcome, planned, type Step } from '../step.ts'
import { capitalize, quoteInput, sanitize } from '../untrusted-text.ts'
import { expectChange } from '../zilliz/ahead.ts'
import { deleteBackup } from '../zilliz/changes.ts'
import type { Backup, BackupRef } from '../zilliz/decode.ts'
import { ApiError, isNotFound, NoResponseError } from '../zilliz/errors.ts'
import { describeBackup } from '../zilliz/reads.ts'
import { serviceTime } from '../zilliz/service-time.ts'

export interface DeleteBackup extends CommonInputs, BackupRef {
  dryRun: boolean
}

export function read(reader: Reader, common: CommonInputs): DeleteBackup {
  const backupId = reader.id('backup-id')
  if (isLatest(backupId)) {
    reader.report('backup-id', 'expected the id of a backup; delete-backup does not take "latest"')
  }
  if (isProtectedBackup({ protectedBackups: reader.ids('protected-backups') }, backupId)) {
    reader.report('backup-id', `${quoteInput(backupId)} is one of protected-backups: it is not deleted`)
  }
  return { ...common, clusterId: reader.id('cluster-id'), backupId, dryRun: reader.boolean('dry-run') }
}

export async function run(request: DeleteBackup, step: Step): Promise<Outcome> {
  const { clusterId, backupId, dryRun } = request
  const { report } = step
  report.subject = `Deletion of backup ${backupId}`
  if (!dryRun) expectChange(step.cloud)
  step.publishList('deletedBackupIds', [])
  const found = await lookUp(step, request)
  if (found !== undefined) publishBackup(step, found)
  if (found === undefined || isDeleted(found)) {
    const why = whyNothing(request, found)
    report.heading = `Nothing to delete: no backup ${backupId}`
    report.sentence = `${capitalize(why)}.`
    step.notice(`Nothing to delete: ${why}.`)
    return dryRun ? planned(step, []) : 'skipped'
  }
  const name = found.clusterName ?? clusterId
  report.rows.push(...backupRows(found, serviceTime(step.cloud).now).filter(row => toName.includes(row.name)))
  if (dryRun) {
    report.heading = `Dry run: backup ${backupId} of ${name} would be deleted`
    report.sentence = 'Nothing was deleted.'
    return planned(step, [deleteBackup(request)])
  }
  step.log(`Deleting backup ${backupId} of cluster ${clusterId}, which is ${sanitize(found.status)}.`)
  const isGoneAlready = await deleteAndConfirm(step, request)
  if (isGoneAlready) {
    report.heading = `Nothing to delete: backup ${backupId} is gone already`
    step.notice(`Nothing to delete: backup ${backupId} of cluster ${clusterId} is DELETED already.`)
    return 'skipped'
  }
  step.log(`Backup ${backupId} of cluster ${clusterId} is deleted. It cannot be restored any more.`)
  report.heading = `Backup ${backupId} of ${name} is deleted`
  report.sentence = 'It cannot be restored any more.'
  step.publishList('deletedBackupIds', [backupId])
  return 'succeeded'
}

/** A state that it no longer has is none of them. */
const toName = ['Backup id', 'Name in the console', 'Type', 'Size', 'Created']

function whyNothing({ clusterId, backupId }: BackupRef, found: Backup | undefined): string {
  return found === undefined
    ? `the list of all backups that the key can see has no backup ${backupId} of cluster ${clusterId}`
    : `backup ${backupId} of cluster ${clusterId} is ${found.status} already`
}

/**
 * @returns whether it was gone before anything was sent
 * @throws OperationFailed when it is refused, or when the list still has it; another error says that it may be deleted
 */
async function deleteAndConfirm(step: Step, backup: BackupRef): Promise<boolean> {
  const { clusterId, backupId } = backup
  let mayBeDone = false
  const check = (found: Backup | ApiError) => checkAgain(backup, found)
  const onSend = (may: boolean) => {
    mayBeDone = may
  }
  try {
    const outcome = await deleteAndRead(step, backup, { check, onSend })
    if (outcome === 'deleted') return false
    const left = await waitUntilGone(step, clusterId, new Map([[backupId, outcome]]))
    if (left.length === 0) return false
    throw new OperationFailed(
      `The deletion was sent, but cluster ${clusterId} still has backup ${describeStatesOf(left)}. Look at it in the console.`,
    )
  } catch (error) {
    if (error instanceof GoneAlready) return true
    // No code says "not found" of a backup (U5): the list does.
    if (error instanceof Unreadable) {
      const left = await waitUntilGone(step, clusterId, new Map([[backupId, 'not-sent']]))
      if (left.length === 0) return true
      throw error.refused
    }
    if (error instanceof OperationFailed || !mayBeDone) throw error
    const maybe = `Backup ${backupId} of cluster ${clusterId} may be deleted anyway.`
    throw withMore(error, { stake: maybe })
  }
}

/** What its description must show right before it is deleted: it is the one that was found. */
function checkAgain(backup: BackupRef, found: Backup | ApiError): void {
  if (found instanceof ApiError) throw new Unreadable(found)
  ofCluster(backup, found)
  if (isDeleted(found)) throw new GoneAlready()
}

/** Somebody else deleted it in the meantime. */
class GoneAlready extends Error {}

/** Its description is refused, as that of a deleted one is. */
class Unreadable extends Error {
  readonly refused: ApiError

  constructor(refused: ApiError) {
    super(refused.message)
    this.refused = refused
  }
}

/**
 * The backup to be deleted; undefined when nothing the key can see has that id. No code says "not found" of a
 * backup (U5), so a refused description is no answer, but the list of all is.
 *
 * @throws OperationFailed when it is one of another cluster
 */
async function lookUp(step: Step, backup: BackupRef): Promise<Backup | undefined> {
  try {
    return await ofClusterOrListed(step, backup, await describeBackup(step.cloud, backup))
  } catch (error) {
    const mayBeGone =
      isNotFound(error, 'backup') || isNotFound(error, 'cluster') || error instanceof NoResponseError
    if (!mayBeGone) throw error
    const { findAnywhere, refuseNameAsId } = await import('../backups/not-found.ts')
    const listed = await findAnywhere(step, backup)
    // A name or a slip in place of the cluster's id has no backups either.
    if (listed === undefined) await refuseNameAsId(step, backup.clusterId, error)
    if (listed === undefined || isDeleted(listed)) return listed
    throw withMore(error, { stake: `The list of all backups has it: ${describeStatesOf([listed])}.` })
  }
}
