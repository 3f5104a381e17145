/** Backups as tables for the job summary and as lines for the log. */
import { listContents } from '../collections/contents.ts'
import { formatDuration, timestamp } from '../duration.ts'
import {
  ageAndDate,
  type Cell,
  type Column,
  largestUnit,
  namedCluster,
  type Row,
  type Table,
  tableOf,
} from '../report.ts'
import { listInSentence, sanitize } from '../untrusted-text.ts'
import type { Backup } from '../zilliz/decode.ts'

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

/** What is known of one backup. */
export function backupRows(backup: Backup, now: number): Row[] {
  const { backupId, backupName, clusterId, clusterName, projectId, regionId } = backup
  const { backupType, creationMethod, status, size, expireTime } = backup
  const rows: Record<string, Cell | undefined> = {
    'Backup id': { code: backupId },
    'Name in the console': backupName && { code: backupName },
    Cluster: clusterId === undefined ? clusterName : namedCluster({ clusterId, clusterName }),
    Project: projectId && { code: projectId },
    Region: regionId,
    Type: backupType,
    Method: creationMethod,
    State: status,
    Size: formatSize(size),
    Created: ageAndDate(backup, now),
    // An example gives a time to a manual backup, which never expires (F38).
    Expires: creationMethod === 'AUTO' && expireTime !== undefined ? timestamp(expireTime) : undefined,
    Contents: contentsOf(backup),
  }
  return Object.entries(rows).flatMap(([name, value]) => (value ? [{ name, value }] : []))
}

/** The backup that a step reads from: id, age, size. */
export function backupRow({ backupId, createTime, size }: Backup, now: number): Row {
  const age = createTime === undefined ? '' : `${largestUnit(now - createTime)} old`
  const more = [age, formatSize(size)].filter(Boolean).join(', ')
  return { name: 'Backup', value: more === '' ? { code: backupId } : [{ code: backupId }, `, ${more}`] }
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
