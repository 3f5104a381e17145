// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	counted,
	escapeHtml,
	firstLines,
	helpAddress,
	rowTable,
	sanitize,
	stepOf,
	summaryPage,
	text$1: text,
	withIds,
	yaml
} = require('./step.cjs')
// src/summary/failed-page.ts
function failedPage(parts) {
	const {said, common, problems} = parts
	if (problems.length > 0) return problemsPage(problems)
	return summaryPage(parts, {lead: failureOf(said), rows: rowsOf(said, common), folds: wholeReasons(said)})
}
function problemsPage(problems) {
	const items = problems.map(problem => `<li>${inputFirst(problem)}</li>`)
	return [
		`<h2>❌ ${counted(problems.length, 'problem')} with the inputs</h2>`,
		`<ul>${items.join('')}</ul>`,
		''
	].join('\n')
}
function inputFirst(problem) {
	const [, name = '', rest = problem] = /^([a-z_-]+):(.*)$/s.exec(problem) ?? []
	return name === '' ? text(problem) : `<code>${escapeHtml(name)}</code>:${text(rest)}`
}
function failureOf({what, reasons = []}) {
	return [
		...what.split('\n').map(line => `<p>${withIds(line)}</p>`),
		...firstLines(reasons.map(sentenceOf), mostReasons).map(
			reason => `<blockquote>${text(reason)}</blockquote>`
		)
	]
}
const mostReasons = 20
function sentenceOf({of, text: said}) {
	return of === '' ? said.replace(/^"(.*)"$/s, '$1') : `${of}: ${said}`
}
function rowsOf({stake, next, answer, help}, common) {
	return [
		...(stake ? [{name: 'At stake', value: stake}] : []),
		...(next ? [{name: 'Next', value: next}] : []),
		...(answer ? [{name: 'Answer', value: answer}] : []),
		...(help === void 0 ? [] : [{name: 'More', value: helpCell(help, common)}])
	]
}
function helpCell(help, common) {
	const name = `Troubleshooting: ${help.replaceAll('-', ' ')}`
	const href = helpAddress(help, common)
	return href === void 0 ? name : {text: name, href}
}
function wholeReasons({reasons = []}) {
	return reasons.flatMap(({of, whole}) => {
		const title = of === '' ? 'The whole reason' : `The whole reason: ${of}`
		return whole === void 0 ? [] : [{title, content: {kind: 'quotation', text: whole}}]
	})
}
function afterJobPage({cluster, ...end}, common) {
	const {clusterId, clusterName} = cluster
	const name = escapeHtml(sanitize(clusterName))
	if (end.dropped) return `<h2>🗑️ ${name} is dropped after the job</h2>\n<p>${text(end.text)}</p>\n`
	const drop = stepOf('delete-cluster', [`target-cluster: ${clusterId}`], common)
	return [
		`<h2>❌ ${name} could not be dropped after the job and costs money</h2>`,
		...failureOf(end.said),
		rowTable(rowsOf(end.said, common)),
		...(clusterId === '' ? [] : [`<p>A step that drops it:</p>\n${yaml(drop)}`]),
		''
	].join('\n')
}
module.exports = {afterJobPage, failedPage}
