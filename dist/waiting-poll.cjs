// Made by "npm run build" from src/; licences in NOTICES.txt
const {TimedOut, formatDuration, timedOut} = require('./step.cjs')
// src/waiting/pace.ts
const shortestPause = 500
const share = 24
const soon = 250
const after = 50
const slower = 2
const faster = 1.2
const slowest = 4
function openPace() {
	let first
	let last
	let expectedEnd
	let misses = 0
	let load = 1
	return ({waited, progress, isThrottled = false}) => {
		load = isThrottled ? Math.min(load * slower, slowest) : Math.max(load / faster, 1)
		const grown = Math.max(shortestPause, waited / share) * load
		const percent = progress === void 0 ? void 0 : Math.floor(progress)
		if (percent === void 0 || first === void 0 || percent < (last ?? 0)) {
			if (last !== void 0) misses++
			first = percent === void 0 ? void 0 : {waited, percent}
			expectedEnd = void 0
		} else if (percent !== last) {
			const perPercent = (waited - first.waited) / (percent - first.percent)
			expectedEnd = waited + Math.max(0, 99.5 - percent) * perPercent
		}
		last = percent
		if (expectedEnd === void 0) return grown
		const rest = expectedEnd - waited
		if (rest <= 0) misses++
		const nearest = soon * 2 ** misses * load
		if (load > 1) return Math.max(nearest, rest + after)
		const closing = rest > 2 * nearest ? rest / 2 : Math.max(nearest, rest + after)
		return Math.min(grown, closing)
	}
}
// src/waiting/poll.ts
const lastRead = 2e3
const noTime = 50
function boundedPause({pause, maxPause, left, retryAfter = 0}) {
	const wanted = Math.max(Math.min(pause, maxPause), retryAfter)
	if (wanted < left) return wanted
	return left > 2 * lastRead ? left - lastRead : left
}
async function waitUntil({clock, deadline, timeout}, poll, {maxPause, stillOpen}) {
	const start = clock.elapsed()
	const pace = openPace()
	const timeoutMessage = () => `Timed out after ${formatDuration(timeout)}: ${stillOpen()}.`
	const left = () => deadline - clock.elapsed()
	for (;;) {
		const lookedAt = clock.elapsed()
		const polled = await poll().catch(error => {
			if (!(error instanceof TimedOut)) throw error
			if (error.cause === void 0) throw new TimedOut(timeoutMessage(), {cause: error})
			throw new TimedOut(
				{...error.parts, what: `${timeoutMessage()} ${error.parts.what.replace(timedOut, '')}`},
				{cause: error}
			)
		})
		if ('done' in polled) return polled.done
		if (left() <= 0) throw new TimedOut(timeoutMessage())
		const waited = clock.elapsed() - start
		const {progress, retryAfter, isThrottled} = polled
		const spacing = pace({waited, progress, isThrottled})
		const pause = spacing - Math.min(clock.elapsed() - lookedAt, spacing / 10)
		await clock.pause(boundedPause({pause, retryAfter, maxPause, left: left()}))
		if (left() <= noTime) throw new TimedOut(timeoutMessage())
	}
}
function progressLog(clock) {
	const last = new Map()
	let loggedAt = clock.elapsed()
	return {
		isNew(about, line) {
			if (last.get(about) === line) return false
			last.set(about, line)
			loggedAt = clock.elapsed()
			return true
		},
		isDue() {
			const due = clock.elapsed() - loggedAt >= 6e4
			if (due) loggedAt = clock.elapsed()
			return due
		}
	}
}
module.exports = {progressLog, waitUntil}
