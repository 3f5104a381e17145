import type { Agent, IncomingHttpHeaders, RequestOptions } from 'node:http'
import { getProxyUrl, HttpClient, type HttpClientResponse } from '@actions/http-client'
import { messagesOf, type Parts } from '../errors.ts'
import { readBody, UnusableBody } from '../response-body.ts'
import { NoResponseError } from './errors.ts'
import { agentOf, type Kept, maySayClosed } from './kept.ts'
import { controlPlane, type Party } from './party.ts'

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
  /** For a read, which may be sent again. Absent: a connection of its own. */
  kept?: Kept | undefined
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
      abort.abort()
    }
    const fail = (error: unknown) => end(() => reject(error))
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
        return { status, headers, receivedAt, text: await readBody(message) }
      })
      .then(
        response => end(() => resolve(response)),
        error => fail(networkFault(error, request)),
      )
  })
}

/** A read whose kept connection breaks before the response is sent once more at once, over a fresh one. */
async function reach(request: HttpRequest, abort: AbortSignal): Promise<HttpClientResponse> {
  const agent = request.kept && agentOf(request.kept, request.url)
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

interface Sending {
  abort: AbortSignal
  agent?: Agent | undefined
}

/** The toolkit's hook into a request: the key, the way to end it, and a host node can look up. */
function requestHandler({ apiKey, url }: HttpRequest, { abort, agent }: Sending) {
  return {
    prepareRequest(options: RequestOptions) {
      options.headers = { ...options.headers, authorization: `Bearer ${apiKey}` }
      options.signal = abort
      if (agent !== undefined) options.agent = agent
      // The toolkit passes an IPv6 host in its brackets, which node takes for a name; a proxy needs them.
      if (getProxyUrl(url) === '') options.host = options.host?.replace(/^\[(.*)\]$/, '$1')
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error('not used')),
  }
}

function networkFault(error: unknown, { url, party = controlPlane }: HttpRequest): NoResponseError {
  const kind = neverArrived(error) ? 'never-sent' : 'lost'
  const trouble = isTls(error) ? 'tls' : 'network'
  return new NoResponseError(partsOfFault(error, url, party), { kind, trouble, cause: error })
}

function partsOfFault(error: unknown, url: string, party: Party): Parts {
  if (error instanceof UnusableBody) return { what: error.message }
  const answer = messagesOf(error).join('; ')
  const reason = whyNotReached(error, url, party)
  if (reason === undefined) return { what: 'the connection broke', answer }
  const what = `${reason.what}, so ${party.name} was not reached`
  return { what, next: reason.next, answer, help: party.unreached }
}

function whyNotReached(
  error: unknown,
  url: string,
  { check, checkTls }: Party,
): { what: string; next: string } | undefined {
  const { host } = new URL(url)
  if (isOfProxy(error)) {
    const what = `the proxy ${new URL(getProxyUrl(url)).host} opened no connection`
    return { what, next: 'Check the proxy, and the variable https_proxy or http_proxy that names it.' }
  }
  if (isTls(error)) {
    const isUntrusted = isOfCertificate(error)
    const what = isUntrusted ? `the certificate of ${host} is not trusted` : `no TLS connection to ${host}`
    return { what, next: `${checkTls}${tlsHint}` }
  }
  if (hasSyscall(error, 'getaddrinfo')) return { what: `no DNS answer for ${host}`, next: check }
  return hasSyscall(error, 'connect') ? { what: `no connection to ${host}`, next: check } : undefined
}

const tlsHint =
  'Where a proxy or a private certificate authority signs, set NODE_EXTRA_CA_CERTS to its certificate.'

function hasSyscall(error: unknown, name: string): boolean {
  if (error instanceof AggregateError)
    return error.errors.length > 0 && error.errors.every(one => hasSyscall(one, name))
  return error instanceof Error && (error as NodeJS.ErrnoException).syscall === name
}

/** The proxy could not be reached or refused the tunnel (package "tunnel"). */
function isOfProxy(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('tunneling socket could not be established')
}

function isTls(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isTls)
  if (!(error instanceof Error)) return false
  if (isOfCertificate(error)) return true
  const { code = '' } = error as NodeJS.ErrnoException
  const isOfTls = code === 'EPROTO' || code.startsWith('ERR_SSL_')
  return isOfTls && handshake.test(`${code} ${error.message}`)
}

function isOfCertificate(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isOfCertificate)
  return error instanceof Error && certificate.test((error as NodeJS.ErrnoException).code ?? '')
}

/** What OpenSSL and node call a certificate that is not accepted. */
const certificate =
  /^(CERT_|UNABLE_TO_(GET|VERIFY|DECRYPT)_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_|ERR_TLS_CERT_)/

/**
 * Whether the error itself says that the request never reached the service. A POST is sent again only
 * then, so in doubt it arrived: TLS errors that also occur on an established connection do not count.
 */
export function neverArrived(error: unknown): boolean {
  // A name with several addresses: one error for each that was tried.
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(neverArrived)
  if (!(error instanceof Error)) return false
  const { syscall } = error as NodeJS.ErrnoException
  return syscall === 'getaddrinfo' || syscall === 'connect' || isTls(error) || isOfProxy(error)
}

const handshake =
  /wrong.version.number|unsupported.protocol|handshake.failure|no.shared.cipher|protocol.version|unknown.ca|unrecognized.name|http.request/i
