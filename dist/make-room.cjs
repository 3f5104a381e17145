// Made by "npm run build" from src/; licences in NOTICES.txt
const {drop, waitUntilNameIsFree} = require('./clusters-drop.cjs')
// src/clusters/make-room.ts
async function replace(step, {clusterId}, {pollInterval, ...options}) {
	const {clusterName, projectId, sourceIds, protectedClusters} = options
	step.log(`Dropping cluster ${clusterId} to replace it.`)
	const {dropping: onSend} = step.inProgress
	const outcome = await drop(
		step,
		{clusterId, clusterName, projectId, neverIds: sourceIds, protectedClusters, onSend},
		{pollInterval}
	)
	if (outcome === 'dropped')
		step.note(
			`Cluster ${clusterId}, which had the name, is dropped. It stays in the recycle bin for 30 days.`
		)
	await waitUntilNameIsFree(step, {clusterName, projectId, pollInterval}, [clusterId])
	return outcome
}
async function makeRoom(step, state, options) {
	switch (state.kind) {
		case 'leaving':
			step.log(`The name is used by ${state.clusterIds.join(', ')}, which is on its way out. Waiting for it.`)
			await waitUntilNameIsFree(step, options, state.clusterIds)
			return state.clusterIds
		case 'held':
			return (await replace(step, state.cluster, options)) === 'gone' ? [] : [state.cluster.clusterId]
	}
}
module.exports = {makeRoom}
