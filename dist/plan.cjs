// Made by "npm run build" from src/; licences in NOTICES.txt
const {firstLines} = require('./step.cjs')
// src/plan.ts
const mostLogged = 20
const mostFolded = 500
function showPlan({report, log, publishList}, changes) {
	const requests = changes.map(({method, path, body}) => ({method, path, ...(body !== void 0 && {body})}))
	publishList('plan', requests)
	const lines = requests.map(({method, path}) => `Would send ${method} ${path}.`)
	if (lines.length > 0) report.folds.push(requestsFold(requests))
	for (const line of firstLines(lines, mostLogged)) log(line)
	if (lines.length === 0) log('Would send nothing that changes anything.')
}
function requestsFold(requests) {
	const lines = requests.map(({method, path, body}) =>
		[`${method} ${path}`, ...(body === void 0 ? [] : [JSON.stringify(body)])].join(' ')
	)
	return {
		title:
			lines.length === 1
				? 'The request that would be sent'
				: `The ${lines.length} requests that would be sent`,
		content: {
			kind: 'text',
			text: firstLines(lines, mostFolded, count => `And ${count} more: the output plan has all.`).join('\n')
		}
	}
}
module.exports = {showPlan}
