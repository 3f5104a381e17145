// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_toolkit = require("./toolkit.cjs");
const require_runner = require("./runner.cjs");
const require_shared = require("./shared.cjs");
let node_fs = require("node:fs");
let node_os = require("node:os");
let node_path = require("node:path");
// src/clock.ts
const longestTimer = 2 ** 31 - 1;
function systemClock(stop) {
	return {
		now: () => Date.now(),
		elapsed: () => performance.now(),
		pause: (milliseconds) => pauseUnless(stop, milliseconds)
	};
}
function pauseUnless(stop, milliseconds) {
	return new Promise((resolve, reject) => {
		if (stop.aborted) {
			reject(new require_inputs.Cancelled());
			return;
		}
		const cancel = () => {
			clearTimeout(timer);
			reject(new require_inputs.Cancelled());
		};
		const done = () => {
			stop.removeEventListener("abort", cancel);
			resolve();
		};
		const timer = setTimeout(done, Math.min(milliseconds, longestTimer));
		stop.addEventListener("abort", cancel, { once: true });
	});
}
// src/github/outputs.ts
const largestList = 4e5;
const facts = new Map();
const cut = new Set();
function setOutput(name, value) {
	try {
		require_toolkit.setOutput(name, value);
	} catch (cause) {
		throw new require_inputs.RunnerFileError(`Could not write output ${name} for the runner: ${require_inputs.messageOf(cause)}.`, { cause });
	}
}
function publish(name, value) {
	if (value === void 0 || value === "") return;
	if (require_inputs.secretOutputs.includes(name)) {
		require_runner.mask(value);
		setOutput(name, value);
		return;
	}
	const clean = require_inputs.redact(value);
	if (facts.get(name) === clean) return;
	facts.set(name, clean);
	setOutput(name, clean);
}
function publishBoolean(name, value) {
	facts.set(name, value);
	setOutput(name, String(value));
}
function publishNumber(name, value) {
	if (value === void 0 || facts.get(name) === value) return;
	facts.set(name, value);
	setOutput(name, String(value));
}
function publishList(name, items) {
	const whole = redactDeep(items);
	facts.set(name, whole);
	let size = 2;
	const fitting = whole.filter((item) => {
		size += Buffer.byteLength(JSON.stringify(item)) + 1;
		return size <= largestList;
	});
	setOutput(name, JSON.stringify(fitting));
	if (fitting.length < whole.length && !cut.has(name)) {
		cut.add(name);
		require_runner.warning(`Output ${name} holds the first ${fitting.length} of ${whole.length} entries, since a job's outputs are limited; the file of output receipt has all.`);
	}
}
function publishObject(name, value) {
	const whole = redactDeep(value);
	facts.set(name, whole);
	const sized = Object.entries(whole).map(([key, field]) => ({
		key,
		bytes: Buffer.byteLength(JSON.stringify([key, field]))
	}));
	let size = 2;
	const tooMuch = sized.sort((one, other) => one.bytes - other.bytes).filter(({ bytes }) => {
		size += bytes;
		return size > largestList;
	}).map(({ key }) => key).reverse();
	const missing = new Set(tooMuch);
	const fitting = Object.entries(whole).filter(([key]) => !missing.has(key));
	setOutput(name, JSON.stringify(Object.fromEntries(fitting)));
	if (missing.size > 0) {
		const named = require_inputs.listInSentence(tooMuch.map((key) => key.slice(0, 50)), 10);
		require_runner.warning(`Output ${name} omits ${named}, since a job's outputs are limited; the file of output receipt has all.`);
	}
}
function redactDeep(value) {
	if (typeof value === "string") return require_inputs.redact(value);
	if (Array.isArray(value)) return value.map(redactDeep);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [require_inputs.redact(key), redactDeep(item)]));
}
function published() {
	return facts;
}
function workflow() {
	const { env } = process;
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = env;
	return {
		repository,
		sha: env.GITHUB_SHA,
		runId,
		runAttempt: env.GITHUB_RUN_ATTEMPT,
		runUrl: server && repository && runId ? `${server}/${repository}/actions/runs/${runId}` : void 0
	};
}
function writeReceipt(step) {
	const receipt = redactDeep({
		...step,
		...Object.fromEntries(facts),
		...workflow()
	});
	try {
		receiptPath ??= (0, node_path.join)((0, node_fs.mkdtempSync)((0, node_path.join)(process.env.RUNNER_TEMP || (0, node_os.tmpdir)(), "zilliz-cloud-")), "receipt.json");
		(0, node_fs.writeFileSync)(receiptPath, `${JSON.stringify(receipt, null, 2)}\n`, { mode: 384 });
	} catch (cause) {
		throw new require_inputs.RunnerFileError(`Could not write the receipt for the runner: ${require_inputs.messageOf(cause)}.`, { cause });
	}
	publish("receipt", receiptPath);
}
let receiptPath;
// src/in-progress.ts
function openInProgress() {
	const items = new Map();
	const unread = new Set();
	let createdClusterId;
	let droppedClusterId;
	return {
		started(item) {
			items.set(keyOf(item), item);
			unread.delete(keyOf(item));
		},
		asked(item) {
			items.set(keyOf(item), item);
			unread.add(keyOf(item));
		},
		ended: (item) => void items.delete(keyOf(item)),
		created(clusterId) {
			createdClusterId = clusterId;
		},
		get createdClusterId() {
			return createdClusterId;
		},
		dropping(clusterId) {
			droppedClusterId = clusterId;
		},
		get droppedClusterId() {
			return droppedClusterId;
		},
		get items() {
			return [...items.values()];
		},
		get unread() {
			return [...items].flatMap(([key, item]) => unread.has(key) ? [item] : []);
		}
	};
}
function keyOf(item) {
	switch (item.kind) {
		case "job": return `job ${item.jobId}`;
		case "backup": return `backup ${item.clusterId} ${item.backupId}`;
		case "cluster": return `cluster ${item.clusterId}`;
	}
}
function resumeHints(inProgress, wasCutShort) {
	const unread = new Set(inProgress.unread);
	const items = inProgress.items.filter((item) => wasCutShort || !unread.has(item));
	const wait = {
		title: items.some((item) => !unread.has(item)) ? "Still running at the service. To wait for it:" : "Not read before the end. To wait for it:",
		lines: waitLines(items)
	};
	const drop = {
		title: "To drop the cluster instead:",
		lines: dropLines(inProgress)
	};
	return wait.lines.length === 0 ? [] : [wait, drop].filter(({ lines }) => lines.length > 0);
}
function waitLines(items) {
	const jobIds = items.flatMap((item) => item.kind === "job" ? [item.jobId] : []);
	const others = items.flatMap((item) => {
		if (item.kind === "backup") return [`cluster-id: ${item.clusterId}`, `backup-id: ${item.backupId}`];
		return item.kind === "cluster" ? [`target-cluster: ${item.clusterId}`] : [];
	});
	const lines = [...jobIds.length > 0 ? [`job-id: ${jobIds.join(", ")}`] : [], ...others];
	return lines.length === 0 ? [] : ["operation: wait", ...lines];
}
function dropLines({ createdClusterId }) {
	return createdClusterId === void 0 ? [] : ["operation: delete-cluster", `target-cluster: ${createdClusterId}`];
}
// src/step.ts
function openStep({ apiKey, baseUrl, timeout }, time, inProgress) {
	const { clock, deadline } = time;
	const say = {
		log: require_runner.log,
		mask: require_runner.mask,
		note: require_runner.note,
		notice: require_runner.notice,
		warning: require_runner.warning,
		showTable: require_runner.showTable
	};
	const keep = {
		publish,
		publishBoolean,
		publishList,
		publishNumber,
		publishObject,
		saveState: require_runner.saveState
	};
	const cloud = {
		...time,
		apiKey,
		baseUrl,
		log: require_runner.log,
		session: { hasResponded: false }
	};
	return {
		...say,
		...keep,
		cloud,
		clock,
		deadline,
		timeout,
		inProgress
	};
}
function whileWaiting(step) {
	return {
		...step,
		cloud: require_shared.retryingUntilDeadline(step.cloud)
	};
}
const mostLogged = 20;
function planned(step, changes) {
	const requests = changes.map(({ method, path, body }) => ({
		method,
		path,
		...body !== void 0 && { body }
	}));
	step.publishList("plan", requests);
	const lines = requests.map(({ method, path }) => `Would send ${method} ${path}.`);
	for (const line of require_inputs.firstLines(lines, mostLogged, (count) => `And ${count} more.`)) step.log(line);
	if (lines.length === 0) step.log("Would send nothing that changes anything.");
	return "planned";
}
exports.openInProgress = openInProgress;
exports.openStep = openStep;
exports.planned = planned;
exports.publish = publish;
exports.publishNumber = publishNumber;
exports.published = published;
exports.resumeHints = resumeHints;
exports.systemClock = systemClock;
exports.whileWaiting = whileWaiting;
exports.writeReceipt = writeReceipt;
