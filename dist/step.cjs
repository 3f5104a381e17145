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
function runUrl() {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = process.env;
	return server && repository && runId ? `${server}/${repository}/actions/runs/${runId}` : void 0;
}
function workflow() {
	const { env } = process;
	return {
		repository: env.GITHUB_REPOSITORY || void 0,
		sha: env.GITHUB_SHA || void 0,
		runId: env.GITHUB_RUN_ID || void 0,
		runAttempt: env.GITHUB_RUN_ATTEMPT || void 0,
		runUrl: runUrl()
	};
}
function writeReceipt(step) {
	const { receipt: _itself, ...known } = Object.fromEntries(facts);
	const receipt = redactDeep({
		...step,
		...known,
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
// src/step.ts
function openStep({ apiKey, baseUrl, timeout }, time, { inProgress, session, report }) {
	const { clock, deadline } = time;
	const say = {
		log: require_runner.log,
		mask: require_runner.mask,
		note: require_runner.note,
		notice: require_runner.notice,
		warning: require_runner.warning,
		report
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
		session
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
const mostFolded = 500;
function planned(step, changes) {
	const requests = changes.map(({ method, path, body }) => ({
		method,
		path,
		...body !== void 0 && { body }
	}));
	step.publishList("plan", requests);
	const lines = requests.map(({ method, path }) => `Would send ${method} ${path}.`);
	if (lines.length > 0) step.report.folds.push(requestsFold(requests));
	for (const line of require_inputs.firstLines(lines, mostLogged, (count) => `And ${count} more.`)) step.log(line);
	if (lines.length === 0) step.log("Would send nothing that changes anything.");
	return "planned";
}
function requestsFold(requests) {
	const lines = requests.map(({ method, path, body }) => [`${method} ${path}`, ...body === void 0 ? [] : [JSON.stringify(body)]].join(" "));
	return {
		title: lines.length === 1 ? "The request that would be sent" : `The ${lines.length} requests that would be sent`,
		content: {
			kind: "text",
			text: require_inputs.firstLines(lines, mostFolded, (count) => `And ${count} more: the output plan has all.`).join("\n")
		}
	};
}
function tookSoFar({ clock, deadline, timeout }) {
	return require_inputs.formatDuration(clock.elapsed() - (deadline - timeout));
}
exports.openStep = openStep;
exports.planned = planned;
exports.publish = publish;
exports.publishNumber = publishNumber;
exports.published = published;
exports.runUrl = runUrl;
exports.systemClock = systemClock;
exports.tookSoFar = tookSoFar;
exports.whileWaiting = whileWaiting;
exports.writeReceipt = writeReceipt;
