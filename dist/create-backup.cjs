// Made by "npm run build" from src/; licences in NOTICES.txt
const require_names = require("./names.cjs");
const require_create = require("./create.cjs");
const require_shared = require("./shared.cjs");
const require_contents = require("./contents.cjs");
const require_inputs = require("./inputs.cjs");
const require_step = require("./step.cjs");
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
		const before = lines.get(require_contents.keyOf(name));
		if (before === void 0) lines.set(require_contents.keyOf(name), line);
		else problems.push(`${line}: ${require_contents.showName(name)} is given already in ${before}`);
	}
	const databases = [...new Set(names.map(({ name }) => name.database))];
	if (databases.length > 1) {
		const each = databases.map(require_inputs.showInvisible).join(" and ");
		problems.push(`a backup takes collections of one database only; these are of ${each}`);
	}
	return problems;
}
function namesFromLines(text, problems) {
	return require_names.contentLines(text).flatMap(({ line, content }) => {
		const name = content.includes("->") || content.includes("*") ? "has an arrow or *, which are for restores" : require_names.readName(content, require_shared.defaultDatabase);
		if (typeof name !== "string") return [{
			line,
			name
		}];
		problems.push(`${line}: expected a collection or database.collection; it ${name}`);
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
		ifBusy: reader.oneOf("if-busy", [
			"wait",
			"fail",
			"join"
		]) ?? "wait",
		wait: reader.boolean("wait"),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
	if (request.crossRegionCopies.length > 0) {
		const why = "cannot be combined with cross-region-copies: a backup does not show which copies it has";
		if (request.skipIfNewerThan !== void 0) reader.report("skip-if-newer-than", why);
		if (request.ifBusy === "join") reader.report("if-busy", `join ${why}`);
	}
	return request;
}
function readCollections(reader) {
	const text = reader.optional("collections");
	if (text === void 0) return void 0;
	return parseBackupCollections(text, (problem) => reader.report("collections", problem));
}
async function run(request, step) {
	const { clusterId, dryRun } = request;
	const listed = await require_shared.listAny(step, clusterId);
	if (listed.length === 0) await refuseSlip(step, clusterId);
	const fresh = await freshBackup(request, step, listed);
	if (fresh !== void 0) {
		publishUsed(request, step, fresh);
		return dryRun ? require_step.planned(step, []) : "skipped";
	}
	const findToJoin = (running) => backupToJoin(request, step, running);
	if (dryRun) return planRun(request, step, {
		listed,
		findToJoin
	});
	const onJob = (jobId) => {
		step.publish("jobId", jobId);
		step.publishList("jobIds", [jobId]);
	};
	const start = await require_create.startBackup(request, step, {
		listed,
		findToJoin,
		onJob
	});
	const { backupId } = start.backup;
	const jobId = start.kind === "started" ? start.backup.jobId : void 0;
	if (jobId !== void 0) onJob(jobId);
	require_shared.publishBackup(step, start.backup);
	step.publishBoolean("created", start.kind === "started");
	publishCollections(request, step);
	if (!request.wait) return start.kind === "started" ? "started" : "skipped";
	const onRead = (found) => require_shared.publishBackup(step, found);
	await require_create.waitUntilAvailable(request, step, {
		running: {
			clusterId,
			backupId,
			jobId
		},
		onRead
	});
	return "succeeded";
}
function publishUsed(request, step, backup) {
	require_shared.publishBackup(step, backup);
	step.publishBoolean("created", false);
	publishCollections(request, step);
}
function publishCollections(request, step) {
	if (request.collections !== void 0) step.publishList("collections", require_shared.requestedCollections(request));
}
async function refuseSlip(step, clusterId) {
	await require_shared.describeSource(step, clusterId).catch((error) => {
		if (!(error instanceof require_shared.ApiError) || error.group !== "permission") throw error;
	});
}
async function planRun(request, step, { listed, findToJoin }) {
	await require_shared.refuseSourceByPlan(step, request.clusterId, "backed up");
	const busy = require_names.backupsRunning(listed);
	const joined = await findToJoin(busy);
	if (joined !== void 0) {
		publishUsed(request, step, joined);
		return require_step.planned(step, []);
	}
	require_names.logThatItWouldWait(request, step, busy);
	publishCollections(request, step);
	return require_step.planned(step, [require_shared.createBackup(request)]);
}
function serves(request, { backupType, contents }) {
	if (backupType !== require_shared.typeOfNewBackup(request)) return false;
	if (request.collections === void 0) return true;
	if (contents.kind !== "by-database") return false;
	return require_contents.missingCollections(contents, require_shared.requestedCollections(request))?.length === 0;
}
async function freshBackup(request, step, listed) {
	const { clusterId, skipIfNewerThan } = request;
	if (skipIfNewerThan === void 0) return void 0;
	const type = require_shared.typeOfNewBackup(request);
	const candidates = {
		clusterId,
		listed: listed.filter(({ backupType = type, status }) => backupType === type && status === "AVAILABLE"),
		notBefore: require_shared.serviceTime(step.cloud).now - skipIfNewerThan
	};
	const found = await require_shared.newest(step, candidates, (backup) => serves(request, backup));
	if (found?.createTime === void 0) return void 0;
	const age = Math.max(0, require_shared.serviceTime(step.cloud).now - found.createTime);
	if (age >= skipIfNewerThan) return void 0;
	const used = require_shared.ofCluster({
		clusterId,
		backupId: found.backupId
	}, found);
	step.notice(`No new backup: ${found.backupId} of cluster ${clusterId} is ${require_inputs.formatDuration(age)} old, younger than skip-if-newer-than.`);
	return used;
}
async function backupToJoin(request, step, running) {
	const { clusterId, ifBusy, skipIfNewerThan = Number.POSITIVE_INFINITY } = request;
	if (ifBusy !== "join") return void 0;
	for (const { backupId, creationMethod } of running) {
		if (creationMethod === "AUTO") continue;
		const found = await require_shared.describeOrRefusal(step, {
			clusterId,
			backupId
		});
		if (found instanceof require_shared.ApiError || found.creationMethod !== "MANUAL") continue;
		if (!["creating", "available"].includes(require_shared.backupState(found.status))) continue;
		const { createTime } = require_shared.ofCluster({
			clusterId,
			backupId
		}, found);
		const age = createTime === void 0 ? void 0 : Math.max(0, require_shared.serviceTime(step.cloud).now - createTime);
		if (!(skipIfNewerThan === Number.POSITIVE_INFINITY || (age ?? NaN) < skipIfNewerThan) || !serves(request, found)) continue;
		const began = age === void 0 ? "at an unknown time" : `${require_inputs.formatDuration(age)} ago`;
		step.notice(`No new backup: ${backupId} of cluster ${clusterId} is ${require_inputs.sanitize(found.status)} and is used instead. It began ${began}, so later writes may not be in it.`);
		return found;
	}
}
exports.read = read;
exports.run = run;
