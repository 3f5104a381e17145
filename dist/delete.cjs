// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
// src/backups/delete.ts
var Ended = class extends Error {
	deletion;
	constructor(deletion) {
		super(deletion);
		this.deletion = deletion;
	}
};
async function deleteAndRead(step, backup, { check, onSend }) {
	let sent = 0;
	const describeFirst = async () => {
		const found = await (sent > 0 ? describeOrFault(step, backup) : require_shared.describeOrRefusal(step, backup));
		if (sent > 0 && found instanceof Error) throw new Ended("unreadable");
		if (found instanceof require_shared.NoResponseError) throw found;
		if (sent > 0 && !(found instanceof require_shared.ApiError) && require_shared.isDeleted(found)) throw new Ended("deleted");
		check(found);
		onSend(++sent > 0);
	};
	const afterNothing = () => onSend(--sent > 0);
	try {
		await require_shared.send(step.cloud, require_shared.deleteBackup(backup), {
			before: describeFirst,
			afterNothing
		});
	} catch (error) {
		if (error instanceof Ended) return error.deletion;
		if (!(error instanceof require_shared.ApiError) || sent === 0) throw error;
		await afterRefusal(step, backup, error);
		return "deleted";
	}
	const found = await describeOrFault(step, backup);
	if (found instanceof Error) return "unreadable";
	return require_shared.isDeleted(found) ? "deleted" : "shown";
}
async function describeOrFault(step, backup) {
	return require_shared.describeOrRefusal(step, backup).catch((error) => {
		if (error instanceof require_shared.NoResponseError) return error;
		throw error;
	});
}
async function afterRefusal(step, backup, refused) {
	if (refused.isAuthError) throw require_inputs.withMore(refused, {});
	const name = `backup ${backup.backupId}`;
	const found = await require_shared.readState(step, backup).catch((error) => {
		if (error instanceof require_shared.ApiError) throw require_shared.stateUnknown(refused, name, error);
		step.log(refused.message);
		throw error;
	});
	if (found === void 0 || require_shared.isDeleted(found)) return;
	const state = `Backup ${backup.backupId} is ${require_inputs.sanitize(found.status)}.`;
	throw require_inputs.withMore(refused, { stake: state });
}
const grace = 6e4;
const maxPause = 5e3;
async function waitUntilGone(step, clusterId, backups) {
	if (backups.size === 0) return [];
	const { clock } = step;
	const start = clock.elapsed();
	const ids = new Set(backups.keys());
	const patient = require_shared.whileWaiting(step);
	let left = [];
	const poll = async () => {
		left = await require_shared.stillListed(patient, clusterId, ids);
		if (!left.some(({ backupId }) => backups.get(backupId) !== "not-sent")) left.push(...await stillDescribed(patient, clusterId, backups));
		return !left.some(({ backupId }) => backups.get(backupId) !== "not-sent") || clock.elapsed() - start >= grace ? { done: left } : { progress: void 0 };
	};
	const stillOpen = () => left.length === 0 ? "whether it is deleted could not be read" : `still there in cluster ${clusterId}: ${require_shared.describeStatesOf(left)}`;
	return require_shared.waitUntil(step, poll, {
		maxPause,
		stillOpen
	});
}
async function stillDescribed(step, clusterId, backups) {
	const left = [];
	for (const [backupId, why] of backups) {
		if (why !== "shown") continue;
		const found = await require_shared.describeOrRefusal(step, {
			clusterId,
			backupId
		});
		if (!(found instanceof require_shared.ApiError) && !require_shared.isDeleted(found)) left.push(found);
	}
	return left;
}
exports.deleteAndRead = deleteAndRead;
exports.waitUntilGone = waitUntilGone;
