// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
// src/operations/wait.ts
function read(reader, common) {
	const clusterId = reader.optionalId("cluster-id");
	const backupId = reader.optionalId("backup-id");
	const cluster = reader.optional("target-cluster");
	const jobIds = reader.ids("job-id");
	const projectId = reader.optionalId("target-project-id");
	const isGiven = (name) => reader.optional(name) !== void 0;
	if (backupId !== void 0 && require_shared.isLatest(backupId)) reader.report("backup-id", "expected the id of a backup; wait does not take \"latest\"");
	if (backupId !== void 0 && !isGiven("cluster-id")) reader.report("cluster-id", "expected the source cluster of backup-id; it is empty");
	if (!isGiven("backup-id") && clusterId !== void 0) reader.report("cluster-id", "has no effect without backup-id");
	if (cluster === void 0 && projectId !== void 0) reader.report("target-project-id", "has no effect without target-cluster");
	if (!isGiven("job-id") && !isGiven("backup-id") && !isGiven("target-cluster")) reader.report("job-id", "wait needs at least one of job-id, backup-id with cluster-id, and target-cluster");
	return {
		...common,
		jobIds,
		backup: clusterId !== void 0 && backupId !== void 0 ? {
			clusterId,
			backupId
		} : void 0,
		target: cluster === void 0 ? void 0 : {
			cluster,
			projectId
		},
		pollInterval: reader.duration("poll-interval")
	};
}
async function run(request, step) {
	const { jobIds, backup, target, pollInterval } = request;
	const conditions = [];
	const add = (condition) => {
		conditions.push(condition);
		step.inProgress.started(condition.item);
	};
	if (jobIds.length > 0) {
		step.publish("jobId", jobIds[0]);
		step.publishList("jobIds", jobIds);
		for (const jobId of jobIds) add(require_shared.jobSuccessful(jobId, require_shared.notFoundGrace.given));
	}
	if (backup !== void 0) {
		step.publish("backupId", backup.backupId);
		const publishName = ({ backupName }) => {
			step.publish("backupName", backupName);
		};
		add(require_shared.backupAvailable(backup, require_shared.notFoundGrace.none, publishName));
	}
	if (target !== void 0) add(await targetRunning(step, target));
	await require_shared.waitForAll(step, conditions, { pollInterval });
	return "succeeded";
}
async function targetRunning(step, target) {
	const { clusterId } = await require_shared.findTarget(step, target);
	step.publish("clusterId", clusterId);
	return require_shared.clusterRunning(clusterId, require_shared.notFoundGrace.none, (found) => {
		step.publish("clusterName", found.clusterName);
		step.publish("connectAddress", found.connectAddress);
	});
}
exports.read = read;
exports.run = run;
