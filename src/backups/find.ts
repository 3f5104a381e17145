/** From `backup-id`, `max-age` and `backup-type` to a backup. */
import { formatDuration, timestamp } from '../duration.ts'
import { OperationFailed } from '../errors.ts'
import type { Reader } from '../inputs/reader.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import type { Backup, BackupRef, BackupType } from '../zilliz/decode.ts'
import { isNotFound } from '../zilliz/errors.ts'
import { describeBackup } from '../zilliz/reads.ts'
import { serviceTime } from '../zilliz/service-time.ts'
import { describeTypesOf } from './format.ts'
import { newest } from './newest.ts'
import { ofCluster } from './read.ts'
import { listBackupsOf } from './source.ts'

/** One backup by its id, or the newest AVAILABLE one that serves. */
export type BackupChoice =
  | { kind: 'id'; backupId: string }
  | {
      kind: 'latest'
      /** Milliseconds. Absent: of any age. */
      maxAge: number | undefined
      /** Absent: either. */
      backupType: BackupType | undefined
    }

/** What a request says of its backup. */
export interface BackupRequest {
  /** The source cluster. */
  clusterId: string
  backup: BackupChoice
}

/** @param backupType of `latest`; absent: either */
export function readBackupChoice(reader: Reader, backupType?: BackupType): BackupChoice {
  const backupId = reader.id('backup-id')
  const maxAge = reader.optionalDuration('max-age')
  if (isLatest(backupId)) return { kind: 'latest', maxAge, backupType }
  if (reader.optional('max-age') !== undefined) {
    reader.report('max-age', 'has an effect only with backup-id: latest')
  }
  return { kind: 'id', backupId }
}

export function isLatest(backupId: string): boolean {
  return backupId.toLowerCase() === 'latest'
}

export function readBackupType(reader: Reader): BackupType | undefined {
  const type = reader.oneOf('backup-type', ['any', 'CLUSTER', 'COLLECTION'] as const)
  return type === 'any' ? undefined : type
}

/**
 * The backup that the inputs name: the one of that id, in whatever state, or the newest AVAILABLE one. Its id
 * and name are published.
 */
export async function findBackup(step: Step, request: BackupRequest): Promise<Backup> {
  const backup = await readBackup(step, request)
  publishBackup(step, backup)
  return backup
}

/** Nothing but reads, so it may go together with others; what it gives is for `checkedBackup`. */
export function readBackup(step: Step, { clusterId, backup: choice }: BackupRequest): Promise<Backup> {
  return choice.kind === 'latest'
    ? latestBackup(step, clusterId, choice)
    : namedBackup(step, { clusterId, backupId: choice.backupId })
}

/** What is known of the backup that a step uses or made. */
export function publishBackup(step: Step, { backupId, backupName, size, createTime }: Partial<Backup>): void {
  step.publish('backupId', backupId)
  step.publish('backupName', backupName)
  step.publishNumber('backupSize', size)
  if (createTime !== undefined) step.publish('backupTime', timestamp(createTime))
}

interface Use {
  type?: 'CLUSTER'
  use: 'restored' | 'exported' | 'compared with'
  /** It is not published here: a step that reuses a cluster restores nothing. */
  mayBeUnused?: boolean
}

/** The same, for a restore or an export to read from: AVAILABLE, and of a type that serves. */
export async function chooseBackup(step: Step, request: BackupRequest, use: Use): Promise<Backup> {
  return checkedBackup(step, request, { backup: await readBackup(step, request), ...use })
}

/** The backup that was read, where it can be used. */
export function checkedBackup(
  step: Step,
  request: BackupRequest,
  { backup, type, use, mayBeUnused = false }: Use & { backup: Backup },
): Backup {
  if (!mayBeUnused) publishBackup(step, backup)
  const name = `Backup ${backup.backupId} of cluster ${request.clusterId}`
  const { backupId, status } = backup
  if (status !== 'AVAILABLE') {
    // So that the step that waits for it is shown.
    if (status === 'CREATING') {
      step.inProgress.started({ kind: 'backup', clusterId: request.clusterId, backupId })
    }
    throw new OperationFailed({
      what: `${name} is ${sanitize(status)}; only an AVAILABLE backup can be ${use}.`,
      next: status === 'CREATING' ? 'Wait for it with operation: wait.' : undefined,
      help: 'no-backup-to-restore',
    })
  }
  if (type !== undefined && backup.backupType !== type) {
    throw new OperationFailed({
      what: `${name} is of type ${sanitize(backup.backupType ?? 'unknown')}, and a new cluster needs one of type ${type}.`,
      next: 'Its collections can be restored into an existing cluster with operation: restore-collections.',
      help: 'no-backup-to-restore',
    })
  }
  return backup
}

async function namedBackup(step: Step, backup: BackupRef): Promise<Backup> {
  try {
    return await ofClusterOrListed(step, backup, await describeBackup(step.cloud, backup))
  } catch (error) {
    if (!isNotFound(error, 'backup') && !isNotFound(error, 'cluster')) throw error
    const { explainNotFound } = await import('./not-found.ts')
    throw await explainNotFound(step, backup, error)
  }
}

/** The backup as it was asked for; where its description does not show the cluster, the list of all backups may. */
export async function ofClusterOrListed(step: Step, backup: BackupRef, found: Backup): Promise<Backup> {
  const { clusterId } = ofCluster(backup, found)
  if (clusterId !== undefined) return found
  const { findAnywhere } = await import('./not-found.ts')
  return { ...found, clusterId: (await findAnywhere(step, backup))?.clusterId }
}

async function latestBackup(
  step: Step,
  clusterId: string,
  { maxAge, backupType: type }: Extract<BackupChoice, { kind: 'latest' }>,
): Promise<Backup> {
  const listed = await listBackupsOf(step, clusterId)
  const serves = ({ backupType }: Backup) => type === undefined || backupType === type
  // Where the list does not show the type, the description decides.
  const mayServe = (backup: Backup) => backup.backupType === undefined || serves(backup)
  const wanted = listed.filter(backup => backup.status === 'AVAILABLE' && mayServe(backup))
  const chosen = await newest(step, { clusterId, listed: wanted }, serves)
  const found = chosen && ofCluster({ clusterId, backupId: chosen.backupId }, chosen)
  const kind = type === undefined ? '' : ` of type ${type}`
  if (found === undefined) {
    throw new OperationFailed({
      what: `backup-id: latest finds no AVAILABLE backup${kind} of cluster ${clusterId}. Found instead: ${describeTypesOf(listed)}.`,
      help: 'no-backup-to-restore',
    })
  }
  const { createTime } = found
  const age = createTime === undefined ? undefined : Math.max(0, serviceTime(step.cloud).now - createTime)
  if (maxAge !== undefined && (age === undefined || age > maxAge)) {
    const old = age === undefined ? 'of unknown age' : `${formatDuration(age)} old`
    throw new OperationFailed({
      what: `The newest AVAILABLE backup${kind} of cluster ${clusterId} is ${found.backupId}, ${old}; max-age allows ${formatDuration(maxAge)}.`,
      help: 'no-backup-to-restore',
    })
  }
  const old = age === undefined ? '' : `, ${formatDuration(age)} old`
  step.log(`backup-id: latest is ${found.backupId}${old}.`)
  return found
}
