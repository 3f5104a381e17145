import { expect, test } from 'vitest'
import { describeResult } from '../../src/backups/retention.ts'

test.each([
  [undefined, 'Manual AVAILABLE backups of cluster in01-a: 0.'],
  ['CLUSTER', 'Manual AVAILABLE backups of type CLUSTER of cluster in01-a: 0.'],
] as const)('what a rule for backups of type %s has found', (backupType, begin) => {
  const result = { candidates: [], toDelete: [], kept: [], reasons: new Map() }
  const text = describeResult({ clusterId: 'in01-a', keepLast: 1, backupType }, result)
  expect(text.startsWith(`${begin} `)).toBe(true)
  expect(text.endsWith(' To delete: 0.')).toBe(true)
})
