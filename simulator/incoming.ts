import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { worldNow } from './clock.ts'
import type { Contract, ContractRequest } from './contract.ts'
import type { RequestRecord } from './requests.ts'
import type { State } from './state.ts'

/** Generous for an interface whose largest bodies name collections. */
export const LARGEST_BODY = 1024 * 1024

/** Stands for a body that was not kept. */
export const tooLarge = Symbol('a body that is too large')

/** A request with its whole body. */
export async function readRequest(incoming: IncomingMessage): Promise<ContractRequest> {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
  return {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers,
    body: await bodyOf(incoming),
  }
}

/** What is too large is read to its end all the same: a client that is still sending would get a reset, and no answer. */
async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    size += chunk.length
    if (size <= LARGEST_BODY) chunks.push(chunk)
    else chunks.length = 0
  }
  return size > LARGEST_BODY ? tooLarge : parsed(Buffer.concat(chunks).toString('utf8'))
}

function parsed(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const connections = new WeakMap<Socket, number>()
let connectionCount = 0

/** Each connection has its own, whichever listener it belongs to. */
function connectionOf({ socket }: IncomingMessage): number {
  const number = connections.get(socket) ?? ++connectionCount
  connections.set(socket, number)
  return number
}

/** A record without its number. */
export type ArrivedRequest = Omit<RequestRecord, 'number'>

/** What is known of a request before it is performed. */
export function arrived(
  { state, contract }: { state: State; contract: Contract },
  request: ContractRequest,
  incoming: IncomingMessage,
): ArrivedRequest {
  const [path = '', ...query] = request.path.split('?')
  return {
    connection: connectionOf(incoming),
    operationId: contract.route(request)?.operationId ?? '',
    method: request.method,
    path,
    query: Object.fromEntries(new URLSearchParams(query.join('?'))),
    headers: request.headers,
    body: request.body === tooLarge ? undefined : request.body,
    time: worldNow(state.clock),
    realTime: Date.now(),
    status: undefined,
    code: undefined,
    message: undefined,
    data: undefined,
    applied: false,
    fault: undefined,
    requestId: undefined,
  }
}
