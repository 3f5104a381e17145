/** How the contract wants a run with one fault to end; left open where it allows both ends. */
import type { Case, Injected } from './case.ts'
import type { FaultKind } from './faults.ts'
import { isInside, type Scenario, type Target } from './fixture.ts'
import { endInside } from './must-end-inside.ts'

/** A row of the table, before it is known how it must end. */
export interface Row extends Pick<Injected, 'times' | 'applied'> {
  scenario: Scenario
  kind: FaultKind
  target: Target
}

type End = 'well' | 'badly' | undefined

export function mustEnd(row: Row): Pick<Case, 'mustEnd' | 'postMustEnd'> {
  const { scenario, target } = row
  const { ends = 'well', postEnds = 'well' } = scenario
  if (!target.after) return named({ mustEnd: ends === 'badly' ? endOfBad(row) : endOf(row) })
  return named({ mustEnd: ends, postMustEnd: postEnds === 'badly' ? endOfBad(row) : endOf(row) })
}

function named(ends: { mustEnd?: End; postMustEnd?: End }): Pick<Case, 'mustEnd' | 'postMustEnd'> {
  const { mustEnd: main, postMustEnd: post } = ends
  return { ...(main && { mustEnd: main }), ...(post && { postMustEnd: post }) }
}

/** A step that must not succeed anyway: only a service that says what is not true can make it. */
function endOfBad({ kind }: Row): End {
  return kind.is === 'unexpected' || kind.is === 'not-found' ? undefined : 'badly'
}

function endOf(row: Row): End {
  const { kind, target, times } = row
  if (isInside(target.of)) return endInside(row)
  switch (kind.is) {
    case 'unexpected':
      return undefined
    case 'harmless':
      return 'well'
    case 'load':
    case 'unsent':
      if (times !== 'for ever') return 'well'
      // Where the list shows that it is not there, the description is not needed.
      return target.listed === 'gone' ? undefined : 'badly'
    case 'refusal':
      return endOfRefusal(row)
    case 'not-found':
      return endOfNotFound(row)
    case 'fault':
      return endOfFault(row)
  }
}

function endOfRefusal({ scenario, kind: { isAuthError }, target: { optional, listed, request } }: Row): End {
  if (isAuthError || listed === 'there') return 'badly'
  // Whether a refusal that means something else is an end, or the list settles that too, is left open.
  // A refusal while the service is busy is waited out, whatever its words.
  const isOpen = optional || listed === 'gone' || (scenario.busy && request === 'start')
  return isOpen ? undefined : 'badly'
}

function endOfNotFound({ scenario, kind, target, times }: Row): End {
  const { request, own, list, optional, listed, notFound, after } = target
  // What a busy service refuses is asked again.
  if (scenario.busy && request === 'start') return undefined
  // Whether the minute is over by then depends on the time between the step and the end of the job.
  if (after && !list) return undefined
  if (optional) return kind.isAuthError ? 'badly' : undefined
  if (listed !== undefined) return listed === 'there' ? 'badly' : 'well'
  if (request !== 'read' || list) return 'badly'
  // For ever it cannot be told from a dropped cluster that a list goes on to show.
  if (notFound !== undefined) return times === 'for ever' ? undefined : notFound
  if (own) return times === 'for ever' ? 'badly' : 'well'
  return undefined
}

function endOfFault(row: Row): End {
  const { kind, target, times, applied } = row
  const { name, edits } = kind
  const { request, of, listed } = target
  if (request === 'start') return endOfLost(row)
  if (times !== 'for ever') return 'well'
  if (listed === 'gone') return undefined
  if (request === 'delete') {
    // Of the response to a deletion nothing is read but its success; and what was carried out, a read shows.
    return applied || (edits && !name.startsWith('a drip')) ? 'well' : 'badly'
  }
  // Of what is gone there is only a refusal, which is not altered.
  if (edits && target.dropped) return undefined
  // A job id is missed in no read but that of a job, and how much a list without ids tells is left open.
  if (name === 'job id missing') return of === 'job' ? undefined : 'well'
  return name === 'ids missing' && target.list ? undefined : 'badly'
}

/** A start whose response is lost, or lacks what makes known what it has started. */
function endOfLost({ scenario, target, kind, times, applied }: Row): End {
  const { name, busy, lostStart = busy && 'badly' } = scenario
  // What is altered is the refusal of a busy service.
  if (busy && kind.edits) return undefined
  if (name.startsWith('restore-cluster')) {
    // A job is missed in no restore of a cluster; and with a password in it, the response is no less its own.
    if (['job id missing', 'ids missing'].includes(kind.name)) return 'well'
    return lostStart ?? (times === 'once' && !applied ? 'well' : 'badly')
  }
  const isBackup = name.startsWith('create-backup') || target.name === 'POST of the safety backup'
  if (kind.name === 'job id missing' && isBackup && lostStart === undefined) return 'well'
  // A backup is found again; collections and exports are not.
  if (isBackup) return applied ? (lostStart ?? 'well') : 'badly'
  return 'badly'
}
