// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
// src/clusters/drop.ts
function refuseDrop(rule, found) {
	const { clusterId, clusterName, projectId, status, createTime } = found;
	const refuse = (why) => new require_inputs.OperationFailed(`Cluster ${clusterId} (${require_inputs.sanitize(status)}) ${why}: it is not dropped.`);
	if (rule.neverIds?.some((id) => require_shared.sameButCase(clusterId, id))) throw refuse("is the source cluster");
	if (require_shared.isProtected(rule.protectedClusters, found)) throw refuse(clusterName === void 0 ? "has no name that can be read, and protected-clusters has names" : "is one of protected-clusters");
	if (rule.clusterName !== void 0 && isOther(rule, rule.clusterName, clusterName)) {
		const shown = clusterName === void 0 ? "not shown" : require_inputs.quote(clusterName);
		throw refuse(`was chosen by the name ${require_inputs.quote(rule.clusterName)}, but its name is ${shown}`);
	}
	const { createdSince } = rule;
	if (createdSince !== void 0 && !(createTime !== void 0 && createTime >= createdSince)) throw refuse("was chosen as one that this step made, but its description does not show that it is so young");
	if (rule.projectId !== void 0 && isOther(rule, rule.projectId, projectId)) {
		const shown = projectId === void 0 ? "a project that is not shown" : `project ${require_inputs.sanitize(projectId)}`;
		throw refuse(`was chosen in project ${rule.projectId}, but it is in ${shown}`);
	}
	rule.check?.(found);
}
function isOther({ isByPattern = false }, chosen, shown) {
	return shown === void 0 ? isByPattern : shown !== chosen;
}
var Ended = class extends Error {
	drop;
	constructor(drop) {
		super(drop);
		this.drop = drop;
	}
};
async function drop(step, rule, { pollInterval }) {
	const { clusterId } = rule;
	const sent = { drops: 0 };
	try {
		const outcome = await require_shared.retryWhileBusy(step, {
			clusterId,
			pollInterval
		}, () => sendDrop(step, rule, sent));
		if (outcome !== "dropped") return outcome;
		await require_shared.untilState(step, {
			clusterId,
			pollInterval,
			still: "was dropped but still shows"
		}, require_shared.isDeletingOrGone);
		return outcome;
	} catch (error) {
		if (sent.drops === 0) throw error;
		throw require_inputs.withMore(error, { stake: `Cluster ${clusterId} may be dropped anyway.` });
	}
}
async function sendDrop(step, rule, sent) {
	try {
		await require_shared.send(step.cloud, require_shared.dropCluster(rule.clusterId), {
			before: () => describeFirst(step, rule, sent),
			afterNothing: () => {
				sent.drops--;
				if (sent.drops === 0) rule.onSend?.(void 0);
			}
		});
		return "dropped";
	} catch (error) {
		if (error instanceof Ended) return error.drop;
		if (!(error instanceof require_shared.ApiError)) throw error;
		if (sent.drops === 1) {
			sent.drops = 0;
			rule.onSend?.(void 0);
		}
		if (error.isAuthError) throw error;
		const state = await require_shared.stateAfter(error, step, rule.clusterId);
		if (require_shared.isDeletingOrGone(state)) return require_shared.isGone(state) ? "gone" : "deleting";
		throw error;
	}
}
async function describeFirst(step, rule, sent) {
	const found = await describeFresh(step, rule);
	if (found === void 0) throw new Ended(sent.drops > 0 ? "dropped" : "gone");
	if (require_shared.clusterState(found.status) === "deleted") throw new Ended(sent.drops > 0 ? "dropped" : "deleting");
	refuseDrop(rule, found);
	sent.drops++;
	rule.onSend?.(rule.clusterId);
}
async function describeFresh(step, rule) {
	for (;;) {
		await rule.lookAgain?.();
		const found = await require_shared.describeIfThere(step, rule.clusterId).catch((error) => {
			throw error instanceof require_shared.ApiError ? require_inputs.withMore(error, {}) : error;
		});
		if (rule.isFresh?.() ?? true) return found;
	}
}
async function waitUntilNameIsFree(step, { clusterName, projectId, pollInterval }, mayHold) {
	let holders = [];
	const poll = async () => {
		holders = await require_shared.clustersNamed(require_shared.whileWaiting(step), clusterName, projectId);
		const other = holders.find(({ clusterId, status }) => !mayHold.includes(clusterId) && require_shared.clusterState(status) !== "deleted");
		if (other !== void 0) throw new require_inputs.OperationFailed(`The name ${require_inputs.quote(clusterName)} was taken meanwhile by another cluster: ${other.clusterId} (${require_inputs.sanitize(other.status)}). It is not waited for.`);
		return holders.length === 0 ? { done: true } : { progress: void 0 };
	};
	const stillOpen = () => `the name is still used by ${require_shared.withStates(holders)}`;
	await require_shared.waitUntil(step, poll, {
		maxPause: pollInterval,
		stillOpen
	});
}
exports.drop = drop;
exports.refuseDrop = refuseDrop;
exports.waitUntilNameIsFree = waitUntilNameIsFree;
