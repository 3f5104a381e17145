// Made by "npm run build" from src/; licences in NOTICES.txt
const {clusterState, describeCluster, sanitize, whileWaiting} = require('./step.cjs')
// src/waiting/cluster.ts
function clusterRunning(clusterId, grace, onRead) {
	return {
		what: `cluster ${clusterId}`,
		item: {kind: 'cluster', clusterId},
		notFoundGrace: grace,
		async read(step) {
			const found = await describeCluster(whileWaiting(step).cloud, clusterId)
			onRead(found)
			const {status, connectAddress} = found
			switch (clusterState(status)) {
				case 'running':
					return connectAddress === void 0
						? {state: 'pending', line: 'RUNNING, without an address yet'}
						: {state: 'met', line: 'RUNNING'}
				case 'stopped':
				case 'deleted':
					return {state: 'failed', line: `${status} and will not become RUNNING by itself.`, isHopeless: true}
				case 'busy':
				case 'unknown':
					return {state: 'pending', line: sanitize(status)}
			}
		}
	}
}
module.exports = {clusterRunning}
