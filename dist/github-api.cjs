// Made by "npm run build" from src/; licences in NOTICES.txt
const {context, getOctokit} = require('./octokit.cjs')
const {HttpClient} = require('./toolkit.cjs')
const {messagesOf, readBody} = require('./step.cjs')
// src/github/fetch.ts
var Redirected = class extends Error {
	name = 'Redirected'
}
const headersRead = [
	'content-type',
	'date',
	'link',
	'retry-after',
	'x-ratelimit-remaining',
	'x-ratelimit-reset'
]
function fetchUntil(stop) {
	return async (url, {method, headers, body}) => {
		const client = new HttpClient(void 0, [endedBy(stop)], {allowRedirects: false, allowRetries: false})
		try {
			const {message} = await client.request(method, url, body ?? null, headers)
			const {statusCode: status = 0, headers: received} = message
			const text = await readBody(message)
			const type = received['content-type'] ?? ''
			if (status < 200 || (status >= 300 && status < 400))
				throw new Redirected(`HTTP ${status} is not followed`)
			if (status < 300 && !type.startsWith('application/json'))
				throw new Error('a web page instead of the API')
			const kept = headersRead.flatMap(name => {
				const value = received[name]
				return typeof value === 'string' ? [[name, value]] : []
			})
			return new Response(text, {status, headers: kept})
		} catch (error) {
			throw new Error(messagesOf(error).join('; '), {cause: error})
		}
	}
}
function endedBy(stop) {
	return {
		prepareRequest(options) {
			options.signal = stop
		},
		canHandleAuthentication: () => false,
		handleAuthentication: () => Promise.reject(new Error('not used'))
	}
}
// src/github/api.ts
function repository() {
	return context.repo
}
function eventPayload() {
	return context.payload
}
async function askGitHub({token, longest, stop}, ask) {
	const late = new AbortController()
	const timer = setTimeout(
		() => late.abort(new Error(`no complete response within ${Math.ceil(longest / 1e3)} s`)),
		longest
	)
	const end = AbortSignal.any([late.signal, stop])
	try {
		const octokit = getOctokit(token, {request: {fetch: fetchUntil(end)}})
		return await Promise.race([ask(octokit), rejectionBy(end)])
	} catch (error) {
		throw end.aborted ? end.reason : error
	} finally {
		clearTimeout(timer)
		late.abort()
	}
}
function rejectionBy(signal) {
	return new Promise((_, reject) => {
		if (signal.aborted) reject(signal.reason)
		signal.addEventListener('abort', () => reject(signal.reason), {once: true})
	})
}
function responseOf(error) {
	if (!(error instanceof Error) || !('status' in error) || !('response' in error)) return void 0
	return error.response === void 0 ? void 0 : error.response
}
function isRedirect(error) {
	if (error instanceof Redirected) return true
	return error instanceof Error && error.cause !== void 0 && isRedirect(error.cause)
}
module.exports = {askGitHub, eventPayload, isRedirect, repository, responseOf}
