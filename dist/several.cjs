// Made by "npm run build" from src/; licences in NOTICES.txt
const {ActionError, OperationFailed, firstLines, textOf, withMore} = require('./step.cjs')
// src/several.ts
const runAgain = 'Run the step again: it goes on with those that are left.'
const mostSaid = 10
function sentencesOf(several) {
	const each = several.map(said => textOf({...said, next: void 0}))
	return firstLines(each, mostSaid, count => `And ${count} more, in the log.`)
}
function severalFailed(count, failed) {
	const next = [...new Set(failed.map(({next}) => next))].filter(Boolean).join(' ') || runAgain
	return new OperationFailed({what: [count, ...sentencesOf(failed)].join('\n'), next})
}
function endedEarly(error, progress, failed) {
	const next = error instanceof ActionError ? (error.parts.next ?? runAgain) : void 0
	return withMore(error, {what: [progress, ...sentencesOf(failed)].join('\n'), next})
}
module.exports = {endedEarly, sentencesOf, severalFailed}
