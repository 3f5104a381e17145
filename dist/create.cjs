// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
// src/backups/create.ts
async function startBackup(options, step, listed) {
	const { clusterId } = options;
	const remember = (started) => {
		if (started.jobId !== void 0) step.inProgress.jobIds.add(started.jobId);
		step.inProgress.backup = {
			clusterId,
			backupId: started.backupId
		};
		const job = started.jobId === void 0 ? "" : `: job ${started.jobId}`;
		step.log(`Backup ${started.backupId} of cluster ${clusterId} has started${job}.`);
		if (options.crossRegionCopies.length > 0) step.log("Its copies in other regions start after it. The service tells no jobs of theirs, so they are not waited for.");
		return started;
	};
	let before = listed;
	for (;;) {
		before = await waitWhileBusy(options, step, before);
		try {
			return remember(await require_shared.createBackup(step.cloud, clusterId, backupBody(options)));
		} catch (error) {
			if (require_shared.mayHaveSucceeded(error)) return remember(await adoptBackup(options, step, before, error));
			if (!(error instanceof require_shared.ApiError)) throw error;
			const running = await afterRefusal(options, step, error);
			if ((error.status >= 500 || typeof error.code === "string") && addedSince(options, before, running).length > 0) return remember(await adoptBackup(options, step, before, error));
			before = running;
		}
	}
}
async function waitUntilAvailable(options, step, started) {
	const { pollInterval } = options;
	if (started.jobId !== void 0) await require_shared.waitForAll(step, [require_shared.jobSuccessful(started.jobId, require_shared.graceOfOwn)], { pollInterval });
	const backup = {
		clusterId: options.clusterId,
		backupId: started.backupId
	};
	const check = (found) => {
		const lack = require_shared.missingCollections(found.contents, requestedCollections(options)) ?? [];
		return lack.length === 0 ? void 0 : `it does not hold ${lack.map(require_shared.sanitize).join(", ")}`;
	};
	await require_shared.waitForAll(step, [require_shared.backupAvailable(backup, require_shared.graceOfOwn, check)], { pollInterval });
}
function backupType(options) {
	return options.collections === void 0 ? "CLUSTER" : "COLLECTION";
}
function requestedCollections({ collections }) {
	return (collections?.collections ?? []).map((collection) => ({
		database: collections?.database ?? "",
		collection
	}));
}
function backupBody(options) {
	const { collections, crossRegionCopies } = options;
	return {
		backupType: backupType(options),
		...collections && { dbCollections: [{
			dbName: collections.database,
			collectionNames: collections.collections
		}] },
		...crossRegionCopies.length > 0 && { crossRegionCopies: crossRegionCopies.map((regionId) => ({ regionId })) }
	};
}
function backupsRunning(backups) {
	return backups.filter((backup) => backup.status === "CREATING");
}
function busySentence(options, busy) {
	const names = busy.map(({ backupId, creationMethod }) => creationMethod ? `${backupId} (${require_shared.sanitize(creationMethod)})` : backupId);
	const sentence = `Cluster ${options.clusterId} is being backed up already: ${names.join(", ")} is CREATING.`;
	if (options.ifBusy === "wait") return sentence;
	throw new require_shared.OperationFailed(`${sentence} Wait for it, or let this step wait with if-busy: wait.`);
}
async function waitWhileBusy(options, step, listed) {
	const busy = backupsRunning(listed);
	if (busy.length === 0) return listed;
	step.log(`${busySentence(options, busy)} Waiting for it to end, since only one can run at a time.`);
	const { clock, deadline } = step;
	await clock.pause(Math.min(options.pollInterval, 2e3));
	const late = () => `The time is over: another backup of cluster ${options.clusterId} is still running.`;
	return require_shared.waitUntil(async () => {
		const now = await require_shared.listBackups(require_shared.retryingUntilDeadline(step.cloud), options.clusterId);
		return backupsRunning(now).length === 0 ? { done: now } : { progress: void 0 };
	}, {
		clock,
		deadline,
		maxPause: options.pollInterval,
		timeoutMessage: late
	});
}
async function afterRefusal(options, step, refused) {
	if ([
		"key",
		"permission",
		"not-found",
		"parameter"
	].some((group) => group === refused.group) || [
		401,
		403,
		404
	].includes(refused.status)) throw refused;
	const { clusterId } = options;
	try {
		const listed = await require_shared.listBackups(step.cloud, clusterId);
		if (backupsRunning(listed).length > 0) return listed;
		const { status } = await require_shared.describeCluster(step.cloud, clusterId);
		throw new require_shared.OperationFailed(`${refused.message} Cluster ${clusterId} is ${require_shared.sanitize(status)}.`, { cause: refused });
	} catch (error) {
		if (error instanceof require_shared.Cancelled || error instanceof require_shared.OperationFailed) throw error;
		const cause = error instanceof Error ? error.message : String(error);
		throw new require_shared.OperationFailed(`${refused.message}\nThe state of cluster ${clusterId} is not known. ${cause}`, { cause: refused });
	}
}
function addedSince(options, before, now) {
	const known = new Set(before.map(({ backupId }) => backupId));
	const type = backupType(options);
	return now.filter(({ backupId, creationMethod, backupType }) => !known.has(backupId) && creationMethod === "MANUAL" && backupType === type);
}
async function adoptBackup(options, step, before, lost) {
	step.log(`${lost.message} Looking whether the backup has started.`);
	const result = await require_shared.findLost(step, lost, async (cloud) => {
		const added = addedSince(options, before, await require_shared.listBackups(cloud, options.clusterId));
		return added.length > 0 ? added : void 0;
	});
	const added = typeof result === "object" && "found" in result ? result.found : [];
	const [only] = added;
	if (only !== void 0 && added.length === 1) return {
		backupId: only.backupId,
		backupName: only.backupName
	};
	const seen = added.length > 1 ? `These are new, and any may be it: ${added.map(({ backupId }) => backupId).join(", ")}.` : result instanceof Error ? `It could not be looked for: ${result.message}` : "No new backup is listed.";
	throw new require_shared.OperationFailed(`${lost.message} The backup may have started all the same. ${seen} Look at the backups of cluster ${options.clusterId} in the console before running this step again.`, { cause: lost });
}
exports.backupBody = backupBody;
exports.backupType = backupType;
exports.backupsRunning = backupsRunning;
exports.busySentence = busySentence;
exports.requestedCollections = requestedCollections;
exports.startBackup = startBackup;
exports.waitUntilAvailable = waitUntilAvailable;
