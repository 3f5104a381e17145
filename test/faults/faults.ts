import type { Fault } from '../../simulator/index.ts'
import { hostileHeader, hostileText } from './hostile.ts'

/**
 * What the contract calls it. `harmless`: the response is as good as any; `unsent`: the request provably never
 * arrived; `fault`: a 5xx, with an envelope or without, and a word as code are among them; `unexpected`: the response says what is not true, so only what holds for every run can be said.
 */
export type FaultClass = 'harmless' | 'unsent' | 'load' | 'fault' | 'refusal' | 'not-found' | 'unexpected'

/** What a fault is made for. */
interface FaultContext {
  /** Names that the inputs use: a response that renames those would be about another world. */
  keep: readonly string[]
  /** Whether the response is a list of many kilobytes. */
  big: boolean
  /** The code that says that what is asked for is not there. */
  notFoundCode: number
}

export interface FaultKind {
  name: string
  is: FaultClass
  /** Whether the true response is altered: the service has then always carried the request out. */
  edits?: true
  /** Only for responses with new ids: a read that gives another id than was asked for is another matter. */
  newIds?: true
  /** Only for lists. */
  lists?: true
  /** It is the key that is refused, or what the key may do. */
  isAuthError?: true
  /** World seconds for which the response asks to wait. */
  retryAfter?: number
  make: (context: FaultContext) => Fault | 'unresolved' | 'refused'
}

const kinds: FaultKind[] = []
/** A fault by its class, or by that and more that is true of it. */
const add = (name: string, what: FaultClass | Omit<FaultKind, 'name' | 'make'>, make: FaultKind['make']) =>
  kinds.push({ name, ...(typeof what === 'string' ? { is: what } : what), make })

add('name not resolved', 'unsent', () => 'unresolved')
add('connection refused', 'unsent', () => 'refused')
add('reset before the response', 'fault', () => ({ kind: 'reset' }))
add('reset in the response', 'fault', () => ({ kind: 'reset-in-body' }))
add('close before the response', 'fault', () => ({ kind: 'close' }))
add('stalled before the response', 'fault', () => ({ kind: 'stall' }))
add('stalled in the response', 'fault', () => ({ kind: 'stall-in-body' }))
add('cut body', 'fault', () => ({ kind: 'cut' }))
add('empty body', 'fault', () => ({ kind: 'empty' }))
add('HTML with 200', 'fault', () => ({ kind: 'html' }))
add('invalid JSON', 'fault', () => ({ kind: 'invalid-json' }))
add('JSON without code', 'fault', () => ({ kind: 'response', status: 200, body: { message: 'fine' } }))
add('gateway 408', 'fault', () => ({ kind: 'gateway', status: 408 }))
add('gateway 425', 'load', () => ({ kind: 'gateway', status: 425 }))
add('429 with HTML', 'load', () => ({ kind: 'html', status: 429 }))
add('429 without a time', 'load', () => ({ kind: 'gateway', status: 429 }))
add('429 with Retry-After in seconds', { is: 'load', retryAfter: 9 }, () => ({
  kind: 'gateway',
  status: 429,
  retryAfter: 9,
}))
add(
  '429 with Retry-After as a date',
  {
    is: 'load',
    // A date has whole seconds only.
    retryAfter: 8,
  },
  () => ({ kind: 'gateway', status: 429, retryAfterDate: 9 }),
)
add('429 with RateLimit-Reset', { is: 'load', retryAfter: 9 }, () => ({
  kind: 'gateway',
  status: 429,
  rateLimitReset: 9,
}))
add('gateway 500', 'fault', () => ({ kind: 'gateway', status: 500 }))
add('gateway 502', 'fault', () => ({ kind: 'gateway', status: 502 }))
add('gateway 503', 'fault', () => ({ kind: 'gateway', status: 503 }))
add('503 with Retry-After', 'fault', () => ({ kind: 'gateway', status: 503, retryAfter: 9 }))
add('504 with HTML', 'fault', () => ({ kind: 'html', status: 504 }))
add('gateway 504', 'fault', () => ({ kind: 'gateway', status: 504 }))
add('envelope with 500', 'fault', () => ({ kind: 'envelope', status: 500, code: 96038 }))
add('envelope with 503, code as text', 'fault', () => ({ kind: 'envelope', status: 503, code: '80000' }))
add('code as text', { is: 'harmless', edits: true }, () => ({ kind: 'code-as-text' }))
add('data null', { is: 'fault', edits: true }, () => ({ kind: 'data-null' }))
add('ids missing', { is: 'fault', edits: true }, () => ({ kind: 'without-ids' }))
add('job id missing', { is: 'fault', edits: true }, () => ({ kind: 'without-ids', ids: ['jobId'] }))
add('fields missing', { is: 'fault', edits: true }, () => ({ kind: 'edit', edit: onlyEnvelope }))
add('redirect 302', 'refusal', () => ({ kind: 'redirect', status: 302 }))
add('redirect 307', 'refusal', () => ({ kind: 'redirect', status: 307 }))
add('50 MB', 'fault', () => ({ kind: 'huge', megabytes: 50 }))
add('50 MB, announced', 'fault', () => ({ kind: 'huge', megabytes: 50, announced: true }))
add('a drip that arrives', { is: 'harmless', edits: true }, ({ big }) => ({
  kind: 'drip',
  bytes: big ? 8_192 : 32,
  everyMs: 2,
}))
add('a drip that does not', { is: 'fault', edits: true }, () => ({ kind: 'trickle' }))
add('hostile texts', { is: 'harmless', edits: true }, ({ keep }) => ({
  kind: 'hostile',
  text: hostileBut(keep),
}))
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
add('hostile states', { is: 'unexpected', edits: true }, () => ({
  kind: 'edit',
  edit: hostileField(['status']),
}))
add('hostile ids', { is: 'unexpected', edits: true, newIds: true }, () => ({
  kind: 'edit',
  edit: hostileField(['jobId', 'backupId']),
}))
add('echo of the key, 401', { is: 'refusal', isAuthError: true }, () => ({ kind: 'echo-authorization' }))
add('echo of the key, 503', 'fault', () => ({ kind: 'echo-authorization', status: 503, code: 80002 }))
add('envelope with 504, refused key', 'fault', () => refusal(504, 21119, 'The apikey is illegal'))
add('envelope with 502, not found', 'fault', ({ notFoundCode }) => refusal(502, notFoundCode, 'Not found'))
add('a word as code', 'fault', () => refusal(200, 'InvalidParameter', 'No such thing'))
add('a word as code, 400', 'refusal', () => refusal(400, 'InvalidParameter', 'No such thing'))
add('list without its newest entry', { is: 'unexpected', lists: true }, () => ({ kind: 'without-entry' }))
add('envelope 401', { is: 'refusal', isAuthError: true }, () => refusal(401, 21119, 'The apikey is illegal'))
add('envelope 403', { is: 'refusal', isAuthError: true }, () => refusal(403, 96016, 'No permission'))
add('envelope 404', 'not-found', ({ notFoundCode }) => refusal(404, notFoundCode, 'Not found'))
add('gateway 404', 'refusal', () => ({ kind: 'gateway', status: 404, message: 'no Route matched' }))

export const faultKinds: readonly FaultKind[] = kinds

/** Faults that stand for their kind. */
export const fewFaults: readonly string[] = [
  'connection refused',
  'reset before the response',
  'cut body',
  'gateway 502',
  '429 with Retry-After in seconds',
  'envelope with 500',
  'a word as code',
  'ids missing',
  'code as text',
  'hostile texts',
  'hostile states',
  'list without its newest entry',
  'envelope 403',
  'envelope 404',
]

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

function onlyEnvelope(response: unknown): unknown {
  return typeof response === 'object' && response !== null && 'code' in response
    ? { code: response.code }
    : {}
}

function hostileField(names: readonly string[]) {
  return (response: unknown): unknown =>
    JSON.parse(
      JSON.stringify(response, (name, value) =>
        names.includes(name) && typeof value === 'string' ? hostileText : value,
      ),
    )
}
