// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	ApiError,
	clusterState,
	describeClusterIfThere,
	sanitize,
	waitUntil,
	whileWaiting,
	withMore
} = require('./step.cjs')
const {pauseBeforeRead, readAfterRefusal} = require('./waiting-after-refusal.cjs')
// src/clusters/busy.ts
const gone = 'GONE'
async function stateOf(step, clusterId) {
	return (await describeClusterIfThere(step.cloud, clusterId))?.status ?? gone
}
function isDeletingOrGone(state) {
	return state === gone || clusterState(state) === 'deleted'
}
function isGone(state) {
	return state === gone
}
function stateAfter(refused, step, clusterId) {
	return readAfterRefusal(refused, `cluster ${clusterId}`, () => stateOf(step, clusterId))
}
async function retryWhileBusy(step, {clusterId, pollInterval}, send) {
	let retriedWhileRunning = false
	for (;;)
		try {
			return await send()
		} catch (error) {
			if (!(error instanceof ApiError) || error.isAuthError) throw error
			const state = await stateAfter(error, step, clusterId)
			if (error.code === 40003 && state === 'RUNNING' && !retriedWhileRunning) {
				retriedWhileRunning = true
				continue
			}
			if (error.code === void 0 || clusterState(state) !== 'busy')
				throw withMore(error, {stake: `Cluster ${clusterId} is ${sanitize(state)}.`})
			step.log(`Cluster ${clusterId} is ${state} and refuses this for now. Waiting until it accepts changes.`)
			await pauseBeforeRead(step, pollInterval)
			await untilState(
				step,
				{clusterId, pollInterval, still: 'is still'},
				now => clusterState(now) !== 'busy'
			)
		}
}
async function untilState(step, {clusterId, pollInterval, still}, fits) {
	let state = ''
	const poll = async () => {
		state = await stateOf(whileWaiting(step), clusterId)
		return fits(state) ? {done: true} : {progress: void 0}
	}
	const stillOpen = () => `cluster ${clusterId} ${still} ${sanitize(state) || 'a state that was not read'}`
	await waitUntil(step, poll, {maxPause: pollInterval, stillOpen})
}
module.exports = {isDeletingOrGone, isGone, retryWhileBusy, stateAfter, stateOf, untilState}
