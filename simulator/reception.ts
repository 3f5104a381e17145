import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, jsonAnswer, jsonOf } from './answer.ts'
import { worldNow } from './clock.ts'
import type { ContractRequest } from './contract.ts'
import { edited, insteadOf } from './fault-answers.ts'
import type { FaultBook, FaultRule, InsteadFault } from './faults.ts'
import type { RequestRecord } from './requests.ts'
import { perform, type Service } from './service.ts'
import { cut, drip, resetInBody, send, sendHuge, stallInBody } from './wire.ts'

export interface Reception {
  service: Service
  faults: FaultBook
  requests: RequestRecord[]
  /** Closes the port for a while. */
  refuseFor(ms: number): void
  /** Address of another origin, which notes its visitors. */
  elsewhere(): Promise<string>
}

/** One request from its arrival to the end of its answer, faults included. */
export async function receive(reception: Reception, incoming: IncomingMessage, response: ServerResponse) {
  const request = await readRequest(incoming)
  const record = recordOf(reception, request)
  const rule = reception.faults.take(record)
  // Made even when it is not sent, so that a laid fault does not change the ids of later answers.
  const requestId = reception.service.state.ids.request()
  const answered = (answer: Answer): Answer => noted(reception, record, requestId, answer)
  if (rule === undefined) return send(response, answered(perform(reception.service, request, record)))
  record.fault = rule.fault.kind
  await play(reception, rule, { request, record, response, answered })
}

interface Exchange {
  request: ContractRequest
  record: RequestRecord
  response: ServerResponse
  answered: (answer: Answer) => Answer
}

async function play(
  reception: Reception,
  rule: FaultRule,
  { request, record, response, answered }: Exchange,
) {
  const { fault } = rule
  const truth = () => perform(reception.service, request, record)
  const part = () => answered(rule.applied || record.method === 'GET' ? truth() : unfinished)
  switch (fault.kind) {
    case 'code-as-text':
    case 'data-null':
    case 'without-ids':
    case 'hostile':
    case 'edit':
      return send(response, answered(edited(fault, truth())))
    case 'drip':
      return drip(response, answered(truth()), fault.bytes ?? 1, fault.everyMs ?? 20)
    case 'refuse': {
      const answer = answered(truth())
      // Kept connections would get past the closed port.
      answer.headers.connection = 'close'
      reception.refuseFor(fault.ms)
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
      return sendHuge(response, answered({ status: 200, headers: {}, body: '' }).headers, fault)
    default:
      return send(response, answered(await instead(reception, fault, request)))
  }
}

/** Stands for the answer of a request that the service has not performed. */
const unfinished = jsonAnswer(200, { code: 0, data: { note: 'This answer never arrives whole.' } })

async function instead(reception: Reception, fault: InsteadFault, request: ContractRequest): Promise<Answer> {
  return insteadOf(fault, {
    authorization: request.headers.authorization ?? '',
    now: worldNow(reception.service.state.clock),
    elsewhere: fault.kind === 'redirect' && fault.to === undefined ? await reception.elsewhere() : '',
  })
}

/** Adds the request id and writes down what is sent. */
function noted(reception: Reception, record: RequestRecord, requestId: string, answer: Answer): Answer {
  const header = reception.service.state.variants.requestIdHeader
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

function recordOf({ service, requests }: Reception, request: ContractRequest): RequestRecord {
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
