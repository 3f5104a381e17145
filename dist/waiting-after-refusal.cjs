// Made by "npm run build" from src/; licences in NOTICES.txt
const {ApiError, Cancelled, OperationFailed, partsOf, withMore} = require('./step.cjs')
// src/waiting/after-refusal.ts
async function readAfterRefusal(refused, what, read) {
	try {
		return await read()
	} catch (error) {
		if (error instanceof Cancelled) throw error
		throw stateUnknown(refused, what, error)
	}
}
function stateUnknown(refused, what, why) {
	const {what: trouble, answer} = partsOf(why)
	const parts = partsOf(withMore(refused, {stake: `The state of ${what} is not known: ${trouble}`, answer}))
	const cause = why instanceof ApiError && why.isAuthError ? why : refused
	return new OperationFailed(parts, {cause})
}
const firstPause = 2e3
function pauseBeforeRead({clock}, pollInterval) {
	return clock.pause(Math.min(pollInterval, firstPause))
}
module.exports = {pauseBeforeRead, readAfterRefusal, stateUnknown}
