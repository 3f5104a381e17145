// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
// src/backups/busy.ts
function backupsRunning(backups) {
	return backups.filter(({ status }) => require_shared.backupState(status) === "creating");
}
function busySentence({ clusterId, ifBusy }, busy) {
	const names = busy.map(({ backupId, creationMethod, clusterId: of = clusterId }) => {
		const elsewhere = of === clusterId ? "" : ` of cluster ${require_inputs.sanitize(of)}`;
		return creationMethod ? `${backupId}${elsewhere} (${require_inputs.sanitize(creationMethod)})` : `${backupId}${elsewhere}`;
	});
	const sentence = `${busy.every(({ clusterId: of = clusterId }) => of !== clusterId) ? "Another cluster is being backed up" : `Cluster ${clusterId} is being backed up already`}: ${names.join(", ")} is CREATING.`;
	if (ifBusy !== "fail") return sentence;
	throw new require_inputs.OperationFailed(`${sentence} Wait for it, or let this step wait with if-busy: wait.`);
}
const firstPause = 2e3;
async function waitWhileBusy(options, step, { listed, elsewhere = [] }) {
	const { clusterId, pollInterval } = options;
	const busy = [...backupsRunning(listed), ...elsewhere];
	if (busy.length === 0) return listed;
	step.log(`${busySentence(options, busy)} Waiting for it to end, since only one can run at a time.`);
	await step.clock.pause(Math.min(pollInterval, firstPause));
	const { cloud } = require_shared.whileWaiting(step);
	const others = new Set(elsewhere.map(({ backupId }) => backupId));
	const isOver = async () => {
		if (others.size === 0) return true;
		return !backupsRunning(await require_shared.listBackups(cloud)).some(({ backupId }) => others.has(backupId));
	};
	const stillOpen = () => others.size > 0 ? "a backup of another cluster is still running" : `another backup of cluster ${clusterId} is still running`;
	const poll = async () => {
		const now = await require_shared.listBackups(cloud, clusterId);
		return backupsRunning(now).length === 0 && await isOver() ? { done: now } : { progress: void 0 };
	};
	return require_shared.waitUntil(step, poll, {
		maxPause: pollInterval,
		stillOpen
	});
}
// src/backups/adopt.ts
const mostDescribed = 10;
async function adoptBackup(attempt, lost) {
	const { options, step } = attempt;
	step.log(`${lost.message} Checking whether the backup has started.`);
	let running = [];
	let seen = {
		mine: [],
		unclear: []
	};
	const result = await require_shared.findLost(step, lost, async (cloud) => {
		const listed = await require_shared.listBackups(cloud, options.clusterId);
		running = backupsRunning(listed);
		seen = await classify(attempt, listed, {
			...step,
			cloud
		});
		return seen.mine.length > 0 && seen.unclear.length === 0 ? seen.mine : void 0;
	});
	const [only, ...others] = result.kind === "found" ? result.found : [];
	if (only !== void 0 && others.length === 0) {
		step.log(`Backup ${only.backupId} was made since then and is used as this step's backup.`);
		return {
			backupId: only.backupId,
			backupName: only.backupName,
			jobId: lost.partial?.jobId
		};
	}
	const what = result.kind === "unknown" ? `The check failed: ${result.why}` : describeSeen(seen, running);
	throw new require_inputs.OperationFailed(`${lost.message} ${what}`, { cause: lost });
}
function describeSeen({ mine, unclear }, running) {
	const maybe = [...mine, ...unclear];
	const look = "The backup may have started anyway: look at the backups of the cluster in the console before running this step again.";
	if (maybe.length > 0) return `New since then, and not known to be this step's: ${require_inputs.listInSentence(maybe.map(({ backupId, status }) => `${backupId} (${status})`), mostDescribed)}. ${look}`;
	if (running.length === 0) return `No new backup is listed. ${look}`;
	return `Backup ${require_shared.describeStatesOf(running)} is running, and none that this step could have started is listed. The service most likely refused this one because of it: run the job again when that backup has ended.`;
}
async function classify({ options, before, sentAt }, listed, step) {
	const known = new Set(before.map(({ backupId }) => backupId));
	const type = require_shared.typeOfNewBackup(options);
	const added = listed.filter(({ backupId, creationMethod, backupType }) => !known.has(backupId) && (creationMethod ?? "MANUAL") === "MANUAL" && (backupType ?? type) === type);
	const result = {
		mine: [],
		unclear: []
	};
	for (const backup of added.slice(0, mostDescribed)) {
		const { clusterId } = options;
		const found = await require_shared.describeOrRefusal(step, {
			clusterId,
			backupId: backup.backupId
		});
		const verdict = found instanceof require_shared.ApiError ? "unclear" : isMine(found, options, sentAt);
		if (verdict === "mine") result.mine.push(backup);
		if (verdict === "unclear") result.unclear.push(backup);
	}
	result.unclear.push(...added.slice(mostDescribed));
	return result;
}
function isMine(found, options, sentAt) {
	const { createTime, creationMethod, backupType, clusterId } = found;
	if (creationMethod === "AUTO" || backupType !== void 0 && backupType !== require_shared.typeOfNewBackup(options) || clusterId !== void 0 && clusterId !== options.clusterId) return "not mine";
	if (createTime !== void 0 && createTime < sentAt.now - sentAt.tolerance) return "not mine";
	const holdsAsked = holdsExactly(found, requestedCollections(options));
	if (holdsAsked === false) return "not mine";
	return createTime === void 0 || holdsAsked === void 0 ? "unclear" : "mine";
}
function holdsExactly({ contents }, requested) {
	if (requested.length === 0) return true;
	if (contents.kind !== "by-database") return void 0;
	return contents.collections.length === requested.length && require_shared.missingCollections(contents, requested)?.length === 0;
}
function requestedCollections({ collections }) {
	if (collections === void 0) return [];
	return collections.collections.map((collection) => ({
		database: collections.database,
		collection
	}));
}
// src/backups/create.ts
async function startBackup(options, step, { listed, findToJoin = async () => void 0 }) {
	let seen = { listed };
	for (;;) {
		const joined = await findToJoin(backupsRunning(seen.listed));
		if (joined !== void 0) return {
			kind: "joined",
			backup: joined
		};
		const result = await tryToStart({
			options,
			step,
			before: await waitWhileBusy(options, step, seen),
			sentAt: require_shared.serviceTime(step.cloud)
		});
		if (result.kind === "started") {
			recordStarted(options, step, result.backup);
			return result;
		}
		seen = result;
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
async function waitUntilAvailable({ pollInterval, ...asked }, step, { running: { jobId, ...backup }, onRead }) {
	if (jobId !== void 0) {
		const job = require_shared.jobSuccessful(jobId, {
			grace: require_shared.notFoundGrace.created,
			isReadBack: true
		});
		await require_shared.waitForAll(step, [job], { pollInterval }).catch(async (error) => {
			if (!(error instanceof require_inputs.OperationFailed)) throw error;
			throw new require_inputs.OperationFailed(`${error.message}\n${await whatIsLeft(step, backup)}`, { cause: error });
		});
	}
	const check = (found) => {
		onRead?.(found);
		const missing = require_shared.missingCollections(found.contents, requestedCollections(asked)) ?? [];
		return missing.length === 0 ? void 0 : `it does not hold ${missing.map(require_inputs.sanitize).join(", ")}`;
	};
	await require_shared.waitForAll(step, [require_shared.backupAvailable(backup, require_shared.notFoundGrace.created, check)], { pollInterval });
}
async function whatIsLeft(step, backup) {
	const { backupId } = backup;
	try {
		const found = await require_shared.readState(step, backup);
		if (found?.status !== "CREATING") step.inProgress.ended({
			kind: "backup",
			...backup
		});
		if (found === void 0 || require_shared.isDeleted(found)) return `No backup was left: ${backupId} is not there.`;
		const status = require_inputs.sanitize(found.status);
		return found.status === "AVAILABLE" ? `Backup ${backupId} is ${status} although its job failed: do not rely on it.` : `Backup ${backupId} is ${status}.`;
	} catch (error) {
		if (error instanceof require_inputs.Cancelled) throw error;
		step.inProgress.ended({
			kind: "backup",
			...backup
		});
		return `What is left of backup ${backupId} is not known. ${require_inputs.messageOf(error)}`;
	}
}
const neverBusy = [
	"key",
	"permission",
	"not-found",
	"parameter"
];
async function afterRefusal({ options, step, before }, refused) {
	const { clusterId } = options;
	if (refused.group === "not-found") await require_shared.describeSource(step, clusterId);
	if (neverBusy.includes(refused.group) || [
		401,
		403,
		404
	].includes(refused.status)) throw refused;
	const found = await require_shared.readAfterRefusal(refused, `cluster ${clusterId}`, async () => {
		const listed = await require_shared.listBackups(step.cloud, clusterId);
		const ended = new Set(before.filter(({ status }) => status === "AVAILABLE").map(({ backupId }) => backupId));
		const hasEnded = listed.some(({ backupId, status }) => status === "AVAILABLE" && !ended.has(backupId));
		if (backupsRunning(listed).length > 0 || hasEnded) return {
			kind: "busy",
			listed,
			elsewhere: []
		};
		const elsewhere = backupsRunning(await require_shared.listBackups(step.cloud)).filter(({ creationMethod }) => creationMethod === "MANUAL");
		if (elsewhere.length > 0) return {
			kind: "busy",
			listed,
			elsewhere
		};
		return {
			kind: "idle",
			...await require_shared.describeSource(step, clusterId)
		};
	});
	if (found.kind === "busy") return found;
	const state = `Cluster ${clusterId} is ${require_inputs.sanitize(found.status)}.`;
	throw new require_inputs.OperationFailed(`${refused.message} ${state}`, { cause: refused });
}
// src/zilliz/db-collections.ts
function readBackupEntries(json, problems) {
	return readEntries(json, ["dbName", "collectionNames"], problems).flatMap(({ line, entry }) => {
		const { dbName, collectionNames } = entry;
		const names = Array.isArray(collectionNames) && collectionNames.length > 0 ? collectionNames : void 0;
		if (!isOptionalText(dbName) || names === void 0 || !names.every(isName)) {
			problems.push(`${line}: expected {"dbName": text, "collectionNames": [at least one name]}`);
			return [];
		}
		const database = dbName || "default";
		return names.map((collection) => ({
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
	return text.split(/\r\n|\r|\n/).flatMap((raw, index) => {
		const parts = raw.split(",").map((part) => part.trim());
		const comment = parts.findIndex((part) => part.startsWith("#"));
		return (comment === -1 ? parts : parts.slice(0, comment)).filter((part) => part !== "").map((content) => ({
			line: `line ${index + 1} ${JSON.stringify(content)}`,
			content
		}));
	});
}
function readName(content, otherwise) {
	const [collection = "", database = otherwise, ...more] = content.split(".").reverse();
	if (more.length > 0) return "has more than one dot";
	return problemOfName(database) ?? problemOfName(collection) ?? {
		database,
		collection
	};
}
const longestName = 255;
function problemOfName(name) {
	if (name === "") return "has an empty name";
	const wrong = [...name].find((character) => !/[A-Za-z0-9_$]/.test(character));
	if (wrong !== void 0) return `has ${require_inputs.describeCharacter(wrong)}; a name is ASCII letters, digits, _ and $. Other names can be given as JSON`;
	if (/^\d/.test(name)) return "has a name that begins with a digit. Such names can be given as JSON";
	return name.length > longestName ? `has a name longer than ${longestName} characters` : void 0;
}
exports.backupsRunning = backupsRunning;
exports.busySentence = busySentence;
exports.contentLines = contentLines;
exports.isJson = isJson;
exports.problemOfName = problemOfName;
exports.readBackupEntries = readBackupEntries;
exports.readName = readName;
exports.readRestoreEntries = readRestoreEntries;
exports.requestedCollections = requestedCollections;
exports.startBackup = startBackup;
exports.waitUntilAvailable = waitUntilAvailable;
