/** Backups as tables for the job summary and as lines for the log. */
import { listContents } from '../collections/contents.ts'
import { formatDuration, timestamp } from '../duration.ts'
import type { Table } from '../github/runner.ts'
import { listInSentence, sanitize } from '../untrusted-text.ts'
import type { Backup } from '../zilliz/decode.ts'

/** More rows nobody reads, and a row of each of 10,000 backups is tens of megabytes. */
const mostRows = 500

/** @param now milliseconds since the epoch */
export function backupsTable(backups: readonly Backup[], now: number): Table {
  return {
    columns: ['Backup', 'Name', 'Cluster', 'Type', 'Method', 'Status', 'Size', 'Created'],
    rows: backups
      .slice(0, mostRows)
      .map(backup => [
        backup.backupId,
        backup.backupName ?? '',
        clusterOf(backup),
        backup.backupType ?? '',
        backup.creationMethod ?? '',
        backup.status,
        formatSize(backup.size),
        created(backup, now),
      ]),
    more: Math.max(0, backups.length - mostRows),
  }
}

/** One backup, a row for each thing known of it. */
export function backupTable(backup: Backup, now: number): Table {
  const { backupId, backupName, projectId, regionId, backupType, creationMethod, status, size, expireTime } =
    backup
  const rows = {
    Backup: backupId,
    Name: backupName,
    Cluster: clusterOf(backup),
    Project: projectId,
    Region: regionId,
    Type: backupType,
    Method: creationMethod,
    Status: status,
    Size: formatSize(size),
    Created: created(backup, now),
    // An example gives a time to a manual backup, which never expires (F38).
    Expires: creationMethod === 'AUTO' && expireTime !== undefined ? timestamp(expireTime) : undefined,
    Contents: contentsOf(backup),
  }
  return {
    columns: ['Field', 'Value'],
    rows: Object.entries(rows).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  }
}

/** On one line: `backup1_… CLUSTER MANUAL AVAILABLE, 3.4 GB, 2h 5m old`. */
export function backupLine(backup: Backup, now: number): string {
  const { backupId, backupType, creationMethod, status, size, createTime } = backup
  const words = [backupId, backupType, creationMethod, status].filter(Boolean).join(' ')
  const age = createTime === undefined ? 'of unknown age' : `${formatDuration(now - createTime)} old`
  return [sanitize(words), formatSize(size), age].filter(Boolean).join(', ')
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Decimal, with the unit that leaves one to three digits before the point; '' for an unknown size. */
export function formatSize(bytes: number | undefined): string {
  if (bytes === undefined || bytes < 0) return ''
  let value = bytes
  let unit = 0
  // What toFixed would make 1000.0 of goes on to the next unit.
  while (value >= (unit === 0 ? 1000 : 999.95) && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

function clusterOf({ clusterId, clusterName }: Backup): string {
  if (clusterId === undefined || clusterName === undefined) return clusterId ?? clusterName ?? ''
  return `${clusterName} (${clusterId})`
}

function created({ createTime }: Backup, now: number): string {
  return createTime === undefined
    ? 'unknown'
    : `${timestamp(createTime)}, ${formatDuration(now - createTime)} ago`
}

/** Characters, so that the end of the sentence is not cut off with the cell. */
const longestContents = 450

function contentsOf({ contents }: Backup): string {
  const names = listContents(contents)
  if (names.length === 0) return 'not listed by the service'
  let length = 0
  const tooLong = names.findIndex(name => {
    length += name.length + 2
    return length > longestContents
  })
  if (tooLong === 0) return `${names.length} collections`
  return listInSentence(names, tooLong === -1 ? names.length : tooLong)
}
