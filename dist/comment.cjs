// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, messageOf, quote, redact, sanitize} = require('./step.cjs')
const {askGitHub, eventPayload, repository, responseOf} = require('./github-api.cjs')
// src/github/marker.ts
const names = ['operation', 'cluster', 'projectId', 'clusterId', 'clusterName']
function markerOf(subject) {
	return `<!-- zilliz-cloud-backup-restore ${new URLSearchParams(names.map(name => [name, subject[name]])).toString().replaceAll('-', '%2D')} -->`
}
function readMarker(body) {
	const [, query] = body.match(/^<!-- zilliz-cloud-backup-restore (\S+) -->/) ?? []
	if (query === void 0) return void 0
	const values = new URLSearchParams(query)
	const of = name => values.get(name) ?? ''
	return {
		operation: of('operation'),
		cluster: of('cluster'),
		projectId: of('projectId'),
		clusterId: of('clusterId'),
		clusterName: of('clusterName')
	}
}
function isSameSubject(one, other) {
	if (one.operation !== other.operation) return false
	if (one.cluster === other.cluster && one.projectId === other.projectId) return true
	return one.clusterId !== '' && one.clusterId === other.clusterId
}
function isRestoreOf(comment, deletion) {
	if (comment.operation !== 'restore-cluster') return false
	if (comment.clusterId !== '' && deletion.clusterId !== '') return comment.clusterId === deletion.clusterId
	if (comment.clusterId !== '' && comment.clusterId === deletion.cluster) return true
	if (deletion.projectId !== '' && deletion.projectId !== comment.projectId) return false
	return [deletion.cluster, deletion.clusterName].includes(comment.cluster)
}
// src/github/pull-request.ts
function pullRequestOf(payload) {
	const {pull_request: own, issue, repository} = payload
	if (own !== void 0) return numberOf(own)
	if (issue !== void 0) return issue.pull_request ? numberOf(issue) : void 0
	const [first, ...others] = (
		(payload.workflow_run ?? payload.check_run ?? payload.check_suite)?.pull_requests ?? []
	).filter(({base}) => {
		return base?.repo?.id === void 0 || base.repo.id === repository?.id
	})
	return first !== void 0 && others.length === 0 ? numberOf(first) : void 0
}
function numberOf({number}) {
	return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : void 0
}
// src/github/comment.ts
const longest = 15e3
async function writeComment(request) {
	const number = pullRequestOf(eventPayload())
	if (number === void 0) return void 0
	const {token, stop} = request
	try {
		await askGitHub({token, longest, stop}, octokit => write(octokit, number, request))
	} catch (error) {
		throw new OperationFailed(sentenceOf(error), {cause: error})
	}
	return number
}
async function write(octokit, number, {subject, body, goneBody}) {
	const {own, restore} = await findEarlier(octokit, number, {subject, withRestore: goneBody !== void 0})
	const {owner, repo} = repository()
	const edit = (comment_id, text) =>
		octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
			owner,
			repo,
			comment_id,
			body: text
		})
	if (own === void 0)
		await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
			owner,
			repo,
			issue_number: number,
			body: textOf(subject, body)
		})
	else await edit(own.id, textOf(withKnown(subject, own.subject), body))
	if (restore !== void 0 && goneBody !== void 0)
		await edit(restore.id, textOf(restore.subject, goneBody(restore.subject)))
}
function textOf(subject, body) {
	return redact(`${markerOf(subject)}\n${body}`)
}
function withKnown(subject, earlier) {
	const {clusterId, clusterName} = subject.clusterId === '' ? earlier : subject
	return {...subject, clusterId, clusterName}
}
async function findEarlier(octokit, number, {subject, withRestore}) {
	const found = {}
	for await (const comment of earlierComments(octokit, number)) {
		if (isSameSubject(comment.subject, subject)) found.own ??= comment
		else if (withRestore && isRestoreOf(comment.subject, subject)) found.restore ??= comment
		if (found.own !== void 0 && (found.restore !== void 0 || !withRestore)) break
	}
	return found
}
async function* earlierComments(octokit, number) {
	const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
	const ownUser = onceOnly(() => userOf(octokit))
	for (let page = 1; ; page++) {
		const list = {...repository(), issue_number: number, per_page: 100, page}
		const {data, headers} = await octokit.request(route, list)
		if (!Array.isArray(data)) throw new Error('the response is not a list of comments')
		for (const {id, body, user} of data) {
			const subject = readMarker(body ?? '')
			if (subject === void 0) continue
			if (user?.type === 'Bot' || (user != null && user.id === (await ownUser()))) yield {id, subject}
		}
		if (data.length === 0 || !headers.link?.includes('rel="next"')) return
	}
}
async function userOf(octokit) {
	try {
		return (await octokit.request('GET /user')).data.id
	} catch (error) {
		if (responseOf(error) !== void 0) return void 0
		throw error
	}
}
function onceOnly(get) {
	let result
	return () => {
		result ??= get()
		return result
	}
}
function sentenceOf(error) {
	const status = responseOf(error)?.status
	if (status === void 0)
		return `No usable answer from GitHub: ${sanitize(messageOf(error)).replace(/\.$/, '')}.`
	const answer = `HTTP ${status}, ${quote(messageOf(error))}`
	if (status === 401) return `GitHub refused github-token (${answer}).`
	if (status !== 403 && status !== 404) return `GitHub could not do it (${answer}).`
	return `GitHub refused it (${answer}). The job needs "permissions: pull-requests: write". In a run for a pull request from a fork or from Dependabot the token can only read.`
}
module.exports = {writeComment}
