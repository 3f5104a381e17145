// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
const require_busy = require("./busy.cjs");
const require_inputs = require("./inputs.cjs");
const require_drop = require("./drop.cjs");
const require_restore = require("./restore.cjs");
// src/clusters/if-exists.ts
async function existingCluster(step, options) {
	const { clusterName, projectId, ifExists, sourceId, protectedClusters } = options;
	const named = await require_shared.clustersNamed(step, clusterName, projectId);
	const [existing] = named;
	if (existing === void 0) return void 0;
	const taken = `The name ${require_inputs.quote(clusterName)} is used in project ${projectId} by cluster ${require_shared.withStates(named)}.`;
	const refuse = (why) => new require_inputs.OperationFailed(`${taken} ${why}`);
	if (named.length > 1) throw refuse("With several, none is reused or replaced.");
	if (ifExists === "fail") throw refuse("Choose another target-cluster, or set if-exists to reuse or replace.");
	if (ifExists === "replace") {
		if (existing.clusterId === sourceId) throw refuse("It is the source cluster, which is never replaced.");
		if (protectedClusters.includes(existing.clusterId)) throw refuse("It is one of protected-clusters, which are never replaced.");
	}
	return existing;
}
async function makeRoom(step, { clusterId, status }, options) {
	if (!require_busy.isDeletingOrGone(status)) {
		step.log(`Dropping cluster ${clusterId} to replace it.`);
		await require_drop.drop(step, clusterId, options);
	}
	await require_drop.waitUntilNameIsFree(step, options);
}
// src/operations/restore-cluster.ts
function read(reader, common) {
	const ifExists = reader.oneOf("if-exists", [
		"fail",
		"reuse",
		"replace"
	]) ?? "fail";
	const deleteAfterJob = reader.boolean("delete-after-job");
	const clusterName = readNewName(reader);
	const protectedClusters = reader.list("protected-clusters");
	if (protectedClusters.includes(clusterName) && (ifExists === "replace" || deleteAfterJob)) reader.report("protected-clusters", `holds the name of the new cluster, which ${ifExists === "replace" ? "if-exists: replace" : "delete-after-job"} may drop`);
	return {
		...common,
		clusterId: reader.id("cluster-id"),
		backup: require_shared.readBackupChoice(reader, "CLUSTER"),
		clusterName,
		projectId: reader.optionalId("target-project-id"),
		cuSize: reader.wholeNumber("cu-size", {
			least: 1,
			most: 1024
		}),
		collectionStatus: reader.oneOf("collection-status", ["KEEP", "RELEASE"]) ?? "KEEP",
		versionPolicy: reader.oneOf("restore-version-policy", ["LATEST", "ORIGINAL"]),
		ifExists,
		protectedClusters,
		deleteAfterJob,
		wait: reader.boolean("wait"),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
}
function readNewName(reader) {
	const name = reader.optional("target-cluster");
	if (name === void 0) {
		reader.report("target-cluster", "expected the name of the new cluster; it is empty");
		return "";
	}
	if (!require_restore.isPossibleName(name)) reader.report("target-cluster", `expected at most 255 letters, digits, blanks, _, - and Han characters as the name of the new cluster; got ${JSON.stringify(name.slice(0, 300))}.${require_restore.offerSafeName(name)}`);
	return name;
}
async function run(request, step) {
	const { clusterId, clusterName, ifExists, protectedClusters, pollInterval } = request;
	const backup = await require_shared.chooseBackup(step, request, {
		type: "CLUSTER",
		use: "restored"
	});
	const projectId = projectOf(request, backup);
	const existing = await existingCluster(step, {
		clusterName,
		projectId,
		ifExists,
		sourceId: clusterId,
		protectedClusters
	});
	if (existing !== void 0 && ifExists === "reuse") return reuse(request, step, existing);
	const source = {
		clusterId,
		backupId: backup.backupId
	};
	const cluster = {
		clusterName,
		projectId,
		cuSize: request.cuSize ?? await sourceSize(step, clusterId),
		collectionStatus: request.collectionStatus,
		versionPolicy: request.versionPolicy
	};
	if (request.dryRun) {
		const drops = existing && !require_busy.isDeletingOrGone(existing.status) ? [require_shared.dropCluster(existing.clusterId)] : [];
		return require_shared.planned(step, [...drops, require_shared.restoreCluster(source, cluster)]);
	}
	if (existing !== void 0) await makeRoom(step, existing, {
		...cluster,
		pollInterval
	});
	const before = existing === void 0 ? [] : [existing.clusterId];
	const { deleteAfterJob } = request;
	const options = {
		source,
		cluster,
		before,
		droppedId: existing?.clusterId,
		deleteAfterJob,
		pollInterval
	};
	const created = await require_restore.sendRestore(options, step);
	step.log(`Cluster ${created.clusterId} is being created from backup ${backup.backupId}.`);
	if (!request.wait) return "started";
	await waitForNew(step, created, pollInterval);
	return "succeeded";
}
function projectOf(request, backup) {
	const projectId = request.projectId ?? backup.projectId;
	if (projectId !== void 0) return projectId;
	throw new require_inputs.InputError(["target-project-id: the backup does not show its project; set the project of the new cluster"]);
}
async function waitForNew(step, { clusterId, jobId }, pollInterval) {
	const grace = require_shared.notFoundGrace.created;
	const conditions = [require_shared.jobSuccessful(jobId, grace), running(step, clusterId, grace)];
	try {
		await require_shared.waitForAll(step, conditions, {
			pollInterval,
			failFast: true
		});
	} catch (error) {
		if (!(error instanceof require_inputs.OperationFailed)) throw error;
		step.inProgress.ended({
			kind: "cluster",
			clusterId
		});
		throw new require_inputs.OperationFailed(`${error.message}\n${await whatBecame(step, clusterId)}`, { cause: error });
	}
}
function running(step, clusterId, grace) {
	return require_shared.clusterRunning(clusterId, grace, ({ connectAddress }) => step.publish("connectAddress", connectAddress));
}
async function whatBecame(step, clusterId) {
	const cost = `It may stay and cost money: drop it with operation: delete-cluster and target-cluster: ${clusterId}.`;
	try {
		const state = await require_busy.stateOf(step, clusterId);
		if (require_busy.isGone(state)) return `Cluster ${clusterId} is gone.`;
		const sentence = `Cluster ${clusterId} is ${require_inputs.sanitize(state)}.`;
		return require_busy.isDeletingOrGone(state) ? sentence : `${sentence} ${cost}`;
	} catch (error) {
		if (error instanceof require_inputs.Cancelled) throw error;
		return `The state of cluster ${clusterId} is not known. ${cost}`;
	}
}
async function reuse(request, step, existing) {
	const { clusterId } = existing;
	const { clusterName, pollInterval } = request;
	if (require_busy.isDeletingOrGone(existing.status)) throw new require_inputs.OperationFailed(`Cluster ${clusterId} has the name but is ${require_inputs.sanitize(existing.status)}, so it is not reused. Run the step again when it is gone.`);
	step.publish("clusterId", clusterId);
	step.publish("clusterName", existing.clusterName);
	step.publish("connectAddress", existing.connectAddress);
	step.publishBoolean("created", false);
	step.log(`Cluster ${clusterId} has the name ${require_inputs.quote(clusterName)} already and is used.`);
	if (request.dryRun) return require_shared.planned(step, []);
	if (!request.wait) return "skipped";
	step.inProgress.started({
		kind: "cluster",
		clusterId
	});
	await require_shared.waitForAll(step, [running(step, clusterId, require_shared.notFoundGrace.none)], {
		pollInterval,
		failFast: true
	});
	return "succeeded";
}
async function sourceSize(step, clusterId) {
	const give = "set the compute units of the new cluster";
	const { cuSize } = await require_shared.describeCluster(step.cloud, clusterId).catch((error) => {
		if (!require_shared.isNotFound(error, "cluster")) throw error;
		throw new require_inputs.InputError([`cu-size: source cluster ${clusterId} is gone, so its size is not known; ${give}`], { cause: error });
	});
	if (cuSize !== void 0 && cuSize >= 1) return cuSize;
	throw new require_inputs.InputError([`cu-size: the service does not show the size of source cluster ${clusterId}; ${give}`]);
}
exports.read = read;
exports.run = run;
