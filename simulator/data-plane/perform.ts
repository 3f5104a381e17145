import { ApiError } from '../api-error.ts'
import type { ContractRequest } from '../contract.ts'
import { replacementResponse } from '../fault-responses.ts'
import { checkResponse, type Judge, report } from '../judge.ts'
import type { Cluster } from '../records.ts'
import type { RequestRecord } from '../requests.ts'
import { gatewayResponse, jsonResponse, type Response } from '../response.ts'
import { advance, type State } from '../state.ts'
import { unreadable } from '../unreadable.ts'
import { deviateData } from './deviations.ts'
import { endpointOf } from './endpoint.ts'
import { type DataCall, dataOperations, isDataOperation } from './operations.ts'

/** One data plane and what its requests are held against. */
export interface DataService extends Judge {
  state: State
  cluster: Cluster
  /** See `DataCall`. */
  leaveOut: string | undefined
}

/** What the data plane of a cluster does with a request when it does not refuse it and no fault is injected. */
export function performData(service: DataService, request: ContractRequest, record: RequestRecord): Response {
  const { state, cluster, leaveOut } = service
  const now = advance(state)
  const { operationId } = record
  const refusal = unreadable(request)
  if (refusal !== undefined) {
    report(service, record, { side: 'request', text: refusal.text })
    return jsonResponse(refusal.status, { code: 1100, message: `invalid parameter: ${refusal.text}` })
  }
  if (!isDataOperation(operationId)) {
    report(service, record, { side: 'request', text: `no operation for ${record.method} ${record.path}` })
    return gatewayResponse(404, '404 page not found')
  }
  const rejected = rejection(service, request)
  if (rejected !== undefined) return rejected
  try {
    checkRequest(service, request, record)
    const body = request.body as DataCall['body']
    const data = dataOperations[operationId]({ cluster, body, now, leaveOut })
    record.applied = true
    checkResponse(service, record, { status: 200, body: { code: 0, data } })
    const { variants } = state
    return jsonResponse(200, { code: 0, data: deviateData({ variants, request, operationId }, data) })
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(service, record, error)
    report(service, record, { side: 'response', text: `the simulator failed: ${(error as Error).stack}` })
    return gatewayResponse(500, 'An unexpected error occurred')
  }
}

/** The answer to a token that this cluster does not accept; undefined for one that it does. */
function rejection({ state, cluster }: DataService, request: ContractRequest): Response | undefined {
  const { acceptsApiKey = true, rejection: fault } = endpointOf(state, cluster).plan
  const tokens = [...(acceptsApiKey ? [state.settings.apiKey] : []), ...(cluster.tokens ?? [])]
  const authorization = request.headers.authorization ?? ''
  if (tokens.some(token => authorization === `Bearer ${token}`)) return undefined
  if (fault === undefined) return jsonResponse(200, { code: 1800, message: "user hasn't authenticated" })
  return replacementResponse(fault, { authorization, now: advance(state), elsewhere: '' })
}

/** @throws {ApiError} When the request violates the contract; each violation is reported. */
function checkRequest(service: DataService, request: ContractRequest, record: RequestRecord): void {
  const violations = service.contract.checkRequest(record.operationId, request)
  for (const { text } of violations) report(service, record, { side: 'request', text })
  const [first] = violations
  if (first !== undefined) {
    throw new ApiError(first.rule === 'required' ? 1802 : 1100, `invalid parameter: ${first.text}`)
  }
}

function errorResponse(service: DataService, record: RequestRecord, error: ApiError): Response {
  const envelope = { code: error.code, message: error.message }
  checkResponse(service, record, { status: 200, body: envelope })
  return jsonResponse(200, envelope)
}
