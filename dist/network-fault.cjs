// Made by "npm run build" from src/; licences in NOTICES.txt
const {getProxyUrl} = require('./toolkit.cjs')
const {NoResponseError, UnusableBody, messagesOf} = require('./step.cjs')
const {controlPlane} = require('./zilliz-party.cjs')
// src/zilliz/network-fault.ts
function networkFault(error, {url, party = controlPlane}) {
	const kind = neverArrived(error) ? 'never-sent' : 'lost'
	const trouble = isTls(error) ? 'tls' : 'network'
	return new NoResponseError(partsOfFault(error, url, party), {kind, trouble, cause: error})
}
function partsOfFault(error, url, party) {
	if (error instanceof UnusableBody) return {what: error.message}
	const answer = messagesOf(error).join('; ')
	const reason = whyNotReached(error, url, party)
	if (reason === void 0) return {what: 'the connection broke', answer}
	return {
		what: `${reason.what}, so ${party.name} was not reached`,
		next: reason.next,
		answer,
		help: party.unreached
	}
}
function whyNotReached(error, url, {check, checkTls}) {
	const {host} = new URL(url)
	if (isOfProxy(error))
		return {
			what: `the proxy ${new URL(getProxyUrl(url)).host} opened no connection`,
			next: 'Check the proxy, and the variable https_proxy or http_proxy that names it.'
		}
	if (isTls(error))
		return {
			what: isOfCertificate(error)
				? `the certificate of ${host} is not trusted`
				: `no TLS connection to ${host}`,
			next: `${checkTls}${tlsHint}`
		}
	if (hasSyscall(error, 'getaddrinfo')) return {what: `no DNS answer for ${host}`, next: check}
	return hasSyscall(error, 'connect') ? {what: `no connection to ${host}`, next: check} : void 0
}
const tlsHint =
	'Where a proxy or a private certificate authority signs, set NODE_EXTRA_CA_CERTS to its certificate.'
function hasSyscall(error, name) {
	if (error instanceof AggregateError)
		return error.errors.length > 0 && error.errors.every(one => hasSyscall(one, name))
	return error instanceof Error && error.syscall === name
}
function isOfProxy(error) {
	return error instanceof Error && error.message.startsWith('tunneling socket could not be established')
}
function isTls(error) {
	if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isTls)
	if (!(error instanceof Error)) return false
	if (isOfCertificate(error)) return true
	const {code = ''} = error
	return (code === 'EPROTO' || code.startsWith('ERR_SSL_')) && handshake.test(`${code} ${error.message}`)
}
function isOfCertificate(error) {
	if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isOfCertificate)
	return error instanceof Error && certificate.test(error.code ?? '')
}
const certificate =
	/^(CERT_|UNABLE_TO_(GET|VERIFY|DECRYPT)_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_|ERR_TLS_CERT_)/
function neverArrived(error) {
	if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(neverArrived)
	if (!(error instanceof Error)) return false
	const {syscall} = error
	return syscall === 'getaddrinfo' || syscall === 'connect' || isTls(error) || isOfProxy(error)
}
const handshake =
	/wrong.version.number|unsupported.protocol|handshake.failure|no.shared.cipher|protocol.version|unknown.ca|unrecognized.name|http.request/i
module.exports = {networkFault}
