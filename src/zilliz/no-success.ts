/** Why a response is no success: refused, asked for less, or neither yes nor no. */
import { messageOf } from '../errors.ts'
import { isSafeId } from '../untrusted-text.ts'
import {
  type ApiError,
  IncompleteResponse,
  NoResponseError,
  type PartialResponse,
  type ResponseFacts,
} from './errors.ts'
import { controlPlane, type Party } from './party.ts'
import { type Asked, apiError, unexpectedResponse } from './refusals.ts'
import type { HttpResponse } from './transport.ts'

export interface Envelope {
  code: number | string
  success: boolean
}

interface ReadResponse extends HttpResponse {
  /** Undefined where the body is no JSON. */
  json: unknown
  envelope: Envelope | undefined
  /** What its decoder threw, where it says success. */
  cause: unknown
}

/**
 * A 5xx is never a no, with an envelope or without: what it was about may have been carried out.
 *
 * @param asked with the milliseconds since the epoch, for a Retry-After that is a date, and the codes that mean "not yet"
 */
export function noSuccess(
  response: ReadResponse,
  asked: Asked & { now: number; isTemporary?: ((code: number) => boolean) | undefined },
): ApiError | NoResponseError {
  const { status, headers, json, envelope, cause } = response
  const { now, isTemporary, party = controlPlane } = asked
  const said = { message: messageIn(json), requestId: requestId(headers) }
  const facts: ResponseFacts = { status, code: envelope?.code, ...said }
  const wait = retryAfter(headers, now)
  // A word as a code is none: a 4xx is a refusal whatever its body.
  const code = typeof envelope?.code === 'number' ? envelope.code : undefined
  const load = loadOf(status, code !== undefined && isTemporary?.(code) === true, party)
  if (load !== undefined) {
    const trouble = status === 429 ? 'load' : undefined
    const parts = unexpectedResponse(load, facts)
    return new NoResponseError(parts, { kind: 'throttled', retryAfter: wait, trouble })
  }
  if (isRefusal(status, envelope)) return apiError(asked, { ...facts, code })
  const partial = cause instanceof IncompleteResponse ? cause.partial : partialIn(json)
  const parts = unexpectedResponse(whyNeither(response, party), facts)
  const more = isPage(response) ? party.page : {}
  return new NoResponseError({ ...parts, ...more }, { retryAfter: wait, partial, cause })
}

function whyNeither(response: ReadResponse, { short }: Party): string {
  const { status, json, envelope, cause } = response
  if (status < 200 || status >= 300) return `${short} or its gateway failed`
  if (envelope !== undefined && !envelope.success) return 'the code is not a number'
  return cause === undefined ? whatInstead(response, json) : messageOf(cause)
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
