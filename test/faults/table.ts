import type { Case, Injected } from './case.ts'
import { type FaultKind, faultKinds } from './faults.ts'
import type { Target } from './fixture.ts'
import { scenarios } from './scenarios.ts'

const counts = ['once', 'twice', 'for ever'] as const

/** Every fault at every target of every operation, once, twice in a row and for ever. */
export function wholeTable(): Case[] {
  return scenarios.flatMap(({ name, targets }) =>
    targets.flatMap(target =>
      faultKinds.flatMap(kind =>
        counts.flatMap(times =>
          appliedOptions(kind, target).map(applied => ({
            scenario: name,
            injected: [{ target: target.name, fault: kind.name, times, applied }],
            ...mustEnd({ scenario: name, kind, target, times, applied }),
          })),
        ),
      ),
    ),
  )
}

/** A response lost to each start, and a gateway's trouble elsewhere, with a clock that is ten minutes off. */
export function clockCases(whole: readonly Case[]): Case[] {
  return scenarios.flatMap(({ name, targets }) => {
    const starts = targets.filter(({ request }) => request === 'start').map(one => one.name)
    const aims = starts.length > 0 ? starts : targets.slice(0, 1).map(one => one.name)
    const rows = whole.filter(({ scenario, injected: [one] }) => {
      const isAim = one !== undefined && aims.includes(one.target) && one.times === 'once'
      return scenario === name && isAim && one.fault === 'reset before the response'
    })
    return rows.flatMap(row =>
      [600, -600].map(clockSkewSeconds => ({ ...row, variants: { clockSkewSeconds } })),
    )
  })
}

/** A slice in which every fault, every target and every count occurs: faults and targets alternate. */
export function slice(whole: readonly Case[], turn: number): Case[] {
  const byTarget = new Map<string, Case[]>()
  for (const given of whole) {
    const key = `${given.scenario}/${given.injected[0]?.target}`
    byTarget.set(key, [...(byTarget.get(key) ?? []), given])
  }
  const rows = [...byTarget.values()]
  // Prime to the number of targets, so that each comes up.
  const stride = [7, 11, 13, 17].find(prime => rows.length % prime !== 0) ?? 1
  return Array.from({ length: Math.max(faultKinds.length, rows.length) }, (_, index) => {
    const kind = faultKinds[index % faultKinds.length] as FaultKind
    const wanted = timesOf(index)
    const first = index * stride + turn
    // A few faults are not injected at every target: the next one then.
    const rotated = [...rows.slice(first % rows.length), ...rows.slice(0, first % rows.length)]
    const fitting = rotated.map(row =>
      row.findLast(({ injected }) => injected[0]?.fault === kind.name && injected[0].times === wanted),
    )
    return fitting.find(found => found !== undefined)
  }).filter(found => found !== undefined)
}

/** Most faults that never end are waited out for minutes of the world, which costs seconds here. */
function timesOf(index: number): Injected['times'] {
  if (index % 6 === 0) return 'for ever'
  return index % 2 === 0 ? 'once' : 'twice'
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

/** A row of the table, before it is known how it must end. */
interface Row extends Pick<Injected, 'times' | 'applied'> {
  scenario: string
  kind: FaultKind
  target: Target
}

const well = { mustEnd: 'well' as const }
const badly = { mustEnd: 'badly' as const }

/** What the contract promises of one fault; undefined where it leaves both ends open. */
function mustEnd(row: Row): Pick<Case, 'mustEnd'> {
  const { scenario, kind, target, times } = row
  const { name, is, edits } = kind
  const { request, own, of, list } = target
  const ends = times !== 'for ever'
  // What becomes of the stage after the job is evaluated by itself.
  if (scenario.includes('until the end of the job') && request !== 'start') return {}
  if (is === 'unexpected') return {}
  if (is === 'harmless') return well
  if (target.optional && (is === 'refusal' || is === 'not-found')) return kind.isAuthError ? badly : {}
  if (target.listed && (is === 'refusal' || is === 'not-found')) return mustEndListed(kind, target)
  if (is === 'refusal') return badly
  if (is === 'not-found') {
    if (request === 'start' || list) return badly
    return own && ends ? well : {}
  }
  if (is === 'load' || is === 'unsent') return ends ? well : {}
  // Of the response to a deletion nothing is read but its success.
  const success = request === 'delete' && edits && !name.startsWith('a drip')
  if (request !== 'start') return ends || success ? well : {}
  // A job id that is missing is not missed where none is expected.
  if (name === 'job id missing' && of === undefined) return {}
  return mustEndLost(row)
}

/** The refused description of a backup of which a list says the truth. */
function mustEndListed({ is, isAuthError }: FaultKind, { listed }: Target): Pick<Case, 'mustEnd'> {
  if (isAuthError || listed === 'there') return badly
  // Whether a refusal that means something else is an end, or the list settles that too, is left open.
  return is === 'not-found' ? well : {}
}

/** A start without a response. */
function mustEndLost({ scenario, times, applied }: Row): Pick<Case, 'mustEnd'> {
  if (scenario.startsWith('create-backup')) return applied ? well : badly
  if (scenario.startsWith('restore-cluster')) return times === 'once' && !applied ? well : badly
  if (scenario.startsWith('export-backup')) return badly
  // A safety backup is found again; collections are not.
  return {}
}
