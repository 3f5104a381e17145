/** Why no response came, and whether the request may have arrived. */
import { getProxyUrl } from '@actions/http-client'
import { messagesOf, type Parts } from '../errors.ts'
import { UnusableBody } from '../response-body.ts'
import { NoResponseError } from './errors.ts'
import { controlPlane, type Party } from './party.ts'

export function networkFault(
  error: unknown,
  { url, party = controlPlane }: { url: string; party?: Party | undefined },
): NoResponseError {
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
