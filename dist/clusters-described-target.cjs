// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, describeCluster, quote, sanitize} = require('./step.cjs')
const {describeById, noSuchTarget} = require('./clusters-find.cjs')
const {isProtected} = require('./clusters-protected.cjs')
// src/clusters/described-target.ts
async function describeTarget(step, target, {protectedClusters, nothing}) {
	const found = (await describeById(step, target)) ?? (await describeNamed(step, target, protectedClusters))
	if (isProtected(protectedClusters, found))
		throw new OperationFailed(`Cluster ${found.clusterId} is one of protected-clusters: ${nothing}.`)
	if (
		found.clusterId !== target.cluster &&
		found.clusterName !== void 0 &&
		found.clusterName !== target.cluster
	)
		throw new OperationFailed(
			`Cluster ${found.clusterId} was chosen by the name ${quote(target.cluster)}, but its name is ${quote(found.clusterName)}: ${nothing}.`
		)
	const {projectId} = target
	if (projectId !== void 0 && found.projectId !== void 0 && found.projectId !== projectId)
		throw new OperationFailed(
			`Cluster ${found.clusterId} was chosen in project ${projectId}, but it is in project ${sanitize(found.projectId)}: ${nothing}.`
		)
	return found
}
async function describeNamed(step, target, protectedClusters) {
	const {findListed} = await Promise.resolve().then(() => require('./find-listed.cjs'))
	const chosen = await findListed(step, target, protectedClusters)
	if (chosen === void 0) throw noSuchTarget(target)
	return describeCluster(step.cloud, chosen.clusterId)
}
module.exports = {describeTarget}
