// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, listClusters, otherCase, quote, sameButCase, sanitize} = require('./step.cjs')
const {noticeUnknownEntries} = require('./clusters-protected.cjs')
// src/clusters/find-listed.ts
async function findListed(step, {cluster: wanted, projectId}, protectedClusters) {
	const all = await listClusters(step.cloud, projectId)
	await noticeUnknownEntries(step, protectedClusters, projectId === void 0 ? all : void 0)
	if (projectId !== void 0 && !all.some(cluster => cluster.projectId === projectId))
		await (await Promise.resolve().then(() => require('./project.cjs'))).refuseProjectSlip(step, projectId)
	const listed = all.filter(cluster => cluster.status !== 'DELETED' && inProject(cluster, projectId))
	const byId = listed.find(cluster => cluster.clusterId === wanted)
	const named = byId ? [byId] : listed.filter(cluster => cluster.clusterName === wanted)
	if (named.length > 1) throw severalNamed(wanted, named)
	const other = listed.find(
		({clusterId, clusterName}) => sameButCase(clusterId, wanted) || sameButCase(clusterName, wanted)
	)
	if (named.length === 0 && other !== void 0) {
		const right = sameButCase(other.clusterId, wanted) ? other.clusterId : (other.clusterName ?? '')
		throw otherCase('target-cluster', wanted, right)
	}
	return named[0]
}
function severalNamed(wanted, named) {
	const each = named.map(({clusterId, projectId, status}) => {
		return `${clusterId}${projectId === void 0 ? '' : ` in project ${sanitize(projectId)}`}, ${sanitize(status)}`
	})
	return new OperationFailed(
		`target-cluster: several clusters have the name ${quote(wanted)}: ${each.join('; ')}. Give the id, or narrow it with target-project-id.`
	)
}
function inProject(cluster, projectId) {
	return projectId === void 0 || cluster.projectId === void 0 || cluster.projectId === projectId
}
module.exports = {findListed}
