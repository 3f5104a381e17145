// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_in_progress = require("./in-progress.cjs");
const require_drop = require("./drop.cjs");
const require_shared = require("./shared.cjs");
const require_restore = require("./restore.cjs");
const require_inputs = require("./inputs.cjs");
// src/operations/delete-after-job.ts
const longestWait = 6e5;
const notFoundGrace = 6e4;
const pollInterval = 1e4;
const stop = new AbortController();
const clock = require_in_progress.systemClock(stop.signal);
let leftBehind = "";
async function run(intent, knownId) {
	leftBehind = knownId === "" ? `a cluster named ${require_inputs.quote(intent.clusterName)}` : `cluster ${knownId}`;
	const step = openOwnStep();
	const clusterId = knownId === "" ? await findByName(step, intent) : knownId;
	if (clusterId === void 0) return;
	leftBehind = `cluster ${clusterId}`;
	require_shared.log(`delete-after-job: dropping cluster ${clusterId}, which this action created in this job.`);
	const bin = await dropCreated(step, clusterId, intent.since + notFoundGrace) === "dropped" ? " It stays in the recycle bin for 30 days." : "";
	require_shared.log(`delete-after-job: cluster ${clusterId} is gone.${bin}`);
}
async function dropCreated(step, clusterId, readableBy) {
	const mayAppear = () => clock.now() < readableBy;
	let wasSent = false;
	const poll = async () => {
		const found = await require_shared.describeIfThere(step, clusterId);
		if (found === void 0 && mayAppear()) return { progress: void 0 };
		if (found === void 0 && wasSent) return { done: "gone" };
		try {
			wasSent = true;
			const outcome = await require_drop.drop(step, clusterId, { pollInterval });
			return outcome === "gone" && mayAppear() ? { progress: void 0 } : { done: outcome };
		} catch (error) {
			const refused = error instanceof require_inputs.OperationFailed ? error.cause : void 0;
			if (require_shared.isNotFound(refused, "cluster") && mayAppear()) return { progress: void 0 };
			throw error;
		}
	};
	const stillOpen = () => `cluster ${clusterId} cannot be read`;
	return require_shared.waitUntil(step, poll, {
		maxPause: pollInterval,
		stillOpen
	});
}
function openOwnStep() {
	const problems = [];
	const fallbackKey = require_shared.maskInputs();
	const access = require_inputs.readCommon(require_inputs.openReader(require_shared.readInput, "restore-cluster", problems), fallbackKey);
	if (problems.length > 0) throw new require_inputs.InputError(problems);
	const deadline = clock.elapsed() + longestWait;
	return require_shared.openStep({
		...access,
		timeout: longestWait
	}, {
		clock,
		deadline,
		stop: stop.signal
	}, require_in_progress.openInProgress());
}
async function findByName(step, intent) {
	const { clusterName, projectId, since } = intent;
	const earliest = since - require_restore.clockDifference;
	const isOwn = ({ createTime }) => createTime !== void 0 && createTime >= earliest;
	const result = await require_shared.findLost(step, new Error("The step that asked for the cluster was killed."), async (cloud) => {
		const own = (await require_shared.clustersNamed({
			...step,
			cloud
		}, clusterName, projectId)).filter(isOwn);
		return own.length > 0 ? own : void 0;
	});
	switch (result.kind) {
		case "unknown": throw new require_inputs.OperationFailed(result.why);
		case "none":
			require_shared.log(`delete-after-job: no cluster named ${require_inputs.quote(clusterName)} was created in project ${projectId} since ${new Date(since).toISOString()}, so nothing is dropped.`);
			return;
		case "found": return onlyOne(intent, result.found);
	}
}
function onlyOne({ clusterName, projectId }, found) {
	const [only, ...others] = found;
	if (only === void 0 || others.length > 0) {
		const ids = found.map(({ clusterId }) => clusterId).join(", ");
		throw new require_inputs.OperationFailed(`Several clusters named ${require_inputs.quote(clusterName)} are as young as this job: ${ids}.`);
	}
	require_shared.log(`delete-after-job: the step ended before it knew the id of its cluster. Cluster ${only.clusterId} (${require_inputs.sanitize(only.status)}) of project ${projectId} has the name it asked for and was created after it asked, so it is this step's.`);
	return only.clusterId;
}
function fail(failure) {
	require_shared.error(`delete-after-job failed: ${leftBehind} may still be there and cost money. ${require_inputs.explain(failure)} Drop it with operation: delete-cluster or in the console.`);
}
async function deleteAfterJob(intentText, knownId) {
	process.exitCode = 1;
	require_shared.onCancel(() => stop.abort(new require_inputs.Cancelled()));
	process.on("uncaughtException", (failure) => {
		fail(failure);
		process.exit(1);
	});
	try {
		await run(JSON.parse(intentText), knownId);
		process.exitCode = 0;
	} catch (failure) {
		fail(failure);
	}
	require_shared.exitSoon();
}
exports.deleteAfterJob = deleteAfterJob;
