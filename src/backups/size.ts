import { largestUnit, type Row } from '../report.ts'
import type { Backup } from '../zilliz/decode.ts'

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

/** The backup that a step reads from: id, age, size. */
export function backupRow({ backupId, createTime, size }: Backup, now: number): Row {
  const age = createTime === undefined ? '' : `${largestUnit(now - createTime)} old`
  const more = [age, formatSize(size)].filter(Boolean).join(', ')
  return { name: 'Backup', value: more === '' ? { code: backupId } : [{ code: backupId }, `, ${more}`] }
}
