// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	Cancelled,
	TimedOut,
	capitalize,
	counted,
	covers,
	idOf,
	inputs,
	listInSentence,
	operations$1: operations,
	partsOf
} = require('./step.cjs')
// src/failure.ts
function whatIsSaid(failure, operation, {session, inProgress}) {
	const parts = partsOf(failure)
	const nothing = changesSomething(operation) && session.changes === 0 ? nothingDone(operation) : void 0
	const running =
		failure instanceof Cancelled || failure instanceof TimedOut
			? saidOfRunning(inProgress, operation)
			: void 0
	const stake = [nothing, parts.stake, running?.stake, whatWasDropped(inProgress)].filter(Boolean)
	const later =
		!(failure instanceof TimedOut) || parts.next !== void 0 ? void 0 : whenNothingRuns(operation, session)
	return {
		...parts,
		stake: stake.join(' '),
		next: [parts.next, running?.next ?? later].filter(Boolean).join(' '),
		help: parts.help ?? (failure instanceof TimedOut ? 'timed-out' : void 0)
	}
}
function nothingDone(operation) {
	return operation === 'switch-alias' ? 'Nothing was changed.' : 'Nothing was started.'
}
function changesSomething(operation) {
	const name = operations.find(known => known === operation)
	return name !== void 0 && covers(inputs['dry-run'].operations, name)
}
const mostNamed = 5
function saidOfRunning({items, unread, createdClusterId}, operation) {
	const running = items.filter(item => !unread.includes(item)).map(item => `${item.kind} ${idOf(item)}`)
	if (running.length === 0) return void 0
	const [only, ...others] = running
	const goOn =
		others.length === 0
			? `${only} goes on at the service.`
			: `These go on at the service: ${listInSentence(running, mostNamed)}.`
	const cost = createdClusterId === void 0 ? '' : ' The new cluster costs money until it is dropped.'
	const again = notAgain[operation]
	const next = again === void 0 ? longer : `${again} ${waitForIt}`
	return {stake: `${capitalize(goOn)}${cost}`, next}
}
function whenNothingRuns(operation, {changes}) {
	return changes > 0 && notAgain[operation] !== void 0
		? 'Look in the console what is done before running this step again.'
		: longer
}
const longer = 'Run this step again, with a longer timeout.'
const notAgain = {
	'create-backup':
		'Do not run this step again as it is: that would start a second backup, unless it has if-busy: join and skip-if-newer-than.',
	'restore-cluster': 'Do not run this step again as it is: the name is taken now.',
	'restore-collections': 'Do not run this step again as it is: that would send the same restores again.',
	'export-backup': 'Do not run this step again as it is: that would start a second export.'
}
const waitForIt = 'Wait with the step that stands in the log and on the job summary.'
function whatWasDropped({droppedClusterId: id}) {
	if (id === void 0) return void 0
	return `Cluster ${id}, which had the name, is dropped or may be: a dropped one stays in the recycle bin for 30 days and can be restored from there in the console.`
}
function wholeReasons(said) {
	const whole = (said?.reasons ?? []).flatMap(({of, whole}) =>
		whole === void 0 ? [] : [{of, reason: whole}]
	)
	return whole.length === 0 ? void 0 : whole
}
function titleOf(operation, status, problems) {
	if (problems > 0) return `${counted(problems, 'problem')} with the inputs`
	const what = operation === '' ? 'step' : operation
	if (status === 'timed-out') return `${what} timed out`
	return status === 'cancelled' ? `${what} was cancelled` : `${what} failed`
}
module.exports = {titleOf, whatIsSaid, wholeReasons}
