// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
// src/deleting.ts
const grace = 6e4;
const longestPause = 5e3;
function isDeleted({ status }) {
	return status === "DELETED" || status === "DELETING";
}
async function lookAt(step, clusterId, backupId) {
	try {
		return await require_shared.describeBackup(step.cloud, clusterId, backupId);
	} catch (error) {
		if (error instanceof require_shared.Refused && !error.ofTheKey) return error;
		throw error;
	}
}
async function removeBackup(step, clusterId, backupId) {
	try {
		await require_shared.deleteBackup(step.cloud, clusterId, backupId);
	} catch (error) {
		if (!(error instanceof require_shared.Refused)) throw error;
		await afterRefusal(step, clusterId, backupId, error);
		return "deleted";
	}
	const found = await lookAt(step, clusterId, backupId);
	if (found instanceof require_shared.Refused) return "unreadable";
	return isDeleted(found) ? "deleted" : "shown";
}
async function afterRefusal(step, clusterId, backupId, refused) {
	if (refused.ofTheKey) throw new require_shared.Failed(refused.message, { cause: refused });
	const found = await stateNow(step, clusterId, backupId).catch((error) => {
		if (error instanceof require_shared.Refused) {
			const unknown = `The state of backup ${backupId} is not known. ${error.message}`;
			throw new require_shared.Failed(`${refused.message}\n${unknown}`, { cause: error });
		}
		step.log(refused.message);
		throw error;
	});
	if (found === void 0 || isDeleted(found)) return;
	throw new require_shared.Failed(`${refused.message} Backup ${backupId} is ${require_shared.plain(found.status)}.`, { cause: refused });
}
async function stateNow(step, clusterId, backupId) {
	const found = await lookAt(step, clusterId, backupId);
	if (!(found instanceof require_shared.Refused)) return found;
	return (await require_shared.listBackups(step.cloud, clusterId)).find((backup) => backup.backupId === backupId);
}
async function stillThere(step, clusterId, { taken, shown = new Set(), unsent = new Set() }) {
	if (taken.size + unsent.size === 0) return [];
	const { clock, deadline } = step;
	const cloud = require_shared.patiently(step.cloud);
	const start = clock.elapsed();
	let left = [];
	const look = async () => {
		left = (await require_shared.listBackups(cloud, clusterId)).filter((backup) => (taken.has(backup.backupId) || unsent.has(backup.backupId)) && !isDeleted(backup));
		const lags = () => left.some(({ backupId }) => taken.has(backupId));
		for (const backupId of lags() ? [] : shown) {
			const found = await lookAt({
				...step,
				cloud
			}, clusterId, backupId);
			if (!(found instanceof require_shared.Refused) && !isDeleted(found)) left.push(found);
		}
		return !lags() || clock.elapsed() - start >= grace ? { done: left } : { progress: void 0 };
	};
	const late = () => left.length === 0 ? "The time is over: whether it is deleted could not be read." : `The time is over: still there in cluster ${clusterId}: ${listOf(left)}.`;
	return require_shared.waitUntil(look, {
		clock,
		deadline,
		longest: longestPause,
		late
	});
}
const mostNamed = 10;
function listOf(backups) {
	const named = backups.slice(0, mostNamed).map(({ backupId, status }) => `${require_shared.plain(backupId)} (${require_shared.plain(status)})`);
	const more = backups.length > mostNamed ? ` and ${backups.length - mostNamed} more` : "";
	return `${named.join(", ")}${more}`;
}
exports.isDeleted = isDeleted;
exports.listOf = listOf;
exports.lookAt = lookAt;
exports.removeBackup = removeBackup;
exports.stillThere = stillThere;
