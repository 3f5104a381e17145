// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_step = require("./step.cjs");
const require_shared = require("./shared.cjs");
// src/waiting/conditions.ts
const notFoundGrace = {
	created: 6e4,
	given: 15e3,
	none: 0
};
const mostAfterSucceeded = 3e5;
function jobSuccessful(jobId, options) {
	const { grace, of, isReadBack, isInput = false } = options;
	let succeededAt;
	const succeeded = (elapsed, status) => {
		if (isReadBack) return {
			state: "met",
			line: status
		};
		succeededAt ??= elapsed;
		const line = `${status}, a word that is not documented for such a job`;
		return elapsed - succeededAt < mostAfterSucceeded ? {
			state: "pending",
			line,
			hasEnded: true
		} : {
			state: "failed",
			line: `${line}. Check in the console whether its work is done.`
		};
	};
	return {
		what: of === void 0 ? `job ${jobId}` : `job ${jobId} (${of})`,
		item: {
			kind: "job",
			jobId
		},
		notFoundGrace: grace,
		async read(step) {
			const { jobId: found, status, progress, reason } = await require_shared.describeJob(require_step.whileWaiting(step).cloud, jobId);
			if (isInput && found !== jobId) throw require_shared.otherCase("job-id", jobId, found);
			switch (require_shared.jobState(status)) {
				case "successful": return {
					state: "met",
					line: "SUCCESSFUL"
				};
				case "succeeded": return succeeded(step.clock.elapsed(), status);
				case "failed": return {
					state: "failed",
					line: `${require_inputs.sanitize(status)}.`,
					reason: reason === void 0 ? { text: "none is given" } : require_inputs.quotedReason(reason),
					next: isInput ? "Run again the step that started it." : "Run the step again."
				};
				case "pending": return {
					state: "pending",
					line: require_inputs.sanitize(status),
					progress
				};
				case "unknown": return {
					state: "pending",
					line: `${require_inputs.sanitize(status)} (a state this action does not know; it keeps waiting)`,
					progress
				};
			}
		}
	};
}
function backupAvailable(backup, grace, check) {
	const { clusterId, backupId } = backup;
	return {
		what: `backup ${backupId}`,
		item: {
			kind: "backup",
			clusterId,
			backupId
		},
		notFoundGrace: grace,
		async read(step) {
			const found = await require_shared.describeBackup(require_step.whileWaiting(step).cloud, backup);
			const problem = check(found);
			const { status } = found;
			switch (require_shared.backupState(status)) {
				case "available": return problem === void 0 ? {
					state: "met",
					line: "AVAILABLE"
				} : {
					state: "failed",
					line: `AVAILABLE, but ${problem}.`
				};
				case "failed":
				case "deleted": return {
					state: "failed",
					line: `${status} and will not become AVAILABLE.`
				};
				case "creating":
				case "unknown": return {
					state: "pending",
					line: require_inputs.sanitize(status)
				};
			}
		}
	};
}
function clusterRunning(clusterId, grace, onRead) {
	return {
		what: `cluster ${clusterId}`,
		item: {
			kind: "cluster",
			clusterId
		},
		notFoundGrace: grace,
		async read(step) {
			const found = await require_shared.describeCluster(require_step.whileWaiting(step).cloud, clusterId);
			onRead(found);
			const { status, connectAddress } = found;
			switch (require_shared.clusterState(status)) {
				case "running": return connectAddress === void 0 ? {
					state: "pending",
					line: "RUNNING, without an address yet"
				} : {
					state: "met",
					line: "RUNNING"
				};
				case "stopped":
				case "deleted": return {
					state: "failed",
					line: `${status} and will not become RUNNING by itself.`,
					isHopeless: true
				};
				case "busy":
				case "unknown": return {
					state: "pending",
					line: require_inputs.sanitize(status)
				};
			}
		}
	};
}
// src/waiting/failures.ts
function partsOf(failures) {
	const [only, ...others] = failures;
	if (only !== void 0 && others.length === 0) return partsOfOne(only);
	const ofService = failures.find(({ status }) => status.reason !== void 0)?.status;
	return {
		what: `${failures.length} have failed:`,
		reasons: failures.map(({ condition, status: { line, reason, refusal } }) => ({
			of: require_inputs.capitalize(condition.what),
			text: refusal ? unnamed(refusal) : [line, reason && `Reason: ${reason.text}.`].filter(Boolean).join(" "),
			whole: reason?.whole
		})),
		next: ofService && `${ofService.next} If one fails again, open a ticket at Zilliz with its job.`,
		help: ofService && "the-job-failed"
	};
}
function unnamed(refusal) {
	return require_inputs.textOf({
		...refusal,
		what: refusal.what.replace(/^Could not read [^:]+: /, "")
	});
}
function partsOfOne({ condition, status: { line, reason, next, refusal } }) {
	if (refusal !== void 0) return refusal;
	const { what, item } = condition;
	if (reason === void 0 || item.kind !== "job") return {
		what: `${require_inputs.capitalize(what)} is ${line}`,
		next
	};
	return {
		what: `The service ended ${what} as ${line}`,
		reasons: [{
			of: "",
			...reason
		}],
		next: `${next} If it fails again, open a ticket at Zilliz with job ${item.jobId}.`,
		help: "the-job-failed"
	};
}
// src/waiting/read-once.ts
const nearTheEnd = 5e3;
function ignoreTrouble(error) {
	if (error instanceof require_inputs.Cancelled || !(error instanceof require_inputs.ActionError)) throw error;
}
function readingOnce(step) {
	return {
		...step,
		cloud: {
			...step.cloud,
			triesOnce: true
		}
	};
}
const longestRead = 6e4;
async function readOnce(condition, { step, start, failFast, isAlone }) {
	const own = isAlone ? step : {
		...step,
		cloud: {
			...step.cloud,
			makeWayAfter: longestRead
		}
	};
	try {
		return {
			status: await condition.read(own),
			isUnreadable: false
		};
	} catch (error) {
		if (error instanceof require_inputs.TimedOut && step.clock.elapsed() < step.deadline - nearTheEnd) return {
			status: {
				state: "pending",
				line: `not readable (${error.parts.what.replace(require_shared.timedOut, "").replace(/\.$/, "")})`
			},
			isUnreadable: true
		};
		if (!(error instanceof require_shared.ApiError) || error.isAuthError) throw error;
		const waited = step.clock.elapsed() - start;
		const isMissing = require_shared.isNotFound(error, condition.item.kind);
		if (isMissing && waited < condition.notFoundGrace) return {
			status: {
				state: "pending",
				line: "not readable yet"
			},
			isUnreadable: true
		};
		if (isMissing) step.inProgress.ended(condition.item);
		const failure = await explainRefusal(condition, error);
		if (failFast) throw failure;
		const refusal = require_inputs.partsOf(failure);
		return {
			status: {
				state: "failed",
				line: require_inputs.textOf(refusal),
				refusal
			},
			isUnreadable: !isMissing
		};
	}
}
async function explainRefusal({ item, onNotFound }, refused) {
	const isMissing = require_shared.isNotFound(refused, item.kind) || require_shared.isNotFound(refused, "cluster");
	if (onNotFound === void 0 || !isMissing) return refused;
	return onNotFound(refused).catch((error) => {
		if (error instanceof require_inputs.OperationFailed) return error;
		throw error;
	});
}
// src/waiting/wait-for-all.ts
async function waitForAll(step, conditions, { pollInterval, failFast = false }) {
	const { clock } = step;
	const waiting = {
		step,
		failFast,
		start: clock.elapsed(),
		open: new Set(conditions),
		met: new Map(),
		lastMet: void 0,
		lastRead: new Map(),
		failures: [],
		isHopeless: false,
		log: require_shared.progressLog(clock),
		label: labelsOf(conditions)
	};
	try {
		await require_shared.waitUntil(step, () => readRound(waiting), {
			maxPause: pollInterval,
			stillOpen: () => stillOpen(waiting)
		});
	} catch (error) {
		if (waiting.failures.length === 0) throw error;
		throw require_inputs.withMore(error, partsOf(waiting.failures));
	}
	if (waiting.failures.length > 0) throw new require_inputs.OperationFailed(partsOf(waiting.failures));
}
async function readRound(waiting) {
	const { open, failures, failFast } = waiting;
	let progress = await readOpen(waiting);
	for (let again = metBeforeTheLast(waiting); open.size === 0 && again.length > 0; again = tooOld(waiting)) {
		for (const condition of again) {
			open.add(condition);
			waiting.met.delete(condition);
			waiting.lastRead.set(condition, `${waiting.lastRead.get(condition)} at the last read, which is too old`);
		}
		progress = await readOpen(waiting);
	}
	const over = failFast && failures.length > 0 || waiting.isHopeless;
	if (over) await readOpen({
		...waiting,
		step: readingOnce(waiting.step)
	}).catch(ignoreTrouble);
	if (open.size === 0 || over) return { done: void 0 };
	return { progress: progress.includes(void 0) ? void 0 : Math.min(...progress) };
}
function metBeforeTheLast({ met, lastMet }) {
	return [...met.keys()].filter((condition) => condition !== lastMet);
}
const oldestLook = 3e4;
function tooOld({ met, step }) {
	const now = step.clock.elapsed();
	return [...met].filter(([, readAt]) => now - readAt > oldestLook).map(([condition]) => condition);
}
async function readOpen(waiting) {
	const progress = [];
	for (const condition of waiting.open) {
		const { status, isUnreadable } = await readOnce(condition, {
			...waiting,
			isAlone: waiting.open.size === 1
		});
		record(waiting, condition, status);
		if (status.state === "pending") {
			progress.push(status.progress);
			if (status.hasEnded) waiting.step.inProgress.ended(condition.item);
			else if (!isUnreadable) waiting.step.inProgress.started(condition.item);
			continue;
		}
		waiting.open.delete(condition);
		if (status.state === "met") waiting.lastMet = condition;
		if (status.state === "met" && condition.item.kind !== "job") waiting.met.set(condition, waiting.step.clock.elapsed());
		if (!isUnreadable) waiting.step.inProgress.ended(condition.item);
	}
	return progress;
}
function record(waiting, condition, status) {
	const { step, lastRead, failures, log, label } = waiting;
	const progress = status.state === "pending" ? status.progress : void 0;
	const percent = progress === void 0 ? "" : `${Math.floor(progress)} %`;
	lastRead.set(condition, [status.line, percent].filter(Boolean).join(", "));
	if (status.state === "failed") failures.push({
		condition,
		status
	});
	if (status.state === "failed" && status.isHopeless) waiting.isHopeless = true;
	if (status.state !== "pending") condition.onEnd?.(status.state === "failed" ? status : void 0);
	const tenth = progress === void 0 ? "" : Math.floor(progress / 10);
	if (!log.isNew(condition.what, `${status.line} ${tenth}`) && !log.isDue()) return;
	const reason = status.state === "failed" && status.reason ? ` Reason: ${status.reason.text}.` : "";
	const line = `${label(condition)} ${status.line}${reason}`.trim();
	step.log([
		waitedFor(waiting),
		percent,
		line
	].filter(Boolean).join("  "));
}
function labelsOf(conditions) {
	if (conditions.length === 1) return () => "";
	return ({ what, item: { kind } }) => conditions.filter(({ item }) => item.kind === kind).length === 1 ? kind : what;
}
function waitedFor({ step, start }) {
	return require_inputs.formatDuration(step.clock.elapsed() - start);
}
function stillOpen({ open, lastRead }) {
	return [...open].map((condition) => `${condition.what} is ${lastRead.get(condition) ?? "not read yet"}`).join("; ");
}
exports.backupAvailable = backupAvailable;
exports.clusterRunning = clusterRunning;
exports.jobSuccessful = jobSuccessful;
exports.notFoundGrace = notFoundGrace;
exports.waitForAll = waitForAll;
