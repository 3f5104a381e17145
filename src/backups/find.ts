/** From `backup-id`, `max-age` and `backup-type` to a backup. */
import { formatDuration } from '../duration.ts'
import { OperationFailed } from '../errors.ts'
import type { Reader } from '../inputs/reader.ts'
import type { Step } from '../step.ts'
import { sanitize } from '../untrusted-text.ts'
import type { Backup, BackupRef, BackupType } from '../zilliz/decode.ts'
import { isNotFound } from '../zilliz/errors.ts'
import { describeBackup, listBackups } from '../zilliz/reads.ts'
import { describeTypesOf } from './format.ts'
import { newest } from './newest.ts'

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
  return reader.oneOf('backup-type', ['CLUSTER', 'COLLECTION'] as const)
}

/**
 * The backup that the inputs name: the one of that id, in whatever state, or the newest AVAILABLE one. Its id
 * and name are published.
 */
export async function findBackup(step: Step, { clusterId, backup: choice }: BackupRequest): Promise<Backup> {
  const backup =
    choice.kind === 'latest'
      ? await latestBackup(step, clusterId, choice)
      : await namedBackup(step, { clusterId, backupId: choice.backupId })
  step.publish('backupId', backup.backupId)
  step.publish('backupName', backup.backupName)
  return backup
}

/** The same, for a restore or an export to read from: AVAILABLE, and of a type that serves. */
export async function chooseBackup(
  step: Step,
  request: BackupRequest,
  { type, use }: { type?: 'CLUSTER'; use: 'restored' | 'exported' },
): Promise<Backup> {
  const backup = await findBackup(step, request)
  const name = `Backup ${backup.backupId} of cluster ${request.clusterId}`
  if (backup.status !== 'AVAILABLE') {
    const wait = backup.status === 'CREATING' ? ' Wait for it with operation: wait.' : ''
    throw new OperationFailed(
      `${name} is ${sanitize(backup.status)}; only an AVAILABLE backup can be ${use}.${wait}`,
    )
  }
  if (type !== undefined && backup.backupType !== type) {
    throw new OperationFailed(
      `${name} is of type ${sanitize(backup.backupType ?? 'unknown')}, and a new cluster needs one of type ${type}. Its collections can be restored into an existing cluster with operation: restore-collections.`,
    )
  }
  return backup
}

async function namedBackup(step: Step, backup: BackupRef): Promise<Backup> {
  try {
    return await describeBackup(step.cloud, backup)
  } catch (error) {
    if (!isNotFound(error, 'backup')) throw error
    throw new OperationFailed(`${error.message} Check backup-id and cluster-id.`, { cause: error })
  }
}

async function latestBackup(
  step: Step,
  clusterId: string,
  { maxAge, backupType: type }: Extract<BackupChoice, { kind: 'latest' }>,
): Promise<Backup> {
  const listed = await listBackups(step.cloud, clusterId)
  const serves = ({ backupType }: Backup) => type === undefined || backupType === type
  const wanted = listed.filter(backup => backup.status === 'AVAILABLE' && serves(backup))
  const found = await newest(step, { clusterId, listed: wanted }, serves)
  const kind = type === undefined ? '' : ` of type ${type}`
  if (found === undefined) {
    throw new OperationFailed(
      `backup-id: latest finds no AVAILABLE backup${kind} of cluster ${clusterId}. Found instead: ${describeTypesOf(listed)}.`,
    )
  }
  const age = found.createTime === undefined ? undefined : step.clock.now() - found.createTime
  if (maxAge !== undefined && (age === undefined || age > maxAge)) {
    const old = age === undefined ? 'of unknown age' : `${formatDuration(age)} old`
    throw new OperationFailed(
      `The newest AVAILABLE backup${kind} of cluster ${clusterId} is ${found.backupId}, ${old}; max-age allows ${formatDuration(maxAge)}.`,
    )
  }
  const old = age === undefined ? '' : `, ${formatDuration(age)} old`
  step.log(`backup-id: latest is ${found.backupId}${old}.`)
  return found
}
