// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
// src/operations/export-backup.ts
async function exportOneBackup(request, step) {
	const { clusterId, integrationId, directory, pollInterval } = request;
	const { backupId } = await require_shared.chooseBackup(step, clusterId, request.backup, void 0, "exported");
	const body = {
		integrationId,
		...directory !== void 0 && { directory }
	};
	if (request.dryRun) return require_shared.planned(step, [{
		method: "POST",
		path: require_shared.paths.exportBackup(clusterId, backupId),
		body
	}]);
	const jobId = await require_shared.exportBackup(step.cloud, {
		clusterId,
		backupId
	}, body).catch((error) => {
		if (!require_shared.mayHaveSucceeded(error)) throw error;
		throw new require_shared.OperationFailed(`${error.message} The export of backup ${backupId} may have started all the same: look at the jobs in the console and at the storage before running this step again.`, { cause: error });
	});
	step.publish("jobId", jobId);
	step.publishList("jobIds", [jobId]);
	step.inProgress.jobIds.add(jobId);
	const folder = directory === void 0 ? "" : `, folder ${require_shared.quote(directory)}`;
	step.note(`Export of backup ${backupId} to integration ${integrationId}${folder}: job ${jobId}.`);
	if (!request.wait) return "started";
	await require_shared.waitForAll(step, [require_shared.jobSuccessful(jobId, require_shared.graceOfOwn)], { pollInterval });
	return "succeeded";
}
exports.exportOneBackup = exportOneBackup;
