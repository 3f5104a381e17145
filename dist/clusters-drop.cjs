// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	ApiError,
	OperationFailed,
	clusterState,
	describeClusterIfThere,
	quote,
	sameButCase,
	sanitize,
	send,
	waitUntil,
	whileWaiting,
	withMore
} = require('./step.cjs')
const {dropCluster} = require('./zilliz-changes.cjs')
const {isDeletingOrGone, isGone, retryWhileBusy, stateAfter, untilState} = require('./clusters-busy.cjs')
const {clustersNamed, withStates} = require('./clusters-named.cjs')
const {isProtected} = require('./clusters-protected.cjs')
// src/clusters/drop.ts
function refuseDrop(rule, found) {
	const {clusterId, clusterName, projectId, status, createTime} = found
	const refuse = why =>
		new OperationFailed(`Cluster ${clusterId} (${sanitize(status)}) ${why}: it is not dropped.`)
	if (rule.neverIds?.some(id => sameButCase(clusterId, id))) throw refuse('is the source cluster')
	if (isProtected(rule.protectedClusters, found))
		throw refuse(
			clusterName === void 0
				? 'has no name that can be read, and protected-clusters has names'
				: 'is one of protected-clusters'
		)
	if (rule.clusterName !== void 0 && isOther(rule, rule.clusterName, clusterName)) {
		const shown = clusterName === void 0 ? 'not shown' : quote(clusterName)
		throw refuse(`was chosen by the name ${quote(rule.clusterName)}, but its name is ${shown}`)
	}
	const {createdSince} = rule
	if (createdSince !== void 0 && !(createTime !== void 0 && createTime >= createdSince))
		throw refuse(
			'was chosen as one that this step made, but its description does not show that it is so young'
		)
	if (rule.projectId !== void 0 && isOther(rule, rule.projectId, projectId)) {
		const shown = projectId === void 0 ? 'a project that is not shown' : `project ${sanitize(projectId)}`
		throw refuse(`was chosen in project ${rule.projectId}, but it is in ${shown}`)
	}
	rule.check?.(found)
}
function isOther({isByPattern = false}, chosen, shown) {
	return shown === void 0 ? isByPattern : shown !== chosen
}
var Ended = class extends Error {
	drop
	constructor(drop) {
		super(drop)
		this.drop = drop
	}
}
async function drop(step, rule, {pollInterval}) {
	const {clusterId} = rule
	const sent = {drops: 0}
	try {
		const outcome = await retryWhileBusy(step, {clusterId, pollInterval}, () => sendDrop(step, rule, sent))
		if (outcome !== 'dropped') return outcome
		await untilState(step, {clusterId, pollInterval, still: 'was dropped but still shows'}, isDeletingOrGone)
		return outcome
	} catch (error) {
		if (sent.drops === 0) throw error
		throw withMore(error, {stake: `Cluster ${clusterId} may be dropped anyway.`})
	}
}
async function sendDrop(step, rule, sent) {
	try {
		await send(step.cloud, dropCluster(rule.clusterId), {
			before: () => describeFirst(step, rule, sent),
			afterNothing: () => {
				sent.drops--
				if (sent.drops === 0) rule.onSend?.(void 0)
			}
		})
		return 'dropped'
	} catch (error) {
		if (error instanceof Ended) return error.drop
		if (!(error instanceof ApiError)) throw error
		if (sent.drops === 1) {
			sent.drops = 0
			rule.onSend?.(void 0)
		}
		if (error.isAuthError) throw error
		const state = await stateAfter(error, step, rule.clusterId)
		if (isDeletingOrGone(state)) return isGone(state) ? 'gone' : 'deleting'
		throw error
	}
}
async function describeFirst(step, rule, sent) {
	const found = await describeFresh(step, rule)
	if (found === void 0) throw new Ended(sent.drops > 0 ? 'dropped' : 'gone')
	if (clusterState(found.status) === 'deleted') throw new Ended(sent.drops > 0 ? 'dropped' : 'deleting')
	refuseDrop(rule, found)
	sent.drops++
	rule.onSend?.(rule.clusterId)
}
async function describeFresh(step, rule) {
	for (;;) {
		await rule.lookAgain?.()
		const found = await describeClusterIfThere(step.cloud, rule.clusterId).catch(error => {
			throw error instanceof ApiError ? withMore(error, {}) : error
		})
		if (rule.isFresh?.() ?? true) return found
	}
}
async function waitUntilNameIsFree(step, {clusterName, projectId, pollInterval}, mayHold) {
	let holders = []
	const poll = async () => {
		holders = await clustersNamed(whileWaiting(step), clusterName, projectId)
		const other = holders.find(
			({clusterId, status}) => !mayHold.includes(clusterId) && clusterState(status) !== 'deleted'
		)
		if (other !== void 0)
			throw new OperationFailed(
				`The name ${quote(clusterName)} was taken meanwhile by another cluster: ${other.clusterId} (${sanitize(other.status)}). It is not waited for.`
			)
		return holders.length === 0 ? {done: true} : {progress: void 0}
	}
	const stillOpen = () => `the name is still used by ${withStates(holders)}`
	await waitUntil(step, poll, {maxPause: pollInterval, stillOpen})
}
module.exports = {drop, refuseDrop, waitUntilNameIsFree}
