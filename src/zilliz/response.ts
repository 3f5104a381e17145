import { messageOf } from '../errors.ts'
import { isSafeId } from '../untrusted-text.ts'
import { ApiError, IncompleteResponse, NoResponseError, type PartialResponse } from './errors.ts'
import { controlPlane, type Party } from './party.ts'
import { type ResponseFacts, type Right, unexpectedResponse } from './refusals.ts'
import type { HttpResponse } from './transport.ts'

export interface Expected<T> {
  /** Ends the sentence "Could not …". */
  tried: string
  right: Right
  /** Takes `data` of the envelope, or a bare body, and the size of the body; throws when what it needs is not there. */
  decode: (data: unknown, size: number) => T
  /** Bodies without envelope that the documentation shows for this call (F59, F73). */
  bare?: (json: unknown) => boolean
  /** Codes that mean "not yet": nothing was done, and it may be asked again (F103). */
  isTemporary?: ((code: number) => boolean) | undefined
}

/**
 * Distinguishes success from refusal, throttling and fault (F5 to F9; failure often comes with HTTP 200). A 5xx is
 * never a no, with an envelope or without: what it was about may have been carried out.
 *
 * @param at where it was sent, and the milliseconds since the epoch, for a Retry-After that is a date
 * @throws ApiError, NoResponseError
 */
export function readResponse<T>(
  response: HttpResponse,
  expected: Expected<T>,
  { baseUrl, now, party = controlPlane }: { baseUrl: string; now: number; party?: Party | undefined },
): T {
  const { status } = response
  const json = parse(response.text)
  const envelope = asEnvelope(json)
  const said = { message: messageIn(json), requestId: requestId(response.headers) }
  const facts: ResponseFacts = { status, code: envelope?.code, ...said }
  const wait = retryAfter(response.headers, now)
  // A word as a code is none: a 4xx is a refusal whatever its body.
  const code = typeof envelope?.code === 'number' ? envelope.code : undefined
  const load = loadOf(status, code !== undefined && expected.isTemporary?.(code) === true, party)
  if (load !== undefined) {
    const trouble = status === 429 ? 'load' : undefined
    const options = { kind: 'throttled', retryAfter: wait, trouble } as const
    throw new NoResponseError(unexpectedResponse(load, facts), options)
  }
  if (isRefusal(status, envelope)) {
    const { tried, right } = expected
    throw new ApiError({ tried, right, baseUrl, party }, { ...facts, code })
  }
  const fault = (what: string, cause?: unknown) => {
    const partial = cause instanceof IncompleteResponse ? cause.partial : partialIn(json)
    const more = isPage(response) ? party.page : {}
    const parts = { ...unexpectedResponse(what, facts), ...more }
    return new NoResponseError(parts, { retryAfter: wait, partial, cause })
  }
  if (status < 200 || status >= 300) throw fault(`${party.short} or its gateway failed`)
  if (envelope !== undefined && !envelope.success) throw fault('the code is not a number')
  const bare = json !== undefined && (expected.bare?.(json) ?? false)
  if (!bare && envelope === undefined) throw fault(whatInstead(response, json))
  try {
    return expected.decode(bare ? json : (json as { data?: unknown }).data, response.text.length)
  } catch (error) {
    throw fault(messageOf(error), error)
  }
}

/** Nothing was done, and it may be asked again. */
function loadOf(status: number, isTemporary: boolean, { short }: Party): string | undefined {
  if (status === 425 || status === 429) return `${short} asks for fewer requests`
  return isTemporary && status < 500 ? `${short} is not ready for it` : undefined
}

function isPage({ status, headers, text }: HttpResponse): boolean {
  const isHtml = /html/i.test(headers['content-type'] ?? '') || /^\s*<(!doctype|html)/i.test(text)
  return isHtml && status >= 200 && status < 300
}

function whatInstead(response: HttpResponse, json: unknown): string {
  if (isPage(response)) return 'a web page was answered instead of the API'
  return json === undefined ? 'the response is not JSON' : 'the response has no code'
}

/** What a response that says neither yes nor no holds anyway: it cannot be had again. */
function partialIn(json: unknown): PartialResponse | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  const data = 'data' in json && typeof json.data === 'object' && json.data !== null ? json.data : json
  const from = data as Record<string, unknown>
  const text = (name: string) =>
    typeof from[name] === 'string' && from[name] !== '' ? from[name] : undefined
  const jobId = text('jobId')
  const partial = {
    jobId: jobId !== undefined && isSafeId(jobId) ? jobId : undefined,
    username: text('username'),
    password: text('password'),
  }
  return Object.values(partial).some(value => value !== undefined) ? partial : undefined
}

function isRefusal(status: number, envelope: Envelope | undefined): boolean {
  if (status >= 300 && status < 500 && status !== 408) return true
  return status < 300 && envelope?.success === false && typeof envelope.code === 'number'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

interface Envelope {
  code: number | string
  success: boolean
}

/** `code` is a number everywhere, but whether it can be text is not known (U4). */
function asEnvelope(json: unknown): Envelope | undefined {
  if (typeof json !== 'object' || json === null || !('code' in json)) return undefined
  const raw = json.code
  const code = typeof raw === 'string' && /^-?\d{1,9}$/.test(raw) ? Number(raw) : raw
  if (typeof code === 'string' && code !== '') return { code, success: false }
  if (typeof code !== 'number' || !Number.isFinite(code)) return undefined
  return { code, success: code === 0 || code === 200 }
}

function messageIn(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !('message' in json)) return undefined
  return typeof json.message === 'string' ? json.message : undefined
}

/** `requestid` is what the Go client prints; the gateway's newer versions send their own (F8). */
function requestId(headers: HttpResponse['headers']): string | undefined {
  for (const name of ['requestid', 'x-request-id', 'x-kong-request-id']) {
    const value = headers[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

function retryAfter(headers: HttpResponse['headers'], now: number): number | undefined {
  for (const name of ['retry-after', 'ratelimit-reset']) {
    const value = headers[name]
    if (typeof value !== 'string') continue
    if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
    const date = name === 'retry-after' ? Date.parse(value) : Number.NaN
    if (!Number.isNaN(date)) return Math.max(0, date - now)
  }
  return undefined
}
