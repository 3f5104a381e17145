import type { IncomingMessage, ServerResponse } from 'node:http'
import { worldNow } from './clock.ts'
import type { ContractRequest } from './contract.ts'
import { editedResponse, replacementResponse } from './fault-responses.ts'
import type { EditFault, FaultRegistry, ReplacementFault, ResponseRule, WireFault } from './faults.ts'
import type { RequestRecord } from './requests.ts'
import { jsonOf, jsonResponse, type Response } from './response.ts'
import { perform, type Service } from './service.ts'
import { dateHeader, serviceNow } from './service-clock.ts'
import { cut, drip, resetInBody, send, sendHuge, stallInBody } from './wire.ts'

export interface RequestHandler {
  service: Service
  faults: FaultRegistry
  requests: RequestRecord[]
  /** Closes the port for some time. */
  refuseFor(ms: number): void
  /** URL of another origin, which records the requests it receives. */
  elsewhere(): Promise<string>
  /** Called once per request after it was handled. */
  onRequest: ((request: RequestRecord) => void) | undefined
}

/** One request with everything that its response needs. */
interface RequestContext {
  handler: RequestHandler
  request: ContractRequest
  record: RequestRecord
  requestId: string
  outgoing: ServerResponse
}

/** Handles one request until its response, injected faults included, is on its way. */
export async function handleRequest(
  handler: RequestHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  // Node would send the real time, which is not the time of the simulated world.
  outgoing.sendDate = false
  const request = await readRequest(incoming)
  const record = createRecord(handler, request)
  const rule = handler.faults.take(record)
  // Drawn even when no response is sent, so that an injected fault does not change the ids of later responses.
  const requestId = handler.service.state.ids.request()
  const context = { handler, request, record, requestId, outgoing }
  if (rule === undefined) {
    send(outgoing, recorded(context, performed(context)))
  } else {
    await respondWithFault(context, rule)
  }
  handler.onRequest?.(record)
}

function performed({ handler, request, record }: RequestContext): Response {
  return perform(handler.service, request, record)
}

function performedFor(context: RequestContext, fault: EditFault): Response {
  if (fault.kind !== 'without-entry') return performed(context)
  const { handler, request, record } = context
  return perform({ ...handler.service, leaveOut: fault.id ?? 'newest' }, request, record)
}

async function respondWithFault(context: RequestContext, rule: ResponseRule): Promise<void> {
  const { outgoing } = context
  const { fault, applied = false } = rule
  switch (fault.kind) {
    case 'code-as-text':
    case 'data-null':
    case 'without-ids':
    case 'hostile':
    case 'without-entry':
    case 'edit':
      return send(outgoing, recorded(context, editedResponse(fault, performedFor(context, fault))))
    case 'drip': {
      const { bytes = 1, everyMs = 20 } = fault
      return drip(outgoing, recorded(context, performed(context)), { bytes, everyMs })
    }
    case 'trickle':
      return drip(outgoing, recorded(context, performed(context)), { bytes: 1, everyMs: 1_000 })
    case 'refuse':
      return respondThenRefuse(context, fault.ms)
    case 'reset-in-body':
      return resetInBody(outgoing, partOf(context, applied))
    case 'stall-in-body':
      return stallInBody(outgoing, partOf(context, applied))
    case 'cut':
      return cut(outgoing, partOf(context, applied), fault.missing ?? 64)
  }
  if (applied) performed(context)
  return respondInstead(context, fault)
}

/** Sent in part instead of a response when the service must not perform the request. */
const neverCompleted = jsonResponse(200, {
  code: 0,
  data: { note: 'This response is never sent completely.' },
})

function partOf(context: RequestContext, applied: boolean): Response {
  const isRead = context.record.method === 'GET'
  return recorded(context, applied || isRead ? performed(context) : neverCompleted)
}

function respondThenRefuse(context: RequestContext, ms: number): void {
  const response = recorded(context, performed(context))
  // Connections that are kept alive would bypass the closed port.
  response.headers.connection = 'close'
  context.handler.refuseFor(ms)
  send(context.outgoing, response)
}

type FaultWithoutResponse = Extract<WireFault, { kind: 'reset' | 'close' | 'stall' | 'huge' }>

async function respondInstead(
  context: RequestContext,
  fault: FaultWithoutResponse | ReplacementFault,
): Promise<void> {
  const { handler, request, outgoing } = context
  switch (fault.kind) {
    case 'reset':
      return void outgoing.socket?.resetAndDestroy()
    case 'close':
      return void outgoing.socket?.end()
    case 'stall':
      return
    case 'huge':
      return sendHuge(outgoing, recorded(context, { status: 200, headers: {}, body: '' }).headers, fault)
  }
  const replacement = replacementResponse(fault, {
    authorization: request.headers.authorization ?? '',
    now: serviceNow(handler.service.state),
    elsewhere: fault.kind === 'redirect' && fault.to === undefined ? await handler.elsewhere() : '',
  })
  send(outgoing, recorded(context, replacement))
}

/** Adds the date and the request id to the response and writes its result into the record. */
function recorded({ handler, record, requestId }: RequestContext, response: Response): Response {
  const { state } = handler.service
  const header = state.variants.requestIdHeader
  const headers = { ...dateHeader(state), ...response.headers }
  const content = jsonOf(response)
  record.status = response.status
  record.code = content?.code
  record.message = content?.message
  record.data = content?.data
  if (header === 'none') return { ...response, headers }
  record.requestId = requestId
  return { ...response, headers: { ...headers, [header]: requestId } }
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

function createRecord({ service, requests }: RequestHandler, request: ContractRequest): RequestRecord {
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
    data: undefined,
    applied: false,
    fault: undefined,
    requestId: undefined,
  }
  requests.push(record)
  return record
}
