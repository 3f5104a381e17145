// Made by "npm run build" from src/; licences in NOTICES.txt
const require_shared = require("./shared.cjs");
const require_wait_for_new = require("./wait-for-new.cjs");
const require_expectations = require("./expectations.cjs");
const require_inputs = require("./inputs.cjs");
const require_look_into = require("./look-into.cjs");
const require_token = require("./token.cjs");
const require_wanted = require("./wanted.cjs");
let node_fs = require("node:fs");
let node_path = require("node:path");
// src/github/step-file.ts
const largest = 67108864;
function readStepFile(path) {
	const { GITHUB_WORKSPACE: workspace = "", RUNNER_TEMP: temp = "" } = process.env;
	const folders = [workspace, temp].filter((folder) => folder !== "");
	const whole = (0, node_path.resolve)(workspace || ".", path);
	if (!folders.some((folder) => isInside((0, node_path.resolve)(folder), whole))) return outside;
	try {
		const real = (0, node_fs.realpathSync)(whole);
		if (!folders.some((folder) => isInside((0, node_fs.realpathSync)(folder), real))) return outside;
		const stat = (0, node_fs.statSync)(real);
		if (!stat.isFile()) return "is no file";
		const { size } = stat;
		if (size > largest) return `is a file of ${size} bytes; at most ${largest} are read`;
		return { content: (0, node_fs.readFileSync)(real, "utf8") };
	} catch {
		return "is a file that is not there or cannot be read";
	}
}
const outside = "is not inside the workspace or the runner's temp folder";
function isInside(folder, path) {
	const way = (0, node_path.relative)(folder, path);
	return way !== "" && way !== ".." && !way.startsWith(`..${node_path.sep}`) && !(0, node_path.isAbsolute)(way);
}
// src/verification/baseline.ts
function readBaseline(reader) {
	const value = reader.optional("baseline");
	if (value === void 0) return void 0;
	const file = value.startsWith("[") ? { content: value } : readStepFile(value);
	const baseline = typeof file === "string" ? file : parseBaseline(file.content);
	if (typeof baseline !== "string") return baseline;
	reader.report("baseline", `expected the path of the receipt of a verify, or its output verifiedCollections; ${require_inputs.quoteInput(value)} ${baseline}`);
}
function parseBaseline(json) {
	const read = parse(json);
	if (read === void 0) return "is not valid JSON";
	if (Array.isArray(read)) return withPictures(void 0, read);
	if (!isObject(read)) return "is neither a receipt nor a JSON array";
	const { verifiedCollections, status, clusterId } = read;
	if (!Array.isArray(verifiedCollections)) return "has no verifiedCollections: it is not the receipt of a verify";
	if (status !== "succeeded") return "is the receipt of a step that did not succeed, so it may not show everything";
	return withPictures(typeof clusterId === "string" ? clusterId : void 0, verifiedCollections);
}
function withPictures(clusterId, items) {
	const wrong = items.findIndex((item) => !isPicture(item));
	if (wrong >= 0) return `has an entry ${wrong + 1} that is not one of verifiedCollections`;
	return {
		clusterId,
		pictures: items
	};
}
function isPicture(item) {
	if (!isObject(item)) return false;
	const { database, collection, loadState, entities, exact, fields, aliases } = item;
	return [
		database,
		collection,
		loadState
	].every((text) => typeof text === "string" && text !== "") && Number.isSafeInteger(entities) && Number(entities) >= 0 && typeof exact === "boolean" && [fields, aliases].every((list) => Array.isArray(list) && list.every((text) => typeof text === "string"));
}
function parse(json) {
	try {
		return JSON.parse(json);
	} catch {
		return;
	}
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/operations/verify.ts
function read(reader, common) {
	const isGiven = (name) => reader.optional(name) !== void 0;
	const withBackup = isGiven("cluster-id") || isGiven("backup-id");
	const withBaseline = isGiven("baseline");
	if (!withBackup && isGiven("max-age")) reader.report("max-age", "has an effect only with backup-id: latest");
	if (!withBaseline && isGiven("allow-loss")) reader.report("allow-loss", "has an effect only with baseline");
	return {
		...common,
		target: require_shared.readTarget(reader),
		source: withBackup ? {
			clusterId: reader.id("cluster-id"),
			backup: require_shared.readBackupChoice(reader)
		} : void 0,
		wanted: require_wanted.readWanted(reader, { mayHaveArrows: withBaseline }),
		baseline: readBaseline(reader),
		allowedLoss: require_wanted.readAllowedLoss(reader),
		loadRule: readLoadRule(reader, withBackup || withBaseline),
		token: require_token.readToken(reader, common.apiKey),
		pollInterval: reader.duration("poll-interval")
	};
}
function readLoadRule(reader, isKnownBefore) {
	const given = reader.oneOf("collection-status", [
		"KEEP",
		"LOADED",
		"UNLOADED"
	]);
	if (given === "KEEP" && !isKnownBefore) reader.report("collection-status", "KEEP needs a backup or a baseline, which says what was loaded");
	return given ?? (isKnownBefore ? "KEEP" : "LOADED");
}
async function run(request, step) {
	const { target, source, token, pollInterval } = request;
	step.report.subject = `Check of cluster ${target.cluster}`;
	const [{ clusterId, clusterName }, read] = await require_shared.bothInTurn(step, (own) => publishTarget(own, target), async (own) => source && {
		source,
		backup: await require_shared.readBackup(own, source)
	});
	const backup = read && require_shared.checkedBackup(step, read.source, {
		backup: read.backup,
		use: "compared with"
	});
	const cluster = {
		clusterId,
		clusterName,
		connectAddress: await require_wait_for_new.waitForRunning(step, clusterId, pollInterval),
		token,
		pollInterval
	};
	require_expectations.showChecked(step, cluster, backup);
	const usable = await require_look_into.openCluster(step, cluster);
	const { expectations, warnings } = await expect(request, usable, {
		backup,
		clusterId
	});
	for (const warning of warnings) step.warning(warning);
	const { baseline, allowedLoss } = request;
	const look = {
		expectations,
		allowedLoss,
		withBaseline: baseline !== void 0,
		isOutput: true
	};
	const verdicts = await require_look_into.lookInto(step, cluster, {
		connection: usable.connection,
		look
	});
	require_expectations.showVerified(step, cluster, {
		verdicts,
		withBaseline: look.withBaseline
	});
	return "succeeded";
}
async function publishTarget(step, target) {
	const found = await require_shared.findTarget(step, target);
	step.publish("clusterId", found.clusterId);
	step.publish("clusterName", found.clusterName);
	return found;
}
async function expect({ wanted, baseline, loadRule }, usable, { backup, clusterId }) {
	const contents = backup?.contents;
	const listed = require_expectations.needsList(wanted, contents) ? await require_look_into.listAllCollections(usable) : [];
	return require_expectations.expectationsOf({
		wanted,
		baseline,
		loadRule,
		clusterId,
		contents,
		listed
	});
}
exports.read = read;
exports.run = run;
