// Made by "npm run build" from src/; licences in NOTICES.txt
const {waitForRunning} = require('./clusters-wait-for-new.cjs')
const {endpointRows, planned, quote} = require('./step.cjs')
// src/operations/reuse-cluster.ts
async function reuse(request, step, existing) {
	const {clusterId} = existing
	const {clusterName, pollInterval} = request
	step.publish('clusterId', clusterId)
	step.publish('clusterName', existing.clusterName)
	step.publish('connectAddress', existing.connectAddress)
	step.publishBoolean('created', false)
	step.notice(
		`Existing cluster ${clusterId} already has the name ${quote(clusterName)} and is used: nothing is restored.`
	)
	const isWaitedFor = request.wait && !request.dryRun
	const address = isWaitedFor ? await waitForRunning(step, clusterId, pollInterval) : existing.connectAddress
	showReused(step, {clusterId, clusterName, connectAddress: address})
	if (isWaitedFor && request.verify !== void 0 && address !== void 0) {
		const {verifyRestored} = await Promise.resolve().then(() => require('./verify-restored.cjs'))
		await verifyRestored(
			step,
			{clusterId, clusterName, connectAddress: address, token: request.verify, pollInterval},
			{expectations: []}
		)
	}
	if (request.dryRun) return planned(step, [])
	return isWaitedFor ? 'succeeded' : 'skipped'
}
function showReused({report}, {clusterId, clusterName, connectAddress}) {
	report.heading = `Existing cluster ${clusterName} used, nothing restored`
	report.sentence =
		'Its data is what it was before. No password is known: use the one you have, or restore anew with if-exists: replace.'
	report.rows.push(...endpointRows(connectAddress), {name: 'Cluster id', value: {code: clusterId}})
}
module.exports = {reuse}
