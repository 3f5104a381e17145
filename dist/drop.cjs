// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
const require_busy = require("./busy.cjs");
// src/clusters/drop.ts
async function drop(step, clusterId, { pollInterval }) {
	const outcome = await require_busy.retryWhileBusy(step, {
		clusterId,
		pollInterval
	}, () => sendDrop(step, clusterId));
	if (outcome !== "dropped") return outcome;
	await require_busy.untilState(step, {
		clusterId,
		pollInterval,
		still: "was dropped but still shows"
	}, require_busy.isDeletingOrGone);
	return outcome;
}
async function sendDrop(step, clusterId) {
	try {
		await require_shared.send(step.cloud, require_shared.dropCluster(clusterId));
		return "dropped";
	} catch (error) {
		if (!(error instanceof require_shared.ApiError) || error.isAuthError) throw error;
		const state = await require_busy.stateAfter(error, step, clusterId);
		if (!require_busy.isDeletingOrGone(state)) throw error;
		return require_busy.isGone(state) ? "gone" : "deleting";
	}
}
async function waitUntilNameIsFree(step, { clusterName, projectId, pollInterval }) {
	let holders = [];
	const poll = async () => {
		holders = await require_shared.clustersNamed(require_shared.whileWaiting(step), clusterName, projectId);
		return holders.length === 0 ? { done: true } : { progress: void 0 };
	};
	const stillOpen = () => `the name is still used by ${require_shared.withStates(holders)}`;
	await require_shared.waitUntil(step, poll, {
		maxPause: pollInterval,
		stillOpen
	});
}
exports.drop = drop;
exports.waitUntilNameIsFree = waitUntilNameIsFree;
