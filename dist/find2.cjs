// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, quote, quoteInput, sanitize} = require('./step.cjs')
const {clusterState, describeClusterIfThere, listClusters, otherCase, sameButCase} = require('./states.cjs')
const {noticeUnknownEntries, problemOfIdOrName} = require('./protected.cjs')
// src/clusters/find.ts
function readTarget(reader) {
	return {cluster: readIdOrName(reader) ?? '', projectId: reader.optionalId('target-project-id')}
}
function readIdOrName(reader) {
	const cluster = reader.optional('target-cluster')
	const problem = cluster === void 0 ? void 0 : problemOfIdOrName(cluster)
	if (cluster === void 0)
		reader.report('target-cluster', 'expected the id or the exact name of an existing cluster; it is empty')
	if (problem !== void 0) reader.report('target-cluster', `${quoteInput(cluster ?? '')} ${problem}`)
	return cluster
}
function readOptionalTarget(reader) {
	return reader.optional('target-cluster') === void 0 ? void 0 : readTarget(reader)
}
const idShape = /^in\d\d-[0-9a-z]+$/i
async function findTarget(step, target, protectedClusters = []) {
	const found = await lookUpTarget(step, target, protectedClusters)
	if (found !== void 0) return found
	const where = target.projectId === void 0 ? '' : ` in project ${target.projectId}`
	throw new OperationFailed(
		`There is no cluster with the id or name ${quote(target.cluster)}${where} that this key can see. Check target-cluster${target.projectId === void 0 ? '' : ' and target-project-id'}.`
	)
}
async function lookUpTarget(step, {cluster: wanted, projectId}, protectedClusters = []) {
	if (idShape.test(wanted)) {
		const described = await describeClusterIfThere(step.cloud, wanted)
		if (described !== void 0 && described.clusterId !== wanted)
			throw otherCase('target-cluster', wanted, described.clusterId)
		if (described !== void 0) {
			refuseOtherProject(described, projectId)
			return described
		}
	}
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
function inProject(cluster, projectId) {
	return projectId === void 0 || cluster.projectId === void 0 || cluster.projectId === projectId
}
function refuseOtherProject({clusterId, projectId: found}, projectId) {
	if (projectId === void 0 || found === void 0 || found === projectId) return
	if (sameButCase(found, projectId)) throw otherCase('target-project-id', projectId, found)
	throw new OperationFailed(
		`target-project-id: cluster ${clusterId} is in project ${sanitize(found)}, not in project ${projectId}, so nothing is done with it. Check target-cluster and target-project-id.`
	)
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
module.exports = {
	clustersNamed,
	describeListed,
	describeNamed,
	findTarget,
	lookUpTarget,
	readOptionalTarget,
	readTarget,
	withStates
}
