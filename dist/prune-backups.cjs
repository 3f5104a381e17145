// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
const require_inputs = require("./inputs.cjs");
// src/waiting/rate-limit.ts
const concurrency = 4;
async function forEachLimited(clock, perSecond, items, work) {
	const left = items.values();
	const thrown = [];
	const isOver = () => thrown.length > 0;
	let next = clock.elapsed();
	const worker = async () => {
		for (const item of left) {
			const now = clock.elapsed();
			const begin = Math.max(now, next);
			next = begin + 1e3 / perSecond;
			if (begin > now) await clock.pause(begin - now);
			if (isOver()) return;
			await work(item, isOver);
		}
	};
	const note = (error) => thrown.push(error);
	await Promise.all(Array.from({ length: concurrency }, () => worker().catch(note)));
	if (isOver()) throw thrown[0];
}
// src/backups/retention.ts
async function evaluate(rule, step, listed) {
	return applyRule(rule, (await settleTies(rule, step, listed.filter((backup) => isCandidate(rule, backup)))).filter((backup) => isCandidate(rule, backup)), step.clock.now());
}
function isCandidate({ clusterId, backupType }, backup) {
	return backup.creationMethod === "MANUAL" && backup.status === "AVAILABLE" && (backup.clusterId === void 0 || backup.clusterId === clusterId) && (backupType === void 0 || backup.backupType === backupType);
}
function applyRule({ keepLast, olderThan }, candidates, now) {
	const oldEnough = olderThan === void 0 ? Number.POSITIVE_INFINITY : now - olderThan;
	const result = {
		toDelete: [],
		considered: candidates.length,
		withoutTime: [],
		tied: []
	};
	result.withoutTime = candidates.filter((backup) => !isDated(backup));
	for (const ofType of require_shared.grouped(candidates.filter(isDated), ({ backupType }) => backupType)) {
		const newest = require_shared.newestFirst(ofType);
		const oldestKept = newest[keepLast - 1]?.createTime ?? Number.NEGATIVE_INFINITY;
		const cutoff = Math.min(oldEnough, oldestKept - 1);
		for (const backup of newest.slice(keepLast)) if (backup.createTime <= cutoff) result.toDelete.push({
			backup,
			cutoff
		});
		else if (backup.createTime <= oldEnough) result.tied.push(backup);
	}
	result.toDelete.sort((one, other) => (one.backup.createTime ?? 0) - (other.backup.createTime ?? 0));
	return result;
}
function describeResult({ clusterId, keepLast, olderThan, backupType }, result) {
	const { considered, toDelete } = result;
	return `Manual AVAILABLE backups${backupType === void 0 ? "" : ` of type ${backupType}`} of cluster ${clusterId}: ${considered}. Keeping the newest ${keepLast} of each type${olderThan === void 0 ? "" : ` and all that is not older than ${require_inputs.formatDuration(olderThan)}`} lets ${toDelete.length} go.`;
}
function isDated(backup) {
	return backup.createTime !== void 0;
}
const looksPerSecond = 15;
async function settleTies({ clusterId }, step, backups) {
	const tied = require_shared.grouped(backups.filter(isDated), ({ backupType, createTime }) => `${backupType} ${createTime}`).filter((group) => group.length > 1).flat();
	const described = new Map();
	const refusals = new Map();
	await forEachLimited(step.clock, looksPerSecond, tied, async ({ backupId }) => {
		const found = await require_shared.describeOrRefusal(step, clusterId, backupId);
		if (found instanceof require_shared.ApiError) refusals.set(backupId, found);
		else described.set(backupId, found);
	});
	const [left] = await require_shared.stillListed(step, clusterId, new Set(refusals.keys()));
	if (left !== void 0) {
		const cause = refusals.get(left.backupId);
		throw new require_shared.OperationFailed(`${cause?.message} Yet the list still has it. Nothing was deleted.`, { cause });
	}
	return backups.filter(({ backupId }) => !refusals.has(backupId)).map((backup) => described.get(backup.backupId) ?? backup);
}
// src/backups/prune.ts
const deletionsPerSecond = 5;
async function deleteAll(request, step, doomed) {
	const deleted = new Set();
	const tally = {
		deleted,
		inDoubt: new Set(),
		toConfirm: new Map(),
		leftAlone: [],
		failures: []
	};
	const { leftAlone, failures } = tally;
	const tell = teller(step, deleted);
	try {
		await forEachLimited(step.clock, deletionsPerSecond, doomed, async (one, isOver) => {
			await deleteOne(request, step, one, tally, isOver);
			tell("now and then");
		});
		await confirm(request.clusterId, step, tally);
	} catch (error) {
		if (error instanceof Error) error.message = [error.message, ...soFar(tally, doomed.length)].join("\n");
		throw error;
	} finally {
		tell("all");
		if (leftAlone.length > 0) step.warning(`Left alone:\n${someOf(leftAlone).join("\n")}`);
	}
	if (failures.length > 0) {
		const count = `${failures.length} of ${doomed.length} backups could not be deleted; ${deleted.size} were.`;
		throw new require_shared.OperationFailed([count, ...someOf(failures)].join("\n"));
	}
	step.note(`${deleted.size} of ${doomed.length} backups are deleted. They cannot be restored any more.`);
	return deleted.size;
}
const mostToldEach = 300;
function teller(step, deleted) {
	let told = 0;
	return (when) => {
		const { size } = deleted;
		const grown = size > told && (size <= mostToldEach || size >= told * 1.05);
		if (when === "now and then" && !grown) return;
		told = size;
		step.publishList("deletedBackupIds", [...deleted]);
	};
}
async function deleteOne(request, step, { backup, cutoff: youngest }, tally, isOver) {
	const { clusterId } = request;
	const { backupId } = backup;
	const { deleted, inDoubt, toConfirm, leftAlone } = tally;
	try {
		const found = await require_shared.describeOrRefusal(step, clusterId, backupId);
		if (found instanceof require_shared.ApiError) {
			toConfirm.set(backupId, `${found.message} Yet the list has it, so it was not deleted.`);
			return;
		}
		const why = leaveAlone(request, found, youngest);
		if (why !== void 0) keep(step, leftAlone, `Backup ${backupId} ${why}.`);
		if (why !== void 0 || isOver()) return;
		inDoubt.add(backupId);
		const outcome = await require_shared.removeBackup(step, clusterId, backupId);
		if (outcome !== "deleted") toConfirm.set(backupId, `Backup ${backupId}: the service took the deletion, but it is still there.`);
		if (outcome === "shown") return;
		inDoubt.delete(backupId);
		deleted.add(backupId);
		step.log(`Deleted backup ${require_shared.nameOf(backup)}.`);
	} catch (error) {
		if (error instanceof require_shared.OperationFailed) inDoubt.delete(backupId);
		if (!isOfOne(error)) throw error;
		const more = inDoubt.delete(backupId) ? ` Backup ${backupId} may be deleted all the same.` : "";
		keep(step, tally.failures, `${error.message}${more}`);
	}
}
function isOfOne(error) {
	const refused = error instanceof require_shared.OperationFailed ? error.cause : error;
	return refused instanceof require_shared.ApiError && refused.group !== "key";
}
function leaveAlone(request, found, youngest) {
	const { creationMethod = "UNKNOWN", backupType = "", status, clusterId = "", createTime } = found;
	if (require_shared.isDeleted(found)) return `is ${require_shared.sanitize(status)} already`;
	if (!isCandidate(request, found)) return `is ${require_shared.sanitize(`${creationMethod} ${backupType} ${status}`)} of cluster ${require_shared.sanitize(clusterId)} by now`;
	if (createTime === void 0) return "has no time in its description";
	return createTime > youngest ? "is younger, by its description, than the rule wants" : void 0;
}
async function confirm(clusterId, step, tally) {
	const { deleted, inDoubt, toConfirm, leftAlone, failures } = tally;
	const ids = [...toConfirm.keys()];
	const wasSent = (backupId) => deleted.has(backupId) || inDoubt.has(backupId);
	const left = await require_shared.waitUntilGone(step, clusterId, {
		taken: new Set(ids.filter(wasSent)),
		shown: inDoubt,
		unsent: new Set(ids.filter((backupId) => !wasSent(backupId)))
	});
	for (const backup of left) {
		const { backupId } = backup;
		deleted.delete(backupId);
		inDoubt.delete(backupId);
		keep(step, failures, `${toConfirm.get(backupId)} Now it is ${require_shared.sanitize(backup.status)}.`);
		toConfirm.delete(backupId);
	}
	for (const backupId of toConfirm.keys()) if (inDoubt.delete(backupId)) deleted.add(backupId);
	else if (!deleted.has(backupId)) keep(step, leftAlone, `Backup ${backupId} is gone already.`);
}
function soFar({ deleted, inDoubt, toConfirm, failures }, doomed) {
	const doubt = someOf([...inDoubt]).join(", ");
	const unconfirmed = [...deleted].some((backupId) => toConfirm.has(backupId)) ? " No list has confirmed it yet." : "";
	return [
		`${deleted.size} of ${doomed} backups were deleted.${unconfirmed}`,
		...doubt === "" ? [] : [`These may be deleted all the same: ${doubt}.`],
		...someOf(failures)
	];
}
function keep(step, sentences, sentence) {
	sentences.push(sentence);
	step.log(sentence);
}
const mostTold = 10;
function someOf(lines) {
	const more = lines.length - mostTold;
	return [...lines.slice(0, mostTold), ...more > 0 ? [`And ${more} more, in the log.`] : []];
}
// src/operations/prune-backups.ts
async function pruneBackups(request, step) {
	const { clusterId, dryRun } = request;
	step.publishList("deletedBackupIds", []);
	const verdict = await evaluate(request, step, await require_shared.listBackups(step.cloud, clusterId));
	const { toDelete: doomed, withoutTime: undated, tied: alike } = verdict;
	if (undated.length > 0) step.warning(`Left alone, since the service tells no time of theirs: ${require_shared.listOf(undated)}.`);
	if (alike.length > 0) step.warning(`Left alone, since one that is kept has the same time: ${require_shared.listOf(alike)}.`);
	const ruling = describeResult(request, verdict);
	if (doomed.length === 0) step.notice(`Nothing to delete. ${ruling}`);
	else step.note(ruling);
	if (dryRun) {
		const backups = doomed.map(({ backup }) => backup);
		if (backups.length > 0) step.showTable(require_shared.backupsTable(backups, step.clock.now()));
		const deletions = backups.map(({ backupId }) => require_shared.paths.backup(clusterId, backupId));
		return require_shared.planned(step, deletions.map((path) => ({
			method: "DELETE",
			path
		})));
	}
	if (doomed.length === 0) return "skipped";
	return await deleteAll(request, step, doomed) > 0 ? "succeeded" : "skipped";
}
exports.pruneBackups = pruneBackups;
