// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
// src/operations/wait.ts
async function wait(request, step) {
	const { jobIds, backup, target } = request;
	const goals = [];
	if (jobIds.length > 0) {
		step.publish("jobId", jobIds[0]);
		step.publishList("jobIds", jobIds);
		for (const jobId of jobIds) {
			step.inProgress.jobIds.add(jobId);
			goals.push(require_shared.jobSuccessful(jobId, require_shared.graceOfOthers));
		}
	}
	if (backup !== void 0) {
		step.publish("backupId", backup.backupId);
		step.inProgress.backup = backup;
		goals.push(require_shared.backupAvailable(backup, 0, (found) => {
			step.publish("backupName", found.backupName);
		}));
	}
	if (target !== void 0) {
		const { clusterId } = await require_shared.findTarget(step, target);
		step.publish("clusterId", clusterId);
		step.inProgress.clusterId = clusterId;
		goals.push(require_shared.clusterRunning(clusterId, 0, (found) => {
			step.publish("clusterName", found.clusterName);
			step.publish("connectAddress", found.connectAddress);
		}));
	}
	await require_shared.waitForAll(step, goals, { pollInterval: request.pollInterval });
	return "succeeded";
}
exports.wait = wait;
