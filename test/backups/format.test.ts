import { expect, test } from 'vitest'
import { describeStatesOf, describeTypesOf, nameOf } from '../../src/backups/format.ts'
import { type Backup, decodeBackup } from '../../src/zilliz/decode.ts'

const many = (count: number): Backup[] =>
  Array.from({ length: count }, (_, index) => decodeBackup({ backupId: `b${index}`, status: 'AVAILABLE' }))

test('of many backups ten are named, each with its state', () => {
  expect(describeStatesOf(many(2))).toBe('b0 (AVAILABLE), b1 (AVAILABLE)')
  expect(describeStatesOf(many(12))).toMatch(/b9 \(AVAILABLE\) and 2 more$/)
})

test('of many backups ten are named, each with its type and state', () => {
  expect(describeTypesOf([])).toBe('no backup at all')
  const collection = decodeBackup({ backupId: 'c', backupType: 'COLLECTION', status: 'CREATING' })
  expect(describeTypesOf([collection, ...many(1)])).toBe('c (COLLECTION, CREATING), b0 (no type, AVAILABLE)')
  expect(describeTypesOf(many(12))).toMatch(/b9 \(no type, AVAILABLE\) and 2 more$/)
})

test.each<[more: object, name: string]>([
  [{ backupType: 'CLUSTER', createTime: '2026-01-31T02:00:00Z' }, 'b (CLUSTER, 2026-01-31T02:00:00Z)'],
  [{}, 'b (no type, no time)'],
  [{ backupType: 'a\n::error::b' }, 'b (A ::ERROR::B, no time)'],
])('a backup with %j has the name %s', (more, name) => {
  expect(nameOf(decodeBackup({ backupId: 'b', status: 'AVAILABLE', ...more }))).toBe(name)
})
