/** What the service can answer instead of success: what was tried, what they answered, what to do next. */
import { ActionError } from '../errors.ts'
import { quote, sanitize } from '../untrusted-text.ts'

/** The groups of reason codes (documentation page "error codes v2"). */
export type CodeGroup =
  | 'key'
  | 'permission'
  | 'not-found'
  | 'conflict'
  | 'unsupported'
  | 'parameter'
  | 'operation-failed'

const groups: Record<CodeGroup, readonly number[]> = {
  key: [21119, 1800, 80001, 80002],
  permission: [96012, 96013, 96014, 96015, 96016, 96027, 96028, 40022],
  'not-found': [96018, 96026, 40021, 80020],
  conflict: [96017, 40013, 40003],
  unsupported: [96021, 96022, 80021],
  parameter: [
    96000, 96001, 96002, 96003, 96004, 96005, 96006, 96007, 96008, 96009, 96010, 96011, 96023, 96025, 96029,
    96030, 96031, 96032, 96033, 96034, 96035, 96036, 96037,
  ],
  'operation-failed': [96038, 96039, 96040],
}

/** The name of a cluster is used already: 96017 documented, 40013 recorded (F6, F16). */
export const nameTakenCodes = [96017, 40013] as const
/** A cluster is in a state that does not allow it. */
export const wrongStateCode = 40003
/** The name of a cluster has a character the service does not take (F16). */
export const badNameCode = 96010

export function groupOf(code: number | string | undefined): CodeGroup | undefined {
  for (const [group, codes] of Object.entries(groups)) {
    if (codes.some(known => known === code)) return group as CodeGroup
  }
  return undefined
}

/** Where a response has no code of a known group, its status stands for one. */
const groupOfStatus: Readonly<Record<number, CodeGroup>> = { 401: 'key', 403: 'permission', 404: 'not-found' }

const hints: Record<CodeGroup, string> = {
  key: 'Check that `api-key` holds a valid API key of this site, and that `base-url` names the right site: the global and the China site have different keys.',
  permission:
    'The key is valid but may not do this. Backup work needs a project admin, an organization owner or a custom role with the backup privileges, and a key whose scope covers the project and the cluster.',
  'not-found': 'Check the id, and that the key belongs to the organization and has the cluster in its scope.',
  conflict: 'Its present state or name does not allow this. Look at it in the console and try again.',
  unsupported: 'Backups are for Dedicated clusters only.',
  parameter: 'Check the inputs of this step against the message.',
  'operation-failed':
    'The message gives the reason. A cluster must be running, and no other backup or restore may be in its way.',
}

/** What the service or its gateway says in a response, for people and for the support. */
export interface ResponseFacts {
  status: number
  /** A word is no code that the service documents, so it is no refusal (U4). */
  code?: number | string | undefined
  message?: string | undefined
  requestId?: string | undefined
}

function describeResponse({ status, code, message, requestId }: ResponseFacts): string {
  const details = [`HTTP ${status}`]
  if (code !== undefined) details.push(`code ${sanitize(String(code))}`)
  details.push(requestId === undefined ? 'no request id' : `request id ${sanitize(requestId)}`)
  return `${message ? quote(message) : 'no message'} (${details.join(', ')})`
}

/** The service understood and refused. Never retried. */
export class ApiError extends ActionError {
  override name = 'ApiError'
  readonly status: number
  readonly code: number | undefined
  readonly requestId: string | undefined
  readonly group: CodeGroup | undefined

  /** @param baseUrl names what a response without an envelope came from: not the service */
  constructor(tried: string, facts: ResponseFacts & { code?: number | undefined }, baseUrl = '') {
    const group = groupOf(facts.code) ?? groupOfStatus[facts.status]
    const said =
      facts.code === undefined
        ? `Something other than the service responded at ${baseUrl}: ${describeResponse(facts)}. ${hintForStranger(facts)}`
        : `The service refused: ${describeResponse(facts)}. ${hintFor(facts, group)}`
    super(`Could not ${tried}. ${said}`)
    this.status = facts.status
    this.code = facts.code
    this.requestId = facts.requestId
    this.group = group
  }

  /** Refused because of the key or its permissions: no other request with it will fare better. */
  get isAuthError(): boolean {
    return this.group === 'key' || this.group === 'permission' || this.status === 401 || this.status === 403
  }
}

function hintFor({ status }: ResponseFacts, group: CodeGroup | undefined): string {
  if (status >= 300 && status < 400) return redirectHint
  return group === undefined ? 'The message gives the reason.' : hints[group]
}

const redirectHint = 'Redirects are not followed: check `base-url`.'

/** A response without an envelope did not come from the service, so it says nothing about the key; 401 may. */
function hintForStranger({ status }: ResponseFacts): string {
  if (status >= 300 && status < 400) return redirectHint
  const between = 'Check `base-url`, and what may stand in between, such as a proxy or a firewall.'
  return status === 401 ? `${between} ${hints.key}` : between
}

/**
 * Why no response says yes or no. `never-sent`: the request provably never reached the service; `throttled`: the
 * service asks for less load and has done nothing; `lost`: what became of the request is not known.
 */
export type NoResponseKind = 'never-sent' | 'throttled' | 'lost'

/** What a response that is no success tells anyway: its secret cannot be had again, so nothing of it is thrown away. */
export interface PartialResponse {
  jobId?: string | undefined
  username?: string | undefined
  password?: string | undefined
}

export class NoResponseError extends ActionError {
  override name = 'NoResponseError'
  readonly kind: NoResponseKind
  /** Milliseconds the service asks us to stay away, where it says so (Retry-After, RateLimit-Reset). */
  readonly retryAfter: number | undefined
  /** The certificate or another part of the TLS handshake is why: it does not get better by itself. */
  readonly isTls: boolean
  readonly partial: PartialResponse | undefined
  /** A whole sentence, after all that was to be tried: another retry around it must not begin again. */
  readonly isFinal: boolean

  constructor(
    what: string,
    { kind = 'lost', retryAfter, isTls = false, partial, isFinal = false, cause }: NoResponseOptions = {},
  ) {
    super(what, { cause })
    this.kind = kind
    this.retryAfter = retryAfter
    this.isTls = isTls
    this.partial = partial
    this.isFinal = isFinal
  }
}

interface NoResponseOptions {
  kind?: NoResponseKind
  retryAfter?: number | undefined
  isTls?: boolean
  partial?: PartialResponse | undefined
  isFinal?: boolean
  cause?: unknown
}

/** A decoder throws this where a response lacks what makes it a success, with what it holds besides. */
export class IncompleteResponse extends Error {
  override name = 'IncompleteResponse'
  readonly partial: PartialResponse

  constructor(message: string, partial: PartialResponse, options?: ErrorOptions) {
    super(message, options)
    this.partial = partial
  }
}

/** What came back when it was neither yes nor no, as the sentence of a NoResponseError. */
export function unexpectedResponse(what: string, facts: ResponseFacts): string {
  return `${what}: ${describeResponse(facts)}`
}

export type Resource = 'job' | 'backup' | 'cluster'

const notFoundCodes: Record<Resource, readonly number[]> = {
  job: [96026],
  cluster: [96018, 40021, 80020],
  backup: [],
}

/**
 * Whether a refused read says that the resource does not exist. No code is documented for a backup (U5), so any
 * refusal that is not known to mean something else may say it of a backup.
 */
export function isNotFound(error: unknown, resource: Resource): error is ApiError {
  // Without a code it is the gateway that knows no such path, and says nothing of the resource.
  if (!(error instanceof ApiError) || error.code === undefined) return false
  if (notFoundCodes[resource].some(code => code === error.code)) return true
  const known = groupOf(error.code) !== undefined
  return !known && (resource === 'backup' || error.status === 404) && !error.isAuthError
}
