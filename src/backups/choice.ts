/** The inputs `backup-id`, `max-age` and `backup-type`. */
import type { Reader } from '../inputs/reader.ts'
import type { BackupType } from '../zilliz/decode.ts'

/** One backup by its id, or the newest AVAILABLE one that serves. */
export type BackupChoice = { kind: 'id'; backupId: string } | LatestBackup

export interface LatestBackup {
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
