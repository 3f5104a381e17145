// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, quote} = require('./step.cjs')
const {isLoopback, problemOfProxy} = require('./address.cjs')
// src/zilliz/endpoint.ts
function judgedOrigin(connectAddress) {
	const whole = connectAddress.includes('://') ? connectAddress : `https://${connectAddress}`
	const url = URL.canParse(whole) ? new URL(whole) : void 0
	const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
	if (url === void 0 || !isSecure || url.href !== `${url.origin}/`)
		throw new OperationFailed({
			what: `The service shows ${quote(connectAddress)} as the endpoint of the cluster, which is not a plain https address: the token is not sent there.`,
			next: 'Compare it with the endpoint that the console shows.',
			help: 'the-cluster-does-not-answer'
		})
	const problem = problemOfProxy(url)
	if (problem !== void 0)
		throw new OperationFailed({what: `The endpoint ${url.host} ${problem}.`, help: 'inputs'})
	return url.origin
}
module.exports = {judgedOrigin}
