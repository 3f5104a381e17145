// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
// src/clusters/wait-for-new.ts
async function waitForNew(step, { clusterId, jobId }, pollInterval) {
	const grace = require_shared.notFoundGrace.created;
	const job = jobId === void 0 ? [] : [require_shared.jobSuccessful(jobId, {
		grace,
		isReadBack: true
	})];
	const cluster = running(step, clusterId, grace);
	try {
		await require_shared.waitForAll(step, [...job, cluster.condition], {
			pollInterval,
			failFast: true
		});
		return cluster.address();
	} catch (error) {
		if (!(error instanceof require_inputs.OperationFailed || require_shared.isNotFound(error, "job"))) throw error;
		step.inProgress.ended({
			kind: "cluster",
			clusterId
		});
		throw require_inputs.withMore(error, { stake: await whatBecame(step, clusterId, require_inputs.messageOf(error)) });
	}
}
async function waitForRunning(step, clusterId, pollInterval) {
	const cluster = running(step, clusterId, require_shared.notFoundGrace.none);
	await require_shared.waitForAll(step, [cluster.condition], {
		pollInterval,
		failFast: true
	});
	return cluster.address();
}
function running(step, clusterId, grace) {
	let address = "";
	return {
		condition: require_shared.clusterRunning(clusterId, grace, ({ connectAddress }) => {
			step.publish("connectAddress", connectAddress);
			address = connectAddress ?? address;
		}),
		address: () => address
	};
}
async function whatBecame(step, clusterId, said) {
	try {
		const state = await require_shared.stateOf(step, clusterId);
		if (require_shared.isDeletingOrGone(state)) step.inProgress.created(void 0);
		if (require_shared.isGone(state)) return `Cluster ${clusterId} is gone.`;
		const sentence = [" is", ":"].some((is) => said.includes(`Cluster ${clusterId}${is} ${require_inputs.sanitize(state)}`)) ? "" : `Cluster ${clusterId} is ${require_inputs.sanitize(state)}.`;
		return require_shared.isDeletingOrGone(state) ? sentence : `${sentence} ${offerDrop(step, clusterId)}`.trim();
	} catch (error) {
		if (error instanceof require_inputs.Cancelled) throw error;
		return `The state of cluster ${clusterId} is not known. ${offerDrop(step, clusterId)}`;
	}
}
function offerDrop({ report, inProgress }, clusterId) {
	const inputs = [`target-cluster: ${clusterId}`];
	const content = {
		kind: "step",
		operation: "delete-cluster",
		inputs
	};
	if (inProgress.items.length === 0) report.folds.push({
		title: "A step that drops it",
		content
	});
	return `It may stay, keep the name and cost money: before this step runs again, drop it with operation: delete-cluster and ${inputs[0]}.`;
}
exports.waitForNew = waitForNew;
exports.waitForRunning = waitForRunning;
