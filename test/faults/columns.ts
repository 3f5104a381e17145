/** Columns of the table beside the faults: clocks that are off, and lists that lag behind. */
import type { Case } from './case.ts'
import { faultKind } from './faults.ts'
import type { Scenario, Target } from './fixture.ts'
import { appliedOptions, rowOf } from './rows.ts'
import { scenarios } from './scenarios.ts'

/** A scenario as it is, without a fault. */
function undisturbed({ name, ends, postEnds }: Scenario): Case {
  return { scenario: name, injected: [], mustEnd: ends ?? 'well', postMustEnd: postEnds ?? 'well' }
}

function once(scenario: Scenario, target: Target, fault: string): Case[] {
  const kind = faultKind(fault)
  return appliedOptions(kind, target).map(applied =>
    rowOf({ scenario, kind, target, times: 'once', applied }),
  )
}

/** The service's clock ten minutes ahead and behind: without a fault, and with a lost response at every target. */
export function clockCases(): Case[] {
  return scenarios.flatMap(scenario => {
    const rows = [
      undisturbed(scenario),
      ...scenario.targets.flatMap(target => once(scenario, target, 'reset before the response')),
    ]
    return rows.flatMap(row =>
      [600, -600].map(clockSkewSeconds => ({ ...row, variants: { clockSkewSeconds } })),
    )
  })
}

const lostResponses = ['reset before the response', 'envelope with 500', 'a word as code'] as const

/** Shorter and longer than the look for what a lost start has made. */
const lags = [5, 45] as const

/** Lists without what was just made and with what is just gone, at each start and each deletion, lost or not. */
export function lagCases(): Case[] {
  return scenarios.flatMap(scenario => {
    const changes = scenario.targets.filter(({ request }) => request !== 'read')
    if (changes.length === 0 || scenario.name.includes('still listed')) return []
    const rows = [
      undisturbed(scenario),
      ...changes.flatMap(target => lostResponses.flatMap(fault => once(scenario, target, fault))),
    ]
    return rows.flatMap(row => lags.map(listLagSeconds => lagging(scenario, row, listLagSeconds)))
  })
}

function lagging(scenario: Scenario, row: Case, listLagSeconds: number): Case {
  const { mustEnd, ...rest } = row
  const end = endWithLag(scenario, row, listLagSeconds)
  return { ...rest, variants: { listLagSeconds }, ...(end && { mustEnd: end }) }
}

function endWithLag({ name, targets }: Scenario, row: Case, seconds: number): Case['mustEnd'] {
  const { mustEnd, injected } = row
  // Whether another backup is running is read in the list.
  if (name.includes('while an automatic one begins')) return undefined
  if (seconds <= 5) return mustEnd
  // How long a list may show a backup that is gone is left open.
  if (name === 'delete-backup' || name === 'prune-backups') return undefined
  const [lost] = injected
  const target = targets.find(one => one.name === lost?.target)
  const isBackup = target?.request === 'start' && target.of === 'cluster'
  return isBackup ? 'badly' : mustEnd
}
