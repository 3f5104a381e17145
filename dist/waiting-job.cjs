// Made by "npm run build" from src/; licences in NOTICES.txt
const {describeJob, jobState, otherCase, quotedReason, sanitize, whileWaiting} = require('./step.cjs')
// src/waiting/job.ts
const mostAfterSucceeded = 3e5
function jobSuccessful(jobId, options) {
	const {grace, of, isReadBack, isInput = false} = options
	let succeededAt
	const succeeded = (elapsed, status) => {
		if (isReadBack) return {state: 'met', line: status}
		succeededAt ??= elapsed
		const line = `${status}, a word that is not documented for such a job`
		return elapsed - succeededAt < mostAfterSucceeded
			? {state: 'pending', line, hasEnded: true}
			: {state: 'failed', line: `${line}. Check in the console whether its work is done.`}
	}
	return {
		what: of === void 0 ? `job ${jobId}` : `job ${jobId} (${of})`,
		item: {kind: 'job', jobId},
		notFoundGrace: grace,
		async read(step) {
			const {jobId: found, status, progress, reason} = await describeJob(whileWaiting(step).cloud, jobId)
			if (isInput && found !== jobId) throw otherCase('job-id', jobId, found)
			switch (jobState(status)) {
				case 'successful':
					return {state: 'met', line: 'SUCCESSFUL'}
				case 'succeeded':
					return succeeded(step.clock.elapsed(), status)
				case 'failed':
					return {
						state: 'failed',
						line: `${sanitize(status)}.`,
						reason: reason === void 0 ? {text: 'none is given'} : quotedReason(reason),
						next: isInput ? 'Run again the step that started it.' : 'Run the step again.'
					}
				case 'pending':
					return {state: 'pending', line: sanitize(status), progress}
				case 'unknown':
					return {
						state: 'pending',
						line: `${sanitize(status)} (a state this action does not know; it keeps waiting)`,
						progress
					}
			}
		}
	}
}
module.exports = {jobSuccessful}
