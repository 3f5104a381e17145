// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, counted} = require('./step.cjs')
// src/verification/short.ts
function short(step, {name, verdicts, next}) {
	const reasons = reasonsOf(verdicts)
	const all = counted(verdicts.length, 'collection')
	const what = `${reasons.length} of ${all} ${reasons.length === 1 ? 'falls' : 'fall'} short`
	step.report.outcome = what
	return new OperationFailed({
		what: `Cluster ${name} does not hold what it should: ${what}.`,
		reasons,
		next: next ?? 'Do not use the cluster as it is. The job summary shows each collection.',
		help: 'not-all-is-there'
	})
}
function nothingCompared(name, verdicts) {
	const hasAny = verdicts.some(({before}) => before !== void 0)
	return new OperationFailed({
		what: hasAny
			? `Cluster ${name} could not be compared with the baseline: no collection was counted exactly both times.`
			: `Cluster ${name} could not be compared with the baseline, which has no collection that was looked at.`,
		next: hasAny
			? 'Only loaded collections are counted exactly: load them before both steps.'
			: 'Give the receipt of a verify that looked at them, such as one with collections: "*".',
		help: 'not-all-is-there'
	})
}
function reasonsOf(verdicts) {
	return verdicts
		.filter(({faults}) => faults.length > 0)
		.map(({name, faults}) => ({of: name, text: `${faults.join('; ')}.`}))
}
module.exports = {nothingCompared, reasonsOf, short}
