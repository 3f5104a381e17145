/** What the service can answer instead of success. */
import { ActionError, type Parts } from '../errors.ts'
import { type CodeGroup, groupOf } from './codes.ts'

/** What the service or its gateway says in a response, for people and for the support. */
export interface ResponseFacts {
  status: number
  /** A word is no code that the service documents, so it is no refusal (U4). */
  code?: number | string | undefined
  message?: string | undefined
  requestId?: string | undefined
}

/** The service understood and refused. Never retried. */
export class ApiError extends ActionError {
  override name = 'ApiError'
  readonly status: number
  readonly code: number | undefined
  readonly requestId: string | undefined
  readonly group: CodeGroup | undefined

  constructor(
    said: Parts,
    facts: ResponseFacts & { code?: number | undefined; group: CodeGroup | undefined },
  ) {
    super(said)
    this.status = facts.status
    this.code = facts.code
    this.requestId = facts.requestId
    this.group = facts.group
  }

  /** Refused because of the key or its permissions: no other request with it will fare better. */
  get isAuthError(): boolean {
    return this.group === 'key' || this.group === 'permission' || this.status === 401 || this.status === 403
  }
}

/**
 * Why no response says yes or no. `never-sent`: the request provably never reached the service; `throttled`: the
 * service asks for less load and has done nothing; `lost`: what became of the request is not known.
 */
type NoResponseKind = 'never-sent' | 'throttled' | 'lost'

/** What a response that is no success tells anyway: its secret cannot be had again, so nothing of it is thrown away. */
export interface PartialResponse {
  jobId?: string | undefined
  username?: string | undefined
  password?: string | undefined
}

/**
 * `tls`: a certificate or another part of the handshake, which does not get better by itself; `load`: too many
 * requests, whatever they ask for.
 */
type Trouble = 'network' | 'tls' | 'timeout' | 'load'

export class NoResponseError extends ActionError {
  override name = 'NoResponseError'
  readonly kind: NoResponseKind
  /** Milliseconds the service asks us to stay away, where it says so (Retry-After, RateLimit-Reset). */
  readonly retryAfter: number | undefined
  /** Why, where that is known. */
  readonly trouble: Trouble | undefined
  readonly partial: PartialResponse | undefined
  /** A whole sentence, after all that was to be tried: another retry around it must not begin again. */
  readonly isFinal: boolean

  /** @param parts `what` is a phrase that follows "Could not …: ", or the whole sentence of one that is final */
  constructor(
    parts: Parts | string,
    { kind = 'lost', retryAfter, trouble, partial, isFinal = false, cause }: NoResponseOptions = {},
  ) {
    super(parts, { cause })
    this.kind = kind
    this.retryAfter = retryAfter
    this.trouble = trouble
    this.partial = partial
    this.isFinal = isFinal
  }
}

interface NoResponseOptions {
  kind?: NoResponseKind
  retryAfter?: number | undefined
  trouble?: Trouble | undefined
  partial?: PartialResponse | undefined
  isFinal?: boolean
  cause?: unknown
}

/** Whether a POST that threw this may have been carried out. */
export function mayHaveSucceeded(error: unknown): error is NoResponseError {
  return error instanceof NoResponseError && error.kind === 'lost'
}

/** Begins the sentence of a request that the end of the step cut short. */
export const timedOut = 'The step timed out. '

/** A decoder throws this where a response lacks what makes it a success, with what it holds besides. */
export class IncompleteResponse extends Error {
  override name = 'IncompleteResponse'
  readonly partial: PartialResponse

  constructor(message: string, partial: PartialResponse, options?: ErrorOptions) {
    super(message, options)
    this.partial = partial
  }
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
