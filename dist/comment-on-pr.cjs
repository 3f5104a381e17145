// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	attemptAll,
	escapeHtml,
	headingOf,
	helpAddress,
	log,
	marks,
	messageOf,
	notePage,
	notice,
	plainText,
	readInput,
	runUrl,
	sanitize,
	stepCommon,
	textOf,
	warning,
	writeSummary
} = require('./step.cjs')
// src/summary/comment.ts
const rows = [
	['connectAddress', 'Endpoint'],
	['clusterId', 'Cluster id'],
	['backupId', 'Backup id'],
	['backupName', 'Backup name'],
	['safetyBackupId', 'Safety backup id'],
	['jobId', 'Job id'],
	['collections', 'Collections'],
	['backups', 'Backups'],
	['deletedBackupIds', 'Deleted backups'],
	['deletedClusterIds', 'Dropped clusters'],
	['plan', 'Requests that would be sent']
]
const longestSentence = 1e3
const mostNotes = 3
function commentBody(parts, {cluster, ...end}) {
	const {status, facts, report, said, notes} = parts
	const sentence = report.sentence === void 0 ? [] : [plainText(report.sentence)]
	const sentences = said === void 0 ? [...sentence, ...notes.slice(0, mostNotes)] : [textOf(said)]
	const cells = rows.flatMap(([output, label]) => {
		const value = facts.get(output)
		if (value === void 0) return []
		return [[label, Array.isArray(value) ? String(value.length) : String(value)]]
	})
	return [
		`<h3>${marks[status]} ${plain(titleOf(parts, cluster))}</h3>`,
		...sentences.map(sentence => `<p>${plain(sentence)}</p>`),
		...table(cells),
		footer(end)
	].join('\n')
}
function titleOf(parts, cluster) {
	if (parts.problems.length > 0) return `${parts.operation}: problems with the inputs`
	const heading = headingOf(parts)
	return parts.report.heading === void 0 && parts.report.subject === void 0 && cluster !== ''
		? `${heading} (${cluster})`
		: heading
}
function goneBody({cluster, clusterId}, {dropped, ...end}) {
	const why = dropped
		? 'delete-cluster has dropped it. It stays in the recycle bin for 30 days; a free cluster does not.'
		: 'delete-cluster has found nothing to drop.'
	return [
		`<h3>🗑️ Cluster ${plain(cluster)} is gone</h3>`,
		`<p>${why}</p>`,
		...table(clusterId === '' ? [] : [['Cluster id', clusterId]]),
		footer(end)
	].join('\n')
}
function table(cells) {
	if (cells.length === 0) return []
	return [
		`<table>${cells.map(([label, value]) => `<tr><td>${label}</td><td><code>${escapeHtml(sanitize(value))}</code></td></tr>`).join('')}</table>`
	]
}
function footer({runUrl, now}) {
	const time = `${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC`
	return `<p>${runUrl === void 0 ? '' : `<a href="${escapeHtml(runUrl)}">Workflow run</a>, `}${time}</p>`
}
function plain(text) {
	const cut = text.length > longestSentence ? `${text.slice(0, longestSentence)}…` : text
	return escapeHtml(cut)
		.replace(/&#64;|(?<!&)#/g, '$&&#8203;')
		.replaceAll('\n', '<br>')
}
// src/comment-on-pr.ts
async function commentOnPr(page, options) {
	try {
		const number = await writeComment(page, options)
		if (number === void 0)
			say(notice, 'The event of this workflow run shows no pull request, so there is no comment.')
		else log(`comment-on-pr: the comment on pull request ${number} is up to date.`)
	} catch (error) {
		const help = helpAddress('the-comment-is-missing', stepCommon())
		const more = help === void 0 ? '' : ` More: ${help}`
		say(warning, `The comment on the pull request is missing or not up to date. ${messageOf(error)}${more}`)
	}
}
async function writeComment(page, {token, now, stop}) {
	if (token === '') throw new Error('The input github-token is empty.')
	const {writeComment} = await Promise.resolve().then(() => require('./comment.cjs'))
	const subject = subjectOf(page)
	const end = {runUrl: runUrl(), now}
	const {operation, status} = page
	const isGone = operation === 'delete-cluster' && (status === 'succeeded' || status === 'skipped')
	const gone = restore => goneBody(restore, {dropped: status === 'succeeded', ...end})
	return writeComment({
		token,
		subject,
		body: commentBody(page, {cluster: subject.cluster, ...end}),
		goneBody: isGone ? gone : void 0,
		stop
	})
}
function subjectOf({operation, facts}) {
	const input = name => readInput(name) ?? ''
	return {
		operation,
		cluster: input('target-cluster') || input('cluster-id') || input('name-pattern'),
		projectId: input('target-project-id'),
		clusterId: String(facts.get('clusterId') ?? ''),
		clusterName: String(facts.get('clusterName') ?? '')
	}
}
function say(tell, text) {
	const sentence = `comment-on-pr: ${text}`
	tell(sentence)
	attemptAll(() => writeSummary(notePage(sentence)))
}
module.exports = {commentOnPr}
