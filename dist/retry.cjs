// Made by "npm run build" from src/; licences in NOTICES.txt
const {NoResponseError, TimedOut, formatDuration, textOf, timedOut} = require('./step.cjs')
// src/zilliz/retry.ts
const mostTlsTries = 3
const firstPause = 500
const longestPause = 15e3
const lastTry = 1e3
const spread = 500
const early = 10
const believed = 8
function retryPause(attempts, retryAfter, random) {
	const doublings = retryAfter === void 0 ? attempts : Math.max(0, attempts - believed)
	const grown = Math.min(longestPause, firstPause * 2 ** Math.min(doublings, 10))
	return Math.max(grown * (0.5 + random / 2), retryAfter ?? 0)
}
async function retry(attempt, policy, failed) {
	const start = failed?.start ?? policy.clock.elapsed()
	const tries = {attempts: 0, start, logTrouble: troubleLog(policy)}
	if (failed !== void 0) await pauseAfter(failed.error, policy, tries)
	for (tries.attempts = failed === void 0 ? 0 : 1; ; tries.attempts++) {
		await whileTooMany(policy, start)
		try {
			return await whileTooMany(policy, start).then(attempt)
		} catch (error) {
			await pauseAfter(error, policy, tries)
		}
	}
}
async function pauseAfter(error, policy, tries) {
	if (!(error instanceof NoResponseError) || error.isFinal) throw error
	const {clock, deadline} = policy
	const {attempts, start, logTrouble} = tries
	const now = clock.elapsed()
	const pause = retryPause(attempts, error.retryAfter, Math.random())
	if (error.trouble === 'load') noteLoad(policy, now + pause)
	const {parts} = error
	const what = `Could not ${policy.tried}: ${parts.what}.`
	if (!policy.shouldRetry(error)) throw final(error, {...parts, what})
	const budget = policy.maxDuration - (now - start)
	if (error.retryAfter === void 0 ? pause > budget : budget <= 0) {
		const answer = withTries(parts.answer, triedFor(error, attempts, now - start))
		const next = (error.trouble === 'tls' ? void 0 : parts.next) ?? whatToDo
		throw final(error, {...parts, what, next, answer})
	}
	if (error.trouble === 'tls' && !policy.hasResponded() && attempts + 1 >= mostTlsTries) {
		const answer = withTries(parts.answer, `tried ${attempts + 1} times`)
		throw final(error, {...parts, what, answer})
	}
	logTrouble(textOf({what, answer: parts.answer}))
	const timeout = {...parts, what: `${timedOut}${what}`}
	if (error.retryAfter === void 0 && now - start >= policy.makeWayAfter)
		throw new TimedOut(timeout, {cause: error})
	const room = deadline - now - lastTry
	if (room <= 0) throw new TimedOut(timeout, {cause: attempts === 0 ? void 0 : error})
	await clock.pause(Math.min(pause, room, budget))
}
function noteLoad({load}, until) {
	load.times++
	load.notBefore = Math.max(load.notBefore, until)
}
async function whileTooMany({clock, deadline, maxDuration, load}, start) {
	const end = Math.min(deadline - lastTry, start + maxDuration)
	const notBefore = () => load.notBefore
	for (let now = clock.elapsed(); now < Math.min(notBefore() - early, end); now = clock.elapsed())
		await clock.pause(Math.min(notBefore() + Math.random() * spread, end) - now)
}
const whatToDo = 'Look at the network and the status page of the service, then run the step again.'
function withTries(answer, tries) {
	return answer === void 0 ? tries : `${answer}, ${tries}`
}
function triedFor({retryAfter}, attempts, duration) {
	const tries = attempts === 0 ? 'tried once' : `tried ${attempts + 1} times in ${formatDuration(duration)}`
	return retryAfter === void 0 ? tries : `${tries}, asked to wait ${formatDuration(retryAfter)}`
}
const betweenLines = 3e4
function troubleLog({clock, log}) {
	let loggedAt = Number.NEGATIVE_INFINITY
	let logged = ''
	return sentence => {
		const now = clock.elapsed()
		const trouble = sentence.replace(/request id [^)]*/, '')
		if (trouble === logged && now - loggedAt < betweenLines) return
		log(`${sentence} Trying again.`)
		logged = trouble
		loggedAt = now
	}
}
function final(cause, parts) {
	const {kind, retryAfter, trouble, partial} = cause
	return new NoResponseError(parts, {kind, retryAfter, trouble, partial, isFinal: true, cause})
}
module.exports = {retry}
