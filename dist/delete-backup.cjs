// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
// src/operations/delete-backup.ts
async function deleteOneBackup(request, step) {
	const { clusterId, backupId, dryRun } = request;
	step.publishList("deletedBackupIds", []);
	const found = await lookUp(step, clusterId, backupId);
	step.publish("backupId", found?.backupId);
	step.publish("backupName", found?.backupName);
	const there = found !== void 0 && !require_shared.isDeleted(found);
	if (!there) {
		const why = found === void 0 ? `the list of all backups that the key can see has no backup ${backupId} of cluster ${clusterId}` : `backup ${backupId} of cluster ${clusterId} is ${found.status} already`;
		step.notice(`Nothing to delete: ${why}.`);
	}
	const path = require_shared.paths.backup(clusterId, backupId);
	if (dryRun) return require_shared.planned(step, there ? [{
		method: "DELETE",
		path
	}] : []);
	if (!there) return "skipped";
	step.log(`Deleting backup ${backupId} of cluster ${clusterId}, which is ${require_shared.sanitize(found.status)}.`);
	await removeAndConfirm(step, clusterId, backupId);
	step.publishList("deletedBackupIds", [backupId]);
	step.note(`Backup ${backupId} of cluster ${clusterId} is deleted. It cannot be restored any more.`);
	return "succeeded";
}
async function removeAndConfirm(step, clusterId, backupId) {
	try {
		const outcome = await require_shared.removeBackup(step, clusterId, backupId);
		if (outcome === "deleted") return;
		const taken = new Set([backupId]);
		const left = await require_shared.waitUntilGone(step, clusterId, outcome === "shown" ? {
			taken,
			shown: taken
		} : { taken });
		if (left.length === 0) return;
		throw new require_shared.OperationFailed(`The service took the deletion, but cluster ${clusterId} still has backup ${require_shared.listOf(left)}. Look at it in the console.`);
	} catch (error) {
		if (error instanceof Error && !(error instanceof require_shared.OperationFailed)) error.message += ` Backup ${backupId} of cluster ${clusterId} may be deleted all the same.`;
		throw error;
	}
}
async function lookUp(step, clusterId, backupId) {
	try {
		return ofCluster(clusterId, await require_shared.describeBackup(step.cloud, clusterId, backupId));
	} catch (error) {
		if (!(error instanceof require_shared.ApiError)) throw error;
		if (!require_shared.isNotFound(error, "backup") && !require_shared.isNotFound(error, "cluster")) throw error;
		const listed = (await require_shared.listBackups(step.cloud)).find((backup) => backup.backupId === backupId);
		if (listed === void 0 || require_shared.isDeleted(ofCluster(clusterId, listed))) return listed;
		throw new require_shared.OperationFailed(`${error.message} Yet the list of backups has it: ${require_shared.listOf([listed])}.`, { cause: error });
	}
}
function ofCluster(clusterId, backup) {
	if (backup.clusterId === void 0 || backup.clusterId === clusterId) return backup;
	throw new require_shared.OperationFailed(`Backup ${require_shared.listOf([backup])} is one of cluster ${require_shared.sanitize(backup.clusterId)}, not of cluster ${clusterId}, so it is not deleted. Check cluster-id and backup-id.`);
}
exports.deleteOneBackup = deleteOneBackup;
