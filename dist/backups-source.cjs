// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	ApiError,
	describeCluster,
	describeClusterIfThere,
	isNotFound,
	listBackups,
	otherCase
} = require('./step.cjs')
// src/backups/source.ts
async function describeSource(step, clusterId) {
	const found = await describeCluster(step.cloud, clusterId).catch(error =>
		explainIfMissing(step, clusterId, error)
	)
	if (found.clusterId !== clusterId) throw otherCase('cluster-id', clusterId, found.clusterId)
	return found
}
async function listBackupsOf(step, clusterId) {
	const listed = await listAny(step, clusterId)
	if (listed.length === 0) await describeSource(step, clusterId)
	return listed
}
function listAny(step, clusterId) {
	return listBackups(step.cloud, clusterId).catch(error => explainIfMissing(step, clusterId, error))
}
async function explainIfMissing(step, clusterId, error) {
	if (!isNotFound(error, 'cluster')) throw error
	return (await Promise.resolve().then(() => require('./not-found.cjs'))).explainMissing(
		step,
		clusterId,
		error
	)
}
async function describeSourceIfThere(step, clusterId) {
	const source = await describeClusterIfThere(step.cloud, clusterId)
	if (source !== void 0 && source.clusterId !== clusterId)
		throw otherCase('cluster-id', clusterId, source.clusterId)
	return source
}
function unknownWhereForbidden(error) {
	if (!(error instanceof ApiError) || error.group !== 'permission') throw error
}
module.exports = {describeSource, describeSourceIfThere, listAny, listBackupsOf, unknownWhereForbidden}
