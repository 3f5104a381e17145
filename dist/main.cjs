// Made by "npm run build" from src/; licences in NOTICES.txt
const {systemClock} = require('./clock.cjs')
const {
	Cancelled,
	InputError,
	RunnerFileError,
	TimedOut,
	attemptAll,
	capitalize,
	covers,
	explain,
	formatDuration,
	inputs,
	listInSentence,
	openInputs,
	operations: operations$1,
	partsOf,
	textOf
} = require('./inputs.cjs')
const {helpAddress, idOf, openInProgress, resumeHints} = require('./in-progress.cjs')
const {
	debug,
	error,
	exitSoon,
	log,
	maskInputs,
	onCancel,
	openReport,
	openSession,
	openStep,
	publish,
	publishNumber,
	published,
	readInput,
	reported,
	stepCommon,
	writeReceipt,
	writeSummary
} = require('./shared.cjs')
const {summaryPage} = require('./page.cjs')
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
	const name = operations$1.find(known => known === operation)
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
	if (problems > 0)
		return problems === 1 ? '1 problem with the inputs' : `${problems} problems with the inputs`
	const what = operation === '' ? 'step' : operation
	if (status === 'timed-out') return `${what} timed out`
	return status === 'cancelled' ? `${what} was cancelled` : `${what} failed`
}
// src/operations/index.ts
const operations = {
	'create-backup': () => Promise.resolve().then(() => require('./create-backup.cjs')),
	'restore-cluster': () =>
		Promise.resolve()
			.then(() => require('./restore-cluster.cjs'))
			.then(n => n.restore_cluster_exports),
	'restore-collections': () => Promise.resolve().then(() => require('./restore-collections.cjs')),
	wait: () => Promise.resolve().then(() => require('./wait.cjs')),
	'list-backups': () => Promise.resolve().then(() => require('./list-backups.cjs')),
	'describe-backup': () => Promise.resolve().then(() => require('./describe-backup.cjs')),
	'delete-backup': () => Promise.resolve().then(() => require('./delete-backup.cjs')),
	'prune-backups': () => Promise.resolve().then(() => require('./prune-backups.cjs')),
	'export-backup': () => Promise.resolve().then(() => require('./export-backup.cjs')),
	'delete-cluster': () => Promise.resolve().then(() => require('./delete-cluster.cjs')),
	'prune-clusters': () => Promise.resolve().then(() => require('./prune-clusters.cjs')),
	verify: () => Promise.resolve().then(() => require('./verify.cjs')),
	'switch-alias': () => Promise.resolve().then(() => require('./switch-alias.cjs'))
}
// src/main.ts
process.exitCode = 1
const stop = new AbortController()
const clock = systemClock(stop.signal)
const started = clock.elapsed()
const startedAt = new Date(clock.now()).toISOString()
const inProgress = openInProgress()
const session = openSession()
const report = openReport()
let ended = false
let comment
async function run() {
	const given = openInputs(readInput, maskInputs())
	comment = given.comment
	const operation = await operations[given.operation]()
	const request = operation.read(given.reader, given.common)
	given.check()
	const deadline = clock.elapsed() + request.timeout
	return operation.run(
		request,
		openStep(request, {clock, deadline, stop: stop.signal}, {inProgress, session, report})
	)
}
function end(status, failure) {
	if (ended) return void 0
	ended = true
	const operation = known(readInput('operation'))
	const said = failure === void 0 ? void 0 : whatIsSaid(failure, operation, {session, inProgress})
	const error$1 = said && textOf(said)
	const wasCutShort = status === 'cancelled' || status === 'timed-out'
	const common = stepCommon()
	const hints = status === 'succeeded' ? [] : resumeHints(inProgress, wasCutShort, common)
	if (failure instanceof Error) debug(stackOf(failure))
	logHints(hints, said?.help && helpAddress(said.help, common))
	const elapsed = clock.elapsed() - started
	log(`${operation || 'No operation'}: ${status} after ${formatDuration(elapsed)}.`)
	const finishedAt = new Date(clock.now()).toISOString()
	const facts = published()
	const reasons = wholeReasons(said)
	const write = (status, error) => [
		() => publish('status', status),
		() => writeReceipt({operation, startedAt, finishedAt, error, reasons})
	]
	const problems = failure instanceof InputError ? failure.problems : []
	const notes = reported()
	const page = {operation, status, facts, report, said, problems, hints, notes, common}
	const [broken] = attemptAll(
		() => publishNumber('duration', Math.round(elapsed / 100) / 10),
		...write(status, error$1),
		() => writeSummary(summaryPage(page))
	)
	const isSaid =
		broken === failure || (broken instanceof RunnerFileError && failure instanceof RunnerFileError)
	const trouble = broken === void 0 || isSaid ? [] : [explain(broken)]
	if (trouble.length > 0 && error$1 === void 0) attemptAll(...write('failed', trouble.join(' ')))
	const sentences = [...(error$1 === void 0 ? [] : [error$1]), ...trouble]
	if (sentences.length > 0) error(sentences.join('\n'), titleOf(operation, status, problems.length))
	else process.exitCode = 0
	return trouble.length === 0 ? page : {...page, status: 'failed', said: {what: sentences.join('\n')}}
}
function logHints(hints, help) {
	for (const {title, lines} of hints) for (const line of [title, ...lines.map(line => `  ${line}`)]) log(line)
	if (help !== void 0) log(`More about this error: ${help}`)
}
async function endWithComment(status, failure) {
	const page = end(status, failure)
	if (page === void 0 || comment === void 0 || stop.signal.aborted) return
	const {commentOnPr} = await Promise.resolve().then(() => require('./comment-on-pr.cjs'))
	await commentOnPr(page, {...comment, now: clock.now(), stop: stop.signal})
}
function known(operation = '') {
	return operations$1.find(name => name === operation.toLowerCase()) ?? operation
}
function stackOf(error) {
	const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : ''
	return `${error.stack ?? error.message}${cause}`
}
function statusOf(failure) {
	if (failure instanceof Cancelled) return 'cancelled'
	return failure instanceof TimedOut ? 'timed-out' : 'failed'
}
const cancelDelay = 1600
onCancel(() => {
	stop.abort(new Cancelled())
	setTimeout(() => {
		end('cancelled', new Cancelled())
		process.exit()
	}, cancelDelay).unref()
})
process.on('uncaughtException', failure => {
	end('failed', failure)
	process.exit()
})
process.on('beforeExit', () => end('failed', new Error('the step stopped in the middle of its work')))
run()
	.then(
		outcome => (stop.signal.aborted ? void end('cancelled', new Cancelled()) : endWithComment(outcome)),
		failure => endWithComment(statusOf(failure), failure)
	)
	.finally(exitSoon)
