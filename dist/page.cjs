// Made by "npm run build" from src/; licences in NOTICES.txt
const {__exportAll} = require('./rolldown-runtime.cjs')
const {helpAddress, stepOf} = require('./in-progress.cjs')
const {escapeHtml, firstLines, sanitize} = require('./inputs.cjs')
// src/summary/html.ts
const mostFolded = 500
function foldOf({title, content}, common) {
	return `<details><summary>${text(title)}</summary>\n${contentOf(content, common)}\n</details>`
}
function contentOf(content, common) {
	switch (content.kind) {
		case 'table':
			return tableOf(content.table, mostFolded)
		case 'list':
			return `<ul>${content.items.map(item => `<li>${text(item)}</li>`).join('')}</ul>`
		case 'quotation':
			return `<blockquote>${text(content.text)}</blockquote>`
		case 'text':
			return `<pre>${escapeHtml(content.text)}</pre>`
		case 'step':
			return yaml(stepOf(content.operation, content.inputs, common))
	}
}
function yaml(lines) {
	return `<pre lang="yaml">${escapeHtml(lines.join('\n'))}</pre>`
}
function rowTable(rows) {
	return `<table>${rows.map(({name, value}) => `<tr><td>${text(name.replaceAll(' ', '\xA0'))}</td><td>${typeof value === 'string' ? withIds(value) : cellOf(value)}</td></tr>`).join('')}</table>`
}
function tableOf({columns, rows, more: beyond = 0, rest = 'more'}, most) {
	const header = `<tr>${columns.map(column => `<th>${text(column)}</th>`).join('')}</tr>`
	const row = cells => `<tr>${cells.map(cell => `<td>${cellOf(cell)}</td>`).join('')}</tr>`
	const table = some => `<table>${header}${some.map(row).join('')}</table>`
	const folded = rows.slice(most, mostFolded)
	const uncounted = rows.length - Math.min(rows.length, mostFolded) + beyond
	return [
		table(rows.slice(0, most)),
		...(folded.length === 0
			? []
			: [`<details><summary>${folded.length} ${rest}</summary>\n${table(folded)}\n</details>`]),
		...(uncounted === 0 ? [] : [`<p>And ${uncounted} more: the receipt has all.</p>`])
	].join('\n')
}
function cellOf(cell) {
	if (typeof cell === 'string') return text(cell)
	if ('code' in cell) return `<code>${text(cell.code)}</code>`
	if ('text' in cell) return `<a href="${escapeHtml(cell.href)}">${text(cell.text)}</a>`
	return 'strong' in cell ? `<strong>${text(cell.strong)}</strong>` : cell.map(cellOf).join('')
}
function withIds(value) {
	return text(value).replace(/\b(?:in\d\d|job|proj)-[a-z0-9]+\b|\bbackup\d+_[a-z0-9]+\b/g, '<code>$&</code>')
}
function text(value) {
	return escapeHtml(value)
		.replace(/(?:&[^;\s]+;|[^\s&]){30}/gu, '$&<wbr>')
		.replaceAll('\n', '<br>')
}
// src/summary/page.ts
var page_exports = __exportAll({afterJobPage: () => afterJobPage})
const marks = {
	succeeded: '✅',
	started: '🚀',
	skipped: '⏭️',
	planned: '📝',
	failed: '❌',
	'timed-out': '⌛',
	cancelled: '🛑'
}
const endings = {
	succeeded: 'succeeded',
	started: 'has started',
	skipped: 'was not needed',
	planned: 'was planned',
	failed: 'failed',
	'timed-out': 'is not finished: timed out',
	cancelled: 'was cancelled'
}
function summaryPage(parts) {
	if (parts.problems.length > 0) return problemsPage(parts.problems)
	return [heading(parts), ...leadOf(parts), ...detailsOf(parts), ''].join('\n')
}
function problemsPage(problems) {
	const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
	const items = problems.map(problem => `<li>${inputFirst(problem)}</li>`)
	return [`<h2>❌ ${count} with the inputs</h2>`, `<ul>${items.join('')}</ul>`, ''].join('\n')
}
function inputFirst(problem) {
	const [, name = '', rest = problem] = /^([a-z_-]+):(.*)$/s.exec(problem) ?? []
	return name === '' ? text(problem) : `<code>${escapeHtml(name)}</code>:${text(rest)}`
}
function headingOf({operation, status, report, said}) {
	const {heading, subject = operation || 'Step', outcome} = report
	if (heading) return said ? `${heading}, but the step ${endings[status]}` : heading
	return [`${subject} ${endings[status]}`, outcome].filter(Boolean).join(', ')
}
function heading(parts) {
	return `<h2>${marks[parts.status]} ${escapeHtml(sanitize(headingOf(parts)))}</h2>`
}
function leadOf({report, said, hints, notes, common}) {
	const rows = said === void 0 ? report.rows : [...report.rows, ...rowsOf(said, common)]
	return [
		...(said === void 0 ? [] : failureOf(said)),
		...(report.sentence === void 0 ? [] : [`<p>${cellOf(report.sentence)}</p>`]),
		...(rows.length === 0 ? [] : [rowTable(rows)]),
		...hints.map(({title, lines}) => `<p>${title}</p>\n${yaml(lines)}`),
		...report.tables.map(table => tableOf(table, 20)),
		...notes.map(note => `<p>${text(note)}</p>`)
	]
}
function failureOf({what, reasons = []}) {
	return [
		...what.split('\n').map(line => `<p>${withIds(line)}</p>`),
		...firstLines(reasons.map(sentenceOf), mostReasons, count => `And ${count} more.`).map(
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
function detailsOf({report, facts, said, common}) {
	const all = {
		title: 'All outputs',
		content: {
			kind: 'table',
			table: {
				columns: ['Output', 'Value'],
				rows: [...facts]
					.filter(([name]) => !inFull.includes(name))
					.map(([name, value]) => [name, {code: typeof value === 'string' ? value : JSON.stringify(value)}])
			}
		}
	}
	return [...wholeReasons(said ?? {}), ...report.folds, ...(facts.size > 0 ? [all] : [])].map(fold =>
		foldOf(fold, common)
	)
}
const inFull = ['backup', 'backups', 'plan', 'verifiedCollections']
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
function notePage(said) {
	return `<p>${escapeHtml(said)}</p>\n`
}
module.exports = {headingOf, marks, notePage, page_exports, summaryPage}
