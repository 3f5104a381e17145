// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
// src/backups/busy.ts
function backupsRunning(backups) {
	return backups.filter(({ status }) => require_shared.backupState(status) === "creating");
}
function busySentence({ clusterId, ifBusy }, busy) {
	const sentence = `Cluster ${clusterId} is being backed up already: ${busy.map(({ backupId, creationMethod }) => creationMethod ? `${backupId} (${require_inputs.sanitize(creationMethod)})` : backupId).join(", ")} is CREATING.`;
	if (ifBusy === "wait") return sentence;
	throw new require_inputs.OperationFailed(`${sentence} Wait for it, or let this step wait with if-busy: wait.`);
}
async function waitWhileBusy(options, step, listed) {
	const { clusterId, pollInterval } = options;
	const busy = backupsRunning(listed);
	if (busy.length === 0) return listed;
	step.log(`${busySentence(options, busy)} Waiting for it to end, since only one can run at a time.`);
	await require_shared.pauseBeforeRead(step, pollInterval);
	const stillOpen = () => `another backup of cluster ${clusterId} is still running`;
	const poll = async () => {
		const now = await require_shared.listBackups(require_shared.whileWaiting(step).cloud, clusterId);
		return backupsRunning(now).length === 0 ? { done: now } : { progress: void 0 };
	};
	return require_shared.waitUntil(step, poll, {
		maxPause: pollInterval,
		stillOpen
	});
}
// src/backups/create.ts
async function startBackup(options, step, listed) {
	let before = listed;
	for (;;) {
		before = await waitWhileBusy(options, step, before);
		const result = await tryToStart({
			options,
			step,
			before
		});
		if (result.kind === "started") {
			recordStarted(options, step, result.backup);
			return result.backup;
		}
		before = result.listed;
	}
}
async function tryToStart(attempt) {
	const { options, step } = attempt;
	try {
		return {
			kind: "started",
			backup: await require_shared.send(step.cloud, require_shared.createBackup(options))
		};
	} catch (error) {
		if (require_shared.mayHaveSucceeded(error)) return {
			kind: "started",
			backup: await adoptBackup(attempt, error)
		};
		if (error instanceof require_shared.ApiError) return afterRefusal(attempt, error);
		throw error;
	}
}
function recordStarted({ clusterId, crossRegionCopies }, { inProgress, log }, { backupId, jobId }) {
	if (jobId !== void 0) inProgress.started({
		kind: "job",
		jobId
	});
	inProgress.started({
		kind: "backup",
		clusterId,
		backupId
	});
	log(`Backup ${backupId} of cluster ${clusterId} has started${jobId === void 0 ? "" : `: job ${jobId}`}.`);
	if (crossRegionCopies.length > 0) log("Its copies in other regions start after it. The service reports no jobs for them, so the step does not wait for them.");
}
async function waitUntilAvailable(options, step, { backupId, jobId }) {
	const { clusterId, pollInterval } = options;
	if (jobId !== void 0) await require_shared.waitForAll(step, [require_shared.jobSuccessful(jobId, require_shared.notFoundGrace.created)], { pollInterval });
	const check = ({ contents }) => {
		const missing = require_shared.missingCollections(contents, requestedCollections(options)) ?? [];
		return missing.length === 0 ? void 0 : `it does not hold ${missing.map(require_inputs.sanitize).join(", ")}`;
	};
	const condition = require_shared.backupAvailable({
		clusterId,
		backupId
	}, require_shared.notFoundGrace.created, check);
	await require_shared.waitForAll(step, [condition], { pollInterval });
}
function requestedCollections({ collections }) {
	if (collections === void 0) return [];
	return collections.collections.map((collection) => ({
		database: collections.database,
		collection
	}));
}
const neverBusy = [
	"key",
	"permission",
	"not-found",
	"parameter"
];
async function afterRefusal(attempt, refused) {
	const { options, step } = attempt;
	const { clusterId } = options;
	if (neverBusy.includes(refused.group) || [
		401,
		403,
		404
	].includes(refused.status)) throw refused;
	const found = await require_shared.readAfterRefusal(refused, `cluster ${clusterId}`, async () => {
		const listed = await require_shared.listBackups(step.cloud, clusterId);
		if (isInDoubt(refused) && addedSince(attempt, listed).length > 0) return { kind: "mine" };
		if (backupsRunning(listed).length > 0) return {
			kind: "busy",
			listed
		};
		return {
			kind: "neither",
			...await require_shared.describeCluster(step.cloud, clusterId)
		};
	});
	switch (found.kind) {
		case "mine": return {
			kind: "started",
			backup: await adoptBackup(attempt, refused)
		};
		case "busy": return found;
		case "neither": {
			const state = `Cluster ${clusterId} is ${require_inputs.sanitize(found.status)}.`;
			throw new require_inputs.OperationFailed(`${refused.message} ${state}`, { cause: refused });
		}
	}
}
function isInDoubt({ status, code }) {
	return status >= 500 || typeof code === "string";
}
function addedSince({ options, before }, now) {
	const known = new Set(before.map(({ backupId }) => backupId));
	const type = require_shared.typeOfNewBackup(options);
	return now.filter(({ backupId, creationMethod, backupType }) => !known.has(backupId) && creationMethod === "MANUAL" && backupType === type);
}
async function adoptBackup(attempt, lost) {
	const { options, step } = attempt;
	step.log(`${lost.message} Checking whether the backup has started.`);
	const result = await require_shared.findLost(step, lost, async (cloud) => {
		const added = addedSince(attempt, await require_shared.listBackups(cloud, options.clusterId));
		return added.length > 0 ? added : void 0;
	});
	const [only, ...others] = result.kind === "found" ? result.found : [];
	if (only !== void 0 && others.length === 0) return {
		backupId: only.backupId,
		backupName: only.backupName
	};
	throw new require_inputs.OperationFailed(`${lost.message} The backup may have started anyway. ${whyNotAdopted(result)} Look at the backups of cluster ${options.clusterId} in the console before running this step again.`, { cause: lost });
}
function whyNotAdopted(result) {
	switch (result.kind) {
		case "found": return `These are new, and any may be it: ${result.found.map(({ backupId }) => backupId).join(", ")}.`;
		case "unknown": return `The check failed: ${result.why}`;
		case "none": return "No new backup is listed.";
	}
}
// src/zilliz/db-collections.ts
function readBackupEntries(json, problems) {
	return readEntries(json, ["dbName", "collectionNames"], problems).flatMap(({ line, entry }) => {
		const { dbName, collectionNames } = entry;
		if (!isOptionalText(dbName) || !Array.isArray(collectionNames) || !collectionNames.every(isName)) {
			problems.push(`${line}: expected {"dbName": text, "collectionNames": [names]}`);
			return [];
		}
		const database = dbName || "default";
		return collectionNames.map((collection) => ({
			line,
			name: {
				database,
				collection
			}
		}));
	});
}
function readRestoreEntries(json, problems) {
	return readEntries(json, [
		"dbName",
		"destDbName",
		"collections"
	], problems).flatMap(({ line, entry: { dbName, destDbName, collections } }) => {
		if (!isOptionalText(dbName) || !isOptionalText(destDbName)) {
			problems.push(`${line}: expected dbName and destDbName to be text`);
			return [];
		}
		const databases = {
			database: dbName || "default",
			destDatabase: destDbName || void 0
		};
		if (collections === void 0) return [{
			line,
			...databases
		}];
		if (!Array.isArray(collections) || collections.length === 0) {
			problems.push(`${line}: expected collections to be an array of objects, or to be left out`);
			return [];
		}
		return collections.flatMap((item, index) => {
			const place = `${line}, collection ${index + 1}`;
			const collection = readCollection(item);
			if (collection === void 0) problems.push(`${place}: ${expectedCollection}`);
			return collection === void 0 ? [] : [{
				line: place,
				...databases,
				collection
			}];
		});
	});
}
const expectedCollection = "expected {\"collectionName\": text, \"destCollectionName\": text, \"destCollectionStatus\": \"LOADED\" or \"UNLOADED\"}, the last two optional";
const collectionFields = [
	"collectionName",
	"destCollectionName",
	"destCollectionStatus"
];
function readCollection(item) {
	if (!isObject(item) || Object.keys(item).some((key) => !collectionFields.includes(key))) return void 0;
	const { collectionName, destCollectionName, destCollectionStatus } = item;
	const status = typeof destCollectionStatus === "string" ? destCollectionStatus.toUpperCase() : void 0;
	if (!isName(collectionName) || !isOptionalText(destCollectionName)) return void 0;
	if (destCollectionStatus !== void 0 && status !== "LOADED" && status !== "UNLOADED") return void 0;
	return {
		name: collectionName,
		destName: destCollectionName || void 0,
		status
	};
}
function readEntries(json, known, problems) {
	let entries;
	try {
		entries = JSON.parse(json);
	} catch (error) {
		problems.push(`begins with [ but is not valid JSON: ${error instanceof Error ? error.message : error}`);
		return [];
	}
	return entries.flatMap((entry, index) => {
		const line = `entry ${index + 1}`;
		const unknown = isObject(entry) ? Object.keys(entry).filter((key) => !known.includes(key)) : void 0;
		if (isObject(entry) && unknown?.length === 0) return [{
			line,
			entry
		}];
		const got = unknown ? `unknown field ${unknown.join(", ")}` : "no object";
		problems.push(`${line}: expected an object of ${known.join(", ")}; got ${got}`);
		return [];
	});
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isName(value) {
	return typeof value === "string" && value.trim() !== "";
}
function isOptionalText(value) {
	return value === void 0 || typeof value === "string";
}
// src/collections/names.ts
function isJson(text) {
	return text.trimStart().startsWith("[");
}
function contentLines(text) {
	return text.split(/\r\n|\r|\n/).map((raw, index) => ({
		line: `line ${index + 1} ${JSON.stringify(raw.trim())}`,
		content: raw.trim()
	})).filter(({ content }) => content !== "" && !content.startsWith("#"));
}
function readName(content, otherwise) {
	const parts = /^(?:([^\s.*>[]+)\.)?([^\s.*>[]+)$/.exec(content);
	const collection = parts?.[2];
	return collection === void 0 ? void 0 : {
		database: parts?.[1] ?? otherwise,
		collection
	};
}
exports.backupsRunning = backupsRunning;
exports.busySentence = busySentence;
exports.contentLines = contentLines;
exports.isJson = isJson;
exports.readBackupEntries = readBackupEntries;
exports.readName = readName;
exports.readRestoreEntries = readRestoreEntries;
exports.requestedCollections = requestedCollections;
exports.startBackup = startBackup;
exports.waitUntilAvailable = waitUntilAvailable;
