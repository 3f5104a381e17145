// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
const require_drop = require("./drop.cjs");
// src/clusters/name.ts
function isPossibleName(name) {
	return /^[A-Za-z0-9 _\-\p{Script=Han}]{1,255}$/u.test(name);
}
function safeName(name) {
	return name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-/, "").slice(0, 64).replace(/-$/, "");
}
function offerSafeName(name) {
	const safe = safeName(name);
	return safe === "" || safe === name ? "" : ` Try ${safe}.`;
}
// src/clusters/restore.ts
const clockDifference = 3e5;
async function sendRestore(options, step) {
	const { cluster, deleteAfterJob, droppedId } = options;
	const attempt = {
		...options,
		step,
		since: step.clock.now()
	};
	const { clusterName, projectId } = cluster;
	const intent = {
		clusterName,
		projectId,
		since: attempt.since
	};
	if (deleteAfterJob) step.saveState("intent", JSON.stringify(intent));
	try {
		let created;
		while (created === void 0) created = await sendOnce(attempt);
		publishCreated(attempt, created);
		return created;
	} catch (error) {
		if (step.inProgress.createdClusterId !== void 0) throw error;
		const mayExist = attempt.lost !== void 0 || error instanceof require_inputs.Cancelled && error.inFlight;
		if (deleteAfterJob && !mayExist) step.saveState("intent", "");
		const more = [...attempt.lost !== void 0 && !(error instanceof require_inputs.OperationFailed) ? [lookFirst(options)] : [], ...droppedId === void 0 ? [] : [inRecycleBin(droppedId)]];
		throw more.length === 0 ? error : require_inputs.withMessage(error, [require_inputs.messageOf(error), ...more].join(" "));
	}
}
async function sendOnce(attempt) {
	try {
		return await require_shared.send(attempt.step.cloud, require_shared.restoreCluster(attempt.source, attempt.cluster));
	} catch (error) {
		if (require_shared.mayHaveSucceeded(error)) await afterLostResponse(attempt, error);
		else if (error instanceof require_shared.ApiError) await afterRefusal(attempt, error);
		else throw error;
		return;
	}
}
function publishCreated(attempt, created) {
	const { step } = attempt;
	const { clusterId, username, password, jobId } = created;
	step.inProgress.created(clusterId);
	step.publish("password", password);
	recordCreated(attempt, clusterId);
	step.publish("username", username);
	step.publish("jobId", jobId);
	step.publishList("jobIds", [jobId]);
	step.inProgress.started({
		kind: "job",
		jobId
	});
	if (password === void 0) step.warning("The service gave no password for the new cluster. Reset it in the console.");
}
function recordCreated({ step, cluster, deleteAfterJob }, clusterId) {
	step.inProgress.created(clusterId);
	step.inProgress.started({
		kind: "cluster",
		clusterId
	});
	step.publish("clusterId", clusterId);
	if (deleteAfterJob) step.saveState("clusterId", clusterId);
	step.publish("clusterName", cluster.clusterName);
	step.publishBoolean("created", true);
}
async function afterLostResponse(attempt, lost) {
	const isSecond = attempt.lost !== void 0;
	attempt.lost ??= lost;
	const nothing = await findCreated(attempt, lost);
	if (isSecond) throw new require_inputs.OperationFailed(`${nothing} ${lookFirst(attempt)}`, { cause: lost });
	attempt.step.log(`${nothing} Names are unique in a project, so sending it once more is safe.`);
}
async function findCreated(attempt, lost) {
	const { step } = attempt;
	step.log(`${lost.message} Checking whether the cluster is being created.`);
	const result = await require_shared.findLost(step, lost, async (cloud) => {
		const added = await createdSince(attempt, {
			...step,
			cloud
		});
		return added.length > 0 ? added : void 0;
	});
	switch (result.kind) {
		case "none": return `${lost.message} No new cluster of that name is listed.`;
		case "unknown": {
			const why = `The check failed: ${result.why}`;
			throw new require_inputs.OperationFailed(`${lost.message} ${why} ${lookFirst(attempt)}`, { cause: lost });
		}
		case "found": throw passwordLost(attempt, result.found, lost);
	}
}
function passwordLost(attempt, found, lost) {
	const [only, ...others] = found;
	if (only === void 0 || others.length > 0) {
		const several = `Several new clusters have that name: ${found.map(({ clusterId }) => clusterId).join(", ")}.`;
		return new require_inputs.OperationFailed(`${lost.message} ${several} ${lookFirst(attempt)}`, { cause: lost });
	}
	recordCreated(attempt, only.clusterId);
	attempt.step.publish("connectAddress", only.connectAddress);
	return new require_inputs.OperationFailed(`${lost.message} The restore has started anyway: cluster ${only.clusterId} is ${only.status}. Its password was in the response that was lost. Two ways forward: reset the password of db_admin in the console, or run the step again with if-exists: replace.`, { cause: lost });
}
function lookFirst({ cluster }) {
	return `The restore may have started: look for cluster ${cluster.clusterName} of project ${cluster.projectId} in the console before running this step again.`;
}
async function createdSince({ cluster, before, since }, step) {
	return (await require_shared.clustersNamed(step, cluster.clusterName, cluster.projectId)).filter(({ clusterId, createTime }) => !before.includes(clusterId) && createTime !== void 0 && createTime >= since - 3e5);
}
const afterNameTaken = 5e3;
async function afterRefusal(attempt, refused) {
	const { step, cluster, droppedId, lost, pollInterval } = attempt;
	const nameTaken = require_shared.nameTakenCodes.some((code) => code === refused.code);
	if (nameTaken && lost !== void 0) await findCreated(attempt, lost);
	if (nameTaken && droppedId !== void 0) {
		step.log(`The name is still used by dropped cluster ${droppedId}. Waiting for it.`);
		await step.clock.pause(Math.min(pollInterval, afterNameTaken));
		await require_drop.waitUntilNameIsFree(step, {
			...cluster,
			pollInterval
		});
		return;
	}
	const offer = refused.code === 96010 ? offerSafeName(cluster.clusterName) : "";
	const maybe = lost === void 0 ? "" : ` ${lookFirst(attempt)}`;
	throw new require_inputs.OperationFailed(`${refused.message}${offer}${maybe}`, { cause: refused });
}
function inRecycleBin(clusterId) {
	return `Cluster ${clusterId}, which had the name, is dropped: it stays in the recycle bin for 30 days and can be restored from there in the console.`;
}
exports.clockDifference = clockDifference;
exports.isPossibleName = isPossibleName;
exports.offerSafeName = offerSafeName;
exports.sendRestore = sendRestore;
