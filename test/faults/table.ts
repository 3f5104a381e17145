import type { Case, Injected } from './case.ts'
import { clockCases, lagCases } from './columns.ts'
import { type FaultKind, faultKind, faultKinds, fewFaults } from './faults.ts'
import type { Scenario, Target } from './fixture.ts'
import { appliedOptions, rowOf } from './rows.ts'
import { scenarios } from './scenarios.ts'

const counts = ['once', 'twice', 'for ever'] as const

/** Every fault at every target of every operation, once, twice in a row and for ever; clocks that are off; lists that lag. */
export function wholeTable(): Case[] {
  return [...faultCases(), ...clockCases(), ...lagCases()]
}

function faultCases(): Case[] {
  return scenarios.flatMap(scenario =>
    scenario.targets.flatMap(target =>
      faultsOf(scenario).flatMap(kind =>
        counts.flatMap(times =>
          appliedOptions(kind, target).map(applied => rowOf({ scenario, kind, target, times, applied })),
        ),
      ),
    ),
  )
}

function faultsOf({ few }: Scenario): readonly FaultKind[] {
  return few ? fewFaults.map(faultKind) : faultKinds
}

/** What looks like a refusal or like nonsense, of a start that was carried out. */
export const doubtful = ['envelope with 500', 'a word as code'] as const

/**
 * A part of the table for every run of the tests: what is doubtful at each start, every fault, half of the targets of
 * every scenario, and as many more as that makes.
 */
export function slice(): Case[] {
  const rows = faultCases()
  const chosen = startsInDoubt(rows)
  for (const [index, { name }] of faultKinds.entries()) {
    if (chosen.some(({ injected }) => injected[0]?.fault === name)) continue
    const wanted = timesOf(index)
    const fitting = rows.filter(({ injected: [one] }) => one?.fault === name && one.times === wanted)
    chosen.push(...firstUncovered(fitting, chosen))
  }
  for (const { name, targets } of scenarios) {
    const own = rows.filter(({ scenario, injected }) => scenario === name && injected[0]?.times === 'once')
    const isCovered = (target: string) => chosen.some(row => keyOf(row) === `${name}/${target}`)
    const covered = targets.filter(target => isCovered(target.name)).length
    for (let count = covered; count < targets.length / 2; count++) chosen.push(...firstUncovered(own, chosen))
  }
  return [...chosen, ...every(clockCases(), 41), ...every(lagCases(), 43)]
}

/** What a lost response leaves in doubt. */
export const isStart = (request: Target['request']) => request === 'start' || request === 'switch'

/** All of them where only that is in question, one where something else is. */
function startsInDoubt(rows: readonly Case[]): Case[] {
  const few = scenarios.filter(one => one.few).map(({ name }) => name)
  return rows.filter(({ scenario, injected: [one] }) => {
    const start = scenarios
      .find(({ name }) => name === scenario)
      ?.targets.some(({ name, request }) => name === one?.target && isStart(request))
    const faults: readonly string[] = few.includes(scenario) ? doubtful.slice(0, 1) : doubtful
    return start && one?.applied && one.times === 'once' && faults.includes(one.fault)
  })
}

const keyOf = ({ scenario, injected: [one] }: Case) => `${scenario}/${one?.target}`

/** A row whose target is not among the chosen ones; any where all are. */
function firstUncovered(rows: readonly Case[], chosen: readonly Case[]): Case[] {
  const covered = new Set(chosen.map(keyOf))
  const first = rows.findLast(row => !covered.has(keyOf(row))) ?? rows[0]
  return first === undefined ? [] : [first]
}

function every(rows: readonly Case[], stride: number): Case[] {
  return rows.filter((_, index) => index % stride === 0)
}

/** Most faults that never end are waited out for minutes of the world, which costs seconds here. */
function timesOf(index: number): Injected['times'] {
  if (index % 6 === 0) return 'for ever'
  return index % 2 === 0 ? 'once' : 'twice'
}
