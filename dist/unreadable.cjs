// Made by "npm run build" from src/; licences in NOTICES.txt
const {ApiError, OperationFailed, TimedOut, isNotFound, partsOf, textOf, timedOut} = require('./step.cjs')
// src/waiting/unreadable.ts
const nearTheEnd = 5e3
async function afterFault(error, condition, {step, start, failFast}) {
	if (error instanceof TimedOut && step.clock.elapsed() < step.deadline - nearTheEnd)
		return {
			status: {
				state: 'pending',
				line: `not readable (${error.parts.what.replace(timedOut, '').replace(/\.$/, '')})`
			},
			isUnreadable: true
		}
	if (!(error instanceof ApiError) || error.isAuthError) throw error
	const waited = step.clock.elapsed() - start
	const isMissing = isNotFound(error, condition.item.kind)
	if (isMissing && waited < condition.notFoundGrace)
		return {status: {state: 'pending', line: 'not readable yet'}, isUnreadable: true}
	if (isMissing) step.inProgress.ended(condition.item)
	const failure = await explainRefusal(condition, error)
	if (failFast) throw failure
	const refusal = partsOf(failure)
	return {status: {state: 'failed', line: textOf(refusal), refusal}, isUnreadable: !isMissing}
}
async function explainRefusal({item, onNotFound}, refused) {
	const isMissing = isNotFound(refused, item.kind) || isNotFound(refused, 'cluster')
	if (onNotFound === void 0 || !isMissing) return refused
	return onNotFound(refused).catch(error => {
		if (error instanceof OperationFailed) return error
		throw error
	})
}
module.exports = {afterFault}
