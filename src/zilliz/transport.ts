import type { Agent, IncomingHttpHeaders, RequestOptions } from 'node:http'
import { getProxyUrl, HttpClient, type HttpClientResponse } from '@actions/http-client'
import { readBody } from '../response-body.ts'
import { NoResponseError } from './errors.ts'
import { agentOf, type Kept, maySayClosed, noteSession, takeSession } from './kept.ts'
import type { Party } from './party.ts'

export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  apiKey: string
  userAgent: string
  /** Sent as JSON. */
  body?: unknown
  /** Milliseconds for the whole exchange, the body of the response included. */
  timeout: number
  /** The clock of the step. */
  elapsed: () => number
  /** Ends the exchange at once, with its reason as the error. */
  stop: AbortSignal
  /** Absent: the control plane. */
  party?: Party | undefined
  /** The connections to that address. Absent: none is known. */
  kept?: Kept | undefined
  /** It may be sent again, over a kept connection; a change has one of its own. */
  isRead?: boolean | undefined
}

export interface HttpResponse {
  status: number
  headers: IncomingHttpHeaders
  /** When the headers came, on the scale of `clock.elapsed()`: the body may take long after that. */
  receivedAt: number
  text: string
}

/**
 * One exchange. A change has a connection of its own: a kept one that the other side closes under a POST
 * would leave in doubt whether the POST arrived.
 *
 * The toolkit's own `readBody`, `getJson` and `postJson` never settle when a body is cut short, so the
 * body is read here; its redirects (which carry the key along) and retries are off. Proxies from the
 * environment are the toolkit's.
 *
 * @throws NoResponseError, or the reason of `stop`
 */
export function sendRequest(request: HttpRequest): Promise<HttpResponse> {
  const abort = new AbortController()
  return new Promise<HttpResponse>((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer)
      request.stop.removeEventListener('abort', stopped)
      settle()
    }
    const fail = (error: unknown) => {
      end(() => reject(error))
      abort.abort()
    }
    const stopped = () => fail(request.stop.reason)
    const late = `no complete response within ${Math.ceil(request.timeout / 1000)} s`
    const timer = setTimeout(() => fail(new NoResponseError(late, { trouble: 'timeout' })), request.timeout)
    if (request.stop.aborted) {
      stopped()
      return
    }
    request.stop.addEventListener('abort', stopped)
    reach(request, abort.signal)
      .then(async ({ message }) => {
        const receivedAt = request.elapsed()
        const { statusCode: status = 0, headers } = message
        if (request.kept && request.isRead) noteSession(request.kept, message.socket)
        return { status, headers, receivedAt, text: await readBody(message) }
      })
      .then(
        response => end(() => resolve(response)),
        async error => {
          const { networkFault } = await import('./network-fault.ts')
          fail(networkFault(error, request))
        },
      )
      .catch(fail)
  })
}

/** A read whose kept connection breaks before the response is sent once more at once, over a fresh one. */
async function reach(request: HttpRequest, abort: AbortSignal): Promise<HttpClientResponse> {
  const agent =
    request.isRead && request.kept ? agentOf(request.kept, request.url, request.elapsed) : undefined
  // It takes an idle connection where there is one, and nothing is awaited until then.
  const isReused = agent !== undefined && Object.keys(agent.freeSockets).length > 0
  try {
    return await send(request, { abort, agent })
  } catch (error) {
    if (!isReused || !maySayClosed(error)) throw error
    return send(request, { abort })
  }
}

function send(request: HttpRequest, sending: Sending): Promise<HttpClientResponse> {
  const options = { allowRedirects: false, allowRetries: false }
  const client = new HttpClient(request.userAgent, [requestHandler(request, sending)], options)
  const body = request.body === undefined ? null : JSON.stringify(request.body)
  const headers = {
    accept: 'application/json',
    ...(body === null ? {} : { 'content-type': 'application/json' }),
  }
  return client.request(request.method, request.url, body, headers)
}

/** Of a change: the one that was made for it, or else a new one, whose handshake resumes the session of the reads. */
function ownConnection(kept: Kept, elapsed: () => number) {
  const ahead = kept.ahead?.take(elapsed)
  return ahead === undefined ? takeSession(kept) : { agent: undefined, createConnection: () => ahead }
}

interface Sending {
  abort: AbortSignal
  agent?: Agent | undefined
}

/** The toolkit's hook into a request: the key, the way to end it, and a host node can look up. */
function requestHandler({ apiKey, url, kept, isRead, elapsed }: HttpRequest, { abort, agent }: Sending) {
  return {
    prepareRequest(options: RequestOptions) {
      options.headers = { ...options.headers, authorization: `Bearer ${apiKey}` }
      options.signal = abort
      if (agent !== undefined) options.agent = agent
      if (kept && !isRead) Object.assign(options, ownConnection(kept, elapsed))
      // The toolkit passes an IPv6 host in its brackets, which node takes for a name; a proxy needs them.
      if (getProxyUrl(url) === '') options.host = options.host?.replace(/^\[(.*)\]$/, '$1')
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error('not used')),
  }
}
