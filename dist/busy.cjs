// Made by "npm run build" from src/; licences in NOTICES.txt
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
	throw new require_inputs.OperationFailed({
		what: sentence,
		next: "Wait for it, or let this step wait with if-busy: wait.",
		help: "another-backup-is-running"
	});
}
function logThatItWouldWait(options, step, busy) {
	if (busy.length > 0) step.log(`${busySentence(options, busy)} The step would wait for it to end.`);
}
async function waitWhileBusy(options, step, { listed, elsewhere = [] }) {
	const { clusterId, pollInterval } = options;
	const busy = [...backupsRunning(listed), ...elsewhere];
	if (busy.length === 0) return listed;
	step.log(`${busySentence(options, busy)} Waiting for it to end, since only one can run at a time.`);
	await require_shared.pauseBeforeRead(step, pollInterval);
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
exports.backupsRunning = backupsRunning;
exports.logThatItWouldWait = logThatItWouldWait;
exports.waitWhileBusy = waitWhileBusy;
