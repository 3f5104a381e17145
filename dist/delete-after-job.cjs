// Made by "npm run build" from src/; licences in NOTICES.txt
const require_step = require("./step.cjs");
const require_drop = require("./drop.cjs");
const require_find = require("./find.cjs");
const require_inputs = require("./inputs.cjs");
const require_lost_response = require("./lost-response.cjs");
const require_shared = require("./shared.cjs");
// src/operations/delete-after-job.ts
const longestWait = 6e5;
const notFoundGrace = 6e4;
const pollInterval = 1e4;
const stop = new AbortController();
const clock = require_step.systemClock(stop.signal);
let leftBehind = "";
async function run(intent, knownId) {
	leftBehind = knownId === "" ? `a cluster named ${require_inputs.quote(intent.clusterName)}` : `cluster ${knownId}`;
	const { step, guards } = openOwnStep();
	const clusterId = knownId === "" ? await findByName(step, intent) : knownId;
	if (clusterId === void 0) return;
	leftBehind = `cluster ${clusterId}`;
	require_step.log(`delete-after-job: dropping cluster ${clusterId}, which this action created in this job.`);
	const { clusterName, projectId } = intent;
	const bin = await dropCreated(step, {
		clusterId,
		clusterName,
		projectId,
		...guards
	}, intent.since + notFoundGrace) === "dropped" ? " It stays in the recycle bin for 30 days." : "";
	require_step.log(`delete-after-job: cluster ${clusterId} is gone.${bin}`);
}
async function dropCreated(step, rule, readableBy) {
	const { clusterId } = rule;
	const mayAppear = () => clock.now() < readableBy;
	let wasSent = false;
	const poll = async () => {
		const found = await require_find.describeIfThere(step, clusterId);
		if (found === void 0 && mayAppear()) return { progress: void 0 };
		if (found === void 0 && wasSent) return { done: "gone" };
		try {
			wasSent = true;
			const evenUnreadable = found === void 0;
			const outcome = await require_drop.drop(step, {
				...rule,
				evenUnreadable
			}, { pollInterval });
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
	const environment = require_step.maskInputs();
	const reader = require_inputs.openReader(require_step.readInput, "restore-cluster", problems);
	const access = require_inputs.readCommon(reader, environment);
	const guards = {
		neverIds: [reader.id("cluster-id")],
		protectedClusters: require_find.readProtectedClusters(reader)
	};
	if (problems.length > 0) throw new require_inputs.InputError(problems);
	const deadline = clock.elapsed() + longestWait;
	const time = {
		clock,
		deadline,
		stop: stop.signal
	};
	return {
		step: require_step.openStep({
			...access,
			timeout: longestWait
		}, time, require_step.openInProgress()),
		guards
	};
}
const tolerance = 2e3;
async function findByName(step, intent) {
	const { clusterName, projectId, since, clockDifference } = intent;
	const earliest = clockDifference === void 0 ? void 0 : since + clockDifference - tolerance;
	const isOlder = ({ createTime }) => createTime !== void 0 && earliest !== void 0 && createTime < earliest;
	const killed = new Error("The step that asked for the cluster was killed.");
	const limit = Math.max(require_lost_response.searchLimit, since + notFoundGrace - clock.now());
	const result = await require_lost_response.findLost(step, {
		lost: killed,
		limit
	}, async (cloud) => {
		const young = (await require_find.clustersNamed({
			...step,
			cloud
		}, clusterName, projectId)).filter((found) => !isOlder(found));
		return young.length > 0 ? young : void 0;
	});
	switch (result.kind) {
		case "unknown": throw new require_inputs.OperationFailed(result.why);
		case "none":
			require_step.log(`delete-after-job: no cluster named ${require_inputs.quote(clusterName)} was created in project ${projectId} since ${new Date(since).toISOString()}, so nothing is dropped.`);
			return;
		case "found": return onlyOne(intent, result.found);
	}
}
function onlyOne({ clusterName, projectId, clockDifference }, found) {
	const [only, ...others] = found;
	const isUnclear = clockDifference === void 0 || only?.createTime === void 0;
	if (only === void 0 || others.length > 0 || isUnclear) {
		const ids = found.map(({ clusterId }) => clusterId).join(", ");
		const what = others.length > 0 ? "Several clusters have" : "A cluster has";
		throw new require_inputs.OperationFailed(`${what} the name ${require_inputs.quote(clusterName)}, and nothing shows whether this job made it: ${ids}. Nothing was dropped.`);
	}
	require_step.log(`delete-after-job: the step ended before it knew the id of its cluster. Cluster ${only.clusterId} (${require_inputs.sanitize(only.status)}) of project ${projectId} has the name it asked for and was created after it asked, by the clock of the service, so it is this step's.`);
	return only.clusterId;
}
function fail(failure) {
	require_step.error(`delete-after-job failed: ${leftBehind} may still be there and cost money. ${require_inputs.explain(failure)} Drop it with operation: delete-cluster or in the console.`);
}
async function deleteAfterJob(intentText, knownId) {
	process.exitCode = 1;
	require_step.onCancel(() => stop.abort(new require_inputs.Cancelled()));
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
	require_step.exitSoon();
}
exports.deleteAfterJob = deleteAfterJob;
