import type { Contract, ContractRequest } from './contract.ts'
import { deviate } from './deviations.ts'
import { type OperationId, operations } from './operations/all.ts'
import type { RateLimit } from './rate-limit.ts'
import { Refusal } from './refusal.ts'
import type { Problem, RequestRecord } from './requests.ts'
import { gatewayResponse, jsonResponse, type Response } from './response.ts'
import { present, type State } from './state.ts'
import type { Variants } from './variants.ts'
import { refusalOf } from './violations.ts'

export interface Service {
  state: State
  contract: Contract
  rateLimit: RateLimit
  problems: Problem[]
}

/** The true answer to a request: what gateway and service do with it when nothing is wrong on the way. */
export function perform(service: Service, request: ContractRequest, record: RequestRecord): Response {
  const { state } = service
  const now = present(state)
  const route = service.contract.route(request)
  if (route === undefined) {
    note(service, record, 'request', `no operation for ${record.method} ${record.path}`)
    return gatewayResponse(404, 'no Route matched with those values')
  }
  const authorization = request.headers.authorization ?? ''
  if (service.rateLimit.exceeded(authorization, route.operationId, now)) return rateLimited(state)
  try {
    if (authorization !== `Bearer ${state.settings.apiKey}`)
      throw new Refusal(21119, 'The apikey is illegal', 401)
    checkRequest(service, route.operationId, request, record)
    const call = { params: route.params, query: record.query, body: request.body ?? {}, now }
    const data = operations[route.operationId as OperationId](state, call)
    record.applied = true
    const documented = JSON.parse(JSON.stringify({ code: 0, data }))
    checkAnswer(service, record, 200, documented)
    return jsonResponse(200, deviate(route.operationId, documented.data, state.variants))
  } catch (error) {
    if (error instanceof Refusal) return refused(service, record, error)
    note(service, record, 'answer', `the simulator failed: ${(error as Error).stack}`)
    return gatewayResponse(500, 'An unexpected error occurred')
  }
}

function checkRequest(
  service: Service,
  operationId: string,
  request: ContractRequest,
  record: RequestRecord,
): void {
  const violations = service.contract
    .checkRequest(operationId, request)
    .filter(
      ({ at, rule }) =>
        !(rule === 'required' && isOtherProjectField(operationId, at, service.state.variants)),
    )
  for (const { text } of violations) note(service, record, 'request', text)
  const refusal = refusalOf(violations)
  if (refusal !== undefined) throw refusal
}

/** The document wants `projectId`; a service that reads the tutorials' field does not miss it (F47). */
function isOtherProjectField(operationId: string, at: string, variants: Variants): boolean {
  return (
    operationId === 'restoreCluster' &&
    at === '/requestBody/projectId' &&
    variants.projectField !== 'projectId'
  )
}

function refused(service: Service, record: RequestRecord, refusal: Refusal): Response {
  const status = refusal.httpStatus ?? service.state.variants.errorHttpStatus
  const envelope = { code: refusal.code, message: refusal.message }
  checkAnswer(service, record, status, envelope)
  return jsonResponse(status, envelope)
}

/** Status and headers are inferred from the gateway that the service stands behind (F9). */
function rateLimited(state: State): Response {
  return gatewayResponse(429, 'API rate limit exceeded', {
    'retry-after': '1',
    'ratelimit-limit': String(state.settings.requestsPerSecond),
    'ratelimit-remaining': '0',
    'ratelimit-reset': '1',
  })
}

function checkAnswer(service: Service, record: RequestRecord, status: number, body: unknown): void {
  for (const { text } of service.contract.checkAnswer(record.operationId, status, body)) {
    note(service, record, 'answer', text)
  }
}

function note(service: Service, record: RequestRecord, side: Problem['side'], text: string): void {
  service.problems.push({ request: record.number, operationId: record.operationId, side, text })
}
