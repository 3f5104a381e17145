// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
const require_restore = require("./restore.cjs");
const require_inputs = require("./inputs.cjs");
// src/operations/restore-cluster.ts
async function restoreCluster(request, step) {
	const { clusterId, clusterName, ifExists } = request;
	const backup = await require_shared.chooseBackup(step, clusterId, request.backup, "CLUSTER");
	const projectId = request.projectId ?? backup.projectId;
	if (projectId === void 0) throw new require_inputs.InputError(["target-project-id: the backup does not tell its project; give the project of the new cluster"]);
	const existing = await existingCluster(step, request, projectId);
	if (existing !== void 0 && ifExists === "reuse") return reuse(request, step, existing);
	const body = {
		projectId,
		targetProjectId: projectId,
		clusterName,
		cuSize: request.cuSize ?? await sourceSize(step, clusterId),
		collectionStatus: request.collectionStatus,
		...request.versionPolicy && { restoreVersionPolicy: request.versionPolicy }
	};
	if (request.dryRun) {
		const path = require_shared.paths.restoreCluster(clusterId, backup.backupId);
		return require_shared.planned(step, [...existing && !require_shared.isDeletingOrGone(existing.status) ? [{
			method: "DELETE",
			path: require_shared.paths.dropCluster(existing.clusterId)
		}] : [], {
			method: "POST",
			path,
			body
		}]);
	}
	if (existing !== void 0) await makeRoom(request, step, existing, projectId);
	const before = existing === void 0 ? [] : [existing.clusterId];
	const made = await require_restore.sendRestore({
		request,
		backupId: backup.backupId,
		projectId,
		body,
		before,
		droppedId: existing?.clusterId
	}, step);
	step.log(`Cluster ${made.clusterId} is being made from backup ${backup.backupId}.`);
	if (!request.wait) return "started";
	await clusterDone(request, step, made.clusterId, [made.jobId]);
	return "succeeded";
}
async function clusterDone({ pollInterval }, step, clusterId, jobIds) {
	const grace = jobIds.length > 0 ? require_shared.graceOfOwn : 0;
	const seen = (found) => step.publish("connectAddress", found.connectAddress);
	const goals = [...jobIds.map((jobId) => require_shared.jobSuccessful(jobId, grace)), require_shared.clusterRunning(clusterId, grace, seen)];
	try {
		await require_shared.waitForAll(step, goals, {
			pollInterval,
			failFast: true
		});
	} catch (error) {
		if (!(error instanceof require_shared.OperationFailed) || jobIds.length === 0) throw error;
		step.inProgress.clusterId = void 0;
		throw new require_shared.OperationFailed(`${error.message}\n${await whatBecame(step, clusterId)}`, { cause: error });
	}
}
async function whatBecame(step, clusterId) {
	const drop = `drop it with operation: delete-cluster and target-cluster: ${clusterId}.`;
	try {
		const state = await require_shared.stateOf(step, clusterId);
		if (state === "GONE") return `Cluster ${clusterId} is gone.`;
		return require_shared.isDeletingOrGone(state) ? `Cluster ${clusterId} is ${require_shared.sanitize(state)}.` : `Cluster ${clusterId} is ${require_shared.sanitize(state)}. It may stay and cost money: ${drop}`;
	} catch (error) {
		if (error instanceof require_shared.Cancelled) throw error;
		return `The state of cluster ${clusterId} is not known. It may stay and cost money: ${drop}`;
	}
}
async function reuse(request, step, existing) {
	const { clusterId } = existing;
	if (require_shared.isDeletingOrGone(existing.status)) throw new require_shared.OperationFailed(`Cluster ${clusterId} has the name but is ${require_shared.sanitize(existing.status)}, so it is not reused. Run the step again when it is gone.`);
	step.publish("clusterId", clusterId);
	step.publish("clusterName", existing.clusterName);
	step.publish("connectAddress", existing.connectAddress);
	step.publishFlag("created", false);
	step.log(`Cluster ${clusterId} has the name ${require_shared.quote(request.clusterName)} already and is used.`);
	if (request.dryRun) return require_shared.planned(step, []);
	if (!request.wait) return "skipped";
	step.inProgress.clusterId = clusterId;
	await clusterDone(request, step, clusterId, []);
	return "succeeded";
}
async function existingCluster(step, request, projectId) {
	const { clusterName, clusterId, ifExists, protectedClusters } = request;
	const named = await require_shared.clustersNamed(step, clusterName, projectId);
	const [existing] = named;
	if (existing === void 0) return void 0;
	const each = named.map((cluster) => `${cluster.clusterId} (${require_shared.sanitize(cluster.status)})`).join(", ");
	const taken = `The name ${require_shared.quote(clusterName)} is used in project ${projectId} by cluster ${each}.`;
	if (named.length > 1) throw new require_shared.OperationFailed(`${taken} With several, none is reused or replaced.`);
	if (ifExists === "fail") throw new require_shared.OperationFailed(`${taken} Choose another target-cluster, or set if-exists to reuse or replace.`);
	if (ifExists === "replace") {
		if (existing.clusterId === clusterId) throw new require_shared.OperationFailed(`${taken} It is the source cluster, which is never replaced.`);
		if (protectedClusters.includes(existing.clusterId)) throw new require_shared.OperationFailed(`${taken} It is one of protected-clusters, which are never replaced.`);
	}
	return existing;
}
async function makeRoom(request, step, existing, projectId) {
	const { clusterId, status } = existing;
	if (!require_shared.isDeletingOrGone(status)) {
		step.log(`Dropping cluster ${clusterId} to replace it.`);
		await require_shared.drop(step, clusterId, request);
	}
	await require_shared.waitUntilNameIsFree(step, request.clusterName, projectId, request);
}
async function sourceSize(step, clusterId) {
	const give = "give the compute units of the new cluster";
	try {
		const { cuSize } = await require_shared.describeCluster(step.cloud, clusterId);
		if (cuSize !== void 0 && cuSize >= 1) return cuSize;
		throw new require_inputs.InputError([`cu-size: the service does not tell the size of source cluster ${clusterId}; ${give}`]);
	} catch (error) {
		if (!(error instanceof require_shared.ApiError && require_shared.isNotFound(error, "cluster"))) throw error;
		throw new require_inputs.InputError([`cu-size: source cluster ${clusterId} is gone, so its size is not known; ${give}`]);
	}
}
exports.restoreCluster = restoreCluster;
