/** How the contract wants a run to end with one fault at the endpoint of a cluster. */
import type { Case } from './case.ts'
import type { Row } from './must-end.ts'

type End = Case['mustEnd']

export function endInside(row: Row): End {
  const { kind, target, times } = row
  switch (kind.is) {
    case 'unexpected':
      return undefined
    case 'harmless':
      return 'well'
    case 'load':
    case 'unsent':
      return times === 'for ever' ? badlyUnless(target.optional) : 'well'
    case 'refusal':
      // A new cluster may learn a token late.
      if (kind.isAuthError && target.of === 'database' && times !== 'for ever') return 'well'
      return badlyUnless(target.optional)
    case 'not-found':
      return badlyUnless(target.optional)
    case 'fault':
      return target.request === 'switch' ? endOfSwitch(row) : endOfRead(row)
  }
}

function badlyUnless(optional: true | undefined): End {
  return optional ? undefined : 'badly'
}

/** Nothing there has an id, and of names nothing is missed. */
const withoutEffect = ['ids missing', 'job id missing']

/** No complete response came within one exchange. */
const tooSlow = ['stalled before the response', 'stalled in the response', 'a drip that does not']

function endOfRead({ kind: { name }, target, times }: Row): End {
  if (times !== 'for ever' || withoutEffect.includes(name)) return 'well'
  // What takes too long to count is read from metadata.
  if (target.name === 'count' && tooSlow.includes(name)) return undefined
  return badlyUnless(target.optional)
}

/** Of the response nothing is read but its success; a look shows what was carried out, and what was not is sent once more. */
function endOfSwitch({ kind: { edits }, target: { last }, times, applied }: Row): End {
  return edits || applied || (times === 'once' && !last) ? 'well' : 'badly'
}
