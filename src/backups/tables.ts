/** Several backups: as a table for the job summary, and as lines for the log. */
import { formatDuration } from '../duration.ts'
import { ageAndDate, type Cell, type Column, type Table, tableOf } from '../report.ts'
import { sanitize } from '../untrusted-text.ts'
import type { Backup } from '../zilliz/decode.ts'
import { formatSize } from './size.ts'

/**
 * Age first, then what to copy; a column that is the same in every row is left out.
 *
 * @param now milliseconds since the epoch
 * @param last a column at the end, such as what becomes of each
 */
export function backupsTable(
  backups: readonly Backup[],
  now: number,
  last?: (backup: Backup) => Cell,
): Table {
  const columns: Column<Backup>[] = [
    { name: 'Created', cell: backup => ageAndDate(backup, now) },
    { name: 'Backup', cell: ({ backupId }) => ({ code: backupId }) },
    { name: 'Cluster', cell: clusterOf, isOptional: true },
    { name: 'Type', cell: ({ backupType = '' }) => backupType, isOptional: true },
    { name: 'Method', cell: ({ creationMethod = '' }) => creationMethod, isOptional: true },
    { name: 'State', cell: ({ status }) => status, isOptional: true },
    { name: 'Size', cell: ({ size }) => formatSize(size).replaceAll(' ', '\u00a0') },
    ...(last === undefined ? [] : [{ name: '', cell: last }]),
  ]
  return tableOf(columns, backups)
}

function clusterOf({ clusterId, clusterName }: Backup): string {
  if (clusterId === undefined || clusterName === undefined) return clusterId ?? clusterName ?? ''
  return `${clusterName} (${clusterId})`
}

/** On one line: `backup1_… CLUSTER MANUAL AVAILABLE, 3.4 GB, 2h 5m old`. */
export function backupLine(backup: Backup, now: number): string {
  const { backupId, backupType, creationMethod, status, size, createTime } = backup
  const words = [backupId, backupType, creationMethod, status].filter(Boolean).join(' ')
  const age = createTime === undefined ? 'of unknown age' : `${formatDuration(now - createTime)} old`
  return [sanitize(words), formatSize(size), age].filter(Boolean).join(', ')
}
