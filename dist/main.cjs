// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	Cancelled,
	InputError,
	RunnerFileError,
	TimedOut,
	attemptAll,
	debug,
	error,
	exitSoon,
	explain,
	formatDuration,
	helpAddress,
	log,
	maskInputs,
	onCancel,
	openInProgress,
	openInputs,
	openReport,
	openSession,
	openStep,
	operations,
	operations$1,
	publish,
	publishNumber,
	published,
	readInput,
	reported,
	stepCommon,
	summaryPage,
	systemClock,
	textOf,
	writeReceipt,
	writeSummary
} = require('./step.cjs')
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
	const given = await openInputs(readInput, maskInputs())
	comment = given.comment
	const operation = await operations[given.operation]()
	const request = await operation.read(given.reader, given.common)
	given.check()
	const deadline = clock.elapsed() + request.timeout
	return operation.run(
		request,
		openStep(request, {clock, deadline, stop: stop.signal}, {inProgress, session, report})
	)
}
async function end(status, failure) {
	if (ended) return void 0
	ended = true
	const operation = known(readInput('operation'))
	const common = stepCommon()
	const failed = failure === void 0 ? void 0 : await whatFailed(operation, status, failure)
	const hints = status === 'succeeded' ? [] : await hintsFor(status, common)
	const {said, reasons} = failed ?? {}
	if (failure instanceof Error) debug(stackOf(failure))
	logHints(hints, said?.help && helpAddress(said.help, common))
	const elapsed = clock.elapsed() - started
	log(`${operation || 'No operation'}: ${status} after ${formatDuration(elapsed)}.`)
	const finishedAt = new Date(clock.now()).toISOString()
	const facts = published()
	const error$1 = said && textOf(said)
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
		() => writeSummary(failed?.page(page) ?? summaryPage(page))
	)
	const isSaid =
		broken === failure || (broken instanceof RunnerFileError && failure instanceof RunnerFileError)
	const trouble = broken === void 0 || isSaid ? [] : [explain(broken)]
	if (trouble.length > 0 && error$1 === void 0) attemptAll(...write('failed', trouble.join(' ')))
	const sentences = [...(error$1 === void 0 ? [] : [error$1]), ...trouble]
	if (sentences.length > 0) error(sentences.join('\n'), failed?.title ?? `${operation} failed`)
	else process.exitCode = 0
	return trouble.length === 0 ? page : {...page, status: 'failed', said: {what: sentences.join('\n')}}
}
async function whatFailed(operation, status, failure) {
	const withFailure = () => Promise.reject(failure)
	const {titleOf, whatIsSaid, wholeReasons} = await Promise.resolve()
		.then(() => require('./failure.cjs'))
		.catch(withFailure)
	const {failedPage} = await Promise.resolve()
		.then(() => require('./failed-page.cjs'))
		.catch(withFailure)
	const said = whatIsSaid(failure, operation, {session, inProgress})
	const problems = failure instanceof InputError ? failure.problems : []
	return {
		said,
		reasons: wholeReasons(said),
		title: titleOf(operation, status, problems.length),
		page: parts => failedPage({...parts, said})
	}
}
async function hintsFor(status, common) {
	if (inProgress.items.length === 0) return []
	const {resumeHints} = await Promise.resolve().then(() => require('./resume.cjs'))
	return resumeHints(inProgress, status === 'cancelled' || status === 'timed-out', common)
}
function logHints(hints, help) {
	for (const {title, lines} of hints) for (const line of [title, ...lines.map(line => `  ${line}`)]) log(line)
	if (help !== void 0) log(`More about this error: ${help}`)
}
async function endWithComment(status, failure) {
	const page = await end(status, failure)
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
	setTimeout(() => void end('cancelled', new Cancelled()).finally(process.exit), cancelDelay).unref()
})
process.on('uncaughtException', failure => {
	if (ended && process.exitCode !== 0) error(explain(failure), 'step failed')
	end('failed', failure).finally(process.exit)
})
process.on('beforeExit', () => void end('failed', new Error('the step stopped in the middle of its work')))
run()
	.then(
		outcome => (stop.signal.aborted ? endWithComment('cancelled', new Cancelled()) : endWithComment(outcome)),
		failure => endWithComment(statusOf(failure), failure)
	)
	.then(exitSoon)
