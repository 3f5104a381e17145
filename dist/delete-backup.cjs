// Made by "npm run build" from src/; licences in NOTICES.txt
const require_keep = require("./keep.cjs");
const require_shared = require("./shared.cjs");
const require_inputs = require("./inputs.cjs");
// src/operations/delete-backup.ts
function read(reader, common) {
	const backupId = reader.id("backup-id");
	if (require_shared.isLatest(backupId)) reader.report("backup-id", "expected the id of a backup; delete-backup does not take \"latest\"");
	if (require_keep.isProtectedBackup({ protectedBackups: reader.ids("protected-backups") }, backupId)) reader.report("backup-id", `${require_inputs.quoteInput(backupId)} is one of protected-backups: it is not deleted`);
	return {
		...common,
		clusterId: reader.id("cluster-id"),
		backupId,
		dryRun: reader.boolean("dry-run")
	};
}
async function run(request, step) {
	const { clusterId, backupId, dryRun } = request;
	const { report } = step;
	report.subject = `Deletion of backup ${backupId}`;
	step.publishList("deletedBackupIds", []);
	const found = await lookUp(step, request);
	if (found !== void 0) require_shared.publishBackup(step, found);
	if (found === void 0 || require_shared.isDeleted(found)) {
		const why = whyNothing(request, found);
		report.heading = `Nothing to delete: no backup ${backupId}`;
		report.sentence = `${require_inputs.capitalize(why)}.`;
		step.notice(`Nothing to delete: ${why}.`);
		return dryRun ? require_shared.planned(step, []) : "skipped";
	}
	const name = found.clusterName ?? clusterId;
	report.rows.push(...require_shared.backupRows(found, require_shared.serviceTime(step.cloud).now).filter((row) => toName.includes(row.name)));
	if (dryRun) {
		report.heading = `Dry run: backup ${backupId} of ${name} would be deleted`;
		report.sentence = "Nothing was deleted.";
		return require_shared.planned(step, [require_shared.deleteBackup(request)]);
	}
	step.log(`Deleting backup ${backupId} of cluster ${clusterId}, which is ${require_inputs.sanitize(found.status)}.`);
	if (await deleteAndConfirm(step, request)) {
		report.heading = `Nothing to delete: backup ${backupId} is gone already`;
		step.notice(`Nothing to delete: backup ${backupId} of cluster ${clusterId} is DELETED already.`);
		return "skipped";
	}
	step.log(`Backup ${backupId} of cluster ${clusterId} is deleted. It cannot be restored any more.`);
	report.heading = `Backup ${backupId} of ${name} is deleted`;
	report.sentence = "It cannot be restored any more.";
	step.publishList("deletedBackupIds", [backupId]);
	return "succeeded";
}
const toName = [
	"Backup id",
	"Name in the console",
	"Type",
	"Size",
	"Created"
];
function whyNothing({ clusterId, backupId }, found) {
	return found === void 0 ? `the list of all backups that the key can see has no backup ${backupId} of cluster ${clusterId}` : `backup ${backupId} of cluster ${clusterId} is ${found.status} already`;
}
async function deleteAndConfirm(step, backup) {
	const { clusterId, backupId } = backup;
	let mayBeDone = false;
	const check = (found) => checkAgain(backup, found);
	const onSend = (may) => {
		mayBeDone = may;
	};
	try {
		const outcome = await require_keep.deleteAndRead(step, backup, {
			check,
			onSend
		});
		if (outcome === "deleted") return false;
		const left = await require_keep.waitUntilGone(step, clusterId, new Map([[backupId, outcome]]));
		if (left.length === 0) return false;
		throw new require_inputs.OperationFailed(`The deletion was sent, but cluster ${clusterId} still has backup ${require_shared.describeStatesOf(left)}. Look at it in the console.`);
	} catch (error) {
		if (error instanceof GoneAlready) return true;
		if (error instanceof Unreadable) {
			if ((await require_keep.waitUntilGone(step, clusterId, new Map([[backupId, "not-sent"]]))).length === 0) return true;
			throw error.refused;
		}
		if (error instanceof require_inputs.OperationFailed || !mayBeDone) throw error;
		const maybe = `Backup ${backupId} of cluster ${clusterId} may be deleted anyway.`;
		throw require_inputs.withMore(error, { stake: maybe });
	}
}
function checkAgain(backup, found) {
	if (found instanceof require_shared.ApiError) throw new Unreadable(found);
	require_shared.ofCluster(backup, found);
	if (require_shared.isDeleted(found)) throw new GoneAlready();
}
var GoneAlready = class extends Error {};
var Unreadable = class extends Error {
	refused;
	constructor(refused) {
		super(refused.message);
		this.refused = refused;
	}
};
async function lookUp(step, backup) {
	try {
		return await require_shared.ofClusterOrListed(step, backup, await require_shared.describeBackup(step.cloud, backup));
	} catch (error) {
		if (!(require_shared.isNotFound(error, "backup") || require_shared.isNotFound(error, "cluster") || error instanceof require_shared.NoResponseError)) throw error;
		const { findAnywhere, refuseNameAsId } = await Promise.resolve().then(() => require("./not-found.cjs"));
		const listed = await findAnywhere(step, backup);
		if (listed === void 0) await refuseNameAsId(step, backup.clusterId, error);
		if (listed === void 0 || require_shared.isDeleted(listed)) return listed;
		throw require_inputs.withMore(error, { stake: `The list of all backups has it: ${require_shared.describeStatesOf([listed])}.` });
	}
}
exports.read = read;
exports.run = run;
