import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Contract, ContractRequest } from './contract.ts'
import { isDataOperation } from './data-plane/operations.ts'
import { editedResponse, replacementResponse } from './fault-responses.ts'
import type { EditFault, FaultRegistry, ReplacementFault, ResponseRule, WireFault } from './faults.ts'
import { type ArrivedRequest, arrived, readRequest } from './incoming.ts'
import type { RequestRecord } from './requests.ts'
import { jsonOf, jsonResponse, type Response } from './response.ts'
import { dateHeader, serviceNow } from './service-clock.ts'
import type { State } from './state.ts'
import { cut, drip, resetInBody, send, sendHuge, stallInBody } from './wire.ts'

/** What distinguishes the control plane from the data plane of a cluster. */
export interface RequestHandler {
  state: State
  contract: Contract
  faults: FaultRegistry
  /** Numbers the record of a request that has arrived, and keeps it. */
  keep(request: ArrivedRequest): RequestRecord
  /** Called before a request is performed. */
  prepare?: (() => Promise<unknown>) | undefined
  /** What happens to a request that no injected fault hits, instead of being performed. */
  refusal?: () => ResponseFault | undefined
  /** What the service does with a request; a list leaves out the entry with that id, or its `newest`. */
  perform(request: ContractRequest, record: RequestRecord, leaveOut?: string): Response
  /** Closes the port for some time. */
  refuseFor(ms: number): void
  /** URL of another origin, which records the requests it receives. */
  elsewhere(): Promise<string>
  /** Called once per request after it was handled. */
  onRequest: ((request: RequestRecord) => void) | undefined
}

type ResponseFault = ResponseRule['fault']

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
  const record = handler.keep(arrived(handler, request, incoming))
  const rule = handler.faults.take(record)
  // Drawn even when no response is sent, so that an injected fault does not change the ids of later responses.
  const requestId = handler.state.ids.request()
  const context = { handler, request, record, requestId, outgoing }
  if (handler.prepare !== undefined) await handler.prepare()
  const fault = rule?.fault ?? handler.refusal?.()
  if (fault === undefined) {
    send(outgoing, recorded(context, performed(context)))
  } else {
    await respondWithFault(context, fault, rule?.applied)
  }
  handler.onRequest?.(record)
}

function performed({ handler, request, record }: RequestContext, leaveOut?: string): Response {
  return handler.perform(request, record, leaveOut)
}

function performedFor(context: RequestContext, fault: EditFault): Response {
  return performed(context, fault.kind === 'without-entry' ? (fault.id ?? 'newest') : undefined)
}

async function respondWithFault(
  context: RequestContext,
  fault: ResponseFault,
  applied = false,
): Promise<void> {
  const { outgoing } = context
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
    case 'late': {
      const response = recorded(context, performed(context))
      await sleep(fault.ms, undefined, { ref: false })
      return send(outgoing, response)
    }
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
  return recorded(context, applied || isRead(context.record) ? performed(context) : neverCompleted)
}

/** On the data plane reads are POST too. */
function isRead({ method, operationId }: RequestRecord): boolean {
  return method === 'GET' || (isDataOperation(operationId) && operationId !== 'alterAlias')
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
    now: serviceNow(handler.state),
    elsewhere: fault.kind === 'redirect' && fault.to === undefined ? await handler.elsewhere() : '',
  })
  send(outgoing, recorded(context, replacement))
}

/** Adds the date and the request id to the response and writes its result into the record. */
function recorded({ handler, record, requestId }: RequestContext, response: Response): Response {
  const { state } = handler
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
