import { parseBackupCollections } from '../collections/names.ts'
import { quoteInput, type Reader } from '../inputs/reader.ts'
import type {
  BackupChoice,
  BackupType,
  Common,
  CreateBackup,
  DeleteBackup,
  DescribeBackup,
  ExportBackup,
  ListBackups,
  PruneBackups,
} from './requests.ts'

export function parseCreateBackup(reader: Reader, common: Common): CreateBackup {
  const text = reader.optional('collections')
  const request: CreateBackup = {
    ...common,
    operation: 'create-backup',
    clusterId: reader.id('cluster-id'),
    collections:
      text === undefined
        ? undefined
        : parseBackupCollections(text, problem => reader.problem('collections', problem)),
    crossRegionCopies: reader.ids('cross-region-copies'),
    skipIfNewerThan: reader.optionalDuration('skip-if-newer-than'),
    ifBusy: reader.oneOf('if-busy', ['wait', 'fail'] as const) ?? 'wait',
    wait: reader.boolean('wait'),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
  if (request.skipIfNewerThan !== undefined && request.crossRegionCopies.length > 0) {
    reader.problem(
      'skip-if-newer-than',
      'does not go with cross-region-copies: a backup does not tell what copies it has',
    )
  }
  return request
}

export function parseListBackups(reader: Reader, common: Common): ListBackups {
  return {
    ...common,
    operation: 'list-backups',
    clusterId: reader.optionalId('cluster-id'),
    backupType: parseBackupType(reader),
  }
}

export function parseDescribeBackup(reader: Reader, common: Common): DescribeBackup {
  const backup = parseBackupChoice(reader)
  if (!('latest' in backup) && reader.optional('backup-type') !== undefined) {
    reader.problem('backup-type', 'goes with backup-id: latest only')
  }
  return {
    ...common,
    operation: 'describe-backup',
    clusterId: reader.id('cluster-id'),
    backup,
    backupType: parseBackupType(reader),
  }
}

export function parseDeleteBackup(reader: Reader, common: Common): DeleteBackup {
  const backupId = reader.id('backup-id')
  if (isLatest(backupId)) {
    reader.problem('backup-id', 'expected the id of a backup; delete-backup does not take "latest"')
  }
  return {
    ...common,
    operation: 'delete-backup',
    clusterId: reader.id('cluster-id'),
    backupId,
    dryRun: reader.boolean('dry-run'),
  }
}

const mostKept = 1_000_000

export function parsePruneBackups(reader: Reader, common: Common): PruneBackups {
  const keepLast = reader.wholeNumber('keep-last', 1, mostKept)
  if (reader.optional('keep-last') === undefined) {
    reader.problem('keep-last', `expected a whole number from 1 to ${mostKept}; got nothing`)
  }
  return {
    ...common,
    operation: 'prune-backups',
    clusterId: reader.id('cluster-id'),
    // The stand-in is never used: without a number there is a problem.
    keepLast: keepLast ?? mostKept,
    olderThan: reader.optionalDuration('older-than'),
    backupType: parseBackupType(reader),
    dryRun: reader.boolean('dry-run'),
  }
}

export function parseExportBackup(reader: Reader, common: Common): ExportBackup {
  const directory = reader.optional('directory')
  if (directory !== undefined && /[\p{Cc}\p{Zl}\p{Zp}]/u.test(directory)) {
    reader.problem(
      'directory',
      `expected a folder without line ends and control characters; got ${quoteInput(directory)}`,
    )
  }
  return {
    ...common,
    operation: 'export-backup',
    clusterId: reader.id('cluster-id'),
    backup: parseBackupChoice(reader),
    integrationId: reader.id('integration-id'),
    directory,
    wait: reader.boolean('wait'),
    pollInterval: reader.duration('poll-interval'),
    dryRun: reader.boolean('dry-run'),
  }
}

/** One backup by its id, or `latest` with the greatest age it may have. */
export function parseBackupChoice(reader: Reader): BackupChoice {
  const backupId = reader.id('backup-id')
  const maxAge = reader.optionalDuration('max-age')
  if (isLatest(backupId)) return { latest: true, maxAge }
  if (reader.optional('max-age') !== undefined) {
    reader.problem('max-age', 'goes with backup-id: latest only')
  }
  return { backupId }
}

export function isLatest(backupId: string): boolean {
  return backupId.toLowerCase() === 'latest'
}

function parseBackupType(reader: Reader): BackupType | undefined {
  return reader.oneOf('backup-type', ['CLUSTER', 'COLLECTION'] as const)
}
