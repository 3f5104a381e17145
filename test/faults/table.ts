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
          sidesOf(kind, target).map(applied => ({
            scenario: name,
            injected: [{ target: target.name, fault: kind.name, times, applied }],
            ...mustEnd(name, kind, target, { times, applied }),
          })),
        ),
      ),
    ),
  )
}

/** A slice in which every fault, every target and every count occurs: faults and targets take turns. */
export function slice(whole: readonly Case[], turn: number): Case[] {
  const byMoment = new Map<string, Case[]>()
  for (const given of whole) {
    const key = `${given.scenario}/${given.injected[0]?.target}`
    byMoment.set(key, [...(byMoment.get(key) ?? []), given])
  }
  const rows = [...byMoment.values()]
  // Prime to the number of targets, so that each has its turn.
  const stride = [7, 11, 13, 17].find(prime => rows.length % prime !== 0) ?? 1
  return Array.from({ length: Math.max(faultKinds.length, rows.length) }, (_, index) => {
    const kind = faultKinds[index % faultKinds.length] as FaultKind
    // Most faults that never end are waited out for minutes of the world; each costs seconds here.
    const wanted = index % 6 === 0 ? 'for ever' : index % 2 === 0 ? 'once' : 'twice'
    const first = index * stride + turn
    // A few faults are not injected at every target: the next one then.
    const inTurn = [...rows.slice(first % rows.length), ...rows.slice(0, first % rows.length)]
    const fitting = inTurn.map(row =>
      row.findLast(({ injected }) => injected[0]?.fault === kind.name && injected[0].times === wanted),
    )
    return fitting.find(found => found !== undefined)
  }).filter(found => found !== undefined)
}

/**
 * Before the answer of a start or a deletion fails, it was carried out or it was not. Who refuses or asks for
 * less load did not carry it out: a service that says so and did it all the same leaves nobody a chance.
 */
export function sidesOf(kind: FaultKind, target: Target): boolean[] {
  if (kind.newIds && target.request !== 'start') return []
  if (target.request === 'read') return [false]
  if (kind.edits) return [true]
  return kind.is === 'fault' || (kind.is === 'failure' && target.request === 'delete')
    ? [false, true]
    : [false]
}

/** What the contract promises of one fault; undefined where it leaves both ends open. */
function mustEnd(
  scenario: string,
  kind: FaultKind,
  target: Target,
  { times, applied }: Pick<Injected, 'times' | 'applied'>,
): Pick<Case, 'mustEnd'> {
  const { name, is, edits } = kind
  const { request, own, of, list } = target
  const well = { mustEnd: 'well' as const }
  const badly = { mustEnd: 'badly' as const }
  const ends = times !== 'for ever'
  // What becomes of the stage after the job is judged apart.
  if (scenario.includes('until the end of the job') && request !== 'start') return {}
  if (is === 'strange') return {}
  if (is === 'harmless') return well
  if (target.listed && (is === 'refusal' || is === 'not-found')) return mustEndListed(kind, target)
  if (is === 'refusal') return kind.unknown && request === 'read' && of === 'backup' && !list ? {} : badly
  if (is === 'not-found') {
    if (request === 'start' || list) return badly
    return own && ends ? well : {}
  }
  if (is === 'load' || is === 'unsent') return ends ? well : {}
  // Of the answer to a deletion nothing is read but its success.
  const success = request === 'delete' && edits && !name.startsWith('a drip')
  if (request !== 'start') return ends || success ? well : {}
  if (is === 'failure') return badly
  // A job id that is missing is not missed where none is told.
  if (name === 'job id missing' && of === undefined) return {}
  return mustEndLost(scenario, times, applied)
}

/** The refused description of a backup of which a list tells the truth. */
function mustEndListed({ is, unknown, ofKey }: FaultKind, { listed }: Target): Pick<Case, 'mustEnd'> {
  if (ofKey || listed === 'there') return { mustEnd: 'badly' }
  // Whether a refusal that means something else is an end, or the list settles that too, is left open.
  return is === 'not-found' || unknown ? { mustEnd: 'well' } : {}
}

/** A start without an answer. */
function mustEndLost(scenario: string, times: Injected['times'], applied: boolean): Pick<Case, 'mustEnd'> {
  const badly = { mustEnd: 'badly' as const }
  if (scenario.startsWith('create-backup')) return { mustEnd: applied ? 'well' : 'badly' }
  if (scenario.startsWith('restore-cluster')) {
    return { mustEnd: times === 'once' && !applied ? 'well' : 'badly' }
  }
  if (scenario.startsWith('export-backup')) return badly
  // A safety backup is found again; collections are not.
  return {}
}
