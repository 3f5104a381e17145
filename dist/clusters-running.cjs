// Made by "npm run build" from src/; licences in NOTICES.txt
const {clusterRunning} = require('./waiting-cluster.cjs')
const {notFoundGrace, waitForAll} = require('./waiting-wait-for-all.cjs')
// src/clusters/running.ts
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
module.exports = {running, waitForRunning}
