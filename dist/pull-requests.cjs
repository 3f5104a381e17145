// Made by "npm run build" from src/; licences in NOTICES.txt
const {Cancelled, isObject, messageOf, quote, sanitize} = require('./step.cjs')
const {askGitHub, isRedirect, repository, responseOf} = require('./github-api.cjs')
// src/github/pull-requests.ts
async function readPullRequest(number, {now, ...access}) {
	const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
	try {
		const {data, headers} = await askGitHub(access, octokit =>
			octokit.request(route, {...repository(), pull_number: number})
		)
		const date = timeOf(headers.date)
		const clockDifference = date === void 0 ? void 0 : date - now()
		return {kind: 'found', pullRequest: {...decode(data, number), clockDifference}}
	} catch (error) {
		if (error instanceof Cancelled) throw error
		const response = responseOf(error)
		if (response !== void 0) return answerOf(response, quote(messageOf(error)), now())
		if (isRedirect(error)) return {kind: 'refused', said: {...redirected, answer: sanitize(messageOf(error))}}
		return {
			kind: 'trouble',
			isLoad: false,
			said: {what: 'no usable answer', answer: sanitize(messageOf(error)), next: later}
		}
	}
}
function decode(data, number) {
	if (!isObject(data)) throw new Error('the response is not JSON')
	if (data.number !== number) throw new Error('the response is about another pull request')
	const {state, merged_at: mergedAt} = data
	if (state !== 'open' && state !== 'closed') throw new Error('the response has no state of a pull request')
	return {
		state: state === 'closed' && timeOf(mergedAt) !== void 0 ? 'merged' : state,
		createdAt: timeOf(data.created_at),
		closedAt: timeOf(data.closed_at)
	}
}
function answerOf(response, message, now) {
	const {status, headers} = response
	const answer = `HTTP ${status}, ${message}`
	const isLimited = headers['retry-after'] !== void 0 || headers['x-ratelimit-remaining'] === '0'
	if (status === 429 || (status === 403 && isLimited))
		return {
			kind: 'trouble',
			isLoad: true,
			said: {what: 'GitHub asks for fewer requests', next: 'Run the step again later.', answer},
			retryAfter: retryAfterOf(headers, now)
		}
	if (status === 408 || status >= 500)
		return {kind: 'trouble', isLoad: false, said: {what: 'GitHub failed', next: later, answer}}
	if (!isObject(response.data))
		return {kind: 'refused', said: {what: 'something other than GitHub responded', next: address, answer}}
	if (status === 404) return {kind: 'not-found'}
	if (status === 401)
		return {
			kind: 'refused',
			said: {
				what: 'GitHub refused github-token',
				next: 'Check github-token: the token of a workflow ends with its job.',
				answer
			}
		}
	return {kind: 'refused', said: {what: 'GitHub refused it', next: permission, answer}}
}
const later = 'Look at the status page of GitHub, then run the step again.'
const permission = 'The job needs "permissions: pull-requests: read".'
const address = 'Check GITHUB_API_URL, and what may stand in between, such as a proxy.'
const redirected = {
	what: 'GitHub answered with a redirect, which is not followed',
	next: `Was the repository renamed or moved? Then start a new workflow run. ${address}`
}
function retryAfterOf(headers, now) {
	const seconds = headers['retry-after']
	if (/^\d{1,9}$/.test(`${seconds}`)) return Number(seconds) * 1e3
	const reset = headers['x-ratelimit-reset']
	if (!/^\d{1,12}$/.test(`${reset}`)) return void 0
	return Math.max(0, Number(reset) * 1e3 - (timeOf(headers.date) ?? now))
}
function timeOf(value) {
	const time = typeof value === 'string' ? Date.parse(value) : NaN
	return Number.isNaN(time) ? void 0 : time
}
module.exports = {readPullRequest}
