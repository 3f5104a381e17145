// Made by "npm run build" from src/; licences in NOTICES.txt
const {capitalize, textOf} = require('./step.cjs')
// src/waiting/failures.ts
function partsOf(failures) {
	const [only, ...others] = failures
	if (only !== void 0 && others.length === 0) return partsOfOne(only)
	const ofService = failures.find(({status}) => status.reason !== void 0)?.status
	return {
		what: `${failures.length} have failed:`,
		reasons: failures.map(({condition, status: {line, reason, refusal}}) => ({
			of: capitalize(condition.what),
			text: refusal
				? unnamed(refusal)
				: [line, reason && `Reason: ${reason.text}.`].filter(Boolean).join(' '),
			whole: reason?.whole
		})),
		next: ofService && `${ofService.next} If one fails again, open a ticket at Zilliz with its job.`,
		help: ofService && 'the-job-failed'
	}
}
function unnamed(refusal) {
	return textOf({...refusal, what: refusal.what.replace(/^Could not read [^:]+: /, '')})
}
function partsOfOne({condition, status: {line, reason, next, refusal}}) {
	if (refusal !== void 0) return refusal
	const {what, item} = condition
	if (reason === void 0 || item.kind !== 'job') return {what: `${capitalize(what)} is ${line}`, next}
	return {
		what: `The service ended ${what} as ${line}`,
		reasons: [{of: '', ...reason}],
		next: `${next} If it fails again, open a ticket at Zilliz with job ${item.jobId}.`,
		help: 'the-job-failed'
	}
}
module.exports = {partsOf}
