/** From `backup-id`, `max-age` and `backup-type` to a backup. */
import { formatDuration, timestamp } from '../duration.ts'
import { OperationFailed } from '../errors.ts'
import type { Reader } from '../inputs/reader.ts'
import type { Step } from '../step.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import type { Backup, BackupRef, BackupType } from '../zilliz/decode.ts'
import { ApiError, isNotFound } from '../zilliz/errors.ts'
import { describeBackup, listBackups, otherCase, sameButCase } from '../zilliz/reads.ts'
import { serviceTime } from '../zilliz/service-time.ts'
import { describeStatesOf, describeTypesOf } from './format.ts'
import { newest } from './newest.ts'
import { listBackupsOf, refuseNameAsId } from './source.ts'

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

function readBackup(step: Step, { clusterId, backup: choice }: BackupRequest): Promise<Backup> {
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

/**
 * The same, for a restore or an export to read from: AVAILABLE, and of a type that serves.
 *
 * @param mayBeUnused it is not published here: a step that reuses a cluster restores nothing
 */
export async function chooseBackup(
  step: Step,
  request: BackupRequest,
  { type, use, mayBeUnused }: { type?: 'CLUSTER'; use: 'restored' | 'exported'; mayBeUnused?: boolean },
): Promise<Backup> {
  const backup = await (mayBeUnused ? readBackup : findBackup)(step, request)
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
    return await ofClusterOrListed(step, backup, await describeBackup(step.cloud, backup))
  } catch (error) {
    if (!isNotFound(error, 'backup') && !isNotFound(error, 'cluster')) throw error
    throw await explainNotFound(step, backup, error)
  }
}

/**
 * After a refusal that says "not found" of a backup or of its cluster: where the backup is instead, if anywhere.
 *
 * @throws OperationFailed with the right id, where one of the two is a name, or differs by case alone
 */
export async function explainNotFound(step: Step, backup: BackupRef, refused: ApiError): Promise<Error> {
  const listed = await findAnywhere(step, backup)
  // A name or a slip in place of the cluster's id explains more than its backup does.
  if (listed === undefined) {
    await refuseNameAsId(step, backup.clusterId, refused).catch((error: unknown) => {
      // A key that may not list clusters: the first refusal says enough.
      if (!(error instanceof ApiError)) throw error
    })
  }
  const where = listed === undefined ? '' : ` The list of backups has it: ${describeStatesOf([listed])}.`
  return new OperationFailed(`${refused.message}${where} Check backup-id and cluster-id.`, { cause: refused })
}

/**
 * Where a backup is that its description does not show: in the list of all backups that the key can see.
 *
 * @returns undefined when nothing there has that id
 * @throws OperationFailed when it is one of another cluster, when the id differs by case alone, or is a name
 */
export async function findAnywhere(step: Step, backup: BackupRef): Promise<Backup | undefined> {
  const { clusterId, backupId } = backup
  const all = await listBackups(step.cloud)
  const listed = all.find(other => other.backupId === backupId)
  if (listed !== undefined) return ofCluster(backup, listed)
  const other = all.find(({ backupId: id }) => sameButCase(id, backupId))
  if (other !== undefined) throw otherCase('backup-id', backupId, other.backupId)
  const named = all.filter(({ backupName }) => sameButCase(backupName, backupId))
  const [first] = named.filter(({ clusterId: id }) => id === undefined || id === clusterId).concat(named)
  if (first === undefined) return undefined
  throw new OperationFailed(
    `backup-id: ${quote(backupId)} is the name of a backup; expected is its id, ${describeStatesOf([first])}.`,
  )
}

/**
 * A backup as it was asked for: guards that go by `cluster-id` would believe a slip, where the service finds a backup
 * by its id alone.
 *
 * @throws OperationFailed when it is one of another cluster, or an id differs by case alone
 */
export function ofCluster({ clusterId, backupId }: BackupRef, backup: Backup): Backup {
  if (backup.backupId !== backupId) throw otherCase('backup-id', backupId, backup.backupId)
  if (backup.clusterId === undefined || backup.clusterId === clusterId) return backup
  if (sameButCase(backup.clusterId, clusterId)) throw otherCase('cluster-id', clusterId, backup.clusterId)
  throw new OperationFailed(
    `Backup ${describeStatesOf([backup])} belongs to cluster ${sanitize(backup.clusterId)}, not to cluster ${clusterId}, so nothing is done with it. Check cluster-id and backup-id.`,
  )
}

/** The same; where the description does not show the cluster, the list of all backups may. */
export async function ofClusterOrListed(step: Step, backup: BackupRef, found: Backup): Promise<Backup> {
  const { clusterId } = ofCluster(backup, found)
  return clusterId === undefined
    ? { ...found, clusterId: (await findAnywhere(step, backup))?.clusterId }
    : found
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
    throw new OperationFailed(
      `backup-id: latest finds no AVAILABLE backup${kind} of cluster ${clusterId}. Found instead: ${describeTypesOf(listed)}.`,
    )
  }
  const { createTime } = found
  const age = createTime === undefined ? undefined : Math.max(0, serviceTime(step.cloud).now - createTime)
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
