// Made by "npm run build" from src/; licences in NOTICES.txt
const {isDeletingOrGone} = require('./clusters-busy.cjs')
const {drop, refuseDrop} = require('./clusters-drop.cjs')
const {lookUpTarget, readTarget} = require('./clusters-find.cjs')
const {describeListed} = require('./clusters-named.cjs')
const {readProtectedClusters} = require('./clusters-protected.cjs')
const {capitalize, planned, quote, sanitize} = require('./step.cjs')
const {expectChange} = require('./zilliz-ahead.cjs')
const {dropCluster} = require('./zilliz-changes.cjs')
// src/operations/delete-cluster.ts
async function read(reader, common) {
	return {
		...common,
		target: await readTarget(reader),
		protectedClusters: await readProtectedClusters(reader),
		pollInterval: reader.duration('poll-interval'),
		dryRun: reader.boolean('dry-run')
	}
}
async function run(request, step) {
	const {target, protectedClusters, dryRun} = request
	const {report} = step
	report.subject = `Drop of cluster ${target.cluster}`
	if (!dryRun) expectChange(step.cloud)
	const nothing = why => nothingToDrop(request, step, why)
	const found = await lookUpTarget(step, target, protectedClusters)
	if (found === void 0 || found.status === 'DELETED') {
		const where = target.projectId === void 0 ? '' : ` in project ${target.projectId}`
		return nothing(`there is no cluster with the id or name ${quote(target.cluster)}${where}`)
	}
	const {clusterId, clusterName, status} = found
	step.publish('clusterId', clusterId)
	step.publish('clusterName', clusterName)
	const rule = {
		clusterId,
		clusterName: clusterId === target.cluster ? void 0 : target.cluster,
		projectId: target.projectId,
		protectedClusters
	}
	const described = await describeListed(step, found, {untilUnlisted: false})
	if (described === void 0)
		return nothing(`cluster ${clusterId} is in the list of clusters, but cannot be found any more`)
	if (isDeletingOrGone(described.status))
		return nothing(`cluster ${clusterId} is ${sanitize(described.status)} already`)
	refuseDrop(rule, described)
	const name = clusterName ?? clusterId
	report.rows.push({name: 'Cluster id', value: {code: clusterId}})
	if (dryRun) {
		report.heading = `Dry run: cluster ${name} would be dropped`
		report.sentence = `It is ${sanitize(described.status)}. Nothing was dropped.`
		return planned(step, [dropCluster(clusterId)])
	}
	step.log(`Dropping cluster ${clusterId}, which is ${sanitize(status)}.`)
	const outcome = await drop(step, rule, request)
	if (outcome !== 'dropped') return nothing(`cluster ${clusterId} is ${outcome} already`)
	step.log(`Cluster ${clusterId} is dropped. ${bin}`)
	report.heading = `Cluster ${name} is dropped`
	report.sentence = bin
	return 'succeeded'
}
const bin =
	'It stays in the recycle bin for 30 days, where the console can restore it; a free cluster does not.'
async function nothingToDrop({target, dryRun}, step, why) {
	step.report.heading = `Nothing to drop: no cluster ${target.cluster}`
	step.report.sentence = `${capitalize(why)}.`
	step.notice(`Nothing to drop: ${why}.`)
	return dryRun ? planned(step, []) : 'skipped'
}
module.exports = {read, run}
