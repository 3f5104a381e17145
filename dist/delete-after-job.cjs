// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
const require_restore = require("./restore.cjs");
const require_inputs = require("./inputs.cjs");
const require_page = require("./page.cjs");
// src/operations/delete-after-job.ts
const longestWait = 6e5;
const grace = 6e4;
const pace = { pollInterval: 1e4 };
const leaveWithin = 300;
const stop = new AbortController();
const clock = require_shared.systemClock(stop.signal);
let leftBehind = "";
async function story(intent, knownId) {
	leftBehind = knownId === "" ? `a cluster named ${require_shared.quote(intent.clusterName)}` : `cluster ${knownId}`;
	const step = openOwnStep();
	const clusterId = knownId === "" ? await findByName(step, intent) : knownId;
	if (clusterId === void 0) return;
	leftBehind = `cluster ${clusterId}`;
	require_shared.log(`delete-after-job: dropping cluster ${clusterId}, which this action made in this job.`);
	const { deadline } = step;
	const late = () => `Cluster ${clusterId} cannot be read.`;
	const young = () => clock.now() - intent.since < grace;
	const look = async () => {
		try {
			const outcome = await require_shared.drop(step, clusterId, pace);
			return outcome === "gone" && young() ? { progress: void 0 } : { done: outcome };
		} catch (error) {
			const refused = error instanceof require_shared.OperationFailed ? error.cause : void 0;
			if (refused instanceof require_shared.ApiError && require_shared.isNotFound(refused, "cluster") && young()) return { progress: void 0 };
			throw error;
		}
	};
	const bin = await require_shared.waitUntil(look, {
		clock,
		deadline,
		maxPause: pace.pollInterval,
		timeoutMessage: late
	}) === "dropped" ? " It stays in the recycle bin for 30 days." : "";
	require_shared.log(`delete-after-job: cluster ${clusterId} is gone.${bin}`);
}
function openOwnStep() {
	const problems = [];
	const fallbackKey = require_shared.maskInputs();
	const access = require_inputs.parseCommon(require_inputs.openReader(require_shared.readInput, "restore-cluster", problems), fallbackKey);
	if (problems.length > 0) throw new require_inputs.InputError(problems);
	const deadline = clock.elapsed() + longestWait;
	return require_shared.openStep(access, {
		clock,
		deadline,
		stop: stop.signal
	}, { jobIds: new Set() });
}
async function findByName(step, { clusterName, projectId, since }) {
	const earliest = since - require_restore.clockDifference;
	const isOwn = ({ createTime }) => createTime !== void 0 && createTime >= earliest;
	const result = await require_shared.findLost(step, new Error("The step that asked for the cluster was killed."), async (cloud) => {
		const own = (await require_shared.clustersNamed({
			...step,
			cloud
		}, clusterName, projectId)).filter(isOwn);
		return own.length > 0 ? own : void 0;
	});
	if (result instanceof Error) throw result;
	if (result === "nothing") {
		require_shared.log(`delete-after-job: no cluster named ${require_shared.quote(clusterName)} was made in project ${projectId} since ${new Date(since).toISOString()}, so nothing is dropped.`);
		return;
	}
	const [only, ...others] = result.found;
	if (only === void 0 || others.length > 0) {
		const ids = result.found.map(({ clusterId }) => clusterId).join(", ");
		throw new require_shared.OperationFailed(`Several clusters named ${require_shared.quote(clusterName)} are as young as this job: ${ids}.`);
	}
	require_shared.log(`delete-after-job: the step ended before it knew the id of its cluster. Cluster ${only.clusterId} (${require_shared.sanitize(only.status)}) of project ${projectId} has the name it asked for and was created after it asked, so it is this step's.`);
	return only.clusterId;
}
function fail(failure) {
	require_shared.error(`delete-after-job failed: ${leftBehind} may still be there and cost money. ${require_page.explain(failure)} Drop it with operation: delete-cluster or in the console.`);
}
async function cleanUp(intentText, knownId) {
	process.exitCode = 1;
	for (const signal of [
		"SIGINT",
		"SIGTERM",
		"SIGBREAK"
	]) process.on(signal, () => stop.abort(new require_shared.Cancelled()));
	process.on("uncaughtException", (failure) => {
		fail(failure);
		process.exit(1);
	});
	try {
		await story(JSON.parse(intentText), knownId);
		process.exitCode = 0;
	} catch (failure) {
		fail(failure);
	}
	setTimeout(() => process.exit(), leaveWithin).unref();
}
exports.cleanUp = cleanUp;
