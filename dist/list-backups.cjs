// Made by "npm run build" from src/; licences in NOTICES.txt
const require_shared = require("./shared.cjs");
const require_tables = require("./tables.cjs");
const require_inputs = require("./inputs.cjs");
// src/operations/list-backups.ts
function read(reader, common) {
	return {
		...common,
		clusterId: reader.optionalId("cluster-id"),
		backupType: require_shared.readBackupType(reader)
	};
}
const mostLogged = 20;
async function run({ clusterId, backupType }, step) {
	const listed = clusterId === void 0 ? await require_shared.listBackups(step.cloud) : await require_shared.listBackupsOf(step, clusterId);
	const untyped = backupType === void 0 ? [] : listed.filter((backup) => backup.backupType === void 0);
	if (untyped.length > 0) step.warning(`Left out, since the list shows no type for them: ${require_shared.describeStatesOf(untyped)}.`);
	const wanted = require_shared.newestFirst(listed.filter((backup) => backupType === void 0 || backup.backupType === backupType));
	step.publishList("backups", wanted.map(({ raw }) => raw));
	const kind = backupType === void 0 ? "" : ` of type ${backupType}`;
	const of = clusterId === void 0 ? "that the key can see" : `of cluster ${clusterId}`;
	step.note(`${wanted.length === 1 ? "1 backup" : `${wanted.length} backups`}${kind} ${of}.`);
	const { now } = require_shared.serviceTime(step.cloud);
	const lines = wanted.slice(0, 21).map((backup) => require_tables.backupLine(backup, now));
	const older = wanted.length - mostLogged;
	for (const line of require_inputs.firstLines(lines, mostLogged, () => `And ${older} older ones.`)) step.log(line);
	if (wanted.length > 0) step.showTable(require_tables.backupsTable(wanted, now));
	return "succeeded";
}
exports.read = read;
exports.run = run;
