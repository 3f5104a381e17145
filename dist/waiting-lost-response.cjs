// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	ApiError,
	Cancelled,
	NoResponseError,
	OperationFailed,
	TimedOut,
	formatDuration,
	partsOf
} = require('./step.cjs')
// src/waiting/lost-response.ts
const searchLimit = 3e4
const betweenReads = 2e3
const shortestRead = 1e3
async function findLost(step, {lost, limit = searchLimit}, search) {
	const {clock} = step
	const start = clock.elapsed()
	const end = Math.min(step.deadline, start + limit)
	const cancelled = error => {
		if (!(error instanceof Cancelled)) throw error
		const parts = {...partsOf(lost), stake: 'It may have been carried out.'}
		throw new Cancelled(
			{...parts, what: `The step was cancelled. ${parts.what}`},
			{inFlight: true, cause: error}
		)
	}
	let result = {kind: 'unknown', why: {what: 'It was not checked.'}}
	let deadline = start + limit
	for (;;) {
		try {
			const found = await search({...step.cloud, deadline})
			if (found !== void 0) return {kind: 'found', found}
			result = {kind: 'none'}
		} catch (error) {
			if (
				!(
					error instanceof ApiError ||
					error instanceof NoResponseError ||
					error instanceof OperationFailed ||
					error instanceof TimedOut
				)
			)
				return cancelled(error)
			result = {kind: 'unknown', why: whyUnknown(step, error, limit)}
			if (error instanceof ApiError || error instanceof OperationFailed) return result
		}
		deadline = end
		if (clock.elapsed() + betweenReads + shortestRead > end) return result
		await clock.pause(betweenReads).catch(cancelled)
	}
}
function whyUnknown({clock, deadline}, error, limit) {
	return error instanceof TimedOut && error.cause === void 0 && clock.elapsed() < deadline
		? {what: `It took longer than ${formatDuration(limit)}.`}
		: error.parts
}
module.exports = {findLost, searchLimit}
