// Made by "npm run build" from src/; licences in NOTICES.txt
const {TimedOut, formatDuration, timedOut} = require('./step.cjs')
// src/waiting/pace.ts
const shortestPause = 540
const share = 24
const soon = 250
const after = 50
const enough = 15
const slower = 2
const faster = 1.2
const slowest = 4
function openPace() {
	let first
	let last
	let expected
	let misses = 0
	let load = 1
	return ({waited, took = 0, progress, isThrottled = false}) => {
		load = isThrottled ? Math.min(load * slower, slowest) : Math.max(load / faster, 1)
		const spacing = Math.max(shortestPause, waited / share) * load
		const grown = spacing - Math.min(took, spacing / 10)
		const percent = progress === void 0 ? void 0 : Math.floor(progress)
		if (percent === void 0 || first === void 0 || percent < (last ?? 0)) {
			if (last !== void 0) misses++
			first = percent === void 0 ? void 0 : {waited, percent}
			expected = void 0
		} else if (percent !== last) expected = expect(first, {waited, percent})
		last = percent
		if (expected === void 0) return grown
		const rest = expected.end - waited
		if (rest <= 0) misses++
		const nearest = soon * 2 ** misses * load
		if (load === 1) {
			const closing = rest > 2 * nearest ? rest / 2 : Math.max(nearest, rest + after)
			return Math.min(grown, closing)
		}
		const atEnd = Math.max(nearest, rest + expected.uncertainty + after)
		return expected.seen < enough ? Math.min(atEnd, Math.max(grown, waited)) : atEnd
	}
}
function expect(first, {waited, percent}) {
	const seen = percent - first.percent
	const left = (Math.max(0, 99.5 - percent) * (waited - first.waited)) / seen
	return {end: waited + left, uncertainty: left / seen, seen}
}
// src/waiting/poll.ts
const lastRead = 2e3
const noTime = 50
function boundedPause({pause, maxPause, left, retryAfter = 0}) {
	const wanted = Math.max(Math.min(pause, maxPause), retryAfter)
	if (wanted < left) return wanted
	return left > 2 * lastRead ? left - lastRead : left
}
async function waitUntil({clock, deadline, timeout}, poll, {maxPause, stillOpen, known}) {
	const start = clock.elapsed()
	const pace = openPace()
	const timeoutMessage = () => `Timed out after ${formatDuration(timeout)}: ${stillOpen()}.`
	const left = () => deadline - clock.elapsed()
	if (known) await clock.pause(boundedPause({pause: pace({waited: 0, ...known}), maxPause, left: left()}))
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
		const now = clock.elapsed()
		const {progress, retryAfter, isThrottled} = polled
		const pause = pace({waited: now - start, took: now - lookedAt, progress, isThrottled})
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
