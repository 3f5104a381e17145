// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, describeCluster, quote, sanitize} = require('./step.cjs')
const {describeById, findNamed} = require('./clusters-find.cjs')
const {isProtected} = require('./clusters-protected.cjs')
// src/clusters/described-target.ts
async function describeTarget(step, target, {protectedClusters, nothing}) {
	const byId = await describeById(step, target)
	const chosen = byId ?? (await findNamed(step, target, protectedClusters))
	const found = byId ?? (await describeCluster(step.cloud, chosen.clusterId))
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
module.exports = {describeTarget}
