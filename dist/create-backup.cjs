// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_names = require("./names.cjs");
const require_shared = require("./shared.cjs");
const require_inputs = require("./inputs.cjs");
// src/operations/create-backup.ts
function read(reader, common) {
	const request = {
		...common,
		clusterId: reader.id("cluster-id"),
		collections: readCollections(reader),
		crossRegionCopies: reader.ids("cross-region-copies"),
		skipIfNewerThan: reader.optionalDuration("skip-if-newer-than"),
		ifBusy: reader.oneOf("if-busy", ["wait", "fail"]) ?? "wait",
		wait: reader.boolean("wait"),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
	if (request.skipIfNewerThan !== void 0 && request.crossRegionCopies.length > 0) reader.report("skip-if-newer-than", "does not go with cross-region-copies: a backup does not tell what copies it has");
	return request;
}
function readCollections(reader) {
	const text = reader.optional("collections");
	if (text === void 0) return void 0;
	return require_names.parseBackupCollections(text, (problem) => reader.report("collections", problem));
}
async function run(request, step) {
	const { clusterId, dryRun } = request;
	const listed = await require_shared.listBackups(step.cloud, clusterId);
	const fresh = await freshBackup(request, step, listed);
	if (fresh !== void 0) {
		step.publish("backupId", fresh.backupId);
		step.publish("backupName", fresh.backupName);
		step.publishBoolean("created", false);
		return dryRun ? require_shared.planned(step, []) : "skipped";
	}
	if (dryRun) {
		await require_shared.describeCluster(step.cloud, clusterId);
		const busy = require_names.backupsRunning(listed);
		if (busy.length > 0) step.log(`${require_names.busySentence(request, busy)} The step would wait for it to end.`);
		return require_shared.planned(step, [require_shared.createBackup(request)]);
	}
	const started = await require_names.startBackup(request, step, listed);
	step.publish("jobId", started.jobId);
	if (started.jobId !== void 0) step.publishList("jobIds", [started.jobId]);
	step.publish("backupId", started.backupId);
	step.publish("backupName", started.backupName);
	step.publishBoolean("created", true);
	if (!request.wait) return "started";
	await require_names.waitUntilAvailable(request, step, started);
	return "succeeded";
}
async function freshBackup(request, step, listed) {
	const { clusterId, collections, skipIfNewerThan } = request;
	if (skipIfNewerThan === void 0) return void 0;
	const type = require_shared.typeOfNewBackup(request);
	const ofType = listed.filter(({ backupType, status }) => backupType === type && status === "AVAILABLE");
	const holdsAll = ({ contents }) => collections === void 0 || contents.kind === "by-database" && require_shared.missingCollections(contents, require_names.requestedCollections(request))?.length === 0;
	const found = await require_shared.newest(step, {
		clusterId,
		listed: ofType
	}, holdsAll);
	if (found?.createTime === void 0) return void 0;
	const age = step.clock.now() - found.createTime;
	if (age >= skipIfNewerThan) return void 0;
	step.notice(`No new backup: ${found.backupId} of cluster ${clusterId} is ${require_inputs.formatDuration(age)} old, younger than skip-if-newer-than.`);
	return found;
}
exports.read = read;
exports.run = run;
