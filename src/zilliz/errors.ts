/**
 * What the service can answer instead of success, as errors that are sentences:
 * what was tried, what they answered, what to do next.
 */

import { redact } from '../secrets.ts'

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

/** What the service or its gateway says about an exchange, for people and for the support. */
export interface ResponseFacts {
  status: number
  /** Whether a code can be text is not known (U4). */
  code?: number | string | undefined
  message?: string | undefined
  requestId?: string | undefined
}

/** Text of the service on one line, without control characters, cut at 500: it lands in our sentences. */
export function sanitize(text: string): string {
  // Before anything is cut: what is left of a secret could no longer be told from other text.
  const line = redact(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  return line.length > 500 ? `${line.slice(0, 500)}…` : line
}

export function quote(text: string): string {
  return `"${sanitize(text)}"`
}

function describeResponse({ status, code, message, requestId }: ResponseFacts): string {
  const details = [`HTTP ${status}`]
  if (code !== undefined) details.push(`code ${sanitize(String(code))}`)
  details.push(requestId === undefined ? 'no request id' : `request id ${sanitize(requestId)}`)
  return `${message ? quote(message) : 'no message'} (${details.join(', ')})`
}

/** The service understood and said no. Never repeated. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly code: number | string | undefined
  readonly group: CodeGroup | undefined

  constructor(tried: string, facts: ResponseFacts) {
    const group =
      groupOf(facts.code) ??
      (facts.status === 401
        ? 'key'
        : facts.status === 403
          ? 'permission'
          : facts.status === 404
            ? 'not-found'
            : undefined)
    const redirect =
      facts.status >= 300 && facts.status < 400 ? 'Redirects are not followed: check `base-url`.' : undefined
    const hint = redirect ?? (group ? hints[group] : 'The message gives the reason.')
    super(`Could not ${tried}. The service refused: ${describeResponse(facts)}. ${hint}`)
    this.status = facts.status
    this.code = facts.code
    this.group = group
  }

  /** Refused because of the key or what it may do: nothing else it is asked will be answered better. */
  get isAuthError(): boolean {
    return this.group === 'key' || this.group === 'permission' || this.status === 401 || this.status === 403
  }
}

/**
 * Nothing came back that says yes or no: a fault of the network or the gateway, or too much load.
 * `arrived: false` only where the request provably never reached the service.
 */
export class NoResponseError extends Error {
  override name = 'NoResponseError'
  readonly kind: 'fault' | 'load'
  readonly arrived: boolean
  /** Milliseconds the service asks us to stay away, where it says so (Retry-After, RateLimit-Reset). */
  readonly retryAfter: number | undefined

  constructor(
    what: string,
    options: {
      kind?: 'fault' | 'load'
      arrived?: boolean
      retryAfter?: number | undefined
      cause?: unknown
    } = {},
  ) {
    super(what, { cause: options.cause })
    this.kind = options.kind ?? 'fault'
    this.arrived = options.arrived ?? true
    this.retryAfter = options.retryAfter
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
 * Whether a refused read says that the thing is not there. No code is documented for a backup (U5), so any
 * refusal that is not known to mean something else may say it of a backup.
 */
export function isNotFound(refused: ApiError, resource: Resource): boolean {
  // Without a code it is the gateway that knows no such path, and says nothing of the thing.
  if (refused.code === undefined) return false
  if (notFoundCodes[resource].some(code => code === refused.code)) return true
  const known = groupOf(refused.code) !== undefined
  return !known && (resource === 'backup' || refused.status === 404) && !refused.isAuthError
}
