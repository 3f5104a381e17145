// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	OperationFailed,
	describeClusterIfThere,
	otherCase,
	quote,
	quoteInput,
	sameButCase,
	sanitize
} = require('./step.cjs')
const {isPlain} = require('./clusters-id.cjs')
// src/clusters/find.ts
async function readTarget(reader) {
	return {cluster: await readIdOrName(reader), projectId: reader.optionalId('target-project-id')}
}
async function readIdOrName(reader) {
	const cluster = reader.optional('target-cluster')
	if (cluster === void 0) {
		reader.report('target-cluster', 'expected the id or the exact name of an existing cluster; it is empty')
		return ''
	}
	if (isPlain(cluster)) return cluster
	const {problemOfIdOrName} = await Promise.resolve()
		.then(() => require('./clusters-name.cjs'))
		.then(n => n.name_exports)
	const problem = problemOfIdOrName(cluster)
	if (problem !== void 0) reader.report('target-cluster', `${quoteInput(cluster)} ${problem}`)
	return cluster
}
async function readOptionalTarget(reader) {
	return reader.optional('target-cluster') === void 0 ? void 0 : readTarget(reader)
}
const idShape = /^in\d\d-[0-9a-z]+$/i
async function findTarget(step, target, protectedClusters = []) {
	return (await describeById(step, target)) ?? findNamed(step, target, protectedClusters)
}
async function findNamed(step, target, protectedClusters) {
	const found = await listed(step, target, protectedClusters)
	if (found !== void 0) return found
	const {cluster, projectId} = target
	const where = projectId === void 0 ? '' : ` in project ${projectId}`
	throw new OperationFailed(
		`There is no cluster with the id or name ${quote(cluster)}${where} that this key can see. Check target-cluster${projectId === void 0 ? '' : ' and target-project-id'}.`
	)
}
async function lookUpTarget(step, target, protectedClusters = []) {
	return (await describeById(step, target)) ?? listed(step, target, protectedClusters)
}
async function listed(step, target, protectedClusters) {
	const {findListed} = await Promise.resolve().then(() => require('./find-listed.cjs'))
	return findListed(step, target, protectedClusters)
}
async function describeById(step, {cluster: wanted, projectId}) {
	if (!idShape.test(wanted)) return void 0
	const described = await describeClusterIfThere(step.cloud, wanted)
	if (described === void 0) return void 0
	if (described.clusterId !== wanted) throw otherCase('target-cluster', wanted, described.clusterId)
	refuseOtherProject(described, projectId)
	return described
}
function refuseOtherProject({clusterId, projectId: found}, projectId) {
	if (projectId === void 0 || found === void 0 || found === projectId) return
	if (sameButCase(found, projectId)) throw otherCase('target-project-id', projectId, found)
	throw new OperationFailed(
		`target-project-id: cluster ${clusterId} is in project ${sanitize(found)}, not in project ${projectId}, so nothing is done with it. Check target-cluster and target-project-id.`
	)
}
module.exports = {describeById, findNamed, findTarget, lookUpTarget, readOptionalTarget, readTarget}
