// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, clusterState, describeClusterIfThere, listClusters, sanitize} = require('./step.cjs')
// src/clusters/named.ts
function withStates(clusters) {
	return clusters.map(({clusterId, status}) => `${clusterId} (${sanitize(status)})`).join(', ')
}
async function clustersNamed(step, name, projectId) {
	return (await listClusters(step.cloud, projectId)).filter(
		({clusterName, status}) => clusterName === name && status !== 'DELETED'
	)
}
async function describeNamed(step, {clusterName, projectId}, but = []) {
	const named = await clustersNamed(step, clusterName, projectId)
	const described = []
	for (const listed of named.filter(({clusterId}) => !but.includes(clusterId))) {
		const found = await describeClusterIfThere(step.cloud, listed.clusterId)
		described.push({...listed, createTime: void 0, ...found})
	}
	return described
}
const settledAfter = 6e4
const betweenReads = 2e3
async function describeListed(step, listed, {untilUnlisted}) {
	const {clusterId, projectId} = listed
	const end = step.clock.elapsed() + settledAfter
	for (let shown = listed; ; ) {
		const found = await describeClusterIfThere(step.cloud, clusterId)
		if (found !== void 0 || shown === void 0) return found
		if (clusterState(shown.status) === 'deleted') return void 0
		if (!untilUnlisted && clusterState(shown.status) !== 'busy') return void 0
		if (step.clock.elapsed() >= end)
			throw new OperationFailed(
				`Cluster ${clusterId} cannot be read, although the list of clusters has it as ${sanitize(shown.status)}. Look at it in the console and try again.`
			)
		await step.clock.pause(betweenReads)
		shown = (await listClusters(step.cloud, projectId)).find(one => one.clusterId === clusterId)
	}
}
module.exports = {clustersNamed, describeListed, describeNamed, withStates}
