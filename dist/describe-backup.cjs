// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
// src/operations/describe-backup.ts
async function describeOneBackup(request, step) {
	const found = await require_shared.findBackup(step, request.clusterId, request.backup, request.backupType);
	step.publishObject("backup", found.raw);
	const now = step.clock.now();
	step.log(require_shared.backupLine(found, now));
	step.showTable(require_shared.backupTable(found, now));
	return "succeeded";
}
exports.describeOneBackup = describeOneBackup;
