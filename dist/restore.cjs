// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
const require_inputs = require("./inputs.cjs");
// src/clusters/restore.ts
const clockDifference = 3e5;
async function sendRestore(options, step) {
	const { clusterName, deleteAfterJob } = options.request;
	const tries = { since: step.clock.now() };
	const intent = {
		clusterName,
		projectId: options.projectId,
		since: tries.since
	};
	if (deleteAfterJob) step.saveState("intent", JSON.stringify(intent));
	try {
		return await sendUntilKnown(options, step, tries);
	} catch (error) {
		const onItsWay = tries.lost !== void 0 || error instanceof require_shared.Cancelled && error.inFlight;
		if (deleteAfterJob && !onItsWay && !tries.made) step.saveState("intent", "");
		if (error instanceof Error && step.inProgress.createdClusterId === void 0) {
			if (tries.lost !== void 0 && !(error instanceof require_shared.OperationFailed)) error.message += ` ${lookFirst(options)}`;
			if (options.droppedId !== void 0) error.message += ` ${inRecycleBin(options.droppedId)}`;
		}
		throw error;
	}
}
async function sendUntilKnown(options, step, tries) {
	const { request, backupId, body } = options;
	for (;;) try {
		const made = await require_shared.restoreCluster(step.cloud, {
			clusterId: request.clusterId,
			backupId
		}, body);
		tries.made = true;
		step.publish("password", made.password);
		recordCreated(options, step, made.clusterId);
		step.publish("username", made.username);
		step.publish("jobId", made.jobId);
		step.publishList("jobIds", [made.jobId]);
		step.inProgress.jobIds.add(made.jobId);
		if (made.password === void 0) step.warning("The service gave no password for the new cluster. Reset it in the console.");
		return made;
	} catch (error) {
		if (require_shared.mayHaveSucceeded(error)) {
			const again = tries.lost !== void 0;
			tries.lost ??= error;
			const nothing = await afterLoss(options, step, tries.since, error);
			if (again) throw new require_shared.OperationFailed(`${nothing} ${lookFirst(options)}`, { cause: error });
			step.log(`${nothing} Names are unique in a project, so sending it once more is safe.`);
		} else if (!(error instanceof require_shared.ApiError)) throw error;
		else if (!await nameIsFreeAgain(options, step, tries, error)) {
			const offer = error.code === 96010 ? require_inputs.offerSafeName(request.clusterName) : "";
			const maybe = tries.lost === void 0 ? "" : ` ${lookFirst(options)}`;
			throw new require_shared.OperationFailed(`${error.message}${offer}${maybe}`, { cause: error });
		}
	}
}
function recordCreated({ request }, step, clusterId) {
	step.publish("clusterId", clusterId);
	if (request.deleteAfterJob) step.saveState("clusterId", clusterId);
	step.publish("clusterName", request.clusterName);
	step.publishFlag("created", true);
	step.inProgress.clusterId = clusterId;
	step.inProgress.createdClusterId = clusterId;
}
async function afterLoss(options, step, since, lost) {
	step.log(`${lost.message} Looking whether the cluster is being made.`);
	const result = await require_shared.findLost(step, lost, async (cloud) => {
		const added = await madeSince({
			...step,
			cloud
		}, options, since);
		return added.length > 0 ? added : void 0;
	});
	if (result === "nothing") return `${lost.message} No new cluster of that name is listed.`;
	if (result instanceof Error) throw new require_shared.OperationFailed(`${lost.message} It could not be looked for: ${result.message} ${lookFirst(options)}`, { cause: lost });
	throw passwordLost(options, step, result.found, lost);
}
function passwordLost(options, step, found, lost) {
	const [only] = found;
	if (only === void 0 || found.length > 1) {
		const ids = found.map(({ clusterId }) => clusterId).join(", ");
		return new require_shared.OperationFailed(`${lost.message} Several new clusters have that name: ${ids}. ${lookFirst(options)}`, { cause: lost });
	}
	recordCreated(options, step, only.clusterId);
	step.publish("connectAddress", only.connectAddress);
	return new require_shared.OperationFailed(`${lost.message} The restore has started all the same: cluster ${only.clusterId} is ${only.status}. Its password was in the answer that was lost. Two ways on: reset the password of db_admin in the console, or run the step again with if-exists: replace.`, { cause: lost });
}
function lookFirst({ projectId, request }) {
	return `The restore may have started: look for cluster ${request.clusterName} of project ${projectId} in the console before running this step again.`;
}
async function madeSince(step, options, since) {
	return (await require_shared.clustersNamed(step, options.request.clusterName, options.projectId)).filter(({ clusterId, createTime }) => !options.before.includes(clusterId) && createTime !== void 0 && createTime >= since - 3e5);
}
async function nameIsFreeAgain(options, step, tries, refused) {
	const { request, projectId, droppedId } = options;
	if (!require_shared.nameTakenCodes.some((code) => code === refused.code)) return false;
	if (tries.lost !== void 0) await afterLoss(options, step, tries.since, tries.lost);
	if (droppedId === void 0) return false;
	step.log(`The name is still held by dropped cluster ${droppedId}. Waiting for it.`);
	await step.clock.pause(Math.min(request.pollInterval, afterNameTaken));
	await require_shared.waitUntilNameIsFree(step, request.clusterName, projectId, request);
	return true;
}
const afterNameTaken = 5e3;
function inRecycleBin(clusterId) {
	return `Cluster ${clusterId}, which held the name, is dropped: it stays in the recycle bin for 30 days and can be restored from there in the console.`;
}
exports.clockDifference = clockDifference;
exports.sendRestore = sendRestore;
