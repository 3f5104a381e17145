// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, isNotFound, messageOf, withMore} = require('./step.cjs')
const {clusterRunning} = require('./waiting-cluster.cjs')
const {jobSuccessful, notFoundGrace, waitForAll} = require('./waiting-wait-for-all.cjs')
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
		const {whatBecame} = await Promise.resolve().then(() => require('./failed-restore.cjs'))
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
module.exports = {waitForNew, waitForRunning}
