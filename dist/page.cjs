// Made by "npm run build" from src/; licences in NOTICES.txt
const {escapeHtml, sanitize} = require('./inputs.cjs')
// src/workflow-step.ts
function helpAddress(help, {uses}) {
	const [repository, ref] = uses?.split('@') ?? []
	return ref === void 0
		? void 0
		: `https://github.com/${repository}/blob/${ref}/docs/TROUBLESHOOTING.md#${help}`
}
function stepOf(operation, inputs, {uses, baseUrl}) {
	return [
		uses === void 0
			? '- uses: OWNER/zilliz-cloud-backup-restore@v0 # as your workflow names this action'
			: `- uses: ${uses}`,
		'  with:',
		`    operation: ${operation}`,
		"    api-key: ${{ secrets.ZILLIZ_API_KEY }} # your secret's name",
		...(baseUrl === void 0 ? [] : [`    base-url: ${baseUrl}`]),
		...inputs.map(line => `    ${line}`)
	]
}
// src/summary/html.ts
const mostFolded = 500
function foldOf({title, content}, common) {
	return `<details><summary>${text(title)}</summary>\n${contentOf(content, common)}\n</details>`
}
function contentOf(content, common) {
	switch (content.kind) {
		case 'table':
			return foldedTable(content.table, mostFolded)
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
function foldedTable({columns, rows, more: beyond = 0, rest = 'more'}, most) {
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
function summaryPage(parts, failed) {
	return [heading(parts), ...leadOf(parts, failed), ...detailsOf(parts, failed), ''].join('\n')
}
function headingOf({operation, status, report, said}) {
	const {heading, subject = operation || 'Step', outcome} = report
	if (heading) return said ? `${heading}, but the step ${endings[status]}` : heading
	return [`${subject} ${endings[status]}`, outcome].filter(Boolean).join(', ')
}
function heading(parts) {
	return `<h2>${marks[parts.status]} ${escapeHtml(sanitize(headingOf(parts)))}</h2>`
}
function leadOf({report, hints, notes}, failed) {
	const rows = [...report.rows, ...(failed?.rows ?? [])]
	return [
		...(failed?.lead ?? []),
		...(report.sentence === void 0 ? [] : [`<p>${cellOf(report.sentence)}</p>`]),
		...(rows.length === 0 ? [] : [rowTable(rows)]),
		...hints.map(({title, lines}) => `<p>${title}</p>\n${yaml(lines)}`),
		...report.tables.map(table => foldedTable(table, 20)),
		...notes.map(note => `<p>${text(note)}</p>`)
	]
}
function detailsOf({report, facts, common}, failed) {
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
	return [...(failed?.folds ?? []), ...report.folds, ...(facts.size > 0 ? [all] : [])].map(fold =>
		foldOf(fold, common)
	)
}
const inFull = ['backup', 'backups', 'plan', 'verifiedCollections']
function notePage(said) {
	return `<p>${escapeHtml(said)}</p>\n`
}
module.exports = {headingOf, helpAddress, marks, notePage, rowTable, stepOf, summaryPage, text, withIds, yaml}
