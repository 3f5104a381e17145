import { ApiError } from './api-error.ts'
import type { ContractRequest } from './contract.ts'
import { deviate } from './deviations.ts'
import { followLag } from './history.ts'
import { checkResponse, type Judge, report } from './judge.ts'
import { isImplemented, operations } from './operations/all.ts'
import type { RateLimit } from './rate-limit.ts'
import type { RequestRecord } from './requests.ts'
import { gatewayResponse, jsonResponse, type Response } from './response.ts'
import { advance, type State } from './state.ts'
import { unreadable } from './unreadable.ts'
import type { Variants } from './variants.ts'
import { toApiError } from './violations.ts'

export interface Service extends Judge {
  state: State
  rateLimit: RateLimit
  /** Entry that a list leaves out of this one response; see `Call`. */
  leaveOut?: string
}

/** What the gateway and the service do with a request when no fault is injected. */
export function perform(service: Service, request: ContractRequest, record: RequestRecord): Response {
  const { state } = service
  const now = advance(state)
  followLag(state)
  const refusal = unreadable(request)
  if (refusal !== undefined) {
    report(service, record, { side: 'request', text: refusal.text })
    return jsonResponse(refusal.status, { code: 96036, message: `Invalid parameter. ${refusal.text}` })
  }
  const route = service.contract.route(request)
  if (route === undefined) {
    report(service, record, { side: 'request', text: `no operation for ${record.method} ${record.path}` })
    return gatewayResponse(404, 'no Route matched with those values')
  }
  const { operationId, params } = route
  if (!isImplemented(operationId)) {
    const message = `The simulator does not implement ${operationId}`
    report(service, record, { side: 'response', text: message })
    return gatewayResponse(501, message)
  }
  const authorization = request.headers.authorization ?? ''
  const limited = service.rateLimit.exceeded(authorization, operationId, now)
  if (limited) return rateLimitResponse(state)
  try {
    if (authorization !== `Bearer ${state.settings.apiKey}`)
      throw new ApiError(21119, 'The apikey is illegal', 401)
    checkRequest(service, request, record)
    const call = { params, query: record.query, body: request.body ?? {}, now, leaveOut: service.leaveOut }
    const data = operations[operationId](state, call)
    record.applied = true
    const documented = JSON.parse(JSON.stringify({ code: 0, data }))
    checkResponse(service, record, { status: 200, body: documented })
    return jsonResponse(200, deviate(state, operationId, documented.data))
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(service, record, error)
    report(service, record, { side: 'response', text: `the simulator failed: ${(error as Error).stack}` })
    return gatewayResponse(500, 'An unexpected error occurred')
  }
}

/** @throws {ApiError} When the request violates the contract; each violation is reported. */
function checkRequest(service: Service, request: ContractRequest, record: RequestRecord): void {
  const { operationId } = record
  const { variants } = service.state
  const violations = service.contract
    .checkRequest(operationId, request)
    .filter(
      ({ pointer, rule }) => rule !== 'required' || !isOtherProjectField(operationId, pointer, variants),
    )
  for (const { text } of violations) report(service, record, { side: 'request', text })
  const error = toApiError(violations)
  if (error !== undefined) throw error
}

/** The document requires `projectId`; a service that reads the field of the tutorials does not (F47). */
function isOtherProjectField(operationId: string, pointer: string, variants: Variants): boolean {
  return (
    operationId === 'restoreCluster' &&
    pointer === '/requestBody/projectId' &&
    variants.projectField !== 'projectId'
  )
}

function errorResponse(service: Service, record: RequestRecord, error: ApiError): Response {
  const status = error.httpStatus ?? service.state.variants.errorHttpStatus
  const envelope = { code: error.code, message: error.message }
  checkResponse(service, record, { status, body: envelope })
  return jsonResponse(status, envelope)
}

/** Status and headers are inferred from the gateway in front of the service (F9). */
function rateLimitResponse(state: State): Response {
  return gatewayResponse(429, 'API rate limit exceeded', {
    'retry-after': '1',
    'ratelimit-limit': String(state.settings.requestsPerSecond),
    'ratelimit-remaining': '0',
    'ratelimit-reset': '1',
  })
}
