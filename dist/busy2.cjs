// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
// src/clusters/busy.ts
const gone = "GONE";
async function stateOf(step, clusterId) {
	return (await require_shared.describeIfThere(step, clusterId))?.status ?? gone;
}
function isDeletingOrGone(state) {
	return state === gone || require_shared.clusterState(state) === "deleted";
}
function isGone(state) {
	return state === gone;
}
function stateAfter(refused, step, clusterId) {
	return require_shared.readAfterRefusal(refused, `cluster ${clusterId}`, () => stateOf(step, clusterId));
}
async function retryWhileBusy(step, { clusterId, pollInterval }, send) {
	let retriedWhileRunning = false;
	for (;;) try {
		return await send();
	} catch (error) {
		if (!(error instanceof require_shared.ApiError) || error.isAuthError) throw error;
		const state = await stateAfter(error, step, clusterId);
		if (error.code === 40003 && state === "RUNNING" && !retriedWhileRunning) {
			retriedWhileRunning = true;
			continue;
		}
		if (error.code === void 0 || require_shared.clusterState(state) !== "busy") throw require_inputs.withMore(error, { stake: `Cluster ${clusterId} is ${require_inputs.sanitize(state)}.` });
		step.log(`Cluster ${clusterId} is ${state} and refuses this for now. Waiting until it accepts changes.`);
		await require_shared.pauseBeforeRead(step, pollInterval);
		await untilState(step, {
			clusterId,
			pollInterval,
			still: "is still"
		}, (now) => require_shared.clusterState(now) !== "busy");
	}
}
async function untilState(step, { clusterId, pollInterval, still }, fits) {
	let state = "";
	const poll = async () => {
		state = await stateOf(require_shared.whileWaiting(step), clusterId);
		return fits(state) ? { done: true } : { progress: void 0 };
	};
	const stillOpen = () => `cluster ${clusterId} ${still} ${require_inputs.sanitize(state) || "a state that was not read"}`;
	await require_shared.waitUntil(step, poll, {
		maxPause: pollInterval,
		stillOpen
	});
}
exports.isDeletingOrGone = isDeletingOrGone;
exports.isGone = isGone;
exports.retryWhileBusy = retryWhileBusy;
exports.stateAfter = stateAfter;
exports.stateOf = stateOf;
exports.untilState = untilState;
