// Made by "npm run build" from src/; licences in NOTICES.txt
const {Cancelled} = require('./inputs.cjs')
// src/clock.ts
const longestTimer = 2 ** 31 - 1
function systemClock(stop) {
	return {
		now: () => Date.now(),
		elapsed: () => performance.now(),
		pause: milliseconds => pauseUnless(stop, milliseconds)
	}
}
function pauseUnless(stop, milliseconds) {
	return new Promise((resolve, reject) => {
		if (stop.aborted) {
			reject(new Cancelled())
			return
		}
		const cancel = () => {
			clearTimeout(timer)
			reject(new Cancelled())
		}
		const done = () => {
			stop.removeEventListener('abort', cancel)
			resolve()
		}
		const timer = setTimeout(done, Math.min(milliseconds, longestTimer))
		stop.addEventListener('abort', cancel, {once: true})
	})
}
module.exports = {systemClock}
