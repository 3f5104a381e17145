// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	ApiError,
	IncompleteResponse,
	NoResponseError,
	groupOf,
	isSafeId,
	messageOf,
	quote,
	sanitize
} = require('./step.cjs')
const {controlPlane} = require('./zilliz-party.cjs')
// src/zilliz/refusals.ts
const rights = {
	read: 'read access to the cluster and its project: check the scope of the key',
	backup:
		'the backup privileges of the project: a project admin, or a custom role with the resource backup, and a scope that covers the cluster',
	cluster: 'the right to make and drop clusters: a project admin, or a custom role that has it',
	data: 'privileges on this cluster: data-token takes an API key that has them, or user:password of a user with such a role'
}
const hints = {
	key: '',
	permission: '',
	'not-found': 'Check the id, and that the key belongs to the organization and has the cluster in its scope.',
	conflict: 'The state or the name of the cluster or backup does not allow this: look in the console.',
	unsupported:
		'Backups are for Dedicated clusters only: choose one, or change the plan of this cluster in the console.',
	parameter: 'Check the inputs of this step against the message.',
	'operation-failed':
		'The message gives the reason. A cluster must be running, and no other backup or restore may be in its way.'
}
function describeResponse({status, code, message, requestId}) {
	return [
		message ? quote(message) : 'no message',
		`HTTP ${status}`,
		...(code === void 0 ? [] : [`code ${sanitize(String(code))}`]),
		requestId === void 0 ? 'no request id' : `request id ${sanitize(requestId)}`
	].join(', ')
}
const groupOfStatus = {401: 'key', 403: 'permission', 404: 'not-found'}
function apiError(asked, facts) {
	const group = groupOf(facts.code) ?? groupOfStatus[facts.status]
	const said = facts.code === void 0 ? saidByStranger(asked, facts) : saidByService(asked, facts, group)
	return new ApiError({...said, answer: describeResponse(facts)}, {...facts, group})
}
function unexpectedResponse(what, facts) {
	return {what, answer: describeResponse(facts)}
}
function saidByService({tried, right, party = controlPlane}, {status, code}, group) {
	const what = `Could not ${tried}: ${party.short} refused.`
	const {credential, checkCredential} = party
	if (status >= 300 && status < 400) return {what, next: party.redirected}
	if (group === 'key')
		return {what: `${credential} refused: could not ${tried}.`, next: checkCredential, help: party.refused}
	if (code === 96028) return {what, next: 'This is for projects of the Enterprise plan only.'}
	if (group === 'permission') {
		const next = `It needs ${rights[right]}.`
		return {what: `This ${lowerFirst(credential)} may not ${tried}.`, next, help: party.notAllowed}
	}
	if (party !== controlPlane) return {what, next: reasonHint}
	if (code === 40003) return {what, next: hints.conflict, help: 'the-cluster-is-not-ready'}
	if (group !== void 0) return {what, next: hints[group]}
	return {what, next: right === 'backup' || right === 'cluster' ? `${reasonHint} ${limitHint}` : reasonHint}
}
function lowerFirst(text) {
	return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
}
const reasonHint = 'The message gives the reason.'
const limitHint = 'A quota or a plan is changed in the console.'
function saidByStranger({tried, baseUrl, party = controlPlane}, {status}) {
	const what = `Could not ${tried}: something other than ${party.name} responded at ${baseUrl}.`
	if (status >= 300 && status < 400) return {what, next: party.redirected}
	if (party !== controlPlane) return {what, next: checkOf(party, status)}
	const between = 'Check base-url, and what may stand in between, such as a proxy or a firewall.'
	return {what, next: status === 401 ? `${between} Check the secret behind api-key too.` : between}
}
function checkOf({check, checkCredential}, status) {
	if (status === 401) return checkCredential
	return status === 403 ? `${checkCredential} ${check}` : check
}
// src/zilliz/no-success.ts
function noSuccess(response, asked) {
	const {status, headers, json, envelope, cause} = response
	const {now, isTemporary, party = controlPlane} = asked
	const said = {message: messageIn(json), requestId: requestId(headers)}
	const facts = {status, code: envelope?.code, ...said}
	const wait = retryAfter(headers, now)
	const code = typeof envelope?.code === 'number' ? envelope.code : void 0
	const load = loadOf(status, code !== void 0 && isTemporary?.(code) === true, party)
	if (load !== void 0) {
		const trouble = status === 429 ? 'load' : void 0
		const parts = unexpectedResponse(load, facts)
		return new NoResponseError(parts, {kind: 'throttled', retryAfter: wait, trouble})
	}
	if (isRefusal(status, envelope)) return apiError(asked, {...facts, code})
	const partial = cause instanceof IncompleteResponse ? cause.partial : partialIn(json)
	const parts = unexpectedResponse(whyNeither(response, party), facts)
	const more = isPage(response) ? party.page : {}
	return new NoResponseError({...parts, ...more}, {retryAfter: wait, partial, cause})
}
function whyNeither(response, {short}) {
	const {status, json, envelope, cause} = response
	if (status < 200 || status >= 300) return `${short} or its gateway failed`
	if (envelope !== void 0 && !envelope.success) return 'the code is not a number'
	return cause === void 0 ? whatInstead(response, json) : messageOf(cause)
}
function loadOf(status, isTemporary, {short}) {
	if (status === 425 || status === 429) return `${short} asks for fewer requests`
	return isTemporary && status < 500 ? `${short} is not ready for it` : void 0
}
function isPage({status, headers, text}) {
	return (
		(/html/i.test(headers['content-type'] ?? '') || /^\s*<(!doctype|html)/i.test(text)) &&
		status >= 200 &&
		status < 300
	)
}
function whatInstead(response, json) {
	if (isPage(response)) return 'a web page was answered instead of the API'
	return json === void 0 ? 'the response is not JSON' : 'the response has no code'
}
function partialIn(json) {
	if (typeof json !== 'object' || json === null) return void 0
	const from = 'data' in json && typeof json.data === 'object' && json.data !== null ? json.data : json
	const text = name => (typeof from[name] === 'string' && from[name] !== '' ? from[name] : void 0)
	const jobId = text('jobId')
	const partial = {
		jobId: jobId !== void 0 && isSafeId(jobId) ? jobId : void 0,
		username: text('username'),
		password: text('password')
	}
	return Object.values(partial).some(value => value !== void 0) ? partial : void 0
}
function isRefusal(status, envelope) {
	if (status >= 300 && status < 500 && status !== 408) return true
	return status < 300 && envelope?.success === false && typeof envelope.code === 'number'
}
function messageIn(json) {
	if (typeof json !== 'object' || json === null || !('message' in json)) return void 0
	return typeof json.message === 'string' ? json.message : void 0
}
function requestId(headers) {
	for (const name of ['requestid', 'x-request-id', 'x-kong-request-id']) {
		const value = headers[name]
		if (typeof value === 'string' && value !== '') return value
	}
}
function retryAfter(headers, now) {
	for (const name of ['retry-after', 'ratelimit-reset']) {
		const value = headers[name]
		if (typeof value !== 'string') continue
		if (/^\d{1,9}$/.test(value)) return Number(value) * 1e3
		const date = name === 'retry-after' ? Date.parse(value) : NaN
		if (!Number.isNaN(date)) return Math.max(0, date - now)
	}
}
module.exports = {noSuccess}
