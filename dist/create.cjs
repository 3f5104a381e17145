// Made by "npm run build" from src/; licences in NOTICES.txt
const require_shared = require("./shared.cjs");
const require_inputs = require("./inputs.cjs");
const require_busy = require("./busy.cjs");
// src/backups/left.ts
async function whatIsLeft(step, backup, job) {
	const { backupId } = backup;
	try {
		const found = await require_shared.readState(step, backup);
		if (found?.status !== "CREATING") step.inProgress.ended({
			kind: "backup",
			...backup
		});
		if (found === void 0 && job === "cannot be read") return {
			stake: `Backup ${backupId} cannot be read either: it may be running.`,
			next: "Look at the backups in the console before running this step again."
		};
		if (found === void 0 || require_shared.isDeleted(found)) {
			step.report.outcome = "nothing was backed up";
			return { stake: "Your data is unchanged. No backup was left (looked up after the failure)." };
		}
		const status = require_inputs.sanitize(found.status);
		if (status === "AVAILABLE") return { stake: `Backup ${backupId} is ${status} although its job ${job}: do not rely on it.` };
		step.report.outcome = "nothing was backed up";
		return { stake: `Your data is unchanged. Backup ${backupId} is left, ${status}. ${status === "CREATING" ? "It may stay so." : "Delete it with operation: delete-backup."}` };
	} catch (error) {
		if (error instanceof require_inputs.Cancelled) throw error;
		step.inProgress.ended({
			kind: "backup",
			...backup
		});
		const { what, answer } = require_inputs.partsOf(error);
		return {
			stake: `What is left of backup ${backupId} is not known: ${what}`,
			answer
		};
	}
}
// src/backups/create.ts
async function startBackup(options, step, { listed, findToJoin = async () => void 0, onJob }) {
	let seen = { listed };
	for (;;) {
		const { listed: own, elsewhere = [] } = seen;
		const late = elsewhere.filter(({ clusterId }) => clusterId === options.clusterId);
		const joined = await findToJoin([...require_busy.backupsRunning(own), ...late]);
		if (joined !== void 0) return {
			kind: "joined",
			backup: joined
		};
		const result = await tryToStart({
			options,
			step,
			before: await require_busy.waitWhileBusy(options, step, seen),
			sentAt: require_shared.serviceTime(step.cloud),
			onJob
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
	const before = () => {
		attempt.sentAt = require_shared.serviceTime(step.cloud);
	};
	try {
		return {
			kind: "started",
			backup: await require_shared.send(step.cloud, require_shared.createBackup(options), { before })
		};
	} catch (error) {
		if (require_shared.mayHaveSucceeded(error)) {
			const { adoptBackup } = await Promise.resolve().then(() => require("./find-started.cjs"));
			return {
				kind: "started",
				backup: await adoptBackup(attempt, error)
			};
		}
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
		let hasFailed = false;
		const onEnd = (failure) => {
			hasFailed = failure !== void 0 && failure.refusal === void 0;
		};
		await require_shared.waitForAll(step, [{
			...job,
			onEnd
		}], { pollInterval }).catch(async (error) => {
			if (!(error instanceof require_inputs.OperationFailed)) throw error;
			const left = await whatIsLeft(step, backup, hasFailed ? "failed" : "cannot be read");
			const next = `Run the step again. If the job cannot be read again, open a ticket at Zilliz with job ${jobId}.`;
			throw require_inputs.withMore(error, hasFailed ? left : {
				next,
				...left
			});
		});
	}
	const check = (found) => {
		onRead?.(found);
		const missing = require_shared.missingCollections(found.contents, require_shared.requestedCollections(asked)) ?? [];
		return missing.length === 0 ? void 0 : `it does not hold ${missing.map(require_inputs.sanitize).join(", ")}`;
	};
	await require_shared.waitForAll(step, [require_shared.backupAvailable(backup, require_shared.notFoundGrace.created, check)], { pollInterval });
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
	if (refused.code === void 0 || [
		401,
		403,
		404
	].includes(refused.status) || neverBusy.includes(refused.group)) throw refused;
	const found = await require_shared.readAfterRefusal(refused, `cluster ${clusterId}`, async () => {
		const listed = await require_shared.listBackups(step.cloud, clusterId);
		const ended = new Set(before.filter(({ status }) => status === "AVAILABLE").map(({ backupId }) => backupId));
		const hasEnded = listed.some(({ backupId, status }) => status === "AVAILABLE" && !ended.has(backupId));
		if (hasEnded && options.ifBusy === "fail") return { kind: "ended" };
		if (require_busy.backupsRunning(listed).length > 0 || hasEnded) return {
			kind: "busy",
			listed,
			elsewhere: []
		};
		const all = await require_shared.listBackups(step.cloud);
		const elsewhere = require_busy.backupsRunning(all).filter(({ creationMethod }) => creationMethod === "MANUAL");
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
	if (found.kind === "ended") throw ranUntilNow(refused, clusterId);
	const state = `Cluster ${clusterId} is ${require_inputs.sanitize(found.status)}.`;
	throw require_inputs.withMore(refused, { stake: state });
}
function ranUntilNow(refused, clusterId) {
	return require_inputs.withMore(refused, {
		stake: `Another backup of cluster ${clusterId} was running until a moment ago.`,
		next: "Run the step again, or let it wait with if-busy: wait."
	});
}
exports.startBackup = startBackup;
exports.waitUntilAvailable = waitUntilAvailable;
