// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
const require_inputs = require("./inputs.cjs");
// src/clusters/restore.ts
const clockDifference = 3e5;
async function sendRestore(order, step) {
	const { clusterName, deleteAfterJob } = order.request;
	const tries = { since: step.clock.now() };
	const intent = {
		clusterName,
		projectId: order.projectId,
		since: tries.since
	};
	if (deleteAfterJob) step.saveState("intent", JSON.stringify(intent));
	try {
		return await sendUntilKnown(order, step, tries);
	} catch (error) {
		const onItsWay = tries.lost !== void 0 || error instanceof require_shared.Cancelled && error.onItsWay;
		if (deleteAfterJob && !onItsWay && !tries.made) step.saveState("intent", "");
		if (error instanceof Error && step.running.made === void 0) {
			if (tries.lost !== void 0 && !(error instanceof require_shared.Failed)) error.message += ` ${lookFirst(order)}`;
			if (order.droppedId !== void 0) error.message += ` ${inRecycleBin(order.droppedId)}`;
		}
		throw error;
	}
}
async function sendUntilKnown(order, step, tries) {
	const { request, backupId, body } = order;
	for (;;) try {
		const made = await require_shared.restoreCluster(step.cloud, {
			clusterId: request.clusterId,
			backupId
		}, body);
		tries.made = true;
		step.publish("password", made.password);
		own(order, step, made.clusterId);
		step.publish("username", made.username);
		step.publish("jobId", made.jobId);
		step.publishList("jobIds", [made.jobId]);
		step.running.jobIds.add(made.jobId);
		if (made.password === void 0) step.warning("The service gave no password for the new cluster. Reset it in the console.");
		return made;
	} catch (error) {
		if (require_shared.maybeStarted(error)) {
			const again = tries.lost !== void 0;
			tries.lost ??= error;
			const nothing = await afterLoss(order, step, tries.since, error);
			if (again) throw new require_shared.Failed(`${nothing} ${lookFirst(order)}`, { cause: error });
			step.log(`${nothing} Names are unique in a project, so sending it once more is safe.`);
		} else if (!(error instanceof require_shared.Refused)) throw error;
		else if (!await nameIsFreeAgain(order, step, tries, error)) {
			const offer = error.code === 96010 ? require_inputs.offerSafeName(request.clusterName) : "";
			const maybe = tries.lost === void 0 ? "" : ` ${lookFirst(order)}`;
			throw new require_shared.Failed(`${error.message}${offer}${maybe}`, { cause: error });
		}
	}
}
function own({ request }, step, clusterId) {
	step.publish("clusterId", clusterId);
	if (request.deleteAfterJob) step.saveState("clusterId", clusterId);
	step.publish("clusterName", request.clusterName);
	step.publishFlag("created", true);
	step.running.clusterId = clusterId;
	step.running.made = clusterId;
}
async function afterLoss(order, step, since, lost) {
	step.log(`${lost.message} Looking whether the cluster is being made.`);
	const result = await require_shared.lookForLost(step, lost, async (cloud) => {
		const added = await madeSince({
			...step,
			cloud
		}, order, since);
		return added.length > 0 ? added : void 0;
	});
	if (result === "nothing") return `${lost.message} No new cluster of that name is listed.`;
	if (result instanceof Error) throw new require_shared.Failed(`${lost.message} It could not be looked for: ${result.message} ${lookFirst(order)}`, { cause: lost });
	throw passwordLost(order, step, result.found, lost);
}
function passwordLost(order, step, found, lost) {
	const [only] = found;
	if (only === void 0 || found.length > 1) {
		const ids = found.map(({ clusterId }) => clusterId).join(", ");
		return new require_shared.Failed(`${lost.message} Several new clusters have that name: ${ids}. ${lookFirst(order)}`, { cause: lost });
	}
	own(order, step, only.clusterId);
	step.publish("connectAddress", only.connectAddress);
	return new require_shared.Failed(`${lost.message} The restore has started all the same: cluster ${only.clusterId} is ${only.status}. Its password was in the answer that was lost. Two ways on: reset the password of db_admin in the console, or run the step again with if-exists: replace.`, { cause: lost });
}
function lookFirst({ projectId, request }) {
	return `The restore may have started: look for cluster ${request.clusterName} of project ${projectId} in the console before running this step again.`;
}
async function madeSince(step, order, since) {
	return (await require_shared.clustersNamed(step, order.request.clusterName, order.projectId)).filter(({ clusterId, createTime }) => !order.before.includes(clusterId) && createTime !== void 0 && createTime >= since - 3e5);
}
async function nameIsFreeAgain(order, step, tries, refused) {
	const { request, projectId, droppedId } = order;
	if (!require_shared.nameTakenCodes.some((code) => code === refused.code)) return false;
	if (tries.lost !== void 0) await afterLoss(order, step, tries.since, tries.lost);
	if (droppedId === void 0) return false;
	step.log(`The name is still held by dropped cluster ${droppedId}. Waiting for it.`);
	await step.clock.pause(Math.min(request.pollInterval, afterNameTaken));
	await require_shared.nameFree(step, request.clusterName, projectId, request);
	return true;
}
const afterNameTaken = 5e3;
function inRecycleBin(clusterId) {
	return `Cluster ${clusterId}, which held the name, is dropped: it stays in the recycle bin for 30 days and can be restored from there in the console.`;
}
exports.clockDifference = clockDifference;
exports.sendRestore = sendRestore;
