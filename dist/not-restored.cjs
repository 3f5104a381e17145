// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, listInSentence, mayHaveSucceeded, sanitize, textOf} = require('./step.cjs')
// src/clusters/not-restored.ts
function refused({tried}, {next, ...said}) {
	return {status: 'refused', why: inLine(tried, said), next}
}
function unanswered({tried}, error) {
	const {next, ...said} = error.parts
	if (!mayHaveSucceeded(error)) return {status: 'not-started', why: inLine(tried, said), next}
	return {status: 'unknown', why: inLine(tried, {...said, stake: 'It may have started anyway.'})}
}
function inLine(tried, said) {
	return textOf({...said, what: said.what.replace(`Could not ${tried}: `, '')})
}
function countDone(restores, wait, what = '') {
	const all = restores.parts.length
	if (all === 1) return ''
	const done = restores.named(wait ? 'succeeded' : 'started').length
	const [is, has] = done === 1 ? ['is', 'has'] : ['are', 'have']
	return `${done} of ${all}${what} ${wait ? `${is} restored` : `${has} started`}`
}
const mostNamed = 20
function notAllRestored(restores, {clusterId, name, wait}) {
	const done = restores.named(wait ? 'succeeded' : 'started')
	const names = done.length === 0 ? '' : `: ${listInSentence(done, mostNamed)}`
	const count = countDone(restores, wait, ' collections')
	const into = `into ${sanitize(name)}`
	const failures = restores.failures()
	const notStarted = restores.named('not-started').filter(what => failures.every(({of}) => of !== what))
	return new OperationFailed({
		what: count === '' ? `Could not restore ${into}:` : `${count} ${into}${names}. Failed:`,
		reasons: failures,
		stake: notStarted.length === 0 ? void 0 : `Not started: ${listInSentence(notStarted, mostNamed)}.`,
		help: 'not-every-collection-is-restored',
		next: whatToDo(restores, {clusterId, isNoneDone: done.length === 0, areAllSent: notStarted.length === 0})
	})
}
function whatToDo(restores, {clusterId, isNoneDone, areAllSent}) {
	const first = restores.next()
	const before = first === void 0 ? '' : `${first} `
	if (restores.named('unknown').length > 0)
		return `${before}Look at cluster ${clusterId} first, then run the step again with the collections that are missing there.`
	return `${before}${isNoneDone ? 'Run the step again.' : `Run the step again with ${areAllSent ? 'the failed collections alone' : 'the collections that failed or have not started'}.`}${restores.named('failed').length === 0 ? '' : ' If it fails again, open a ticket at Zilliz with its job.'}`
}
module.exports = {countDone, notAllRestored, refused, unanswered}
