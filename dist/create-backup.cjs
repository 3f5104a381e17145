// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_names = require("./names.cjs");
const require_shared = require("./shared.cjs");
const require_inputs = require("./inputs.cjs");
// src/collections/selection.ts
function parseBackupCollections(text, report) {
	const problems = [];
	const names = require_names.isJson(text) ? require_names.readBackupEntries(text, problems) : namesFromLines(text, problems);
	if (problems.length === 0) problems.push(...problemsOfNames(names));
	for (const problem of problems) report(problem);
	const [first] = names;
	if (problems.length > 0 || first === void 0) return void 0;
	return {
		database: first.name.database,
		collections: names.map(({ name }) => name.collection)
	};
}
function problemsOfNames(names) {
	if (names.length === 0) return ["expected at least one collection; got none"];
	const problems = [];
	const lines = new Map();
	for (const { line, name } of names) {
		const before = lines.get(require_shared.formatName(name));
		if (before === void 0) lines.set(require_shared.formatName(name), line);
		else problems.push(`${line}: ${require_shared.formatName(name)} is given already in ${before}`);
	}
	const databases = [...new Set(names.map(({ name }) => name.database))];
	if (databases.length > 1) {
		const each = databases.join(" and ");
		problems.push(`a backup takes collections of one database only; these are of ${each}`);
	}
	return problems;
}
function namesFromLines(text, problems) {
	return require_names.contentLines(text).flatMap(({ line, content }) => {
		const name = content.includes("->") || content.includes("*") ? void 0 : require_names.readName(content, require_shared.defaultDatabase);
		if (name !== void 0) return [{
			line,
			name
		}];
		problems.push(`${line}: expected a collection or database.collection; arrows and * are for restores`);
		return [];
	});
}
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
	if (request.skipIfNewerThan !== void 0 && request.crossRegionCopies.length > 0) reader.report("skip-if-newer-than", "cannot be combined with cross-region-copies: a backup does not show which copies it has");
	return request;
}
function readCollections(reader) {
	const text = reader.optional("collections");
	if (text === void 0) return void 0;
	return parseBackupCollections(text, (problem) => reader.report("collections", problem));
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
