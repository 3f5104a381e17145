import type { Fault } from '../../simulator/index.ts'
import { hostileHeader, hostileText } from './hostile.ts'

/**
 * What the contract calls it. `harmless`: the answer is as good as any; `unsent`: the request provably never
 * arrived; `failure`: an error envelope with 5xx, which is a refusal of a start and a fault of all else;
 * `strange`: the answer holds a lie, so only what holds for every run can be said.
 */
export type FaultClass =
  | 'harmless'
  | 'unsent'
  | 'load'
  | 'fault'
  | 'failure'
  | 'refusal'
  | 'not-found'
  | 'strange'

export interface Occasion {
  /** Names that the inputs go by: an answer that renames those would tell of another world. */
  keep: readonly string[]
  /** Whether the answer is a list of many kilobytes. */
  big: boolean
  /** The code that says that what is asked for is not there. */
  notFoundCode: number
}

export interface FaultKind {
  name: string
  is: FaultClass
  /** Whether the true answer is altered: the service has then always carried the request out. */
  edits?: true
  /** Only for answers that tell new ids: a read that tells another id than was asked for is another matter. */
  newIds?: true
  /** A code that nobody knows: of a backup, for which no "not found" is documented, it may say just that. */
  unknown?: true
  /** It is the key that is refused, or what the key may do. */
  ofKey?: true
  /** World seconds for which the answer asks to stay away. */
  away?: number
  make: (occasion: Occasion) => Fault | 'unresolved' | 'refused'
}

const kinds: FaultKind[] = []
const add = (name: string, is: FaultClass, make: FaultKind['make'], more: Partial<FaultKind> = {}) =>
  kinds.push({ name, is, make, ...more })

add('name not resolved', 'unsent', () => 'unresolved')
add('connection refused', 'unsent', () => 'refused')
add('reset before the answer', 'fault', () => ({ kind: 'reset' }))
add('reset in the answer', 'fault', () => ({ kind: 'reset-in-body' }))
add('close before the answer', 'fault', () => ({ kind: 'close' }))
add('stalled before the answer', 'fault', () => ({ kind: 'stall' }))
add('stalled in the answer', 'fault', () => ({ kind: 'stall-in-body' }))
add('cut body', 'fault', () => ({ kind: 'cut' }))
add('empty body', 'fault', () => ({ kind: 'empty' }))
add('HTML with 200', 'fault', () => ({ kind: 'html' }))
add('invalid JSON', 'fault', () => ({ kind: 'invalid-json' }))
add('JSON without code', 'fault', () => ({ kind: 'response', status: 200, body: { message: 'fine' } }))
add('gateway 408', 'fault', () => ({ kind: 'gateway', status: 408 }))
add('gateway 425', 'load', () => ({ kind: 'gateway', status: 425 }))
add('429 with HTML', 'load', () => ({ kind: 'html', status: 429 }))
add('429 without a time', 'load', () => ({ kind: 'gateway', status: 429 }))
add('429 with Retry-After in seconds', 'load', () => ({ kind: 'gateway', status: 429, retryAfter: 9 }), {
  away: 9,
})
add('429 with Retry-After as a date', 'load', () => ({ kind: 'gateway', status: 429, retryAfterDate: 9 }), {
  // A date has whole seconds only.
  away: 8,
})
add('429 with RateLimit-Reset', 'load', () => ({ kind: 'gateway', status: 429, rateLimitReset: 9 }), {
  away: 9,
})
add('gateway 500', 'fault', () => ({ kind: 'gateway', status: 500 }))
add('gateway 502', 'fault', () => ({ kind: 'gateway', status: 502 }))
add('gateway 503', 'fault', () => ({ kind: 'gateway', status: 503 }))
add('503 with Retry-After', 'fault', () => ({ kind: 'gateway', status: 503, retryAfter: 9 }))
add('504 with HTML', 'fault', () => ({ kind: 'html', status: 504 }))
add('gateway 504', 'fault', () => ({ kind: 'gateway', status: 504 }))
add('envelope with 500', 'failure', () => ({ kind: 'envelope', status: 500, code: 96038 }))
add('envelope with 503, code as text', 'failure', () => ({ kind: 'envelope', status: 503, code: '80000' }))
add('code as text', 'harmless', () => ({ kind: 'code-as-text' }), { edits: true })
add('data null', 'fault', () => ({ kind: 'data-null' }), { edits: true })
add('ids missing', 'fault', () => ({ kind: 'without-ids' }), { edits: true })
add('job id missing', 'fault', () => ({ kind: 'without-ids', ids: ['jobId'] }), { edits: true })
add('fields missing', 'fault', () => ({ kind: 'edit', edit: onlyEnvelope }), { edits: true })
add('redirect 302', 'refusal', () => ({ kind: 'redirect', status: 302 }))
add('redirect 307', 'refusal', () => ({ kind: 'redirect', status: 307 }))
add('50 MB', 'fault', () => ({ kind: 'huge', megabytes: 50 }))
add('50 MB, announced', 'fault', () => ({ kind: 'huge', megabytes: 50, announced: true }))
add('a drip that arrives', 'harmless', ({ big }) => ({ kind: 'drip', bytes: big ? 8_192 : 32, everyMs: 2 }), {
  edits: true,
})
add('a drip that does not', 'fault', () => ({ kind: 'drip', bytes: 1, everyMs: 1_000 }), { edits: true })
add('hostile texts', 'harmless', ({ keep }) => ({ kind: 'hostile', text: hostileBut(keep) }), { edits: true })
add('hostile refusal', 'refusal', () => refusal(200, 96036, hostileText))
add('hostile 503', 'fault', () => ({
  kind: 'response',
  status: 503,
  headers: { requestid: hostileHeader },
  body: { message: hostileText },
}))
add('hostile HTML', 'fault', () => ({
  kind: 'response',
  status: 200,
  headers: { 'content-type': 'text/html', requestid: hostileHeader },
  body: hostileText,
}))
add('hostile states', 'strange', () => ({ kind: 'edit', edit: hostileField(['status']) }), { edits: true })
add('hostile ids', 'strange', () => ({ kind: 'edit', edit: hostileField(['jobId', 'backupId']) }), {
  edits: true,
  newIds: true,
})
add('echo of the key, 401', 'refusal', () => ({ kind: 'echo-authorization' }), { ofKey: true })
add('echo of the key, 503', 'failure', () => ({ kind: 'echo-authorization', status: 503, code: 80002 }))
add('refusal with a code in words', 'refusal', () => refusal(200, 'InvalidParameter', 'No such thing'), {
  unknown: true,
})
add('envelope 401', 'refusal', () => refusal(401, 21119, 'The apikey is illegal'), { ofKey: true })
add('envelope 403', 'refusal', () => refusal(403, 96016, 'No permission'), { ofKey: true })
add('envelope 404', 'not-found', ({ notFoundCode }) => refusal(404, notFoundCode, 'Not found'))
add('gateway 404', 'refusal', () => ({ kind: 'gateway', status: 404, message: 'no Route matched' }))

export const faultKinds: readonly FaultKind[] = kinds

export function faultKind(name: string): FaultKind {
  const found = kinds.find(kind => kind.name === name)
  if (found === undefined) throw new Error(`no fault is called "${name}"`)
  return found
}

function refusal(status: number, code: number | string, message: string): Fault {
  return { kind: 'envelope', status, code, message }
}

function hostileBut(keep: readonly string[]) {
  return (original: string) => (keep.includes(original) ? original : `${original}${hostileText}`)
}

function onlyEnvelope(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'code' in answer ? { code: answer.code } : {}
}

function hostileField(names: readonly string[]) {
  return (answer: unknown): unknown =>
    JSON.parse(
      JSON.stringify(answer, (name, value) =>
        names.includes(name) && typeof value === 'string' ? hostileText : value,
      ),
    )
}
