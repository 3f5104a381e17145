// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
// src/backups/create.ts
async function startBackup(order, step, listed) {
	const { clusterId } = order;
	const remember = (started) => {
		if (started.jobId !== void 0) step.running.jobIds.add(started.jobId);
		step.running.backup = {
			clusterId,
			backupId: started.backupId
		};
		const job = started.jobId === void 0 ? "" : `: job ${started.jobId}`;
		step.log(`Backup ${started.backupId} of cluster ${clusterId} has started${job}.`);
		if (order.crossRegionCopies.length > 0) step.log("Its copies in other regions start after it. The service tells no jobs of theirs, so they are not waited for.");
		return started;
	};
	let before = listed;
	for (;;) {
		before = await freeOfBackups(order, step, before);
		try {
			return remember(await require_shared.createBackup(step.cloud, clusterId, backupBody(order)));
		} catch (error) {
			if (require_shared.maybeStarted(error)) return remember(await adoptBackup(order, step, before, error));
			if (!(error instanceof require_shared.Refused)) throw error;
			const running = await afterRefusal(order, step, error);
			if ((error.status >= 500 || typeof error.code === "string") && addedSince(order, before, running).length > 0) return remember(await adoptBackup(order, step, before, error));
			before = running;
		}
	}
}
async function backupDone(order, step, started) {
	const { pollInterval } = order;
	if (started.jobId !== void 0) await require_shared.reach(step, [require_shared.jobSuccessful(started.jobId, require_shared.graceOfOwn)], { pollInterval });
	const backup = {
		clusterId: order.clusterId,
		backupId: started.backupId
	};
	const check = (found) => {
		const lack = require_shared.lacking(found.contents, askedNames(order)) ?? [];
		return lack.length === 0 ? void 0 : `it does not hold ${lack.map(require_shared.plain).join(", ")}`;
	};
	await require_shared.reach(step, [require_shared.backupAvailable(backup, require_shared.graceOfOwn, check)], { pollInterval });
}
function backupType(order) {
	return order.collections === void 0 ? "CLUSTER" : "COLLECTION";
}
function askedNames({ collections }) {
	return (collections?.collections ?? []).map((collection) => ({
		database: collections?.database ?? "",
		collection
	}));
}
function backupBody(order) {
	const { collections, crossRegionCopies } = order;
	return {
		backupType: backupType(order),
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
function busySentence(order, busy) {
	const names = busy.map(({ backupId, creationMethod }) => creationMethod ? `${backupId} (${require_shared.plain(creationMethod)})` : backupId);
	const sentence = `Cluster ${order.clusterId} is being backed up already: ${names.join(", ")} is CREATING.`;
	if (order.ifBusy === "wait") return sentence;
	throw new require_shared.Failed(`${sentence} Wait for it, or let this step wait with if-busy: wait.`);
}
async function freeOfBackups(order, step, listed) {
	const busy = backupsRunning(listed);
	if (busy.length === 0) return listed;
	step.log(`${busySentence(order, busy)} Waiting for it to end, since only one can run at a time.`);
	const { clock, deadline } = step;
	await clock.pause(Math.min(order.pollInterval, 2e3));
	const late = () => `The time is over: another backup of cluster ${order.clusterId} is still running.`;
	return require_shared.waitUntil(async () => {
		const now = await require_shared.listBackups(require_shared.patiently(step.cloud), order.clusterId);
		return backupsRunning(now).length === 0 ? { done: now } : { progress: void 0 };
	}, {
		clock,
		deadline,
		longest: order.pollInterval,
		late
	});
}
async function afterRefusal(order, step, refused) {
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
	const { clusterId } = order;
	try {
		const listed = await require_shared.listBackups(step.cloud, clusterId);
		if (backupsRunning(listed).length > 0) return listed;
		const { status } = await require_shared.describeCluster(step.cloud, clusterId);
		throw new require_shared.Failed(`${refused.message} Cluster ${clusterId} is ${require_shared.plain(status)}.`, { cause: refused });
	} catch (error) {
		if (error instanceof require_shared.Cancelled || error instanceof require_shared.Failed) throw error;
		const cause = error instanceof Error ? error.message : String(error);
		throw new require_shared.Failed(`${refused.message}\nThe state of cluster ${clusterId} is not known. ${cause}`, { cause: refused });
	}
}
function addedSince(order, before, now) {
	const known = new Set(before.map(({ backupId }) => backupId));
	const type = backupType(order);
	return now.filter(({ backupId, creationMethod, backupType }) => !known.has(backupId) && creationMethod === "MANUAL" && backupType === type);
}
async function adoptBackup(order, step, before, lost) {
	step.log(`${lost.message} Looking whether the backup has started.`);
	const result = await require_shared.lookForLost(step, lost, async (cloud) => {
		const added = addedSince(order, before, await require_shared.listBackups(cloud, order.clusterId));
		return added.length > 0 ? added : void 0;
	});
	const added = typeof result === "object" && "found" in result ? result.found : [];
	const [only] = added;
	if (only !== void 0 && added.length === 1) return {
		backupId: only.backupId,
		backupName: only.backupName
	};
	const seen = added.length > 1 ? `These are new, and any may be it: ${added.map(({ backupId }) => backupId).join(", ")}.` : result instanceof Error ? `It could not be looked for: ${result.message}` : "No new backup is listed.";
	throw new require_shared.Failed(`${lost.message} The backup may have started all the same. ${seen} Look at the backups of cluster ${order.clusterId} in the console before running this step again.`, { cause: lost });
}
exports.askedNames = askedNames;
exports.backupBody = backupBody;
exports.backupDone = backupDone;
exports.backupType = backupType;
exports.backupsRunning = backupsRunning;
exports.busySentence = busySentence;
exports.startBackup = startBackup;
