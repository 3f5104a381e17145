/** What the service can answer instead of success: what was tried, what they answered, what to do next. */
import { ActionError, type Parts } from '../errors.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import { type CodeGroup, enterpriseOnlyCode, groupOf, wrongStateCode } from './codes.ts'

/** Where a response has no code of a known group, its status stands for one. */
const groupOfStatus: Readonly<Record<number, CodeGroup>> = { 401: 'key', 403: 'permission', 404: 'not-found' }

/** What a request needs the key to be allowed to: for the sentence of a refusal. */
export type Right = 'read' | 'backup' | 'cluster'

const rights: Record<Right, string> = {
  read: 'read access to the cluster and its project: check the scope of the key',
  backup:
    'the backup privileges of the project: a project admin, or a custom role with the resource backup, and a scope that covers the cluster',
  cluster: 'the right to make and drop clusters: a project admin, or a custom role that has it',
}

const checkKey =
  'Check the secret behind api-key, and base-url: keys of the global and the China site differ.'

const hints: Record<CodeGroup, string> = {
  key: checkKey,
  permission: '',
  'not-found': 'Check the id, and that the key belongs to the organization and has the cluster in its scope.',
  conflict: 'The state or the name of the cluster or backup does not allow this: look in the console.',
  unsupported:
    'Backups are for Dedicated clusters only: choose one, or change the plan of this cluster in the console.',
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

/** For the brackets at the end of an error. */
function describeResponse({ status, code, message, requestId }: ResponseFacts): string {
  return [
    message ? quote(message) : 'no message',
    `HTTP ${status}`,
    ...(code === undefined ? [] : [`code ${sanitize(String(code))}`]),
    requestId === undefined ? 'no request id' : `request id ${sanitize(requestId)}`,
  ].join(', ')
}

/** What was asked for, for the sentence of a refusal. */
export interface Asked {
  /** Ends the sentence "Could not …". */
  tried: string
  right: Right
  /** Names what a response without an envelope came from: not the service. */
  baseUrl: string
}

/** The service understood and refused. Never retried. */
export class ApiError extends ActionError {
  override name = 'ApiError'
  readonly status: number
  readonly code: number | undefined
  readonly requestId: string | undefined
  readonly group: CodeGroup | undefined

  constructor(asked: Asked, facts: ResponseFacts & { code?: number | undefined }) {
    const group = groupOf(facts.code) ?? groupOfStatus[facts.status]
    const said = facts.code === undefined ? saidByStranger(asked, facts) : saidByService(asked, facts, group)
    super({ ...said, answer: describeResponse(facts) })
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

function saidByService(
  { tried, right }: Asked,
  { status, code }: ResponseFacts,
  group: CodeGroup | undefined,
): Parts {
  const what = `Could not ${tried}: the service refused.`
  if (status >= 300 && status < 400) return { what, next: redirectHint }
  if (group === 'key') {
    return { what: `API key refused: could not ${tried}.`, next: checkKey, help: 'api-key-refused' }
  }
  if (code === enterpriseOnlyCode) return { what, next: 'This is for projects of the Enterprise plan only.' }
  if (group === 'permission') {
    const next = `It needs ${rights[right]}.`
    return { what: `This API key may not ${tried}.`, next, help: 'this-api-key-may-not' }
  }
  if (code === wrongStateCode) return { what, next: hints.conflict, help: 'the-cluster-is-not-ready' }
  if (group !== undefined) return { what, next: hints[group] }
  return { what, next: right === 'read' ? reasonHint : `${reasonHint} ${limitHint}` }
}

const reasonHint = 'The message gives the reason.'
/** No code is known for a quota. */
const limitHint = 'A quota or a plan is changed in the console.'
const redirectHint = 'Redirects are not followed: check base-url.'

/** A response without an envelope did not come from the service, so it says nothing about the key; 401 may. */
function saidByStranger({ tried, baseUrl }: Asked, { status }: ResponseFacts): Parts {
  const what = `Could not ${tried}: something other than Zilliz Cloud responded at ${baseUrl}.`
  const between = 'Check base-url, and what may stand in between, such as a proxy or a firewall.'
  if (status >= 300 && status < 400) return { what, next: redirectHint }
  return { what, next: status === 401 ? `${between} Check the secret behind api-key too.` : between }
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

  /** @param parts `what` is a phrase that follows "Could not …: ", or the whole sentence of one that is final */
  constructor(
    parts: Parts | string,
    { kind = 'lost', retryAfter, isTls = false, partial, isFinal = false, cause }: NoResponseOptions = {},
  ) {
    super(parts, { cause })
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

/** What came back when it was neither yes nor no. */
export function unexpectedResponse(what: string, facts: ResponseFacts, next?: string): Parts {
  return { what, next, answer: describeResponse(facts) }
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
