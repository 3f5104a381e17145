import type { Case } from './case.ts'
import type { FaultKind } from './faults.ts'
import type { Target } from './fixture.ts'
import { mustEnd, type Row } from './must-end.ts'

export function rowOf(row: Row): Case {
  const { scenario, kind, target, times, applied } = row
  return {
    scenario: scenario.name,
    injected: [{ target: target.name, fault: kind.name, times, applied }],
    ...mustEnd(row),
  }
}

/**
 * Whether a start or a deletion whose response fails was carried out: both are possible. A service that refuses or
 * asks for less load did not carry it out: one that says so and does it anyway leaves no chance.
 */
export function appliedOptions(kind: FaultKind, target: Target): boolean[] {
  if (kind.newIds && target.request !== 'start') return []
  if (kind.lists && !target.list) return []
  if (target.request === 'read') return [false]
  if (kind.edits) return [true]
  return kind.is === 'fault' ? [false, true] : [false]
}
