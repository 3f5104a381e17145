// Made by "npm run build" from src/; licences in NOTICES.txt
const require_shared = require("./shared.cjs");
// src/operations/describe-backup.ts
function read(reader, common) {
	const backup = require_shared.readBackupChoice(reader, require_shared.readBackupType(reader));
	if (backup.kind !== "latest" && reader.optional("backup-type") !== void 0) reader.report("backup-type", "has an effect only with backup-id: latest");
	return {
		...common,
		clusterId: reader.id("cluster-id"),
		backup
	};
}
async function run(request, step) {
	step.report.subject = `Reading a backup of ${request.clusterId}`;
	const found = await require_shared.findBackup(step, request);
	step.publishObject("backup", found.raw);
	const { now } = require_shared.serviceTime(step.cloud);
	step.log(require_shared.backupLine(found, now));
	const { report } = step;
	report.heading = `Backup ${found.backupName ?? found.backupId} of ${found.clusterName ?? request.clusterId} is ${found.status}`;
	report.rows.push(...require_shared.backupRows(found, now));
	return "succeeded";
}
exports.read = read;
exports.run = run;
