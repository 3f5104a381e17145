import type { IncomingMessage, ServerResponse } from 'node:http'
import { worldNow } from './clock.ts'
import type { ContractRequest } from './contract.ts'
import { edited, insteadOf } from './fault-responses.ts'
import type { FaultBook, FaultRule, InsteadFault } from './faults.ts'
import type { RequestRecord } from './requests.ts'
import { jsonOf, jsonResponse, type Response } from './response.ts'
import { perform, type Service } from './service.ts'
import { cut, drip, resetInBody, send, sendHuge, stallInBody } from './wire.ts'

export interface RequestHandler {
  service: Service
  faults: FaultBook
  requests: RequestRecord[]
  /** Closes the port for a while. */
  refuseFor(ms: number): void
  /** Address of another origin, which notes its visitors. */
  elsewhere(): Promise<string>
}

/** One request from its arrival to the end of its answer, faults included. */
export async function handleRequest(
  handler: RequestHandler,
  incoming: IncomingMessage,
  response: ServerResponse,
) {
  const request = await readRequest(incoming)
  const record = recordOf(handler, request)
  const rule = handler.faults.take(record)
  // Made even when it is not sent, so that a laid fault does not change the ids of later answers.
  const requestId = handler.service.state.ids.request()
  const responded = (answer: Response): Response => recorded(handler, record, requestId, answer)
  if (rule === undefined) return send(response, responded(perform(handler.service, request, record)))
  record.fault = rule.fault.kind
  await play(handler, rule, { request, record, response, responded })
}

interface Exchange {
  request: ContractRequest
  record: RequestRecord
  response: ServerResponse
  responded: (answer: Response) => Response
}

async function play(
  handler: RequestHandler,
  rule: FaultRule,
  { request, record, response, responded }: Exchange,
) {
  const { fault } = rule
  const truth = () => perform(handler.service, request, record)
  const part = () => responded(rule.applied || record.method === 'GET' ? truth() : unfinished)
  switch (fault.kind) {
    case 'code-as-text':
    case 'data-null':
    case 'without-ids':
    case 'hostile':
    case 'edit':
      return send(response, responded(edited(fault, truth())))
    case 'drip':
      return drip(response, responded(truth()), fault.bytes ?? 1, fault.everyMs ?? 20)
    case 'refuse': {
      const answer = responded(truth())
      // Kept connections would get past the closed port.
      answer.headers.connection = 'close'
      handler.refuseFor(fault.ms)
      return send(response, answer)
    }
    case 'reset-in-body':
      return resetInBody(response, part())
    case 'stall-in-body':
      return stallInBody(response, part())
    case 'cut':
      return cut(response, part(), fault.missing ?? 64)
  }
  if (rule.applied) truth()
  switch (fault.kind) {
    case 'reset':
      return void response.socket?.resetAndDestroy()
    case 'close':
      return void response.socket?.end()
    case 'stall':
      return
    case 'huge':
      return sendHuge(response, responded({ status: 200, headers: {}, body: '' }).headers, fault)
    default:
      return send(response, responded(await instead(handler, fault, request)))
  }
}

/** Stands for the answer of a request that the service has not performed. */
const unfinished = jsonResponse(200, { code: 0, data: { note: 'This answer never arrives whole.' } })

async function instead(
  handler: RequestHandler,
  fault: InsteadFault,
  request: ContractRequest,
): Promise<Response> {
  return insteadOf(fault, {
    authorization: request.headers.authorization ?? '',
    now: worldNow(handler.service.state.clock),
    elsewhere: fault.kind === 'redirect' && fault.to === undefined ? await handler.elsewhere() : '',
  })
}

/** Adds the request id and writes down what is sent. */
function recorded(
  handler: RequestHandler,
  record: RequestRecord,
  requestId: string,
  answer: Response,
): Response {
  const header = handler.service.state.variants.requestIdHeader
  const content = jsonOf(answer)
  record.status = answer.status
  record.code = content?.code
  record.message = content?.message
  if (header === 'none') return { ...answer, headers: { ...answer.headers } }
  record.requestId = requestId
  return { ...answer, headers: { ...answer.headers, [header]: requestId } }
}

async function readRequest(incoming: IncomingMessage): Promise<ContractRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
  return { method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body: parsed(text) }
}

function parsed(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function recordOf({ service, requests }: RequestHandler, request: ContractRequest): RequestRecord {
  const [path = '', ...query] = request.path.split('?')
  const record: RequestRecord = {
    number: requests.length + 1,
    operationId: service.contract.route(request)?.operationId ?? '',
    method: request.method,
    path,
    query: Object.fromEntries(new URLSearchParams(query.join('?'))),
    headers: request.headers,
    body: request.body,
    time: worldNow(service.state.clock),
    realTime: Date.now(),
    status: undefined,
    code: undefined,
    message: undefined,
    applied: false,
    fault: undefined,
    requestId: undefined,
  }
  requests.push(record)
  return record
}
