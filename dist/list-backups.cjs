// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
// src/operations/list-backups.ts
const mostLogged = 20;
async function listAllBackups(request, step) {
	const { clusterId, backupType } = request;
	const listed = await require_shared.listBackups(step.cloud, clusterId);
	const wanted = require_shared.newestFirst(listed.filter((backup) => backupType === void 0 || backup.backupType === backupType));
	step.publishList("backups", wanted.map(({ raw }) => raw));
	const kind = backupType === void 0 ? "" : ` of type ${backupType}`;
	const of = clusterId === void 0 ? "that the key can see" : `of cluster ${clusterId}`;
	step.note(`${wanted.length === 1 ? "1 backup" : `${wanted.length} backups`}${kind} ${of}.`);
	const now = step.clock.now();
	for (const backup of wanted.slice(0, mostLogged)) step.log(require_shared.backupLine(backup, now));
	if (wanted.length > mostLogged) step.log(`And ${wanted.length - mostLogged} older ones.`);
	if (wanted.length > 0) step.showTable(require_shared.backupsTable(wanted, now));
	return "succeeded";
}
exports.listAllBackups = listAllBackups;
