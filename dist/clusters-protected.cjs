// Made by "npm run build" from src/; licences in NOTICES.txt
const {listClusters, listInSentence, quote, quoteInput, sameButCase} = require('./step.cjs')
const {isIdShaped, isPlain} = require('./clusters-id.cjs')
// src/clusters/protected.ts
async function readProtectedClusters(reader) {
	const entries = reader.list('protected-clusters')
	if (entries.every(isPlain)) return entries
	const {problemOfIdOrName} = await Promise.resolve()
		.then(() => require('./clusters-name.cjs'))
		.then(n => n.name_exports)
	return entries.filter(entry => {
		const problem = problemOfIdOrName(entry)
		if (problem !== void 0) reader.report('protected-clusters', `${quoteInput(entry)} ${problem}`)
		return problem === void 0
	})
}
function isProtected(entries, {clusterId, clusterName}) {
	if (entries.some(entry => sameButCase(clusterId, entry) || sameButCase(clusterName, entry))) return true
	return clusterName === void 0 && entries.some(entry => !isIdShaped(entry))
}
async function noticeUnknownEntries(step, entries, whole) {
	if (entries.length === 0) return
	noticeUnknown(
		step,
		'protected-clusters: not among the clusters that this key can see',
		unknownOf(
			entries,
			(whole ?? (await listClusters(step.cloud))).flatMap(({clusterId, clusterName}) => [
				clusterId,
				clusterName
			])
		).map(quote)
	)
}
function unknownOf(entries, known) {
	return entries.filter(entry => !known.some(one => sameButCase(one, entry)))
}
function noticeUnknown(step, what, unknown) {
	if (unknown.length > 0) step.notice(`${what}: ${listInSentence(unknown)}.`)
}
module.exports = {isProtected, noticeUnknown, noticeUnknownEntries, readProtectedClusters, unknownOf}
