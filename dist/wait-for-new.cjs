// Made by "npm run build" from src/; licences in NOTICES.txt
const {Cancelled, OperationFailed, isNotFound, messageOf, sanitize, withMore} = require('./step.cjs')
const {clusterRunning, jobSuccessful, notFoundGrace, waitForAll} = require('./wait-for-all.cjs')
const {isDeletingOrGone, isGone, stateOf} = require('./busy2.cjs')
// src/clusters/wait-for-new.ts
async function waitForNew(step, {clusterId, jobId}, pollInterval) {
	const grace = notFoundGrace.created
	const job = jobId === void 0 ? [] : [jobSuccessful(jobId, {grace, isReadBack: true})]
	const cluster = running(step, clusterId, grace)
	try {
		await waitForAll(step, [...job, cluster.condition], {pollInterval, failFast: true})
		return cluster.address()
	} catch (error) {
		if (!(error instanceof OperationFailed || isNotFound(error, 'job'))) throw error
		step.inProgress.ended({kind: 'cluster', clusterId})
		throw withMore(error, {stake: await whatBecame(step, clusterId, messageOf(error))})
	}
}
async function waitForRunning(step, clusterId, pollInterval) {
	const cluster = running(step, clusterId, notFoundGrace.none)
	await waitForAll(step, [cluster.condition], {pollInterval, failFast: true})
	return cluster.address()
}
function running(step, clusterId, grace) {
	let address = ''
	return {
		condition: clusterRunning(clusterId, grace, ({connectAddress}) => {
			step.publish('connectAddress', connectAddress)
			address = connectAddress ?? address
		}),
		address: () => address
	}
}
async function whatBecame(step, clusterId, said) {
	try {
		const state = await stateOf(step, clusterId)
		if (isDeletingOrGone(state)) step.inProgress.created(void 0)
		if (isGone(state)) return `Cluster ${clusterId} is gone.`
		const sentence = [' is', ':'].some(is => said.includes(`Cluster ${clusterId}${is} ${sanitize(state)}`))
			? ''
			: `Cluster ${clusterId} is ${sanitize(state)}.`
		return isDeletingOrGone(state) ? sentence : `${sentence} ${offerDrop(step, clusterId)}`.trim()
	} catch (error) {
		if (error instanceof Cancelled) throw error
		return `The state of cluster ${clusterId} is not known. ${offerDrop(step, clusterId)}`
	}
}
function offerDrop({report, inProgress}, clusterId) {
	const inputs = [`target-cluster: ${clusterId}`]
	const content = {kind: 'step', operation: 'delete-cluster', inputs}
	if (inProgress.items.length === 0) report.folds.push({title: 'A step that drops it', content})
	return `It may stay, keep the name and cost money: before this step runs again, drop it with operation: delete-cluster and ${inputs[0]}.`
}
module.exports = {waitForNew, waitForRunning}
