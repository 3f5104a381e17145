import type { EditFault, ReplacementFault } from './faults.ts'
import { gatewayResponse, jsonOf, jsonResponse, type Response } from './response.ts'

const GATEWAY_MESSAGES: Readonly<Record<number, string>> = {
  408: 'Request timeout',
  425: 'Too early',
  429: 'API rate limit exceeded',
  500: 'An unexpected error occurred',
  502: 'An invalid response was received from the upstream server',
  503: 'failure to get a peer from the ring-balancer',
  504: 'The upstream server is timing out',
}

const HTML_PAGE =
  '<!doctype html><html><head><title>Oops</title></head><body><h1>Something went wrong</h1></body></html>\n'

export interface ReplacementContext {
  /** The request's Authorization header. */
  authorization: string
  /** World milliseconds. */
  now: number
  /** URL of the other origin, which records the requests it receives. */
  elsewhere: string
}

/** What is sent instead of the service's own response. */
export function replacementResponse(fault: ReplacementFault, context: ReplacementContext): Response {
  switch (fault.kind) {
    case 'empty':
      return { status: fault.status ?? 200, headers: { 'content-type': 'application/json' }, body: '' }
    case 'html':
      return { status: fault.status ?? 200, headers: { 'content-type': 'text/html' }, body: HTML_PAGE }
    case 'invalid-json': {
      const body = fault.text ?? '{"code":0,"data":{"jobId":'
      return { status: fault.status ?? 200, headers: { 'content-type': 'application/json' }, body }
    }
    case 'response': {
      const { status, headers = {}, body = '' } = fault
      if (typeof body === 'string' || Buffer.isBuffer(body)) return { status, headers, body }
      return jsonResponse(status, body, headers)
    }
    case 'gateway': {
      const message = fault.message ?? GATEWAY_MESSAGES[fault.status] ?? 'An unexpected error occurred'
      return gatewayResponse(fault.status, message, retryHeaders(fault, context.now))
    }
    case 'envelope': {
      const { status, code, message = 'The service failed', data } = fault
      return jsonResponse(status, { code, message, data })
    }
    case 'redirect':
      return { status: fault.status, headers: { location: fault.to ?? context.elsewhere }, body: '' }
    case 'echo-authorization':
      return jsonResponse(fault.status ?? 401, {
        code: fault.code ?? 80001,
        message: `Token malformed: ${context.authorization}`,
      })
  }
}

function retryHeaders(
  fault: Extract<ReplacementFault, { kind: 'gateway' }>,
  now: number,
): Record<string, string> {
  const date = fault.retryAfterDate === undefined ? undefined : new Date(now + fault.retryAfterDate * 1000)
  const retryAfter = date?.toUTCString() ?? fault.retryAfter
  return {
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    ...(fault.rateLimitReset === undefined ? {} : { 'ratelimit-reset': String(fault.rateLimitReset) }),
  }
}

/** The service's own response as the fault alters it; a body that is not JSON is kept as it is. */
export function editedResponse(fault: EditFault, response: Response): Response {
  const content = jsonOf(response)
  if (content === undefined) return response
  return { ...response, body: JSON.stringify(editedContent(fault, content)) }
}

function editedContent(fault: EditFault, content: Record<string, unknown>): unknown {
  switch (fault.kind) {
    case 'code-as-text':
      return { ...content, code: String(content.code) }
    case 'data-null':
      return { ...content, data: null }
    case 'without-ids': {
      const ids = fault.ids ?? ['backupId', 'clusterId', 'jobId', 'projectId']
      return rewrite(content, (name, value) => (ids.includes(name) ? undefined : value))
    }
    case 'hostile': {
      const { text } = fault
      const replacement = typeof text === 'string' ? () => text : text
      return rewrite(content, (name, value) =>
        FREE_TEXT_FIELDS.includes(name) && typeof value === 'string' ? replacement(value) : value,
      )
    }
    case 'without-entry':
      // The service itself left it out, so that the pages and `count` agree with it.
      return content
    case 'edit':
      return fault.edit(content)
  }
}

const FREE_TEXT_FIELDS = [
  'message',
  'reason',
  'prompt',
  'description',
  'backupName',
  'clusterName',
  'projectName',
  'collectionName',
  'dbName',
]

/** Passes every field, at any depth, through `change`; undefined omits it. */
function rewrite(content: unknown, change: (name: string, value: unknown) => unknown): unknown {
  return JSON.parse(JSON.stringify(content, (name, value) => change(name, value)))
}
